import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError, diagnoseToken, packToken, type Service, type Token, type Token007, verifyToken } from "../../mod.ts";
import { APP_ID, CERTIFICATE, collect, packed } from "./case.ts";

// verifyToken() and diagnoseToken() use one judgement: whatever they are given, they never contradict each other.

export const { cases, test } = collect();

const NOW = 1_700_000_000;
const OTHER = "11111111111111111111111111111111";

/** A token of an old format for a user in the channel "c". */
const old = async (version: "006" | "005" | "004", uid: number): Promise<string> => {
  const key = { appId: APP_ID, unixTs: 1, randomInt: 1, channelName: "c", uid, expiredTs: 0 };
  const tokens: Record<typeof version, Token> = {
    "006": {
      version: "006",
      appId: APP_ID,
      channelName: "c",
      uid: uid === 0 ? "" : String(uid),
      salt: 1,
      ts: NOW,
      privileges: { joinChannel: NOW },
    },
    "005": { version: "005", service: "mediaChannel", ...key, extra: {} },
    "004": { version: "004", service: "mediaChannel", ...key },
  };
  return await packToken(tokens[version], CERTIFICATE);
};

test("verifyToken() and diagnoseToken() accept a 006, 005 or 004 for uid 0 for any uid, and say so", async () => {
  for (const version of ["006", "005", "004"] as const) {
    for (const uid of [0, 7, 4294967295]) {
      const options = {
        certificates: CERTIFICATE,
        channelName: "c",
        uid,
        service: version === "004" ? "mediaChannel" : undefined,
      };
      const known = JSON.parse(JSON.stringify({ ...options, now: NOW - 1000 }));
      const text = await old(version, 0);
      const verification = await verifyToken(text, known);
      assertEquals([verification.signature, verification.ok], ["valid", true], `${version} ${uid}`);
      const diagnosis = await diagnoseToken(text, known);
      assertEquals(diagnosis.verdict, "works");
      if (version === "006" || uid !== 0) assert(diagnosis.findings.some(({ code }) => code === "wildcard-user"), version);
    }
    const own = await old(version, 8);
    const known = { certificates: CERTIFICATE, channelName: "c", uid: 7, now: NOW - 1000 };
    assertEquals((await verifyToken(own, { ...known, ...(version === "004" ? { service: "mediaChannel" } : {}) })).ok, false);
  }
});

test("verifyToken() says of a 006 whose checksum excludes the user that, and nothing of the certificate", async () => {
  const text = await old("006", 8);
  for (const certificates of [CERTIFICATE, OTHER]) {
    const { signature, findings } = await verifyToken(text, { certificates, channelName: "c", uid: 7, now: NOW - 1000 });
    assertEquals([signature, findings[0]!.code, findings[0]!.params], [
      "uncheckable",
      "user-mismatch",
      { expected: "7", by: "checksum" },
    ]);
    assert(!findings.some(({ code }) => code === "signature-invalid"));
  }
});

test("verifyToken() says of a key that only signs its names that these or the certificate are wrong", async () => {
  const known = { certificates: CERTIFICATE, channelName: "d", uid: 7, now: 5 };
  const { signature, findings: [found] } = await verifyToken(await old("005", 7), known);
  assertEquals([signature, found!.code, found!.params], ["invalid", "signature-invalid", {
    certificates: 1,
    signsNames: true,
  }]);
  assert(found!.message.includes("names or the certificate"), found!.message);
});

test("a Verification and a Diagnosis carry the token and its view, also where the signature is invalid", async () => {
  const text = await packed();
  for (const certificates of [CERTIFICATE, OTHER, []]) {
    const verification = await verifyToken(text, { certificates, now: NOW });
    assert(verification.error === undefined);
    assertEquals([verification.token.appId, verification.view.rights[0]!.service], [APP_ID, "rtc"]);
    const diagnosis = await diagnoseToken(text, { certificates, now: NOW });
    if (diagnosis.verdict === "works") assertEquals(diagnosis.token.version, "007"); // narrows
    if (verification.ok) assertEquals(verification.certificateIndex, 0);
  }
  const broken = await verifyToken("007!", { certificates: CERTIFICATE });
  assert(broken.token === undefined && broken.error.code === "malformed-base64");
});

