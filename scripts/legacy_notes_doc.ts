/** Writes docs/legacy-notes.md: the tables from those of the code, the columns and the damages from real readings. */
import { inspectToken, packToken, type Token } from "../mod.ts";
import { PRIVILEGES_006 } from "../src/legacy/access_token.ts";
import { ROLE_PRIVILEGES, RtcRole006 } from "../src/legacy/builders.ts";
import { type ColumnVersion, LAYOUTS, SERVICE_CODES_004 } from "../src/legacy/dynamic_key.ts";
import { SERVICES_005 } from "../src/legacy/dynamic_key5.ts";
import golden from "../tests/vectors/vectors-legacy.json" with { type: "json" };

/** The text of docs/legacy-notes.md. */
export async function legacyNotesDoc(): Promise<string> {
  return `# Legacy notes: 006, the dynamic keys 001 to 005, SignalingToken

What the formats before [007](format-notes.md) are, byte for byte, and what this library makes of them. Comments in the source that say
“legacy notes §1.4” mean the sections of this page. The tables of privileges, roles, columns, services and damages are made from the
code by \`deno task docs\`. What is said of official code was observed by running ten official implementations (C++, C#, Go, Java, Node,
Perl, PHP, Python 2 and 3, Ruby); where \`tests/vectors/\` holds what they gave, the tests hold ours to it.

## 0. Shared rules

- u16, u32, str and map are those of [007](format-notes.md#2-primitive-types): little-endian, a text behind its length, a map by ascending
  key. Texts are UTF-8, base64 has padding and the standard alphabet.
- **Every time is absolute**: Unix seconds, 0 to 4,294,967,295.
- App ID and certificate are 32 hexadecimal characters. They are used as text, in the case in which they are given; only 005 decodes them
  to 16 bytes, so that their case does not matter there.
- uid and random of 001 to 005 are taken modulo 2³², as most official code does; ours refuses every other number outside its type.
- ‖ puts bytes behind each other, with nothing in between.
- What is signed is more than what is in the token: whoever verifies must know the channel and often the user. Without them ours answers
  \`uncheckable\`; with wrong ones the signature is \`invalid\`, as with a wrong certificate.
- 001 and 002 have no prefix, and their signature may begin with the digits of another version: ours tries their exact form first, and
  then the prefixes of the others.

## 1. AccessToken "006"

### 1.1 Layout and signature

\`006\` ‖ appId (32 characters) ‖ base64(content). With n privileges the content has 54 + 6n bytes, and the token of 1 or 4 privileges 115
or 139 characters.

| offset in content | type | field |
| --- | --- | --- |
| 0 | str | signature: 32 raw bytes |
| 34 | u32 | CRC-32 of the channel name |
| 38 | u32 | CRC-32 of the user text |
| 42 | str | message |

| offset in message | type | field |
| --- | --- | --- |
| 0 | u32 | salt |
| 4 | u32 | ts: when the token ends |
| 8 | map u16 → u32 | privileges: when each ends |

\`\`\`text
signature = HMAC-SHA256(key: certificate, message: appId ‖ channelName ‖ user ‖ message)
\`\`\`

The CRC-32 is the usual one (reflected, 0xEDB88320); that of the empty text is 0. The builders set \`ts\` to 24 hours from now, and the salt
to a random number from 1 to 99,999,999, unless they are given.

### 1.2 User

A numeric uid is written in decimal, and 0 as the empty text: anyone. A text account stays as it is, \`"0"\` too, and may be empty.

### 1.3 Privileges

${codes(PRIVILEGES_006)}.

Most official code has only 1, 2, 3, 4 and 1000 since 2021. Ours packs every number from 0 to 65,535, and goes by the number where there is
no name.

### 1.4 Builders

- \`RtcTokenBuilder\` gives privilege 1, and to the roles 0, 1 and 101 also 2, 3 and 4, all with the same end. The other two of its methods
  take an end for each of the four, and no role.
- \`RtmTokenBuilder\` packs the **account in the place of the channel**, an empty user, and privilege 1000. Its role can only be 1.
- \`SimpleTokenBuilder\` (2018 and 2019) begins with what its role may do, each with an end of 0, for the caller to change:

| role | number | privileges |
| --- | --- | --- |
${roleRows()}

These are the numbers of C++, Java, Node and PHP; Go, Perl and Python counted from 1 to 4.

### 1.5 Parsing and verifying

Channel and user cannot be read, only compared: \`matchCandidates\` finds which of several names fit. To verify, ours signs the message as
received, with the names that it is given:

- In a token with privilege 1000, without a channel given, the account is taken for the channel, and the user is empty.
- A checksum of 0 for the user means no user, so that none need be given.
- The token is alive while \`now < ts\`. A privilege that has ended is a finding, unless its end is 0.
- Bytes behind the last privilege, in or behind the message, are counted as \`trailing-bytes\`. Those in the message are signed.

### 1.6 Bad input while building

| input | official code | ours |
| --- | --- | --- |
| an App ID or certificate that is not 32 hexadecimal characters | C++ and Java give an empty text, the others build, PHP not with an empty one | refused |
| an end of −1 or 2³² | Node and Python throw, the others wrap around | refused |
| the uid −1 | packed as 4294967295 (C++, Go) or as the text \`-1\` | refused |
| an empty channel, or an empty account of RTM | builds; not in PHP | builds |
| a channel of 70,000 bytes | builds | builds: the channel is not packed |

## 2. Dynamic keys 001 to 004

Texts of fixed columns. Times and uid have 10 decimal digits, the random number 8 lower-case hexadecimal ones, with zeros before them.

\`\`\`text
signature = HMAC-SHA1(key: certificate, message: the signed columns), in 40 lower-case hexadecimal digits
\`\`\`

| version | characters | columns, each behind its offset | signed |
| --- | --- | --- | --- |
${await columnRows()}

002 and 003 have the same signature for the same values. In 004, uid and service are signed and not in the key. Services of 004 as
they are signed: ${codes(SERVICE_CODES_004)}.

- Ours takes exactly these lengths and characters: numbers of digits only and up to 4294967295, and the version that the text begins with.
- Verifying needs the channel, and for 004 also uid and service.
- \`expiredTs\` is the end, and 0 is no end of its own; 001 has none. uid 0 is anyone.

## 3. DynamicKey5 "005"

\`005\` ‖ base64(content). Without extra entries the content has 76 bytes and the key 107 characters.

| order | type | field | in the key | signed |
| --- | --- | --- | --- | --- |
| 1 | u16 | service | yes | yes |
| 2 | str | signature: 40 upper-case hexadecimal digits | yes | |
| 3 | str | appId: 16 bytes | yes | yes |
| 4 | u32 | unixTs | yes | yes |
| 5 | u32 | randomInt | yes | yes |
| 6 | str | channelName | | yes |
| 7 | u32 | uid | | yes |
| 8 | u32 | expiredTs | yes | yes |
| 9 | map u16 → str | extra | yes | yes |

\`\`\`text
signature = HMAC-SHA1(key: certificate as 16 bytes, message: the signed fields as they are packed)
\`\`\`

Services: ${codes(SERVICES_005)}. Any other u16 packs, and reads as a number. \`extra\` is empty but for
inChannelPermission, where entry 1 is \`"0"\` (no upload) or \`"3"\` (audio and video upload).

Verifying needs channel and uid. The end is that of §2. Bytes behind the last field are counted as \`trailing-bytes\` and not signed.

## 4. SignalingToken

\`\`\`text
1:appId:expiredTs:md5        md5 = MD5(account ‖ appId ‖ certificate ‖ expiredTs), in 32 lower-case hexadecimal digits
\`\`\`

\`expiredTs\` is in decimal, without zeros before it, in the text as in the MD5; 0 is no end of its own. Verifying needs the account. Of
official code, Node and PHP take seconds from now instead of a time: here that is \`SignalingToken.getTokenForSecondsFromNow\`.

## 5. Divergences

Ours packs what most official languages pack, and reads what the others packed where it has the form of the format.

| format | topic | official code | ours |
| --- | --- | --- | --- |
| 006 | roles that publish | Java and Ruby: 1, 2, 101 | 0, 1, 101 |
| 006 | order of privileges | PHP, C#, Ruby: as added; Perl: by text | ascending when packed, any when read (\`not-canonical\`) |
| 006 | uid 0 | Ruby: the text \`0\` | empty |
| 006 | an account with letters | Perl: empty | as given |
| 006 | uid above 2³¹−1 | Java: a negative number | as given |
| 006 | names beyond ASCII | Ruby throws | UTF-8 |
| 005 | extra entries | Ruby: their count without them | all |
| 005 | order of extra entries | PHP and Python 3: as added | ascending when packed, any when read (\`not-canonical\`) |
| 005 | a channel of 990 bytes | Node throws | up to 65,535 bytes |
| 004, 003, 001 | times above 2³¹−1 | Java and C# wrap around | as given |
| 004, 003 | times of fewer than 10 digits | Node, in 004 also PHP: no zeros before them | 10 digits |
| 004, 003 | uid below 0 | Node in 003, C# and PHP in 004: not modulo 2³² | modulo 2³² |
| 004 | uid of fewer than 10 digits, signed | C#: no zeros before it | 10 digits |
| signaling | an end above 2³¹−1 | C++, C#, Java: a negative number | as given |

## 6. Parsers on bad text

Ours reads canonical base64 only, takes ids, digits and lengths strictly, and allows no cut field, and in 006 and 005 no content over
1 MiB (\`maxPayload\`). Of the bad texts of the vectors, those that no official
parser reads are refused here too. Of the others the number is how many official parsers read them, among those that work: eight of 006 (Ruby's does not, and C# has none), two of 005 (C++, Java), and C++'s alone before that. Of
a privilege given twice seven keep the last, as ours does, and C++ the first.

| format | text | read | ours |
| --- | --- | --- | --- |
${await damageRows()}
`;
}

