import { type Code, MAX_BITS, TABLE_BITS } from "./huffman.ts";

// The bits of a deflate stream, in the order in which they are sent: the lowest of a byte first (RFC 1951 §3.1.1).

/** Why a stream could not be read to its end. */
export type InflateFault =
  /** The input ends before the stream does; all before is possible. */
  | "truncated"
  /** The bytes at `end` can stand in no stream. */
  | "malformed"
  /** The stream is whole, but its checksum is that of other bytes. */
  | "checksum"
  /** The output passes the limit. */
  | "too-large";

/** Ends the reading where it stands: no `Error`, which costs more than most readings. */
export class Fault {
  constructor(readonly fault: InflateFault) {}
}

/** The bits of an input, read from its start. Engines keep what is held as an integer, since it never has more than 30 bits. */
export class Bits {
  /** The next byte of the input. */
  at = 0;
  /** The bits that are read and not used, the first one lowest. */
  held = 0;
  /** How many they are. */
  heldBits = 0;

  constructor(readonly input: Uint8Array) {}

  /** The first byte of the input of which no bit was used. */
  get end(): number {
    return this.at - (this.heldBits >> 3);
  }

  /** The next bit of the input. */
  get bit(): number {
    return 8 * this.at - this.heldBits;
  }

  /** A number of some bits, 0 to 16. */
  take(count: number): number {
    while (this.heldBits < count) {
      if (this.at >= this.input.length) throw new Fault("truncated");
      this.held |= this.input[this.at++]! << this.heldBits;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>= count;
    this.heldBits -= count;
    return value;
  }

  /** The next symbol. */
  symbol(code: Code): number {
    while (this.heldBits < TABLE_BITS && this.at < this.input.length) {
      this.held |= this.input[this.at++]! << this.heldBits;
      this.heldBits += 8;
    }
    const entry = code.table[this.held & ((1 << TABLE_BITS) - 1)]!;
    const bits = entry & 15;
    if (bits === 0 || bits > this.heldBits) return this.#longSymbol(code);
    this.held >>= bits;
    this.heldBits -= bits;
    return entry >> 4;
  }

  /** The next symbol, one bit at a time (RFC 1951 §3.2.2): one with a long code, or the last before the input ends. */
  #longSymbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= this.take(1);
      const count = counts[length]!;
      if (code - count < first) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Fault("malformed");
  }

  /** Passes over whole bytes, and says where they begin: the rest of a byte is dropped, and bytes that are held are given back. */
  bytes(count: number): number {
    const start = this.end;
    this.held = this.heldBits = 0;
    this.at = Math.min(start + count, this.input.length);
    if (start + count > this.input.length) throw new Fault("truncated");
    return start;
  }
}
