import { MAX_LIFETIME } from "../formats/common.ts";
import type { Seconds } from "../formats/common.ts";
import { type TokenView, viewToken } from "../formats/view.ts";
import { invalidType } from "../errors.ts";
import { parseToken } from "../inspect/parse.ts";
import { integer, refuse } from "../validate.ts";
import { type ClientClock, systemClock } from "./clock.ts";
import { type FetchToken, TokenFetchError } from "./fetch.ts";

/** How {@linkcode keepToken} keeps a token fresh. */
export interface KeepOptions {
  /** Gets a new token; see `tokenFrom`. What it throws is tried again, but for a `TokenFetchError` that is final. */
  fetchToken: FetchToken;
  /** Gives a new token to the SDK, as `(token) => client.renewToken(token)`. */
  renewToken: (token: string) => unknown;
  /**
   * How long before the token's end it is renewed, in seconds: 30 if omitted, as the SDK's own event, and up to twice that by
   * chance, so that the clients of a large event do not all come at once. Of a short life, at most a third.
   */
  renewBefore?: Seconds;
  /** How often the first token is asked for before that fails; 5 if omitted. Renewals go on until {@linkcode TokenKeeper.stop}. */
  attempts?: number;
  /** Ends it all, like {@linkcode TokenKeeper.stop}. */
  signal?: AbortSignal;
  /**
   * Told of each failure to get a token or to hand it on, before the next attempt. After a final refusal there is none until
   * {@linkcode TokenKeeper.renew} is called, as by the SDK's events.
   */
  onError?: (error: unknown) => void;
  /** The time; that of the machine if omitted. */
  clock?: ClientClock;
}

/** A token that is kept fresh. */
export interface TokenKeeper {
  /** The newest token: what to join with. */
  readonly token: string;
  /**
   * Gets a new token now and hands it on: for the SDK's events. Calls at the same time get one token.
   *
   * @param handOn What to do with it instead of `renewToken`, as joining again after the old one has ended.
   */
  renew(handOn?: (token: string) => unknown): Promise<string>;
  /** Ends the renewing. */
  stop(): void;
}

/** The longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/** The longest pause that a server can ask for, in seconds. */
const LONGEST_RETRY_AFTER: Seconds = 3600;

/** The shortest time between two renewals by life, in seconds: a clock that is wrong must not make a client ask without end. */
const SHORTEST_LIFE: Seconds = 5;

/**
 * Gets a token and keeps it fresh: renews it before its end, by the life that the token itself states, and tries again, with
 * growing pauses, where that fails.
 *
 * @param options Where tokens come from, and where they go.
 * @returns The keeper, as soon as there is a first token.
 * @throws What `fetchToken` threw, where no first token came; {@linkcode AgoraTokenError} for an option outside its range.
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

  /** Tells of a failure; what goes wrong in telling is no reason to stop. */
  function tell(error: unknown): void {
    if (ended.aborted) return;
    try {
      options.onError?.(error);
    } catch {
      // It is the listener's own.
    }
  }

  /** A new token, after as many attempts as it takes, or as are allowed. */
  async function obtain(attempts: number): Promise<string> {
    for (let attempt = 1;; attempt++) {
      try {
        ended.throwIfAborted();
        const token = await fetchToken(ended);
        ended.throwIfAborted(); // what took no notice of the signal has no token for anyone
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
  let flight: Promise<string> | undefined;
  let timer = new AbortController();

  /** Waits until the token is due, and renews it; a token without an end is never due. */
  async function schedule(): Promise<void> {
    timer.abort();
    timer = new AbortController();
    const stopped = AbortSignal.any([ended, timer.signal]);
    try {
      const life = await lifetimeOf(token, clock.now());
      if (life === undefined) return;
      const early = Math.min(renewBefore, life / 3) * (1 + clock.random());
      await clock.wait(Math.max(life - early, SHORTEST_LIFE) * 1000, stopped);
    } catch (error) {
      return stopped.aborted ? undefined : tell(error);
    }
    await renew().catch(tell);
  }

  /** Calls at the same time get one token, and hand it on once, each in its own way. */
  const handedOn = new Map<(token: string) => unknown, Promise<unknown>>();
  async function renew(handOn: (token: string) => unknown = renewToken): Promise<string> {
    flight ??= obtain(Infinity).then((fresh) => {
      token = fresh;
      handedOn.clear();
      void schedule();
      return fresh;
    }).finally(() => flight = undefined);
    const fresh = await flight;
    if (!handedOn.has(handOn)) handedOn.set(handOn, Promise.resolve(fresh).then(handOn));
    await handedOn.get(handOn);
    return fresh;
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

/**
 * For how many seconds a token will work; nothing where it has no end, or none that can be read. A 007 was just made and is
 * valid for as long as it says, whatever the clock of this machine says; the older formats only say when they end.
 */
async function lifetimeOf(text: string, now: number): Promise<Seconds | undefined> {
  let view: TokenView;
  try {
    view = viewToken(await parseToken(text));
  } catch {
    return undefined;
  }
  const { validity, rights, counts, issuedAt } = view;
  const start = counts === "from-issue" ? issuedAt! : now / 1000;
  const longest = counts === "from-issue" ? start + MAX_LIFETIME : Infinity;
  const ends = [validity, ...rights.flatMap(({ privileges }) => privileges)].map(({ expiresAt = longest }) => expiresAt);
  const left = Math.min(longest, ...ends) - start;
  return left > 0 && left < Infinity ? left : undefined;
}
