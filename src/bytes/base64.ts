import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "./bytes.ts";

/**
 * Decodes canonical base64: the standard alphabet, the required padding, no other character, no stray bits. Since the
 * same bytes have one text, no other text can be read as the same bytes.
 *
 * @param text The base64 text.
 * @param at Where the text begins in the token, in characters, for the position in errors.
 * @param isUsedAtOnce Whether the bytes may lie in a buffer that the next call uses again.
 * @returns The bytes; where there is an `error`, those of the whole groups of four characters before it.
 */
export function decodeCanonicalBase64(
  text: string,
  at: number,
  isUsedAtOnce?: true,
): { bytes: Bytes; error?: AgoraTokenError } {
  const size = text.length * 3 >> 2;
  const bytes = isUsedAtOnce && size <= short.length ? short : new Uint8Array(size);
  const length = decodeNatively(text, bytes);
  return length === undefined ? decode(text, at, bytes) : { bytes: bytes.subarray(0, length) };
}

// A new buffer costs twice as much as the decoding (Deno).
const short = /* @__PURE__ */ new Uint8Array(1024);

/** Decodes by what the runtime has, and says how many bytes there are; nothing where it has none, or the text is not canonical. */
function decodeNatively(text: string, into: Bytes): number | undefined {
  const native = into as { setFromBase64?: (text: string, options: { lastChunkHandling: "strict" }) => { written: number } };
  if (native.setFromBase64 === undefined) return undefined;
  try {
    const { written } = native.setFromBase64(text, STRICT);
    // It takes whitespace, which is in no byte.
    const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    return written === text.length / 4 * 3 - padding ? written : undefined;
  } catch {
    return undefined;
  }
}

const STRICT = { lastChunkHandling: "strict" } as const;

/** The same, in any runtime, and with what is wrong. */
function decode(text: string, at: number, bytes: Bytes): { bytes: Bytes; error?: AgoraTokenError } {
  const table = sextets ??= tableOf(ALPHABET);
  let length = 0;
  let body = 0; // how many characters of the alphabet there are
  let held = 0;
  for (; body < text.length; body++) {
    const sextet = table[text.charCodeAt(body)];
    if (sextet === undefined || sextet === NONE) break;
    held = held << 6 | sextet;
    const bits = (body & 3) * 2; // of this character, those that belong to the next byte
    if (bits === 0) continue;
    bytes[length++] = held >> 6 - bits;
  }
  const rest = body & 3;
  const padding = text.slice(body);
  const isPadded = padding === PADDING[rest];
  // Of two or three characters, the last has four or two bits that are in no byte.
  const stray = rest === 2 ? held & 15 : rest === 3 ? held & 3 : 0;
  if (isPadded && stray === 0) return { bytes: bytes.subarray(0, length) };
  const what = padding !== "" && !padding.startsWith("=")
    ? "a character outside the base64 alphabet"
    : !isPadded
    ? "its length or padding is wrong, as when a token was not copied whole"
    : "stray bits in the last character";
  const message = `The token is not canonical base64: ${what}, at character ${at + body}`;
  const error = new AgoraTokenError("malformed-base64", message, { expected: "canonical base64", actual: what });
  return { bytes: bytes.subarray(0, (body - rest) / 4 * 3), error };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The padding for each number of characters in the last group; none is right for one. */
const PADDING = ["", undefined, "==", "="];

/** The six bits of each character; made when first needed. */
let sextets: Uint8Array | undefined;

/** Stands for a character outside the alphabet. */
const NONE = 64;

function tableOf(alphabet: string): Uint8Array {
  const table = new Uint8Array(128).fill(NONE);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
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
