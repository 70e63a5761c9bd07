import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  AgoraTokenError,
  type DiagnoseOptions,
  diagnoseToken,
  type Diagnosis,
  type Finding,
  packToken,
  type Service,
  type Token006,
  type Token007,
  verifyToken,
} from "../mod.ts";
import { DynamicKey5 } from "../src/official/legacy/mod.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

// Mistakes that the bytes prove: in every format that shows them and in both directions, each one finding, of the likeliest cause.

const NOW = 1_795_600_000;
const OTHER = "11111111111111111111111111111111";
const PRIVILEGES = { joinChannel: 3600, publishAudioStream: 3600 };

/** A 007 for a channel and user of RTC. */
function make007(channelName: string, uid: string, more: Partial<Token007> = {}, certificate = CERTIFICATE): Promise<string> {
  const services: Service[] = [{ type: "rtc", channelName, uid, privileges: PRIVILEGES }];
  const token: Token007 = { version: "007", appId: APP_ID, issueTs: NOW, expire: 3600, salt: 5, services };
  return packToken({ ...token, ...more }, certificate);
}

/** A 006 for the same. */
function make006(channelName: string, uid: string, more: Partial<Token006> = {}, certificate = CERTIFICATE): Promise<string> {
  const privileges = { joinChannel: NOW + 3600 };
  const token: Token006 = { version: "006", appId: APP_ID, channelName, uid, salt: 5, ts: NOW + 86_400, privileges };
  return packToken({ ...token, ...more }, certificate);
}

const FORMATS = { "007": make007, "006": make006 } as const;

/** What is said of a token, besides that it is old. */
async function told(text: string | Promise<string>, known: DiagnoseOptions): Promise<Diagnosis> {
  const options = { certificates: CERTIFICATE, now: NOW + 60, ...known };
  const diagnosis = await diagnoseToken(await text, options);
  // The verification knows no purpose and no App ID, and finds out less of the certificate, but it never says the contrary.
  const { appId: _appId, intent, ...verifiable } = options;
  // A login names no channel.
  const service = intent === "loginRtm" ? { service: "rtm", channelName: undefined } : {};
  const verification = await verifyToken(await text, { ...verifiable, ...service });
  assertEquals(verification.signature, diagnosis.signature);
  if (diagnosis.verdict === "works") assert(verification.ok);
  assertEquals(new Set(diagnosis.findings.map(({ code }) => code)).size, diagnosis.findings.length, "one finding of a kind");
  assert(!JSON.stringify(diagnosis.findings).includes(CERTIFICATE), "no certificate");
  for (const { message, advice } of diagnosis.findings) {
    assert(!/services\[|privileges\.|crcChannelName|crcUid/.test(`${message} ${advice}`), `no path of data: ${message}`);
  }
  return { ...diagnosis, findings: diagnosis.findings.filter(({ code }) => code !== "legacy-format") };
}

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);

const LITERALS = [
  ...[
    "undefined",
    "Undefined",
    "True",
    "False",
    "null",
    "NULL",
    "NaN",
    "None",
    "nil",
    "0",
    "true",
    "(null)",
    "<nil>",
    "<null>",
  ],
  ...["[object Object]", "[object Promise]", "[object Undefined]", "Array", "map[]", "Instance of 'Future<String>'"],
  ...[
    "${channel}",
    "${uid}",
    "{{channelName}}",
    "{uid}",
    "#{room}",
    ":channel",
    "$user",
    "%uid%",
    "<channel>",
    "%s",
    "%!s(MISSING)",
  ],
];

Deno.test("diagnoseToken() names the text that a program wrote in place of a channel or user, in 007 and 006", async () => {
  for (const [version, make] of Object.entries(FORMATS)) {
    for (const literal of LITERALS) {
      const known = { channelName: "lobby", uid: 1001, intent: "join" } as const;
      const wrong = [["channel", make(literal, "1001")], ["user", make("lobby", literal)]] as const;
      for (const [what, text] of wrong) {
        const { verdict, signature, findings } = await told(text, known);
        const shown = `${version} ${literal}: ${JSON.stringify(findings)}`;
        assertEquals([verdict, signature], ["fails", version === "007" ? "valid" : "uncheckable"], shown);
        assertEquals(codesOf(findings), [`${what}-mismatch`], shown);
        assert(findings[0]!.message.includes(JSON.stringify(literal)), shown);
        assertMatch(findings[0]!.message, /program wrote|not filled in/, shown);
      }
    }
  }
  // Only a 007 holds what no list has.
  for (
    const literal of [
      ...[
        "function () { return id }",
        "async () => {}",
        "com.acme.User@1b6d3586",
        "[Ljava.lang.String;@6d06d69c",
        "<User object at 0x7f3>",
      ],
      ...[
        "#<User:0x000055>",
        "&{7 alice}",
        "0xc000012345",
        'Optional("alice")',
        "Some(7)",
        '{"id":7}',
        "System.Threading.Tasks.Task`1",
        "_Future<dynamic>",
        "Closure: () => String",
        "HASH(0x55d0c8a0)",
      ],
    ]
  ) {
    const { findings } = await told(make007("lobby", literal), { channelName: "lobby", account: "alice" });
    assertEquals([codesOf(findings), /program wrote/.test(findings[0]!.message)], [["user-mismatch"], true], literal);
  }
});

