import type { Bytes } from "../bytes/bytes.ts";

// HMAC-SHA256 (RFC 2104, FIPS 180-4) of short messages. A library or the runtime would do, but for what a call costs: a token needs
// three HMACs of four to six blocks each, and one takes 20 to 70 µs with WebCrypto, 6 with `createHmac`, 3 with two calls of
// `hash`, and 1.4 here (Deno 2.9). Nothing is allocated. Bun's own is faster, and is used there (`synchronous.ts`).

/** The bytes of a block, and so of the longest key that is not hashed itself. */
export const BLOCK = 64;

/** The constants of a round: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = /* @__PURE__ */ fractions(64, 3);

/** The state before the first block: the same of the square roots of the first eight. */
const START = /* @__PURE__ */ fractions(8, 2);

function fractions(count: number, root: number): Int32Array {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) if (primes.every((prime) => number % prime > 0)) primes.push(number);
  return Int32Array.from(primes, (prime) => (prime ** (1 / root) % 1) * 2 ** 32);
}

// One call at a time uses these: nothing here waits. The first 16 words of the schedule are the block.
const words = /* @__PURE__ */ new Int32Array(64);
const inner = /* @__PURE__ */ new Int32Array(8);
const outer = /* @__PURE__ */ new Int32Array(8);

/**
 * HMAC-SHA256 of `message` under a key of at most 64 bytes.
 *
 * @param into Where it is put; it may be the key or the message.
 */
export function hmacSha256(key: Uint8Array, message: Uint8Array, into: Bytes = new Uint8Array(32)): Bytes {
  startPadded(inner, key, 0x36363636);
  startPadded(outer, key, 0x5c5c5c5c);
  finish(inner, message, BLOCK);
  for (let i = 0; i < 8; i++) words[i] = inner[i]!;
  words[8] = 1 << 31;
  zero(9);
  words[15] = 8 * (BLOCK + 32);
  compress(outer);
  return putBytes(outer, into);
}

/** SHA-256 of `message`. */
export function sha256(message: Uint8Array): Bytes {
  start(inner);
  finish(inner, message, 0);
  return putBytes(inner, new Uint8Array(32));
}

// Loops, and not `set` and `fill`: a call of those costs as much as a quarter of a block.

function start(state: Int32Array): void {
  for (let i = 0; i < 8; i++) state[i] = START[i]!;
}

/** Zeros the block from a word on. */
function zero(from: number): void {
  for (let i = from; i < 16; i++) words[i] = 0;
}

/** The state after the block of a key, each of its bytes changed by `pad`. */
function startPadded(state: Int32Array, key: Uint8Array, pad: number): void {
  start(state);
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
    zero(0);
  }
  words[14] = (before + length) / 0x20000000 | 0;
  words[15] = (before + length) << 3;
  compress(state);
}

function putBytes(state: Int32Array, into: Bytes): Bytes {
  for (let i = 0, at = 0; i < 8; i++) {
    const word = state[i]!;
    into[at++] = word >> 24, into[at++] = word >> 16, into[at++] = word >> 8, into[at++] = word;
  }
  return into;
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
  zero(i + 1);
}

/** Three rotations of a word to the right, combined by exclusive or: engines put it where it is called. */
function rotated(x: number, first: number, second: number, third: number): number {
  return (x >>> first | x << 32 - first) ^ (x >>> second | x << 32 - second) ^ (x >>> third | x << 32 - third);
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
    const t1 = ((((h + rotated(e, 6, 11, 25)) | 0) + (g ^ (e & (f ^ g)))) | 0) + ((k[i]! + w[i]!) | 0) | 0;
    const t2 = (rotated(a, 2, 13, 22) + ((a & b) ^ (c & (a ^ b)))) | 0;
    h = g, g = f, f = e, e = (d + t1) | 0, d = c, c = b, b = a, a = (t1 + t2) | 0;
  }
  state[0]! += a, state[1]! += b, state[2]! += c, state[3]! += d;
  state[4]! += e, state[5]! += f, state[6]! += g, state[7]! += h;
}
