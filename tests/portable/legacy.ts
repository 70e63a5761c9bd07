import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import fc from "fast-check";
import {
  AgoraTokenError,
  inspectToken,
  type LegacyToken,
  packToken,
  type ParsedToken,
  parseToken,
  type Token,
  type VerifyOptions,
  verifyToken,
} from "../../mod.ts";
import { PRIVILEGES_006 } from "../../src/formats/access_token.ts";
import {
  DynamicKey,
  DynamicKey2,
  DynamicKey3,
  DynamicKey4,
  DynamicKey5,
  matchCandidates,
  RtcRole006,
  RtcTokenBuilder,
  RtmTokenBuilder,
  SignalingToken,
  SimpleTokenBuilder,
} from "../../src/official/legacy/mod.ts";
import { encodeParts005, sign005 } from "../../src/formats/dynamic_keys/dynamic_key5.ts";
import { decodeCanonicalBase64 } from "../../src/bytes/base64.ts";
import { engine } from "../../src/runtime/choose.ts";
import { Writer } from "../../src/bytes/writer.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { concatBytes, utf8 } from "../../src/bytes/bytes.ts";
import { APP_ID, CERTIFICATE, collect } from "./case.ts";

export const { cases, test } = collect();

const SEED = 20261121;
const NOW = 1700000000;

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

/** What verifying needs of the names that a token was made with. */
function givenOf(token: LegacyToken): Partial<VerifyOptions> {
  if (token.version === "signaling") return { account: token.account };
  const { channelName } = token;
  if (token.version === "006") return { channelName, account: token.uid };
  if (token.version === "004") return { channelName, uid: token.uid, service: token.service };
  return token.version === "001" ? { channelName } : { channelName, uid: token.uid };
}

for (const [version, arbitrary] of Object.entries(TOKENS)) {
  test(`parseToken() undoes packToken() for any canonical token of format ${version}`, async () => {
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

const SAMPLES: LegacyToken[] = [
  {
    version: "006",
    appId: APP_ID,
    channelName: "c",
    uid: "7",
    salt: 1,
    ts: NOW,
    privileges: { joinChannel: NOW, rtmLogin: 5 },
  },
  {
    version: "005",
    service: "inChannelPermission",
    appId: APP_ID,
    unixTs: NOW,
    randomInt: 1,
    channelName: "c",
    uid: 7,
    expiredTs: NOW,
    extra: { "1": "3" },
  },
  { version: "004", service: "recording", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "003", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "002", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "001", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c" },
  { version: "signaling", appId: APP_ID, account: "a", expiredTs: NOW },
];

/** What of a parsed token the signature is over: two texts that say the same are the same token. */
const SAYS = (token: ParsedToken) => JSON.stringify(token, (_key, value) => value instanceof Uint8Array ? [...value] : value);

/** A damaged token is refused, or does not verify, or says exactly the same; nothing but an AgoraTokenError is thrown. */
async function assertHarmless(
  damaged: string,
  original: ParsedToken,
  given: Partial<VerifyOptions>,
  what: string,
): Promise<void> {
  let parsed: ParsedToken;
  try {
    parsed = await parseToken(damaged);
  } catch (error) {
    assert(error instanceof AgoraTokenError, `${what}: ${error}`);
    assert(damaged.length < 20 || !error.message.includes(damaged), what);
    return;
  }
  const { ok, signature } = await verifyToken(damaged, { certificates: CERTIFICATE, ...given, now: 1 });
  if (signature !== "valid" || !ok) return;
  // Bytes behind the signed ones are reported; the App ID in another case is another App ID, but for 005.
  assertEquals(
    SAYS({ ...parsed, trailingBytes: 0 } as ParsedToken),
    SAYS({ ...original, trailingBytes: 0 } as ParsedToken),
    what,
  );
}

for (const token of SAMPLES) {
  test(`parseToken() and verifyToken() withstand every cut and flipped bit of a ${token.version} token`, async () => {
    const text = await packToken(token, CERTIFICATE);
    const original = await parseToken(text);
    const given = givenOf(token);
    assertEquals((await verifyToken(text, { certificates: CERTIFICATE, ...given, now: 1 })).ok, true);
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length);
      await assertHarmless(cut, original, given, `cut at ${length}`);
      assertEquals((await verifyToken(cut, { certificates: CERTIFICATE, ...given, now: 1 })).ok, false);
    }
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        await assertHarmless(
          text.slice(0, at) + flipped + text.slice(at + 1),
          original,
          given,
          `bit ${bit} of character ${at}`,
        );
      }
    }
    const head = { "006": 35, "005": 3 }[token.version as string];
    if (head === undefined) return;
    const { bytes } = decodeCanonicalBase64(text.slice(head), head);
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1 << bit;
        await assertHarmless(text.slice(0, head) + encodeBase64(damaged), original, given, `bit ${bit} of byte ${at}`);
      }
    }
  });
}

