import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AgoraTokenError,
  type DiagnoseOptions,
  diagnoseToken,
  type Finding,
  type FindingCode,
  inspectToken,
  type PlacesParams,
  type Service,
  type Token007,
} from "../../mod.ts";
import { tokenOfJson } from "../../src/cli/json.ts";
import { ENGLISH, rendered } from "../../src/inspect/catalogue.ts";
import { FINDINGS, observed } from "../../src/inspect/findings.ts";
import { sdkView } from "../../src/inspect/sdk.ts";
import { DynamicKey3, DynamicKey5, SignalingToken } from "../../src/official/legacy/mod.ts";
import agents from "../vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "../vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "../vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "../vectors/vectors-007.json" with { type: "json" };
import legacy from "../vectors/vectors-legacy.json" with { type: "json" };
import { EXAMPLES, GOOD, KNOWN, NOW, rtc, token } from "../data/findings.ts";
import { APP_ID, CERTIFICATE, collect, compresses, growth } from "./case.ts";
import { pack007Bytes } from "./damage.ts";

export const { cases, test } = collect();

for (const [code, { found, not }] of Object.entries(EXAMPLES)) {
  test(`diagnoseToken() finds ${code} where it is, and not where it is not`, async () => {
    for (const [examples, expected] of [[found, true], [not, false]] as const) {
      assert(examples.length > 0);
      for (const [index, [text, known]] of examples.entries()) {
        const { findings } = await diagnoseToken(await text, known ?? { now: NOW });
        const codes = findings.map(({ code }) => code);
        assertEquals(
          codes.includes(code as FindingCode),
          expected,
          `${expected ? "found" : "not"} ${index}: ${codes.join(", ")}`,
        );
      }
    }
  });
}

test("EXAMPLES has every finding, and every error and warning has advice", () => {
  assertEquals(Object.keys(EXAMPLES).sort(), Object.keys(FINDINGS).sort());
  for (const [code, { severity }] of Object.entries(FINDINGS)) {
    assert(severity === "info" || ENGLISH.advice[code as FindingCode] !== undefined, code);
  }
});

test("diagnoseToken() says works, fails or unknown", async () => {
  const verdict = async (text: string, known: DiagnoseOptions) => (await diagnoseToken(text, known)).verdict;
  const good = await diagnoseToken(GOOD, KNOWN);
  assertEquals([good.verdict, good.ok, good.signature, good.findings], ["works", true, "valid", []]);
  assertEquals(await verdict(GOOD, { now: NOW }), "unknown");
  assertEquals(await verdict(GOOD, { ...KNOWN, uid: 5 }), "fails");
  assertEquals(await verdict("nonsense", {}), "fails");
  // A subscriber may publish where co-host authentication is off.
  assertEquals(await verdict(await rtc({ privileges: { joinChannel: 3600 } }), KNOWN), "unknown");
  // An expired privilege matters only if it is needed.
  const early = await rtc({ privileges: { joinChannel: 3600, publishAudioStream: 60 } });
  assertEquals(await verdict(early, { ...KNOWN, intent: "publishAudio", now: NOW + 61 }), "fails");
  assertEquals(await verdict(early, { ...KNOWN, intent: "join", now: NOW + 61 }), "works");
  // A login names no channel.
  const login = await token({}, { type: "rtm", userId: "bob", privileges: { login: 3600 } });
  assertEquals(
    await verdict(login, { certificates: CERTIFICATE, now: NOW, channelName: "lobby", account: "bob", intent: "loginRtm" }),
    "works",
  );
  assertEquals(await verdict(login, { certificates: CERTIFICATE, now: NOW, channelName: "lobby", account: "bob" }), "fails");
  // An administrator's token in a client.
  const app = await token({}, { type: "chat", userId: "", privileges: { app: 3600, user: 3600 } });
  assertEquals(await verdict(app, { certificates: CERTIFICATE, now: NOW }), "works");
  assertEquals(await verdict(app, { certificates: CERTIFICATE, now: NOW, intent: "chat" }), "fails");
});

test("diagnoseToken() says how two names that look alike differ", async () => {
  const message = async (channelName: string, given: string) =>
    (await diagnoseToken(await rtc({ channelName }), { ...KNOWN, channelName: given })).findings[0]!.message;
  assert((await message("lobby", "Lobby")).includes("letter case"));
  assert((await message("lobby", "lobby ")).includes("whitespace"));
  assert((await message("a b", "a%20b")).includes("percent-encoding"));
  assert((await message("e\u0301", "\u00e9")).includes("Unicode form"));
  assert(!(await message("lobby", "stage")).includes("differ only"));
});

