import type { Engine } from "./engine.ts";
import { portableEngine } from "./portable.ts";
import { synchronousEngine } from "./synchronous.ts";

let chosen: Engine | undefined;

/** The engine of this runtime: the synchronous one where there is one, since it is faster, else the portable one. */
export function engine(): Engine {
  return chosen ??= synchronousEngine() ?? portableEngine;
}

/** Uses another engine, for tests; without an argument, that of this runtime again. */
export function useEngine(engine?: Engine): void {
  chosen = engine;
}
