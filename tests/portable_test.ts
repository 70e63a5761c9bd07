import { assertEquals, assertRejects } from "@std/assert";
import { verifyToken } from "../mod.ts";
import { engine, readsAtOnce, useEngine } from "../src/runtime/choose.ts";
import type { Engine } from "../src/runtime/engine.ts";
import { portableEngine } from "../src/runtime/portable.ts";
import { inflateExactly } from "../src/runtime/zlib.ts";
import { CERTIFICATE, packed } from "./portable/case.ts";
import { inEveryEngine } from "./portable/engines.ts";
import { suite } from "./portable/suite.ts";

for (const { name, run } of suite) Deno.test(name, run);

Deno.test("suite has no name twice", () => {
  const names = suite.map(({ name }) => name);
  assertEquals(names.filter((name, index) => names.indexOf(name) !== index), []);
});

/** The engines in which a case is run: whether each is the portable one. */
async function runsOf(use: (engine: Engine) => unknown): Promise<boolean[]> {
  const runs: boolean[] = [];
  await inEveryEngine(async () => {
    runs.push(engine() === portableEngine);
    await use(engine());
  });
  return runs;
}

Deno.test("inEveryEngine() runs a case once when it uses no engine", async () => {
  assertEquals(await runsOf(() => {}), [false]);
});

Deno.test("inEveryEngine() runs a case in both engines when it signs, deflates or inflates", async () => {
  const bytes = new Uint8Array(9);
  const deflated = await engine().deflate(bytes);
  assertEquals(await runsOf(({ hmac }) => hmac("SHA-256", bytes, bytes)), [false, true]);
  assertEquals(await runsOf(({ deflate }) => deflate(bytes)), [false, true]);
  assertEquals(await runsOf(() => inflateExactly(deflated, 9, readsAtOnce())), [false, true]);
  const token = await packed();
  assertEquals(await runsOf(() => verifyToken(token, { certificates: CERTIFICATE })), [false, true]);
});

Deno.test("inEveryEngine() runs a case once when the library has only the portable engine", async () => {
  const { process } = globalThis;
  try {
    useEngine();
    Object.assign(globalThis, { process: undefined }); // as in a browser
    assertEquals(await runsOf((engine) => engine.deflate(new Uint8Array(9))), [false]);
  } finally {
    Object.assign(globalThis, { process });
    useEngine();
  }
});

Deno.test("inEveryEngine() reports when a case fails only in the portable engine", async () => {
  const run = async () => {
    await engine().deflate(new Uint8Array(9));
    if (engine() === portableEngine) throw new Error("broken");
  };
  await assertRejects(() => inEveryEngine(run), Error, "In the portable engine: broken");
});
