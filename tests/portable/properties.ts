import { assert, assertEquals } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import fc from "fast-check";
import { AgoraTokenError, inspectToken, packToken, parseToken, type Token007, verifyToken } from "../../mod.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../../src/formats/access_token2/services.ts";
import { decodeCanonicalBase64 } from "../../src/bytes/base64.ts";
import { equalBytes } from "../../src/bytes/bytes.ts";
import { APP_ID, CERTIFICATE, collect, parse007 } from "./case.ts";
import { pack007Bytes } from "./damage.ts";

export const { cases, test } = collect();

/** The same inputs in every run; a failure prints this seed and the path to the case. */
const SEED = 20261121;

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const hexId = fc.stringMatching(/^[0-9a-fA-F]{32}$/);
const text = fc.oneof(fc.string({ maxLength: 70 }), fc.string({ unit: "grapheme", maxLength: 20 }));

/** A map keyed by names, and by numbers that have none. */
function named<T>(names: Readonly<Record<string, number>>, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  const numbers = fc.integer({ min: 0, max: 65535 }).filter((n) => !Object.values(names).includes(n)).map(String);
  const key = Object.keys(names).length === 0 ? numbers : fc.oneof(fc.constantFrom(...Object.keys(names)), numbers);
  return fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });
}

const fieldValues = {
  str: text,
  i16: fc.integer({ min: -0x8000, max: 0x7fff }),
  permissions: named(RTM2_RESOURCES, named(RTM2_PERMISSIONS, fc.array(text, { maxLength: 4 }))),
};

const service = fc.oneof(...SERVICES.map((spec) =>
  fc.record({
    type: fc.constant(spec.name),
    privileges: named(spec.privileges, u32),
    ...Object.fromEntries(spec.fields.map(({ name, wire }) => [name, fieldValues[wire] as fc.Arbitrary<unknown>])),
  })
));

const typeOf = (name: string) => SERVICES.find((spec) => spec.name === name)!.type;

const token = fc.record({
  version: fc.constant("007" as const),
  appId: hexId,
  issueTs: u32,
  expire: u32,
  salt: u32,
  services: fc.array(service, { minLength: 1, maxLength: 5 })
    .map((services) => services.toSorted((a, b) => typeOf(a.type) - typeOf(b.type))),
}) as unknown as fc.Arbitrary<Token007>;

test("parseToken() reverses packToken() for any canonical token of all ten services", async () => {
  const seen = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(token, hexId, async (data, certificate) => {
      const packed = await packToken(data, certificate);
      const { version, appId, issueTs, expire, salt, services } = await parse007(packed);
      assertEquals({ version, appId, issueTs, expire, salt, services } as Token007, data);
      assertEquals((await verifyToken(packed, { certificates: certificate })).signature, "valid");
      data.services.forEach(({ type }) => seen.add(type));
    }),
    { seed: SEED, numRuns: 300 },
  );
  assertEquals(seen.size, SERVICES.length);
});

test("inspectToken() partitions the bytes of any payload, whole or cut", async () => {
  await fc.assert(
    fc.asyncProperty(token, fc.double({ min: 0, max: 1, noNaN: true }), async (data, part) => {
      const whole = (await inspectToken(await packToken(data, CERTIFICATE))).bytes;
      for (const payload of [whole, whole.slice(0, Math.floor(whole.length * part))]) {
        const { bytes, spans } = await inspectToken(await pack007Bytes(payload));
        assert(equalBytes(bytes, payload));
        let end = 0;
        for (const span of spans) {
          assertEquals(span.start, end);
          assert(span.end > span.start);
          end = span.end;
        }
        assertEquals(end, payload.length);
      }
    }),
    { seed: SEED, numRuns: 150 },
  );
});

/** Tokens to which every damage is done: short and long, with compressed repeats and without. */
async function sampleTokens(): Promise<string[]> {
  const common = { version: "007", appId: APP_ID, issueTs: 1700000000, expire: 3600, salt: 12345678 } as const;
  const samples: Token007["services"][] = [
    [{ type: "rtc", channelName: "lobby", uid: "1001", privileges: { joinChannel: 3600, publishAudioStream: 3600 } }],
    [
      { type: "rtm", userId: "bob", privileges: { login: 3600 } },
      { type: "rtm2", userId: "bob", permissions: { messageChannels: { read: ["a", "b"] } }, privileges: { login: 3600 } },
    ],
  ];
  return await Promise.all(samples.map((services) => packToken({ ...common, services }, CERTIFICATE)));
}

/** A damaged token is refused, or does not verify, or has exactly the same content; only an AgoraTokenError is ever thrown. */
async function assertHarmless(damaged: string, original: Uint8Array, what: string): Promise<void> {
  try {
    await parseToken(damaged);
  } catch (error) {
    assert(error instanceof AgoraTokenError, `${what}: ${error}`);
    assert(damaged.length < 20 || !error.message.includes(damaged), what);
    return;
  }
  if ((await verifyToken(damaged, { certificates: CERTIFICATE })).signature !== "valid") return;
  assert(equalBytes((await inspectToken(damaged)).bytes, original), `${what} verifies with another payload`);
}

test("parseToken() and verifyToken() withstand every truncation of a token", async () => {
  for (const token of await sampleTokens()) {
    const { bytes } = await inspectToken(token);
    for (let length = 0; length < token.length; length++) {
      const cut = token.slice(0, length);
      await assertHarmless(cut, bytes, `cut at ${length}`);
      assertEquals((await verifyToken(cut, { certificates: CERTIFICATE })).ok, false);
    }
  }
});

test("parseToken() and verifyToken() withstand every flipped bit of a token's text", async () => {
  for (const token of await sampleTokens()) {
    const { bytes } = await inspectToken(token);
    for (let at = 0; at < token.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        await assertHarmless(token.slice(0, at) + flipped + token.slice(at + 1), bytes, `bit ${bit} of character ${at}`);
      }
    }
  }
});

test("parseToken() and verifyToken() withstand every flipped bit of a token's compressed bytes", async () => {
  for (const token of await sampleTokens()) {
    const { bytes } = await inspectToken(token);
    const compressed = decodeCanonicalBase64(token.slice(3), 3).bytes;
    for (let at = 0; at < compressed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = compressed.slice();
        damaged[at]! ^= 1 << bit;
        await assertHarmless("007" + encodeBase64(damaged), bytes, `bit ${bit} of byte ${at}`);
      }
    }
  }
});

test("parseToken() withstands any text after a version", async () => {
  const noise = fc.oneof(
    fc.string(),
    fc.base64String({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => encodeBase64(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => encodeBase64(Uint8Array.of(0x78, 0x9c, ...bytes))),
  );
  await fc.assert(
    fc.asyncProperty(noise, async (noise) => {
      const { error, bytes, spans } = await inspectToken("007" + noise);
      assert(error instanceof AgoraTokenError);
      assertEquals(spans.at(-1)?.end ?? 0, bytes.length);
    }),
    { seed: SEED, numRuns: 500 },
  );
});
