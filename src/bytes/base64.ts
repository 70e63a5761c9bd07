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
  const stray = text.search(/[^A-Za-z0-9+/]/);
  const body = stray < 0 ? text.length : stray;
  const padding = text.slice(body);
  const expected = "=".repeat((4 - body % 4) % 4);
  if (body % 4 !== 1 && padding === expected) {
    const bytes = decodeBase64(text);
    if (encodeBase64(bytes) === text) return { bytes };
  }
  const what = padding !== "" && !padding.startsWith("=")
    ? "a character outside the base64 alphabet"
    : padding !== expected || body % 4 === 1
    ? "its length or padding is wrong, as when a token was not copied whole"
    : "stray bits in the last character";
  const message = `The token is not canonical base64: ${what}, at character ${at + body}`;
  const error = new AgoraTokenError("malformed-base64", message, { expected: "canonical base64", actual: what });
  return { bytes: decodeBase64(text.slice(0, body - body % 4)), error };
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

/** The bytes of a base64 text; `atob` also accepts what is not canonical. */
function decodeBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