Deno.test("diagnoseToken() takes names of people and rooms for no text of a program", async () => {
  const names = [
    "nullable",
    "none-of-us",
    "function room",
    "Nil",
    "object",
    "0.5",
    "undefined-1",
    "enter-room-7",
    "Futures",
    "alice@acme.example",
    "bob@beef",
    "a:b",
  ];
  for (const name of names) {
    const { verdict, findings } = await told(make007(name, name), { channelName: name, account: name, intent: "join" });
    assertEquals([verdict, codesOf(findings).filter((code) => code.startsWith("literal"))], ["works", []], name);
  }
});

Deno.test("diagnoseToken() names the text that a client gives in place of a name", async () => {
  for (const make of Object.values(FORMATS)) {
    const { findings: [first, ...rest] } = await told(make("lobby", "alice"), { channelName: "undefined", account: "alice" });
    assertEquals([first!.code, rest.length], ["channel-mismatch", 0]);
    assertMatch(first!.message, /What is given is a text that a program writes/);
    const { findings: [appId] } = await told(make("lobby", "alice"), { channelName: APP_ID, account: "alice" });
    assertMatch(appId!.message, /What is given is the App ID/);
    const { findings: [channel] } = await told(make(APP_ID, "alice"), { channelName: "lobby", account: "alice" });
    assertMatch(channel!.message, /It is the App ID/);
  }
});

Deno.test("diagnoseToken() says that a certificate stands where a name belongs, and does not repeat it", async () => {
  const exchanged: [text: Promise<string>, known: DiagnoseOptions][] = [
    [make007(CERTIFICATE, "alice"), { channelName: "lobby", account: "alice" }],
    [make007("lobby", CERTIFICATE.toUpperCase()), { channelName: "lobby", account: "alice" }],
    [make007("lobby", "alice"), { channelName: CERTIFICATE, account: "alice" }],
    [make006("lobby", "alice"), { channelName: CERTIFICATE, account: "alice" }],
    [make007("lobby", CERTIFICATE), { channelName: "lobby", uid: 7 }],
    [make007("lobby", "7"), { channelName: "lobby", account: CERTIFICATE }],
    [make007("lobby", `"${CERTIFICATE}"`), { channelName: "lobby", uid: 7 }],
    [make007(`AGORA_APP_CERTIFICATE=${CERTIFICATE}`, "7"), { channelName: "lobby", uid: 7 }],
    [make007(CERTIFICATE, "alice"), {
      channelName: "lobby",
      account: "alice",
      certificates: [CERTIFICATE, `"${CERTIFICATE}"`],
    }],
  ];
  for (const [text, known] of exchanged) {
    const { verdict, findings } = await told(text, known);
    assertEquals([verdict, findings.length], ["fails", 1]);
    assertMatch(findings[0]!.message, /It is the App Certificate/);
    assert(!JSON.stringify(findings).toLowerCase().includes(CERTIFICATE));
  }
});

Deno.test("diagnoseToken() says that a token stands where a name belongs, and does not repeat it", async () => {
  const token = await make007("lobby", "7");
  for (
    const [text, known] of [
      [make007(token, "7"), { channelName: "lobby", uid: 7 }],
      [make007("lobby", token), { channelName: "lobby", uid: 7 }],
      [token, { channelName: token, uid: 7 }],
      [token, { channelName: `"${token}"`, uid: 7 }],
      [make006("lobby", "7"), { channelName: "lobby", account: token }],
    ] as const
  ) {
    const { verdict, findings } = await told(text, known);
    assertEquals([verdict, findings.length], ["fails", 1]);
    assertMatch(findings[0]!.message, /is a token: arguments were exchanged/);
    assert(!JSON.stringify(findings).includes(token.slice(0, 40)));
  }
});

