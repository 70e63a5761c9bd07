import { integer, invalidType, refuse, string, U32_MAX } from "../../validate.ts";
import { packLegacy } from "../../formats/pack.ts";
import { buildLegacy, LEGACY_BUILDERS, presetOf, RtcRole006 } from "./builders.ts";
import type { Token006 } from "../../formats/legacy_types.ts";
import { namedArguments } from "../arguments.ts";
import type * as types from "./types.ts";

// The official builders before 007, under their own names and argument order, asynchronous.

/**
 * RTC tokens of format 006.
 *
 * @deprecated Agora recommends AccessToken2 (007): use `RtcTokenBuilder2`, or `buildToken`.
 */
export const RtcTokenBuilder: types.RtcTokenBuilderFamily = {
  buildTokenWithUid: method("006", "rtc", "number"),
  buildTokenWithAccount: method("006", "rtc", "string"),
  buildTokenWithUidUserDefinedPrivilege: method("006", "rtcPrivileges", "number"),
  buildTokenWithAccountUserDefinedPrivilege: method("006", "rtcPrivileges", "string"),
};

/**
 * RTM tokens of format 006.
 *
 * @deprecated Agora recommends AccessToken2 (007): use `RtmTokenBuilder2`, or `buildToken`.
 */
export const RtmTokenBuilder: types.RtmTokenBuilderFamily = {
  async buildToken(appId, appCertificate, account, role, privilegeExpiredTs) {
    if (role !== 1) refuse("role", "1");
    return await packLegacy(buildLegacy("006", "rtm", appId, { account, privilegeExpiredTs }), appCertificate);
  },
};

/**
 * Tokens of format 006 that start from a role's privileges.
 *
 * @deprecated Agora removed it in 2019; for new tokens use `buildToken`.
 */
export const SimpleTokenBuilder: types.SimpleTokenBuilderFamily = {
  initPrivileges(role) {
    const name = Object.entries(RtcRole006).find(([, number]) => number === role)?.[0].toLowerCase();
    if (name === undefined) refuse("role", "0, 1, 2 or 101");
    return presetOf("role", name);
  },
  async buildToken(appId, appCertificate, channelName, account, privileges) {
    const user = string("account", account);
    const token = buildLegacy("006", "accessToken", appId, { channelName, user, privileges: [] });
    return await packLegacy({ ...token, privileges } as Token006, appCertificate);
  },
};

/**
 * Keys of format "001".
 *
 * @deprecated For SDKs before 1.2.3; newer ones take AccessToken2 (007).
 */
export const DynamicKey: types.DynamicKeyFamily = { generate: method("dynamicKey", "generate") };

/**
 * Keys of format "002".
 *
 * @deprecated For SDKs before 1.2.3; newer ones take AccessToken2 (007).
 */
export const DynamicKey2: types.DynamicKeyWithUserFamily = { generate: method("dynamicKey2", "generate") };

/**
 * Keys of format "003".
 *
 * @deprecated For SDKs from 1.2.3 to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey3: types.DynamicKeyWithUserFamily = { generate: method("dynamicKey3", "generate") };

/**
 * Keys of format "004".
 *
 * @deprecated For SDKs from 1.3.0 to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey4: types.DynamicKey4Family = {
  generateMediaChannelKey: method("dynamicKey4", "mediaChannel"),
  generateRecordingKey: method("dynamicKey4", "recording"),
  generatePublicSharingKey: method("dynamicKey4", "publicSharing"),
};

/**
 * Keys of format "005".
 *
 * @deprecated For SDKs from 1.3.0 (with permissions from 1.7.0) to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey5: types.DynamicKey5Family = {
  noUpload: "0",
  audioVideoUpload: "3",
  generateMediaChannelKey: method("dynamicKey5", "mediaChannel"),
  generateRecordingKey: method("dynamicKey5", "recording"),
  generatePublicSharingKey: method("dynamicKey5", "publicSharing"),
  generateInChannelPermissionKey: method("dynamicKey5", "inChannelPermission"),
};

/**
 * Tokens of the first Signaling SDK.
 *
 * @deprecated For the Signaling SDK before RTM; RTM takes AccessToken2 (007).
 */
export const SignalingToken: types.SignalingTokenFamily = {
  getToken: method("signaling", "generate"),
  async getTokenForSecondsFromNow(appId, appCertificate, account, seconds) {
    const now = Math.floor(Date.now() / 1000);
    const expiredTs = now + integer("seconds", seconds, 0, U32_MAX - now);
    return await packLegacy({ version: "signaling", appId, account, expiredTs }, appCertificate);
  },
};

/**
 * One builder of the table, taking its arguments in their order after App ID and certificate.
 *
 * @param userType The type of the `user` argument: a uid is a number, an account a string.
 */
function method(
  format: string,
  builder: string,
  userType?: "number" | "string",
  // deno-lint-ignore no-explicit-any -- the families say which arguments each takes
): (...values: any[]) => Promise<string> {
  const { args } = LEGACY_BUILDERS[format]![builder]!;
  return async (...values: unknown[]) => {
    const [appId, appCertificate, ...rest] = values as [string, string, ...unknown[]];
    const named = namedArguments(args, rest);
    if (userType !== undefined && typeof named.user !== userType) {
      throw invalidType(userType === "number" ? "uid" : "account", `a ${userType}`, named.user);
    }
    return await packLegacy(buildLegacy(format, builder, appId, named), appCertificate);
  };
}
