/**
 * The checksum of the first `length` bytes (RFC 1950 §8.2). The sums stay below 2³² for 3,800 bytes at a time, so that the modulus
 * can wait.
 */
export function adler32(bytes: Uint8Array, length: number = bytes.length): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < length; start += 3800) {
    const end = Math.min(start + 3800, length);
    for (let i = start; i < end; i++) b += a += bytes[i]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
