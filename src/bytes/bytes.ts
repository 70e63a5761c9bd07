/** Bytes over a plain `ArrayBuffer`, which WebCrypto and the streams need. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The longest text whose characters are looked at one by one, which takes less than a call of an encoder. */
const SHORT = 128;

/**
 * The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as in the official JavaScript code.
 *
 * @param into Where those of a text are put that is ASCII and has just as many.
 */
export function utf8(text: string, into?: Bytes): Bytes {
  if (text.length > SHORT) return encoder.encode(text);
  const bytes = into?.length === text.length ? into : new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return encoder.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

/** Four bytes, little-endian; `into` is where they are put. */
export function u32le(value: number, into: Bytes = new Uint8Array(4)): Bytes {
  for (let i = 0; i < 4; i++) into[i] = value >>> 8 * i;
  return into;
}

/** Joins byte arrays into a new one. */
export function concatBytes(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Compares without stopping at the first difference, so that the time does not show where a forged signature differs. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ (b[i] ?? 0);
  return difference === 0;
}