test("crc32() gives the usual checksums", () => {
  assertEquals([crc32(utf8("")), crc32(utf8("123456789"))], [0, 0xcbf43926]);
});

test("detection tells a key without a prefix from the version that its signature begins with", async () => {
  // Found by trying random numbers in turn.
  const table = [["003", 758], ["004", 8034], ["005", 10770], ["006", 1467], ["007", 21093]] as const;
  for (const [start, randomInt] of table) {
    const text = await packToken({ version: "001", appId: APP_ID, unixTs: NOW, randomInt, channelName: "c" }, CERTIFICATE);
    assertEquals([text.slice(0, 3), (await parseToken(text)).version], [start, "001"]);
  }
});

test("packToken() takes uid and random of the keys modulo 2^32, and refuses other numbers", async () => {
  const { uid: _, ...base } = SAMPLES[3]! as Extract<LegacyToken, { version: "003" }>;
  const packed = await packToken({ ...base, uid: -1, randomInt: 2 ** 32 + 5 }, CERTIFICATE);
  const parsed = await parseToken(packed);
  assert(parsed.version === "003");
  assertEquals([parsed.uid, parsed.randomInt], [4294967295, 5]);
  for (const [field, value] of [["unixTs", -1], ["expiredTs", 2 ** 32], ["uid", 1.5], ["randomInt", NaN]] as const) {
    const error = await assertRejects(() => packToken({ ...base, uid: 1, [field]: value }, CERTIFICATE), AgoraTokenError);
    assertEquals(error.field, field);
  }
});

test("packToken() names the field of what it refuses in every old format", async () => {
  for (const token of SAMPLES) {
    const wrong: [Record<string, unknown>, string][] = [
      [{ appId: "x" }, "appId"],
      [{ extraneous: 1 }, "extraneous"],
      ["account" in token ? { account: 5 } : { channelName: 5 }, "account" in token ? "account" : "channelName"],
    ];
    for (const [change, field] of wrong) {
      const error = await assertRejects(() => packToken({ ...token, ...change } as Token, CERTIFICATE)) as Error & {
        field: string;
      };
      assertEquals(error.field, field, token.version);
    }
    const error = await assertRejects(() => packToken(token, CERTIFICATE.slice(1)), AgoraTokenError);
    assertEquals(error.field, "appCertificate");
    assert(!error.message.includes(CERTIFICATE.slice(1)));
  }
});

test("verifyToken() is uncheckable without what a format needs from outside", async () => {
  for (const token of SAMPLES) {
    const text = await packToken(token, CERTIFICATE);
    const { signature, ok, findings } = await verifyToken(text, { certificates: CERTIFICATE, now: 1 });
    assertEquals([signature, ok, findings[0]!.code], ["uncheckable", false, "input-missing"], token.version);
  }
  const four = await packToken(SAMPLES[2]!, CERTIFICATE);
  const { signature } = await verifyToken(four, { certificates: CERTIFICATE, channelName: "c", uid: 7, service: "rtc" });
  assertEquals(signature, "uncheckable");
});

test("verifyToken() takes the account of a 006 RTM token, and needs no user where it names none", async () => {
  const rtm = await RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "alice", 1, NOW);
  assertEquals((await verifyToken(rtm, { certificates: CERTIFICATE, account: "alice" })).ok, true);
  assertEquals((await verifyToken(rtm, { certificates: CERTIFICATE, account: "eve" })).signature, "invalid");
  const anyone = await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 1, NOW);
  assertEquals((await verifyToken(anyone, { certificates: CERTIFICATE, channelName: "c" })).ok, true);
});

test("verifyToken() finds old tokens alive until their time", async () => {
  for (const token of SAMPLES) {
    const text = await packToken(token, CERTIFICATE);
    const alive = async (now: number) => (await verifyToken(text, { certificates: CERTIFICATE, ...givenOf(token), now })).ok;
    assertEquals([await alive(NOW - 1), await alive(NOW)], [true, token.version === "001"], token.version);
    if (!("expiredTs" in token)) continue;
    const endless = await packToken({ ...token, expiredTs: 0 }, CERTIFICATE);
    assertEquals((await verifyToken(endless, { certificates: CERTIFICATE, ...givenOf(token), now: 2 ** 33 })).ok, true);
  }
});

