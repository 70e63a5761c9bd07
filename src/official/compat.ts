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
import { BUILDERS } from "./builders.ts";
import { builtToken } from "./awaited.ts";
import type * as types from "./compat_types.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import { uidText } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { integer, record, U32_MAX } from "../validate.ts";
import type { SynchronousEngine } from "../runtime/engine.ts";
import { synchronousEngine } from "../runtime/synchronous.ts";

export { RtcRole } from "./builders.ts";
export type * from "./compat_types.ts";
export { Rtm2Permissions } from "./rtm2_permissions.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
export type { Seconds } from "../formats/common.ts";

/** RTC tokens. */
export const RtcTokenBuilder: types.RtcTokenBuilderFamily = /* @__PURE__ */ family("rtc", {
  buildTokenWithUserAccountAndPrivilege: "BuildTokenWithUserAccountAndPrivilege",
});
/** RTM tokens. */
export const RtmTokenBuilder: types.RtmTokenBuilderFamily = /* @__PURE__ */ family("rtm");
/** Chat tokens. */
export const ChatTokenBuilder: types.ChatTokenBuilderFamily = /* @__PURE__ */ family("chat");
/** APaaS tokens. */
export const ApaasTokenBuilder: types.ApaasTokenBuilderFamily = /* @__PURE__ */ family("apaas");
/** Education tokens; they are APaaS tokens. */
export const EducationTokenBuilder: types.ApaasTokenBuilderFamily = /* @__PURE__ */ family("education");
/** FPA tokens. */
export const FpaTokenBuilder: types.FpaTokenBuilderFamily = /* @__PURE__ */ family("fpa");
/** Tokens for Conversational AI agents. */
export const ConvoAITokenBuilder: types.AgentTokenBuilderFamily = /* @__PURE__ */ family("convoai");
/** Tokens for speech-to-text agents. */
export const SttTokenBuilder: types.AgentTokenBuilderFamily = /* @__PURE__ */ family("stt");

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
  return value ?? undefined; // null also stands for a default
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
