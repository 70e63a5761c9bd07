import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { diagnoseToken, type Finding, packToken, verifyToken } from "../mod.ts";
import { damage007 } from "../src/inspect/text/damage_007.ts";
import { repair007 } from "../src/inspect/text/repair.ts";
import { CERTIFICATE, growth, packed } from "./portable/case.ts";
import { givenOf, NOW, SAMPLES } from "./portable/legacy_samples.ts";
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
const ALL: any[] = [...golden.cases, ...literals.cases];
/** Official tokens of at most 500 characters, so that one more is not too many. */
const TOKENS: readonly string[] = [
  ...new Set(
    ALL.filter(({ kind, token }) => kind !== "malformed" && token?.length <= 500).map(({ token }) => token as string),
  ),
];

async function finding(text: string): Promise<Finding> {
  const { findings, verdict } = await diagnoseToken(text);
  assertEquals([verdict, findings.length], ["fails", 1], text.slice(0, 30));
  assert(!findings[0]!.message.includes(text.slice(0, 24)));
  return findings[0]!;
}

interface Damage {
  edit: string;
  at: number;
  until?: number;
  wanted?: string;
}

/** The text without the damage that was found. */
function undone(text: string, { edit, at, wanted = "" }: Damage): string {
  const [before, here, next, after] = [
    text.slice(0, at - 1),
    text.slice(at - 1, at),
    text.slice(at, at + 1),
    text.slice(at + 1),
  ];
  if (edit === "inserted") return before + next + after;
  if (edit === "missing") return before + wanted + here + next + after;
  return edit === "exchanged" ? before + next + here + after : before + wanted + next + after;
}

/** What can happen to one character at a place, and what it is called. */
const EDITS: Readonly<Record<string, (text: string, at: number, letter: string) => string>> = {
  inserted: (text, at, letter) => text.slice(0, at) + letter + text.slice(at),
  doubled: (text, at) => text.slice(0, at) + text.slice(at - 1),
  missing: (text, at) => text.slice(0, at) + text.slice(at + 1),
  replaced: (text, at, letter) => text.slice(0, at) + letter + text.slice(at + 1),
  case: (text, at) => {
    const character = text[at]!;
    const other = character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
    return text.slice(0, at) + other + text.slice(at + 1);
  },
  exchanged: (text, at) => text.slice(0, at) + text.slice(at, at + 2).split("").reverse().join("") + text.slice(at + 2),
};

Deno.test("diagnoseToken() finds the one edit that damaged a 007, at its place", async () => {
  assert(TOKENS.length > 50, String(TOKENS.length));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TOKENS),
      fc.constantFrom(...Object.keys(EDITS)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...ALPHABET),
      async (token, edit, where, letter) => {
        const end = token.replace(/=+$/, "").length;
        const at = 3 + Math.floor(where * (end - 4));
        const text = EDITS[edit]!(token, at, letter);
        if (text === token) return;
        const { code, params } = await finding(text);
        assertEquals(code, "text-damaged", `${edit} at ${at}`);
        assertEquals(undone(text, params as Damage), token, JSON.stringify(params));
      },
    ),
    { seed: 20261126, numRuns: 60 },
  );
});

Deno.test("diagnoseToken() says of a token that is cut anywhere that it is cut, and never blames the code that built it", async () => {
  for (const token of TOKENS.filter((_, index) => index % 30 === 0)) {
    for (let length = 4; length < token.length; length += 5) {
      const { code } = await finding(token.slice(0, length));
      assertEquals(code, "text-cut", `${length} of ${token.length}: ${token.slice(0, 20)}`);
    }
  }
});

Deno.test("diagnoseToken() says of a token that lost a stretch in the middle or has two mistakes that it is damaged, not cut", async () => {
  let cut = 0;
  let tried = 0;
  for (const token of TOKENS.filter((_, index) => index % 6 === 0)) {
    const end = token.replace(/=+$/, "").length;
    for (const [from, count] of [[20, 4], [60, 16], [end - 40, 7], [50, 30]] as const) {
      if (from < 8 || from + count > end - 20) continue;
      const { code, params } = await finding(token.slice(0, from) + token.slice(from + count));
      if (code === "text-cut") cut++;
      else assertEquals([code, (params as Damage).edit], ["text-damaged", "unknown"]);
      tried++;
    }
    const letters = [...token];
    letters[40] = letters[40] === "x" ? "y" : "x";
    letters[70] = letters[70] === "x" ? "y" : "x";
    const { code, params } = await finding(letters.join(""));
    assertEquals([code, (params as Damage).edit], ["text-damaged", "unknown"]);
  }
  // Where the text has no padding and what is left inflates to plausible fields, a cut looks the same.
  assert(tried > 25 && cut < tried / 20, `${cut} of ${tried}`);
});

