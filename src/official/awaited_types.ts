import type { Seconds } from "../formats/common.ts";
import type { Rtm2Permissions } from "../formats/access_token2/types.ts";

// The asynchronous official builders of 007 (format notes §7). The sources in AgoraIO/Tools are in its folder
// DynamicKey/AgoraDynamicKey. All times are seconds from now, never Unix times.

/** A builder that gives RTC and RTM a user and a lifetime each. Only role 1 may publish. */
export type BuildAgentToken = (
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
) => Promise<string>;

/** The official builders of RTC tokens. Times are seconds from now; 0 is packed as 0. */
export interface RtcTokenBuilder2Family {
  /**
   * A token for one numeric uid in a channel, with the same duration for each privilege that its role has.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`; PHP packs uid 0 as `"0"` (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /**
   * A token for one user account in a channel, with the same duration for each privilege that its role has. The account `"0"`
   * is an account, not anyone.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account, at most 65,535 bytes of UTF-8; `""` means anyone.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithUserAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /**
   * A token for one numeric uid in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`; PHP packs uid 0 as `"0"` (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
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
  /**
   * A token for one user account in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`, where its name begins with a capital;
   * `python3/src/RtcTokenBuilder2.py`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account, at most 65,535 bytes of UTF-8; `""` means anyone.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
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
  /**
   * A token for RTC and RTM with one account. The RTM login lasts `tokenExpire`, whatever `privilegeExpire` is.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param account The user account in RTC and the RTM user id, at most 65,535 bytes of UTF-8.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithRtm(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: Seconds,
    privilegeExpire?: Seconds,
  ): Promise<string>;
  /**
   * A token for RTC and RTM (type 2, RTM, in spite of its name) with a user and a lifetime for each.
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user account in RTC, at most 65,535 bytes of UTF-8; `""` means anyone.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id, at most 65,535 bytes of UTF-8.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildTokenWithRtm2: BuildAgentToken;
}

/** The official builders of RTM tokens. */
export interface RtmTokenBuilder2Family {
  /**
   * A token for logging in to RTM (Signaling).
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtmTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id, at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildToken(appId: string, appCertificate: string, userId: string, expire: Seconds): Promise<string>;
  /**
   * A token for logging in to RTM with permissions for single resources (type 8, RTM2).
   *
   * Source: AgoraIO/Tools, `nodejs/src/RtmTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id, at most 65,535 bytes of UTF-8.
   * @param permissions What the user may read and write, by resource type; none if `undefined`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
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
  /**
   * A token for the client of one Chat user.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ChatTokenBuilder.js`; `buildChatUserToken` in Go, Rust, Lua and Dart.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The Chat user, at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildUserToken(appId: string, appCertificate: string, userId: string, expire: Seconds): Promise<string>;
  /**
   * A token for Chat's REST calls. It is an administrator's key and must never reach a client.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ChatTokenBuilder.js`; `buildChatAppToken` in Go, Rust, Lua and Dart.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Promise<string>;
}

/** The official builders of APaaS (Flexible Classroom, education) tokens. */
export interface ApaasTokenBuilderFamily {
  /**
   * A token for one user in a room: APaaS, RTM and Chat in one. The Chat user is the MD5 of `userUuid` in lower-case hex.
   *
   * Source: AgoraIO/Tools, `python3/src/apaas_token_builder.py`; Node, Java and C# pack something else (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param roomUuid The room, at most 65,535 bytes of UTF-8.
   * @param userUuid The user, at most 65,535 bytes of UTF-8.
   * @param role The role in the room, −32,768 to 32,767.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: string,
    role: number,
    expire: Seconds,
  ): Promise<string>;
  /**
   * A token for one user without a room.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ApaasTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userUuid The user, at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildUserToken(appId: string, appCertificate: string, userUuid: string, expire: Seconds): Promise<string>;
  /**
   * A token for the whole app. It is an administrator's key and must never reach a client.
   *
   * Source: AgoraIO/Tools, `nodejs/src/ApaasTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): Promise<string>;
}

/** The official builder of FPA tokens. */
export interface FpaTokenBuilderFamily {
  /**
   * A token for the full-path accelerator with a lifetime of 24 hours.
   *
   * Source: AgoraIO/Tools, `nodejs/src/FpaTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildToken(appId: string, appCertificate: string): Promise<string>;
}

/** The official builders of tokens for agents: RTC, RTM, and the service that marks the token. */
export interface AgentTokenBuilderFamily {
  /**
   * A token for RTC and RTM with a user and a lifetime for each, and for the service that the family is named after.
   *
   * Source: npm agora-token 2.0.6, `src/ConvoAITokenBuilder.js` and `src/SttTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user account in RTC, at most 65,535 bytes of UTF-8; `""` means anyone.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id, at most 65,535 bytes of UTF-8.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} As a rejection: `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too
   * many arguments), `crypto-unavailable` (no WebCrypto).
   */
  buildToken: BuildAgentToken;
}
