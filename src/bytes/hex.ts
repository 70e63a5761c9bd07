import { encodeHex } from "@std/encoding/hex";

/** Bytes as people read them: pairs of hexadecimal digits, with blanks between them. */
export function hexPairs(bytes: Uint8Array): string {
  return encodeHex(bytes).replace(/..(?!$)/g, "$& ");
}
