/**
 * The export names, arguments, defaults and synchronous returns of npm `agora-token` 2.x, as ES modules with types, for
 * Deno, Bun and Node 22.3 or newer: changing the import line is the whole migration.
 *
 * ```ts
 * import { RtcRole, RtcTokenBuilder } from "@agoratoken/agoratoken/compat";
 * import { assert } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const token = RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1001, RtcRole.PUBLISHER, 3600, 3600);
 * assert(token.startsWith("007"));
 * ```
 *
 * Limitations:
 *
 * - A bad value throws an `AgoraTokenError` that names it; there `agora-token` returns `""`, packs something else, or throws
 *   as well. `docs/compat.md` lists every difference.
 * - Browsers, and workers without `node:crypto`, cannot do this synchronously, and every builder here says so with the code
 *   `crypto-unavailable`. `buildToken` and the asynchronous builders of the main entry run there.
 *
 * @module
 */
import { BUILDERS } from "./builders.ts";
import { builtToken } from "./awaited.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES } from "../formats/access_token2/services.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import { type Seconds, uidText } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { integer, record, U32_MAX } from "../validate.ts";
import type { SynchronousEngine } from "../runtime/engine.ts";
import { synchronousEngine } from "../runtime/synchronous.ts";

export { RtcRole } from "./builders.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
export type { Seconds } from "../formats/common.ts";

/** A user: a number is a uid (0 means anyone), a text is an account or user id as it stands. */
export type User = string | number;

/** The arguments of the builders that give RTC and RTM a user and a life each. Only role 1 may publish. */
export type AgentArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  rtcAccount: User,
  rtcRole: number,
  rtcTokenExpire: Seconds,
  joinChannelPrivilegeExpire: Seconds,
  pubAudioPrivilegeExpire: Seconds,
  pubVideoPrivilegeExpire: Seconds,
  pubDataStreamPrivilegeExpire: Seconds,
  rtmUserId: User,
  rtmTokenExpire: Seconds,
];

/** The arguments of the builders that take a life for each privilege. */
export type PrivilegeArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  user: User,
  tokenExpire: Seconds,
  joinChannelPrivilegeExpire: Seconds,
  pubAudioPrivilegeExpire: Seconds,
  pubVideoPrivilegeExpire: Seconds,
  pubDataStreamPrivilegeExpire: Seconds,
];

/** The arguments of the builders that take a role; `privilegeExpire` is 0 if omitted. */
export type RoleArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  user: User,
  role: number,
  tokenExpire: Seconds,
  privilegeExpire?: Seconds,
];

/** What builds RTC tokens. Times are seconds from now; only role 1 may publish. */
export interface RtcTokenBuilderFamily {
  /** For a numeric uid; 0 means anyone. */
  buildTokenWithUid(...args: RoleArguments): string;
  /** For a user account. The account `"0"` is an account, not the wildcard. */
  buildTokenWithUserAccount(...args: RoleArguments): string;
  /** For a numeric uid, with a life for each of the four privileges. */
  buildTokenWithUidAndPrivilege(...args: PrivilegeArguments): string;
  /** For a user account, with a life for each of the four privileges. Its name begins with a capital, as there. */
  BuildTokenWithUserAccountAndPrivilege(...args: PrivilegeArguments): string;
  /** RTC and RTM for one account. The RTM login lasts `tokenExpire`, whatever `privilegeExpire` says. */
  buildTokenWithRtm(...args: RoleArguments): string;
  /** RTC and RTM (the service RTM, not RTM2) with a user and a life for each. */
  buildTokenWithRtm2(...args: AgentArguments): string;
}

/** What builds RTM tokens. */
export interface RtmTokenBuilderFamily {
  /** Logging in as `userId` for `expire` seconds. */
  buildToken(appId: string, appCertificate: string, userId: User, expire: Seconds): string;
  /** Logging in (service RTM2) with permissions for single resources; none if they are missing. */
  buildTokenWithPermissions(
    appId: string,
    appCertificate: string,
    userId: User,
    permissions: Rtm2Permissions | null | undefined,
    expire: Seconds,
  ): string;
}

/** What builds Chat tokens. */
export interface ChatTokenBuilderFamily {
  /** For one user's client. */
  buildUserToken(appId: string, appCertificate: string, userId: User, expire: Seconds): string;
  /** For REST calls. It is an administrator's key and must never reach a client. */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): string;
}

