import { assert, assertEquals } from "@std/assert";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { decodeHex as stdDecodeHex, encodeHex } from "@std/encoding/hex";
import { createHash, createHmac } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import { buildToken, keepSigningKeys, packToken, parseToken, rtc, type Service, verifyToken } from "../mod.ts";
import { decodeCanonicalBase64, encodeBase64 } from "../src/bytes/base64.ts";
import { decodeHex, encodeHex as ownEncodeHex } from "../src/bytes/hex.ts";
import { inflate } from "../src/bytes/inflate.ts";
import { encodeSignedPart } from "../src/formats/access_token2/encode.ts";
import { keptKey } from "../src/formats/access_token2/kept_keys.ts";
import { pack007 } from "../src/formats/access_token2/pack.ts";
import { deflateShort, SHORT } from "../src/runtime/deflate.ts";
import { useEngine } from "../src/runtime/choose.ts";
import { portableEngine } from "../src/runtime/portable.ts";
import { hmacSha256, sha256 } from "../src/runtime/sha256.ts";
import { synchronousEngine } from "../src/runtime/synchronous.ts";

// The fast path, held to the libraries and to the portable engine.

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (;;) {
    seed = Math.imul(seed ^ seed >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    yield (seed ^ seed >>> 13) >>> 0;
  }
}

function bytesOf(length: number, seed: number, alphabet = 256): Uint8Array<ArrayBuffer> {
  const random = numbers(seed);
  return Uint8Array.from({ length }, () => random.next().value % alphabet);
}

Deno.test("sha256() gives what node:crypto and @noble/hashes give, for every length to 300 bytes and for a megabyte", () => {
  for (const length of [...Array(301).keys(), 1 << 20]) {
    const message = bytesOf(length, length + 1);
    const digest = encodeHex(sha256(message));
    assertEquals(digest, createHash("sha256").update(message).digest("hex"), `${length} bytes`);
    assertEquals(digest, encodeHex(nobleSha256(message)), `${length} bytes`);
  }
});

Deno.test("hmacSha256() gives what node:crypto gives, for every length of key to 64 bytes and of message to 300", () => {
  for (let size = 0; size <= 64; size++) {
    for (let length = size % 3; length <= 300; length += length < 130 ? 1 : 3) {
      const [key, message] = [bytesOf(size, size + 7), bytesOf(length, length + 9)];
      const expected = createHmac("sha256", key).update(message).digest("hex");
      assertEquals(encodeHex(hmacSha256(key, message)), expected, `key of ${size}, message of ${length} bytes`);
    }
  }
});

Deno.test("hmacSha256() gives what WebCrypto gives, also where the result goes over the key or the message", async () => {
  for (const length of [0, 1, 31, 32, 55, 56, 63, 64, 65, 119, 120, 128, 1000]) {
    const [key, message] = [bytesOf(32, length + 1), bytesOf(length, length + 2)];
    const expected = await portableEngine.hmac("SHA-256", key, message);
    assertEquals(hmacSha256(key, message, key.slice()), expected);
    const over = key.slice();
    assertEquals(hmacSha256(over, message, over), expected);
  }
  const both = bytesOf(32, 5);
  const expected = await portableEngine.hmac("SHA-256", both.slice(), both.slice());
  assertEquals(hmacSha256(both, both, both), expected);
});

Deno.test("deflateShort() makes streams that zlib inflates to the same bytes, of every length and many kinds of content", () => {
  for (let length = 0; length <= SHORT; length++) {
    for (const alphabet of [1, 2, 3, 7, 30, 256]) {
      const content = bytesOf(length, 1000 * length + alphabet, alphabet);
      for (const repeated of [0, 3, 40]) {
        content.copyWithin(length >> 1, 0, repeated);
        const stream = deflateShort(content);
        assertEquals([stream[0], stream[1]], [0x78, 0x9c]);
        assertEquals(new Uint8Array(inflateSync(stream)), content, `${length} bytes of ${alphabet}, ${repeated} repeated`);
      }
    }
  }
});

Deno.test("deflateShort() makes every pair of a length and a distance that fits", () => {
  for (let distance = 1; distance < SHORT; distance++) {
    for (let length = 3; distance + length <= SHORT; length++) {
      const content = bytesOf(distance + length, 3);
      for (let at = distance; at < content.length; at++) content[at] = content[at - distance]!;
      assertEquals(new Uint8Array(inflateSync(deflateShort(content))), content, `${length} bytes from ${distance} before`);
    }
  }
});