test("verifyToken() compares what an old token holds with what is given", async () => {
  const codes = async (token: LegacyToken, given: Partial<VerifyOptions>) =>
    (await verifyToken(await packToken(token, CERTIFICATE), { certificates: CERTIFICATE, ...givenOf(token), ...given, now: 1 }))
      .findings.map(({ code }) => code);
  const [access, five, , three] = SAMPLES as [LegacyToken, LegacyToken, LegacyToken, LegacyToken];
  assertEquals(
    await codes(access, { channelName: "d" }),
    ["signature-invalid", "channel-mismatch", "privilege-expired"].slice(0, 2),
  );
  assertEquals(await codes(access, { account: "8" }), ["signature-invalid", "user-mismatch"]);
  assertEquals(await codes(five, { service: "recording" }), ["service-missing"]);
  assertEquals(await codes(three, { uid: 8 }), ["user-mismatch"]);
  assertEquals(await codes({ ...three, uid: 0 } as LegacyToken, { uid: 8 }), []);
});

test("verifyToken() takes a DynamicKey5 as received, whatever the order of its entries", async () => {
  const token = { ...SAMPLES[1]!, extra: { "1": "3", "2": "x" } } as Extract<LegacyToken, { version: "005" }>;
  const [before, behind] = encodeParts005(token);
  const swapped = concatBytes([behind.subarray(0, 6), behind.subarray(11), behind.subarray(6, 11)]); // entries of five bytes
  const names = new Writer();
  names.str("channelName", "c");
  names.u32("uid", 7);
  const signature = new Writer();
  signature.str("signature", await sign005([before, swapped], { channelName: "c", uid: 7 }, CERTIFICATE, engine()));
  const key = `005${encodeBase64(concatBytes([before.subarray(0, 2), signature.finish(), before.subarray(2), swapped]))}`;
  const { signature: verdict, findings } = await verifyToken(key, {
    certificates: CERTIFICATE,
    channelName: "c",
    uid: 7,
    now: 1,
  });
  assertEquals([verdict, findings.map(({ code }) => code)], ["valid", ["not-canonical"]]);
});

test("parseToken() holds old formats to the size bound, and verifyToken() to the service", async () => {
  for (const token of SAMPLES.slice(0, 2)) {
    const text = await packToken(token, CERTIFICATE);
    assertEquals((await assertRejects(() => parseToken(text, { maxPayload: 50 }), AgoraTokenError)).code, "too-large");
  }
  for (const token of SAMPLES.filter(({ version }) => version !== "004")) {
    const text = await packToken(token, CERTIFICATE);
    const { ok, findings } = await verifyToken(text, { certificates: CERTIFICATE, ...givenOf(token), service: "chat", now: 1 });
    assertEquals([ok, findings[0]!.code], [false, "service-missing"], token.version);
  }
});

test("inspectToken() reports bytes behind a 006 message and order that is not the official one", async () => {
  const text = await packToken(SAMPLES[0]!, CERTIFICATE);
  const { bytes } = decodeCanonicalBase64(text.slice(35), 35);
  const longer = text.slice(0, 35) + encodeBase64(concatBytes([bytes, Uint8Array.of(1, 2)]));
  assertEquals((await inspectToken(longer)).findings.map(({ code }) => code), ["trailing-bytes"]);
  const swapped = bytes.slice();
  swapped.set(bytes.slice(-6), bytes.length - 12);
  swapped.set(bytes.slice(-12, -6), bytes.length - 6);
  const { findings, token } = await inspectToken(text.slice(0, 35) + encodeBase64(swapped));
  assertEquals(findings.map(({ code }) => code), ["not-canonical"]);
  assertEquals((token as { privileges: object }).privileges, { joinChannel: NOW, rtmLogin: 5 });
});