Deno.test("diagnoseToken() says what two names have in common that differ in signs, or in what is around the one", async () => {
  const table: [made: string, given: string, says: RegExp][] = [
    ["Team A", "teama", /differ only in letter case, and in whitespace/],
    ["user_1", "user-1", /differ only in signs/],
    ["/lobby", "lobby", /differ only in signs/],
    ["lobby.", "lobby", /differ only in signs/],
    ["['lobby']", "lobby", /differ only in signs/],
    ["0f8e9e401b2c11eeb5c65d5a2d8f1c3a", "0f8e9e40-1b2c-11ee-b5c6-5d5a2d8f1c3a", /differ only in signs/],
    ["b'lobby'", "lobby", /given stands in it/],
    ["Text(lobby)", "lobby", /given stands in it/],
    ["lobby?uid=7", "lobby", /given stands in it/],
    ["alice", "alice@acme.example", /in the token stands in what is given/],
    ["lobby2", "lobby", /not for "lobby"\.$/],
    ["my lobby", "lobby", /not for "lobby"\.$/],
    ["+", "-", /not for "-"\.$/],
  ];
  for (const [made, given, says] of table) {
    for (
      const [text, known] of [
        [make007(made, "7"), { channelName: given, uid: 7 }],
        [make007("room", made), { channelName: "room", account: given }],
      ] as const
    ) {
      const { verdict, findings: [first] } = await told(text, known);
      assertEquals(verdict, "fails");
      assertMatch(first!.message.replace(/ At character.*/, ""), says);
    }
  }
  // A uid that a program wrapped is no account.
  const { findings } = await told(make007("lobby", "b'1001'"), { channelName: "lobby", uid: 1001 });
  assertEquals(codesOf(findings), ["user-mismatch"]);
  for (const made of ["user_1", "user 1", " user-1 ", "user-1\0", "/user-1", "b'user-1'", "[user-1]"]) {
    const { findings: [first] } = await told(make006(made, "7"), { channelName: "user-1", uid: 7 });
    assert(first!.message.includes(JSON.stringify(made)), made);
  }
});

Deno.test("diagnoseToken() says that a program rounded a long number, and counts with all of its digits", async () => {
  const [id, rounded] = ["7213456789012345678", "7213456789012346000"];
  for (const make of Object.values(FORMATS)) {
    const { verdict, findings: [first, ...rest] } = await told(make("lobby", rounded), { channelName: "lobby", account: id });
    assertEquals([verdict, first!.code, rest.filter(({ severity }) => severity !== "info")], ["fails", "user-mismatch", []]);
    assertMatch(first!.message, /7213456789012346000.*A program rounded it/);
  }
  const { findings: [found] } = await told(make007("lobby", id), { channelName: "lobby", account: id });
  assertEquals(found!.params, { actual: id, uid: String(BigInt.asUintN(32, BigInt(id))) });
});

Deno.test("diagnoseToken() says once that channel and user are exchanged", async () => {
  for (const make of Object.values(FORMATS)) {
    for (const [channelName, user] of [["lobby", { account: "alice" }], ["lobby", { uid: 7 }], ["12", { uid: 7 }]] as const) {
      const name = "uid" in user ? String(user.uid) : user.account;
      const { verdict, findings } = await told(make(name, channelName), { channelName, ...user, intent: "join" });
      assertEquals([verdict, codesOf(findings)], ["fails", ["names-exchanged"]]);
      assertEquals((await told(make(channelName, name), { channelName, ...user, intent: "join" })).verdict, "works");
    }
    // As a channel, the uid 0 is a text.
    const { findings: [zero, ...others] } = await told(make("0", "lobby"), { channelName: "lobby", uid: 0, intent: "join" });
    assertEquals([zero!.code, others], ["names-exchanged", []]);
    assertMatch(zero!.message, /the channel "0" and the user "lobby"/);
    // One of them alone in the other's place.
    const { findings: [first] } = await told(make("alice", "bob"), { channelName: "lobby", account: "alice" });
    assertMatch(first!.message, /It is the other name that was given/);
  }
});

Deno.test("diagnoseToken() names the number that another text of a user is, or is cut to", async () => {
  const table: [made: string, uid: number, says: RegExp][] = [
    ["01001", 1001, /leading zeros/],
    ["007", 7, /leading zeros/],
    ["1001.0", 1001, /As numbers they are the same/],
    ["1e3", 1000, /As numbers they are the same/],
    ["+7", 7, /As numbers they are the same/],
    ["-1", 4294967295, /32 bits/],
    ["-5", 4294967291, /32 bits/],
    ["-2147483648", 2147483648, /32 bits/],
    ["4294967297", 1, /32 bits/],
    [" 7", 7, /whitespace/],
    ["7\n", 7, /whitespace/],
    ['"7"', 7, /quotes/],
    ["７", 7, /look alike/],
  ];
  for (const [version, make] of Object.entries(FORMATS)) {
    for (const [made, uid, says] of table) {
      const given = await told(make("lobby", made), { channelName: "lobby", uid, intent: "join" });
      const shown = `${version} ${made}: ${JSON.stringify(given.findings)}`;
      assertEquals([given.verdict, codesOf(given.findings)], ["fails", ["user-mismatch"]], shown);
      assertMatch(given.findings[0]!.message, says, shown);
      assert(given.findings[0]!.message.includes(JSON.stringify(made)), shown);
      // The other way: the token is for the number, and the text is given as account.
      const { verdict, findings: [first] } = await told(make("lobby", String(uid)), { channelName: "lobby", account: made });
      assertEquals([verdict, first!.code], ["fails", "user-mismatch"]);
      assert(first!.message.includes(JSON.stringify(made)));
      if (version === "007") assertMatch(first!.message, says);
    }
  }
});

