import type { Privileges, Seconds } from "../formats/common.ts";
import type { FcdnPrivilege, RtcPrivilege, Rtm2Permissions, StreamingPrivilege } from "../formats/access_token2/types.ts";

// What can be asked for, as plain data: the shape that `buildToken`, `POST /v1/tokens`, the page and the command line share.
// Each kind of options is an interface of its own, so that an error of the type checker names it and fits on a line.

/** Who may do what in a channel: a publisher joins and publishes audio, video and data; a subscriber joins. */
export type Role = "publisher" | "subscriber";

/** Which service a request is for. */
export interface OfService<Name extends string> {
  /** The name of the service. */
  type: Name;
}

/** The channel of a request. */
export interface ChannelOption {
  /** The channel: at most 63 bytes of the documented characters; `""` means any channel. In RTC it may be a pattern. */
  channelName: string;
}

/** A user by number. */
export interface UidOption {
  /** The user: 1 to 2³²−1, or 0 for anyone. */
  uid: number;
  /** Excluded by `uid`. */
  account?: never;
}

/** A user by name. */
export interface AccountOption {
  /** The user: 1 to 255 bytes of the documented characters. In RTC it may be a pattern. */
  account: string;
  /** Excluded by `account`. */
  uid?: never;
}

/** The lifetime of the privileges that a request gives. */
export interface ExpireOption {
  /** How long the privileges last: 0 to 86,400 seconds from `issueTs`; as long as the token if omitted. */
  privilegeExpire?: Seconds;
}

/** Privileges by role. */
export interface RoleOption extends ExpireOption {
  /** Publisher or subscriber. */
  role: Role;
  /** Excluded by `role`. */
  privileges?: never;
}

/** Privileges one by one. */
export interface PrivilegesOption<Privilege extends string> {
  /** Each privilege with its lifetime: 0 to 86,400 seconds from `issueTs`. */
  privileges: Privileges<Privilege>;
  /** Excluded by `privileges`. */
  role?: never;
  /** Excluded by `privileges`. */
  privilegeExpire?: never;
}

/** RTC for an account with single privileges. */
export interface RtcAccountPrivilegesOptions extends ChannelOption, AccountOption, PrivilegesOption<RtcPrivilege> {}
/** RTC for a uid with single privileges. */
export interface RtcUidPrivilegesOptions extends ChannelOption, UidOption, PrivilegesOption<RtcPrivilege> {}
/** RTC for an account in a role. */
export interface RtcAccountRoleOptions extends ChannelOption, AccountOption, RoleOption {}
/** RTC for a uid in a role. */
export interface RtcUidRoleOptions extends ChannelOption, UidOption, RoleOption {}

/**
 * Options of `rtc`: channel, user, and a role or single privileges.
 *
 * A `*` in `channelName` or `account` makes a pattern: each stands for any characters, also for none, and `*` alone for every
 * channel or user, uids included. No name has a `*`, so only tokens have them. The account `*` means what the uid 0 does, and is
 * another text in the token. Agora documents patterns for RTC in 007, for an audience (`subscriber`), and for 24 hours at most
 * (“Deploy a token server”); to publish, a user takes a token that names channel and user.
 */
export type RtcOptions =
  | RtcAccountPrivilegesOptions
  | RtcUidPrivilegesOptions
  | RtcAccountRoleOptions
  | RtcUidRoleOptions;

/** Streaming or FCDN for an account. */
export interface ChannelAccountOptions<Privilege extends string>
  extends ChannelOption, AccountOption, PrivilegesOption<Privilege> {}
/** Streaming or FCDN for a uid. */
export interface ChannelUidOptions<Privilege extends string> extends ChannelOption, UidOption, PrivilegesOption<Privilege> {}

/** Options of `streaming` and `fcdn`: channel, user and single privileges. */
export type ChannelOptions<Privilege extends string> = ChannelAccountOptions<Privilege> | ChannelUidOptions<Privilege>;