Deno.test("deflateShort() makes no ordinary token larger than zlib does", () => {
  const random = numbers(42);
  const word = (length: number) => encodeHex(bytesOf(length, random.next().value)).slice(0, length);
  let larger = 0;
  let all = 0;
  for (let turn = 0; turn < 2000; turn++) {
    const expire = [60, 600, 3600, 86_400][turn % 4]!;
    const user = turn % 3 === 0 ? `user-${turn}` : String(random.next().value);
    const join = { joinChannel: expire, publishAudioStream: expire, publishVideoStream: expire, publishDataStream: expire };
    const rtc: Service = { type: "rtc", channelName: `room-${word(turn % 20)}`, uid: user, privileges: join };
    const rtm: Service = { type: "rtm", userId: user, privileges: { login: expire } };
    for (const services of [[rtc], [{ ...rtc, privileges: { joinChannel: expire } }], [rtm], [rtc, rtm]]) {
      const salt = random.next().value;
      const data = { version: "007", appId: word(32), issueTs: 1_700_000_000 + turn, expire, salt, services } as const;
      const payload = Uint8Array.of(32, 0, ...bytesOf(32, random.next().value), ...encodeSignedPart(data));
      if (payload.length > SHORT) continue;
      all++;
      if (deflateShort(payload).length > deflateSync(payload).length) larger++;
    }
  }
  assert(all > 6000 && larger === 0, `${larger} of ${all}`);
});

Deno.test("pack007() gives tokens of one payload in both engines, on both sides of the longest content that is deflated here", async () => {
  const synchronous = synchronousEngine()!;
  for (let length = 0; length < 200; length++) {
    const data = {
      version: "007",
      appId: APP_ID,
      issueTs: 1_700_000_000,
      expire: 60,
      salt: length,
      services: [{ type: "chat", userId: "é".repeat(length % 7) + "u".repeat(length), privileges: { user: 60 } }],
    } as const;
    const [one, other] = [pack007(data, CERTIFICATE, synchronous), await pack007(data, CERTIFICATE, portableEngine)];
    const payloadOf = (text: string) => new Uint8Array(inflateSync(Uint8Array.fromBase64(text.slice(3))));
    assertEquals(payloadOf(one), payloadOf(other));
  }
});

Deno.test("deflate() of the synchronous engine gives each caller bytes of their own", () => {
  const { deflate } = synchronousEngine()!;
  const [one, other] = [bytesOf(50, 1), bytesOf(50, 2)];
  const streams = [deflate(one), deflate(other)];
  assertEquals(streams.map((stream) => new Uint8Array(inflateSync(stream))), [one, other]);
});

Deno.test("pack007() packs a token while a getter of another packs one", async () => {
  const inner = () => pack007(token(() => "inner"), CERTIFICATE, synchronousEngine()!);
  const token = (channelName: () => string) => ({
    version: "007" as const,
    appId: APP_ID,
    issueTs: Math.floor(Date.now() / 1000),
    expire: 60,
    salt: 1,
    services: [{
      type: "rtc" as const,
      get channelName() {
        return channelName();
      },
      uid: "1",
      privileges: { joinChannel: 60 },
    }],
  });
  let made = "";
  const outer = pack007(
    token(() => {
      made = inner();
      return "outer";
    }),
    CERTIFICATE,
    synchronousEngine()!,
  );
  for (const [text, channelName] of [[outer, "outer"], [made, "inner"]] as const) {
    assert((await verifyToken(text, { certificates: CERTIFICATE, channelName })).ok, channelName);
  }
});

Deno.test("keepSigningKeys() keeps the keys of eight projects and one second, and overwrites them", async () => {
  const build = (issueTs: number, project: number) => {
    const appCertificate = project.toString(16).padStart(32, "0");
    const services = [{ type: "fpa" as const, privileges: { login: 60 } }];
    return packToken({ version: "007", appId: APP_ID, issueTs, expire: 60, salt: 1, services }, appCertificate);
  };
  const kept = (issueTs: number, project: number) => keptKey(issueTs, project.toString(16).padStart(32, "0"));
  keepSigningKeys(true);
  const plain: string[] = [];
  for (let project = 0; project < 9; project++) plain.push(await build(7, project));
  assertEquals([kept(7, 0), kept(7, 7), kept(6, 8), kept(7, 9)], Array(4).fill(undefined)); // the ninth was one too many
  const key = kept(7, 8)!;
  assertEquals(encodeHex(key), createHmac("sha256", Uint8Array.of(7, 0, 0, 0)).update("8".padStart(32, "0")).digest("hex"));
  for (let project = 0; project < 9; project++) assertEquals(await build(7, project), plain[project]); // the same with a kept key
  await build(8, 1);
  assertEquals([kept(7, 8), [...key]], [undefined, Array(32).fill(0)]);
  keepSigningKeys(false);
  try {
    await build(9, 1);
    assertEquals([kept(8, 1), kept(9, 1)], [undefined, undefined]);
    assertEquals(await build(7, 3), plain[3]);
  } finally {
    keepSigningKeys(true);
  }
});