Deno.test("diagnoseToken() says that a text like a number is an account, and names the uid that it is no more", async () => {
  for (
    const [user, uid] of [["01001", "1001"], ["-5", "4294967291"], ["13812345678", "927443790"], ["1001.0", "1001"]] as const
  ) {
    const { verdict, findings } = await told(make007("lobby", user), { channelName: "lobby", account: user, intent: "join" });
    assertEquals([verdict, codesOf(findings), findings[0]!.params], ["works", ["number-as-account"], { actual: user, uid }]);
  }
});

Deno.test("diagnoseToken() names the unsigned number of a uid that is negative, and the rest of one that is too large", async () => {
  const table: [made: string, uid: number | string, verdict: string, codes: string[], says: string][] = [
    ["4294967295", -1, "works", ["uid-out-of-range"], "4294967295"],
    ["4294967295", "-1", "works", ["uid-out-of-range"], "4294967295"],
    ["2147483648", -2147483648, "works", ["uid-out-of-range"], "2147483648"],
    ["-1", -1, "fails", ["user-mismatch", "uid-out-of-range"], "4294967295"],
    ["1", 4294967297, "fails", ["user-mismatch", "uid-out-of-range"], "32 bits"],
    ["4294967297", 4294967297, "fails", ["uid-out-of-range", "number-as-account"], "cut to 1"],
    ["13812345678", "13812345678", "fails", ["uid-out-of-range", "number-as-account"], "cut to 927443790"],
  ];
  for (const [made, uid, verdict, codes, says] of table) {
    const known = { certificates: CERTIFICATE, now: NOW + 60, channelName: "lobby", uid, intent: "join" } as const;
    const found = await diagnoseToken(await make007("lobby", made), known);
    assertEquals([found.verdict, codesOf(found.findings)], [verdict, codes], JSON.stringify(found.findings));
    assert(found.findings[0]!.message.includes(says), found.findings[0]!.message);
    // The verification takes uids only, and names the unsigned number too.
    const { intent: _, ...verifiable } = known;
    const error = await assertRejects(async () => verifyToken(await make007("lobby", made), verifiable), AgoraTokenError);
    assertEquals([error.code, error.field], ["invalid-value", "uid"]);
  }
});

Deno.test("diagnoseToken() shows which character of a name looks like another", async () => {
  const table: [made: string, given: string, says: RegExp][] = [
    ["Lobby", "lоbby", /character 2 .*o \(U\+006F\).*о \(U\+043E\)/],
    ["team-a", "team–a", /character 5 .*- \(U\+002D\).*– \(U\+2013\)/],
    ["team-a", "team\u2011a", /character 5 .*U\+2011/],
    ["lobby", "lоbby", /character 2 .*o \(U\+006F\).*о \(U\+043E\)/],
    ["lоbby", "lobby", /character 2 .*о \(U\+043E\).*o \(U\+006F\)/],
    ["room1", "room１", /character 5 .*１ \(U\+FF11\)/],
    ["room0", "roomO", /character 5 .*0 \(U\+0030\).*O \(U\+004F\)/],
    ["roomIl", "roomll", /character 5/],
    ["cafe", "café", /character 4 .*é \(U\+00E9\)/],
    ["café", "cafe\u0301", /Unicode form.*character 4/],
    ["lobby", "lobby\u200b", /invisible.*character 6 .*nothing.*U\+200B/],
    ["\ufefflobby", "lobby", /character 1 .*U\+FEFF/],
    ["my room", "my\u00a0room", /whitespace.*character 3 .*U\+0020.*U\+00A0/],
    ["lobby", "Lobby", /letter case.*character 1 .*l \(U\+006C\).*L \(U\+004C\)/],
    ["lobby", "“lobby”", /quotes/],
    ["a b", "a%20b", /percent-encoding/],
  ];
  for (const [made, given, says] of table) {
    const { verdict, findings } = await told(make007(made, "7"), { channelName: given, uid: 7 });
    assertEquals([verdict, codesOf(findings)[0]], ["fails", "channel-mismatch"]);
    assertMatch(findings[0]!.message, says);
    const old = await told(make006(made, "7"), { channelName: given, uid: 7 });
    assertEquals([old.verdict, old.signature, old.findings[0]!.code], ["fails", "uncheckable", "channel-mismatch"]);
  }
  // A 006 shows by its checksum what the name was.
  for (
    const [made, given] of [["team-a", "team–a"], ["team–a", "team-a"], ["lobby", "lоbby"], ["lobby", "Lobby"], [
      "a b",
      "a%20b",
    ]]
  ) {
    const { findings: [first] } = await told(make006(made!, "7"), { channelName: given!, uid: 7 });
    assertEquals(first!.actual, made);
    if (made!.length === given!.length) assertMatch(first!.message, /At character \d it has/);
  }
  // A text that no encoding takes.
  assertEquals((await told(make006("lobby", "7"), { channelName: "a\ud800", uid: 7 })).verdict, "fails");
  // Names of which nothing makes one another.
  for (const [made, given] of [["lobby", "stage"], ["room1", "room2"], ["a", "b"], ["lobby", "lobby2"]]) {
    const { findings: [first] } = await told(make007(made!, "7"), { channelName: given!, uid: 7 });
    assertEquals((first!.params as { difference?: string }).difference, undefined);
  }
});

