import { adler32 } from "./adler32.ts";
import { Bits, Fault, type InflateFault } from "./bits.ts";
import type { Bytes } from "./bytes.ts";
import {
  type Code,
  codeOf,
  DISTANCE_BITS,
  DISTANCES,
  END_OF_BLOCK,
  fixedCodes,
  LENGTH_BITS,
  LENGTHS,
  LONGEST,
  ORDER,
  spaceOf,
  TABLE_BITS,
} from "./huffman.ts";

export type { InflateFault };

// DEFLATE (RFC 1951) and zlib (RFC 1950) for small contents, at once and in every runtime. The inflaters of the runtimes do not say
// where a stream ends in its input, nor whether it is cut or damaged; this one does. It takes what zlib takes, and nothing else. The
// 120 bytes of a token take 1.1 µs (Deno 2.9), of which 0.35 are for a new buffer, where `inflateSync` of `node:zlib` takes 3.4.

/** The content of a stream, as far as it could be read. */
export interface InflatedStream {
  /** The content, or what of it comes before the fault. */
  bytes: Bytes;
  /** The offset in the input of the first byte after the stream; with a fault, how many bytes were read until it showed. */
  end: number;
  /** Absent: the stream is whole. */
  fault?: InflateFault;
}

/**
 * Inflates one stream from the start of the input. What follows it is not looked at.
 *
 * @param input The stream, and whatever follows it.
 * @param limit The largest output, in bytes.
 * @param format `zlib`, with header and checksum (RFC 1950), or `raw` (RFC 1951).
 * @param trace Takes, for as many bytes of output as it has room for, the first bit of the input that made the byte, and the bit
 * after the last.
 */
export function inflate(
  input: Uint8Array,
  limit: number,
  format: "zlib" | "raw" = "zlib",
  trace?: Uint32Array,
): InflatedStream {
  const stream = new Stream(input, limit, trace);
  try {
    if (format === "zlib") stream.header();
    while (!stream.block());
    if (format === "zlib") stream.checksum();
    return { bytes: stream.output(), end: stream.bits.end };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { bytes: stream.output(), end: stream.bits.end, fault: error.fault };
  }
}

// The output of a short stream, of which a copy is given: a new buffer costs as much as half of the inflating (Deno and Node).
// One stream at a time uses it: nothing here waits.
const short = /* @__PURE__ */ new Uint8Array(2048);

/** One reading of one stream. */
class Stream {
  readonly bits: Bits;
  #out: Bytes;
  #length = 0;
  /** How much output there is room for. */
  #most: number;

  constructor(input: Uint8Array, readonly limit: number, readonly trace: Uint32Array | undefined) {
    this.bits = new Bits(input);
    const size = 4 * input.length;
    this.#out = size <= short.length ? short : new Uint8Array(Math.min(limit, size));
    this.#most = Math.min(limit, this.#out.length);
  }

