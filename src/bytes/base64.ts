import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "./bytes.ts";

/**
 * Decodes canonical base64: the standard alphabet, the required padding, no other character, no stray bits. Since the
 * same bytes have one text, no other text can be read as the same bytes.
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
 * Base64 with padding. `btoa` takes one character for each byte. (`@std/encoding` would add to the bundle of a page that only
 * builds.)
 */
export function encodeBase64(bytes: Uint8Array): string {
  let characters = "";
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

/** The bytes of a base64 text; `atob` also accepts what is not canonical. */
function decodeBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
