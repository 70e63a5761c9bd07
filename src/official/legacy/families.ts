import type { Privileges, Seconds } from "../../formats/common.ts";
import { AgoraTokenError, invalidType } from "../../errors.ts";
import { integer, refuse, string, U32_MAX } from "../../validate.ts";
import { engine } from "../../runtime/choose.ts";
import type { Awaitable, Engine } from "../../runtime/engine.ts";
import { pack006 } from "../../formats/access_token.ts";
import { buildLegacy, LEGACY_BUILDERS, presetOf, type ROLE_PRIVILEGES, RtcRole006 } from "./builders.ts";
import { packColumns } from "../../formats/dynamic_keys/columns.ts";
import { pack005 } from "../../formats/dynamic_keys/dynamic_key5.ts";
import { packSignaling } from "../../formats/signaling.ts";
import type { LegacyToken, Privilege006, Token006 } from "../../formats/legacy_types.ts";

// The official builders before 007, under their own names and argument order, asynchronous. All times are absolute Unix
// seconds. Every method rejects with an AgoraTokenError that names the argument.

/** The official 006 builders of RTC tokens. */
export interface RtcTokenBuilderFamily {
  /** For a numeric uid; 0 means anyone. Roles 0, 1 and 101 publish, every other only joins. */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    role: number,
    privilegeExpiredTs: Seconds,
  ): Promise<string>;
  /** For a user account. The account `"0"` is an account, not the wildcard. */
  buildTokenWithAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    privilegeExpiredTs: Seconds,
  ): Promise<string>;
  /** For a numeric uid, with an end for each privilege. */
  buildTokenWithUidUserDefinedPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    joinChannelPrivilegeExpiredTs: Seconds,
    pubAudioPrivilegeExpiredTs: Seconds,
    pubVideoPrivilegeExpiredTs: Seconds,
    pubDataStreamPrivilegeExpiredTs: Seconds,
  ): Promise<string>;
  /** For a user account, with an end for each privilege. */
  buildTokenWithAccountUserDefinedPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    joinChannelPrivilegeExpiredTs: Seconds,
    pubAudioPrivilegeExpiredTs: Seconds,
    pubVideoPrivilegeExpiredTs: Seconds,
    pubDataStreamPrivilegeExpiredTs: Seconds,
  ): Promise<string>;
}

/** The official 006 builder of RTM tokens. */
export interface RtmTokenBuilderFamily {
  /** Logging in as `account`. There is one role, 1, and it changes nothing. */
  buildToken(
    appId: string,
    appCertificate: string,
    account: string,
    role: number,
    privilegeExpiredTs: Seconds,
  ): Promise<string>;
}

/** The 006 builder of 2018, which starts from the privileges of a role. */
export interface SimpleTokenBuilderFamily {
  /** The privileges of a role (0 attendee, 1 publisher, 2 subscriber, 101 admin), each with expiry 0, to change at will. */
  initPrivileges(role: number): Privileges<Privilege006>;
  /** A token for a user account with the privileges given. */
  buildToken(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    privileges: Privileges<Privilege006>,
  ): Promise<string>;
}

/** The arguments of a dynamic key with a user. */
export type KeyArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  unixTs: Seconds,
  randomInt: number,
  uid: number,
  expiredTs: Seconds,
];

/** The official builder of "001" keys. */
export interface DynamicKeyFamily {
  /** A key for a channel, without user and end. */
  generate(
    appId: string,
    appCertificate: string,
    channelName: string,
    unixTs: Seconds,
    randomInt: number,
  ): Promise<string>;
}

/** The official builder of "002" and "003" keys. */
export interface DynamicKeyWithUserFamily {
  /** A key for a channel and a user; uid 0 for anyone. */
  generate(...args: KeyArguments): Promise<string>;
}

/** The official builders of "004" keys. */
export interface DynamicKey4Family {
  /** For joining a channel. */
  generateMediaChannelKey(...args: KeyArguments): Promise<string>;
  /** For the recording service. */
  generateRecordingKey(...args: KeyArguments): Promise<string>;
  /** For public sharing. */
  generatePublicSharingKey(...args: KeyArguments): Promise<string>;
}

/** The official builders of "005" keys. */
export interface DynamicKey5Family extends DynamicKey4Family {
  /** What `permission` says for no upload. */
  readonly noUpload: "0";
  /** What `permission` says for audio and video upload. */
  readonly audioVideoUpload: "3";
  /** For publishing in a channel: `permission` is `noUpload` or `audioVideoUpload`. */
  generateInChannelPermissionKey(...args: [...KeyArguments, permission: string]): Promise<string>;
}

/** The official builder of SignalingTokens, with an absolute end. */
export interface SignalingTokenFamily {
  /** A token that ends at an absolute Unix time. */
  getToken(appId: string, appCertificate: string, account: string, expiredTs: Seconds): Promise<string>;
  /** A token that ends some seconds from now. */
  getTokenForSecondsFromNow(appId: string, appCertificate: string, account: string, seconds: Seconds): Promise<string>;
}

/**
 * RTC tokens of format 006.
 *
 * @deprecated Agora recommends AccessToken2 (007): use `RtcTokenBuilder2`, or `buildToken`.
 */
