import { type Engine, isSynchronous } from "./engine.ts";
import { portableEngine } from "./portable.ts";
import { builtIns, synchronousEngine } from "./synchronous.ts";

let chosen: Engine | undefined;
let atOnce: boolean | undefined;

/** The engine of this runtime: the synchronous one where there is one, since it is faster, else the portable one. */
export function engine(): Engine {
  return chosen ??= synchronousEngine() ?? portableEngine;
}

/** Whether that engine is synchronous: all that reading asks of it, so that who only reads has no code that signs. */
export function readsAtOnce(): boolean {
  return atOnce ??= chosen === undefined ? builtIns() !== undefined : isSynchronous(chosen);
}

/** Uses another engine, for tests; without an argument, that of this runtime again. */
export function useEngine(engine?: Engine): void {
  chosen = engine;
  atOnce = undefined;
}
