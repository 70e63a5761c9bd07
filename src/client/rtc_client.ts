import { keepByEvents } from "./events.ts";
import type { KeepOptions, TokenKeeper } from "./keep.ts";

/** The part of a client of `agora-rtc-sdk-ng` that is used here, so that this module does not depend on it. */
export interface RtcClient {
  /** Registers a listener. */
  // deno-lint-ignore no-explicit-any -- as the SDK declares it
  on(event: string, listener: (...values: any[]) => void): void;
  /** Removes a listener. */
  // deno-lint-ignore no-explicit-any -- as the SDK declares it
  off(event: string, listener: (...values: any[]) => void): void;
  /** Takes a new token. */
  renewToken(token: string): Promise<void>;
}

/** The options of {@linkcode keepRtcToken}. */
export interface KeepRtcOptions extends Omit<KeepOptions, "renewToken"> {
  /** Joins again after a token expired: `(token) => client.join(appId, "lobby", token, uid)`. */
  rejoin: (token: string) => unknown;
}

/**
 * Gets a token for a client of `agora-rtc-sdk-ng` and keeps it fresh, by its lifetime and by the client's own events: on
 * `token-privilege-will-expire` the client gets a new one by `renewToken`; on `token-privilege-did-expire` it joins again. (In
 * the native SDKs the events are `onTokenPrivilegeWillExpire` and `onRequestToken`, which was `rtcEngineRequestToken`: call
 * {@linkcode TokenKeeper.renew} from them.)
 *
 * Errors of `renewToken` and `rejoin` go to `onError`, and the call is not repeated: whether to join once more is the app's
 * decision.
 *
 * @param client The client, which need not have joined yet.
 * @param options Where tokens come from, and how to join.
 * @returns The keeper, as soon as there is a first token to join with. Its `stop` also removes the listeners.
 * @throws The last error of `fetchToken`, where there is no first token; {@linkcode AgoraTokenError} for an option:
 * `invalid-type`, `invalid-value`.
 *
 * @example Join, and stay
 * ```ts
 * import { keepRtcToken, type RtcClient, tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * // join: (token) => client.join(appId, "lobby", token, 1001)
 * async function stay(client: RtcClient, join: (token: string) => Promise<void>) {
 *   const fetchToken = tokenFrom("https://tokens.example/rtc/lobby/publisher/uid/1001/");
 *   const keeper = await keepRtcToken(client, { fetchToken, rejoin: join });
 *   await join(keeper.token);
 *   return keeper;
 * }
 * ```
 */
export async function keepRtcToken(client: RtcClient, { rejoin, ...options }: KeepRtcOptions): Promise<TokenKeeper> {
  return await keepByEvents({ ...options, renewToken: (token) => client.renewToken(token) }, { rejoin }, (keeper, run) => {
    // The names are those of rtc-sdk_en.d.ts of agora-rtc-sdk-ng 4.24.8. After the second event the SDK has left the channel.
    const listeners = {
      "token-privilege-will-expire": () => void run(() => keeper.renew()),
      "token-privilege-did-expire": () => void run(() => keeper.renew(rejoin)),
    };
    for (const [event, listener] of Object.entries(listeners)) client.on(event, listener);
    return () => {
      for (const [event, listener] of Object.entries(listeners)) client.off(event, listener);
    };
  });
}