  /** Notes which bits made the bytes of the output from one on; `step` is how many bits each has, 0 where all have the same. */
  #note(first: number, bit: number, step: number): void {
    const end = this.bits.bit;
    for (let at = first; at < this.#length && 2 * at < this.trace!.length; at++, bit += step) {
      this.trace![2 * at] = bit;
      this.trace![2 * at + 1] = step === 0 ? end : bit + step;
    }
  }

  output(): Bytes {
    const out = this.#out;
    return out === short ? out.slice(0, this.#length) : out.subarray(0, this.#length);
  }

  header(): void {
    const { input } = this.bits;
    this.bits.at = Math.min(2, input.length);
    if (this.bits.at < 2) throw new Fault("truncated");
    const method = input[0]!, flags = input[1]!;
    // Deflate, a window of at most 32 KiB, a multiple of 31, no preset dictionary.
    if ((method & 0x8f) !== 0x08 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) throw new Fault("malformed");
  }

  checksum(): void {
    const start = this.bits.bytes(4);
    const { input } = this.bits;
    const given = input[start]! << 24 | input[start + 1]! << 16 | input[start + 2]! << 8 | input[start + 3]!;
    if (given !== (adler32(this.#out, this.#length) | 0)) throw new Fault("checksum");
  }

  /** Reads a block; says whether it was the last. */
  block(): boolean {
    const isLast = this.bits.take(1) === 1;
    switch (this.bits.take(2)) {
      case 0:
        this.#stored();
        break;
      case 1:
        this.#compressed(fixedCodes().lengths, fixedCodes().distances);
        break;
      case 2:
        this.#dynamic();
        break;
      default:
        throw new Fault("malformed");
    }
    return isLast;
  }

  #stored(): void {
    const { input } = this.bits;
    const at = this.bits.bytes(4);
    const length = input[at]! | (input[at + 1]! << 8);
    if ((length ^ 0xffff) !== (input[at + 2]! | (input[at + 3]! << 8))) throw new Fault("malformed");
    const bytes = input.subarray(this.bits.at, this.bits.at + length);
    this.#room(bytes.length);
    this.#out.set(bytes, this.#length);
    this.#length += bytes.length;
    if (this.trace !== undefined) this.#note(this.#length - bytes.length, this.bits.bit, 8);
    this.bits.bytes(length);
  }

  #dynamic(): void {
    const lengthCount = this.bits.take(5) + 257;
    const distanceCount = this.bits.take(5) + 1;
    const orderCount = this.bits.take(4) + 4;
    if (lengthCount > 286 || distanceCount > 30) throw new Fault("malformed");
    const ordered = new Uint8Array(19);
    for (let i = 0; i < orderCount; i++) ordered[ORDER[i]!] = this.bits.take(3);
    const code = codeOf(ordered);
    if (spaceOf(code) !== 0) throw new Fault("malformed");
    const lengths = new Uint8Array(lengthCount + distanceCount);
    for (let i = 0; i < lengths.length;) {
      const symbol = this.bits.symbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Fault("malformed");
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const times = symbol === 16 ? 3 + this.bits.take(2) : symbol === 17 ? 3 + this.bits.take(3) : 11 + this.bits.take(7);
      if (i + times > lengths.length) throw new Fault("malformed");
      lengths.fill(value, i, i += times);
    }
    if (lengths[END_OF_BLOCK] === 0) throw new Fault("malformed");
    const literals = codeOf(lengths.subarray(0, lengthCount));
    const distances = codeOf(lengths.subarray(lengthCount));
    for (const code of [literals, distances]) {
      // As zlib, which takes a code that leaves bits unused only where it has one symbol or, of distances, none.
      const isSingle = code.symbols.length === 0 ? code === distances : code.symbols.length === 1 && code.counts[1] === 1;
      if (spaceOf(code) < 0 || spaceOf(code) > 0 && !isSingle) throw new Fault("malformed");
    }
    this.#compressed(literals, distances);
  }

  #compressed(literals: Code, distances: Code): void {
    for (;;) {
      if (this.trace === undefined) this.#ordinary(literals, distances);
      const bit = this.trace === undefined ? 0 : this.bits.bit;
      const symbol = this.bits.symbol(literals);
      if (symbol < END_OF_BLOCK) {
        this.#room(1);
        this.#out[this.#length++] = symbol;
        if (this.trace !== undefined) this.#note(this.#length - 1, bit, 0);
        continue;
      }
      if (symbol === END_OF_BLOCK) return;
      const index = symbol - 257;
      if (index >= LENGTHS.length) throw new Fault("malformed");
      const length = LENGTHS[index]! + this.bits.take(LENGTH_BITS[index]!);
      const far = this.bits.symbol(distances);
      const distance = DISTANCES[far]! + this.bits.take(DISTANCE_BITS[far]!);
      if (distance > this.#length) throw new Fault("malformed");
      this.#room(length);
      const end = this.#length + length;
      for (; this.#length < end; this.#length++) {
        this.#out[this.#length] = this.#out[this.#length - distance]!;
      }
      if (this.trace !== undefined) this.#note(end - length, bit, 0);
    }
  }

  /**
   * Reads symbols up to one that is not ordinary: the last of the block or of the input, one with a long code or that stands in no
   * stream, or for which there may be no room. All that it uses is in variables, and `| 0` says that they are integers, so that engines
   * keep them in registers: a third of the time.
   */
  #ordinary({ table }: Code, { table: farTable }: Code): void {
    const bits = this.bits, input = bits.input, available = input.length, out = this.#out, last = this.#most - LONGEST;
    const lengths = LENGTHS, lengthBits = LENGTH_BITS, distances = DISTANCES, distanceBits = DISTANCE_BITS;
    const mask = (1 << TABLE_BITS) - 1, end = END_OF_BLOCK;
    let at = bits.at | 0, held = bits.held | 0, heldBits = bits.heldBits | 0, length = this.#length | 0;
    while (length <= last) {
      for (; heldBits < 23 && at < available; heldBits += 8) held |= input[at++]! << heldBits;
      const entry = table[held & mask]!;
      const symbol = entry >> 4;
      let taken = entry & 15;
      if (taken === 0 || taken > heldBits) break;
      if (symbol < end) {
        held >>= taken, heldBits -= taken, out[length++] = symbol;
        continue;
      }
      const index = symbol - end - 1;
      if (index < 0 || index >= lengths.length) break;
      // A length and its distance are taken together, or not at all.
      let rest = held >> taken;
      const size = lengths[index]! + (rest & (1 << lengthBits[index]!) - 1);
      rest >>= lengthBits[index]!;
      const far = farTable[rest & mask]!;
      rest >>= far & 15;
      const distance = distances[far >> 4]! + (rest & (1 << distanceBits[far >> 4]!) - 1);
      taken += lengthBits[index]! + (far & 15) + distanceBits[far >> 4]!;
      if ((far & 15) === 0 || taken > heldBits || distance > length) break;
      held >>= taken, heldBits -= taken;
      for (const to = length + size; length < to; length++) out[length] = out[length - distance]!;
    }
    bits.at = at, bits.held = held, bits.heldBits = heldBits, this.#length = length;
  }

  /** Makes room for some bytes. */
  #room(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#most) return;
    if (needed > this.limit) throw new Fault("too-large");
    const larger = new Uint8Array(Math.min(this.limit, Math.max(needed, 2 * this.#out.length)));
    larger.set(this.#out.subarray(0, this.#length));
    this.#out = larger;
    this.#most = larger.length;
  }
}
