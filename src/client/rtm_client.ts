import { string } from "../validate.ts";
import { keepByEvents } from "./events.ts";
import type { KeepOptions, TokenKeeper } from "./keep.ts";

// The names are those of agora-rtm.d.ts of agora-rtm-sdk 2.3.0, which is also published as agora-rtm. What to do at each event
// is documented: docs.agora.io, Signaling, "Secure authentication with tokens", "Token expiration and renewal" (Web).

/** The part of a client of `agora-rtm-sdk` 2.x that is used here, so that this module does not depend on it. */
export interface RtmClient {
  /** Registers a listener. */
  // deno-lint-ignore no-explicit-any -- so that the SDK's own declaration, with its types of each event, fits
  addEventListener(event: any, listener: (value: any) => void): void;
  /** Removes a listener. */
  // deno-lint-ignore no-explicit-any -- so that the SDK's own declaration, with its types of each event, fits
  removeEventListener(event: any, listener: (value: any) => void): void;
  /** Takes a new token, of the login or of a stream channel. */
  renewToken(token: string, options?: { channelName?: string }): Promise<unknown>;
  /** Logs out. */
  logout(): Promise<unknown>;
}

/** The options of {@linkcode keepRtmToken}. */
export interface KeepRtmOptions extends Omit<KeepOptions, "renewToken"> {
  /**
   * Logs in again after a token expired, as `(token) => client.login({ token })`, and then subscribes and joins again: the
   * logout before it forgot the channels.
   */
  relogin: (token: string) => unknown;
}

/** The options of {@linkcode keepStreamChannelToken}. */
export interface KeepStreamChannelOptions extends Omit<KeepOptions, "renewToken"> {
  /** The name of the stream channel. */
  channelName: string;
  /** Joins again after a token expired: `(token) => channel.join({ token })`. */
  rejoin: (token: string) => unknown;
}

/** What is used of the event `linkState`. */
interface LinkState {
  currentState: string;
  serviceType: string;
  operation: string;
  reason: string;
  affectedChannels: readonly string[];
}

/**
 * Gets the RTM token of a client of RTM 2.x (npm `agora-rtm-sdk` or `agora-rtm`) and keeps it fresh, by its lifetime and by the
 * client's own events: on `tokenPrivilegeWillExpire`, 30 seconds before the end, the client gets a new one by `renewToken`. Where
 * `linkState` says that the token expired, the client is logged out, and logged in with a new token by `relogin`; RTM 2.2 or
 * later has that event. (In the native SDKs of 2.x the events are `onTokenPrivilegeWillExpire` and `onLinkStateEvent`: call
 * {@linkcode TokenKeeper.renew} from them.)
 *
 * This is the token of the login. A stream channel has an RTC token of its own: {@linkcode keepStreamChannelToken}. Message
 * channels need none.
 *
 * Errors of `renewToken`, `logout` and `relogin` go to `onError`, and the call is not repeated.
 *
 * @param client The client, which need not have logged in yet.
 * @param options Where tokens come from, and how to log in.
 * @returns The keeper, as soon as there is a first token to log in with. Its `stop` also removes the listeners.
 * @throws The last error of `fetchToken`, where there is no first token; {@linkcode AgoraTokenError} for an option:
 * `invalid-type`, `invalid-value`.
 *
 * @example Log in, and stay
 * ```ts
 * import { keepRtmToken, type RtmClient, tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * // login: async (token) => { await client.login({ token }); await client.subscribe("lobby"); }
 * async function stay(client: RtmClient, login: (token: string) => Promise<void>) {
 *   const keeper = await keepRtmToken(client, { fetchToken: tokenFrom("https://tokens.example/rtm/bob"), relogin: login });
 *   await login(keeper.token);
 *   return keeper;
 * }
 * ```
 */
export async function keepRtmToken(client: RtmClient, { relogin, ...options }: KeepRtmOptions): Promise<TokenKeeper> {
  return await keepByEvents(
    { ...options, renewToken: (token) => client.renewToken(token) },
    { relogin },
    (keeper, run) =>
      listen(client, {
        tokenPrivilegeWillExpire: (channelName) => !channelName && run(() => keeper.renew()),
        linkState: async (state) => {
          if (state.serviceType === "STREAM" || !hasExpired(state)) return;
          await run(() => client.logout());
          await run(() => keeper.renew(relogin));
        },
      }),
  );
}

/**
 * Gets the RTC token of a stream channel of RTM 2.x, which is joined with it, and keeps it fresh as {@linkcode keepRtmToken} does
 * that of the login: on `tokenPrivilegeWillExpire` for this channel the client gets a new one by
 * `renewToken(token, { channelName })`; where `linkState` says that the token of this channel expired, `rejoin` is called.
 *
 * @param client The client, which need not have logged in yet.
 * @param options The channel, where its tokens come from, and how to join.
 * @returns The keeper, as soon as there is a first token to join with. Its `stop` also removes the listeners.
 * @throws The last error of `fetchToken`, where there is no first token; {@linkcode AgoraTokenError} for an option:
 * `invalid-type`, `invalid-value`.
 *
 * @example Join, and stay
 * ```ts
 * import { keepStreamChannelToken, type RtmClient, tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * // join: (token) => channel.join({ token }), where channel is client.createStreamChannel("stage")
 * async function stay(client: RtmClient, join: (token: string) => Promise<void>) {
 *   const fetchToken = tokenFrom("https://tokens.example/rtc/stage/publisher/userAccount/bob/");
 *   const keeper = await keepStreamChannelToken(client, { channelName: "stage", fetchToken, rejoin: join });
 *   await join(keeper.token);
 *   return keeper;
 * }
 * ```
 */
export async function keepStreamChannelToken(
  client: RtmClient,
  { channelName, rejoin, ...options }: KeepStreamChannelOptions,
): Promise<TokenKeeper> {
  string("channelName", channelName);
  return await keepByEvents(
    { ...options, renewToken: (token) => client.renewToken(token, { channelName }) },
    { rejoin },
    (keeper, run) =>
      listen(client, {
        tokenPrivilegeWillExpire: (name) => name === channelName && run(() => keeper.renew()),
        linkState: (state) => {
          const isHere = state.serviceType === "STREAM" && state.affectedChannels.includes(channelName);
          return isHere && hasExpired(state) && run(() => keeper.renew(rejoin));
        },
      }),
  );
}

/** Listens to both events; returns what ends that. */
function listen(
  client: RtmClient,
  listeners: { tokenPrivilegeWillExpire: (channelName: string) => unknown; linkState: (state: LinkState) => unknown },
): () => void {
  for (const [event, listener] of Object.entries(listeners)) client.addEventListener(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) client.removeEventListener(event, listener);
  };
}

/**
 * Whether the service ended a connection because its token expired; a login that fails for that reason throws to whoever logs in.
 * The page named above has the reason of 2.2.0, the SDK from 2.2.2 on the other one.
 */
function hasExpired({ currentState, operation, reason }: LinkState): boolean {
  return currentState === "FAILED" && operation !== "LOGIN" && ["Ticket expired", "Token expired"].includes(reason);
}
