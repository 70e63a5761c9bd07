/** How far each step of a round turns, and the constants of the steps (RFC 1321 §3.4). */
const TURNS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const SINES = Int32Array.from({ length: 64 }, (_, step) => 2 ** 32 * Math.abs(Math.sin(step + 1)));

/**
 * MD5 (RFC 1321), for the users of Chat and the oldest Signaling, as `@noble/hashes` computes it for the library: that has checks
 * of its arguments and other hashes besides, and is a kilobyte more to transfer.
 */
export function md5(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = message;
  const padded = new DataView(new ArrayBuffer((length + 72) & ~63));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(length, 0x80);
  padded.setUint32(padded.byteLength - 8, 8 * length, true);
  padded.setUint32(padded.byteLength - 4, length / 2 ** 29, true);
  const sum = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < padded.byteLength; block += 64) {
    let [a, b, c, d] = sum as unknown as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [b & c | ~b & d, d & b | ~d & c, b ^ c ^ d, c ^ (b | ~d)][round]!;
      const word = [step, 5 * step + 1, 3 * step + 5, 7 * step][round]! % 16;
      const turned = a + mixed + SINES[step]! + padded.getInt32(block + 4 * word, true) | 0;
      const turn = TURNS[round]![step % 4]!;
      [a, d, c, b] = [d, c, b, b + (turned << turn | turned >>> 32 - turn) | 0];
    }
    [a, b, c, d].forEach((part, place) => sum[place]! += part);
  }
  return new Uint8Array(sum.buffer);
}
