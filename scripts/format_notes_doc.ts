/** Writes docs/format-notes.md: the tables from those of the code, the example and the damages from real readings. */
import { AgoraTokenError, inspectToken, verifyToken } from "../mod.ts";
import { BUILDERS } from "../src/access_token2/builders.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../src/access_token2/services.ts";
import golden from "../tests/vectors/vectors-007.json" with { type: "json" };

/** The token of the example. Its text is one of many: another zlib compresses the same payload to another. */
const EXAMPLE =
  "007eJxTYFhtdzafU+eWRJTxxp0H3+zMsW7gEZipIOHKkOZ88kzKCyEFBgNDI2MTUzNzC8vEpOSU1DR0PsPH4NQIJgYGRgYQhkAQn5UhJz8pqZKFwdDAwBAA71Eb6A==";

/** The damages that the notes list, by the names of the vectors. */
const DAMAGES = [
  ...["mal-trail-newline", "mal-b64-inner-bang", "mal-b64-urlsafe", "mal-b64-nopad", "mal-z-adler", "mal-z-cut-4"],
  ...["mal-z-trail", "mal-bomb-zeros-8M", "mal-cut-125", "mal-sig-len-31", "mal-count-0", "mal-count-too-big"],
  ...["mal-count-too-small", "mal-unknown-last", "mal-trailing-signed", "mal-trailing-unsigned", "mal-unsorted-services"],
  ...["mal-bad-utf8"],
];

