/**
 * Gets tokens from a token server and keeps them fresh, in browsers and apps, which never hold a certificate.
 *
 * ```ts
 * import { keepToken, tokenFrom } from "@agoratoken/agoratoken/client";
 * import { createTokenServer } from "@agoratoken/agoratoken/server";
 * import { assert } from "@std/assert";
 *
 * const server = createTokenServer({
 *   projects: [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }],
 *   access: "loopback",
 * });
 * const keeper = await keepToken({
 *   fetchToken: tokenFrom("http://localhost/rtc/lobby/publisher/uid/1001/", {
 *     fetch: (request) => server(request, { remoteAddr: { hostname: "127.0.0.1" } }), // a server in this process
 *   }),
 *   renewToken: (token) => console.log("client.renewToken with", token.length, "characters"),
 * });
 * assert(keeper.token.startsWith("007")); // what to join with
 * keeper.stop();
 * ```
 *
 * For the SDKs {@linkcode keepRtcToken}, {@linkcode keepRtmToken}, {@linkcode keepStreamChannelToken} and
 * {@linkcode keepChatToken} also listen to the events of the client, and get it in again after a token expired. In React, the
 * entry `./react` keeps a token as long as a component is there.
 *
 * @module
 */
export { type ChatConnection, type KeepChatOptions, keepChatToken } from "./chat_client.ts";
export { type ClientClock, systemClock } from "./clock.ts";
export { type FetchToken, TokenFetchError, tokenFrom, type TokenFromOptions } from "./fetch.ts";
export { type KeepOptions, keepToken, type TokenKeeper } from "./keep.ts";
export { type KeepRtcOptions, keepRtcToken, type RtcClient } from "./rtc_client.ts";
export {
  type KeepRtmOptions,
  keepRtmToken,
  type KeepStreamChannelOptions,
  keepStreamChannelToken,
  type RtmClient,
} from "./rtm_client.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
export type { Seconds } from "../formats/common.ts";
