import type { PrivilegesUntil } from "./common.ts";
import { encodeBase64 } from "../bytes/base64.ts";
import { type Bytes, concatBytes, utf8 } from "../bytes/bytes.ts";
import { hexId, isHexId, onlyKeys, string } from "../validate.ts";
import { crc32 } from "../bytes/crc32.ts";
import { type Awaitable, chain, type Engine, type SynchronousEngine } from "../runtime/engine.ts";
import { readMap, writeMap } from "./names.ts";
import type { Reader } from "../bytes/reader.ts";
import { readBase64Fields, type Reading } from "../bytes/reading.ts";
import type { Span } from "../bytes/span.ts";
import { Writer } from "../bytes/writer.ts";
import type { ParsedToken006, Privilege006, Token006 } from "./legacy_types.ts";

/** The privileges of 006 by name (legacy notes §1.3). */
export const PRIVILEGES_006: Readonly<Record<Privilege006, number>> = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
  publishAudioCdn: 5,
  publishVideoCdn: 6,
  requestPublishAudioStream: 7,
  requestPublishVideoStream: 8,
  requestPublishDataStream: 9,
  invitePublishAudioStream: 10,
  invitePublishVideoStream: 11,
  invitePublishDataStream: 12,
  administrateChannel: 101,
  rtmLogin: 1000,
};

/** The signature (legacy notes §1.1): the names go in as they are, without separators, then the message as packed. */
export function sign006(
  { appId, message }: { appId: string; message: Bytes },
  { channelName, uid }: { channelName: string; uid: string },
  appCertificate: string,
  engine: Engine,
): Awaitable<Bytes> {
  return engine.hmac("SHA-256", utf8(appCertificate), concatBytes([utf8(appId + channelName + uid), message]));
}

/** Packs an AccessToken 006 as most official code does: privileges in ascending order. With a synchronous engine, at once. */
export function pack006(token: Token006, appCertificate: string, engine: SynchronousEngine): string;
export function pack006(token: Token006, appCertificate: string, engine: Engine): Awaitable<string>;
export function pack006(token: Token006, appCertificate: string, engine: Engine): Awaitable<string> {
  onlyKeys(token, ["version", "appId", "channelName", "uid", "salt", "ts", "privileges"]);
  const appId = hexId("appId", token.appId);
  hexId("appCertificate", appCertificate);
  const names = { channelName: string("channelName", token.channelName), uid: string("uid", token.uid) };
  const message = encodeMessage006(token);
  return chain(sign006({ appId, message }, names, appCertificate, engine), (signature) => {
    const content = new Writer();
    content.bytes("signature", signature);
    content.u32("crcChannelName", crc32(utf8(names.channelName)));
    content.u32("crcUid", crc32(utf8(names.uid)));
    content.bytes("privileges", message);
    return `006${appId}${encodeBase64(content.finish())}`;
  });
}

/** The message of a token: what is signed besides App ID, channel and user. */
function encodeMessage006({ salt, ts, privileges }: Pick<Token006, "salt" | "ts" | "privileges">): Bytes {
  const message = new Writer();
  message.u32("salt", salt);
  message.u32("ts", ts);
  writeMap(message, "privileges", privileges, PRIVILEGES_006, (writer, key, expiredTs) => writer.u32(key, expiredTs));
  return message.finish();
}

/** Reads an AccessToken 006. The spans are over its first 35 characters and the decoded content after them. */
export function read006(text: string, limit: number, _atOnce: boolean, spans?: Span[]): Reading<ParsedToken006> {
  const token: Partial<ParsedToken006> = { version: "006" };
  return readBase64Fields(token, [text, 35], limit, spans, (reader, bytes) => {
    reader.chars("version", 3, (chars) => chars === "006", "006");
    token.appId = reader.chars("appId", 32, isHexId, "32 hexadecimal characters");
    token.signature = reader.bytes("signature").slice();
    token.crcChannelName = reader.u32("crcChannelName");
    token.crcUid = reader.u32("crcUid");
    const length = reader.u16("message.length");
    token.message = bytes.slice(reader.position, reader.position + length);
    token.trailingBytes = reader.bounded("message", length, () => readMessage(reader, token));
    token.trailingBytes += reader.rest("trailing", "unknown").length;
  });
}

/** Reads the signed message and returns how many bytes follow its last field. */
function readMessage(reader: Reader, token: Partial<ParsedToken006>): number {
  token.salt = reader.u32("salt");
  token.ts = reader.u32("ts");
  const privileges: Record<string, number> = {};
  token.privileges = privileges as PrivilegesUntil<Privilege006>;
  readMap(reader, "privileges", privileges, PRIVILEGES_006, (reader, key) => reader.u32(key));
  return reader.rest("message.trailing", "unknown").length;
}
