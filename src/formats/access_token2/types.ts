import type { Privileges, Seconds, UnixSeconds } from "../common.ts";

/** What an RTC token may allow (format notes §5, type 1). */
export type RtcPrivilege = "joinChannel" | "publishAudioStream" | "publishVideoStream" | "publishDataStream";
/** What an RTM or RTM2 token may allow (types 2 and 8). */
export type RtmPrivilege = "login";
/** What a Streaming token may allow (type 3). */
export type StreamingPrivilege = "publishMixStream" | "publishRawStream";
/** What an FPA token may allow (type 4). */
export type FpaPrivilege = "login";
/** What a Chat token may allow (type 5). `app` is an administrator's right and must never reach a client. */
export type ChatPrivilege = "user" | "app";
/** What an FCDN token may allow (type 6). */
export type FcdnPrivilege = "publish" | "play";
/** What an APaaS (also: education) token may allow (type 7). `app` is an administrator's right. */
export type ApaasPrivilege = "roomUser" | "user" | "app";

/** Joining, and publishing in, one RTC channel. */
export interface RtcService {
  /** The discriminator. */
  type: "rtc";
  /** The channel; `""` means any channel. */
  channelName: string;
  /** The user as on the wire: a decimal uid or an account; `""` means anyone. */
  uid: string;
  /** What the token allows. */
  privileges: Privileges<RtcPrivilege>;
}

/** Logging in to Signaling (RTM). */
export interface RtmService {
  /** The discriminator. */
  type: "rtm";
  /** The RTM user id. */
  userId: string;
  /** What the token allows. */
  privileges: Privileges<RtmPrivilege>;
}

/** Publishing through Media Push. No official builder makes this service. */
export interface StreamingService {
  /** The discriminator. */
  type: "streaming";
  /** The channel. */
  channelName: string;
  /** The user as on the wire: a decimal uid or an account; `""` means anyone. */
  account: string;
  /** What the token allows. */
  privileges: Privileges<StreamingPrivilege>;
}

/** The full-path accelerator. */
export interface FpaService {
  /** The discriminator. */
  type: "fpa";
  /** What the token allows. */
  privileges: Privileges<FpaPrivilege>;
}

/** Chat: one user, or the whole app. */
export interface ChatService {
  /** The discriminator. */
  type: "chat";
  /** The Chat user; `""` in an app token. */
  userId: string;
  /** What the token allows. */
  privileges: Privileges<ChatPrivilege>;
}

/** Publishing to, and playing from, Fusion CDN. No official builder makes this service. */
export interface FcdnService {
  /** The discriminator. */
  type: "fcdn";
  /** The channel. */
  channelName: string;
  /** The user as on the wire: a decimal uid or an account; `""` means anyone. */
  account: string;
  /** What the token allows. */
  privileges: Privileges<FcdnPrivilege>;
}

/** Flexible Classroom (APaaS, also named education). */
export interface ApaasService {
  /** The discriminator. */
  type: "apaas";
  /** The room; `""` where the token is not bound to one. */
  roomUuid: string;
  /** The user; `""` in an app token. */
  userUuid: string;
  /** The role in the room, −32768 to 32767; −1 where there is none. */
  role: number;
  /** What the token allows. */
  privileges: Privileges<ApaasPrivilege>;
}

/** What an RTM2 permission is about. Resource types without a name are keyed by their number. */
export type Rtm2Resource = "messageChannels" | "streamChannels" | "groupChannels" | "serverGroups" | "users";
/** What an RTM2 permission allows. Permission types without a name are keyed by their number. */
export type Rtm2Permission = "read" | "write";
/** The RTM2 permission map: resource type → permission type → names, in the order given. */
export type Rtm2Permissions = {
  [resource in Rtm2Resource | `${number}`]?: { [permission in Rtm2Permission | `${number}`]?: readonly string[] };
};

/** Logging in to Signaling with permissions for single resources. */
export interface Rtm2Service {
  /** The discriminator. */
  type: "rtm2";
  /** The RTM user id. */
  userId: string;
  /** What the user may read and write. */
  permissions: Rtm2Permissions;
  /** What the token allows. */
  privileges: Privileges<RtmPrivilege>;
}

/** Marks a token for Conversational AI. */
export interface ConvoaiService {
  /** The discriminator. */
  type: "convoai";
  /** None has a name so far. */
  privileges: Privileges;
}

/** Marks a token for real-time speech to text. */
export interface SttService {
  /** The discriminator. */
  type: "stt";
  /** None has a name so far. */
  privileges: Privileges;
}

/** One service of a token, distinguished by `type`. */
export type Service =
  | RtcService
  | RtmService
  | StreamingService
  | FpaService
  | ChatService
  | FcdnService
  | ApaasService
  | Rtm2Service
  | ConvoaiService
  | SttService;

/** A service by number that has no fields of its own. It packs; a parser stops at a number it does not know. */
export interface OtherService {
  /** The type number, 0 to 65535. */
  type: number;
  /** What the token allows, by number. */
  privileges: Privileges;
}

/** An AccessToken2, the format in use since 2022 (format notes §1 and §4). */
export interface Token007 {
  /** The discriminator. */
  version: "007";
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** When it was made. */
  issueTs: UnixSeconds;
  /** Its lifetime: seconds from `issueTs`. Agora accepts no token for longer than 24 hours. */
  expire: Seconds;
  /** A random number that makes equal tokens differ, 0 to 2³²−1. */
  salt: number;
  /** What it is for. Packed by ascending type number; services of one type keep their order. */
  services: readonly (Service | OtherService)[];
}

/** A parsed AccessToken2: its data and the facts of its packing. */
export interface ParsedToken007 extends Token007 {
  /** The services read; an unknown one ends the reading. */
  services: Service[];
  /** The signature as received; only 32 bytes can be valid. */
  signature: Uint8Array<ArrayBuffer>;
  /** Everything after the signature, as received: what is signed. */
  signedPart: Uint8Array<ArrayBuffer>;
  /** The number of services that the token announces. */
  serviceCount: number;
  /** The type number of the service at which the reading stopped. */
  unknownServiceType?: number;
  /** How many bytes follow the last service. 0 where an unknown service stopped the reading. */
  trailingBytes: number;
  /** The raw bytes of texts that are not UTF-8, by path: of the first hundred. In the data these read with U+FFFD. */
  undecoded: Record<string, Uint8Array<ArrayBuffer>>;
}