test("the official families of old formats put their arguments where the formats have them", async () => {
  const keyArgs = [APP_ID, CERTIFICATE, "c", NOW, 9, 7, NOW + 1] as const;
  const inHour = NOW + 3600;
  const expected: [Promise<string>, Partial<VerifyOptions>, Record<string, unknown>][] = [
    [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, RtcRole006.SUBSCRIBER, inHour), {
      channelName: "c",
      uid: 7,
    }, {
      privileges: { joinChannel: inHour },
    }],
    [RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, "c", "0", RtcRole006.ADMIN, 5), {
      channelName: "c",
      account: "0",
    }, {
      privileges: { joinChannel: 5, publishAudioStream: 5, publishVideoStream: 5, publishDataStream: 5 },
    }],
    [RtcTokenBuilder.buildTokenWithUidUserDefinedPrivilege(APP_ID, CERTIFICATE, "c", 0, 1, 2, 3, 4), {
      channelName: "c",
      uid: 0,
    }, {
      privileges: { joinChannel: 1, publishAudioStream: 2, publishVideoStream: 3, publishDataStream: 4 },
    }],
    [RtcTokenBuilder.buildTokenWithAccountUserDefinedPrivilege(APP_ID, CERTIFICATE, "c", "a", 1, 0, 0, 0), {
      channelName: "c",
      account: "a",
    }, { privileges: { joinChannel: 1, publishAudioStream: 0, publishVideoStream: 0, publishDataStream: 0 } }],
    [RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, inHour), { account: "a" }, { privileges: { rtmLogin: inHour } }],
    [
      SimpleTokenBuilder.buildToken(APP_ID, CERTIFICATE, "c", "a", { ...SimpleTokenBuilder.initPrivileges(2), joinChannel: 8 }),
      { channelName: "c", account: "a" },
      {
        privileges: {
          joinChannel: 8,
          requestPublishAudioStream: 0,
          requestPublishVideoStream: 0,
          requestPublishDataStream: 0,
        },
      },
    ],
    [DynamicKey.generate(APP_ID, CERTIFICATE, "c", NOW, 9), { channelName: "c" }, {
      version: "001",
      unixTs: NOW,
      randomInt: 9,
    }],
    [DynamicKey2.generate(...keyArgs), { channelName: "c" }, { version: "002", uid: 7, expiredTs: NOW + 1 }],
    [DynamicKey3.generate(...keyArgs), { channelName: "c" }, { version: "003", uid: 7, expiredTs: NOW + 1 }],
    ...([["mediaChannel", "generateMediaChannelKey"], ["recording", "generateRecordingKey"], [
      "publicSharing",
      "generatePublicSharingKey",
    ]] as const)
      .flatMap(([service, method]) =>
        [
          [DynamicKey4[method](...keyArgs), { channelName: "c", uid: 7, service }, { version: "004", expiredTs: NOW + 1 }],
          [DynamicKey5[method](...keyArgs), { channelName: "c", uid: 7 }, { version: "005", service, extra: {} }],
        ] as [Promise<string>, Partial<VerifyOptions>, Record<string, unknown>][]
      ),
    [DynamicKey5.generateInChannelPermissionKey(...keyArgs, DynamicKey5.audioVideoUpload), { channelName: "c", uid: 7 }, {
      service: "inChannelPermission",
      extra: { "1": "3" },
    }],
    [SignalingToken.getToken(APP_ID, CERTIFICATE, "a", NOW), { account: "a" }, { version: "signaling", expiredTs: NOW }],
  ];
  for (const [made, given, wanted] of expected) {
    const text = await made;
    const parsed = await parseToken(text) as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(wanted)) assertEquals(parsed[name], value, `${text.slice(0, 3)} ${name}`);
    assertEquals((await verifyToken(text, { certificates: CERTIFICATE, ...given })).signature, "valid", text.slice(0, 3));
  }
});

test("the 006 builders end their tokens 24 hours from now, and SignalingToken counts seconds from now when asked", async () => {
  const before = Math.floor(Date.now() / 1000);
  const token = await parseToken(await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 5)) as { ts?: number };
  assert(token.ts! >= before + 86_400 && token.ts! <= before + 86_460);
  const signaling = await parseToken(await SignalingToken.getTokenForSecondsFromNow(APP_ID, CERTIFICATE, "a", 60)) as {
    expiredTs?: number;
  };
  assert(signaling.expiredTs! >= before + 60 && signaling.expiredTs! <= before + 120);
});

test("the official families of old formats refuse bad arguments, naming them", async () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  type Wrong = any;
  const refused: [() => Promise<unknown>, string][] = [
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", -1, 1, 5), "uid"],
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", "7" as Wrong, 1, 5), "uid"],
    [() => RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, "c", 7 as Wrong, 1, 5), "account"],
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 2 ** 32), "privilegeExpiredTs"],
    [() => (RtcTokenBuilder.buildTokenWithUid as Wrong)(APP_ID, CERTIFICATE, "c", 7, 1, 5, 6), "arguments"],
    [() => RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 2, 5), "role"],
    [() => DynamicKey.generate("short", CERTIFICATE, "c", 1, 1), "appId"],
    [() => DynamicKey5.generateInChannelPermissionKey(APP_ID, CERTIFICATE, "c", 1, 1, 1, 1, 3 as Wrong), "permission"],
    [() => SignalingToken.getTokenForSecondsFromNow(APP_ID, CERTIFICATE, "a", -1), "seconds"],
  ];
  for (const [call, field] of refused) assertEquals((await assertRejects(call) as Error & { field: string }).field, field);
  assertEquals(assertThrows(() => SimpleTokenBuilder.initPrivileges(3), AgoraTokenError).field, "role");
});

test("matchCandidates() finds the names behind the checksums of a 006 token", async () => {
  const token = await parseToken(await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "stage", 7, 1, 5));
  assert(token.version === "006");
  assertEquals(matchCandidates(token, { channelNames: ["lobby", "stage"], users: ["1", "7"] }), {
    channelNames: ["stage"],
    users: ["7"],
  });
  assertEquals(matchCandidates(token, {}), { channelNames: [], users: [] });
  assertEquals(matchCandidates({ ...token, crcUid: 0 }, { users: ["7"] }).users, [""]);
});