test("diagnoseToken() gives findings the SDK's error number and the bytes concerned", async () => {
  const { findings: [mismatch] } = await diagnoseToken(GOOD, { ...KNOWN, channelName: "stage" });
  assertEquals([mismatch!.sdkError, mismatch!.field, mismatch!.expected, mismatch!.actual], [
    110,
    "services[0].channelName",
    "stage",
    "lobby",
  ]);
  const { spans } = await inspectToken(GOOD);
  const { start, end } = spans.find(({ path }) => path === mismatch!.field)!;
  assertEquals(mismatch!.span, { start, end });
  const { findings: [login] } = await diagnoseToken(GOOD, { ...KNOWN, intent: "loginRtm" });
  assertEquals([login!.code, login!.sdkError], ["service-missing", undefined]);
  assertEquals((await diagnoseToken(GOOD, { ...KNOWN, now: NOW + 9999 })).findings[0]!.sdkError, 109);
  assertEquals(
    rendered(observed("not-canonical", {}), sdkView(undefined, { intent: "join", now: NOW, clockTolerance: 0 }, undefined))
      .sdkError,
    undefined,
  );
});

test("diagnoseToken() recognizes a text that is the certificate, and does not show it", async () => {
  const { findings: [secret] } = await diagnoseToken(CERTIFICATE, KNOWN);
  assert(secret!.message.includes("Certificate"));
  assert(!JSON.stringify(secret).includes(CERTIFICATE));
  assert((await diagnoseToken(APP_ID, KNOWN)).findings[0]!.message.includes("your App ID"));
});

test("diagnoseToken() refuses wrong types and an unknown intent", async () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  const wrong = diagnoseToken as any;
  await assertRejects(() => wrong(5), AgoraTokenError, "text");
  await assertRejects(() => wrong(GOOD, { intent: "fly" }), AgoraTokenError, "intent");
  await assertRejects(() => wrong(GOOD, { intent: "toString" }), AgoraTokenError, "intent");
  await assertRejects(() => wrong(GOOD, { appId: 5 }), AgoraTokenError, "appId");
  await assertRejects(() => wrong(GOOD, { channel: "c" }), AgoraTokenError, "channel");
});

test("diagnoseToken() recognizes words that are no token", async () => {
  const table: [text: string, code: FindingCode][] = [
    ["Your session has expired", "text-is-error-message"],
    ["The token could not be created", "text-is-error-message"],
    ["Unauthorized", "text-is-error-message"],
    ["NOT_FOUND", "text-is-error-message"],
    ["404", "text-is-error-message"],
    ["Fehler: Kanal ungültig", "text-is-error-message"],
    ['"Unauthorized"', "text-is-error-message"],
    ["1: invalid request", "text-is-error-message"],
    ["007 is not a token", "text-is-error-message"],
    ["Your token", "text-is-placeholder"],
    ["your-temp-token-here", "text-is-placeholder"],
    ["%TOKEN%", "text-is-placeholder"],
  ];
  for (const [text, code] of table) assertEquals((await diagnoseToken(text)).findings[0]!.code, code, text);
});

test("diagnoseToken() and inspectToken() take time that grows with the text and the services, and no faster", async () => {
  const texts: ((size: number) => string)[] = [
    (size) => "#".repeat(size) + "x",
    (size) => "<".repeat(size),
    (size) => "your ".repeat(size / 5),
    (size) => "007" + "=".repeat(size),
    (size) => "{".repeat(size),
  ];
  for (const text of texts) {
    assertEquals((await diagnoseToken(text(100))).verdict, "fails");
    const ratio = await growth((size) => diagnoseToken(text(size)), 60_000);
    assert(ratio < 3.2, `${text(1)}: ${ratio}`);
  }
  if (!await compresses()) return;
  const many = (count: number) =>
    token({ services: Array(count).fill({ type: "fpa", privileges: { login: 0 } }) as Token007["services"] });
  assertEquals((await inspectToken(await many(2000))).findings.map(({ params }) => (params as PlacesParams).count), [2000]);
  const tokens = new Map([[4000, await many(4000)], [8000, await many(8000)]]);
  const ratio = await growth((count) => diagnoseToken(tokens.get(count)!, { now: NOW }), 4000);
  assert(ratio < 3.2, String(ratio));
});

test("diagnoseToken() takes more findings than a call takes arguments", async () => {
  if (!await compresses()) return;
  const privileges = Object.fromEntries(Array.from({ length: 150 }, (_, key) => [String(key + 100), 60]));
  const ended = await token({ services: Array(280).fill({ type: "fpa", privileges }) });
  assertEquals((await diagnoseToken(ended, { now: NOW + 61 })).verdict, "unknown");
});

