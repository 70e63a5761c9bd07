import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../mod.ts";
import { engine, useEngine } from "../src/runtime/choose.ts";
import { portableEngine } from "../src/runtime/portable.ts";
import { synchronousEngine } from "../src/runtime/synchronous.ts";
import { inflateExactly } from "../src/runtime/zlib.ts";
import { CERTIFICATE, packed } from "./portable/case.ts";

Deno.test("engine() is the synchronous one in Deno", () => {
  assert(engine() !== portableEngine);
  assert(!(engine().deflate(new Uint8Array(9)) instanceof Promise));
});

Deno.test("synchronousEngine() is absent, without an error, if there is no process or an old one", () => {
  const { process } = globalThis;
  try {
    const only = (module: string) => ({
      getBuiltinModule: (name: string) => name === module ? process.getBuiltinModule(name) : undefined,
    });
    for (const other of [undefined, {}, only("none"), only("node:crypto"), only("node:zlib")]) {
      Object.assign(globalThis, { process: other });
      assertEquals(synchronousEngine(), undefined);
    }
  } finally {
    Object.assign(globalThis, { process });
  }
});

Deno.test("the synchronous engine stops at its limit while it inflates, without using more memory", async () => {
  const synchronous = synchronousEngine()!;
  const bomb = synchronous.deflate(new Uint8Array(256 * 1024 * 1024));
  const before = Deno.memoryUsage().rss;
  const { error, bytes } = await inflateExactly(bomb, 1024 * 1024, true);
  assertEquals([error?.code, bytes.length], ["too-large", 0]);
  assert(Deno.memoryUsage().rss - before < 64 * 1024 * 1024);
});

Deno.test("verifyToken() makes no stream of the runtime in Deno, and in browsers only of what is whole: damaged ones may keep their memory", async () => {
  const token = await packed();
  const given = globalThis.DecompressionStream;
  let made = 0;
  const texts = [token, token.slice(0, -5), token.slice(0, 40) + "A" + token.slice(40), `${token}AAAA`];
  globalThis.DecompressionStream = class extends given {
    constructor(format: CompressionFormat) {
      super(format);
      made++;
    }
  };
  try {
    for (const [engine, streams] of [[undefined, 0], [portableEngine, 1]] as const) {
      useEngine(engine);
      for (const text of texts) await verifyToken(text, { certificates: CERTIFICATE });
      assertEquals(made, streams);
    }
  } finally {
    useEngine();
    globalThis.DecompressionStream = given;
  }
});
