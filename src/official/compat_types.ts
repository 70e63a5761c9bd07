import type { Seconds } from "../formats/common.ts";
import type { Rtm2Permissions } from "./rtm2_permissions.ts";

// docs/compat.md lists every difference from npm agora-token. All times are seconds from now, never Unix times.

/** A user: a number is a uid, 0 to 4,294,967,295 (0 means anyone); a string is an account or user id as it is. */
export type User = string | number;

/** A builder that gives RTC and RTM a user and a lifetime each. Only role 1 may publish. */
export type BuildAgentToken = (
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
) => string;

/** A builder that takes a duration for each privilege. */
export type BuildTokenByPrivilege = (
  appId: string,
  appCertificate: string,
  channelName: string,
  user: User,
  tokenExpire: Seconds,
  joinChannelPrivilegeExpire: Seconds,
  pubAudioPrivilegeExpire: Seconds,
  pubVideoPrivilegeExpire: Seconds,
  pubDataStreamPrivilegeExpire: Seconds,
) => string;

/** A builder that takes a role, and one duration for the role's privileges. */
export type BuildTokenByRole = (
  appId: string,
  appCertificate: string,
  channelName: string,
  user: User,
  role: number,
  tokenExpire: Seconds,
  privilegeExpire?: Seconds,
) => string;