/** The text of docs/format-notes.md. */
export async function formatNotesDoc(): Promise<string> {
  return `# Format notes: AccessToken2, "007"

What a 007 token is, byte for byte, and what this library makes of it. Comments in the source that say “format notes §5” mean the
sections of this page; [the formats before 007](legacy-notes.md) have their own. The tables of services, builders and damages and
the bytes of the example are made from the code by \`deno task docs\`. What is said of official code was observed by running nine
official implementations (C++, C#, Go, Java, Lua, Node, PHP, Python, Ruby); where \`tests/vectors/\` holds what they gave, the tests
hold ours to it.

## 1. Envelope

\`\`\`text
token       = "007" base64(zlib(payload))
payload     = signature:str signedPart
signedPart  = appId:str issueTs:u32 expire:u32 salt:u32 serviceCount:u16 service*
\`\`\`

- The three characters \`007\` stand outside the base64, which has the standard alphabet (\`+\` and \`/\`), padding, and no line breaks.
- The compression is zlib (RFC 1950: two bytes of header, deflate, Adler-32), not raw deflate and not gzip.
- Nothing is encrypted. Whoever has the token reads everything in it; only the certificate is secret, and it is not in there.
- The text is not unique: implementations of zlib compress one payload to different bytes, and all of these tokens are good. Compare
  payloads, never texts.

### An example

${await example()}

## 2. Primitive types

Everything is little-endian; there is no alignment.

| type | bytes | values |
| --- | --- | --- |
| u16 | 2 | 0 to 65,535 |
| u32 | 4 | 0 to 4,294,967,295 |
| i16 | 2 | −32,768 to 32,767, in two's complement; only the role of APaaS is one |
| str | 2 + n | u16 n, then n bytes (0 to 65,535): UTF-8 without a terminator, or raw bytes for the signature |
| map | 2 + … | u16 count, then so many entries, each a u16 key and its value, by ascending unsigned key |

App ID and certificate are texts of 32 hexadecimal characters. They are used as those 32 characters, in the case in which they are
given, and never decoded.

## 3. Signature

\`\`\`text
byTime    = HMAC-SHA256(key: issueTs as u32, message: certificate)
bySalt    = HMAC-SHA256(key: salt as u32,    message: byTime)
signature = HMAC-SHA256(key: bySalt,         message: signedPart)
\`\`\`

In the first step the time is the key and the certificate the message: it is easily turned around. The signed part is everything
behind the signature.

To verify, ours takes the signed part **as received** and does not pack it again: so a token with an unknown service, an odd order or
signed bytes behind the last service verifies. The comparison takes the same time wherever two signatures differ, and only one of 32
bytes can be equal. A certificate that is not 32 hexadecimal characters is reported and verifies nothing.

## 4. Token fields

| field | unit | what it says |
| --- | --- | --- |
| appId | | the project |
| issueTs | Unix seconds | when it was made |
| expire | seconds **from issueTs** | how long it lives |
| salt | | any number that makes equal tokens differ |
| a privilege's value | seconds **from issueTs** | how long the privilege lasts |

Both lives are durations, not times; in all formats before they are times. The format holds any u32. \`buildToken\` and the builders
take the time of the clock and a random salt from 1 to 99,999,999 where none is given. Agora grants no token more than
24 hours, so that ours counts a token as alive while \`issueTs ≤ now < issueTs + min(expire, 86400)\`; \`clockTolerance\` lowers the
first bound. With an \`expire\` of 0 it never is.

Privileges have no part in that: one that has ended is a finding. The official builders write 0 for a privilege by default, and what
Agora's service makes of a 0 is not documented: ours reports it (\`privilege-zero\`). In \`buildToken\` a privilege without a life gets
that of the token instead.

## 5. Services

Each service is \`type:u16 privileges:map(u16 → u32)\`, and then the fields of its type, in this order:

| type | name here | fields behind the privileges | privileges |
| --- | --- | --- | --- |
${serviceRows()}

(9 and 10 are in npm \`agora-token\` from 2.0.6 only.) A privilege or a type without a name goes by its number: \`{ "7": 600 }\`.

- **Users.** A numeric uid is written in decimal, and 0, which stands for anyone, as \`""\`. A text account stays as it is: the
  account \`"0"\` is somebody. An empty channel is any channel. In RTM an empty user is no user.
- **Roles.** \`role\` is −1 where there is none.
- **Order.** Services lie by ascending type number; several of one type are allowed and keep their order.
- **Unknown types.** A service does not tell its length, so that nobody can read past a type that he does not know. Ours keeps the
  services before it, and reports the rest as \`unknown-service\`; the signature can be verified all the same. It packs a service by
  number if it has privileges only.

The permissions of RTM2 are a map in a map: \`count:u16\`, then for each resource type, ascending,
\`resource:u16 count:u16\`, then for each permission type, ascending, \`permission:u16 count:u16\` and so many names as \`str\`. The names
keep the order in which they are given, repeated and empty ones too. Maps and lists may be empty, and are packed then with a count of 0.
Resource types: ${numbers(RTM2_RESOURCES)}. Permission types: ${numbers(RTM2_PERMISSIONS)}.

## 6. Building: checks and failures

Official code checks two things: that App ID and certificate are 32 hexadecimal characters, and that there is a service. Otherwise
most of it returns \`""\`. Ours throws an \`AgoraTokenError\` (for a wrong type a \`TypeError\`) whose \`field\` names the value.

\`packToken\` and the official builders refuse what cannot be a token, and no more:

- an App ID or a certificate that is not 32 hexadecimal characters, in either case;
- no service, an unknown service or privilege name, a field that the service does not have, one key by name and by number;
- a number outside its type, or with a fraction; nothing wraps around;
- a text of more than 65,535 bytes, and a payload of more than 1 MiB, which is what ours reads.

\`buildToken\` also holds the values to what Agora documents:

| value | wanted |
| --- | --- |
| expire | 1 to 86,400 seconds |
| a privilege's value | 0 to 86,400 seconds |
| channelName | 0 to 63 bytes of the 89 characters |
| uid or account, the users of Chat and APaaS, roomUuid | 0 to 255 bytes of the 89 characters; empty where it means anyone or none |
| userId of RTM and RTM2 | 1 to 63 bytes of the 89 characters, the first no space |
| names in RTM2 permissions | 1 to 64 bytes |

The 89 characters are letters, digits, the space, and \`!#$%&()+-:;<=.>?@[]^_{}|~,\`.

## 7. Builders

The official builders (\`rtc\` stands for \`RtcTokenBuilder2\`, and so on) take App ID and certificate, and then these arguments. The last columns are what they pack where the role, if
there is one, is 1: the \`expire\` of the token, and its services with their fields and with the value of each privilege.

| builder | arguments | expire | services |
| --- | --- | --- | --- |
${builderRows()}

- Of an RTC role only its equality with 1 counts: with any other the token has privilege 1 of RTC alone.
- \`buildTokenWithRtm2\` makes a service of type 2 (RTM) in spite of its name. \`buildTokenWithPermissions\` makes one of type 8.
- The RTM login of \`buildTokenWithRtm\` lasts as long as the token, whatever \`privilegeExpire\` says.
- \`education\` has the builders of \`apaas\`. \`md5\` is in 32 lower-case hexadecimal digits, over the UTF-8 bytes.
- Streaming and FCDN have no official builder: \`streaming\` and \`fcdn\` make them for \`buildToken\`.

## 8. Divergences

Where official languages differ, ours packs what most of them pack, and reads what the others packed where it is whole.

| | official code | ours |
| --- | --- | --- |
| room-user tokens: privilege 1 of APaaS | Node leaves it out | packed |
| room-user tokens: privilege 1 of Chat | Java puts it on RTM | packed on Chat |
| room-user tokens: the Chat user | C# writes \`System.Byte[]\`, Java drops leading zeros of the MD5 | 32 digits |
| the role of APaaS | Node packs −1 for 0, and reads negative ones unsigned | 0 is 0, and roles are signed |
| uid 0 of RTC | PHP packs \`"0"\` | \`""\` |
| a uid such as −1 or 2³² | wraps around (C++, C#, Go, Java), or is packed as that text | refused |
| other numbers outside their type | Node, Python and Lua throw, the others wrap around | refused |
| order of privileges | C# as they were added, Java by signed number | ascending when packed, any when read (\`not-canonical\`) |
| a privilege given twice, read | seven keep the last, C++ the first, C# fails | the last (\`not-canonical\`) |
| a text of 32,768 to 65,535 bytes | Java cannot read it | packed and read |
| a text of more bytes | a wrong length, or in C++ a memory error; Node, Python and Lua throw | refused |
| an App ID with blanks between its digits | Python builds | refused |
| verifying a token whose App ID is not hexadecimal | Python does | \`invalid\`: no certificate makes it (§6) |
| a multiple of 64 KiB appended to the payload | C++ still verifies it | \`invalid\`, or over the bound of 1 MiB |
| salt | 1 to 99,999,999 in Node, PHP, Python and Lua; wider or one less in others | 1 to 99,999,999; any u32 given |

How npm \`agora-token\` and \`./compat\` differ is in [compat.md](compat.md), call by call.

## 9. Parser strictness

Ours reads a token only if it is canonical base64 of one whole zlib stream, with a right checksum, nothing behind it, and at most 1 MiB
inflated (\`maxPayload\`; it stops inflating there), and if no field is cut. Everything else is content: it is
read, and what is odd in it is reported. Of nine official parsers, so many read a token with the damage, and so many call its
signature valid:

| damage | read | valid | ours |
| --- | --- | --- | --- |
${await damageRows()}
`;
}