test("a token with a lifetime of 0 is not ok, with a warning, and whether it works is unknown", async () => {
  const services: Service[] = [{ type: "rtc", channelName: "lobby", uid: "1001", privileges: { joinChannel: 3600 } }];
  const text = await packed({ expire: 0, services });
  for (const now of [NOW, NOW + 600]) {
    const { ok, signature, findings, view } = await verifyToken(text, { certificates: CERTIFICATE, now });
    assertEquals([ok, signature, findings[0]!.code, findings[0]!.severity], [false, "valid", "lifetime-zero", "warning"]);
    assertEquals(view!.validity, { notBefore: NOW, raw: 0, path: "expire" });
    assertEquals((await diagnoseToken(text, { certificates: CERTIFICATE, now })).verdict, "unknown");
  }
});

/** A 006 with these privileges for the user 7 in the channel "c". */
const of006 = async (...names: ("joinChannel" | "rtmLogin")[]): Promise<string> => {
  const privileges = Object.fromEntries(names.map((name) => [name, NOW]));
  return await packToken(
    { version: "006", appId: APP_ID, channelName: "c", uid: "7", salt: 1, ts: NOW, privileges },
    CERTIFICATE,
  );
};

test("verifyToken() says which name a 006 excludes, also where it is not for the service either", async () => {
  const known = { certificates: CERTIFICATE, channelName: "d", uid: 8, service: "rtm", now: NOW - 1000 };
  const { signature, findings } = await verifyToken(await of006("joinChannel"), known);
  assertEquals([signature, findings.filter(({ severity }) => severity === "error").map(({ code }) => code)], [
    "uncheckable",
    ["service-missing", "channel-mismatch", "user-mismatch"],
  ]);
});

test("verifyToken() asks for the channel of a 006 for a channel and for RTM, and never leaves a reason out", async () => {
  const text = await of006("joinChannel", "rtmLogin");
  const { signature, findings: [found] } = await verifyToken(text, { certificates: CERTIFICATE, uid: 7, now: NOW - 1000 });
  assertEquals([signature, found!.code, found!.params], ["uncheckable", "input-missing", {
    version: "006",
    inputs: ["channelName"],
  }]);
  for (const token of [text, await of006("rtmLogin"), await of006("joinChannel")]) {
    for (const channelName of [undefined, "c", "7", "d"]) {
      for (const user of [{}, { uid: 7 }, { uid: 0 }, { account: "c" }]) {
        for (const more of [{}, { service: "rtm" }, { intent: "loginRtm" }, { intent: "join" }, { intent: "chat" }] as const) {
          const options = {
            certificates: CERTIFICATE,
            ...(channelName === undefined ? {} : { channelName }),
            ...user,
            ...more,
          };
          const { signature, findings } = await diagnoseToken(token, { ...options, now: NOW - 1000 });
          const reasons = ["input-missing", "channel-mismatch", "user-mismatch", "names-exchanged", "join-without-user"];
          reasons.push("service-missing"); // the names of another service say nothing of it
          if (signature !== "uncheckable") continue;
          assert(findings.some(({ code }) => reasons.includes(code)), JSON.stringify(options));
        }
      }
    }
  }
});

test("verifyToken() blames the certificate alone where the checksums of a 006 fit the names", async () => {
  const known = { certificates: OTHER, channelName: "c", uid: 7, now: NOW - 1000 };
  const { signature, findings: [found] } = await verifyToken(await of006("joinChannel"), known);
  assertEquals([signature, found!.code, found!.params], ["invalid", "signature-invalid", {
    certificates: 1,
    signsNames: false,
  }]);
});

