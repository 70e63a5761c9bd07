import { engine, useEngine } from "../../src/runtime/choose.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { portableEngine } from "../../src/runtime/portable.ts";
import type { Case } from "./case.ts";

/**
 * Runs a case in the engine that the library takes here, and once more in the portable one if that is another and the case
 * used it. A case that signs nothing and inflates nothing would only do the same again.
 */
export async function inEveryEngine(run: Case["run"]): Promise<void> {
  const own = engine();
  let isUsed = false;
  const note = () => {
    isUsed = true;
    return own;
  };
  // Whoever inflates asks whether the engine is synchronous; whoever signs or deflates, uses it.
  await inEngine(
    new Proxy(own, {
      has: (_, name) => name in note(),
      get: (_, name) => name === "hmac" || name === "deflate" ? note()[name] : Reflect.get(own, name),
    }),
    run,
  );
  if (!isUsed || own === portableEngine) return;
  try {
    await inEngine(portableEngine, run);
  } catch (error) {
    throw new Error(`In the portable engine: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Runs a case in an engine, and then restores the library's own engine. */
async function inEngine(engine: Engine, run: Case["run"]): Promise<void> {
  useEngine(engine);
  try {
    await run();
  } finally {
    useEngine();
  }
}
