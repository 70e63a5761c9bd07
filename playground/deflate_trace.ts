/** Which bits of a DEFLATE stream made which bytes of its output. */
export interface Trace {
  /** For each output byte, the first bit and the one after the last of its symbol, counted from the start of the stream. */
  bits: Uint32Array;
  /** How many output bytes were traced; fewer than there are where the stream is damaged. */
  length: number;
}

const LENGTH_BASE = [
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  13,
  15,
  17,
  19,
  23,
  27,
  31,
  35,
  43,
  51,
  59,
  67,
  83,
  99,
  115,
  131,
  163,
  195,
  227,
  258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The number of codes of each length, and their symbols in order: all that is needed to decode canonical Huffman codes. */
interface Huffman {
  counts: number[];
  symbols: number[];
}

/**
 * Reads a DEFLATE stream (RFC 1951) for where its output comes from. The platform inflates, and does not tell; this follows
 * the same symbols and keeps their places instead of their values.
 *
 * @param stream The stream, without the zlib header.
 * @param limit How many bytes of output to trace.
 */
export function traceDeflate(stream: Uint8Array, limit: number): Trace {
  const bits = new Uint32Array(2 * limit);
  let length = 0;
  let at = 0;

  const take = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) {
      if (at >= stream.length * 8) throw new RangeError("end of stream");
      value |= ((stream[at >> 3]! >> (at & 7)) & 1) << i;
    }
    return value;
  };
  const symbol = ({ counts, symbols }: Huffman): number => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let size = 1; size <= 15; size++) {
      code |= take(1);
      const count = counts[size]!;
      if (code - count < first) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError("no such code");
  };
  const put = (from: number, count: number) => {
    for (let i = 0; i < count && length < limit; i++, length++) bits.set([from, at], 2 * length);
  };

  try {
    for (let isLast = false; !isLast && length < limit;) {
      isLast = take(1) === 1;
      const type = take(2);
      if (type === 0) {
        at = (at + 7) & ~7;
        const count = take(16);
        take(16);
        for (let i = 0; i < count; i++) {
          const from = at;
          take(8);
          put(from, 1);
        }
        continue;
      }
      const [literals, distances] = type === 1 ? FIXED : dynamicCodes(take, symbol);
      for (;;) {
        const from = at;
        const value = symbol(literals);
        if (value === 256) break;
        if (value < 256) {
          put(from, 1);
          continue;
        }
        const count = LENGTH_BASE[value - 257]! + take(LENGTH_EXTRA[value - 257]!);
        take(Math.max(0, (symbol(distances) >> 1) - 1));
        put(from, count);
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // a damaged stream is traced up to the fault
  }
  return { bits, length };
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Array(16).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const symbols = lengths.map((_, symbol) => symbol).filter((symbol) => lengths[symbol]! > 0)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts, symbols };
}

const FIXED = [
  huffman(Array.from({ length: 288 }, (_, i) => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
  huffman(new Array(30).fill(5)),
] as const;

function dynamicCodes(take: (count: number) => number, symbol: (code: Huffman) => number): [Huffman, Huffman] {
  const [literalCount, distanceCount, codeCount] = [take(5) + 257, take(5) + 1, take(4) + 4];
  const codeLengths: number[] = new Array(19).fill(0);
  for (let i = 0; i < codeCount; i++) codeLengths[CODE_ORDER[i]!] = take(3);
  const codes = huffman(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const value = symbol(codes);
    if (value < 16) lengths.push(value);
    else if (value === 16) lengths.push(...new Array(3 + take(2)).fill(lengths.at(-1)));
    else lengths.push(...new Array(value === 17 ? 3 + take(3) : 11 + take(7)).fill(0));
  }
  return [huffman(lengths.slice(0, literalCount)), huffman(lengths.slice(literalCount))];
}
