import type { FcdnPrivilege, StreamingPrivilege } from "../formats/access_token2/types.ts";
import type * as requests from "./requests.ts";

/**
 * RTC: joining, and publishing in, a channel.
 *
 * Like every function here it gives plain data and checks nothing: `buildToken` does.
 *
 * @example A publisher, for as long as the token is valid
 * ```ts
 * import { rtc } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const request = rtc({ channelName: "lobby", uid: 1001, role: "publisher" });
 * assertEquals(request, { type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" });
 * ```
 *
 * @example The audience of all channels whose names begin with `class-`
 * ```ts
 * import { rtc } from "@agoratoken/agoratoken";
 *
 * const request = rtc({ channelName: "class-*", account: "*", role: "subscriber" });
 * ```
 */
export function rtc(options: requests.RtcOptions): requests.RtcRequest {
  return { type: "rtc", ...options };
}

/** RTM: logging in to Signaling. */
export function rtm(options: requests.RtmOptions): requests.RtmRequest {
  return { type: "rtm", ...options };
}

/** RTM2: logging in to Signaling with permissions for single resources. */
export function rtm2(options: requests.Rtm2Options): requests.Rtm2Request {
  return { type: "rtm2", ...options };
}

/** Chat: a user token for SDK clients, or the administrator's app token. */
export function chat(options: requests.ChatOptions): requests.ChatRequest {
  return { type: "chat", ...options };
}

/**
 * APaaS (Flexible Classroom, education): a user in a room, a user, or the administrator's app token. The official room-user
 * builder also adds RTM and Chat: see `ApaasTokenBuilder`.
 */
export function apaas(options: requests.ApaasOptions): requests.ApaasRequest {
  return { type: "apaas", ...options };
}

/** Streaming (Media Push). */
export function streaming(options: requests.ChannelOptions<StreamingPrivilege>): requests.StreamingRequest {
  return { type: "streaming", ...options };
}

/** FCDN (Fusion CDN). */
export function fcdn(options: requests.ChannelOptions<FcdnPrivilege>): requests.FcdnRequest {
  return { type: "fcdn", ...options };
}

/** FPA (the full-path accelerator). */
export function fpa(options: requests.ExpireOption = {}): requests.FpaRequest {
  return { type: "fpa", ...options };
}

/** ConvoAI: marks a token for Conversational AI; an agent also needs `rtc` and `rtm` in the same token. */
export function convoai(options: requests.NoOptions = {}): requests.ConvoaiRequest {
  return { type: "convoai", ...options };
}

/** STT: marks a token for speech to text; an agent also needs `rtc` and `rtm` in the same token. */
export function stt(options: requests.NoOptions = {}): requests.SttRequest {
  return { type: "stt", ...options };
}
