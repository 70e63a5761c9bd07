import type { PrivilegesUntil, UnixSeconds } from "./common.ts";

/** What an AccessToken 006 may allow (legacy notes §1.3). All but five names were removed from the official code in 2021. */
export type Privilege006 =
  | "joinChannel"
  | "publishAudioStream"
  | "publishVideoStream"
  | "publishDataStream"
  | "publishAudioCdn"
  | "publishVideoCdn"
  | "requestPublishAudioStream"
  | "requestPublishVideoStream"
  | "requestPublishDataStream"
  | "invitePublishAudioStream"
  | "invitePublishVideoStream"
  | "invitePublishDataStream"
  | "administrateChannel"
  | "rtmLogin";

/** An AccessToken "006", in use until 2022. Channel and user go into the signature; the token holds only their checksums. */
export interface Token006 {
  /** The discriminator. */
  version: "006";
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** The channel; for an RTM token, the account. */
  channelName: string;
  /** The user as text: a decimal uid or an account; `""` means anyone, and is what an RTM token has. */
  uid: string;
  /** A random number that makes equal tokens differ, 0 to 2³²−1. */
  salt: number;
  /** When the token ends. The official code writes 24 hours from now. */
  ts: UnixSeconds;
  /** What it allows, each until a Unix time. */
  privileges: PrivilegesUntil<Privilege006>;
}

/** A parsed AccessToken "006". Channel and user cannot be read back, only compared. */
export interface ParsedToken006 extends Omit<Token006, "channelName" | "uid"> {
  /** The signature as received; only 32 bytes can be valid. */
  signature: Uint8Array<ArrayBuffer>;
  /** The CRC-32 of the channel name. */
  crcChannelName: number;
  /** The CRC-32 of the user text. */
  crcUid: number;
  /** The signed message as received. */
  message: Uint8Array<ArrayBuffer>;
  /** How many bytes follow the last field, in the message and after it. */
  trailingBytes: number;
}

/** What a dynamic key 004 or 005 is for. */
export type DynamicKeyService = "mediaChannel" | "recording" | "publicSharing" | "inChannelPermission";

/** What every dynamic key is made from (legacy notes §2 and §3). */
export interface DynamicKeyBase {
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** When it was made. */
  unixTs: UnixSeconds;
  /** A random number; taken modulo 2³², as most official code does. */
  randomInt: number;
  /** The channel; it goes into the signature only. */
  channelName: string;
}

/** A dynamic key with a user and an end. */
export interface DynamicKeyWithUser extends DynamicKeyBase {
  /** The user; taken modulo 2³², as most official code does. 0 means anyone. */
  uid: number;
  /** When it ends; 0 for no end of its own. */
  expiredTs: UnixSeconds;
}

/** DynamicKey, "001": no version prefix, no user, no end. */
export interface Token001 extends DynamicKeyBase {
  /** The discriminator. */
  version: "001";
}

/** DynamicKey2, "002": no version prefix. */
export interface Token002 extends DynamicKeyWithUser {
  /** The discriminator. */
  version: "002";
}

/** DynamicKey3, "003". */
export interface Token003 extends DynamicKeyWithUser {
  /** The discriminator. */
  version: "003";
}

/** DynamicKey4, "004". Service, channel and user go into the signature only. */
export interface Token004 extends DynamicKeyWithUser {
  /** The discriminator. */
  version: "004";
  /** What it is for. */
  service: Exclude<DynamicKeyService, "inChannelPermission">;
}

/** DynamicKey5, "005". Channel and user go into the signature only. */
export interface Token005 extends DynamicKeyWithUser {
  /** The discriminator. */
  version: "005";
  /** What it is for: a name, or the number of a service without one. */
  service: DynamicKeyService | number;
  /** More entries by number; for `inChannelPermission`, 1 is `"0"` (no upload) or `"3"` (audio and video upload). */
  extra: { [key: `${number}`]: string };
}

/** A SignalingToken `1:appId:expiredTs:md5`. The account goes into the checksum only. */
export interface TokenSignaling {
  /** The discriminator. */
  version: "signaling";
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** The Signaling account. */
  account: string;
  /** When it ends; 0 for no end of its own. */
  expiredTs: UnixSeconds;
}

/** What a parsed dynamic key 001 to 004 has of its signature. */
export interface SignedKey {
  /** The signature as received: 40 hexadecimal characters. */
  signature: string;
}

/** A parsed DynamicKey. */
export interface ParsedToken001 extends SignedKey, Omit<Token001, "channelName"> {}

/** A parsed DynamicKey2. */
export interface ParsedToken002 extends SignedKey, Omit<Token002, "channelName"> {}

/** A parsed DynamicKey3. */
export interface ParsedToken003 extends SignedKey, Omit<Token003, "channelName"> {}

/** A parsed DynamicKey4. */
export interface ParsedToken004 extends SignedKey, Omit<Token004, "channelName" | "uid" | "service"> {}

/** A parsed DynamicKey5. The App ID reads in lower case: the key holds its 16 bytes. */
export interface ParsedToken005 extends Omit<Token005, "channelName" | "uid"> {
  /** The signature as received: 40 upper-case hexadecimal characters. */
  signature: string;
  /** The signed bytes as received: those before and after the channel and uid, which are not in the key. */
  signedParts: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  /** How many bytes follow the last field. */
  trailingBytes: number;
  /** The raw bytes of texts that are not UTF-8, by path: of the first hundred. In the data these read with U+FFFD. */
  undecoded: Record<string, Uint8Array<ArrayBuffer>>;
}

/** A parsed SignalingToken. */
export interface ParsedTokenSignaling extends Omit<TokenSignaling, "account"> {
  /** The MD5 as received: 32 hexadecimal characters. */
  signature: string;
}

/** Every token of a format before 007, distinguished by `version`. */
export type LegacyToken = Token006 | Token005 | Token004 | Token003 | Token002 | Token001 | TokenSignaling;

/** Every parsed token of a format before 007, distinguished by `version`. */
export type ParsedLegacyToken =
  | ParsedToken006
  | ParsedToken005
  | ParsedToken004
  | ParsedToken003
  | ParsedToken002
  | ParsedToken001
  | ParsedTokenSignaling;
