import { assertEquals } from "@std/assert";
import { runDeno, skipWithout } from "./helpers.ts";
import { suite } from "./portable/suite.ts";
import { matrix } from "./runtimes/matrix.ts";
import type { Report } from "./runtimes/report.ts";
import { isThere, type Runtime, RUNTIMES } from "./runtimes/runtimes.ts";

const reports = new Map<string, Report>();
const folder = await Deno.makeTempDir();

const bundles = new Map<Runtime["module"], Promise<string>>();

/** The suite as one file for a kind of runtime, made once. */
function bundleOf(module: Runtime["module"]): Promise<string> {
  const made = bundles.get(module) ?? bundle(module);
  bundles.set(module, made);
  return made;
}

async function bundle(module: Runtime["module"]): Promise<string> {
  const path = `${folder}/${module}.mjs`;
  const { code, stderr } = await runDeno(["bundle", "-q", "--platform", "browser", "-o", path, `tests/runtimes/${module}`]);
  assertEquals(code, 0, stderr);
  return path;
}

// Two runtimes work at a time, each in a process of its own: a machine with two cores is done in half the time.
const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];

for (const [index, runtime] of RUNTIMES.entries()) {
  const there = await isThere(runtime);
  const lane = index % lanes.length;
  const report = lanes[lane]!.then(async () => there ? await runtime.run(await bundleOf(runtime.module)) : undefined);
  lanes[lane] = report.catch(() => {}); // the test says it
  Deno.test({
    name: `the library's suite passes unchanged in ${runtime.name}`,
    ignore: skipWithout(`${runtime.name} (npm install --prefix tests/tools)`, there),
    sanitizeOps: false, // what the other lane begins and ends meanwhile
    sanitizeResources: false,
    async fn() {
      const made = (await report)!;
      reports.set(runtime.name, made);
      assertEquals(made.failures, []);
      assertEquals(made.cases, suite.length);
    },
  });
}

Deno.test("the suite was run in every installed runtime", async () => {
  await Deno.remove(folder, { recursive: true });
  console.log(`The portable suite:\n${matrix(reports)}`);
  assertEquals([...reports.values()].map(({ cases }) => cases), Array(reports.size).fill(suite.length));
});