/** The fields of the services and the privileges, by number. */
function serviceRows(): string {
  return SERVICES.map(({ type, name, fields, privileges }) => {
    const wires = fields.map(({ name, wire }) => wire === "permissions" ? name : `${name}:${wire}`);
    return `| ${type} | \`${name}\` | ${wires.join(", ") || "none"} | ${numbers(privileges) || "none with a name"} |`;
  }).join("\n");
}

function numbers(names: Readonly<Record<string, number>>): string {
  return Object.entries(names).map(([name, number]) => `${number} ${name}`).join(", ");
}

/** Every builder with what it makes of its own arguments' names: each value says then where it comes from. */
function builderRows(): string {
  const { education: _, ...families } = BUILDERS;
  const rows = Object.entries(families).flatMap(([family, builders]) =>
    Object.entries(builders).map(([method, spec]) => ({ name: `\`${family}.${method}\``, ...spec }))
  );
  const packedBy = ({ args, build }: typeof rows[0]) => {
    const { expire, services } = build({ ...Object.fromEntries(args.map((arg) => [arg, arg])), role: 1, rtcRole: 1 } as never);
    return { expire, services: services.map((service) => packedService(service as never)).join("; ") };
  };
  return rows.map((row) => {
    const taken = row.args.map((arg) => {
      const usual = row.defaults?.[arg];
      return usual === undefined ? arg : `${arg} = ${JSON.stringify(usual)}`;
    });
    const { expire, services } = packedBy(row);
    const like = rows.find(({ args }) => args === row.args)!;
    if (like === row) return `| ${row.name} | ${taken.join(", ") || "none"} | ${expire} | ${services} |`;
    return `| ${row.name} | as ${like.name} | ${expire} | ${services.replace(packedBy(like).services, "the same")} |`;
  }).join("\n");
}

