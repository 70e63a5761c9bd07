import { assert, assertEquals } from "@std/assert";
import { cpuUsage } from "node:process";
import { ROOT, sources } from "./helpers.ts";

// Every regular expression of the library and the page takes a time that grows with the text, whatever the text is.

/** A regular expression as it stands in a program. It does not follow what could be divided. */
const LITERAL = /(?<![\w)\]/*])\/(?![*/\s])((?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\[])+)\/([dgimsuvy]*)(?=[.,;)\]}\s])/g;

/** Characters of many classes, besides those of the expression itself. */
const CHARACTERS = [..." \t\na0-_/\\=%\"'{}[]().,:;+*$&<>@#!?|~^`é\u200b\u{1f600}"];

/** The expressions of a file, without its comments. */
function patternsOf(source: string): RegExp[] {
  const code = source.replaceAll(/^\s*(\/\*\*|\*|\/\/).*$/gm, "").replaceAll(/(?<=[;,{)] )\/\/ .*$/gm, "");
  return [...code.matchAll(LITERAL)].map(([, text, flags]) => new RegExp(text!, flags));
}

/** A text that is likely to be slow: a beginning that fits, many of the same, and an end that does not fit. */
type Shape = readonly [head: string, unit: string, tail: string];

function* shapesFor({ source }: RegExp): Generator<Shape> {
  const own = [...new Set(source.replaceAll(/\\[dwsbpPDWSB]|\\u\{?[\da-f]+\}?/gi, ""))].filter((one) => one !== "\\");
  const words = [...new Set(source.match(/[A-Za-z0-9:{"/]{2,}|\\?\/|\\\{/g)?.map((word) => word.replace("\\", "")) ?? [])];
  const head = source.replace(/^\^/, "").split(/[([]/)[0]!.replaceAll(/\\[dwsb]|(?<!\\)[+*?]/g, "").replaceAll("\\", "");
  const units = [...new Set([...CHARACTERS, ...own, ...words.slice(0, 20)])];
  for (const unit of [...units, ...units.map((one) => `${one} `)]) {
    for (const start of new Set(["", head])) yield [start, unit, "\u0001/\u0001"];
  }
}

function textOf([head, unit, tail]: Shape, length: number): string {
  return head + unit.repeat(length / unit.length) + tail;
}

/** The processor time of this process, in milliseconds: other programs on a busy machine take none of it. */
function processorTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

/** The least time of some runs, in milliseconds. */
function timeOf(pattern: RegExp, text: string): number {
  let least = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = processorTime();
    text.replace(pattern, "");
    least = Math.min(least, processorTime() - start);
  }
  return least;
}

/** The text, if there is one, with which an expression takes much more than four times the time for four times the length. */
function slowText(pattern: RegExp): string | undefined {
  // Only what may repeat without an end can take more than a fixed number of steps for each place of the text.
  if (!/[+*]|,\}/.test(pattern.source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, "x"))) return undefined;
  let measured = 0;
  const grows = (shape: Shape, length: number) => {
    const text = textOf(shape, length);
    const start = processorTime();
    text.replace(pattern, "");
    // Where many texts take long, as for a pattern that looks 100 characters ahead, some of them are enough to tell.
    if (processorTime() - start < 15 || ++measured > 10) return false;
    const isMore = () => timeOf(pattern, text) > 9 * Math.max(timeOf(pattern, textOf(shape, length / 4)), 1);
    return isMore() && isMore(); // on a busy machine, one may be by chance
  };
  const shapes = [...shapesFor(pattern)];
  // First so short that even 2 to the length comes to an end.
  const slow = shapes.find((shape) => grows(shape, 24)) ?? shapes.find((shape) => grows(shape, 8192));
  return slow === undefined ? undefined : textOf(slow, 24);
}

for (const folder of ["src/", "playground/"]) {
  Deno.test(`no regular expression of ${folder} takes a time that grows faster than its text`, async () => {
    let count = 0;
    const slow: string[] = [];
    for await (const file of sources(folder)) {
      if (!file.endsWith(".ts")) continue;
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
