import type { Bytes } from "../bytes/bytes.ts";
import { adler32 } from "../bytes/adler32.ts";

// zlib streams of short contents: one block of fixed Huffman codes (RFC 1951 §3.2.6), which is also what zlib chooses for them.
// zlib would do, but for its set-up: `deflateSync` takes 9 µs for the 156 bytes of a token, where this takes 1 (Deno 2.9). It finds
// the matches that zlib finds (level 6, which waits for a longer one at the next byte), so that no short token is larger than zlib's.

/** The longest content, in bytes: above it, the codes that zlib makes for a content itself are often shorter. */
export const SHORT = 192;

const MIN_MATCH = 3;
const HASH_BITS = 9;

/** The bits of a symbol as they are sent, the first one lowest, and of those that follow it; above them, how many they are. */
type Code = number;
const COUNT = 24;

// One call at a time uses these: nothing here waits.
let literals: Int32Array | undefined;
const heads = /* @__PURE__ */ new Int16Array(1 << HASH_BITS);
const previous = /* @__PURE__ */ new Int16Array(SHORT);
const sent = /* @__PURE__ */ new Int32Array(SHORT + 1);
const out = /* @__PURE__ */ new Uint8Array(SHORT + SHORT / 8 + 16);

/** The zlib stream (RFC 1950) of at most {@linkcode SHORT} bytes, in a buffer that the next call uses again. */
export function deflateShort(bytes: Uint8Array): Bytes {
  out[0] = 0x78;
  out[1] = 0x9c;
  let size = 2;
  let held = 0b011; // the last block, of fixed codes
  let heldBits = 3;
  for (let i = 0, count = findCodes(bytes); i < count; i++) {
    const code = sent[i]!;
    held |= (code & 0xffffff) << heldBits;
    heldBits += code >> COUNT;
    for (; heldBits >= 8; heldBits -= 8, held >>= 8) out[size++] = held;
  }
  // The end of the block is seven bits of 0.
  for (heldBits += 7; heldBits > 0; heldBits -= 8, held >>= 8) out[size++] = held;
  const checksum = adler32(bytes);
  for (let shift = 24; shift >= 0; shift -= 8) out[size++] = checksum >>> shift;
  return out.subarray(0, size);
}

/** Puts the codes of the literals and matches of `bytes` into `sent`, and says how many they are. */
function findCodes(bytes: Uint8Array): number {
  const literal = literals ??= Int32Array.from(
    { length: 256 },
    (_, byte) => code(byte < 144 ? 0x30 + byte : 0x100 + byte, byte < 144 ? 8 : 9),
  );
  const { length } = bytes;
  heads.fill(-1);
  let count = 0;
  // The byte before may wait, as a literal or as the start of a match, for a longer match at this one.
  let waits = false, match = 0, distance = 0;
  for (let at = 0;; at++) {
    let found = Math.max(match, MIN_MATCH - 1), back = 0;
    if (at + MIN_MATCH <= length) {
      const most = length - at;
      for (let candidate = record(bytes, at); candidate >= 0 && found < most; candidate = previous[candidate]!) {
        if (bytes[candidate + found] !== bytes[at + found]) continue;
        let same = 0;
        while (same < most && bytes[candidate + same] === bytes[at + same]) same++;
        if (same > found) found = same, back = at - candidate;
      }
    }
    if (match > 0 && back === 0) {
      sent[count++] = spread(match - MIN_MATCH, 4, lengthCode);
      sent[count++] = spread(distance - 1, 2, distanceCode);
      for (const last = at + match - 2; at < last;) if (++at + MIN_MATCH <= length) record(bytes, at);
      waits = false, match = 0;
      continue;
    }
    if (waits) sent[count++] = literal[bytes[at - 1]!]!;
    if (at >= length) return count;
    waits = true, match = back === 0 ? 0 : found, distance = back;
  }
}

/** Records where three bytes stand, and says where bytes of the same hash stood before; −1 for nowhere. */
function record(bytes: Uint8Array, at: number): number {
  const three = bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16;
  const hash = Math.imul(three, 0x9e3779b1) >>> 32 - HASH_BITS;
  const before = previous[at] = heads[hash]!;
  heads[hash] = at;
  return before;
}

/**
 * The symbol of a length or distance, counted from the least, and the bits after it (RFC 1951 §3.2.5): after the first `group`
 * symbols, each `group` of them has one bit more.
 */
function spread(value: number, group: 2 | 4, symbolCode: (symbol: number) => Code): Code {
  const extra = Math.max(0, 31 - Math.clz32(value / group));
  const base = symbolCode(group * extra + (value >> extra));
  return base + ((value & (1 << extra) - 1) << (base >> COUNT)) + (extra << COUNT);
}

// RFC 1951 §3.2.6.
const lengthCode = (symbol: number) => symbol < 23 ? code(symbol + 1, 7) : code(symbol + 0xa9, 8);
const distanceCode = (symbol: number) => code(symbol, 5);

/** A Huffman code, which is sent from its highest bit. */
function code(value: number, bits: number): Code {
  let reversed = 0;
  for (let i = 0; i < bits; i++) reversed |= (value >> i & 1) << bits - 1 - i;
  return reversed | bits << COUNT;
}