Deno.test("diagnoseToken() says what the join lacks where the token names a user, and nothing of the certificate", async () => {
  const key = await DynamicKey5.generateMediaChannelKey(APP_ID, CERTIFICATE, "lobby", NOW, 1, 7, 0);
  for (const none of [{ uid: 0 }, { uid: "" }, { account: "" }]) {
    const seven = await told(make007("lobby", "alice"), { channelName: "lobby", ...none, intent: "join" });
    assertEquals([seven.verdict, codesOf(seven.findings)], ["fails", ["join-without-user"]]);
    assert(seven.findings[0]!.message.includes("alice"));
    const six = await told(make006("lobby", "12345"), { channelName: "lobby", ...none, intent: "join" });
    assertEquals([six.verdict, six.signature, codesOf(six.findings)], ["fails", "uncheckable", ["join-without-user"]]);
    assert(!six.findings[0]!.message.includes('""'));
  }
  assertEquals((await told(key, { channelName: "lobby", uid: 7 })).signature, "valid");
});

Deno.test("diagnoseToken() says in what form a certificate made the token", async () => {
  const known = { channelName: "lobby", uid: 7, intent: "join" } as const;
  const forms: [made: string, given: string, form: string][] = [
    [CERTIFICATE.toUpperCase(), CERTIFICATE, "upper-case"],
    [CERTIFICATE, CERTIFICATE.toUpperCase(), "lower-case"],
    [CERTIFICATE, "FEdcba9876543210fedcba9876543210", "lower-case"],
  ];
  for (const make of Object.values(FORMATS)) {
    for (const [made, given, form] of forms) {
      const { verdict, signature, findings } = await told(make("lobby", "7", {}, made), { ...known, certificates: given });
      assertEquals([verdict, signature, codesOf(findings)], ["fails", "invalid", ["certificate-altered"]]);
      assertEquals((findings[0]!.params as { form: string }).form, form);
      const second = await told(make("lobby", "7", {}, made), { ...known, certificates: [OTHER, given] });
      assertMatch(second.findings[0]!.message, /certificate 2 of 2/);
    }
  }
});

Deno.test("diagnoseToken() says what stands around a certificate, and whether it is the right one without that", async () => {
  const wrapped: [text: (certificate: string) => string, around: string][] = [
    [(certificate) => `AGORA_APP_CERTIFICATE=${certificate}`, "name"],
    [(certificate) => `export APP_CERTIFICATE="${certificate}" # primary`, "name"],
    [(certificate) => `"appCertificate": "${certificate}",`, "name"],
    [(certificate) => `APP_ID=${APP_ID}\nAPP_CERTIFICATE=${certificate}`, "name"],
    [(certificate) => `"${certificate}"`, "quotes"],
    [(certificate) => `'${certificate}'`, "quotes"],
    [(certificate) => `“${certificate}”`, "quotes"],
    [(certificate) => ` ${certificate}`, "whitespace"],
    [(certificate) => `${certificate}\r\n`, "whitespace"],
  ];
  for (const make of Object.values(FORMATS)) {
    for (const [text, around] of wrapped) {
      for (const certificate of [CERTIFICATE, OTHER]) {
        const given = { channelName: "lobby", uid: 7, certificates: text(certificate) };
        const { verdict, signature, findings } = await told(make("lobby", "7"), given);
        assertEquals([verdict, signature, codesOf(findings)], ["fails", "invalid", ["certificate-malformed"]], around);
        const params = findings[0]!.params as { around?: string; made?: true };
        assertEquals([params.around, params.made], [around, certificate === CERTIFICATE ? true : undefined]);
      }
    }
  }
});

