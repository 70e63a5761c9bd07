import { assert, assertEquals } from "@std/assert";
import { deflateRawSync } from "node:zlib";
import { inflate } from "../src/bytes/inflate.ts";

/** Data with runs, words and noise, so that every kind of block and symbol occurs. */
const DATA = new Uint8Array(6000);
for (let i = 0, state = 1; i < DATA.length; i++) {
  state = (state * 48_271) % 0x7fffffff;
  DATA[i] = i < 2000 ? state & 0xff : i < 4000 ? 65 + (i >> 6) % 20 : "agora token "[i % 12]!.charCodeAt(0);
}

/** Which bits of a stream made which bytes, of up to so many. */
function traced(stream: Uint8Array, limit: number) {
  const bits = new Uint32Array(2 * limit);
  return { bits, length: Math.min(limit, inflate(stream, DATA.length, "raw", bits).bytes.length) };
}

for (const level of [0, 1, 6, 9]) {
  for (const strategy of [0, 2, 4]) { // default, Huffman only, fixed codes
    Deno.test(`inflate() traces a stream of level ${level} and strategy ${strategy} to its last byte`, () => {
      const stream = deflateRawSync(DATA, { level, strategy });
      const { bits, length } = traced(stream, DATA.length);
      assertEquals(length, DATA.length);
      for (let byte = 0; byte < length; byte++) {
        const [from, to, before] = [bits[2 * byte]!, bits[2 * byte + 1]!, byte === 0 ? 0 : bits[2 * byte - 1]!];
        assert(from < to && to <= stream.length * 8, `byte ${byte}`);
        // A byte begins where the one before ends, or shares its symbol, or a block begins between them.
        assert(from >= before || from === bits[2 * byte - 2], `byte ${byte}`);
      }
    });
  }
}

Deno.test("inflate() traces the eight bits of each byte in an uncompressed block", () => {
  const { bits } = traced(deflateRawSync(DATA.subarray(0, 100), { level: 0 }), 100);
  for (let byte = 0; byte < 100; byte++) assertEquals([bits[2 * byte], bits[2 * byte + 1]], [40 + 8 * byte, 48 + 8 * byte]);
});

Deno.test("inflate() traces what is before the fault of a damaged stream", () => {
  const stream = deflateRawSync(DATA);
  const whole = traced(stream, DATA.length);
  const cut = traced(stream.subarray(0, 1500), DATA.length);
  assert(cut.length > 0 && cut.length < DATA.length);
  assertEquals(cut.bits.subarray(0, 2 * cut.length), whole.bits.subarray(0, 2 * cut.length));
  assertEquals(traced(new Uint8Array(0), 10).length, 0);
});