Deno.test("repair007() finds an edit in every character after the version", () => {
  const token = TOKENS[0]!;
  for (let at = 3; at < token.replace(/=+$/, "").length; at++) {
    const text = EDITS.case!(token, at, "");
    if (text !== token) assertEquals(undone(text, repair007(text) as Damage), token);
  }
});

Deno.test("diagnoseToken() finds a stretch of a 007 that stands twice", async () => {
  for (const token of TOKENS.filter(({ length }) => length > 120).slice(0, 12)) {
    for (const [from, count] of [[30, 16], [61, 20], [50, 5], [20, 64]] as const) {
      const { code, params } = await finding(token.slice(0, from + count) + token.slice(from));
      const { edit, at, count: many } = params as Damage & { count: number };
      assertEquals([code, edit, many], ["text-damaged", "inserted", count], `${from} ${count}`);
      const text = token.slice(0, from + count) + token.slice(from);
      assertEquals(text.slice(0, at - 1) + text.slice(at - 1 + count), token);
    }
  }
});

Deno.test("diagnoseToken() names a character that can stand in no token, and its place", async () => {
  const token = TOKENS[0]!;
  for (const character of ["С", "!", "€"]) {
    const { code, params } = await finding(token.slice(0, 40) + character + token.slice(41));
    assertEquals([code, params], ["text-damaged", { edit: "foreign", at: 41, character }]);
  }
});

Deno.test("diagnoseToken() says of a token in letters of one case, and of one without its first characters, what is wrong", async () => {
  const token = TOKENS[0]!;
  assertEquals((await finding(token.toLowerCase())).params, { edit: "case" });
  assertEquals((await finding(token.toUpperCase())).params, { edit: "case" });
  const old = await packToken(SAMPLES[0]!, CERTIFICATE);
  assertEquals((await finding(old.toLowerCase())).params, { edit: "case" });
  assertEquals((await finding(token.slice(1))).params, { edit: "missing", at: 1, wanted: "007" });
  assertEquals((await finding(token.slice(3))).params, { edit: "missing", at: 1, count: 3, wanted: "007" });
  assertEquals((await finding("OO7" + token.slice(3))).params, { edit: "replaced", at: 1, until: 3 });
});

Deno.test("damage007() says what is too many after a whole token, and that padding is cut", () => {
  const token = TOKENS.find((token) => /[^=]=$/.test(token))!;
  assertEquals(damage007(token + "=", true)!.params, { edit: "inserted", at: token.length + 1, character: "=" });
  assertEquals(damage007(token.slice(0, -1), true)!.code, "text-cut");
  const whole = TOKENS.find((token) => !token.endsWith("="))!;
  assertEquals(damage007(whole + "abcd", true)!.params, { edit: "inserted", at: whole.length + 1, count: 4 });
});

Deno.test("diagnoseToken() finds by the form of an older token that a character is missing or too many", async () => {
  for (const sample of SAMPLES.filter(({ version }) => version !== "signaling")) {
    const token = await packToken(sample, CERTIFICATE);
    for (const at of [5, 20]) {
      const missing = (await finding(token.slice(0, at) + token.slice(at + 1))).params as Damage;
      assertEquals(missing.edit, "missing", sample.version);
      assert(missing.at <= at + 1 && at + 1 <= (missing.until ?? missing.at), `${sample.version} ${JSON.stringify(missing)}`);
      const inserted = (await finding(token.slice(0, at) + token[at] + token.slice(at))).params as Damage;
      assertEquals(inserted.edit, "inserted", sample.version);
      assert(
        inserted.at <= at + 1 && at + 1 <= (inserted.until ?? inserted.at),
        `${sample.version} ${JSON.stringify(inserted)}`,
      );
    }
  }
});

Deno.test("diagnoseToken() finds with the certificate that one character of an older token's signature was changed", async () => {
  for (const sample of SAMPLES.filter(({ version }) => version !== "signaling")) {
    const token = await packToken(sample, CERTIFICATE);
    const given = { ...givenOf(sample), certificates: CERTIFICATE, now: NOW - 60 };
    for (const at of sample.version === "006" ? [40, 60, 77] : [12, 20, 37]) {
      const text = token.slice(0, at) + (token[at] === "0" ? "1" : "0") + token.slice(at + 1);
      const { verdict, signature, findings } = await diagnoseToken(text, given);
      const [found] = findings;
      assertEquals([verdict, signature, found!.code], ["fails", "invalid", "text-damaged"], `${sample.version} at ${at}`);
      const { at: from, until = from } = found!.params as Damage;
      assert(from <= at + 1 && at + 1 <= until, `${sample.version}: ${from} to ${until}, not ${at + 1}`);
    }
  }
});

