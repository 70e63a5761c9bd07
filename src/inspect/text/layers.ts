import { decodeHex } from "../../bytes/hex.ts";
import type { Bytes } from "../../bytes/bytes.ts";
import { crc32 } from "../../bytes/crc32.ts";
import { adler32 } from "../../bytes/adler32.ts";
import { inflate } from "../../bytes/inflate.ts";
import type { HomemadeSign } from "../findings.ts";
import { hasZlibHeader } from "./extent.ts";
import { bytesOfText, characters, shapeOf } from "./shape.ts";

// In what is a content packed? Base64 of one zlib stream, and of nothing at all before 007, is right; all else is a sign.

/** The largest content that is read of a home-made token, in bytes. */
const LIMIT = 65_536;
/** Nobody encodes or compresses more often. */
const MOST_LAYERS = 4;
/** An HMAC and something that it signs, in bytes. What has fewer is no token of any kind. */
export const LEAST_CONTENT = 36;

/** The bytes of an encoded part, as far as it can be decoded. */
export function decoded(encoded: string): { bytes: Bytes; sign?: HomemadeSign } {
  if (isHex(encoded)) return { bytes: decodeHex(encoded), sign: "hexadecimal" };
  const [letters = ""] = /^[A-Za-z0-9+/_-]*/.exec(encoded) ?? [];
  const standard = letters.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = bytesOfBase64(standard);
  return standard === letters ? { bytes } : { bytes, sign: "url-safe-base64" };
}

/** The whole bytes of letters of base64, without padding. */
function bytesOfBase64(letters: string): Bytes {
  const whole = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

/** Whether a text is hexadecimal, and long enough not to be so by chance. */
export function isHex(text: string): boolean {
  return text.length >= 16 && text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text);
}

/** A way of compressing or encoding: zlib is the right one of a 007, all others are signs. */
export type Layer =
  | "zlib"
  | Extract<
    HomemadeSign,
    "gzip" | "raw-deflate" | "wrong-checksum" | "partly-compressed" | "json" | "encoded-twice" | "bytes-as-text"
  >;

/** How each layer is taken away: the bytes in it, or nothing where it is not one. */
const LAYERS: readonly (readonly [layer: Layer, inside: (bytes: Bytes) => Bytes | undefined])[] = [
  ["zlib", (bytes) => hasZlibHeader(bytes) ? whole(inflate(bytes, LIMIT)) : undefined],
  ["wrong-checksum", ofOtherChecksum],
  ["gzip", (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b ? whole(inflate(bytes.subarray(10), LIMIT, "raw")) : undefined],
  ["json", (bytes) => /^[{[]\s*["{\]}]/.test(characters(bytes.subarray(0, 8))) ? new Uint8Array(0) : undefined],
  ["bytes-as-text", bytesOfText],
  ["encoded-twice", encodedText],
  ["raw-deflate", (bytes) => {
    const { bytes: content, end, fault } = inflate(bytes, LIMIT, "raw");
    return fault === undefined && end === bytes.length && content.length >= LEAST_CONTENT ? content : undefined;
  }],
  ["partly-compressed", laterZlib],
];

/** The innermost content, and what was taken away to reach it. */
export function unpacked(bytes: Bytes): { content: Bytes; layers: Layer[] } {
  const layers: Layer[] = [];
  let content = bytes;
  for (let at = 0; at < LAYERS.length && layers.length < MOST_LAYERS && !shapeOf(content).hasAppId; at++) {
    const [layer, inside] = LAYERS[at]!;
    const inner = inside(content);
    if (inner === undefined) continue;
    layers.push(layer);
    if (layer === "json" || inner.length === 0) break;
    // What is compressed in a part only is shown by the bytes before it.
    if (layer === "partly-compressed") break;
    content = inner;
    at = -1;
  }
  return { content, layers };
}

/** What inflates to its end. */
function whole({ bytes, fault }: { bytes: Bytes; fault?: string }): Bytes | undefined {
  return fault === undefined ? bytes : undefined;
}

/** A zlib stream with another checksum than zlib's at its end: CRC-32, the other byte order, or zeros. */
function ofOtherChecksum(bytes: Bytes): Bytes | undefined {
  if (!hasZlibHeader(bytes)) return undefined;
  const { bytes: content, end, fault } = inflate(bytes.subarray(2), LIMIT, "raw");
  if (fault !== undefined || end + 6 !== bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 2, 4);
  const given = [view.getUint32(0), view.getUint32(0, true)];
  return [0, crc32(content), adler32(content)].some((checksum) => given.includes(checksum)) ? content : undefined;
}

/** Text in base64 or hexadecimal within the bytes, as where a token was encoded twice; with its version before it or not. */
function encodedText(bytes: Bytes): Bytes | undefined {
  const text = characters(bytes);
  const [, encoded = ""] = /^(?:00[67])?([A-Za-z0-9+/]{40,}={0,2})$/.exec(text) ?? [];
  if (encoded === "") return undefined;
  return isHex(encoded) ? decodeHex(encoded) : bytesOfBase64(encoded.replaceAll("=", ""));
}

/** A zlib stream that begins later in the bytes. */
function laterZlib(bytes: Bytes): Bytes | undefined {
  for (let at = 1, tries = 0; at < Math.min(bytes.length, 512) && tries < 8; at++) {
    if (bytes[at] !== 0x78 || !hasZlibHeader(bytes.subarray(at))) continue;
    tries++;
    const inner = whole(inflate(bytes.subarray(at), LIMIT));
    if (inner !== undefined) return inner;
  }
  return undefined;
}