/** What builds APaaS (Flexible Classroom, education) tokens. */
export interface ApaasTokenBuilderFamily {
  /** A user in a room: APaaS, RTM and Chat in one token; the Chat user is the MD5 of `userUuid` in hex. */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: User,
    role: number,
    expire: Seconds,
  ): string;
  /** A user without a room. */
  buildUserToken(appId: string, appCertificate: string, userUuid: User, expire: Seconds): string;
  /** The whole app. It is an administrator's key and must never reach a client. */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): string;
}

/** What builds FPA tokens. */
export interface FpaTokenBuilderFamily {
  /** A token for 24 hours. */
  buildToken(appId: string, appCertificate: string): string;
}

/** What builds tokens for agents: RTC, RTM and the mark of the service. */
export interface AgentTokenBuilderFamily {
  /** RTC and RTM with a user and a life for each, and the service that the family is named after. */
  buildToken(...args: AgentArguments): string;
}

/** RTC tokens. */
export const RtcTokenBuilder: RtcTokenBuilderFamily = /* @__PURE__ */ family("rtc", {
  buildTokenWithUserAccountAndPrivilege: "BuildTokenWithUserAccountAndPrivilege",
});
/** RTM tokens. */
export const RtmTokenBuilder: RtmTokenBuilderFamily = /* @__PURE__ */ family("rtm");
/** Chat tokens. */
export const ChatTokenBuilder: ChatTokenBuilderFamily = /* @__PURE__ */ family("chat");
/** APaaS tokens. */
export const ApaasTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ family("apaas");
/** Education tokens; they are APaaS tokens. */
export const EducationTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ family("education");
/** FPA tokens. */
export const FpaTokenBuilder: FpaTokenBuilderFamily = /* @__PURE__ */ family("fpa");
/** Tokens for Conversational AI agents. */
export const ConvoAITokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ family("convoai");
/** Tokens for speech-to-text agents. */
export const SttTokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ family("stt");

/** Permissions of an RTM2 token for single resources. */
export class Rtm2Permissions {
  /** The message channels. */
  static readonly kMessageChannels: number = RTM2_RESOURCES.messageChannels!;
  /** The stream channels. */
  static readonly kStreamChannels: number = RTM2_RESOURCES.streamChannels!;
  /** The group channels. */
  static readonly kGroupChannels: number = RTM2_RESOURCES.groupChannels!;
  /** The server groups. */
  static readonly kServerGroups: number = RTM2_RESOURCES.serverGroups!;
  /** The users. */
  static readonly kUsers: number = RTM2_RESOURCES.users!;
  /** Reading. */
  static readonly kRead: number = RTM2_PERMISSIONS.read!;
  /** Writing. */
  static readonly kWrite: number = RTM2_PERMISSIONS.write!;

  /** The names by resource type and permission type. */
  details: { [resourceType: number]: { [permissionType: number]: string[] } } = {};

  /** Sets the names for a resource type and a permission type; those set before are replaced. */
  add(resourceType: number, permissionType: number, resources: Iterable<string>): void {
    (this.details[resourceType] ??= {})[permissionType] = Array.from(resources);
  }
}

/** The arguments in which a user may be a number. */
const USERS = ["uid", "account", "rtcAccount", "rtmUserId", "userId", "userUuid"];

/** The methods of one family of the table, synchronous, with the names that some have here. */
function family<Family>(name: string, renamed: Readonly<Record<string, string>> = {}): Family {
  const methods = Object.entries(BUILDERS[name]!).map(([method, { args }]) => [
    renamed[method] ?? method,
    (appId: string, appCertificate: string, ...values: unknown[]) => {
      const converted = values.map((value, index) => convert(args[index]!, value));
      return pack007(builtToken(`${name}.${method}`, appId, converted), appCertificate, synchronous());
    },
  ]);
  return Object.fromEntries(methods) as Family;
}

/** An argument as the table takes it. */
function convert(name: string, value: unknown): unknown {
  if (USERS.includes(name) && typeof value === "number") return uidText(integer(name, value, 0, U32_MAX));
  if (name === "permissions" && value !== null && value !== undefined) {
    return record("permissions.details", record(name, value).details);
  }
  return value ?? undefined; // null too stands for a default
}

let chosen: SynchronousEngine | undefined;

function synchronous(): SynchronousEngine {
  chosen ??= synchronousEngine();
  if (chosen !== undefined) return chosen;
  throw new AgoraTokenError(
    "crypto-unavailable",
    "This runtime has no synchronous cryptography: use the asynchronous builders of the main entry, which run everywhere",
  );
}
