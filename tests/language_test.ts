import { assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

/**
 * Phrases of an old dialect of this project, with the sense in which they are avoided and what stands in their place (the
 * glossary of CONTRIBUTING.md). Each is a phrase and not a word, since most of these words are also plain English.
 */
const PHRASES: readonly [phrase: RegExp, sense: string, instead: string][] = [
  [/\bbehind (the|its|a|it|them|those|each|App)\b/i, "later in a text or in bytes", "after"],
  [/\b(the|a|its|their|each|every|whose|any) (life|lives)\b/i, "how long a token is valid", "lifetime"],
  [/\blives? (for|as long|in seconds|counts?)\b/i, "how long a token is valid", "is valid for, lifetime"],
  [/\b(token|key|privilege|certificate)s? (lives|live)\b/i, "how long a token is valid", "is valid"],
  [/\b(has|have|had|is|are) ended\b/i, "past its end", "expired"],
  [/\bthe usual\b|\busual (one|value|path|checksums?)\b/i, "what holds where nothing is given", "default"],
  [/\bas usual\b/i, "what holds where nothing is given", "by default"],
  [/\bwish(es|ed)?\b/i, "what a caller requests", "request"],
  [/\baskers?\b/i, "who sends a request", "caller"],
  [/\bgravest\b/i, "of the highest severity", "worst"],
  [/\b(is|are|was|were|be|being) told\b/i, "what a program reports", "report, get, receive"],
  [/\bas good as absent\b/i, "a value that counts as missing", "counts as absent"],
  [/\bblanks?\b/i, "spaces and line breaks", "whitespace"],
  [/\b(seal|seals|sealed|sealing)\b/i, "to sign and pack", "sign, pack"],
  [/\bseeds? 00\d\b/i, "a document that users cannot see", "the name of the guide or project"],
];

Deno.test("src/, docs/ and the page keep to plain English: no phrase of the old dialect", async () => {
  const found: string[] = [];
  const check = (file: string, text: string) => {
    for (const [index, line] of text.split("\n").entries()) {
      for (const [phrase, , instead] of PHRASES) {
        const match = phrase.exec(line);
        if (match === null) continue;
        found.push(`${file}:${index + 1}: "${match[0]}": say ${instead}`);
      }
    }
  };
  for (const folder of ["src/", "playground/"]) {
    for await (const file of sources(folder)) {
      if (/\.(ts|css)$|page\.html$/.test(file)) check(file, await Deno.readTextFile(ROOT + file));
    }
  }
  for await (const { name } of Deno.readDir(`${ROOT}docs`)) {
    if (name.endsWith(".md")) check(`docs/${name}`, await Deno.readTextFile(`${ROOT}docs/${name}`));
  }
  for (const file of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "mod.ts", "server.ts"]) {
    check(file, (await Deno.readTextFile(ROOT + file)).replace(/<!-- glossary -->[^]*?<!-- end glossary -->/, ""));
  }
  assertEquals(found, []);
});

Deno.test("each phrase of the old dialect is found in an example of it", () => {
  const examples = [
    "the bytes behind the signature",
    "the life of a token",
    "a token lives for an hour",
    "keys live long",
    "the token has ended",
    "the usual CRC",
    "as usual",
    "a wish of the caller",
    "the asker",
    "the gravest first",
    "the app is told",
    "as good as absent",
    "without blanks",
    "sealed by HMAC",
    "seed 001",
  ];
  assertEquals(PHRASES.map(([phrase], index) => phrase.test(examples[index]!)), PHRASES.map(() => true));
});