/** Options of `rtm`. */
export interface RtmOptions extends ExpireOption {
  /** The RTM user id: 1 to 63 bytes of the documented characters, not starting with a space. */
  userId: string;
}

/** Options of `rtm2`. */
export interface Rtm2Options extends RtmOptions {
  /** What the user may read and write, names of 1 to 64 bytes; nothing if omitted. */
  permissions?: Rtm2Permissions;
}

/** Chat for the whole app. */
export interface ChatAppOptions extends ExpireOption {
  /** An administrator's token for REST calls. It must never reach a client. */
  app: true;
  /** Excluded by `app`. */
  userId?: never;
}

/** Chat for one user. */
export interface ChatUserOptions extends ExpireOption {
  /** The Chat user: 1 to 255 bytes of the documented characters. */
  userId: string;
  /** Excluded by `userId`. */
  app?: never;
}

/** Options of `chat`: one user, or the whole app. */
export type ChatOptions = ChatAppOptions | ChatUserOptions;

/** APaaS for the whole app. */
export interface ApaasAppOptions extends ExpireOption {
  /** An administrator's token. It must never reach a client. */
  app: true;
  /** Excluded by `app`. */
  userUuid?: never;
  /** Excluded by `app`. */
  roomUuid?: never;
  /** Excluded by `app`. */
  role?: never;
}

/** APaaS for one user, without a room. */
export interface ApaasUserOptions extends ExpireOption {
  /** The user: 1 to 255 bytes of the documented characters. */
  userUuid: string;
  /** Excluded: see {@linkcode ApaasRoomOptions}. */
  roomUuid?: never;
  /** Excluded: without a room there is no role. */
  role?: never;
  /** Excluded by `userUuid`. */
  app?: never;
}

/** APaaS for one user in a room. */
export interface ApaasRoomOptions extends ExpireOption {
  /** The room: 1 to 255 bytes of the documented characters. */
  roomUuid: string;
  /** The user: 1 to 255 bytes of the documented characters. */
  userUuid: string;
  /** The role in the room: −32768 to 32767. */
  role: number;
  /** Excluded by `userUuid`. */
  app?: never;
}

/** Options of `apaas`: a user in a room, a user, or the whole app. */
export type ApaasOptions = ApaasAppOptions | ApaasUserOptions | ApaasRoomOptions;

/** Options of `convoai` and `stt`: there are none. */
export type NoOptions = Record<never, never>;

/** A request for RTC. */
export type RtcRequest = OfService<"rtc"> & RtcOptions;
/** A request for RTM. */
export type RtmRequest = OfService<"rtm"> & RtmOptions;
/** A request for RTM2. */
export type Rtm2Request = OfService<"rtm2"> & Rtm2Options;
/** A request for Chat. */
export type ChatRequest = OfService<"chat"> & ChatOptions;
/** A request for APaaS. */
export type ApaasRequest = OfService<"apaas"> & ApaasOptions;
/** A request for Streaming. */
export type StreamingRequest = OfService<"streaming"> & ChannelOptions<StreamingPrivilege>;
/** A request for FCDN. */
export type FcdnRequest = OfService<"fcdn"> & ChannelOptions<FcdnPrivilege>;
/** A request for FPA. */
export type FpaRequest = OfService<"fpa"> & ExpireOption;
/** A request for ConvoAI. */
export type ConvoaiRequest = OfService<"convoai">;
/** A request for STT. */
export type SttRequest = OfService<"stt">;

/**
 * A request for one service: its name in `type`, and what is wanted of it. Plain JSON, as `rtc(…)` and the other functions give
 * it and `POST /v1/tokens` takes it. `buildToken` checks it.
 */
export type ServiceRequest =
  | RtcRequest
  | RtmRequest
  | Rtm2Request
  | ChatRequest
  | ApaasRequest
  | StreamingRequest
  | FcdnRequest
  | FpaRequest
  | ConvoaiRequest
  | SttRequest;
