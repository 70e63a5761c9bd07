import { MAX_LIFETIME } from "../formats/common.ts";
import type { Seconds } from "../formats/common.ts";
import { integer, invalidType, refuse } from "../validate.ts";
import { type ClientClock, systemClock } from "./clock.ts";
import { type FetchToken, TokenFetchError } from "./fetch.ts";
import { report } from "./report.ts";
import { spacing } from "./spacing.ts";
import { faultsOf, lifetimeOf } from "./successor.ts";

/** The options of {@linkcode keepToken}. */
export interface KeepOptions {
  /**
   * Gets a new token; see `tokenFrom`. After an error it is called again, unless that is a `TokenFetchError` that is not
   * `retryable`.
   */
  fetchToken: FetchToken;
  /** Gives a new token to the SDK, as `(token) => client.renewToken(token)`. */
  renewToken: (token: string) => unknown;
  /**
   * How long before it expires a token is renewed; 30 seconds if omitted, as the SDK's own event. A random part, up to as much
   * again, is added, so that the clients of a large event do not renew all at once. At most a third of the token's lifetime.
   */
  renewBefore?: Seconds;
  /**
   * How many times the first token is requested before that fails; 5 if omitted. Renewals are tried until
   * {@linkcode TokenKeeper.stop}.
   */
  attempts?: number;
  /** Stops the keeper when it aborts, like {@linkcode TokenKeeper.stop}. */
  signal?: AbortSignal;
  /**
   * Called with each error of `fetchToken` and `renewToken`, before the next attempt. After a refusal that is final, there is
   * no next attempt until {@linkcode TokenKeeper.renew} is called, for instance by the SDK's events. Also called, with an
   * `AgoraTokenError` that names the `field`, where the SDK will refuse a new token: because it names another App ID, service,
   * channel or user than the one before (as where a server draws a uid for each request), is the same text, has expired, or cannot
   * be read. It is handed on all the same.
   */
  onError?: (error: unknown) => void;
  /** The clock; the machine's if omitted. */
  clock?: ClientClock;
}

/** A token that is kept fresh. */
export interface TokenKeeper {
  /** The newest token: what to join with. */
  readonly token: string;
  /**
   * Gets a new token and gives it to the SDK: for the SDK's events. It begins at once, but at least 5 seconds after the renewal
   * before it; where calls keep coming earlier, the pause doubles, up to 5 minutes. Calls at the same time share one token, and
   * a `handOn` that does not have the newest token yet gets that during the pause.
   *
   * @param handOn Called with the token instead of `renewToken`, for instance to join again after the old one expired.
   * @returns The new token, after `handOn` is done.
   * @throws The error of `fetchToken` that is final, or that of `handOn`; after the keeper stopped, the reason of that.
   */
  renew(handOn?: (token: string) => unknown): Promise<string>;
  /** Stops the renewals. */
  stop(): void;
}

/** The longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/** The longest `Retry-After` that is respected. */
const LONGEST_RETRY_AFTER: Seconds = 3600;

/** The shortest time between two scheduled renewals: with a wrong clock, a client must not send requests without end. */
const SHORTEST_LIFETIME: Seconds = 5;

/** The longest time until a server that gave the same token again, or one that cannot be read, is asked for another. */
const USELESS_AGAIN: Seconds = 30;

/**
 * Gets a token and keeps it fresh: renews it before it expires, by the lifetime that the token itself states, and tries again
 * after an error, with growing pauses.
 *
 * @param options Where tokens come from, and what takes them.
 * @returns The keeper, as soon as there is a first token.
 * @throws The last error of `fetchToken`, where there is no first token; {@linkcode AgoraTokenError} for an option:
 * `invalid-type`, `invalid-value`.
 *
 * @example Join, and stay
 * ```ts ignore
 * import { keepToken, tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * const keeper = await keepToken({
 *   fetchToken: tokenFrom("https://tokens.example/rtc/lobby/publisher/uid/1001/"),
 *   renewToken: (token) => client.renewToken(token),
 * });
 * await client.join(appId, "lobby", keeper.token, 1001);
 * ```
 */
