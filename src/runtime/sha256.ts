import type { Bytes } from "../bytes/bytes.ts";

// HMAC-SHA256 (RFC 2104, FIPS 180-4) of short messages. A library or the runtime would do, but for what a call costs: a token needs
// three HMACs of four to six blocks each, and one takes 20 to 70 µs with WebCrypto, 6 with `createHmac`, 3 with two calls of
// `hash`, and 1.5 here (Deno 2.9). Nothing is allocated. Bun's own is faster, and is used there (`synchronous.ts`).

/** The bytes of a block. */
const BLOCK = 64;

/** The fractions of the cube roots of the first 64 primes. */
const K = /* @__PURE__ */ new Int32Array([
  ...[0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
  ...[0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
  ...[0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
  ...[0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
  ...[0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
  ...[0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
  ...[0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
  ...[0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
]);

/** The fractions of the square roots of the first eight primes: the state before the first block. */
const START = /* @__PURE__ */ new Int32Array([
  ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
]);

// One call at a time uses these: nothing here waits. The first 16 words of the schedule are the block.
const words = /* @__PURE__ */ new Int32Array(64);
const inner = /* @__PURE__ */ new Int32Array(8);
const outer = /* @__PURE__ */ new Int32Array(8);

/**
 * HMAC-SHA256 of `message` under a key of any length.
 *
 * @param into Where it is put; it may be the key or the message.
 */
export function hmacSha256(key: Uint8Array, message: Uint8Array, into: Bytes = new Uint8Array(32)): Bytes {
  const short = key.length > BLOCK ? sha256(key) : key;
  startPadded(inner, short, 0x36363636);
  startPadded(outer, short, 0x5c5c5c5c);
  finish(inner, message, BLOCK);
  words.fill(0, 8, 16);
  words.set(inner);
  words[8] = 1 << 31;
  words[15] = 8 * (BLOCK + 32);
  compress(outer);
  return putBytes(outer, into);
}

/** SHA-256 of `message`. */
export function sha256(message: Uint8Array): Bytes {
  inner.set(START);
  finish(inner, message, 0);
  return putBytes(inner, new Uint8Array(32));
}

/** The state after the block of a key, each of its bytes changed by `pad`. */
function startPadded(state: Int32Array, key: Uint8Array, pad: number): void {
  state.set(START);
  load(key, 0, 0);
  for (let i = 0; i < 16; i++) words[i] = words[i]! ^ pad;
  compress(state);
}

/** Takes the message into the state, and its end: a bit, zeros, and the length in bits with the `before` bytes before it. */
function finish(state: Int32Array, message: Uint8Array, before: number): void {
  const { length } = message;
  let at = 0;
  for (; at + BLOCK <= length; at += BLOCK) {
    load(message, at, 0);
    compress(state);
  }
  load(message, at, 0x80);
  if (length - at > BLOCK - 9) {
    compress(state);
    words.fill(0, 0, 16);
  }
  words[14] = (before + length) / 0x20000000;
  words[15] = (before + length) << 3;
  compress(state);
}

/** The block of a message at `at`; after the message `end`, then zeros. */
function load(bytes: Uint8Array, at: number, end: number): void {
  let i = 0;
  const whole = Math.min(16, (bytes.length - at) >> 2);
  for (; i < whole; i++, at += 4) {
    words[i] = bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!;
  }
  if (i === 16) return;
  let word = end;
  for (let last = bytes.length - 1, shift = 8; last >= at; last--, shift += 8) word |= bytes[last]! << shift;
  words[i] = word << 8 * (3 - (bytes.length - at));
  words.fill(0, i + 1, 16);
}

function putBytes(state: Int32Array, bytes: Bytes): Bytes {
  for (let i = 0; i < 8; i++) {
    const word = state[i]!;
    bytes[4 * i] = word >> 24;
    bytes[4 * i + 1] = word >> 16;
    bytes[4 * i + 2] = word >> 8;
    bytes[4 * i + 3] = word;
  }
  return bytes;
}

/** Takes the block in `words` into the state. The additions are cut to 32 bits early, so that engines keep them in integers. */
function compress(state: Int32Array): void {
  const w = words, k = K;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!, y = w[i - 2]!;
    const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3);
    const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10);
    w[i] = w[i - 16]! + w[i - 7]! + s0 + s1;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
    const t1 = ((((h + s1) | 0) + (g ^ (e & (f ^ g)))) | 0) + ((k[i]! + w[i]!) | 0) | 0;
    const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
    const t2 = (s0 + ((a & b) ^ (c & (a ^ b)))) | 0;
    h = g, g = f, f = e, e = (d + t1) | 0, d = c, c = b, b = a, a = (t1 + t2) | 0;
  }
  state[0]! += a, state[1]! += b, state[2]! += c, state[3]! += d;
  state[4]! += e, state[5]! += f, state[6]! += g, state[7]! += h;
}