Deno.test("text-masked gives the place of what hides a part of a token", async () => {
  const token = await packed();
  for (const mask of ["****", "…", "...", "xxxx", "[redacted]", "<hidden>", "••••••"]) {
    const { code, params } = await finding(token.slice(0, 20) + mask + token.slice(-8));
    assertEquals([code, params], ["text-masked", { at: 21, length: mask.length }], mask);
  }
});

Deno.test("text-masked is said of what hides the beginning of a token, and of words in Chinese", async () => {
  const token = await packed();
  for (const text of ["****" + token.slice(-8), "……" + token.slice(-8), token.slice(0, 20) + "省略" + token.slice(-8)]) {
    assertEquals((await finding(text)).code, "text-masked", text.slice(0, 4));
  }
  const key = await packToken(SAMPLES.find(({ version }) => version === "001")!, CERTIFICATE);
  assertEquals((await finding(key.slice(0, 10) + "****" + key.slice(-4))).code, "text-masked");
  assertEquals((await finding("****")).code, "text-is-placeholder");
});

Deno.test("diagnoseToken() says by its parts how a signaling token was damaged, and what no such token has", async () => {
  const token = await packToken(SAMPLES.find(({ version }) => version === "signaling")!, CERTIFICATE);
  const md5 = token.lastIndexOf(":") + 2; // its first character, from 1
  const letter = token.slice(md5 - 1).search(/[a-f]/) + md5;
  const cases: [text: string, code: string, params: Record<string, unknown>][] = [
    [token.slice(0, -1), "text-cut", {}],
    [token.slice(0, 30), "text-cut", {}],
    [token + "0", "text-damaged", { edit: "inserted", at: md5, until: md5 + 32 }],
    [token.slice(0, 10) + token.slice(9), "text-damaged", { edit: "inserted", at: 3, until: 35 }],
    [token.slice(0, 9) + token.slice(10), "text-damaged", { edit: "missing", at: 3, until: 34 }],
    [token.slice(0, 9) + "O" + token.slice(10), "text-damaged", { edit: "foreign", at: 10, character: "O" }],
    [token.slice(0, md5 - 1) + token.slice(md5 - 1).toUpperCase(), "text-damaged", { edit: "case", at: letter }],
    [token.slice(1), "text-damaged", { edit: "missing", at: 1, wanted: "1:" }],
    ["2" + token.slice(1), "text-damaged", { edit: "replaced", at: 1, character: "2", wanted: "1" }],
    [token.replace(/:(\d{10}):/, ":$1000:"), "home-made", { version: "signaling" }],
    [token + "0".repeat(32), "home-made", { version: "signaling" }],
  ];
  for (const [text, code, wanted] of cases) {
    const found = await finding(text);
    assertEquals(found.code, code, text);
    assertEquals({ ...found.params, ...wanted }, found.params, text);
  }
});

Deno.test("diagnoseToken() gives the place of what was changed where App ID and base64 of a 006 meet, and of a version", async () => {
  const token = await packToken(SAMPLES[0]!, CERTIFICATE);
  for (const [character, at, wanted] of [["l", 36, "I"], ["1", 36, "I"], ["4", 37, "A"]] as const) {
    const text = token.slice(0, at - 1) + character + token.slice(at);
    assertEquals((await finding(text)).params, { edit: "replaced", at, character, wanted }, character);
  }
  const lost = (await finding(token.slice(0, 20) + token.slice(60))).params as Damage;
  assertEquals([lost.edit, lost.at - (/[^0-9a-f]/i.exec(token.slice(60))!.index)], ["unknown", 21]);
  assertEquals((await finding("005" + TOKENS[0]!.slice(3))).params, { edit: "replaced", at: 1, until: 3 });
  assertEquals((await finding("005" + btoa('{"channelName":"lobby","uid":1001}'))).params, { edit: "unknown", at: 4 });
});

Deno.test("diagnoseToken() says of a token in the alphabet of URLs that was cut or damaged what happened to it", async () => {
  const token = TOKENS.find((token) => /[+/]/.test(token.slice(3, 60)) && token.length > 120)!;
  const safe = token.replaceAll("+", "-").replaceAll("/", "_");
  assertEquals((await finding(safe.slice(0, 90))).code, "text-cut");
  const { code, params } = await finding(safe.slice(0, 90) + safe.slice(91));
  assertEquals([code, (params as Damage).edit], ["text-damaged", "missing"]);
  assertEquals((await finding("0070f8e9e40-1b2c-11ee-b5c6-5d5a2d8f1c3a")).code, "unreadable");
});

