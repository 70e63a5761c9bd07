import { encodeHex } from "@std/encoding/hex";

/** Bytes for people: pairs of hexadecimal digits, with spaces between them. */
export function hexPairs(bytes: Uint8Array): string {
  return encodeHex(bytes).replace(/..(?!$)/g, "$& ");
}
