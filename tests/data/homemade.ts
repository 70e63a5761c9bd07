// Tokens that code of somebody's own built: the 17 layouts that were found in public code, each made from its description.
import { decodeHex, encodeHex } from "@std/encoding/hex";
import { type Bytes, concatBytes, u32le, utf8 } from "../../src/bytes/bytes.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { encodeBase64 } from "../../src/bytes/base64.ts";
import { encodeSignedPart } from "../../src/formats/access_token2/encode.ts";
import { engine } from "../../src/runtime/choose.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

const TIME = 1_700_000_000;
const SALT = 12_345_678;
const CHANNEL = "lobby";
const USER = "1001";

/** HMAC-SHA256. */
export async function hmac(key: Bytes, data: Bytes): Promise<Bytes> {
  return await engine().hmac("SHA-256", key, data);
}
/** One zlib stream. */
export async function zlib(bytes: Bytes): Promise<Bytes> {
  return await engine().deflate(bytes);
}
/** Deflate without a header and a checksum. */
export async function raw(bytes: Bytes): Promise<Bytes> {
  return (await zlib(bytes)).slice(2, -4);
}
/** Deflate with the header and the trailer of gzip. */
export async function gzip(bytes: Bytes): Promise<Bytes> {
  const head = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
  return concatBytes([head, await raw(bytes), u32le(crc32(bytes)), u32le(bytes.length)]);
}
/** Base64 in the alphabet of URLs, without padding. */
export function urlSafe(bytes: Bytes): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** A number of so many bytes. */
export function number(value: number, size: 2 | 4, littleEndian: boolean): Bytes {
  const bytes = u32le(value).slice(0, size);
  return littleEndian ? bytes : bytes.reverse();
}
const big = (value: number, size: 2 | 4 = 4) => number(value, size, false);
const cat = (...parts: (Bytes | string)[]) => concatBytes(parts.map((part) => typeof part === "string" ? utf8(part) : part));
const str = (text: string) => cat(number(utf8(text).length, 2, true), text);

/** What is signed of a right 007. */
export const SIGNED: Bytes = encodeSignedPart({
  version: "007",
  appId: APP_ID,
  issueTs: TIME,
  expire: 3600,
  salt: SALT,
  services: [{ type: "rtc", channelName: CHANNEL, uid: USER, privileges: { joinChannel: 3600, publishAudioStream: 3600 } }],
});

/** The signature of a right 007. */
async function rightSignature(): Promise<Bytes> {
  return await hmac(await hmac(u32le(SALT), await hmac(u32le(TIME), utf8(CERTIFICATE))), SIGNED);
}
/** The content of a right 007, with its signature or another. */
export async function content(signature?: Bytes): Promise<Bytes> {
  const made = signature ?? await rightSignature();
  return cat(number(made.length, 2, true), made, SIGNED);
}
const direct = async (data: Bytes) => await hmac(utf8(CERTIFICATE), data);
const hex = (bytes: Bytes) => utf8(encodeHex(bytes));

/** The signature whose derivation has key and data exchanged; as text, where each step is passed on in hexadecimal. */
async function exchanged(asText: boolean): Promise<Bytes> {
  const step = (bytes: Bytes) => asText ? hex(bytes) : bytes;
  const byTime = step(await hmac(utf8(CERTIFICATE), u32le(TIME)));
  const bySalt = step(await hmac(byTime, u32le(SALT)));
  return step(await hmac(bySalt, SIGNED));
}

