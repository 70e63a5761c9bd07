import { assertEquals } from "@std/assert";
import { runDeno, skipWithout } from "./helpers.ts";
import { suite } from "./portable/suite.ts";
import { matrix } from "./runtimes/matrix.ts";
import type { Report } from "./runtimes/report.ts";
import { isThere, RUNTIMES } from "./runtimes/runtimes.ts";

const reports = new Map<string, Report>();

for (const runtime of RUNTIMES) {
  Deno.test({
    name: `the library's suite passes unchanged in ${runtime.name}`,
    ignore: skipWithout(`${runtime.name} (npm install --prefix tests/tools)`, await isThere(runtime)),
    async fn() {
      const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
      try {
        const args = ["bundle", "-q", "--platform", "browser", "-o", bundle, `tests/runtimes/${runtime.module}`];
        const bundled = await runDeno(args);
        assertEquals(bundled.code, 0, bundled.stderr);
        const report = await runtime.run(bundle);
        reports.set(runtime.name, report);
        assertEquals(report.failures, []);
        assertEquals(report.cases, suite.length);
      } finally {
        await Deno.remove(bundle);
      }
    },
  });
}

Deno.test("the suite was run in every installed runtime", () => {
  console.log(`The portable suite:\n${matrix(reports)}`);
  assertEquals([...reports.values()].map(({ cases }) => cases), Array(reports.size).fill(suite.length));
});
