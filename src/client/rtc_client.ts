import { type KeepOptions, keepToken, type TokenKeeper } from "./keep.ts";

/** What is used of a client of `agora-rtc-sdk-ng`, so that this module need not depend on it. */
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

/** How {@linkcode keepRtcToken} keeps the token of a client fresh. */
export interface KeepRtcOptions extends Omit<KeepOptions, "renewToken"> {
  /** Joins again, after a token has ended: `(token) => client.join(appId, "lobby", token, uid)`. */
  rejoin: (token: string) => unknown;
}

/**
 * Gets a token for a client of `agora-rtc-sdk-ng` and keeps it fresh, by its life and by the client's own events: when
 * `token-privilege-will-expire` is told, the client gets a new one by `renewToken`; when `token-privilege-did-expire` is, it
 * joins again. (In the native SDKs the events are `onTokenPrivilegeWillExpire`, and `onRequestToken`, which was
 * `rtcEngineRequestToken`, or `onTokenExpired` in Signaling: call {@linkcode TokenKeeper.renew} from them.)
 *
 * What `renewToken` or `rejoin` throw is told to `onError` and not repeated: whether to join once more is for the app to say.
 *
 * @param client The client, which need not have joined yet.
 * @param options Where tokens come from, and how to join.
 * @returns The keeper, as soon as there is a first token to join with. Its `stop` also removes the listeners.
 * @throws What `fetchToken` threw, where no first token came.
 */
export async function keepRtcToken(client: RtcClient, { rejoin, ...options }: KeepRtcOptions): Promise<TokenKeeper> {
  const keeper = await keepToken({ ...options, renewToken: (token) => client.renewToken(token) });
  let stopped = false;
  const tell = (error: unknown) => {
    try {
      if (!stopped) options.onError?.(error);
    } catch {
      // It is the listener's own.
    }
  };
  const listeners = {
    "token-privilege-will-expire": () => void keeper.renew().catch(tell),
    "token-privilege-did-expire": () => void keeper.renew(rejoin).catch(tell),
  };
  for (const [event, listener] of Object.entries(listeners)) client.on(event, listener);
  const stop = () => {
    stopped = true;
    for (const [event, listener] of Object.entries(listeners)) client.off(event, listener);
    options.signal?.removeEventListener("abort", stop);
    keeper.stop();
  };
  options.signal?.addEventListener("abort", stop, { once: true });
  return {
    get token() {
      return keeper.token;
    },
    renew: keeper.renew,
    stop,
  };
}
