import type { Engine } from "./engine.ts";
import { portableEngine } from "./portable.ts";
import { synchronousEngine } from "./synchronous.ts";

let chosen: Engine | undefined;

/** The engine of this runtime: the synchronous one where it can be had, since it is faster, else the portable one. */
export function engine(): Engine {
  return chosen ??= synchronousEngine() ?? portableEngine;
}

/** Takes another engine, for tests; without one, that of this runtime again. */
export function useEngine(engine?: Engine): void {
  chosen = engine;
}
