import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { inspectToken, type LegacyToken, packToken, parseToken, verifyToken } from "../../mod.ts";
import { PRIVILEGES_006 } from "../../src/formats/access_token.ts";
import { collect } from "./case.ts";
import { givenOf } from "./legacy_samples.ts";

export const { cases, test } = collect();

const SEED = 20261121;

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const hexId = fc.stringMatching(/^[0-9a-fA-F]{32}$/);
const name = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "grapheme", maxLength: 20 }));
const key = { appId: hexId, unixTs: u32, randomInt: u32, channelName: name };
const userKey = { ...key, uid: u32, expiredTs: u32 };
const service = fc.constantFrom("mediaChannel", "recording", "publicSharing");
const numberKey = fc.integer({ min: 0, max: 65535 }).map(String);

const TOKENS = {
  "006": fc.record({
    version: fc.constant("006"),
    appId: hexId,
    channelName: name,
    uid: name,
    salt: u32,
    ts: u32,
    privileges: fc.dictionary(
      fc.oneof(
        fc.constantFrom(...Object.keys(PRIVILEGES_006)),
        numberKey.filter((n) => !Object.values(PRIVILEGES_006).includes(+n)),
      ),
      u32,
      { noNullPrototype: true },
    ),
  }),
  "005": fc.record({
    version: fc.constant("005"),
    ...userKey,
    appId: hexId.map((id) => id.toLowerCase()),
    service: fc.oneof(service, fc.constant("inChannelPermission"), fc.integer({ min: 5, max: 65535 })),
    extra: fc.dictionary(numberKey, name, { maxKeys: 4, noNullPrototype: true }),
  }),
  "004": fc.record({ version: fc.constant("004"), ...userKey, service }),
  "003": fc.record({ version: fc.constant("003"), ...userKey }),
  "002": fc.record({ version: fc.constant("002"), ...userKey }),
  "001": fc.record({ version: fc.constant("001"), ...key }),
  signaling: fc.record({ version: fc.constant("signaling"), appId: hexId, account: name, expiredTs: u32 }),
} as unknown as Record<LegacyToken["version"], fc.Arbitrary<LegacyToken>>;

for (const [version, arbitrary] of Object.entries(TOKENS)) {
  test(`parseToken() reverses packToken() for any canonical token of format ${version}`, async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, hexId, async (token, certificate) => {
        const text = await packToken(token, certificate);
        const parsed = await parseToken(text) as unknown as Record<string, unknown>;
        for (const [name, value] of Object.entries(token)) if (name in parsed) assertEquals(parsed[name], value, name);
        assertEquals(parsed.version, version);
        const verification = await verifyToken(text, { certificates: certificate, ...givenOf(token), now: 0 });
        assertEquals(verification.signature, "valid");
        const { bytes, spans } = await inspectToken(text);
        let end = 0;
        for (const span of spans) {
          assertEquals(span.start, end);
          end = span.end;
        }
        assertEquals(end, bytes.length);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
}
