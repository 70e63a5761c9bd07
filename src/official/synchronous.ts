import { AgoraTokenError } from "../errors.ts";
import type { SynchronousEngine } from "../runtime/engine.ts";
import { synchronousEngine } from "../runtime/synchronous.ts";

let chosen: SynchronousEngine | undefined;

/**
 * What the synchronous builders sign and compress with.
 *
 * @throws {AgoraTokenError} `crypto-unavailable`: this runtime has nothing that answers at once.
 */
export function chosenEngine(): SynchronousEngine {
  chosen ??= synchronousEngine();
  if (chosen !== undefined) return chosen;
  throw new AgoraTokenError(
    "crypto-unavailable",
    "This runtime has no synchronous cryptography: use the asynchronous builders of the main entry, which run everywhere",
  );
}
