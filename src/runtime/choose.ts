import { type Engine, isSynchronous } from "./engine.ts";
import { portableEngine } from "./portable.ts";
import { builtIns, synchronousEngine } from "./synchronous.ts";

// What the runtime has is asked for once. Reading asks only whether it is synchronous, so that who only reads has no code that signs.
let own: Engine | undefined;
let ownReadsAtOnce: boolean | undefined;
let used: Engine | undefined;

/** The engine of this runtime: the synchronous one where there is one, since it is faster, else the portable one. */
export function engine(): Engine {
  return used ?? (own ??= synchronousEngine() ?? portableEngine);
}

/** Whether that engine is synchronous. */
export function readsAtOnce(): boolean {
  return used === undefined ? ownReadsAtOnce ??= builtIns() !== undefined : isSynchronous(used);
}

/** Uses another engine, for tests; without an argument, that of this runtime again. */
export function useEngine(engine?: Engine): void {
  used = engine;
}
