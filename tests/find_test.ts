import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cpuUsage } from "node:process";
import { diagnoseToken, findTokens, packToken, verifyToken } from "../mod.ts";
import { CERTIFICATE } from "./portable/case.ts";
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "./vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };
import legacy from "./vectors/vectors-legacy.json" with { type: "json" };
import whiteboard from "./vectors/vectors-whiteboard.json" with { type: "json" };

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** Whiteboard tokens of unaltered ports. */
const WHITEBOARD: readonly string[] = whiteboard.asShipped.map(({ token }) => token);

/** Every whole token of the vectors. The time of keys without a version must be plausible: from 2001 to 2033. */
const TOKENS: readonly string[] = [
  ...([...golden.cases, ...literals.cases] as Vector[]).filter(({ kind }) => kind !== "malformed"),
  ...([...legacy.cases, ...literalsLegacy.cases] as Vector[]).filter(({ format, input: { unixTs } }) =>
    !/^dynamicKey2?$/.test(format) || unixTs >= 1e9 && unixTs < 2e9
  ),
].map(({ token }) => token).filter((token) => typeof token === "string" && token !== "").concat(WHITEBOARD);

/** A text in three parts, of which the middle is a token or what became of it. */
type Parts = readonly [before: string, token: string, after: string];

/** What people and programs do to the whole text. */
type Wrap = (parts: Parts) => Parts;

/** Text before and after. */
const around = (before: string, after: string): Wrap => ([first, token, last]) => [before + first, token, last + after];
/** The same for every character. */
const encoding =
  (encode: (text: string) => string): Wrap => ([first, token, last]) => [encode(first), encode(token), encode(last)];
/** Something within the token after every so many characters. */
const within = (width: number, mark: string): Wrap => ([first, token, last]) => {
  return [first, token.replace(new RegExp(`[^]{${width}}(?=[^])`, "g"), `$&${mark}`), last];
};

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const hexOf = (char: string, width: number) => char.charCodeAt(0).toString(16).padStart(width, "0");

