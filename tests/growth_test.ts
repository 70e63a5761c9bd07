import { assert, assertEquals } from "@std/assert";
import { exponentOf, MOST, timesOf } from "./growth.ts";
import { runDeno } from "./helpers.ts";

/** The kinds of input, of all or of those that are named, whose times grow too fast in a process of its own. */
async function growingTooFast(names: readonly string[], least: number): Promise<string[]> {
  const flags = ["--allow-all", "--no-check", "--v8-flags=--min-semi-space-size=256,--max-semi-space-size=256"];
  const { stdout, stderr, code } = await runDeno(["run", ...flags, "tests/growth.ts", ...names]);
  assertEquals([code, stderr], [0, ""]);
  const all = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { name: string; times: number[] });
  assert(all.length >= least);
  return all.filter(({ times }) => exponentOf(times) > MOST).map(({ name }) => name);
}

Deno.test("no function and no route takes time that grows faster than what it is given", async () => {
  let suspects = await growingTooFast([], 500);
  // When code is compiled, and what else the machine does, is another each time; what grows is the same.
  for (let again = 0; again < 3 && suspects.length > 0; again++) suspects = await growingTooFast(suspects, suspects.length);
  assertEquals(suspects, []);
});

Deno.test("timesOf() shows growth with the square of a size, and not growth with the size", async () => {
  const digits = new Uint8Array(1000).fill(48);
  const text = new TextDecoder();
  const steps = (count: number) => () => {
    for (let step = 0; step < count; step++) text.decode(digits);
    return Promise.resolve();
  };
  const sizes = [10, 20, 40, 80];
  assert(exponentOf(await timesOf(sizes.map((size) => steps(size * 100)))) <= MOST);
  assert(exponentOf(await timesOf(sizes.map((size) => steps(20 * size ** 2)), 2)) > MOST);
});
