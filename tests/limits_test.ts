import { assert, assertEquals } from "@std/assert";
import { cpuUsage } from "node:process";
import { diagnoseToken, verifyToken } from "../mod.ts";
import { columnsOf, LIMITS } from "../scripts/limits.ts";
import { CONTENTS_007, DAMAGES, text007 } from "./data/worst_texts.ts";
import { ROOT } from "./helpers.ts";
import { CERTIFICATE } from "./portable/case.ts";

Deno.test("docs/limits.md has every limit with its time, and none is over 250 ms", async () => {
  const text = await Deno.readTextFile(`${ROOT}docs/limits.md`);
  const [, table = ""] = /<!-- measured -->\n(.*)<!-- end -->/s.exec(text) ?? [];
  const rows = table.trim().split("\n").slice(2).map((row) => row.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
  assertEquals(rows.map((cells) => cells.slice(0, 3)), LIMITS.map(columnsOf));
  assertEquals(rows.filter((cells) => !(Number(cells[4]) <= 250)), []);
});

for (const { what, largest, beyond, worst, larger } of LIMITS) {
  Deno.test(`${what} takes ${largest}, and answers ${beyond} beyond that`, async () => {
    assert(await larger());
    // One of many is enough to see that the size itself is taken.
    const [[, run]] = worst() as unknown as [[string, () => Promise<boolean>]];
    assertEquals(await run(), false);
  });
}

/** Between them they do all that `parseToken` and `inspectToken` do. */
const CALLS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  verifyToken: (text) => verifyToken(text, { certificates: CERTIFICATE, channelName: "lobby", uid: 1001 }),
  diagnoseToken: (text) => diagnoseToken(text, { certificates: CERTIFICATE, channelName: "lobby", uid: 1001, intent: "join" }),
};

/** What of a size is measured, in bytes of content, and four times as much. */
const SIZES = [30_000, 120_000] as const;
/**
 * How many times as long four times the content may take: 4 where the time grows with the content, 16 where with its square. What is
 * collected as garbage adds to both, and more to the larger.
 */
const MOST = 8;

/** How many times as long a call takes for four times the content, in processor time: by the least of several attempts for each. */
async function growthOf(call: (text: string) => Promise<unknown>, texts: readonly string[]): Promise<number> {
  const least = texts.map(() => Infinity);
  let ratio = Infinity;
  for (let attempt = 0; attempt < 20 && ratio > MOST; attempt++) {
    for (const [index, text] of texts.entries()) {
      const start = cpuUsage();
      await call(text);
      least[index] = Math.min(least[index]!, Math.max(cpuUsage(start).user, 5000)); // microseconds, above the ticks of a clock
    }
    ratio = least[1]! / least[0]!;
  }
  return ratio;
}

/** Tokens with much of one thing in them and with four times as much, whole and damaged. */
function* pairs(): Generator<readonly [what: string, texts: readonly string[]]> {
  for (const [what, contentOf] of Object.entries(CONTENTS_007)) {
    const texts = SIZES.map((size) => text007(contentOf(size)));
    if (texts[1]!.length > 65_536) continue;
    yield [what, texts];
    yield [`${what}, without its end`, texts.map(DAMAGES["without its end"]!)];
  }
}

Deno.test("what reads a token takes no time that grows as the square of anything in it", async () => {
  const superlinear: string[] = [];
  for (const [what, texts] of pairs()) {
    for (const [name, call] of Object.entries(CALLS)) {
      const ratio = await growthOf(call, texts);
      if (ratio > MOST) superlinear.push(`${name}, ${what}: ${ratio} times the time for four times as much`);
    }
  }
  assertEquals(superlinear, []);
});

Deno.test("verifyToken() reports a hundred findings at most, the worst first, and how many more there are", async () => {
  const many = text007(CONTENTS_007["services of RTC with different patterns"]!(100_000));
  const { findings, moreFindings = 0 } = await verifyToken(many, { certificates: CERTIFICATE });
  assertEquals([findings.length, findings[0]!.code, moreFindings > 1000], [100, "signature-invalid", true]);
  const few = await verifyToken(text007(CONTENTS_007["services of RTC for anyone"]!(1000)), { certificates: CERTIFICATE });
  assertEquals([few.findings.length < 10, few.moreFindings], [true, undefined]);
});