Deno.test("diagnoseToken() says where App ID and certificate are exchanged, and repeats neither", async () => {
  const known = { channelName: "lobby", uid: 7, intent: "join" } as const;
  const exchanged: [appId: string, signedWith: string, given: DiagnoseOptions, which: string][] = [
    [APP_ID, CERTIFICATE, { appId: CERTIFICATE, certificates: APP_ID }, "both"],
    [CERTIFICATE, APP_ID, { appId: APP_ID }, "both"],
    [CERTIFICATE, APP_ID, {}, "certificate-is-app-id"],
    [APP_ID, CERTIFICATE, { certificates: APP_ID }, "certificate-is-app-id"],
    [APP_ID, CERTIFICATE, { certificates: APP_ID, appId: APP_ID }, "certificate-is-app-id"],
    [APP_ID, CERTIFICATE, { certificates: APP_ID.toUpperCase() }, "certificate-is-app-id"],
    [APP_ID, CERTIFICATE, { appId: CERTIFICATE }, "app-id-is-certificate"],
    [APP_ID, APP_ID, { appId: APP_ID }, "signed-with-app-id"],
    [APP_ID, APP_ID, { certificates: APP_ID }, "signed-with-app-id"],
    [APP_ID, OTHER, { appId: OTHER }, "signed-with-app-id"],
    [CERTIFICATE, CERTIFICATE, { appId: APP_ID }, "certificate-in-token"],
  ];
  for (const make of Object.values(FORMATS)) {
    for (const [appId, signedWith, given, which] of exchanged) {
      const { verdict, findings } = await told(make("lobby", "7", { appId }, signedWith), { ...known, ...given });
      const others = which === "signed-with-app-id" && given.appId === OTHER ? ["app-id-mismatch"] : [];
      assertEquals(
        [verdict, codesOf(findings).filter((code) => !others.includes(code))],
        ["fails", ["credentials-exchanged"]],
        which,
      );
      assertEquals((findings[0]!.params as { which: string }).which, which);
    }
    // Among several certificates, one that is no certificate is no matter.
    assertEquals((await told(make("lobby", "7"), { ...known, certificates: [APP_ID, CERTIFICATE] })).verdict, "works");
  }
});

Deno.test("diagnoseToken() knows the credentials that Agora's samples publish", async () => {
  const [appId, certificate] = ["970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b"];
  const known = { channelName: "lobby", uid: 7, intent: "join" } as const;
  const which = async (text: Promise<string>, given: DiagnoseOptions) => {
    const { verdict, findings } = await told(text, { ...known, ...given });
    return [
      verdict,
      ...findings.map(({ code, severity, params }) => [code, severity, (params as { which?: string }).which].join(" ")),
    ];
  };
  for (const make of Object.values(FORMATS)) {
    const own = make("lobby", "7");
    for (const id of [appId, appId.toLowerCase(), "b9b595bcfd72479d894abe7a8cf0c37e"]) {
      assertEquals(await which(own, { appId: id }), ["fails", "sample-credentials error appId"]);
      assertEquals(await which(make("lobby", "7", { appId: id }), { appId: APP_ID }), [
        "fails",
        "sample-credentials error token",
      ]);
    }
    assertEquals(await which(make("lobby", "7", {}, certificate), {}), ["fails", "sample-credentials error signature"]);
    assertEquals(await which(own, { certificates: certificate }), ["fails", "sample-credentials error certificate"]);
    const sample = make("lobby", "7", { appId }, certificate);
    for (const given of [{}, { appId: APP_ID }]) {
      assertEquals(await which(sample, given), ["fails", "sample-credentials error both"]);
    }
    assertEquals(await which(sample, { certificates: certificate }), ["works", "sample-credentials warning token"]);
  }
});

Deno.test("diagnoseToken() does not know whether a 006 logs in that has the user elsewhere, as far as people report", async () => {
  const login = { privileges: { rtmLogin: NOW + 3600 } };
  const table: [verdict: string, text: Promise<string>, known: DiagnoseOptions, codes: string[]][] = [
    ["works", make006("bob", "", login), {}, []],
    ["unknown", make006("", "bob", login), {}, ["rtm-user-elsewhere"]],
    ["unknown", make006("bob", ""), {}, ["rtm-user-elsewhere", "wildcard-user"]],
    ["unknown", make006("bob", "7"), { uid: 7 }, ["rtm-user-elsewhere"]],
    ["unknown", make006("bob", "7"), {}, ["input-missing", "rtm-user-elsewhere"]],
    ["fails", make006("lobby", "bob", login), {}, ["user-mismatch"]],
    ["fails", make006("lobby", "bob", login), { channelName: "lobby" }, ["user-mismatch"]],
    ["fails", make006("bob", "bob", login), {}, ["user-mismatch"]],
    ["fails", make006("", "eve", login), {}, ["user-mismatch", "rtm-user-elsewhere"]],
    ["fails", make006("lobby", ""), {}, ["service-missing", "wildcard-user"]],
    ["fails", make006("", "bob", login, OTHER), {}, ["signature-invalid", "rtm-user-elsewhere"]],
    ["fails", make006("bob", "", {}, OTHER), {}, ["signature-invalid", "rtm-user-elsewhere", "wildcard-user"]],
    ["fails", make007("bob", ""), {}, ["user-in-channel-field", "wildcard-user"]],
  ];
  for (const [verdict, text, known, codes] of table) {
    const found = await told(text, { account: "bob", intent: "loginRtm", ...known });
    assertEquals([found.verdict, codesOf(found.findings)], [verdict, codes], JSON.stringify([known, found.findings]));
  }
});

