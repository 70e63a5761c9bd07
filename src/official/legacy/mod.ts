/**
 * The official builders of every format before AccessToken2, under their own names and argument order: complete, and
 * deprecated. Every time is a Unix time, unlike in 007. `parseToken`, `verifyToken` and `packToken` of the main entry also take
 * these formats.
 *
 * ```ts
 * import { RtcTokenBuilder } from "@agoratoken/agoratoken/legacy";
 * import { assert } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const inAnHour = Math.floor(Date.now() / 1000) + 3600; // a Unix time: in 007 it is 3600
 * const token = await RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1001, 1, inAnHour);
 * assert(token.startsWith("006"));
 * ```
 *
 * @module
 */
export { RtcRole006 } from "./builders.ts";
export { type Candidates, matchCandidates } from "../../formats/candidates.ts";
export { guessNames, type GuessOptions } from "../../formats/guess.ts";
export {
  DynamicKey,
  DynamicKey2,
  DynamicKey3,
  DynamicKey4,
  DynamicKey5,
  RtcTokenBuilder,
  RtmTokenBuilder,
  SignalingToken,
  SimpleTokenBuilder,
} from "./families.ts";
export type * from "./types.ts";
export type { ParsedToken006, Privilege006 } from "../../formats/legacy_types.ts";
export type { PrivilegesUntil, Seconds, UnixSeconds } from "../../formats/common.ts";
