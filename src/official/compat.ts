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
 * - A bad value throws an `AgoraTokenError` that names it; where `agora-token` returns `""`, packs something else, or also
 *   throws. `docs/compat.md` lists every difference.
 * - Browsers, and workers without `node:crypto`, have no synchronous cryptography: every builder here throws the code
 *   `crypto-unavailable` there. Use `buildToken` or the asynchronous builders of the main entry.
 *
 * @module
 */
import { family, RtcRole } from "./builders.ts";
import type { AgentFamily, ApaasFamily, ChatFamily, FpaFamily, RtcFamily, RtmFamily } from "./families.ts";
import { Rtm2Permissions } from "./rtm2_permissions.ts";
import { type User, userText } from "./arguments.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import { record } from "../validate.ts";
import { chosenEngine } from "./synchronous.ts";

export { RtcRole, RtcRole as Role, Rtm2Permissions };
export * from "./access_token2.ts";
export type { User } from "./arguments.ts";
export type * from "./families.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
export type { Seconds } from "../formats/common.ts";

// docs/compat.md lists every difference from npm agora-token. `Role` and what access_token2.ts has stand in the package's own files,
// `src/RtcTokenBuilder2` and `src/AccessToken2`, which programs import too.

/** The builders of RTC tokens, synchronous. */
export interface RtcTokenBuilderFamily extends Omit<RtcFamily<User, User, string>, "buildTokenWithUserAccountAndPrivilege"> {
  /**
   * A token for one user account in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0. The name begins with a capital, as in `agora-token`.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account: a number is a uid (0 means anyone), a string is used as it is; at most 65,535 bytes of UTF-8.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  BuildTokenWithUserAccountAndPrivilege: RtcFamily<User, User, string>["buildTokenWithUserAccountAndPrivilege"];
}
/** The builders of RTM tokens, synchronous. */
export interface RtmTokenBuilderFamily extends RtmFamily<User, Rtm2Permissions | null | undefined, string> {}
/** The builders of Chat tokens, synchronous. */
export interface ChatTokenBuilderFamily extends ChatFamily<User, string> {}
/** The builders of APaaS (Flexible Classroom, education) tokens, synchronous. */
export interface ApaasTokenBuilderFamily extends ApaasFamily<User, string> {}
/** The builder of FPA tokens, synchronous. */
export interface FpaTokenBuilderFamily extends FpaFamily<string> {}
/** The builder of tokens for agents, synchronous. */
export interface AgentTokenBuilderFamily extends AgentFamily<User, string> {}

/** RTC tokens. */
export const RtcTokenBuilder: RtcTokenBuilderFamily = /* @__PURE__ */ rtc();
/** RTM tokens. */
export const RtmTokenBuilder: RtmTokenBuilderFamily = /* @__PURE__ */ synchronous("rtm");
/** Chat tokens. */
export const ChatTokenBuilder: ChatTokenBuilderFamily = /* @__PURE__ */ synchronous("chat");
/** APaaS tokens. */
export const ApaasTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ synchronous("apaas");
/** Education tokens; they are APaaS tokens. */
export const EducationTokenBuilder: ApaasTokenBuilderFamily = /* @__PURE__ */ synchronous("education");
/** FPA tokens. */
export const FpaTokenBuilder: FpaTokenBuilderFamily = /* @__PURE__ */ synchronous("fpa");
/** Tokens for Conversational AI agents. */
export const ConvoAITokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ synchronous("convoai");
/** Tokens for speech-to-text agents. */
export const SttTokenBuilder: AgentTokenBuilderFamily = /* @__PURE__ */ synchronous("stt");

/** The family of RTC, in which one method begins with a capital. */
function rtc(): RtcTokenBuilderFamily {
  const { buildTokenWithUserAccountAndPrivilege, ...family } = synchronous<RtcFamily<User, User, string>>("rtc");
  return {
    ...family,
    buildTokenWithUid: warning("buildTokenWithUid", family.buildTokenWithUid),
    buildTokenWithUserAccount: warning("buildTokenWithUserAccount", family.buildTokenWithUserAccount),
    BuildTokenWithUserAccountAndPrivilege: buildTokenWithUserAccountAndPrivilege,
  };
}

/** From here on a number is a Unix time (of 2001 or later), and no lifetime. */
const UNIX_TIME = 1_000_000_000;
let hasWarned = false;

/** A builder that warns, once, where it is called as `agora-access-token` is: with six arguments and a Unix time. */
function warning<Args extends unknown[]>(name: string, build: (...args: Args) => string): (...args: Args) => string {
  return (...args) => {
    if (args.length === 6 && Number(args[5]) >= UNIX_TIME && !hasWarned) {
      hasWarned = true;
      console.warn(
        `agoratoken: ${name}() got the arguments of agora-access-token: a Unix time, and no lifetime of the privileges. The token is ` +
          "as agora-token makes it. Give two lifetimes in seconds, such as 3600, 3600, or import ./access-token for tokens of format 006.",
      );
    }
    return build(...args);
  };
}

function synchronous<Family>(name: string): Family {
  return family(name, (token, appCertificate) => pack007(token(), appCertificate, chosenEngine()), convert);
}

/** The arguments that name a user, which may be numbers here. */
const USERS: ReadonlySet<string> = /* @__PURE__ */ new Set(["uid", "account", "rtcAccount", "rtmUserId", "userId", "userUuid"]);

/** An argument as the table takes it: a user may be a number, and `null` also stands for a default. */
function convert(name: string, value: unknown): unknown {
  if (typeof value === "number" && USERS.has(name)) return userText(name, value);
  if (name !== "permissions") return value ?? undefined;
  return value && record("permissions.details", record(name, value).details);
}

/** Every name of npm `agora-token` in one object, as its default import has them. */
const everything: {
  RtcTokenBuilder: RtcTokenBuilderFamily;
  RtcRole: typeof RtcRole;
  RtmTokenBuilder: RtmTokenBuilderFamily;
  ChatTokenBuilder: ChatTokenBuilderFamily;
  ApaasTokenBuilder: ApaasTokenBuilderFamily;
  EducationTokenBuilder: ApaasTokenBuilderFamily;
  FpaTokenBuilder: FpaTokenBuilderFamily;
  ConvoAITokenBuilder: AgentTokenBuilderFamily;
  SttTokenBuilder: AgentTokenBuilderFamily;
  Rtm2Permissions: typeof Rtm2Permissions;
} = {
  RtcTokenBuilder,
  RtcRole,
  RtmTokenBuilder,
  ChatTokenBuilder,
  ApaasTokenBuilder,
  EducationTokenBuilder,
  FpaTokenBuilder,
  ConvoAITokenBuilder,
  SttTokenBuilder,
  Rtm2Permissions,
};

export default everything;