function roleRows(): string {
  return Object.entries(ROLE_PRIVILEGES).map(([role, privileges]) =>
    `| ${role} | ${RtcRole006[role.toUpperCase() as keyof typeof RtcRole006]} | ${privileges.join(", ")} |`
  ).join("\n");
}

function codes(services: Readonly<Record<string, string | number>>): string {
  return Object.entries(services).map(([name, code]) => `\`${code} ${name}\``).join(", ");
}

/** The columns of the keys 001 to 004, where a real key has them. */
async function columnRows(): Promise<string> {
  const values = { appId: "0123456789abcdef0123456789abcdef", unixTs: 1446455472, randomInt: 1, channelName: "lobby" };
  const more = { uid: 1001, expiredTs: 0 };
  const rows: string[] = [];
  for (const version of Object.keys(LAYOUTS).toSorted() as ColumnVersion[]) {
    const service = version === "004" ? { service: "mediaChannel" } : {};
    const token = { version, ...values, ...(version === "001" ? {} : more), ...service } as Token;
    const { bytes, spans } = await inspectToken(await packToken(token, "fedcba9876543210fedcba9876543210"));
    const columns = spans.map(({ path, start }) => `${start} ${path}`);
    rows.push(`| ${version} | ${bytes.length} | ${columns.join(", ")} | ${LAYOUTS[version].signed.join(" ‖ ")} |`);
  }
  return rows.join("\n");
}

/** What ours makes of the bad texts that some official parser reads. */
async function damageRows(): Promise<string> {
  const versions: Record<string, string> = { dynamicKey: "001", dynamicKey3: "003", dynamicKey4: "004", dynamicKey5: "005" };
  const rows: string[] = [];
  for (const { format, why, token, counts } of golden.malformed) {
    if (counts.accept === undefined) continue;
    const { error, findings } = await inspectToken(token);
    const ours = error === undefined ? ["read", ...findings.map(({ code }) => `\`${code}\``)] : [`refused: \`${error.code}\``];
    rows.push(`| ${versions[format] ?? format} | ${why} | ${counts.accept} | ${ours.join(", ")} |`);
  }
  return rows.join("\n");
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("../docs/legacy-notes.md", import.meta.url), await legacyNotesDoc());
}
