import { assertEquals } from "@std/assert";
import { constants, deflateRawSync, deflateSync, inflateRawSync, inflateSync } from "node:zlib";
import { inflate } from "../src/bytes/inflate.ts";

/** Numbers below a bound, the same in every run. */
function numbers(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

/** Contents of every kind: none, one byte, runs, words, noise. */
function* contents() {
  const random = numbers(1);
  yield new Uint8Array(0);
  for (const length of [1, 2, 3, 31, 156, 300, 1000, 5000, 70_000]) {
    for (const letters of [1, 2, 7, 64, 256]) {
      const bytes = Uint8Array.from({ length }, () => random(letters));
      yield bytes;
      if (length > 20) bytes.copyWithin(length >> 1, 3, length >> 1); // long matches
      yield bytes;
    }
  }
}

/** What zlib says of a stream: its content, or nothing. */
function byZlib(run: () => Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(run());
  } catch {
    return undefined;
  }
}

Deno.test("inflate() gives what zlib packed, and where it ends, at every level and strategy", () => {
  const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;
  for (const bytes of contents()) {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE]) {
        for (const format of ["zlib", "raw"] as const) {
          const stream = new Uint8Array((format === "zlib" ? deflateSync : deflateRawSync)(bytes, { level, strategy }));
          const followed = new Uint8Array([...stream.subarray(0, 2000), ...stream.subarray(2000), 7, 7, 7]);
          assertEquals(inflate(followed, 100_000, format), { bytes, end: stream.length });
        }
      }
    }
  }
});

Deno.test("inflate() takes exactly what zlib takes, of streams with any change", () => {
  const random = numbers(2);
  let taken = 0;
  for (let round = 0; round < 20_000; round++) {
    const bytes = Uint8Array.from({ length: 1 + random(120) }, () => random(round % 2 ? 8 : 256));
    const strategy = random(5);
    const format = round % 3 === 0 ? "zlib" : "raw";
    const stream = new Uint8Array((format === "zlib" ? deflateSync : deflateRawSync)(bytes, { level: random(10), strategy }));
    for (let changes = 1 + random(3); changes > 0; changes--) stream[random(stream.length)]! ^= 1 << random(8);
    const expected = byZlib(() => (format === "zlib" ? inflateSync : inflateRawSync)(stream));
    const { bytes: actual, fault } = inflate(stream, 1_000_000, format);
    assertEquals(fault === undefined ? actual : undefined, expected);
    if (expected !== undefined) taken++;
  }
  assertEquals(taken > 100, true);
});

Deno.test("inflate() takes exactly what zlib takes, of random bytes with a dynamic block", () => {
  const random = numbers(3);
  for (let round = 0; round < 20_000; round++) {
    const stream = Uint8Array.from({ length: 4 + random(60) }, () => random(256));
    stream[0] = (stream[0]! & ~7) | 5;
    const { bytes, fault } = inflate(stream, 1_000_000, "raw");
    if (fault !== "truncated") assertEquals(fault === undefined ? bytes : undefined, byZlib(() => inflateRawSync(stream)));
  }
});

Deno.test("inflate() says truncated of every stream that is cut, and reads what comes before", () => {
  for (const level of [0, 1, 9]) {
    const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * i) % 251);
    const stream = new Uint8Array(deflateSync(bytes, { level }));
    for (let length = 0; length < stream.length; length++) {
      const { bytes: some, end, fault } = inflate(stream.subarray(0, length), 1000);
      assertEquals([fault, end], ["truncated", length]);
      assertEquals(some, bytes.subarray(0, some.length));
    }
  }
});

Deno.test("inflate() says checksum when only that is wrong, and malformed where a byte cannot stand", () => {
  const stream = new Uint8Array(deflateSync(new Uint8Array(50)));
  stream[stream.length - 1]! ^= 1;
  assertEquals(inflate(stream, 1000).fault, "checksum");
  assertEquals(inflate(new Uint8Array([0x78, 0x9c, 7]), 1000), { bytes: new Uint8Array(0), end: 3, fault: "malformed" });
  for (const [method, flags] of [[0x79, 0x9c], [0x78, 0x9d], [0x88, 0x1c], [0x78, 0xbb]]) {
    assertEquals(inflate(new Uint8Array([method!, flags!, 3, 0, 0, 0, 0, 1]), 1000).fault, "malformed");
  }
});

Deno.test("inflate() stops at the limit", () => {
  const stream = new Uint8Array(deflateSync(new Uint8Array(1_000_000)));
  assertEquals([1000, 999_999, 1_000_000].map((limit) => inflate(stream, limit).fault), ["too-large", "too-large", undefined]);
});