/** The 17 layouts. */
export const LAYOUTS: Readonly<Record<string, () => Promise<string>>> = {
  "1: App ID in clear, as a 006, URL-safe": async () => {
    const body = cat(u32le(SALT), u32le(TIME), number(1, 2, true), number(1, 2, true), u32le(3600), str(CHANNEL), str(USER));
    return "007" + APP_ID + urlSafe(cat(await direct(body), body));
  },
  "2: App ID in clear": async () => {
    const body = cat(u32le(SALT), u32le(TIME), u32le(TIME + 3600), str(CHANNEL), u32le(1001));
    return "007" + APP_ID + encodeBase64(cat(await direct(body), body));
  },
  "3: App ID in clear, lengths of 32 bits, the signature through text": async () => {
    const body = cat(u32le(32), APP_ID, u32le(TIME), u32le(SALT), number(1, 2, true));
    const signature = utf8(new TextDecoder("latin1").decode(await direct(body)));
    return "007" + APP_ID + encodeBase64(cat(u32le(signature.length), signature, body));
  },
  "4: App ID in clear, 44 bytes, big-endian": async () => {
    const body = cat(big(SALT), big(TIME), big(TIME + 3600));
    return "007" + APP_ID + encodeBase64(cat(body, await direct(cat(APP_ID, CHANNEL, USER, body))));
  },
  "5: App ID in clear, raw deflate of signature, CRC-32 and content": async () => {
    const body = cat(u32le(SALT), u32le(TIME), str(CHANNEL), str(USER), new Uint8Array(24));
    return "007" + APP_ID + encodeBase64(await raw(cat(await direct(body), u32le(crc32(body)), body)));
  },
  "6: App ID in clear, a chain over the names": async () => {
    const body = cat(u32le(SALT), u32le(TIME + 3600), number(1, 2, true), str(CHANNEL), str(USER));
    const chain = await hmac(await hmac(await direct(utf8(APP_ID)), utf8(CHANNEL)), utf8(USER));
    return "007" + APP_ID + encodeBase64(cat(await hmac(chain, body), body));
  },
  "7: App ID in clear, the text 007 inside, big-endian, the certificate decoded": async () => {
    const body = cat("007", big(TIME + 3600), big(TIME + 3600), CHANNEL, big(1001));
    return "007" + APP_ID + urlSafe(cat(body, await hmac(decodeHex(CERTIFICATE) as Bytes, body)));
  },
  "8: JSON and a hexadecimal HMAC": async () => {
    const json = utf8(JSON.stringify({ appId: APP_ID, channelName: CHANNEL, uid: USER, role: 1, iat: TIME, exp: TIME + 3600 }));
    return "007" + encodeBase64(cat(json, hex(await direct(json))));
  },
  "9: a part compressed, big-endian, with a CRC-32": async () => {
    const message = cat(big(SALT), big(TIME), big(CHANNEL.length, 2), CHANNEL, big(USER.length, 2), USER);
    const head = cat(big(32, 2), await direct(message), big(crc32(message)), big(TIME + 3600));
    return "007" + encodeBase64(cat(head, await zlib(message)));
  },
  "10: raw deflate": async () => "007" + encodeBase64(await raw(await content())),
  "11: not compressed": async () => "007" + encodeBase64(await content()),
  "12: not compressed, App ID first": async () => {
    const body = cat(number(1, 2, true), number(1, 2, true), u32le(3600));
    const signature = await hmac(await direct(u32le(SALT)), cat(CHANNEL, USER));
    return "007" + encodeBase64(cat(str(APP_ID), number(32, 2, true), signature, u32le(SALT), u32le(TIME), u32le(3600), body));
  },
  "13: raw deflate, the signature in letters, HMACs exchanged": async () =>
    "007" + encodeBase64(await raw(await content(await exchanged(true)))),
  "14: the signature in letters, HMACs exchanged": async () =>
    "007" + encodeBase64(await zlib(await content(await exchanged(true)))),
  "15: HMACs exchanged": async () => "007" + encodeBase64(await zlib(await content(await exchanged(false)))),
  "16: 006 and hexadecimal": async () => {
    const body = cat(big(TIME), big(SALT), big(TIME + 3600));
    return "006" + APP_ID + encodeHex(cat(body, await direct(cat(APP_ID, CHANNEL, USER, body))));
  },
  "17: 006, the App ID where the signature belongs": async () => {
    const body = cat(str(APP_ID), str(USER), str(CHANNEL), u32le(SALT), u32le(TIME));
    const privileges = cat(number(1, 2, true), number(1, 2, true), u32le(TIME + 3600));
    return "006" + APP_ID + encodeBase64(cat(body, str("").slice(2), number(32, 2, true), await direct(body), privileges));
  },
};
