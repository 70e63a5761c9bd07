import { createLocalJWKSet, errors } from "jose";
import type { JWTVerifyGetKey } from "jose";
import { readAtMost } from "../../bytes/stream.ts";
import { AgoraTokenError } from "../../errors.ts";
import type { Seconds } from "../../formats/common.ts";

/** The age at which keys are fetched again while they are used. */
const FRESH: Seconds = 300;

/** How long ago the issuer was asked, for a request to wait until it is asked again. */
const IDLE: Seconds = 600;

/** How long the server waits before it asks an issuer again, and one whose keys could not be fetched. */
const PAUSE: Seconds = 30;
const PAUSE_AFTER_FAILURE: Seconds = 5;

/** How long an issuer may take to answer, in milliseconds, and how large its answer may be, in bytes. */
const TIMEOUT = 5000;
const MAX_ANSWER = 256 * 1024;

/**
 * The keys that an issuer publishes. Those that were fetched last are used while the issuer does not answer, and are fetched
 * again while requests go on; only a server that was idle waits for that, so that a key that the issuer withdrew is not used.
 *
 * @param keepFor How long keys are used while the issuer does not answer.
 */
export function publishedKeys(url: URL, keepFor: Seconds): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  let failure: unknown;
  let [fetchedAt, askedAt] = [-Infinity, -Infinity];
  let flight: Promise<void> | undefined;
  const since = (moment: number): Seconds => (performance.now() - moment) / 1000;

  /** Fetches the keys, unless the issuer was asked a moment ago: anyone can send JWTs of unknown keys. */
  async function refresh(): Promise<void> {
    if (flight === undefined && since(askedAt) >= (failure === undefined ? PAUSE : PAUSE_AFTER_FAILURE)) {
      askedAt = performance.now();
      flight = fetchKeys(url).then((fetched) => {
        [keys, failure, fetchedAt] = [fetched, undefined, performance.now()];
      }, (error) => failure = error).finally(() => flight = undefined);
    }
    await flight;
  }

  return async (header, jwt) => {
    const isOver = () => since(fetchedAt) >= keepFor;
    if (isOver() || since(askedAt) >= IDLE) await refresh();
    else if (since(fetchedAt) >= FRESH) void refresh();
    if (keys === undefined || isOver()) throw unavailable(failure);
    try {
      return await keys(header, jwt);
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported) throw error;
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw unavailable(error);
    }
    await refresh();
    if (failure !== undefined) throw unavailable(failure);
    return await keys(header, jwt);
  };
}

/** Asks the issuer. An answer without keys is none: it would lock everybody out. */
async function fetchKeys(url: URL): Promise<JWTVerifyGetKey> {
  const headers = { accept: "application/json, application/jwk-set+json" };
  // A redirect, which is not followed, is no answer. workerd does not have `redirect: "error"`.
  const response = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
  const bytes = await readAtMost(response.body, MAX_ANSWER);
  if (!response.ok || bytes === undefined) throw new Error("The issuer answered with an error, or too much");
  const set = JSON.parse(new TextDecoder().decode(bytes));
  if (set?.keys?.length === 0) throw new Error("The issuer has no keys");
  return createLocalJWKSet(set); // throws where it is none
}

/** That is not the caller's fault. */
function unavailable(cause: unknown): AgoraTokenError {
  return new AgoraTokenError("service-unavailable", "The keys of the issuer cannot be fetched", { cause });
}