Deno.test("diagnoseToken() says of a name with a star what it is: none to join by, and no pattern in 006", async () => {
  for (
    const [text, known] of [
      [make007("lobby", "7"), { channelName: "*", uid: 7 }],
      [make007("class-\\*", "7"), { channelName: "class-*", uid: 7 }],
      [make007("lobby", "7"), { channelName: "lobby", account: "*" }],
    ] as const
  ) {
    const { verdict, findings } = await told(text, { ...known, intent: "join" });
    assertEquals([verdict, codesOf(findings).filter((code) => /mismatch|name/.test(code))], ["fails", ["wildcard-as-name"]]);
  }
  for (const [made, what] of [[make006("*", "7"), "channel"], [make006("lobby", "*"), "user"]] as const) {
    const { verdict, findings } = await told(made, { channelName: "lobby", uid: 7, intent: "join" });
    assertEquals([verdict, codesOf(findings)], ["fails", [`${what}-mismatch`]]);
    assertMatch(findings[0]!.message, /checksum is that of "\*"\. .* for 007 only/);
  }
});

Deno.test("diagnoseToken() says of a token for another service that alone, and nothing of its names", async () => {
  const login = await make006("bob", "", { privileges: { rtmLogin: NOW + 3600 } });
  const table: [text: string, known: DiagnoseOptions][] = [
    [login, { channelName: "lobby", uid: 7, intent: "join" }],
    [login, { channelName: "lobby", account: "bob", intent: "join" }],
    [await make006("lobby", "7"), { account: "bob", intent: "chat" }],
    [await make006("lobby", "7"), { account: "bob", intent: "loginRtm" }],
    [await make007("lobby", "7"), { account: "bob", intent: "loginRtm" }],
  ];
  for (const [text, known] of table) {
    const { verdict, findings } = await diagnoseToken(text, { certificates: CERTIFICATE, now: NOW + 60, ...known });
    assertEquals([verdict, codesOf(findings).filter((code) => code !== "legacy-format")], ["fails", ["service-missing"]]);
  }
});

Deno.test("diagnoseToken() does not know whether a 007 without an RTM user logs in, and knows no uid of RTM and Chat", async () => {
  const make = (userId: string) => make007("", "", { services: [{ type: "rtm", userId, privileges: { login: 3600 } }] });
  const login = { intent: "loginRtm" } as const;
  const { verdict, findings: [first, ...rest] } = await told(make(""), { ...login, account: "bob" });
  assertEquals([verdict, first!.code, rest], ["unknown", "rtm-user-elsewhere", []]);
  assertMatch(first!.message, /RTM user of the token is empty, not "bob"/);
  for (const [made, known] of [["1001", { account: "alice" }], ["alice", { uid: 1001 }]] as const) {
    const { verdict, findings } = await told(make(made), { ...login, ...known });
    assertEquals([verdict, codesOf(findings)], ["fails", ["user-mismatch"]]);
  }
});

Deno.test("diagnoseToken() says of the App ID that is used that a program wrote it in its place", async () => {
  for (const appId of ["undefined", "YOUR_APP_ID", "<#Your App ID#>", "process.env.AGORA_APP_ID"]) {
    const { verdict, findings } = await told(make007("lobby", "7"), { appId, channelName: "lobby", uid: 7 });
    assertEquals([verdict, codesOf(findings)], ["fails", ["app-id-mismatch"]]);
    assertMatch(findings[0]!.message, /a text that a program writes/);
  }
});

Deno.test("diagnoseToken() says that the time of issue is implausible, as milliseconds that were cut to 32 bits", async () => {
  const { verdict, findings } = await told(make007("lobby", "7", { issueTs: (NOW * 1000) >>> 0 }), {
    channelName: "lobby",
    uid: 7,
  });
  assertEquals([verdict, codesOf(findings)], ["fails", ["expired", "time-implausible"]]);
  assertMatch(findings[1]!.message, /time at which the token was made: .* 1979\./);
});

Deno.test("diagnoseToken() does not know whether a Chat token for a UUID works for a user name", async () => {
  const chat = (userId: string) => make007("", "", { services: [{ type: "chat", userId, privileges: { user: 3600 } }] });
  const uuid = "24b3c8a0-7f1e-11ec-b1b3-9d2f2c2f2d2b";
  for (
    const [user, account, verdict] of [[uuid, "alice", "unknown"], [uuid.toUpperCase(), "alice", "unknown"], [
      uuid,
      uuid,
      "works",
    ]]
  ) {
    assertEquals((await told(chat(user!), { account: account!, intent: "chat" })).verdict, verdict);
  }
  for (const [user, account] of [[uuid, uuid.replace("2", "3")], ["bob", "alice"], ["alice", uuid]]) {
    assertEquals((await told(chat(user!), { account: account!, intent: "chat" })).verdict, "fails");
  }
});

