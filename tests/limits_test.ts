import { assert, assertEquals } from "@std/assert";
import { cpuUsage } from "node:process";
import { diagnoseToken, inspectToken, parseToken, verifyToken } from "../mod.ts";
import { columnsOf, LIMITS } from "../scripts/limits.ts";
import { CONTENTS_007, DAMAGES, text007 } from "./data/worst_texts.ts";
import { ROOT } from "./helpers.ts";
import { CERTIFICATE } from "./portable/case.ts";

Deno.test("docs/limits.md has every limit, and no time in it is over 250 ms", async () => {
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

const CALLS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  parseToken: (text) => parseToken(text).catch(() => {}),
  inspectToken: (text) => inspectToken(text),
  verifyToken: (text) => verifyToken(text, { certificates: CERTIFICATE, channelName: "lobby", uid: 1001 }),
  diagnoseToken: (text) => diagnoseToken(text, { certificates: CERTIFICATE, channelName: "lobby", uid: 1001, intent: "join" }),
};

/** How many times as long a call takes for twice the content: the least of several attempts, above the ticks of a clock. */
async function growthOf(call: (text: string) => Promise<unknown>, texts: readonly [string, string]): Promise<number> {
  const least = [Infinity, Infinity];
  let ratio = Infinity;
  for (let attempt = 0; attempt < 12 && (attempt < 2 || ratio > 2.3); attempt++) {
    for (const [index, text] of texts.entries()) {
      const start = cpuUsage();
      await call(text);
      least[index] = Math.min(least[index]!, Math.max(cpuUsage(start).user, 5000)); // microseconds
    }
    ratio = least[1]! / least[0]!;
  }
  return ratio;
}

for (const [name, call] of Object.entries(CALLS)) {
  Deno.test(`${name}() takes at most 2.3 times the time for twice as much of anything in a token`, async () => {
    const fast: string[] = [];
    for (const [what, contentOf] of Object.entries(CONTENTS_007)) {
      for (const how of ["whole", "without its end"]) {
        const damage = DAMAGES[how]!;
        const texts = [120_000, 240_000].map((size) => damage(text007(contentOf(size)))) as [string, string];
        if (texts.some(({ length }) => length > 65_536)) continue;
        const ratio = await growthOf(call, texts);
        if (ratio > 2.3) fast.push(`${what}, ${how}: ${ratio}`);
      }
    }
    assertEquals(fast, []);
  });
}

Deno.test("verifyToken() reports a hundred findings at most, the worst first, and how many more there are", async () => {
  const many = text007(CONTENTS_007["services of RTC with different patterns"]!(100_000));
  const { findings, moreFindings = 0 } = await verifyToken(many, { certificates: CERTIFICATE });
  assertEquals([findings.length, findings[0]!.code, moreFindings > 1000], [100, "expired", true]);
  const few = await verifyToken(text007(CONTENTS_007["services of RTC for anyone"]!(1000)), { certificates: CERTIFICATE });
  assertEquals([few.findings.length < 10, few.moreFindings], [true, undefined]);
});