Deno.test("encodeBase64() gives the same with what each runtime has", () => {
  const bytes = bytesOf(100, 4);
  const expected = encodeBase64(bytes);
  const { toBase64 } = Uint8Array.prototype;
  const { Buffer } = globalThis as { Buffer?: unknown };
  try {
    Object.assign(Uint8Array.prototype, { toBase64: undefined });
    assertEquals(encodeBase64(bytes), expected);
    Object.assign(globalThis, { Buffer: undefined });
    assertEquals(encodeBase64(bytes), expected);
  } finally {
    Object.assign(Uint8Array.prototype, { toBase64 });
    Object.assign(globalThis, { Buffer });
  }
});

Deno.test("buildToken() gives tokens with salts of their own", async () => {
  const salts = new Set<number>();
  for (let turn = 0; turn < 300; turn++) {
    const token = await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services: [{ type: "fpa" }] });
    const { token: read } = await verifyToken(token, { certificates: CERTIFICATE });
    salts.add(read!.version === "007" ? read!.salt : 0);
  }
  assert(salts.size > 295, `${salts.size}`);
});

Deno.test("decodeCanonicalBase64() gives the same with the decoder of the runtime and with its own, whatever is wrong", () => {
  const { setFromBase64 } = Uint8Array.prototype as { setFromBase64?: unknown };
  assert(setFromBase64 !== undefined);
  const own = <T>(run: () => T): T => {
    try {
      Object.assign(Uint8Array.prototype, { setFromBase64: undefined });
      return run();
    } finally {
      Object.assign(Uint8Array.prototype, { setFromBase64 });
    }
  };
  const random = numbers(11);
  const signs = [..."AQgwZz09+/=-_ \n\t\0é\ud800"];
  const texts = Array.from({ length: 3000 }, (_, index) => {
    const text = encodeBase64(bytesOf(index % 40, index + 1));
    const at = random.next().value % (text.length + 1);
    const sign = signs[random.next().value % signs.length]!;
    return [text, text.slice(0, at) + sign + text.slice(at), text.slice(0, at) + sign + text.slice(at + 1), text.slice(0, at)];
  }).flat();
  const results = (text: string) => {
    const { bytes, error } = decodeCanonicalBase64(text, 3);
    return { bytes: [...bytes], message: error?.message };
  };
  let canonical = 0;
  for (const text of texts) {
    const native = results(text);
    assertEquals(native, own(() => results(text)), JSON.stringify(text));
    if (native.message === undefined) canonical++;
  }
  assert(canonical > 3000 && canonical < texts.length - 3000, `${canonical} of ${texts.length} are canonical`);
});

Deno.test("decodeCanonicalBase64() and inflate() give bytes that later calls leave as they are", () => {
  const [one, two] = [bytesOf(90, 1), bytesOf(90, 2)];
  const decoded = decodeCanonicalBase64(encodeBase64(one), 0).bytes;
  const inflated = inflate(deflateSync(one), 1000).bytes;
  decodeCanonicalBase64(encodeBase64(two), 0);
  inflate(deflateSync(two), 1000);
  assertEquals([decoded, inflated], [one, one]);
});

Deno.test("encodeHex() and decodeHex() give what @std/encoding gives", () => {
  for (const bytes of [new Uint8Array(0), Uint8Array.from({ length: 256 }, (_, byte) => byte)]) {
    const digits = encodeHex(bytes);
    assertEquals(ownEncodeHex(bytes), digits);
    for (const text of [digits, digits.toUpperCase()]) assertEquals(decodeHex(text), stdDecodeHex(text));
  }
});

Deno.test("verifyToken() judges tokens that are verified at the same time each by its own signature, in both engines", async () => {
  const now = 1_700_000_000;
  const other = "11111111111111111111111111111111";
  const services = [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })];
  const of = (appCertificate: string, index: number) =>
    buildToken({ appId: APP_ID, appCertificate, expire: 3600, issueTs: now - index, salt: index + 1, services });
  const texts = await Promise.all(Array.from({ length: 40 }, (_, index) => of(index % 3 === 0 ? other : CERTIFICATE, index)));
  const lookups = [
    CERTIFICATE,
    [other, CERTIFICATE],
    () => [CERTIFICATE],
    () => Promise.resolve([other, CERTIFICATE]),
  ] as const;
  const parsed = await Promise.all(texts.map((text) => parseToken(text)));
  for (const engine of [undefined, portableEngine]) {
    try {
      useEngine(engine);
      const judged = await Promise.all(texts.map((text, index) => {
        const certificates = lookups[index % lookups.length]!;
        return verifyToken(text, { certificates, now, channelName: "lobby", uid: 1001 });
      }));
      const made = judged.map(({ certificateIndex }) => certificateIndex);
      const expected = texts.map((_, index) => index % 2 === 0 ? index % 3 === 0 ? undefined : 0 : index % 3 === 0 ? 0 : 1);
      assertEquals(made, expected);
      assertEquals(judged.map(({ ok }) => ok), expected.map((index) => index !== undefined));
      assertEquals(judged.map(({ token }) => token), parsed);
    } finally {
      useEngine();
    }
  }
});
