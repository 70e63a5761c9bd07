/**
 * The official builders of every format before AccessToken2, under their own names and argument order: complete, and
 * deprecated. `parseToken`, `verifyToken` and `packToken` of the main entry know these formats too.
 *
 * ```ts
 * import { RtcTokenBuilder } from "@agoratoken/agoratoken/legacy";
 * import { assert } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const inAnHour = Math.floor(Date.now() / 1000) + 3600; // absolute, unlike everything in 007
 * const token = await RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1001, 1, inAnHour);
 * assert(token.startsWith("006"));
 * ```
 *
 * @module
 */
export { RtcRole006 } from "./builders.ts";
export { type Candidates, matchCandidates } from "../../formats/candidates.ts";
export {
  DynamicKey,
  DynamicKey2,
  DynamicKey3,
  DynamicKey4,
  type DynamicKey4Family,
  DynamicKey5,
  type DynamicKey5Family,
  type DynamicKeyFamily,
  type DynamicKeyWithUserFamily,
  type KeyArguments,
  RtcTokenBuilder,
  type RtcTokenBuilderFamily,
  RtmTokenBuilder,
  type RtmTokenBuilderFamily,
  SignalingToken,
  type SignalingTokenFamily,
  SimpleTokenBuilder,
  type SimpleTokenBuilderFamily,
} from "./families.ts";
export type { ParsedToken006, Privilege006 } from "../../formats/legacy_types.ts";
export type { Privileges, Seconds } from "../../formats/common.ts";
