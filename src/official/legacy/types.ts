import type { PrivilegesUntil, Seconds, UnixSeconds } from "../../formats/common.ts";
import type { Privilege006 } from "../../formats/legacy_types.ts";

// The asynchronous official builders before 007. The sources in AgoraIO/Tools are in its folder DynamicKey/AgoraDynamicKey. All
// times are Unix times, never seconds from now.

/** The official 006 builders of RTC tokens. */
export interface RtcTokenBuilderFamily {
  /**
   * A token for one numeric uid in a channel, with the same end for each privilege that its role has.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder.js`; in Java and Ruby other roles publish (legacy notes §5).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone.
   * @param role 0 (attendee), 1 (publisher) and 101 (admin) publish; every other number from −32,768 to 32,767 only joins.
   * @param privilegeExpiredTs When each privilege ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself
   * ends 24 hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): Promise<string>;
  /**
   * A token for one user account in a channel, with the same end for each privilege that its role has. The account `"0"` is an
   * account, not anyone.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder.js`; in Java and Ruby other roles publish (legacy notes §5).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param account The user account; `""` means anyone. It is signed, and the token holds its CRC-32; any length.
   * @param role 0 (attendee), 1 (publisher) and 101 (admin) publish; every other number from −32,768 to 32,767 only joins.
   * @param privilegeExpiredTs When each privilege ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself
   * ends 24 hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): Promise<string>;
  /**
   * A token for one numeric uid in a channel, with an end for each of the four privileges. All four are packed, also with 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder.js` of February to April 2021 (commits c2469fe and f03ad93), removed
   * since (legacy notes §1.4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone.
   * @param joinChannelPrivilegeExpiredTs When joining ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubAudioPrivilegeExpiredTs When publishing audio ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubVideoPrivilegeExpiredTs When publishing video ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubDataStreamPrivilegeExpiredTs When publishing data ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithUidUserDefinedPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    joinChannelPrivilegeExpiredTs: UnixSeconds,
    pubAudioPrivilegeExpiredTs: UnixSeconds,
    pubVideoPrivilegeExpiredTs: UnixSeconds,
    pubDataStreamPrivilegeExpiredTs: UnixSeconds,
  ): Promise<string>;
  /**
   * A token for one user account in a channel, with an end for each of the four privileges. All four are packed, also with 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder.js` of February to April 2021 (commits c2469fe and f03ad93), removed
   * since (legacy notes §1.4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param account The user account; `""` means anyone. It is signed, and the token holds its CRC-32; any length.
   * @param joinChannelPrivilegeExpiredTs When joining ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubAudioPrivilegeExpiredTs When publishing audio ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubVideoPrivilegeExpiredTs When publishing video ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @param pubDataStreamPrivilegeExpiredTs When publishing data ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithAccountUserDefinedPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    joinChannelPrivilegeExpiredTs: UnixSeconds,
    pubAudioPrivilegeExpiredTs: UnixSeconds,
    pubVideoPrivilegeExpiredTs: UnixSeconds,
    pubDataStreamPrivilegeExpiredTs: UnixSeconds,
  ): Promise<string>;
}

/** The official 006 builder of RTM tokens. */
export interface RtmTokenBuilderFamily {
  /**
   * A token for logging in to RTM. The account is packed as the channel, and there is no user.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtmTokenBuilder.js` (legacy notes §1.4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param account The RTM account; any length.
   * @param role 1, the only role; it changes nothing.
   * @param privilegeExpiredTs When the RTM login ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself
   * ends 24 hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `crypto-unavailable`
   * (no WebCrypto).
   */
  buildToken(
    appId: string,
    appCertificate: string,
    account: string,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): Promise<string>;
}

/** The 006 builder of 2018 and 2019, which starts from the privileges of a role (legacy notes §1.4). */
export interface SimpleTokenBuilderFamily {
  /**
   * The privileges of a role, each with an end of 0, for the caller to change.
   *
   * Source: AgoraIO/Tools, `nodejs/src/SimpleTokenBuilder.js`, removed in 2019 (legacy notes §1.4).
   *
   * @param role 0 (attendee), 1 (publisher), 2 (subscriber) or 101 (admin); Go, Perl and Python count from 1 to 4 instead.
   * @returns The privileges; to be changed and given to `buildToken`.
   * @throws {AgoraTokenError} `invalid-value` for another role.
   */
  initPrivileges(role: number): PrivilegesUntil<Privilege006>;
  /**
   * A token for one user account in a channel with the privileges given.
   *
   * Source: AgoraIO/Tools, `nodejs/src/SimpleTokenBuilder.js`, removed in 2019 (legacy notes §1.4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param account The user account; `""` means anyone. It is signed, and the token holds its CRC-32; any length.
   * @param privileges What the token allows, and when each privilege ends: Unix time, 0 to 4,294,967,295, not seconds from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `crypto-unavailable`
   * (no WebCrypto).
   */
  buildToken(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    privileges: PrivilegesUntil<Privilege006>,
  ): Promise<string>;
}

/** A builder of a dynamic key with a user. */
export type BuildKey = (
  appId: string,
  appCertificate: string,
  channelName: string,
  unixTs: UnixSeconds,
  randomInt: number,
  uid: number,
  expiredTs: UnixSeconds,
) => Promise<string>;

/** The official builder of "001" keys. */
export interface DynamicKeyFamily {
  /**
   * A key for a channel, without a user and without an end.
   *
   * Source: AgoraIO/Tools, `nodejs/src/DynamicKey.js` (legacy notes §2).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed and not in the key; any length.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @returns The key: 90 characters without a prefix.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generate(
    appId: string,
    appCertificate: string,
    channelName: string,
    unixTs: UnixSeconds,
    randomInt: number,
  ): Promise<string>;
}

/** The official builder of "002" and "003" keys. */
export interface DynamicKeyWithUserFamily {
  /**
   * A key for one user in a channel.
   *
   * Source: AgoraIO/Tools, `cpp/src/DynamicKey2.h` (002) and `nodejs/src/DynamicKey3.js` (003), which differ by their prefix
   * (legacy notes §2).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed and not in the key; any length.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @param uid The user, taken modulo 2³²; 0 means anyone.
   * @param expiredTs When the key ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @returns The key: 110 characters without a prefix (002), or 113 that begin with `003`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generate: BuildKey;
}

/** The official builders of "004" keys. */
export interface DynamicKey4Family {
  /**
   * A key for joining a channel.
   *
   * Source: AgoraIO/Tools, `nodejs/src/DynamicKey4.js` and `nodejs/src/DynamicKey5.js` (legacy notes §2 and §3).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed and not in the key; in 005 at most 65,535 bytes of UTF-8.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @param uid The user, taken modulo 2³²; 0 means anyone.
   * @param expiredTs When the key ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @returns The key; its text begins with `004` or `005`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generateMediaChannelKey: BuildKey;
  /**
   * A key for the recording service.
   *
   * Source: AgoraIO/Tools, `nodejs/src/DynamicKey4.js` and `nodejs/src/DynamicKey5.js` (legacy notes §2 and §3).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed and not in the key; in 005 at most 65,535 bytes of UTF-8.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @param uid The user, taken modulo 2³²; 0 means anyone.
   * @param expiredTs When the key ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @returns The key; its text begins with `004` or `005`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generateRecordingKey: BuildKey;
  /**
   * A key for public sharing.
   *
   * Source: AgoraIO/Tools, `nodejs/src/DynamicKey4.js` and `nodejs/src/DynamicKey5.js`; PHP has none (legacy notes §2 and §3).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed and not in the key; in 005 at most 65,535 bytes of UTF-8.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @param uid The user, taken modulo 2³²; 0 means anyone.
   * @param expiredTs When the key ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @returns The key; its text begins with `004` or `005`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generatePublicSharingKey: BuildKey;
}

/** The official builders of "005" keys (DynamicKey5). */
export interface DynamicKey5Family extends DynamicKey4Family {
  /** The `permission` for no upload. */
  readonly noUpload: "0";
  /** The `permission` for audio and video upload. */
  readonly audioVideoUpload: "3";
  /**
   * A key for publishing in a channel.
   *
   * Source: AgoraIO/Tools, `nodejs/src/DynamicKey5.js` (legacy notes §3).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8. It is signed and not in the key.
   * @param unixTs When the key is made: Unix time, 0 to 4,294,967,295.
   * @param randomInt A random whole number, taken modulo 2³².
   * @param uid The user, taken modulo 2³²; 0 means anyone.
   * @param expiredTs When the key ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @param permission `noUpload` or `audioVideoUpload`; other text is packed as it is, at most 65,535 bytes of UTF-8.
   * @returns The key; its text begins with `005`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  generateInChannelPermissionKey(
    appId: string,
    appCertificate: string,
    channelName: string,
    unixTs: UnixSeconds,
    randomInt: number,
    uid: number,
    expiredTs: UnixSeconds,
    permission: string,
  ): Promise<string>;
}

/** The official builders of SignalingTokens. */
export interface SignalingTokenFamily {
  /**
   * A token that ends at a Unix time.
   *
   * Source: AgoraIO/Tools, `python3/src/SignalingToken.py` (legacy notes §4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param account The Signaling account. It is signed and not in the token; any length.
   * @param expiredTs When the token ends: Unix time, 0 to 4,294,967,295, not seconds from now; 0 for no end of its own.
   * @returns The token; its text begins with `1:`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments).
   */
  getToken(appId: string, appCertificate: string, account: string, expiredTs: UnixSeconds): Promise<string>;
  /**
   * A token that ends some seconds from now.
   *
   * Source: AgoraIO/Tools, `nodejs/src/SignalingToken.js`, where it is named `get` (legacy notes §4).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param account The Signaling account. It is signed and not in the token; any length.
   * @param seconds The token's lifetime: seconds from now, 0 up to a Unix time of 4,294,967,295.
   * @returns The token; its text begins with `1:`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range).
   */
  getTokenForSecondsFromNow(appId: string, appCertificate: string, account: string, seconds: Seconds): Promise<string>;
}
