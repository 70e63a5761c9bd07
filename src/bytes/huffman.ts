// Canonical Huffman codes, as deflate sends them (RFC 1951 §3.2.2), and what their symbols mean.

/** A canonical Huffman code. */
export interface Code {
  /** How many codes each length has. */
  readonly counts: Uint16Array;
  /** The symbols in the order of their codes. */
  readonly symbols: Uint16Array;
  /** For the next bits of the input, the symbol that they begin with, times 16, and how many bits it has; 0 where it has more. */
  readonly table: Uint16Array;
}

/** The longest code, in bits. */
export const MAX_BITS = 15;
/** How many bits the table is looked up by: the longest fixed code. */
export const TABLE_BITS = 9;

/** The symbol after the last of a block; those above it are lengths. */
export const END_OF_BLOCK = 256;
/** The longest match, in bytes. */
export const LONGEST = 258;

/** The first length of each symbol, counted from the one after the end of the block (RFC 1951 §3.2.5). */
// deno-fmt-ignore
export const LENGTHS: readonly number[] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
/** How many bits follow it. */
export const LENGTH_BITS: readonly number[] = [
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  0,
];
/** The first distance of each symbol. */
// deno-fmt-ignore
export const DISTANCES: readonly number[] = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577,
];
/** How many bits follow it. */
export const DISTANCE_BITS: readonly number[] = [
  0,
  0,
  0,
  0,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  5,
  6,
  6,
  7,
  7,
  8,
  8,
  9,
  9,
  10,
  10,
  11,
  11,
  12,
  12,
  13,
  13,
];
/** The order in which the lengths of the code for lengths come (RFC 1951 §3.2.7). */
export const ORDER: readonly number[] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

let fixed: { readonly lengths: Code; readonly distances: Code } | undefined;

/** The codes of a block that names none (RFC 1951 §3.2.6), made when a stream first needs them. */
export function fixedCodes(): { readonly lengths: Code; readonly distances: Code } {
  return fixed ??= {
    lengths: codeOf(Uint8Array.from({ length: 288 }, (_, i) => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
    distances: codeOf(new Uint8Array(30).fill(5)),
  };
}

/** The code that has these lengths. */
export function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]!++;
  const used = lengths.length - counts[0]!;
  counts[0] = 0;
  const offsets = new Uint16Array(MAX_BITS + 2);
  for (let length = 1; length <= MAX_BITS; length++) offsets[length + 1] = offsets[length]! + counts[length]!;
  const symbols = new Uint16Array(used);
  const table = new Uint16Array(1 << TABLE_BITS);
  const next = new Uint16Array(MAX_BITS + 1);
  for (let length = 1; length < MAX_BITS; length++) next[length + 1] = (next[length]! + counts[length]!) << 1;
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    symbols[offsets[length]!++] = symbol;
    const code = next[length]!++;
    if (length > TABLE_BITS) continue;
    // Codes come with their first bit lowest.
    let reversed = 0;
    for (let bit = 0; bit < length; bit++) reversed |= (code >> bit & 1) << length - 1 - bit;
    for (; reversed < table.length; reversed += 1 << length) table[reversed] = symbol << 4 | length;
  }
  return { counts, symbols, table };
}

/** How many codes of the greatest length are left unused; below 0 where there are more than can be told apart. */
export function spaceOf({ counts }: Code): number {
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    left = (left << 1) - counts[length]!;
    if (left < 0) break;
  }
  return left;
}