Deno.test("diagnoseToken() names milliseconds where seconds belong", async () => {
  const known = { channelName: "lobby", uid: 7, intent: "join" } as const;
  const says = async (text: Promise<string>) => {
    const { verdict, findings } = await told(text, known);
    return [verdict, findings.map(({ message }) => message).join(" ").match(/millisecond/)?.[0]];
  };
  for (const expire of [600_000, 1_800_000, 3_600_000, 7_200_000, 43_200_000, 86_400_000, 604_800_000]) {
    assertEquals(await says(make007("lobby", "7", { expire })), ["works", "millisecond"], String(expire));
  }
  for (const expire of [86_401, 172_800, 604_800, 864_000, 2_592_000, 7_776_000, 31_536_000, NOW + 3600, 0xffffffff]) {
    assertEquals(await says(make007("lobby", "7", { expire })), ["works", undefined], String(expire));
  }
  const cut = (seconds: number) => (seconds * 1000) % 2 ** 32;
  for (const time of [cut(NOW + 3600), 4_200_000_000]) {
    const privileges = { joinChannel: time };
    assertEquals((await says(make006("lobby", "7", { ts: time, privileges })))[1], "millisecond");
  }
});

Deno.test("diagnoseToken() gives one finding for one mistake in several privileges or services", async () => {
  const all = (seconds: number) => ({
    joinChannel: seconds,
    publishAudioStream: seconds,
    publishVideoStream: seconds,
    publishDataStream: seconds,
  });
  const rtc = (seconds: number): Partial<Token007> => ({
    services: [{ type: "rtc", channelName: "lobby", uid: "7", privileges: all(seconds) }, {
      type: "rtm",
      userId: "7",
      privileges: { login: seconds },
    }],
  });
  const known = { channelName: "lobby", uid: 7, intent: "host" } as const;
  const table: [text: Promise<string>, known: DiagnoseOptions, code: string, count: number, verdict: string][] = [
    [make007("lobby", "7", rtc(0)), {}, "privilege-zero", 5, "works"],
    [make007("lobby", "7", rtc(600)), {}, "privilege-ends-early", 5, "works"],
    [make007("lobby", "7", rtc(600)), { now: NOW + 700 }, "privilege-expired", 5, "fails"],
    [make007("lobby", "7", rtc(7200)), {}, "token-ends-before-privilege", 5, "works"],
    [make007("lobby", "7", rtc(NOW + 3600)), {}, "absolute-time-as-duration", 5, "works"],
    [make006("lobby", "7", { privileges: all(3600) }), {}, "duration-as-absolute-time", 4, "fails"],
    [make006("lobby", "7", { ts: 86_400, privileges: all(3600) }), {}, "duration-as-absolute-time", 5, "fails"],
    [
      make007("lobby", "7", { services: [{ type: "rtc", channelName: "lobby", uid: "7", privileges: { joinChannel: 3600 } }] }),
      {},
      "publish-privilege-missing",
      2,
      "unknown",
    ],
    [make007("lobby", "7", rtc(3600)), { channelName: undefined, uid: 8, intent: undefined }, "user-mismatch", 2, "fails"],
  ];
  for (const [text, more, code, count, verdict] of table) {
    const options = Object.fromEntries(Object.entries({ ...known, ...more }).filter(([, value]) => value !== undefined));
    const found = await told(text, options);
    const { code: first, params, field } = found.findings[0]!;
    const { count: counted, places } = params as { count: number; places: string[] };
    assertEquals(
      [found.verdict, first, counted, found.findings.length],
      [verdict, code, count, 1],
      JSON.stringify(found.findings),
    );
    if (places.length > 0 && code !== "token-ends-before-privilege") assertEquals(field, places[0]);
  }
});

Deno.test("diagnoseToken() gives the likeliest cause first", async () => {
  const expired = { now: NOW + 90_000 };
  const table: [text: Promise<string>, known: DiagnoseOptions, codes: string[]][] = [
    [make007("stage", "8", { appId: OTHER }, OTHER.replace("1", "2")), {
      appId: APP_ID,
      channelName: "lobby",
      uid: 7,
      ...expired,
    }, [
      "app-id-mismatch",
      "signature-invalid",
      "channel-mismatch",
      "user-mismatch",
      "expired",
    ]],
    [make007("7", "lobby"), { channelName: "lobby", uid: 7, ...expired }, ["names-exchanged", "expired"]],
    [make007("lobby", "undefined"), { channelName: "lobby", uid: 7, ...expired }, ["user-mismatch", "expired"]],
    [make007("lobby", "7", { expire: 172_800 }), { channelName: "lobby", uid: 7, now: NOW + 100_000 }, ["older-than-24-hours"]],
    [make006("lobby", "7", { ts: 3600, privileges: { joinChannel: 3600 } }), { channelName: "lobby", uid: 7 }, [
      "duration-as-absolute-time",
    ]],
  ];
  for (const [text, known, codes] of table) assertEquals(codesOf((await told(text, known)).findings), codes);
});
