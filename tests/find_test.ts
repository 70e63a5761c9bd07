import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { diagnoseToken, findTokens, packToken, verifyToken } from "../mod.ts";
import { CERTIFICATE, growth } from "./portable/case.ts";
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "./vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };
import legacy from "./vectors/vectors-legacy.json" with { type: "json" };

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** Every whole token of the vectors. The time of keys without a version must be plausible: from 2001 to 2033. */
const TOKENS: readonly string[] = [
  ...([...golden.cases, ...literals.cases] as Vector[]).filter(({ kind }) => kind !== "malformed"),
  ...([...legacy.cases, ...literalsLegacy.cases] as Vector[]).filter(({ format, input: { unixTs } }) =>
    !/^dynamicKey2?$/.test(format) || unixTs >= 1e9 && unixTs < 2e9
  ),
].map(({ token }) => token).filter((token) => typeof token === "string" && token !== "");

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

/** A token in the URL-safe alphabet, with and without its padding. Its prefix and App ID stay. */
const urlSafe = (token: string): string => token.replaceAll("+", "-").replaceAll("/", "_");
const hasBase64 = (token: string) => /^00[567]/.test(token) && /[+/=]/.test(token);

const wraps = [...Object.values(ENCODINGS), ...Object.values(WITHIN), ...Object.values(LITERALS), ...AROUND];

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
