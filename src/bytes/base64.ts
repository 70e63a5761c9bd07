import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "./bytes.ts";

/**
 * Decodes canonical base64: the standard alphabet, the required padding, no other character, no stray bits. Since one
 * content has one text, a token cannot be changed without changing its content.
 *
 * @param text The base64 text.
 * @param at Where the text begins in the token, in characters, for the position in errors.
 * @returns The bytes; where there is an `error`, those of the whole groups of four characters before it.
 */
export function decodeCanonicalBase64(text: string, at: number): { bytes: Bytes; error?: AgoraTokenError } {
  const body = bodyOf(text);
  const whole = body - body % 4;
  const bytes = new Uint8Array(whole / 4 * 3 + Math.max(0, body % 4 - 1));
  const stray = decodeInto(bytes, text, body);
  const padding = text.slice(body);
  const isPadded = body % 4 !== 1 && padding === PADDING[body % 4];
  if (isPadded && stray === 0) return { bytes };
  const what = padding !== "" && !padding.startsWith("=")
    ? "a character outside the base64 alphabet"
    : !isPadded
    ? "its length or padding is wrong, as when a token was not copied whole"
    : "stray bits in the last character";
  const message = `The token is not canonical base64: ${what}, at character ${at + body}`;
  const error = new AgoraTokenError("malformed-base64", message, { expected: "canonical base64", actual: what });
  return { bytes: bytes.subarray(0, whole / 4 * 3), error };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The padding for each number of characters in the last group. */
const PADDING = ["", "===", "==", "="];

/** The six bits of each character up to `z`; 64 for one outside the alphabet. Made when first needed. */
let sextets: Uint8Array | undefined;

function sextetAt(text: string, at: number): number {
  if (sextets === undefined) {
    sextets = new Uint8Array(128).fill(64);
    for (let i = 0; i < 64; i++) sextets[ALPHABET.charCodeAt(i)] = i;
  }
  return sextets[text.charCodeAt(at)] ?? 64;
}

/** How many characters of the alphabet a text begins with. */
function bodyOf(text: string): number {
  let body = 0;
  while (body < text.length && sextetAt(text, body) < 64) body++;
  return body;
}

/** Decodes `body` characters, and returns the bits of the last one that are in no byte. */
function decodeInto(bytes: Bytes, text: string, body: number): number {
  let held = 0;
  let bits = 0;
  for (let at = 0, to = 0; at < body; at++) {
    held = held << 6 | sextetAt(text, at);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  return held;
}

/**
 * Base64 with padding, by what the runtime has: `toBase64`, the `Buffer` of Node, or `btoa`, which takes one character for each
 * byte. (`@std/encoding` would add to the bundle of a page that only builds.)
 */
export function encodeBase64(bytes: Uint8Array): string {
  const native = bytes as { toBase64?: () => string };
  if (native.toBase64 !== undefined) return native.toBase64();
  const { Buffer } = globalThis as { Buffer?: { from(buffer: ArrayBufferLike, at: number, length: number): Printable } };
  if (Buffer !== undefined) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  let characters = "";
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

/** The part of a `Buffer` in use. */
interface Printable {
  toString(encoding: "base64"): string;
}
