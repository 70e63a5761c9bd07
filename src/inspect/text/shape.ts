import type { Bytes } from "../../bytes/bytes.ts";
import { decodePayload } from "../../formats/access_token2/decode.ts";
import type { ParsedToken007 } from "../../formats/access_token2/types.ts";
import { isHexId } from "../../validate.ts";
import type { HomemadeSign } from "../findings.ts";

// How is an unpacked content laid out? It begins with the length of a signature, the signature, and in 007 the App ID.

/** How much of a content is looked at as text, in bytes. */
const MOST_CHARACTERS = 32_768;

/** In what a content is no official one. */
export interface Shape {
  readonly signs: readonly HomemadeSign[];
  /** Whether it begins with a length and a signature, or an App ID, in whatever order of bytes. */
  readonly isKnown: boolean;
  /** Whether the first or second of its fields is the App ID. */
  readonly hasAppId?: true;
  /** The content as a 007, where it is one but for its signature. */
  readonly token?: ParsedToken007;
}

/** How the length before each field may be written; the official one is the third. */
const LENGTHS: readonly (readonly [size: 2 | 4, littleEndian: boolean, signs: readonly HomemadeSign[]])[] = [
  [4, true, ["lengths-of-32-bits"]],
  [4, false, ["lengths-of-32-bits", "big-endian"]],
  [2, true, []],
  [2, false, ["big-endian"]],
];

export function shapeOf(content: Bytes): Shape {
  const readings = LENGTHS.map(([size, littleEndian, signs]) => {
    const first = prefixed(content, 0, size, littleEndian);
    const second = first === undefined ? undefined : prefixed(content, size + first.length, size, littleEndian);
    return { size, signs, first, second };
  });
  for (const { signs, first, second } of readings) {
    if (first === undefined) continue;
    if (isAppId(first)) return { signs: [...signs, "other-order"], isKnown: true, hasAppId: true };
    if (second === undefined || !isAppId(second)) continue;
    const { token, error } = signs.length > 0 ? {} as never : decodePayload(content);
    const all = [...signs, ...signatureSigns(first)];
    // A content that is compressed as a whole was built short: nothing can be lost within it.
    if (signs.length === 0 && error !== undefined) return { signs: [...all, "other-content"], isKnown: true, hasAppId: true };
    return {
      signs: all,
      isKnown: true,
      hasAppId: true,
      ...(error === undefined && token !== undefined ? { token: token as ParsedToken007 } : {}),
    };
  }
  // A length of 32 and bytes after it; in 32 bits any length of a signature is beyond chance.
  const found = readings.find(({ size, first }) =>
    first !== undefined && (first.length === 32 || size === 4 && first.length >= 20 && first.length <= 88)
  );
  if (found !== undefined) return { signs: [...found.signs, ...signatureSigns(found.first!)], isKnown: true };
  return { signs: /[0-9a-f]{32}/i.test(characters(content)) ? ["other-order"] : [], isKnown: false };
}

/** The bytes after a length. */
function prefixed(bytes: Bytes, at: number, size: 2 | 4, littleEndian: boolean): Bytes | undefined {
  if (at + size > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
  const length = size === 2 ? view.getUint16(0, littleEndian) : view.getUint32(0, littleEndian);
  return length === 0 || at + size + length > bytes.length ? undefined : bytes.subarray(at + size, at + size + length);
}

function isAppId(bytes: Uint8Array): boolean {
  return bytes.length === 32 && isHexId(characters(bytes));
}

/** What is no signature of HMAC-SHA256 in the bytes of one. */
export function signatureSigns(signature: Bytes): HomemadeSign[] {
  if (signature.length === 32) return isAppId(signature) ? ["other-order"] : [];
  if (/^[0-9a-f]{64}$/i.test(characters(signature))) return ["signature-hexadecimal"];
  return ["signature-length", ...bytesOfText(signature) === undefined ? [] : ["bytes-as-text" as const]];
}

/**
 * The bytes that were decoded as text and encoded as UTF-8: each as the character of its number (Latin-1), or nothing of them where
 * they were decoded as UTF-8, which replaces what is none.
 */
export function bytesOfText(bytes: Bytes): Bytes | undefined {
  const text = characters(bytes);
  const replaced = text.split("\ufffd").length - 1;
  if (replaced > 2 && encodesTo(text, bytes)) return new Uint8Array(0);
  const isLatin1 = replaced === 0 && /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text);
  return isLatin1 ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : undefined;
}

/** Whether a text is what bytes hold, and not what became of them by decoding. */
function encodesTo(text: string, bytes: Bytes): boolean {
  const encoded = new TextEncoder().encode(text);
  return encoded.length === bytes.length && encoded.every((byte, index) => byte === bytes[index]);
}

/** Bytes as characters, as many as are looked at: those of ASCII as they are, all others as any. */
export function characters(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MOST_CHARACTERS));
}
