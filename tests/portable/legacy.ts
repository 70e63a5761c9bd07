import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import {
  AgoraTokenError,
  inspectToken,
  type LegacyToken,
  packToken,
  parseToken,
  type Token,
  type VerifyOptions,
  verifyToken,
} from "../../mod.ts";
import { RtcTokenBuilder, RtmTokenBuilder } from "../../src/official/legacy/mod.ts";
import { encodeParts005, sign005 } from "../../src/formats/dynamic_keys/dynamic_key5.ts";
import { decodeCanonicalBase64 } from "../../src/bytes/base64.ts";
import { engine } from "../../src/runtime/choose.ts";
import { Writer } from "../../src/bytes/writer.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { concatBytes, utf8 } from "../../src/bytes/bytes.ts";
import { APP_ID, CERTIFICATE, collect } from "./case.ts";
import { givenOf, NOW, SAMPLES } from "./legacy_samples.ts";

export const { cases, test } = collect();

test("crc32() gives the checksums of CRC-32", () => {
  assertEquals([crc32(utf8("")), crc32(utf8("123456789"))], [0, 0xcbf43926]);
});

test("parseToken() reads a key without a prefix as 001 when its signature begins like another version", async () => {
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
  assertEquals((await verifyToken(rtm, { certificates: CERTIFICATE, account: "eve" })).signature, "uncheckable");
  const anyone = await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 1, NOW);
  assertEquals((await verifyToken(anyone, { certificates: CERTIFICATE, channelName: "c" })).ok, true);
});

test("verifyToken() accepts old tokens until they expire", async () => {
  for (const token of SAMPLES) {
    const text = await packToken(token, CERTIFICATE);
    const isOk = async (now: number) => (await verifyToken(text, { certificates: CERTIFICATE, ...givenOf(token), now })).ok;
    assertEquals([await isOk(NOW - 1), await isOk(NOW)], [true, token.version === "001"], token.version);
    if (!("expiredTs" in token)) continue;
    const endless = await packToken({ ...token, expiredTs: 0 }, CERTIFICATE);
    assertEquals((await verifyToken(endless, { certificates: CERTIFICATE, ...givenOf(token), now: 2 ** 33 })).ok, true);
  }
});

test("verifyToken() compares what an old token holds with what is given", async () => {
  const codes = async (token: LegacyToken, given: Partial<VerifyOptions>) =>
    (await verifyToken(await packToken(token, CERTIFICATE), { certificates: CERTIFICATE, ...givenOf(token), ...given, now: 1 }))
      .findings.map(({ code }) => code).filter((code) => code !== "legacy-format");
  const [access, five, , three] = SAMPLES as [LegacyToken, LegacyToken, LegacyToken, LegacyToken];
  // The checksums exclude these names, so that nothing is said of the certificate.
  assertEquals(await codes(access, { channelName: "d" }), ["channel-mismatch"]);
  assertEquals(await codes(access, { account: "8" }), ["user-mismatch"]);
  assertEquals(await codes(five, { service: "recording" }), ["service-missing"]);
  assertEquals(await codes(three, { uid: 8 }), ["user-mismatch"]);
  assertEquals(await codes({ ...three, uid: 0 } as LegacyToken, { uid: 8 }), ["wildcard-user"]);
});

test("verifyToken() takes a DynamicKey5 as received, whatever the order of its entries", async () => {
  const token = { ...SAMPLES[1]!, extra: { "1": "3", "2": "x" } } as Extract<LegacyToken, { version: "005" }>;
  const [before, after] = encodeParts005(token);
  const swapped = concatBytes([after.subarray(0, 6), after.subarray(11), after.subarray(6, 11)]); // entries of five bytes
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
  assertEquals([verdict, findings.map(({ code }) => code)], ["valid", ["legacy-format", "not-canonical"]]);
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

test("inspectToken() reports bytes after a 006 message and order that is not the official one", async () => {
  const text = await packToken(SAMPLES[0]!, CERTIFICATE);
  const { bytes } = decodeCanonicalBase64(text.slice(35), 35);
  const longer = text.slice(0, 35) + encodeBase64(concatBytes([bytes, Uint8Array.of(1, 2)]));
  assertEquals((await inspectToken(longer)).findings.map(({ code }) => code), ["legacy-format", "trailing-bytes"]);
  const swapped = bytes.slice();
  swapped.set(bytes.slice(-6), bytes.length - 12);
  swapped.set(bytes.slice(-12, -6), bytes.length - 6);
  const { findings, token } = await inspectToken(text.slice(0, 35) + encodeBase64(swapped));
  assertEquals(findings.map(({ code }) => code), ["legacy-format", "not-canonical"]);
  assertEquals((token as { privileges: object }).privileges, { joinChannel: NOW, rtmLogin: NOW });
});
