import type { Seconds } from "../formats/common.ts";

// The official builders of 007 (format notes §7), asynchronous in the main entry and synchronous in `./compat`: what a method
// gives is its `Result`, and what names a user its `Uid`, `Account` or `User`. The sources in AgoraIO/Tools are in its folder
// DynamicKey/AgoraDynamicKey. All times are seconds from now, never Unix times.

/** A builder that gives RTC and RTM a user and a lifetime each. Only role 1 may publish. */
export type BuildAgentToken<Account, Result> = (
  appId: string,
  appCertificate: string,
  channelName: string,
  rtcAccount: Account,
  rtcRole: number,
  rtcTokenExpire: Seconds,
  joinChannelPrivilegeExpire: Seconds,
  pubAudioPrivilegeExpire: Seconds,
  pubVideoPrivilegeExpire: Seconds,
  pubDataStreamPrivilegeExpire: Seconds,
  rtmUserId: Account,
  rtmTokenExpire: Seconds,
) => Result;

/** A builder that takes an account, a role, and one duration for the role's privileges. */
export type BuildTokenByRole<Account, Result> = (
  appId: string,
  appCertificate: string,
  channelName: string,
  account: Account,
  role: number,
  tokenExpire: Seconds,
  privilegeExpire?: Seconds,
) => Result;

/** The official builders of RTC tokens. Times are seconds from now; 0 is packed as 0. */
export interface RtcFamily<Uid, Account, Result> {
  /**
   * A token for one numeric uid in a channel, with the same duration for each privilege that its role has.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6.
   * PHP packs uid 0 as `"0"` (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone. In `./compat` a string is an account.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: Uid,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Result;
  /**
   * A token for one user account in a channel, with the same duration for each privilege that its role has. The account `"0"`
   * is an account, not anyone.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account, at most 65,535 bytes of UTF-8; `""` means anyone. In `./compat` a number is a uid.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithUserAccount: BuildTokenByRole<Account, Result>;
  /**
   * A token for one numeric uid in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6.
   * PHP packs uid 0 as `"0"` (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone. In `./compat` a string is an account.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithUidAndPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: Uid,
    tokenExpire: Seconds,
    joinChannelPrivilegeExpire: Seconds,
    pubAudioPrivilegeExpire: Seconds,
    pubVideoPrivilegeExpire: Seconds,
    pubDataStreamPrivilegeExpire: Seconds,
  ): Result;
  /**
   * A token for one user account in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6, where its name begins with a capital,
   * as in `./compat`;
   * `python3/src/RtcTokenBuilder2.py`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account, at most 65,535 bytes of UTF-8; `""` means anyone. In `./compat` a number is a uid.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithUserAccountAndPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: Account,
    tokenExpire: Seconds,
    joinChannelPrivilegeExpire: Seconds,
    pubAudioPrivilegeExpire: Seconds,
    pubVideoPrivilegeExpire: Seconds,
    pubDataStreamPrivilegeExpire: Seconds,
  ): Result;
  /**
   * A token for RTC and RTM with one account. The RTM login lasts `tokenExpire`, whatever `privilegeExpire` is.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account in RTC and the RTM user id, at most 65,535 bytes of UTF-8. In `./compat` a number is read
   * as
   * its decimal digits, and 0 as `""`.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithRtm: BuildTokenByRole<Account, Result>;
  /**
   * A token for RTC and RTM (type 2, RTM, in spite of its name) with a user and a lifetime for each.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user account in RTC, at most 65,535 bytes of UTF-8; `""` means anyone. In `./compat` a number is a
   * uid.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithRtm2: BuildAgentToken<Account, Result>;
}

/** The official builders of RTM tokens. */
export interface RtmFamily<User, Permissions, Result> {
  /**
   * A token for logging in to RTM (Signaling).
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtmTokenBuilder2.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildToken(appId: string, appCertificate: string, userId: User, expire: Seconds): Result;
  /**
   * A token for logging in to RTM with permissions for single resources (type 8, RTM2).
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtmTokenBuilder2.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param permissions What the user may read and write, by resource type; none if `undefined`, and in `./compat` if `null`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildTokenWithPermissions(
    appId: string,
    appCertificate: string,
    userId: User,
    permissions: Permissions,
    expire: Seconds,
  ): Result;
}

/** The official builders of Chat tokens. */
export interface ChatFamily<User, Result> {
  /**
   * A token for the client of one Chat user.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ChatTokenBuilder.js` and npm agora-token 2.0.6; `buildChatUserToken` in Go, Rust, Lua
   * and Dart.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The Chat user, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildUserToken(appId: string, appCertificate: string, userId: User, expire: Seconds): Result;
  /**
   * A token for Chat's REST calls. It is an administrator's key and must never reach a client.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ChatTokenBuilder.js` and npm agora-token 2.0.6; `buildChatAppToken` in Go, Rust, Lua
   * and Dart.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Result;
}

/** The official builders of APaaS (Flexible Classroom, education) tokens. */
export interface ApaasFamily<User, Result> {
  /**
   * A token for one user in a room: APaaS, RTM and Chat in one. The Chat user is the MD5 of `userUuid` in lower-case hex.
   *
   * Source: AgoraIO/Tools, `python3/src/apaas_token_builder.py`. Node (npm agora-token 2.0.6 too), Java and C# leave out the
   * privilege of APaaS, and some pack role 0 as −1 (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param roomUuid The room, at most 65,535 bytes of UTF-8.
   * @param userUuid The user, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param role The role in the room, −32,768 to 32,767.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: User,
    role: number,
    expire: Seconds,
  ): Result;
  /**
   * A token for one user without a room.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ApaasTokenBuilder.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userUuid The user, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildUserToken(appId: string, appCertificate: string, userUuid: User, expire: Seconds): Result;
  /**
   * A token for the whole app. It is an administrator's key and must never reach a client.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ApaasTokenBuilder.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Result;
}

/** The official builder of FPA tokens. */
export interface FpaFamily<Result> {
  /**
   * A token for the full-path accelerator with a lifetime of 24 hours.
   *
   * Source: AgoraIO/Tools, `nodejs/src/FpaTokenBuilder.js` and npm agora-token 2.0.6.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildToken(appId: string, appCertificate: string): Result;
}

/** The official builders of tokens for agents: RTC, RTM, and the service that marks the token. */
export interface AgentFamily<Account, Result> {
  /**
   * A token for RTC and RTM with a user and a lifetime for each, and for the service that the family is named after.
   *
   * Source: npm agora-token 2.0.6, `src/ConvoAITokenBuilder.js` and `src/SttTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user account in RTC, at most 65,535 bytes of UTF-8; `""` means anyone. In `./compat` a number is a
   * uid.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id, at most 65,535 bytes of UTF-8. In `./compat` a number is read as its decimal digits, and
   * 0 as `""`.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection where the result is a promise: `invalid-type`, `invalid-value` (a value outside
   * its range), `unknown-field` (too many arguments), `crypto-unavailable` (no WebCrypto; in `./compat`, no `node:crypto`).
   */
  buildToken: BuildAgentToken<Account, Result>;
}