Deno.test("diagnoseToken() says what a text is that has no token: a value of a program, a certificate, another service's token", async () => {
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
  const cases: readonly (readonly [text: string, code: string])[] = [
    ["Promise { <pending> }", "text-is-placeholder"],
    ["Instance of 'Future<String>'", "text-is-placeholder"],
    ["com.example.TokenResponse@1b2c3d4", "text-is-placeholder"],
    ["{{ token }}", "text-is-placeholder"],
    ["https://example.test/?token=undefined&uid=1", "text-is-placeholder"],
    ["Authorization: Bearer null", "text-is-placeholder"],
    ['{"token": null, "uid": 1001}', "text-is-placeholder"],
    ['""', "text-is-placeholder"],
    ['{"error":"no such user","token":null}', "text-is-error-message"],
    ['{"error":"no channel"}', "text-is-error-message"],
    ["007", "text-cut"],
    [`"${CERTIFICATE}",`, "text-is-id"],
    [`AGORA_APP_ID=${CERTIFICATE.toUpperCase()}`, "text-is-id"],
    [`Authorization: Bearer ${jwt}`, "text-is-jwt"],
    [`{"token":"${jwt}"}`, "text-is-jwt"],
    [`the call failed with ${jwt} as token`, "text-is-error-message"],
  ];
  for (const [text, code] of cases) assertEquals((await finding(text)).code, code, text);
});

Deno.test("diagnoseToken() finds the damage of a token that stands in lines or in parts of string literals", async () => {
  const token = TOKENS.find(({ length }) => length > 140)!;
  const missing = token.slice(0, 100) + token.slice(101);
  const split = (text: string, joint: string) => text.replace(/[^]{45}(?=[^])/g, `$&${joint}`);
  for (const [joint, quote] of [["\n", ""], ["\r\n  ", ""], ['" +\n    "', '"'], ["' . '", "'"]] as const) {
    const { code, params } = await finding(quote + split(missing, joint) + quote);
    assertEquals([code, undone(missing, params as Damage)], ["text-damaged", token], joint);
    assertEquals((await finding(quote + split(token.slice(0, 100), joint) + quote)).code, "text-cut", joint);
  }
});

Deno.test("diagnoseToken() does not join a damaged token with the next text of a list or an object", async () => {
  const cut = TOKENS[0]!.slice(0, 90);
  for (const text of [`join("${cut}", "lobby")`, `{"token":"${cut}","uid":"1001"}`, `join "${cut}" "lobby"`]) {
    const { code, params } = await finding(text);
    assertEquals([code, params], ["text-cut", { length: 90 }], text);
  }
});

Deno.test("diagnoseToken() says of a 007 whose compressed part lost its beginning, or has something before it, that it is damaged", async () => {
  const kinds = { lost: 0, other: 0 };
  for (const token of TOKENS.filter((_, index) => index % 3 === 0)) {
    for (const count of [5, 8, 13]) {
      const { code, params } = await finding(token.slice(0, 3) + token.slice(3 + count));
      const isLost = code === "text-damaged" && (params as Damage).edit === "unknown";
      kinds[isLost ? "lost" : "other"]++;
    }
    assertEquals((await finding("007Qm" + token.slice(3))).params, { edit: "inserted", at: 4, count: 2 });
  }
  // A few look by chance as if code of somebody's own had made them.
  assert(kinds.other < kinds.lost / 8, JSON.stringify(kinds));
});

Deno.test("verifyToken() does not look for edits", async () => {
  const token = TOKENS[0]!;
  const text = EDITS.exchanged!(token, 50, "");
  assertEquals(((await diagnoseToken(text)).findings[0]!.params as Damage).edit, "exchanged");
  assertEquals(((await verifyToken(text, { certificates: CERTIFICATE })).findings[0]!.params as Damage).edit, "unknown");
});

Deno.test("diagnoseToken() takes time that grows with a text that begins like a token, and no faster", async () => {
  const bodies = [ALPHABET + ALPHABET, "=".repeat(127) + "a", "a".repeat(128), "0123456789abcdef".repeat(8), "x-.*".repeat(32)];
  for (const body of bodies) {
    for (const head of ["007eJx", "007", "006" + "0123456789abcdef".repeat(2) + "IA"]) {
      const ratio = await growth(async (size) => {
        let text = head;
        for (let i = 0; text.length < size; i++) text += body.slice(i * 7 % 64, i * 7 % 64 + 61);
        await diagnoseToken(text.slice(0, size + 3));
      }, 131_072);
      assert(ratio < 3.5, `${head} and ${body.slice(0, 4)}: ${ratio}`);
    }
  }
});
