import { assert, assertEquals } from "@std/assert";
import { exponentOf, MOST, timesOf } from "./growth.ts";
import { runDeno } from "./helpers.ts";

Deno.test("no function and no route takes time that grows faster than what it is given", async () => {
  const { stdout, stderr, code } = await runDeno([
    "run",
    "--allow-all",
    "--no-check",
    "--v8-flags=--min-semi-space-size=256,--max-semi-space-size=256",
    "tests/growth.ts",
  ]);
  assertEquals([code, stderr], [0, ""]);
  const all = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { name: string; times: number[] });
  assert(all.length > 500);
  assertEquals(all.filter(({ times }) => exponentOf(times) > MOST), []);
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