export async function keepToken(options: KeepOptions): Promise<TokenKeeper> {
  const { fetchToken, renewToken, renewBefore = 30, attempts = 5, clock = systemClock } = options;
  if (typeof fetchToken !== "function") throw invalidType("fetchToken", "a function", fetchToken);
  if (typeof renewToken !== "function") throw invalidType("renewToken", "a function", renewToken);
  if (!(renewBefore >= 0 && renewBefore <= MAX_LIFETIME)) refuse("renewBefore", `0 to ${MAX_LIFETIME} seconds`);
  integer("attempts", attempts, 1, Number.MAX_SAFE_INTEGER);
  const own = new AbortController();
  const ended = options.signal === undefined ? own.signal : AbortSignal.any([options.signal, own.signal]);

  /** Reports an error to the app, until the keeper stops. */
  function tell(error: unknown): void {
    if (!ended.aborted) void report(options.onError, error);
  }

  /** A new token, after at most this many attempts. */
  async function obtain(attempts: number): Promise<string> {
    for (let attempt = 1;; attempt++) {
      try {
        ended.throwIfAborted();
        const token = await fetchToken(ended);
        ended.throwIfAborted(); // a `fetchToken` that ignores the signal comes too late
        if (typeof token !== "string" || token === "") throw invalidType("token", "the text of a token", token);
        return token;
      } catch (error) {
        ended.throwIfAborted();
        const { retryable = true, retryAfter = 0 } = error instanceof TokenFetchError ? error : {};
        if (!retryable || attempt >= attempts) throw error;
        tell(error);
        const pause = Math.min(1000 * 2 ** (attempt - 1), LONGEST_PAUSE) * (1 + clock.random()) / 2;
        await clock.wait(Math.max(pause, Math.min(retryAfter, LONGEST_RETRY_AFTER) * 1000), ended);
      }
    }
  }

  let token = await obtain(attempts);
  let isFresh = false; // whether the newest renewal gave a token
  let flight: Promise<string> | undefined;
  let timer = new AbortController();

  /** Waits until the token is to be renewed, but no longer than `most`, and renews it; one that does not expire is never renewed. */
  async function schedule(most: Seconds = Infinity): Promise<void> {
    timer.abort();
    timer = new AbortController();
    const stopped = AbortSignal.any([ended, timer.signal]);
    try {
      const lifetime = await lifetimeOf(token, clock.now());
      const left = lifetime ?? most;
      if (left === Infinity) return;
      const early = Math.min(renewBefore, left / 3) * (1 + clock.random());
      await clock.wait(Math.min(Math.max(left - early, SHORTEST_LIFETIME), most) * 1000, stopped);
      const soonest = pause.left(SHORTEST_LIFETIME * 1000); // after a renewal that the app wanted, and that failed
      if (soonest > 0) await clock.wait(soonest, stopped);
    } catch (error) {
      return stopped.aborted ? undefined : tell(error);
    }
    await renewed().then((fresh) => handOnce(fresh, renewToken)).catch(tell);
  }

  /** A new token; calls at the same time share one. */
  function renewed(): Promise<string> {
    if (flight === undefined) {
      pause.begin();
      isFresh = false;
    }
    return flight ??= obtain(Infinity).then(async (fresh) => {
      const faults = await faultsOf(token, fresh, clock.now());
      faults.forEach(tell);
      const most = token === fresh || faults.some(({ code }) => code === "unknown-format") ? USELESS_AGAIN : undefined;
      token = fresh;
      isFresh = true;
      handedOn.clear();
      void schedule(most);
      return fresh;
    }).finally(() => flight = undefined);
  }

  /** Each `handOn` is called once with a token. */
  const handedOn = new Map<(token: string) => unknown, Promise<unknown>>();
  async function handOnce(fresh: string, handOn: (token: string) => unknown): Promise<string> {
    ended.throwIfAborted();
    const call = async () => {
      await undefined; // the app's own listeners of the same event come first, and one may stop the keeper
      ended.throwIfAborted();
      await handOn(fresh);
    };
    if (!handedOn.has(handOn)) handedOn.set(handOn, call());
    await handedOn.get(handOn);
    return fresh;
  }

  /** Renews the token when the app or the SDK wants it, which may be wrong about that, again and again. */
  const pause = spacing(clock);
  async function renew(handOn: (token: string) => unknown = renewToken): Promise<string> {
    const before = token;
    while (flight === undefined && pause.left() > 0) {
      if (isFresh && (!handedOn.has(handOn) || token !== before)) return await handOnce(token, handOn);
      await pause.end(ended);
    }
    return await handOnce(await renewed(), handOn);
  }

  void schedule();
  return {
    get token() {
      return token;
    },
    renew,
    stop: () => own.abort(),
  };
}
