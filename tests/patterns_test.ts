import { assert, assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

// Every regular expression of the library and the page takes a time that grows with the text, whatever the text is.

/** The file that the one finder of tokens replaces. */
const REPLACED = ["playground/paste.ts"];

/** A regular expression as it stands in a program. It does not follow what could be divided. */
const LITERAL = /(?<![\w)\]/*])\/(?![*/\s])((?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\[])+)\/([dgimsuvy]*)(?=[.,;)\]}\s])/g;

/** Characters of many classes, besides those of the expression itself. */
const CHARACTERS = [..." \t\na0-_/\\=%\"'{}[]().,:;+*$&<>@#!?|~^`é\u200b\u{1f600}"];

/** The expressions of a file, without its comments. */
function patternsOf(source: string): RegExp[] {
  const code = source.replaceAll(/^\s*(\/\*\*|\*|\/\/).*$/gm, "").replaceAll(/(?<=[;,{)] )\/\/ .*$/gm, "");
  return [...code.matchAll(LITERAL)].map(([, text, flags]) => new RegExp(text!, flags));
}

/** Texts that are likely to be slow: many of one or two characters after a beginning that fits, and an end that does not. */
function* textsFor({ source }: RegExp, length: number): Generator<string> {
  const own = [...new Set(source.replaceAll(/\\[dwsbpPDWSB]|\\u\{?[\da-f]+\}?/gi, ""))].filter((one) => one !== "\\");
  const words = [...new Set(source.match(/[A-Za-z0-9:{"/]{2,}|\\?\/|\\\{/g)?.map((word) => word.replace("\\", "")) ?? [])];
  const head = source.replace(/^\^/, "").split(/[([]/)[0]!.replaceAll(/\\[dwsb]|(?<!\\)[+*?]/g, "").replaceAll("\\", "");
  const heads = ["", head, ...words.slice(0, 3)];
  const units = [...new Set([...CHARACTERS, ...own, ...words])];
  for (const unit of [...units, ...units.map((one) => `${one} `), ...units.map((one) => `${one}/`)]) {
    const many = unit.repeat(length / unit.length);
    for (const head of heads) yield* [`${head}${many}\u0001`, `${head}${many}\u0001/\u0001`];
  }
}

/** The least time of some runs, in milliseconds. */
function timeOf(pattern: RegExp, text: string): number {
  let least = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    text.replace(pattern, "");
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The text, if there is one, with which an expression takes more than twice the time for twice the length. */
function slowText(pattern: RegExp): string | undefined {
  for (const [length, doubled] of [[12, 24], [8192, 16_384]] as const) { // first where even 2 to the length comes to an end
    const short = [...textsFor(pattern, length)];
    const slow = [...textsFor(pattern, doubled)].find((text, index) => {
      const start = performance.now();
      text.replace(pattern, "");
      if (performance.now() - start < 10) return false;
      return timeOf(pattern, text) > 3 * Math.max(timeOf(pattern, short[index]!), 1);
    });
    if (slow !== undefined) return slow;
  }
  return undefined;
}

for (const folder of ["src/", "playground/"]) {
  Deno.test(`no regular expression of ${folder} takes a time that grows faster than its text`, async () => {
    let count = 0;
    const slow: string[] = [];
    for await (const file of sources(folder)) {
      if (REPLACED.includes(file) || !file.endsWith(".ts")) continue;
      for (const pattern of patternsOf(await Deno.readTextFile(ROOT + file))) {
        count++;
        const text = slowText(pattern);
        if (text !== undefined) slow.push(`${file}: ${pattern} with ${JSON.stringify(text.slice(0, 20))}`);
      }
    }
    assert(count > 15, `${count}`);
    assertEquals(slow, []);
  });
}

Deno.test("the test of regular expressions finds those that are slow", () => {
  const slow = [/\\+\//g, /^\/+rtc\/+(?<uid>[^/]*)\/*$/, /\s+$/, /(a+)+b/];
  assertEquals(slow.filter((pattern) => slowText(pattern) === undefined).map(String), []);
  assertEquals(
    patternsOf('/** a /b/ */\n * /x+/g.\nreturn a / b / c; // or /d/;\nconst e = /f[/]\\/+/gi.test("/g/");').map(String),
    [
      "/f[/]\\/+/gi",
    ],
  );
});
