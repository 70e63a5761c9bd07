import { engine } from "../runtime/choose.ts";
import { family } from "./builders.ts";
import type { AgentFamily, ApaasFamily, ChatFamily, FpaFamily, RtcFamily, RtmFamily } from "./families.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import type { Rtm2Permissions } from "../formats/access_token2/types.ts";

// The official builders under their own names and argument order, asynchronous. They pack what the official code packs; where
// its languages differ, what most of them pack (format notes §8).

/** The official builders of RTC tokens, asynchronous. */
export interface RtcTokenBuilder2Family extends RtcFamily<number, string, Promise<string>> {}
/** The official builders of RTM tokens, asynchronous. */
export interface RtmTokenBuilder2Family extends RtmFamily<string, Rtm2Permissions | undefined, Promise<string>> {}
/** The official builders of Chat tokens, asynchronous. */
export interface ChatTokenBuilder2Family extends ChatFamily<string, Promise<string>> {}
/** The official builders of APaaS (Flexible Classroom, education) tokens, asynchronous. */
export interface ApaasTokenBuilderFamily extends ApaasFamily<string, Promise<string>> {}
/** The official builder of FPA tokens, asynchronous. */
export interface FpaTokenBuilderFamily extends FpaFamily<Promise<string>> {}
/** The official builder of tokens for agents, asynchronous. */
export interface AgentTokenBuilderFamily extends AgentFamily<string, Promise<string>> {}

/** RTC tokens, under the official names. */
export const RtcTokenBuilder2: RtcTokenBuilder2Family = /* @__PURE__ */ awaited("rtc");
/** RTM tokens, under the official names. */
export const RtmTokenBuilder2: RtmTokenBuilder2Family = /* @__PURE__ */ awaited("rtm");
/** Chat tokens, under the official names. */
export const ChatTokenBuilder2: ChatTokenBuilder2Family = /* @__PURE__ */ awaited("chat");
/** APaaS tokens, under the official names. */
export const ApaasTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ awaited("apaas");
/** Education tokens, under the official names; they are APaaS tokens. */
export const EducationTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ awaited("education");
/** FPA tokens, under the official names. */
export const FpaTokenBuilder: FpaTokenBuilderFamily = /* @__PURE__ */ awaited("fpa");
/** Tokens for Conversational AI agents, under the official names. */
export const ConvoAITokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ awaited("convoai");
/** Tokens for speech-to-text agents, under the official names. */
export const SttTokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ awaited("stt");

function awaited<Family>(name: string): Family {
  // Whatever is thrown rejects the promise; a token that is there at once is not awaited.
  return family(name, (token, appCertificate) => new Promise((done) => done(pack007(token(), appCertificate, engine()))));
}