test("diagnoseToken() says of a key that only signs its service what it is not for, not that it has none", async () => {
  const known = { channelName: "c", uid: 7, service: "rtm", now: NOW };
  const { findings: [found] } = await diagnoseToken(await old("004", 7), known);
  assertEquals([found!.code, found!.message], ["service-missing", "The token is not for RTM."]);
});

test("diagnoseToken() names the user that the token is for where no digits are given as uid", async () => {
  const services: Service[] = [{ type: "rtc", channelName: "lobby", uid: "alice", privileges: { joinChannel: 3600 } }];
  const { findings: [found] } = await diagnoseToken(await packed({ services }), { uid: "", now: NOW });
  assertEquals([found!.code, found!.params], ["join-without-user", { actual: "alice", by: "text" }]);
});

test("diagnoseToken() refuses an intent that is no text by its type", async () => {
  for (const intent of [5, null, ["join"]]) {
    const error = await assertRejects(() => diagnoseToken("", { intent: intent as never }), AgoraTokenError);
    assertEquals([error.code, error.field], ["invalid-type", "intent"]);
  }
});

test("diagnoseToken() names no field of a privilege that a service without privileges lacks", async () => {
  const services: Service[] = [{ type: "rtc", channelName: "lobby", uid: "1001", privileges: {} }];
  const { findings } = await diagnoseToken(await packed({ services }), { intent: "publishAudio", now: NOW });
  assertEquals(findings.filter(({ code }) => code.endsWith("privilege-missing")).map(({ code, field }) => [code, field]), [
    ["privilege-missing", undefined],
    ["publish-privilege-missing", undefined],
  ]);
});

test("verifyToken() accepts a 006 for a user whose checksum is that of no user, and one for anyone for that user", async () => {
  const uid = 863045057;
  for (const made of ["", String(uid)]) {
    const token = { version: "006", appId: APP_ID, channelName: "c", uid: made, salt: 1, ts: NOW } as const;
    const text = await packToken({ ...token, privileges: { joinChannel: NOW } }, CERTIFICATE);
    const { signature, ok } = await verifyToken(text, { certificates: CERTIFICATE, channelName: "c", uid, now: NOW - 1000 });
    assertEquals([signature, ok], ["valid", true], made);
  }
});

test("verifyToken() accepts a token whose services are all unknown for no channel and no user", async () => {
  const services: Token007["services"] = [{ type: 99, privileges: {} }];
  const text = await packed({ services });
  const known = { certificates: CERTIFICATE, now: NOW };
  assertEquals((await verifyToken(text, known)).ok, true);
  for (const [names, code] of [[{ channelName: "lobby" }, "channel-mismatch"], [{ uid: 7 }, "user-mismatch"]] as const) {
    const { ok, signature, findings: [found] } = await verifyToken(text, { ...known, ...names });
    assertEquals([ok, signature, found!.code, (found!.params as { by?: string }).by], [false, "valid", code, "none"]);
  }
});

test("no finding repeats a token that stands where a name belongs, in lines or of a format without a version", async () => {
  const key = { appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW + 60 };
  const login: Token = { version: "signaling", appId: APP_ID, account: "bob", expiredTs: NOW + 60 };
  const others = [
    (await packed()).replace(/.{52}/g, "$&\r\n"),
    (await packed()).replace(/.{52}/g, "$&\\\n    "),
    await packToken({ version: "001", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c" }, CERTIFICATE),
    await packToken({ version: "002", ...key }, CERTIFICATE),
    await packToken(login, CERTIFICATE),
  ];
  for (const token of others) {
    const { findings } = await verifyToken(await packed(), { certificates: CERTIFICATE, channelName: token, now: NOW });
    const said = JSON.stringify(findings);
    assertEquals(findings[0]!.code, "channel-mismatch");
    assert(!said.includes(JSON.stringify(token).slice(1, -1)) && !said.includes(token.slice(0, 40)), said);
  }
});
