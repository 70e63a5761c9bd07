/**
 * A React hook that keeps a token as long as a component is there.
 *
 * It imports no React, but takes the hooks of yours: two copies of React on one page do not work together, and nobody who
 * does not use React has it installed. Any library with the same hooks will do, as Preact.
 *
 * ```ts
 * import * as React from "react";
 * import { keepRtcToken, type RtcClient, tokenFrom } from "@agoratoken/agoratoken/client";
 * import { keeperHook } from "@agoratoken/agoratoken/react";
 *
 * const useKeeper = keeperHook(React);
 *
 * // Keeps a client of agora-rtc-sdk-ng in a channel as long as the component is there.
 * function useCall(
 *   client: RtcClient & { leave(): unknown },
 *   join: (token: string) => Promise<unknown>,
 *   channel: string,
 *   uid: number,
 *   onError: (error: unknown) => void,
 * ) {
 *   const { keeper, error } = useKeeper((signal) =>
 *     keepRtcToken(client, {
 *       fetchToken: tokenFrom(`https://tokens.example/rtc/${encodeURIComponent(channel)}/publisher/uid/${uid}/`),
 *       rejoin: join,
 *       onError,
 *       signal,
 *     }), [client, channel, uid]);
 *   React.useEffect(() => {
 *     if (keeper === undefined) return;
 *     join(keeper.token).catch(onError);
 *     return () => void client.leave();
 *   }, [keeper]);
 *   return { isIn: keeper !== undefined, error };
 * }
 * ```
 *
 * @module
 */
import type { TokenKeeper } from "./keep.ts";

/** The hooks of React that are used: `import * as React from "react"` has them. */
export interface ReactHooks {
  /** `React.useEffect`. */
  useEffect(effect: () => () => void, dependencies: readonly unknown[]): void;
  /** `React.useMemo`. */
  useMemo<T>(make: () => T, dependencies: readonly unknown[]): T;
  /** `React.useState`. */
  useState<T>(initial: T): readonly [T, (value: T) => void];
}

/** What a component has of its token; nothing until one of the two is there. */
export interface Kept {
  /** The keeper, as soon as it has a token: its `token` is the newest one. */
  keeper?: TokenKeeper;
  /** Why there is no first token. What goes wrong later goes to the keeper's `onError`. */
  error?: unknown;
}

/**
 * Starts a keeper when the component mounts, and stops it when that unmounts; where a dependency changed, it stops it and
 * starts another.
 *
 * @param start Starts the keeper, for instance by `keepRtcToken`, and passes the signal on to it.
 * @param dependencies What the token is for, as `[client, channel, uid]`: with another channel or user a new keeper is needed.
 * @returns The keeper of exactly these dependencies, never that of those before them.
 */
export type UseKeeper = (start: (signal: AbortSignal) => Promise<TokenKeeper>, dependencies: readonly unknown[]) => Kept;

/**
 * Makes the hook {@linkcode UseKeeper} from the hooks of React 18 or later, or of a library with the same ones. It also works
 * under `StrictMode`, which mounts each component twice.
 *
 * @param hooks React itself.
 * @returns The hook, to be called `useKeeper` so that the linter of React's rules knows it.
 */
export function keeperHook({ useEffect, useMemo, useState }: ReactHooks): UseKeeper {
  return function useKeeper(start, dependencies) {
    const run = useMemo(() => ({}), dependencies); // an object for each time that a dependency changes
    const [kept, setKept] = useState<Kept & { run?: object }>({});
    useEffect(() => {
      const unmounted = new AbortController();
      const show = (result: Kept) => unmounted.signal.aborted || setKept({ run, ...result });
      const started = new Promise<TokenKeeper>((resolve) => resolve(start(unmounted.signal))); // also where it throws at once
      started.then((keeper) => void show({ keeper }), (error) => void show({ error }));
      return () => {
        unmounted.abort();
        started.then((keeper) => keeper.stop(), () => {}); // a `start` that ignores the signal
        setKept({}); // where the component comes back with its state, as in `Activity`
      };
    }, [run]);
    const { run: of, ...result } = kept;
    return of === run ? result : {};
  };
}