export const RtcTokenBuilder: RtcTokenBuilderFamily = {
  buildTokenWithUid: method("006", "rtc", pack006, "number"),
  buildTokenWithAccount: method("006", "rtc", pack006, "string"),
  buildTokenWithUidUserDefinedPrivilege: method("006", "rtcPrivileges", pack006, "number"),
  buildTokenWithAccountUserDefinedPrivilege: method("006", "rtcPrivileges", pack006, "string"),
};

/**
 * RTM tokens of format 006.
 *
 * @deprecated Agora recommends AccessToken2 (007): use `RtmTokenBuilder2`, or `buildToken`.
 */
export const RtmTokenBuilder: RtmTokenBuilderFamily = {
  async buildToken(appId, appCertificate, account, role, privilegeExpiredTs) {
    if (role !== 1) refuse("role", "1");
    const token = buildLegacy("006", "rtm", appId, { account, privilegeExpiredTs }) as Token006;
    return await pack006(token, appCertificate, engine());
  },
};

/**
 * Tokens of format 006 that start from a role's privileges.
 *
 * @deprecated Agora removed it in 2019; for new tokens use `buildToken`.
 */
export const SimpleTokenBuilder: SimpleTokenBuilderFamily = {
  initPrivileges(role) {
    const name = Object.entries(RtcRole006).find(([, number]) => number === role)?.[0].toLowerCase();
    if (name === undefined) refuse("role", "0, 1, 2 or 101");
    return presetOf(name as keyof typeof ROLE_PRIVILEGES);
  },
  async buildToken(appId, appCertificate, channelName, account, privileges) {
    const user = string("account", account);
    const token = buildLegacy("006", "accessToken", appId, { channelName, user, privileges: [] }) as Token006;
    return await pack006({ ...token, privileges }, appCertificate, engine());
  },
};

/**
 * Keys of format "001".
 *
 * @deprecated For SDKs before 1.2.3; newer ones take AccessToken2 (007).
 */
export const DynamicKey: DynamicKeyFamily = { generate: method("dynamicKey", "generate", packColumns) };

/**
 * Keys of format "002".
 *
 * @deprecated For SDKs before 1.2.3; newer ones take AccessToken2 (007).
 */
export const DynamicKey2: DynamicKeyWithUserFamily = { generate: method("dynamicKey2", "generate", packColumns) };

/**
 * Keys of format "003".
 *
 * @deprecated For SDKs from 1.2.3 to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey3: DynamicKeyWithUserFamily = { generate: method("dynamicKey3", "generate", packColumns) };

/**
 * Keys of format "004".
 *
 * @deprecated For SDKs from 1.3.0 to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey4: DynamicKey4Family = {
  generateMediaChannelKey: method("dynamicKey4", "mediaChannel", packColumns),
  generateRecordingKey: method("dynamicKey4", "recording", packColumns),
  generatePublicSharingKey: method("dynamicKey4", "publicSharing", packColumns),
};

/**
 * Keys of format "005".
 *
 * @deprecated For SDKs from 1.3.0 (with permissions from 1.7.0) to 2.0; newer ones take AccessToken2 (007).
 */
export const DynamicKey5: DynamicKey5Family = {
  noUpload: "0",
  audioVideoUpload: "3",
  generateMediaChannelKey: method("dynamicKey5", "mediaChannel", pack005),
  generateRecordingKey: method("dynamicKey5", "recording", pack005),
  generatePublicSharingKey: method("dynamicKey5", "publicSharing", pack005),
  generateInChannelPermissionKey: method("dynamicKey5", "inChannelPermission", pack005),
};

/**
 * Tokens of the first Signaling SDK.
 *
 * @deprecated For the Signaling SDK before RTM; RTM takes AccessToken2 (007).
 */
export const SignalingToken: SignalingTokenFamily = {
  getToken: method("signaling", "generate", packSignaling),
  async getTokenForSecondsFromNow(appId, appCertificate, account, seconds) {
    const now = Math.floor(Date.now() / 1000);
    const expiredTs = now + integer("seconds", seconds, 0, U32_MAX - now);
    return await packSignaling({ version: "signaling", appId, account, expiredTs }, appCertificate);
  },
};

/**
 * One builder of the table, taking its arguments in their order behind App ID and certificate.
 *
 * @param pack The packer of its format.
 * @param userType The type of the `user` argument: a uid is a number, an account a string.
 */
function method<Token extends LegacyToken>(
  format: string,
  builder: string,
  pack: (token: Token, appCertificate: string, engine: Engine) => Awaitable<string>,
  userType?: "number" | "string",
): (...values: never[]) => Promise<string> {
  const { args } = LEGACY_BUILDERS[format]![builder]!;
  return async (...values: unknown[]) => {
    const [appId, appCertificate, ...rest] = values as [string, string, ...unknown[]];
    if (rest.length > args.length) {
      const expected = ["appId", "appCertificate", ...args].join(", ");
      throw new AgoraTokenError("unknown-field", `The builder takes ${expected}`, { field: "arguments", expected });
    }
    const named = Object.fromEntries(rest.map((value, index) => [args[index], value]));
    if (userType !== undefined && typeof named.user !== userType) {
      throw invalidType(userType === "number" ? "uid" : "account", `a ${userType}`, named.user);
    }
    return await pack(buildLegacy(format, builder, appId, named) as Token, appCertificate, engine());
  };
}
