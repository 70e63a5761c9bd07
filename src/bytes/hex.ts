import type { Bytes } from "./bytes.ts";

// `@std/encoding` would do, but for the tables that it makes when it loads, which no bundler leaves out of a page that only builds.

/** Bytes as lower-case hexadecimal digits. */
export function encodeHex(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += (byte < 16 ? "0" : "") + byte.toString(16);
  return digits;
}

/** The bytes of hexadecimal digits, which the caller has checked: pairs of either case, and nothing else. */
export function decodeHex(digits: string): Bytes {
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) => parseInt(digits.slice(2 * index, 2 * index + 2), 16));
}

/** Bytes for people: pairs of hexadecimal digits, with spaces between them. */
export function hexPairs(bytes: Uint8Array): string {
  return encodeHex(bytes).replace(/..(?!$)/g, "$& ");
}