/** The builders of RTC tokens. Times are seconds from now; only role 1 may publish. */
export interface RtcTokenBuilderFamily {
  /**
   * A token for one numeric uid in a channel, with the same duration for each privilege that its role has.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param user The uid: a number is a uid (0 means anyone), a string is an account as it is; at most 65,535 bytes of UTF-8.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithUid: BuildTokenByRole;
  /**
   * A token for one user account in a channel, with the same duration for each privilege that its role has. The account `"0"`
   * is an account, not anyone.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param user The user account: a number is a uid (0 means anyone), a string is used as it is; at most 65,535 bytes of UTF-8.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithUserAccount: BuildTokenByRole;
  /**
   * A token for one numeric uid in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param user The uid: a number is a uid (0 means anyone), a string is an account as it is; at most 65,535 bytes of UTF-8.
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
  buildTokenWithUidAndPrivilege: BuildTokenByPrivilege;
  /**
   * A token for one user account in a channel, with a duration for each of the four privileges. All four are packed, also with
   * 0. The name begins with a capital, as in `agora-token`.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param user The user account: a number is a uid (0 means anyone), a string is used as it is; at most 65,535 bytes of UTF-8.
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
  BuildTokenWithUserAccountAndPrivilege: BuildTokenByPrivilege;
  /**
   * A token for RTC and RTM with one account. The RTM login lasts `tokenExpire`, whatever `privilegeExpire` is.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param user The user account in RTC and the RTM user id: a string, or a number in decimal (0 as `""`); at most 65,535 bytes
   * of UTF-8.
   * @param role 1 publishes; every other number from −32,768 to 32,767 only joins.
   * @param tokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param privilegeExpire How long each RTC privilege lasts: seconds from now, 0 to 4,294,967,295; 0 if omitted. Agora
   * documents 0 in more than one way (format notes §4): give the token's lifetime.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithRtm: BuildTokenByRole;
  /**
   * A token for RTC and RTM (type 2, RTM, in spite of its name) with a user and a lifetime for each.
   *
   * Source: npm agora-token 2.0.6, `src/RtcTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user in RTC: a number is a uid (0 means anyone), a string is an account as it is; at most 65,535
   * bytes of UTF-8.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithRtm2: BuildAgentToken;
}

/** The builders of RTM tokens. */
export interface RtmTokenBuilderFamily {
  /**
   * A token for logging in to RTM (Signaling).
   *
   * Source: npm agora-token 2.0.6, `src/RtmTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildToken(appId: string, appCertificate: string, userId: User, expire: Seconds): string;
  /**
   * A token for logging in to RTM with permissions for single resources (type 8, RTM2).
   *
   * Source: npm agora-token 2.0.6, `src/RtmTokenBuilder2.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The RTM user id: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param permissions What the user may read and write; none if `null` or `undefined`.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithPermissions(
    appId: string,
    appCertificate: string,
    userId: User,
    permissions: Rtm2Permissions | null | undefined,
    expire: Seconds,
  ): string;
}

/** The builders of Chat tokens. */
export interface ChatTokenBuilderFamily {
  /**
   * A token for the client of one Chat user.
   *
   * Source: npm agora-token 2.0.6, `src/ChatTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userId The Chat user: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildUserToken(appId: string, appCertificate: string, userId: User, expire: Seconds): string;
  /**
   * A token for Chat's REST calls. It is an administrator's key and must never reach a client.
   *
   * Source: npm agora-token 2.0.6, `src/ChatTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): string;
}

/** The builders of APaaS (Flexible Classroom, education) tokens. */
export interface ApaasTokenBuilderFamily {
  /**
   * A token for one user in a room: APaaS, RTM and Chat in one. The Chat user is the MD5 of `userUuid` in lower-case hex.
   *
   * Source: npm agora-token 2.0.6, `src/ApaasTokenBuilder.js` and `src/EducationTokenBuilder.js`, which leave out the privilege
   * of APaaS and pack role 0 as −1; here both are packed as in most languages (format notes §8).
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param roomUuid The room, at most 65,535 bytes of UTF-8.
   * @param userUuid The user: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param role The role in the room, −32,768 to 32,767.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: User,
    role: number,
    expire: Seconds,
  ): string;
  /**
   * A token for one user without a room.
   *
   * Source: npm agora-token 2.0.6, `src/ApaasTokenBuilder.js` and `src/EducationTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param userUuid The user: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildUserToken(appId: string, appCertificate: string, userUuid: User, expire: Seconds): string;
  /**
   * A token for the whole app. It is an administrator's key and must never reach a client.
   *
   * Source: npm agora-token 2.0.6, `src/ApaasTokenBuilder.js` and `src/EducationTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param expire The lifetime of the token and of its privilege: seconds from now, 0 to 4,294,967,295. Agora accepts no token
   * for longer than 86,400 (24 hours).
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildAppToken(appId: string, appCertificate: string, expire: Seconds): string;
}

/** The builder of FPA tokens. */
export interface FpaTokenBuilderFamily {
  /**
   * A token for the full-path accelerator with a lifetime of 24 hours.
   *
   * Source: npm agora-token 2.0.6, `src/FpaTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildToken(appId: string, appCertificate: string): string;
}

/** The builder of tokens for agents: RTC, RTM, and the service that marks the token. */
export interface AgentTokenBuilderFamily {
  /**
   * A token for RTC and RTM with a user and a lifetime for each, and for the service that the family is named after.
   *
   * Source: npm agora-token 2.0.6, `src/ConvoAITokenBuilder.js` and `src/SttTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel, at most 65,535 bytes of UTF-8; `""` means any channel.
   * @param rtcAccount The user in RTC: a number is a uid (0 means anyone), a string is an account as it is; at most 65,535
   * bytes of UTF-8.
   * @param rtcRole 1 publishes; every other number from −32,768 to 32,767 only joins, and the three `pub…` arguments are not
   * packed.
   * @param rtcTokenExpire The token's lifetime: seconds from now, 0 to 4,294,967,295. Agora accepts no token for longer than
   * 86,400 (24 hours).
   * @param joinChannelPrivilegeExpire How long joining lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubAudioPrivilegeExpire How long publishing audio lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubVideoPrivilegeExpire How long publishing video lasts: seconds from now, 0 to 4,294,967,295.
   * @param pubDataStreamPrivilegeExpire How long publishing data lasts: seconds from now, 0 to 4,294,967,295.
   * @param rtmUserId The RTM user id: a string, or a number in decimal (0 as `""`); at most 65,535 bytes of UTF-8.
   * @param rtmTokenExpire How long the RTM login lasts: seconds from now, 0 to 4,294,967,295.
   * @returns The token; its text begins with `007`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildToken: BuildAgentToken;
}
