import { pack006, PRIVILEGES_006, read006 } from "../formats/access_token.ts";
import { MAX_TEXT } from "../formats/common.ts";
import { MAX_PAYLOAD } from "../formats/access_token2/pack.ts";
import { issueTime, MAX_LIFETIME, saltOf, type UnixSeconds } from "../formats/common.ts";
import type { Privilege006 } from "../formats/legacy_types.ts";
import { keyOf, numbered } from "../formats/names.ts";
import { userText } from "./arguments.ts";
import { chosenEngine } from "./synchronous.ts";

// The file `src/AccessToken` of npm agora-access-token 2.0.4, which programs import for privileges of their own.

/** The version of the tokens: `006`. */
export const version = "006";

/** The privileges by the names of `agora-access-token`, misspelt as there. */
export const priviledges: Readonly<Record<string, number>> = {
  kJoinChannel: 1,
  kPublishAudioStream: 2,
  kPublishVideoStream: 3,
  kPublishDataStream: 4,
  kPublishAudiocdn: 5,
  kPublishVideoCdn: 6,
  kRequestPublishAudioStream: 7,
  kRequestPublishVideoStream: 8,
  kRequestPublishDataStream: 9,
  kInvitePublishAudioStream: 10,
  kInvitePublishVideoStream: 11,
  kInvitePublishDataStream: 12,
  kAdministrateChannel: 101,
  kRtmLogin: 1000,
};

/** A token of format 006 with privileges of one's own: `AccessToken` of npm agora-access-token 2.0.4. */
export class AccessToken {
  /** The project: 32 hexadecimal characters. */
  appID: string;
  /** The project's secret: 32 hexadecimal characters. */
  appCertificate: string;
  /** The channel. */
  channelName: string;
  /** The user as text; `""` means anyone. */
  uid: string;
  /** When each privilege ends, by its number: Unix times, 0 to 4,294,967,295. */
  messages: Record<string, UnixSeconds> = {};
  /** A number that makes tokens differ, 0 to 4,294,967,295; random. */
  salt: number = saltOf(undefined);
  /** When the token ends: Unix time, 24 hours from now. */
  ts: UnixSeconds = issueTime(undefined) + MAX_LIFETIME;
  /** After {@linkcode fromString}: the signature. */
  signature?: Uint8Array<ArrayBuffer>;
  /** After {@linkcode fromString}: the CRC-32 of the channel. */
  crc_channel_name?: number;
  /** After {@linkcode fromString}: the CRC-32 of the user. */
  crc_uid?: number;

  /**
   * A token without privileges.
   *
   * @param appID The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel.
   * @param uid The user: a number is a uid, 0 to 4,294,967,295 (0 means anyone), a string an account.
   */
  constructor(appID: string, appCertificate: string, channelName: string, uid: string | number) {
    this.appID = appID;
    this.appCertificate = appCertificate;
    this.channelName = channelName;
    this.uid = userText("uid", uid);
  }

  /** Sets when a privilege ends: its number, and a Unix time. */
  addPriviledge(priviledge: number, expireTimestamp: UnixSeconds): void {
    this.messages[priviledge] = expireTimestamp;
  }

  /**
   * The token's text, which begins with `006`.
   *
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `crypto-unavailable`.
   */
  build(): string {
    const { appID: appId, channelName, uid, salt, ts, messages } = this;
    const privileges = Object.fromEntries(
      Object.entries(messages).map(([key, end]) => [keyOf(Number(key), PRIVILEGES_006), end]),
    );
    return pack006({ version, appId, channelName, uid, salt, ts, privileges }, this.appCertificate, chosenEngine());
  }

  /**
   * Reads a token's signature, checksums, salt, end and privileges into this one. It proves nothing.
   *
   * @returns Whether it could be read.
   */
  fromString(originToken: string): boolean {
    if (originToken.length > MAX_TEXT) return false;
    const { error, token } = read006(originToken, MAX_PAYLOAD, true);
    if (error !== undefined) return false;
    this.signature = token.signature;
    this.crc_channel_name = token.crcChannelName;
    this.crc_uid = token.crcUid;
    this.salt = token.salt!;
    this.ts = token.ts!;
    const entries = numbered<number>("privileges", token.privileges! as Record<Privilege006, number>, PRIVILEGES_006);
    this.messages = Object.fromEntries(entries);
    return true;
  }
}
