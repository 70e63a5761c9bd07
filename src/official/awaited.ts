import { issueTime, saltOf, type Seconds } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { engine } from "../runtime/choose.ts";
import { builderArguments, BUILDERS, buildWith } from "./builders.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import type { Rtm2Permissions, Token007 } from "../formats/access_token2/types.ts";

// The official builders under their own names and argument order (format notes §7), asynchronous. They pack what the
// official code packs; where its languages differ, what the majority packs (format notes §8). Every method rejects with an
// AgoraTokenError that names the argument.

/** The arguments of the builders that give RTC and RTM a user and a life each. Only role 1 may publish. */
export type AgentArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  rtcAccount: string,
  rtcRole: number,
  rtcTokenExpire: Seconds,
  joinChannelPrivilegeExpire: Seconds,
  pubAudioPrivilegeExpire: Seconds,
  pubVideoPrivilegeExpire: Seconds,
  pubDataStreamPrivilegeExpire: Seconds,
  rtmUserId: string,
  rtmTokenExpire: Seconds,
];

/** The official builders of RTC tokens. Times are seconds from now; a privilege of 0 is packed as 0. */
export interface RtcTokenBuilder2Family {
  /** For a numeric uid; 0 means anyone. Role 1 may publish, every other role only joins. */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /** For a user account. The account `"0"` is an account, not the wildcard. */
  buildTokenWithUserAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /** For a numeric uid, with a life for each of the four privileges; all four are packed, also with 0. */
  buildTokenWithUidAndPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    tokenExpire: Seconds,
    joinChannelPrivilegeExpire: Seconds,
    pubAudioPrivilegeExpire: Seconds,
    pubVideoPrivilegeExpire: Seconds,
    pubDataStreamPrivilegeExpire: Seconds,
  ): Promise<string>;
  /** For a user account, with a life for each of the four privileges; all four are packed, also with 0. */
  buildTokenWithUserAccountAndPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    tokenExpire: Seconds,
    joinChannelPrivilegeExpire: Seconds,
    pubAudioPrivilegeExpire: Seconds,
    pubVideoPrivilegeExpire: Seconds,
    pubDataStreamPrivilegeExpire: Seconds,
  ): Promise<string>;
  /** RTC and RTM for one account. The RTM login lasts `tokenExpire`, whatever `privilegeExpire` says. */
  buildTokenWithRtm(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /** RTC and RTM (the service RTM, not RTM2) with a user and a life for each. A subscriber only joins. */
  buildTokenWithRtm2(...args: AgentArguments): Promise<string>;
}

/** The official builders of RTM tokens. */
export interface RtmTokenBuilder2Family {
  /** Logging in as `userId` for `expire` seconds. */
  buildToken(appId: string, appCertificate: string, userId: string, expire: Seconds): Promise<string>;
  /** Logging in (service RTM2) with permissions for single resources. */
  buildTokenWithPermissions(
    appId: string,
    appCertificate: string,
    userId: string,
    permissions: Rtm2Permissions | undefined,
    expire: Seconds,
  ): Promise<string>;
}

/** The official builders of Chat tokens. */
export interface ChatTokenBuilder2Family {
  /** For one user's client. */
  buildUserToken(appId: string, appCertificate: string, userId: string, expire: Seconds): Promise<string>;
  /** For REST calls. It is an administrator's key and must never reach a client. */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Promise<string>;
}

/** The official builders of APaaS (Flexible Classroom, education) tokens. */
export interface ApaasTokenBuilderFamily {
  /** A user in a room: APaaS, RTM and Chat in one token; the Chat user is the MD5 of `userUuid` in hex. */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: string,
    role: number,
    expire: Seconds,
  ): Promise<string>;
  /** A user without a room. */
  buildUserToken(appId: string, appCertificate: string, userUuid: string, expire: Seconds): Promise<string>;
  /** The whole app. It is an administrator's key and must never reach a client. */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Promise<string>;
}

/** The official builder of FPA tokens. */
export interface FpaTokenBuilderFamily {
  /** A token for 24 hours. */
  buildToken(appId: string, appCertificate: string): Promise<string>;
}

/** The official builders of tokens for agents: RTC, RTM and the mark of the service. */
export interface AgentTokenBuilderFamily {
  /** RTC and RTM with a user and a life for each, and the service that the family is named after. */
  buildToken(...args: AgentArguments): Promise<string>;
}

/** RTC tokens, under the official names. */
export const RtcTokenBuilder2: RtcTokenBuilder2Family = /* @__PURE__ */ family("rtc");
/** RTM tokens, under the official names. */
export const RtmTokenBuilder2: RtmTokenBuilder2Family = /* @__PURE__ */ family("rtm");
/** Chat tokens, under the official names. */
export const ChatTokenBuilder2: ChatTokenBuilder2Family = /* @__PURE__ */ family("chat");
/** APaaS tokens, under the official names. */
export const ApaasTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ family("apaas");
/** Education tokens, under the official names; they are APaaS tokens. */
export const EducationTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ family("education");
/** FPA tokens, under the official names. */
export const FpaTokenBuilder: FpaTokenBuilderFamily = /* @__PURE__ */ family("fpa");
/** Tokens for Conversational AI agents, under the official names. */
export const ConvoAITokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ family("convoai");
/** Tokens for speech-to-text agents, under the official names. */
export const SttTokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ family("stt");

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
 * @param values The arguments behind App ID and certificate, in the official order.
 * @throws {AgoraTokenError} For more arguments than it takes, and for a value outside its range.
 */
export function builtToken(builder: string, appId: string, values: readonly unknown[]): Token007 {
  const args = builderArguments(builder);
  if (values.length > args.length) {
    const expected = ["appId", "appCertificate", ...args].join(", ");
    throw new AgoraTokenError("unknown-field", `"${builder}" takes ${expected}`, { field: "arguments", expected });
  }
  const named = Object.fromEntries(values.map((value, index) => [args[index], value]));
  const { expire, services } = buildWith(builder, named);
  return { version: "007", appId, issueTs: issueTime(undefined), expire, salt: saltOf(undefined), services };
}