test("diagnoseToken() knows the purposes and users of old keys", async () => {
  const key = [APP_ID, CERTIFICATE, "c", 1, 1, 0, 0] as const;
  const known = { certificates: CERTIFICATE, channelName: "c", uid: 6, now: 5 };
  const first = async (text: string, more: DiagnoseOptions) => {
    const { verdict, findings } = await diagnoseToken(text, { ...known, ...more });
    return [verdict, ...findings.map(({ code }) => code)].filter((code) => code !== "legacy-format");
  };
  assertEquals(await first(await DynamicKey5.generateMediaChannelKey(...key), { intent: "join" }), ["works", "wildcard-user"]);
  assertEquals(await first(await DynamicKey5.generateRecordingKey(...key), { intent: "join" }), [
    "fails",
    "service-missing",
    "wildcard-user",
  ]);
  const wrongs: [string | Promise<string>, DiagnoseOptions][] = [
    [DynamicKey5.generatePublicSharingKey(...key), { intent: "join" }],
    [DynamicKey5.generateMediaChannelKey(...key), { intent: "chat" }],
    [DynamicKey3.generate(...key), { intent: "loginRtm" }],
  ];
  for (const [text, more] of wrongs) assertEquals((await first(await text, more)).slice(0, 2), ["fails", "service-missing"]);
  for (const [upload, intent] of [["0", "join"], ["3", "host"]] as const) {
    const permission = await DynamicKey5.generateInChannelPermissionKey(...key, upload);
    assertEquals(await first(permission, { intent }), ["works", "wildcard-user"]);
  }
  const login = await SignalingToken.getToken(APP_ID, CERTIFICATE, "a", 0);
  assertEquals((await diagnoseToken(login, { certificates: CERTIFICATE, account: "a", intent: "loginRtm" })).verdict, "works");
  assertEquals(await first(await DynamicKey5.generateInChannelPermissionKey(...key, "0"), { intent: "host" }), [
    "unknown",
    "publish-privilege-missing",
    "wildcard-user",
  ]);
  assertEquals(await first(await SignalingToken.getToken(APP_ID, CERTIFICATE, "a", 0), { intent: "chat", account: "a" }), [
    "fails",
    "service-missing",
  ]);
  const { findings: [wrong] } = await diagnoseToken(await DynamicKey5.generateMediaChannelKey(...key), {
    ...known,
    channelName: "d",
  });
  assert(wrong!.message.includes("channel"), wrong!.message);
});

test("diagnoseToken() checks the privileges for the joined channel, and reports those that are missing", async () => {
  const [join, missing] = [{ joinChannel: 3600 }, ["publish-privilege-missing"]];
  const of = async (services: Partial<Service>[], channelName?: string) => {
    const { channelName: _, ...known } = KNOWN;
    const { findings } = await diagnoseToken(await token({}, ...services), channelName ? { ...known, channelName } : known);
    return findings.map(({ code }) => code).filter((code) => code !== "wildcard-channel");
  };
  const two = [{ channelName: "a" }, { channelName: "b", privileges: join }];
  assertEquals([await of(two, "a"), await of(two, "b")], [[], missing]);
  assertEquals(await of([{ channelName: "" }, { channelName: "b", privileges: join }], "b"), []);
  assertEquals(await of([{ channelName: "", privileges: join }, { channelName: "b" }]), []);
});

test("a certificate lookup is called only for tokens, and may return nothing", async () => {
  const asked: string[] = [];
  const certificates = (appId: string) => void asked.push(appId) as undefined;
  assertEquals((await diagnoseToken("garbage", { certificates })).verdict, "fails");
  assertEquals((await diagnoseToken(GOOD, { certificates, now: NOW })).verdict, "unknown");
  assertEquals(asked, [APP_ID]);
});

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;
const valid: Vector[] = [...golden.cases, ...agents.cases, ...literals.cases].filter(({ input, token }: Vector) =>
  input && token
);

/** What a 007 vector says of itself. */
function ownInputs({ input }: Vector): DiagnoseOptions {
  return { appId: input.appId, certificates: input.appCertificate, now: input.issueTs };
}

test("diagnoseToken() finds no error in any valid 007 vector with its own inputs", async () => {
  for (const vector of valid) {
    const { verdict, findings } = await diagnoseToken(vector.token, ownInputs(vector));
    const errors = findings.filter(({ severity, code }) =>
      severity === "error" && !(vector.id === "svc-rtc-expire-0" && ["expired", "lifetime-zero"].includes(code))
    );
    assertEquals(errors, [], vector.id);
    if (vector.id !== "svc-rtc-expire-0") assertEquals(verdict, "works", vector.id);
  }
});

