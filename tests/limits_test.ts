import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../mod.ts";
import { columnsOf, LIMITS } from "../scripts/limits.ts";
import { CONTENTS_007, text007 } from "./data/worst_texts.ts";
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
    const [[, run]] = worst(1) as unknown as [[string, () => Promise<boolean>]];
    assertEquals(await run(), false);
  });
}

Deno.test("verifyToken() reports a hundred findings at most, the worst first, and how many more there are", async () => {
  const many = text007(CONTENTS_007["services of RTC with different patterns"]!(100_000));
  const { findings, moreFindings = 0 } = await verifyToken(many, { certificates: CERTIFICATE });
  assertEquals([findings.length, findings[0]!.code, moreFindings > 1000], [100, "signature-invalid", true]);
  const few = await verifyToken(text007(CONTENTS_007["services of RTC for anyone"]!(1000)), { certificates: CERTIFICATE });
  assertEquals([few.findings.length < 10, few.moreFindings], [true, undefined]);
});
