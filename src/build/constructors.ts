import type { FcdnPrivilege, StreamingPrivilege } from "../formats/access_token2/types.ts";
import type {
  ApaasOptions,
  ApaasRequest,
  ChannelOptions,
  ChatOptions,
  ChatRequest,
  ConvoaiRequest,
  ExpireOption,
  FcdnRequest,
  FpaRequest,
  NoOptions,
  RtcOptions,
  RtcRequest,
  Rtm2Options,
  Rtm2Request,
  RtmOptions,
  RtmRequest,
  StreamingRequest,
  SttRequest,
} from "./requests.ts";

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
 */
export function rtc(options: RtcOptions): RtcRequest {
  return { type: "rtc", ...options };
}

/** RTM: logging in to Signaling. */
export function rtm(options: RtmOptions): RtmRequest {
  return { type: "rtm", ...options };
}

/** RTM2: logging in to Signaling with permissions for single resources. */
export function rtm2(options: Rtm2Options): Rtm2Request {
  return { type: "rtm2", ...options };
}

/** Chat: a user token for SDK clients, or the administrator's app token. */
export function chat(options: ChatOptions): ChatRequest {
  return { type: "chat", ...options };
}

/**
 * APaaS (Flexible Classroom, education): a user in a room, a user, or the administrator's app token. The official room-user
 * builder also adds RTM and Chat: see `ApaasTokenBuilder`.
 */
export function apaas(options: ApaasOptions): ApaasRequest {
  return { type: "apaas", ...options };
}

/** Streaming (Media Push). */
export function streaming(options: ChannelOptions<StreamingPrivilege>): StreamingRequest {
  return { type: "streaming", ...options };
}

/** FCDN (Fusion CDN). */
export function fcdn(options: ChannelOptions<FcdnPrivilege>): FcdnRequest {
  return { type: "fcdn", ...options };
}

/** FPA (the full-path accelerator). */
export function fpa(options: ExpireOption = {}): FpaRequest {
  return { type: "fpa", ...options };
}

/** ConvoAI: marks a token for Conversational AI; an agent also needs `rtc` and `rtm` in the same token. */
export function convoai(options: NoOptions = {}): ConvoaiRequest {
  return { type: "convoai", ...options };
}

/** STT: marks a token for speech to text; an agent also needs `rtc` and `rtm` in the same token. */
export function stt(options: NoOptions = {}): SttRequest {
  return { type: "stt", ...options };
}
