import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError, packToken, type Service, type Token007, type VerifyOptions, verifyToken } from "../../mod.ts";
import { APP_ID, CERTIFICATE, collect, packed } from "./case.ts";

export const { cases, test } = collect();

const NOW = 1700000000;
const RTC: Service = { type: "rtc", channelName: "lobby", uid: "7", privileges: { joinChannel: 3600 } };
const OTHER = "11111111111111111111111111111111";

async function verify(token: Partial<Token007> = {}, options: Partial<VerifyOptions> = {}) {
  const verification = await verifyToken(await packed({ services: [RTC], ...token }), {
    certificates: CERTIFICATE,
    now: NOW,
    ...options,
  });
  const { signature, ok, findings, certificateIndex } = verification;
  return { signature, ok, certificateIndex, codes: findings.map(({ code }) => code).sort() };
}

test("verifyToken() accepts one certificate, a list, or a lookup by App ID", async () => {
  assertEquals((await verify()).ok, true);
  assertEquals((await verify({}, { certificates: [OTHER, CERTIFICATE] })).certificateIndex, 1);
  const asked: string[] = [];
  const lookup = (appId: string) => {
    asked.push(appId);
    return appId === APP_ID ? [CERTIFICATE] : [];
  };
  assertEquals((await verify({}, { certificates: lookup })).ok, true);
  assertEquals(asked, [APP_ID]);
  assertEquals((await verify({}, { certificates: (id) => Promise.resolve(lookup(id)) })).ok, true);
});

test("verifyToken() says invalid, malformed or uncheckable, and never throws for what a certificate contains", async () => {
  assertEquals(await verify({}, { certificates: OTHER }), {
    signature: "invalid",
    ok: false,
    certificateIndex: undefined,
    codes: ["signature-invalid"],
  });
  for (const certificate of ["", "fedcba", "z".repeat(32), CERTIFICATE + "\n"]) {
    assertEquals((await verify({}, { certificates: certificate })).codes, ["certificate-malformed"]);
    const both = await verify({}, { certificates: [certificate, OTHER] });
    assertEquals(both.codes, ["certificate-malformed", "signature-invalid"]);
  }
  assertEquals((await verify({}, { certificates: ["nonsense", CERTIFICATE] })).ok, true);
  assertEquals(await verify({}, { certificates: [] }), {
    signature: "uncheckable",
    ok: false,
    certificateIndex: undefined,
    codes: ["certificate-missing"],
  });
});

test("verifyToken() takes the case of a certificate as it is", async () => {
  assertEquals((await verify({}, { certificates: CERTIFICATE.toUpperCase() })).signature, "invalid");
});

test("verifyToken() accepts a token from issueTs until it expires, after 24 hours at most", async () => {
  const table: [token: Partial<Token007>, options: Partial<VerifyOptions>, ok: boolean, code?: string][] = [
    [{}, { now: NOW + 3599 }, true],
    [{}, { now: NOW + 3600 }, false, "expired"],
    [{}, { now: NOW - 1 }, false, "not-yet-valid"],
    [{}, { now: NOW - 5, clockTolerance: 5 }, true],
    [{}, { now: NOW - 6, clockTolerance: 5 }, false, "not-yet-valid"],
    [{}, { now: NOW + 3600, clockTolerance: 60 }, false, "expired"],
    [{ expire: 0 }, {}, false, "lifetime-zero"],
    [{ expire: 100_000 }, { now: NOW + 86399 }, true, "lifetime-over-24-hours"],
    [{ expire: 100_000 }, { now: NOW + 86400 }, false, "older-than-24-hours"],
    [{ expire: 0xffffffff }, { now: NOW + 86400 }, false, "older-than-24-hours"],
  ];
  for (const [token, options, ok, code] of table) {
    const result = await verify(token, options);
    assertEquals([result.signature, result.ok], ["valid", ok], JSON.stringify([token, options]));
    if (code !== undefined) assert(result.codes.includes(code as never), JSON.stringify([token, options, result.codes]));
  }
});

test("verifyToken() reports an ended privilege and leaves ok alone", async () => {
  const services: Token007["services"] = [
    {
      type: "rtc",
      channelName: "c",
      uid: "",
      privileges: { joinChannel: 3600, publishAudioStream: 60, publishVideoStream: 0 },
    },
  ];
  const early = await verify({ services }, { now: NOW + 59 });
  assertEquals([early.ok, early.codes], [true, ["privilege-ends-early", "privilege-zero", "wildcard-user"]]);
  const late = await verify({ services }, { now: NOW + 60 });
  assertEquals([late.ok, late.codes], [true, ["privilege-expired", "privilege-zero", "wildcard-user"]]);
});

