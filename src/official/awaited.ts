import { issueTime, saltOf } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { engine } from "../runtime/choose.ts";
import { builderArguments, BUILDERS, buildWith } from "./builders.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import type { Token007 } from "../formats/access_token2/types.ts";
import type * as types from "./awaited_types.ts";

// The official builders under their own names and argument order, asynchronous. They pack what the official code packs; where
// its languages differ, what most of them pack (format notes §8).

/** RTC tokens, under the official names. */
export const RtcTokenBuilder2: types.RtcTokenBuilder2Family = /* @__PURE__ */ family("rtc");
/** RTM tokens, under the official names. */
export const RtmTokenBuilder2: types.RtmTokenBuilder2Family = /* @__PURE__ */ family("rtm");
/** Chat tokens, under the official names. */
export const ChatTokenBuilder2: types.ChatTokenBuilder2Family = /* @__PURE__ */ family("chat");
/** APaaS tokens, under the official names. */
export const ApaasTokenBuilder: types.ApaasTokenBuilderFamily = /* @__PURE__ */ family("apaas");
/** Education tokens, under the official names; they are APaaS tokens. */
export const EducationTokenBuilder: types.ApaasTokenBuilderFamily = /* @__PURE__ */ family("education");
/** FPA tokens, under the official names. */
export const FpaTokenBuilder: types.FpaTokenBuilderFamily = /* @__PURE__ */ family("fpa");
/** Tokens for Conversational AI agents, under the official names. */
export const ConvoAITokenBuilder: types.AgentTokenBuilderFamily = /* @__PURE__ */ family("convoai");
/** Tokens for speech-to-text agents, under the official names. */
export const SttTokenBuilder: types.AgentTokenBuilderFamily = /* @__PURE__ */ family("stt");

/** The methods of one family of the table, taking their arguments in the official order. */
function family<Family>(name: string): Family {
  const methods = Object.keys(BUILDERS[name]!).map((method) => [
    method,
    async (appId: string, appCertificate: string, ...values: unknown[]) =>
      await pack007(builtToken(`${name}.${method}`, appId, values), appCertificate, engine()),
  ]);
  return Object.fromEntries(methods) as Family;
}

/**
 * The token that an official builder makes now.
 *
 * @param builder Family and method, as `rtc.buildTokenWithUid`.
 * @param appId The project.
 * @param values The arguments after App ID and certificate, in the official order.
 * @returns Its data, with the time of the clock and a random salt.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value`; `unknown-field` for more arguments than it takes.
 */
export function builtToken(builder: string, appId: string, values: readonly unknown[]): Token007 {
  const args = builderArguments(builder);
  if (values.length > args.length) {
    const expected = ["appId", "appCertificate", ...args].join(", ");
    throw new AgoraTokenError("unknown-field", `Too many arguments: wanted ${expected}`, { field: "arguments", expected });
  }
  const named = Object.fromEntries(values.map((value, index) => [args[index], value]));
  const { expire, services } = buildWith(builder, named);
  return { version: "007", appId, issueTs: issueTime(undefined), expire, salt: saltOf(undefined), services };
}