/** A service as `RTC(channelName, uid) 1 = privilegeExpire`. */
function packedService(service: Record<string, unknown>): string {
  const { title, fields, privileges } = SERVICES.find(({ name }) => name === service.type)!;
  const values = fields.map(({ name }) => {
    const value = String(service[name]);
    if (name === "role") return value === "1" ? name : value;
    return /^[0-9a-f]{32}$/.test(value) ? "md5(userUuid)" : value || '""';
  });
  const given = Object.entries(service.privileges as object);
  const lives = given.length > 1 && given.every(([, life]) => life === given[0]![1])
    ? [`${privileges[given[0]![0]]} to ${privileges[given.at(-1)![0]]} = ${given[0]![1]}`]
    : given.map(([name, life]) => `${privileges[name]} = ${life}`);
  return `${title}${values.length === 0 ? "" : `(${values.join(", ")})`} ${lives.join(", ")}`.trim();
}

/** The bytes of the example in a table, and the code that comes to the same. */
async function example(): Promise<string> {
  const { bytes, spans } = await inspectToken(EXAMPLE);
  const rows = spans.map(({ path, type, start, end, value }) => {
    const hex = [...bytes.subarray(start, end)].map((byte) => byte.toString(16).padStart(2, "0"));
    const field = path.replace("services[0].", "").replace("privileges[0]", "privilege");
    const meaning = type === "bytes" ? `${hex.length - 2} bytes` : type === "str" ? JSON.stringify(value) : `${value}`;
    const shown = hex.length < 12 ? hex.join(" ") : `${hex.slice(0, 2).join(" ")} ${hex.slice(2).join("")}`;
    return `| ${start} | \`${shown}\` | ${field} | ${type} | ${meaning} |`;
  });
  return `A token for joining the channel \`lobby\` as 1001, of 600 seconds, with the fake certificate
\`fedcba9876543210fedcba9876543210\`. The payload has ${bytes.length} bytes.
Up to 82 the offsets are those of every token with a signature of 32 bytes and an App ID of 32 characters:

| offset | bytes | field | type | value |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

Nothing of this library opens it and computes its signature (§3) here, and the library agrees:

\`\`\`ts
import { createHmac } from "node:crypto";
import { inflateSync } from "node:zlib";
import { verifyToken } from "@agoratoken/agoratoken";
import { assertEquals } from "@std/assert";

const appCertificate = "fedcba9876543210fedcba9876543210";
const token =
  "${EXAMPLE}";
const payload = inflateSync(Uint8Array.fromBase64(token.slice("007".length)));

const hmac = (key: Uint8Array, message: string | Uint8Array) => createHmac("sha256", key).update(message).digest();
const byTime = hmac(payload.subarray(68, 72), appCertificate);
const bySalt = hmac(payload.subarray(76, 80), byTime);
assertEquals(hmac(bySalt, payload.subarray(34)), payload.subarray(2, 34));
assertEquals((await verifyToken(token, { certificates: appCertificate })).signature, "valid");
\`\`\``;
}

/** What nine official parsers and ours make of damaged tokens. */
async function damageRows(): Promise<string> {
  const rows: string[] = [];
  for (const id of DAMAGES) {
    const { desc, token, acceptedBy, verifiedBy, appCertificate } = golden.cases.find((vector) => vector.id === id)!;
    const { error, signature, findings } = await verifyToken(token!, { certificates: appCertificate!, now: 1700000000 });
    const codes = findings.filter(({ code }) => code !== "signature-invalid").map(({ code }) => `\`${code}\``);
    const ours = error instanceof AgoraTokenError ? `refused: \`${error.code}\`` : [`read, ${signature}`, ...codes].join(", ");
    rows.push(`| ${desc} | ${acceptedBy!.length} | ${verifiedBy!.length} | ${ours} |`);
  }
  return rows.join("\n");
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("../docs/format-notes.md", import.meta.url), await formatNotesDoc());
}