test("verifyToken() compares channel, user and service where they are given", async () => {
  const both: Token007["services"] = [
    { type: "rtc", channelName: "a", uid: "7", privileges: {} },
    { type: "rtc", channelName: "b", uid: "", privileges: {} },
    { type: "rtm", userId: "bob", privileges: {} },
  ];
  const table: [given: Partial<VerifyOptions>, codes: string[], services?: Token007["services"]][] = [
    [{ channelName: "lobby", uid: 7, service: "rtc" }, []],
    [{ uid: "7" }, []],
    [{ account: "7" }, []],
    [{ channelName: "Lobby" }, ["channel-mismatch"]],
    [{ uid: 8 }, ["user-mismatch"]],
    [{ uid: 0 }, ["join-without-user"]],
    [{ account: "8" }, ["user-mismatch"]],
    [{ account: "bob" }, ["uid-against-account"]],
    [{ service: "rtm" }, ["service-missing"]],
    [{ service: "mediaChannel" }, ["service-missing"]],
    [{ channelName: "b", uid: 1, service: "rtc" }, [], both],
    // Each kind of mismatch once, though two services differ.
    [{ channelName: "a", uid: 1, service: "rtc" }, ["channel-mismatch", "user-mismatch"], both],
    [{ account: "bob", service: "rtm" }, [], both],
    [{ account: "eve", service: "rtm" }, ["user-mismatch"], both],
    // What names no channel does not stand for any.
    [{ channelName: "wrong" }, ["channel-mismatch"], both],
    [{ channelName: "wrong", account: "bob" }, ["channel-mismatch", "uid-against-account"], both],
    [{ channelName: "a", service: "rtm" }, ["channel-mismatch"], both],
    [{ account: "bob" }, [], both],
    [{ uid: 9 }, [], both],
    [{ account: "bob" }, ["user-mismatch"], [{ type: "fpa", privileges: {} }]],
    // A room is no user.
    [{ account: "u" }, [], [{ type: "apaas", roomUuid: "room", userUuid: "u", role: 1, privileges: {} }]],
    [{ account: "room" }, ["user-mismatch"], [{ type: "apaas", roomUuid: "room", userUuid: "u", role: 1, privileges: {} }]],
  ];
  for (const [given, codes, services] of table) {
    const result = await verify(services === undefined ? {} : { services }, given);
    const mismatches = result.codes.filter((code) => !code.startsWith("wildcard"));
    assertEquals([result.ok, mismatches], [codes.length === 0, codes as never[]], JSON.stringify(given));
  }
});

test("verifyToken() refuses wrong types and unknown options, and answers for any text", async () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  const wrong = verifyToken as any;
  const text = await packToken(sample, CERTIFICATE);
  await assertRejects(() => wrong("007"), AgoraTokenError, "options");
  for (const any of [text, "007"]) {
    const wanted = '"certificates" must be a string, an array or a function, got nothing';
    await assertRejects(() => wrong(any, {}), AgoraTokenError, wanted);
  }
  const unknown = 'Unknown field "certificate": wanted one of certificates, now, ';
  await assertRejects(() => wrong("007", { certificate: CERTIFICATE }), AgoraTokenError, unknown);
  await assertRejects(() => wrong("007", { certificates: [], now: "1" }), AgoraTokenError, "now");
  await assertRejects(() => wrong("007", { certificates: [], uid: -1 }), AgoraTokenError, "uid");
  await assertRejects(() => wrong("007", { certificates: [], clockTolerance: -1 }), AgoraTokenError, "clockTolerance");
  for (const [text, code] of [["", "text-is-placeholder"], ["007", "text-cut"], ["007eJw=", "unreadable"]] as const) {
    const { signature, ok, findings } = await verifyToken(text, { certificates: CERTIFICATE });
    assertEquals([signature, ok, findings.map(({ code }) => code)], ["uncheckable", false, [code]]);
  }
});

const sample: Token007 = {
  version: "007",
  appId: APP_ID,
  issueTs: NOW,
  expire: 1,
  salt: 1,
  services: [{ type: "fpa", privileges: {} }],
};