test("diagnoseToken() finds no error in any valid legacy vector with its own inputs and time", async () => {
  for (const { id, format, builder, input, token: text } of [...legacy.cases, ...literalsLegacy.cases] as Vector[]) {
    const { token: data, appCertificate } = tokenOfJson({ format, builder, ...input });
    const { channelName, uid, account, service } = data as Vector;
    const given = data.version === "006" ? { channelName, account: uid } : JSON.parse(
      JSON.stringify({
        channelName,
        uid: uid === undefined ? undefined : uid >>> 0,
        account,
        service: typeof service === "string" ? service : undefined,
      }),
    );
    const { verdict, findings } = await diagnoseToken(text, {
      appId: data.appId,
      certificates: appCertificate,
      ...given,
      now: 0,
    });
    // Some vectors write a small number where a time stands.
    const errors = findings.filter(({ severity, code }) =>
      severity === "error" && code !== "duration-as-absolute-time" && code !== "expired"
    );
    assertEquals(errors, [], id);
    if (!findings.some(({ severity }) => severity === "error")) assertEquals(verdict, "works", id);
  }
});

test("diagnoseToken() finds the difference between unrelated tokens", async () => {
  const rtcOnly = valid.filter(({ parsed }) =>
    parsed?.services.length === 1 && parsed.services[0].type === 1 && parsed.expire > 0
  );
  const inputs = rtcOnly.map(({ parsed, input }) => ({ parsed, input, service: parsed.services[0] }));
  let pairs = 0;
  for (const [index, { token: text }] of rtcOnly.entries()) {
    const mine = inputs[index]!;
    // Each with itself and a quarter of the others: every runtime runs this.
    for (const other of inputs.filter((_, at) => at === index || (at + index) % 4 === 0)) {
      const known = {
        appId: other.input.appId,
        certificates: other.input.appCertificate,
        channelName: other.service.channelName,
        account: other.service.uid,
      };
      const { signature, findings } = await diagnoseToken(text, { ...known, now: mine.input.issueTs });
      const codes = new Set(findings.filter(({ severity }) => severity === "error").map(({ code }: Finding) => code));
      const differs = (mine: string, other: string) => mine !== "" && mine !== other;
      const user = (["user-mismatch", "uid-against-account", "join-without-user"] as const).some((code) => codes.has(code));
      assertEquals([
        // Some are of the project that Agora's samples publish.
        codes.has("app-id-mismatch") ||
        findings.some(({ severity, params }) =>
          severity === "error" && ["token", "appId", "both"].includes((params as Vector).which)
        ),
        signature === "invalid",
        codes.has("channel-mismatch"),
        user,
      ], [
        mine.input.appId !== other.input.appId,
        mine.input.appCertificate !== other.input.appCertificate,
        differs(mine.service.channelName, other.service.channelName),
        differs(mine.service.uid, other.service.uid),
      ]);
      pairs++;
    }
  }
  assert(pairs > 300, String(pairs));
});

test("diagnoseToken() says of a content that ends early in a whole stream that the builder is at fault", async () => {
  const { bytes } = await inspectToken(GOOD);
  const { findings: [found], findings } = await diagnoseToken(await pack007Bytes(bytes.slice(0, 100)));
  assertEquals([found!.code, findings.length], ["home-made", 1]);
});

test("diagnoseToken() says how a name misses a pattern, and that a star is a star in RTC and 007 only", async () => {
  const said = async (text: Promise<string>, known: DiagnoseOptions) => {
    const { findings: [first] } = await diagnoseToken(await text, { ...KNOWN, ...known });
    return [first!.code, first!.params, first!.message];
  };
  const user = { uid: undefined, intent: "join" as const };
  assertEquals(await said(rtc({ uid: "1*a*2" }), { ...user, account: "1abc3" }), [
    "user-mismatch",
    { expected: "1abc3", actual: "1*a*2", by: "pattern" },
    'The token is for the users that fit the pattern "1*a*2", and "1abc3" does not.',
  ]);
  assertEquals(await said(rtc({ channelName: "Lob*" }), {}), [
    "channel-mismatch",
    { expected: "lobby", actual: "Lob*", by: "pattern", difference: "letter-case" },
    'The token is for the channels that fit the pattern "Lob*", and "lobby" does not. ' +
    "It would fit without regard to letter case; whether Agora regards it is documented nowhere.",
  ]);
  const push = token({}, { type: "streaming", channelName: "*", account: "1001", privileges: {} });
  assertEquals(await said(push, { intent: undefined }), [
    "channel-mismatch",
    { expected: "lobby", actual: "*", by: "text" },
    'The token is for the channel "*", not for "lobby". A * stands for other characters in RTC and 007 only.',
  ]);
  // A uid is held to a pattern by its digits; uid 0 is the empty text.
  for (
    const [uid, known, verdict] of [["1*", 1001, "works"], ["*", 0, "works"], ["1*", 0, "fails"], [
      "*1",
      1002,
      "fails",
    ]] as const
  ) {
    assertEquals((await diagnoseToken(await rtc({ channelName: "*", uid }), { ...KNOWN, uid: known })).verdict, verdict, uid);
  }
});