/** Changes of characters. */
const ENCODINGS: Readonly<Record<string, Wrap>> = {
  percent: encoding(encodeURIComponent),
  "percent, small letters": encoding((text) => encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase())),
  "percent twice": encoding((text) => encodeURIComponent(encodeURIComponent(text))),
  json: encoding(json),
  "json of PHP": encoding((text) => json(text).replaceAll("/", "\\/")),
  "json of C#": encoding((text) => json(text).replace(/[+/=<>&'"]/g, (char) => `\\u${hexOf(char, 4)}`)),
  "json of .NET": encoding((text) => json(text).replace(/[+/=<>&']/g, (char) => `\\u${hexOf(char, 4).toUpperCase()}`)),
  "hexadecimal escapes": encoding((text) => text.replace(/[+/=\\\n\r\f]/g, (char) => `\\x${hexOf(char, 2)}`)),
  html: encoding((text) =>
    text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[+/=\n\r\f]/g, (char) => `&#x${hexOf(char, 2)};`)
  ),
  "html by name": encoding((text) =>
    text.replace(/[&+/="]/g, (char) => ({ "&": "&amp;", "+": "&plus;", "/": "&sol;", "=": "&equals;" })[char] ?? "&quot;")
  ),
  "every character in Unicode": encoding((text) => text.replace(/[ -~\n\r\f]/g, (char) => `\\u${hexOf(char, 4)}`)),
  "every character by its number": encoding((text) => text.replace(/[ -~\n\r\f]/g, (char) => `&#${char.charCodeAt(0)};`)),
  "every character in percent": encoding((text) => text.replace(/[ -~\n\r\f]/g, (char) => `%${hexOf(char, 2)}`)),
  octal: encoding((text) => text.replace(/[+/=\\\n\r\f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`)),
  markdown: encoding((text) => text.replace(/[\\+=_*]/g, "\\$&")),
};

/** What is put into the token. */
const WITHIN: Readonly<Record<string, Wrap>> = {
  lines: within(40, "\n"),
  "lines of Windows": within(64, "\r\n"),
  "indented lines": within(30, "\n      "),
  "quoted lines": within(60, "\n> "),
  "lines of a comment": within(60, "\n * "),
  "lines of a table": within(50, " │\n│ "),
  "continued lines of a shell": within(60, "\\\n  "),
  "continued lines of Windows": within(60, " ^\r\n  "),
  "continued lines of PowerShell": within(60, " `\n  "),
  "page breaks": within(80, "\n\n\f"),
  invisible: within(20, "\u200b"),
  "soft hyphens": within(20, "\u00ad"),
  colours: within(45, "\x1b[0m\x1b[1;32m"),
  "break opportunities": within(25, "<wbr>"),
  "wide spaces": within(33, "\u00a0\n\u3000\u3000"),
  "soft hyphens by name": within(20, "&shy;"),
  "colours as a terminal shows them": within(45, "^[[0m"),
  "signs of an editor": within(60, " ↵\n"),
};

/** String literals in parts. */
const LITERALS: Readonly<Record<string, Wrap>> = Object.fromEntries(
  [
    ['"', '" + "'],
    ['"', '" +\n        "'],
    ["'", "'\n  + '"],
    ["'", "' . '"],
    ['"', '" & _\n    "'],
    ['"', '" .. "'],
    ['"', '" ++ "'],
    ['"', '" <> "'],
    ["'", "' || '"],
    ['"', '" "'],
    ['"', '"\n  "'],
    ["'", "' \\\n    '"],
    ["'", "'\n      f'"],
    ['"', '", "'],
    ['"', '").append("'],
    ['"', '");\nbuilder.Append("'],
    ['"', '")\n  ->add("'],
    ['"', '" << "'],
    ['"', '"];\n[token appendString:@"'],
    ["'", "' ...\n '"],
    ['"', '";\ntoken += "'],
    ["`", "` + `"],
  ].map(([quote, joint]) => [`literal ${joint}`, (parts: Parts) => around(quote!, quote!)(within(35, joint!)(parts))]),
);

/** What stands around. */
const AROUND: readonly Wrap[] = [
  ['"', '"'],
  ["'", "',"],
  ["`", "`"],
  ["“", "”."],
  ["‘", "’"],
  ["«", "»"],
  ["「", "」。"],
  ["  ", "\n"],
  ["\ufeff", "\r\n"],
  ['{"token":"', '","uid":1001}'],
  ['{\n  "data": {\n    "rtcToken": "', '"\n  }\n}'],
  ['  "token": "', '",'],
  ["Token with int uid: ", ""],
  ["Rtm Token: ", "\n"],
  ["临时token：", "，uid是1001，频道名lobby。"],
  ["токен: ", "; канал: lobby"],
  ["token: **", "**"],
  ['token: **"', '"****'],
  ["The token is ", "... and the uid 7"],
  ["token ", "…"],
  ["token ", "！"],
  ["[token](", ")"],
  ["| token | ", " |"],
  ["```\n", "\n```"],
  ["> ", "\n> thanks"],
  ["<", ">"],
  ["(", ")"],
  ['const val TOKEN = "', '" // valid until tomorrow'],
  ['let token: String? = "', '" // Swift'],
  ['private static final String TOKEN = "', '";'],
  ['final token = r"', '";'],
  ['var token = @"', '";'],
  ["$token = '", "';"],
  ['token = """', '"""'],
  ["token = b'", "'"],
  ['#define TOKEN "', '"'],
  ['NSString *token = @"', '";'],
  ['<string name="agora_token">', "</string>"],
  ['<param name="token" value="', '"/>'],
  ['client.join(APP_ID, "lobby", "', '", 1001);'],
  ["export AGORA_TOKEN=", "\n"],
  ["AGORA_TOKEN='", "'"],
  ["docker run -e TOKEN=", " app"],
  ["token: >-\n  ", "\nuid: 7"],
  ["- TOKEN=", ""],
  ["curl -H 'Authorization: agora token=", "' https://api.example/"],
  ['Authorization: agora token="', '"'],
  ["Authorization: Bearer ", ""],
  ["Bearer ", ""],
  ["https://example.test/join?channel=lobby&token=", "&uid=0"],
  ["https://example.test/#/join?token=", ""],
  ["/join?rtcToken=", " HTTP/1.1"],
  ["2026-01-15T12:00:00Z INFO [join] channel=stage token=", " uid=7"],
  ["\x1b[90m09:46:40\x1b[0m \x1b[32mINFO\x1b[0m issued \x1b[1m", "\x1b[22m for stage"],
  ['level=info msg="issued" token=', " ttl=3600"],
  ["alice,1001,", ",lobby"],
  ["[ERROR] joinChannel failed: 110, token=", ", channel=lobby"],
  ["0: ", " (161 characters)"],
].map(([before, after]) => around(before!, after!));

/** Literals with comments, whose ends are lost where a terminal breaks lines. */
const COMMENTED = ['" + // a comment\n  "', '"  # a comment\n  "'].map((joint): Wrap => (parts) =>
  around('"', '"')(within(35, joint)(parts))
);

const wraps = [...Object.values(ENCODINGS), ...Object.values(WITHIN), ...Object.values(LITERALS), ...COMMENTED, ...AROUND];

/** The one token that is found. */
function foundIn([before, token, after]: Parts, inner: string, what: string): void {
  const text = before + token + after;
  const found = findTokens(text);
  const { start, end } = found[0] ?? {};
  assertEquals(found.map(({ token }) => token), [inner], what + JSON.stringify(text));
  assertEquals([start, end], [before.length, before.length + token.length], what + JSON.stringify(text));
  assertEquals(found[0]!.asFound, token);
}

Deno.test("findTokens() finds every token of the vectors as it stands, and at its place", () => {
  assert(TOKENS.length > 100, String(TOKENS.length));
  for (const token of TOKENS) foundIn(["", token, ""], token, "");
});

Deno.test("findTokens() finds a token in every wrapping", () => {
  const some = TOKENS.filter((_, index) => index % 7 === 0);
  for (const token of some) for (const [index, wrap] of wraps.entries()) foundIn(wrap(["", token, ""]), token, `${index} `);
});

Deno.test("findTokens() finds any token in any three wrappings", () => {
  // First what only a token has, in code or in lines; then what is done to any text; and a terminal wraps the lines of that.
  const first = fc.constantFrom(...Object.values(LITERALS), ...Object.values(WITHIN));
  const next = fc.constantFrom(...Object.values(ENCODINGS), ...AROUND);
  const wrapped = fc.constantFrom(within(40, "\n"), within(72, "\r\n"));
  const last = fc.oneof(wrapped, fc.constantFrom(within(50, " │\n│ "), within(60, "\n> ")));
  const nested = fc.oneof(
    fc.tuple(next, next, next),
    fc.tuple(first, next, next),
    fc.tuple(next, next, last),
    fc.tuple(first, wrapped),
    fc.tuple(fc.constantFrom(...Object.values(WITHIN)), next, wrapped),
  );
  const property = fc.property(fc.constantFrom(...TOKENS), nested, (token, list) => {
    const parts = list.reduce((parts: Parts, wrap) => wrap(parts), ["", token, ""]);
    foundIn(parts, token, list.map((wrap) => wraps.indexOf(wrap)).join() + " ");
  });
  fc.assert(property, { numRuns: 3000, seed: Number(Deno.env.get("SEED") ?? 12) });
});

Deno.test("findTokens() takes the URL-safe alphabet, lost padding and the spaces of a query as what they stand for", () => {
  for (const token of TOKENS.filter((token) => /^00[567]/.test(token))) {
    const bare = token.replace(/=+$/, "");
    const safe = bare.replaceAll("+", "-").replaceAll("/", "_");
    for (const wrap of [around("", ""), around('"', '"'), around("token: ", ", uid: 7"), around("auth=", "&uid=1")]) {
      for (const asFound of [bare, safe, safe + "=".repeat(token.length - bare.length)]) {
        foundIn(wrap(["", asFound, ""]), token, "");
      }
    }
    const spaces = token.replaceAll("+", " ");
    foundIn(["https://example.test/?token=", spaces, "&uid=7"], token, "");
    foundIn(["token=", spaces, "&uid=7"], token, "");
    foundIn(["token=", spaces, ""], token, "");
    foundIn(["https://example.test/?uid=7&token=", spaces.replaceAll(" ", "%20"), ""], token, "");
    if (spaces !== token) assertEquals(findTokens(`token ${spaces}`), []);
  }
});

Deno.test("findTokens() finds a token in lines that a log begins with the same, but for times and numbers", () => {
  let second = 8;
  const prefixes: [name: string, prefix: () => string][] = [
    ["Flutter", () => "I/flutter ( 9126): "],
    ["logcat", () => `11-26 12:00:0${second++}.412  1234  5678 D AGORA   : `],
    ["compose", () => "web_1  | "],
    ["colours", () => "\x1b[36mweb_1  |\x1b[0m "],
    ["level", () => `[12:00:${second++}] [INFO] app: `],
    ["time", () => `2026-01-15T12:00:00.${second++ * 37}Z stdout F `],
  ];
  for (const [name, prefix] of prefixes) {
    for (const token of TOKENS.filter((_, index) => index % 7 === 0)) {
      for (const end of ["\n", "\r\n"]) {
        second = 8;
        const lines = (`token: ${token}`.match(/[^]{1,60}/g) ?? []).map((part) => prefix() + part);
        const text = lines.join(end) + `${end}${prefix()}joined`;
        assertEquals(findTokens(text).map(({ token }) => token), [token], `${name} ${JSON.stringify(text)}`);
      }
    }
  }
  for (const joint of ["\n13   ", "\n13\t"]) {
    const text = `12   const token = "${TOKENS[0]!.slice(0, 50)}" +${joint}"${TOKENS[0]!.slice(50)}";`;
    assertEquals(findTokens(text).map(({ token }) => token), [TOKENS[0]!]);
  }
});

Deno.test("findTokens() finds a token in UTF-16 that was read as another encoding", () => {
  for (const token of TOKENS) foundIn(within(1, "\0")(["\ufffd\ufffd", token, "\0\r\0\n\0"]), token, "");
});

Deno.test("findTokens() finds a token that is in base64 once more", () => {
  for (const token of TOKENS.filter((token) => /^(00[3-7]|NET)/.test(token))) {
    for (const line of [token, token + "\n"]) foundIn(["  token: ", btoa(line), "\n  uid: Nw=="], token, "");
    foundIn(["?state=", btoa(JSON.stringify({ uid: 7, name: "ÿ", token })), "&x=1"], token, "");
    foundIn(["token=", btoa(token).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""), ""], token, "");
  }
});

Deno.test("findTokens() finds a token in the source of a mail", () => {
  for (const token of TOKENS.filter((token) => /^00[567].*=/.test(token))) {
    const encoded = token.replaceAll("=", "=3D");
    foundIn(["token: ", encoded, "\r\n"], token, "");
    foundIn(within(70, "=\r\n")(["Your token: ", encoded, "\r\n"]), token, "");
  }
});

Deno.test("findTokens() finds 007 tokens of any size, and each of many in a text", async () => {
  const tokens: string[] = [];
  for (const length of [1, 100, 1000, 10_000, 60_000]) {
    const channelName = Array.from({ length }, (_, index) => String.fromCharCode(33 + (index * index * 7 + index) % 90)).join(
      "",
    );
    const services = [{ type: "rtc" as const, channelName, uid: "1", privileges: { joinChannel: 60 } }];
    const appId = "0123456789abcdef0123456789abcdef";
    tokens.push(
      await packToken(
        { version: "007", appId, issueTs: 1_700_000_000 + length, expire: 60, salt: length, services },
        CERTIFICATE,
      ),
    );
  }
  for (const joint of [" ", ",", "\n", '","', "", "&token="]) {
    assertEquals(findTokens(tokens.join(joint)).map(({ token }) => token), tokens, joint);
  }
  const many = Array.from({ length: 500 }, (_, index) => TOKENS[index % TOKENS.length]!);
  const text = many.join("\n");
  let at = 0;
  const places = many.map((token) => [at, (at += token.length + 1) - 1]);
  assertEquals(findTokens(text, { maxText: text.length }).map(({ start, end }) => [start, end]), places);
});

/** A text of random characters of an alphabet. */
const randomText = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((chars) => chars.join(""));

const HEX = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Deno.test("findTokens() finds nothing in texts without a token: digests, ids, JSON Web Tokens, code, logs", () => {
  const part = fc.oneof(
    ...[32, 40, 64, 90, 96, 110, 128, 512].map((length) => randomText(HEX, length)),
    ...[20, 44, 200, 1000].map((length) => randomText(BASE64, length)),
    ...[
      "007",
      "006",
      "005",
      "004",
      "003",
      "007eJx",
      "006" + HEX + HEX,
      "006" + HEX + HEX + "IAA",
      "005AQAo",
      "1:",
      "NETLESSROOM_YWs9",
      `1:${HEX}${HEX}:`,
    ]
      .flatMap((prefix) =>
        [HEX, BASE64, "0", "A", "A=", "0123456789"].map((alphabet) => randomText(alphabet, 120).map((text) => prefix + text))
      ),
    fc.uuid(),
    fc.tuple(randomText(BASE64, 60), randomText(BASE64, 43)).map(([body, signature]) =>
      `eyJhbGciOiJIUzI1NiJ9.eyJ${body}.${signature}`
    ),
    fc.constantFrom(
      "join failed: 110",
      "uid 0071001",
      "build 007",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      '{"token":',
      "token=",
    ),
    fc.string(),
    fc.string({ unit: "binary" }),
  );
  const joint = fc.constantFrom(" ", "\n", '", "', "=", ":", "/", "&token=", "%22", "\\", '" + "');
  const text = fc.array(fc.tuple(part, joint), { maxLength: 8 }).map((parts) => parts.flat().join(""));
  fc.assert(fc.property(text, (text) => assertEquals(findTokens(text), [], text)), { numRuns: 3000, seed: 12 });
});

Deno.test("findTokens() finds no token that lost, gained or changed a character in its middle", () => {
  for (const token of TOKENS.filter((token) => /^(00[67]|NET)/.test(token))) {
    const middle = token.length >> 1;
    for (
      const damaged of [
        token.slice(0, middle) + token.slice(middle + 1),
        `${token.slice(0, middle)} ${token.slice(middle)}`,
        token.slice(0, middle) + "****" + token.slice(middle + 4),
        token.slice(0, 20) + "…" + token.slice(-8),
      ]
    ) {
      const found = findTokens(`token: "${damaged}"`);
      // A 006 without a middle may still have all its lengths, and a whiteboard token its keys: it decodes.
      if (token.startsWith("007") || !/^[\w+/=]*$/.test(damaged)) assertEquals(found, [], damaged);
    }
  }
});

/** Texts that are made to take long. */
const HOSTILE: Readonly<Record<string, string>> = {
  "prefixes of 007": "007eJx",
  "007 and stored blocks": "007eAEB//8AAA",
  "007 and stored blocks of a signature": "007eAEB//8AACAA",
  "006 of 256 bytes": `006${HEX}${HEX}IA${"A".repeat(54)}AB`,
  "006 of 4 KiB": `006${HEX}${HEX}IA${"A".repeat(54)}AQ`,
  "005 and its head": "005AQAo" + "AEUxMjFCODU1RkYyMTA2QkM3Q0I5NEUxNDU5ODZDNUUzNEI4QTQ4MkQQAAEjRWeJq83vASNFZ4mrze//////////",
  "prefixes of 1:": "1:",
  "prefixes of NETLESSROOM_": "NETLESSROOM_YWs9",
  "signatures of the whiteboard": `NETLESSROOM_YWs9${"JnNpZz0wMDAw".repeat(9)}`,
  "signaling tokens": `1:${HEX}${HEX}:`,
  hexadecimal: HEX,
  digits: "1",
  "keys without a version": `${HEX}${HEX}${HEX}${HEX}${HEX}1234567890`,
  quotes: '"',
  "quotes and spaces": '"                ',
  "a quote, then spaces": " ",
  names: "token:",
  "literals": '"a" + ',
  backslashes: "\\",
  "percent signs": "%25",
  "many times percent": "%2525",
  ampersands: "&#x26;",
  escapes: "\\u005c",
  "spaces": " ",
  "spaces in a query": "?token=007eJx  ",
  "lines": "\n",
  "lines and marks": " \n > ",
  tags: "<b",
  "ansi": "\x1b[",
  "ansi links": "\x1b]",
  "mail": "=\n",
  "equals signs": "=",
  "asterisks": "*",
  words: "a ",
  "base64": "A",
  commas: '",',
};

/**
 * How many times as long something takes for eight times the text: 8 where the time grows with the text, 64 where with its square.
 * Of several attempts, the least time of this process.
 */
async function growth(run: (text: string) => unknown, part: string, first = ""): Promise<number> {
  const text = (size: number) => (first + part.repeat(size / part.length + 1)).slice(0, size);
  const timed = async (text: string) => {
    const start = cpuUsage();
    await run(text);
    return Math.max(cpuUsage(start).user, 2_000); // microseconds
  };
  let ratio = Infinity;
  const least = [Infinity, Infinity];
  for (let attempt = 0; attempt < 20 && (attempt < 2 || ratio > 12); attempt++) {
    least[0] = Math.min(least[0]!, await timed(text(8_000)));
    least[1] = Math.min(least[1]!, await timed(text(64_000)));
    ratio = least[1] / least[0];
  }
  return ratio;
}

Deno.test("findTokens() and diagnoseToken() take time in proportion to a text, whatever it is made of", async () => {
  for (const [what, part] of Object.entries(HOSTILE)) {
    const first = what.startsWith("a quote") ? '"' : "";
    for (const run of [findTokens, diagnoseToken]) {
      const ratio = await growth((text) => run(text, { maxText: text.length }), part, first);
      assert(ratio < 30, `${run.name}, ${what}: ${ratio} times as long for eight times the text`);
    }
  }
});

Deno.test("diagnoseToken() says of a wrapped token what it says of the token, and that it is wrapped; verifyToken() takes it as it stands", async () => {
  const known = { certificates: CERTIFICATE, channelName: "lobby", uid: 1001, now: 1_700_000_000 };
  for (const token of TOKENS.filter((token, index) => index % 5 === 0 && !WHITEBOARD.includes(token))) {
    const alone = await diagnoseToken(token, known);
    for (const wrap of wraps.filter((_, index) => index % 4 === 0)) {
      const text = wrap(["", token, ""]).join("");
      if (text === token) continue;
      const { findings, verdict, ok, signature, token: read } = await diagnoseToken(text, known);
      assertEquals([verdict, ok, signature, read], ["fails", false, alone.signature, alone.token], text);
      assertEquals(findings.filter(({ code }) => code !== "text-wrapped"), alone.findings, text);
      const verification = await verifyToken(text, known);
      assert(verification.error !== undefined && !verification.ok, text);
    }
  }
});
