import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { packToken, RtmTokenBuilder2 } from "../mod.ts";
import { runDeno } from "./helpers.ts";
import { APP_ID, CERTIFICATE, packed, parse007 } from "./portable/case.ts";
import { VERSIONS } from "./portable/vectors_legacy.ts";
import agents from "./vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "./vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };
import legacy from "./vectors/vectors-legacy.json" with { type: "json" };

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Json = any;

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };

function cli(args: string[], options: Parameters<typeof runDeno>[1] = {}) {
  return runDeno(["task", "-q", "cli", ...args], options);
}

async function batch(command: string, lines: Json[]): Promise<{ code: number; lines: Json[] }> {
  const { code, stdout, stderr } = await cli([command, "--batch"], {
    stdin: lines.map((line) => JSON.stringify(line)).join("\n"),
  });
  assertEquals(stderr, "");
  return { code, lines: stdout.trimEnd().split("\n").map((line) => JSON.parse(line)) };
}

const built: Json[] = [...golden.cases, ...agents.cases, ...literals.cases].filter(({ kind }: Json) =>
  kind === "services" || kind === "builder"
);

Deno.test("cli build, parse and verify --batch agree with every vector", async () => {
  const tokens = await batch("build", built.map(({ input }) => input));
  assertEquals(tokens.code, 1); // some vectors are to be refused
  assertEquals(tokens.lines.length, built.length);
  const parsed = await batch("parse", tokens.lines.map(({ token = "" }) => ({ token })));
  const verified = await batch(
    "verify",
    built.map(({ input }, index) => ({ token: tokens.lines[index].token ?? "", appCertificate: input.appCertificate, now: 1 })),
  );
  for (const [index, vector] of built.entries()) {
    if (vector.expect === "empty-or-error") {
      assertEquals(Object.keys(tokens.lines[index]), ["error"], vector.id);
      continue;
    }
    const got = parsed.lines[index];
    assertEquals(got.version, "007");
    assertEquals(got.signature, vector.signatureHex, vector.id);
    for (const [key, value] of Object.entries(vector.parsed ?? {})) assertEquals(got[key], value, `${vector.id} ${key}`);
    assertEquals(verified.lines[index].signature, "valid", vector.id);
    assertEquals(typeof verified.lines[index].ok, "boolean");
    assert(Array.isArray(verified.lines[index].findings));
  }
});

Deno.test("cli parse and verify --batch answer a line for a line, in order, malformed tokens included", async () => {
  const malformed: Json[] = golden.cases.filter(({ kind }) => kind === "malformed");
  const { code, lines } = await batch("parse", malformed.map(({ token }) => ({ token })));
  assertEquals([code, lines.length], [1, malformed.length]);
  for (const [index, vector] of malformed.entries()) {
    if (vector.majority === "reject") assertEquals(Object.keys(lines[index]), ["error"], vector.id);
    if (vector.token.length > 20) assert(!JSON.stringify(lines[index]).includes(vector.token), vector.id);
  }
  const verified = await batch("verify", malformed.map(({ token }) => ({ token, appCertificate: CERTIFICATE })));
  for (const [index, { acceptedBy, verifiedBy, id }] of malformed.entries()) {
    if (verified.lines[index].signature === "valid") assert(verifiedBy.length > acceptedBy.length / 2, id);
  }
});

Deno.test("cli parse --batch shows bytes that are not UTF-8 and unknown services as the contract says", async () => {
  const token = (id: string) => (golden.cases.find((vector) => vector.id === id) as Json).token;
  const { lines: [text, unknown] } = await batch("parse", [{ token: token("mal-bad-utf8") }, {
    token: token("mal-unknown-last"),
  }]);
  assertEquals(text.undecoded, { "services[0].channelName": "fffe80616263" });
  assertEquals(text.services[0].channelName, "\ufffd\ufffd\ufffdabc");
  assertEquals([unknown.unknownServiceType, unknown.serviceCount, unknown.services.length], [999, 2, 1]);
  assertEquals("trailingBytes" in unknown, false);
});

Deno.test("cli build --batch feeds a parsed token back unchanged", async () => {
  const { lines } = await batch("parse", built.filter(({ token }) => token).map(({ token }) => ({ token })));
  const known = lines.filter(({ unknownServiceType }) => unknownServiceType === undefined);
  const again = await batch(
    "build",
    known.map(({ appId, issueTs, expire, salt, services }) => ({
      appId,
      appCertificate: CERTIFICATE,
      issueTs,
      expire,
      salt,
      services,
    })),
  );
  assertEquals(again.code, 0);
  const reparsed = await batch("parse", again.lines);
  for (const [index, { signature: _s, ...rest }] of known.entries()) {
    const { signature: _t, ...other } = reparsed.lines[index];
    assertEquals(other, rest);
  }
});

Deno.test("cli build, parse and verify --batch agree with every legacy vector", async () => {
  const extra = literalsLegacy.extra.map((vector) => ({ ...vector, builder: "generate" }));
  const vectors: Json[] = [...legacy.cases, ...literalsLegacy.cases, ...extra];
  const made = await batch("build", vectors.map(({ format, builder, input }) => ({ format, builder, ...input })));
  assertEquals(made.code, 0);
  assertEquals(made.lines.map(({ token }) => token), vectors.map(({ token }) => token));
  const parsed = await batch("parse", made.lines);
  for (const [index, { format, expectedParsed, id }] of vectors.entries()) {
    const expected = { ...expectedParsed, version: VERSIONS[format] };
    for (const [key, value] of Object.entries(expected)) assertEquals(parsed.lines[index][key], value, `${id} ${key}`);
  }
  const verified = await batch("verify", legacy.verify.map(({ token, given }: Json) => ({ token, ...given, now: 0 })));
  assertEquals(
    verified.lines.map(({ signature }) => signature === "valid"),
    legacy.verify.map(({ valid }) => valid),
  );
});

Deno.test("cli build --batch names the field of what it refuses in old formats", async () => {
  const common = { appId: APP_ID, appCertificate: CERTIFICATE };
  const key = {
    ...common,
    format: "dynamicKey3",
    builder: "generate",
    channelName: "c",
    unixTs: 1,
    randomInt: 1,
    uid: 1,
    expiredTs: 1,
  };
  const rtc = { ...common, format: "006", builder: "rtc", channelName: "c", uid: 1, role: 1, privilegeExpiredTs: 1 };
  const refused: [Json, string][] = [
    [{ ...key, format: "007" }, "format"],
    [{ ...key, builder: "nope" }, "builder"],
    [{ ...key, appId: "x" }, "appId"],
    [{ ...key, extra: 1 }, "extra"],
    [{ ...key, expiredTs: "1" }, "expiredTs"],
    [{ ...rtc, userAccount: "a" }, "uid"],
    [{ ...rtc, user: "x" }, "user"],
    [{ ...common, format: "006", builder: "rtm", userAccount: "a", account: "x", privilegeExpiredTs: 1 }, "account"],
    [{ ...common, format: "006", builder: "rtm", privilegeExpiredTs: 1 }, "userAccount"],
    [{ ...rtc, uid: -1 }, "uid"],
    [{ ...rtc, salt: 2 ** 32 }, "salt"],
    [
      { ...rtc, builder: "accessToken", role: undefined, privilegeExpiredTs: undefined, privileges: [{ privilege: 1 }] },
      "privileges[0].expireTimestamp",
    ],
  ];
  const { lines } = await batch("build", refused.map(([line]) => line));
  assertEquals(lines.map(({ error }) => error?.field), refused.map(([, field]) => field));
});

Deno.test("cli diagnose --batch answers for every text", async () => {
  const token = await packToken(
    {
      version: "007",
      appId: APP_ID,
      issueTs: 1000,
      expire: 60,
      salt: 1,
      services: [{ type: "rtm", userId: "bob", privileges: { login: 60 } }],
    },
    CERTIFICATE,
  );
  const { code, lines } = await batch("diagnose", [
    { token, appCertificate: CERTIFICATE, appId: APP_ID, account: "bob", intent: "loginRtm", now: 1000 },
    { token, now: 1000 },
    { token, appCertificate: [CERTIFICATE], intent: "join", now: 1000 },
    { token: "Bad request.", appCertificate: CERTIFICATE },
    { token: "" },
    { token, intent: "fly" },
    { token, unknown: 1 },
  ]);
  assertEquals(code, 1);
  assertEquals(lines.slice(0, 5).map(({ verdict, findings }) => [verdict, findings[0]?.code]), [
    ["works", undefined],
    ["unknown", "certificate-missing"],
    ["fails", "service-missing"],
    ["fails", "text-is-error-message"],
    ["fails", "text-is-placeholder"],
  ]);
  assertEquals(lines.slice(5).map(({ error }) => error.field), ["intent", "unknown"]);
});

Deno.test("cli diagnose tells people the reason and gives the verdict as its exit status", async () => {
  const made = await cli(["build", "rtc", "--channelName", "Lobby", "--uid", "7", "--role", "publisher", "--expire", "60"], {
    env: CREDENTIALS,
  });
  const token = made.stdout.trim();
  const fails = await cli(["diagnose", `"${token}"`, "--channelName", "lobby", "--uid", "7", "--intent", "join"], {
    env: CREDENTIALS,
  });
  assertEquals([fails.code, fails.stderr], [1, "Taken away from the text: quotes around it.\n"]);
  for (const part of ["The token fails.", "letter case", "[channel-mismatch] SDK error 110", "Join the channel"]) {
    assertStringIncludes(fails.stdout, part);
  }
  const works = await cli(["diagnose", "--channelName", "Lobby", "--json"], {
    env: CREDENTIALS,
    stdin: JSON.stringify({ token }, null, 2),
  });
  assertEquals([works.code, JSON.parse(works.stdout).verdict], [0, "works"]);
  assertEquals((await cli(["diagnose", token])).code, 2);
});

Deno.test("cli parse shows one token of each old format to people", async () => {
  const seen = new Set<string>();
  const extra = literalsLegacy.extra.map((vector) => ({ ...vector, builder: "generate" }));
  for (const { format, token } of [...legacy.cases, ...extra] as Json[]) {
    if (seen.has(format)) continue;
    seen.add(format);
    const { code, stdout } = await cli(["parse", token]);
    assertEquals(code, 0);
    for (const part of [`"${VERSIONS[format]}"`, "the project", "Content, ", "0000  "]) assertStringIncludes(stdout, part);
  }
  assertEquals(seen.size, 7);
});

Deno.test("cli --batch splits at LF only, skips blank lines, and goes on behind a bad one", async () => {
  const token = await RtmTokenBuilder2.buildToken(APP_ID, CERTIFICATE, "a\u2028b\u0085c", 60);
  const good = JSON.stringify({ token });
  const stdin =
    `\n  \n${good}\r\nnot json ${CERTIFICATE}\n{"token": 5}\n{"token": "x", "extra": 1}\n[]\n\t\n{"note":"\u2028"}\n${good}`;
  const { code, stdout, stderr } = await cli(["parse", "--batch"], { stdin });
  assertEquals([code, stderr], [1, ""]);
  assert(!stdout.includes(CERTIFICATE));
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.length, 7);
  assertEquals(lines[0].services[0].userId, "a\u2028b\u0085c");
  assertEquals(lines.slice(1, 6).map(({ error }) => [error.code, error.field]), [
    ["invalid-value", undefined],
    ["invalid-type", "token"],
    ["unknown-field", "extra"],
    ["invalid-type", "line"],
    ["unknown-field", "note"],
  ]);
  assertEquals(lines[6], lines[0]);
});

Deno.test("cli --batch keeps no more of a line than a token can need", async () => {
  const stdin = `{"token": "${"x".repeat(40 * 1024 * 1024)}"}\n{"token": "007"}`;
  const { stdout } = await cli(["parse", "--batch"], { stdin });
  const codes = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).error.code);
  assertEquals(codes, ["too-large", "malformed-zlib"]);
});

Deno.test("cli --batch answers bytes that are not UTF-8 with an error", async () => {
  const stdin = Uint8Array.from([...new TextEncoder().encode('{"token":"'), 0xff, ...new TextEncoder().encode('"}\n')]);
  const { code, stdout } = await cli(["parse", "--batch"], { stdin });
  assertEquals([code, JSON.parse(stdout).error.message], [1, "The line is not UTF-8 text"]);
});

Deno.test("cli --batch answers a line that is longer than any token with an error, and goes on", async () => {
  const long = `{"token":"x"${" ".repeat(17 * 1024 * 1024)}}`;
  const { code, stdout } = await cli(["parse", "--batch"], { stdin: `${long}\n{"token":"x"}\n${long}` });
  const codes = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).error.code);
  assertEquals([code, codes], [1, ["too-large", "unknown-format", "too-large"]]);
});

Deno.test("cli --batch refuses what else stands on the command line", async () => {
  for (const args of [["extra"], ["--json"], ["--tokens", "file"]]) {
    const { code, stdout, stderr } = await cli(["parse", "--batch", ...args], { stdin: "" });
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "With --batch");
  }
});

Deno.test("cli build --batch names the field of what it refuses", async () => {
  const common = { appId: APP_ID, appCertificate: CERTIFICATE, expire: 60 };
  const rtc = { type: "rtc", channelName: "c", uid: 1, privileges: { joinChannel: 60 } };
  const refused: [Json, string][] = [
    [{ ...common, services: [rtc], appId: 5 }, "appId"],
    [{ ...common, services: [rtc], appCertificate: "00" }, "appCertificate"],
    [{ ...common, services: [rtc], expire: "60" }, "expire"],
    [{ ...common, services: [rtc], extra: 1 }, "extra"],
    [{ ...common, services: {} }, "services"],
    [{ ...common, services: [{ ...rtc, account: "a" }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, uid: undefined }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, uid: 2 ** 32 }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, type: "rts" }] }, "services[0].type"],
    [{ ...common, services: [{ ...rtc, privileges: { joinChannel: 1, "1": 1 } }] }, "services[0].privileges.joinChannel"],
    [{ ...common, services: [{ ...rtc, userId: "u" }] }, "services[0].userId"],
    [{ builder: "rtm.buildToken", appId: APP_ID, appCertificate: CERTIFICATE, args: { userId: "u" } }, "expire"],
    [{ builder: "rtm.nope", appId: APP_ID, appCertificate: CERTIFICATE, args: {} }, "builder"],
    [{ builder: "fpa.buildToken", appId: APP_ID, appCertificate: CERTIFICATE, args: {}, expire: 1 }, "expire"],
  ];
  const { lines } = await batch("build", refused.map(([line]) => line));
  for (const [index, [line, field]] of refused.entries()) {
    assertEquals(lines[index].error?.field, field, JSON.stringify(line));
    assert(!JSON.stringify(lines[index]).includes(CERTIFICATE));
  }
});

Deno.test("cli verify --batch takes several certificates, a time, and what is known from outside", async () => {
  const token = await packToken(
    {
      version: "007",
      appId: APP_ID,
      issueTs: 1000,
      expire: 60,
      salt: 1,
      services: [{ type: "rtm", userId: "bob", privileges: { login: 60 } }],
    },
    CERTIFICATE,
  );
  const { code, lines } = await batch("verify", [
    { token, appCertificate: [APP_ID, CERTIFICATE], now: 1059 },
    { token, appCertificate: CERTIFICATE, now: 1060 },
    { token, appCertificate: CERTIFICATE, now: 990, clockTolerance: 10 },
    { token, appCertificate: CERTIFICATE, now: 1000, account: "eve", service: "rtm" },
    { token, appCertificate: "short", now: 1000 },
    { token, now: 1000 },
    { token, appCertificate: [CERTIFICATE, 5], now: 1000 },
    { token, certificate: CERTIFICATE },
    { token: "007x", appCertificate: CERTIFICATE },
  ]);
  assertEquals(code, 1);
  assertEquals(lines.slice(0, 5).map(({ signature, ok }) => [signature, ok]), [
    ["valid", true],
    ["valid", false],
    ["valid", true],
    ["valid", false],
    ["invalid", false],
  ]);
  assertEquals(lines.slice(5).map(({ error }) => [error.code, error.message.split(", ")[0]]), [
    ["invalid-type", '"appCertificate" must be a string or an array'],
    ["invalid-type", '"appCertificate[1]" must be a string'],
    ["unknown-field", 'Unknown field "certificate": wanted one of token'],
    ["malformed-base64", "The token is not canonical base64: its length or padding is wrong"],
  ]);
});

Deno.test("cli parse ends privileges with their token, the token after 24 hours, and no privilege of 0", async () => {
  const privileges = { joinChannel: 86400, publishAudioStream: 200000, publishVideoStream: 0 };
  const services = [{ type: "rtc" as const, channelName: "c", uid: "", privileges }];
  for (const expire of [60, 604800]) {
    const token = await packed({ issueTs: 1, expire, services });
    const { stdout } = await cli(["parse", token]);
    const ends = [...stdout.matchAll(/ \d+ s +(.*)/g)].map(([, end]) => end);
    assertEquals(ends, [ends[0], ends[0], ends[0], "no time given"]);
  }
});

Deno.test("cli build, parse and verify serve people", async () => {
  const made = await cli(
    [
      "build",
      "rtc",
      "rtm",
      "--channelName",
      "lobby",
      "--account",
      "bob",
      "--role",
      "publisher",
      "--userId",
      "bob",
      "--expire",
      "3600",
    ],
    { env: CREDENTIALS },
  );
  assertEquals([made.code, made.stderr], [0, ""]);
  const token = made.stdout.trim();
  const shown = await cli(["parse", token]);
  assertEquals(shown.code, 0);
  for (
    const part of [
      'channelName             "lobby"',
      "publishVideoStream (3)  3600 s",
      "expires in",
      'services[1].userId str = "bob"',
      "0022  20 00 30 31",
    ]
  ) {
    assertStringIncludes(shown.stdout, part);
  }
  // deno-lint-ignore no-control-regex
  assert(!/\x1b/.test(shown.stdout), "colour belongs on a terminal only");
  const verified = await cli(["verify", token, "--channelName", "lobby"], { env: CREDENTIALS });
  assertEquals(verified.code, 0);
  assertStringIncludes(verified.stdout, "genuine and alive");
  const dead = await cli(["verify", token, "--json", "--now", "1"], { env: CREDENTIALS });
  assertEquals([dead.code, JSON.parse(dead.stdout).ok], [1, false]);
  const piped = await cli(["verify", "--account", "eve"], { env: CREDENTIALS, stdin: token + "\n" });
  assertEquals(piped.code, 1);
  assertStringIncludes(piped.stdout, "[user-mismatch]");
  const fromInput = await cli(["verify", token, "--certificate-stdin", "--json"], { stdin: CERTIFICATE + "\n" });
  assertEquals(JSON.parse(fromInput.stdout).ok, true);
  assertEquals((await parse007(token)).services.length, 2);
});

Deno.test("cli build makes what an official builder makes", async () => {
  const args = ["rtc.buildTokenWithUid", "--channelName", "7", "--uid", "7", "--role", "subscriber", "--tokenExpire", "60"];
  const { stdout } = await cli(["build", ...args, "--json"], { env: CREDENTIALS });
  assertEquals((await parse007(JSON.parse(stdout).token)).services, [
    { type: "rtc", channelName: "7", uid: "7", privileges: { joinChannel: 0 } },
  ]);
  const wrong = await cli(["build", ...args.with(6, "host")], { env: CREDENTIALS });
  assertEquals([wrong.code, wrong.stderr], [1, '"role" must be publisher, subscriber or a whole number\n']);
});

Deno.test("cli build makes tokens of the old formats for people", async () => {
  const builds: [string[], Record<string, unknown>, string[]][] = [
    [["006.rtc", "--channelName", "c", "--uid", "7", "--role", "publisher", "--privilegeExpiredTs", "4000000000"], {
      version: "006",
    }, ["--channelName", "c", "--uid", "7"]],
    [["006.rtm", "--account", "bob", "--privilegeExpiredTs", "4000000000"], { version: "006" }, ["--account", "bob"]],
    [["006.accessToken", "--channelName", "c", "--account", "a", "--privileges", '[{"privilege":1,"expireTimestamp":5}]'], {
      version: "006",
    }, ["--channelName", "c", "--account", "a"]],
    [["dynamicKey3.generate", "--channelName", "c", "--uid", "7", "--expiredTs", "4000000000"], { version: "003", uid: 7 }, [
      "--channelName",
      "c",
    ]],
    [["dynamicKey5.inChannelPermission", "--channelName", "c", "--uid", "7", "--expiredTs", "0", "--permission", "3"], {
      version: "005",
    }, ["--channelName", "c", "--uid", "7"]],
    [["signaling.generate", "--account", "bob", "--expiredTs", "4000000000"], { version: "signaling" }, ["--account", "bob"]],
  ];
  for (const [args, wanted, given] of builds) {
    const made = await cli(["build", ...args], { env: CREDENTIALS });
    assertEquals([made.code, made.stderr], [0, ""], args[0]);
    const shown = JSON.parse((await cli(["parse", made.stdout.trim(), "--json"])).stdout);
    for (const [key, value] of Object.entries(wanted)) assertEquals(shown[key], value, args[0]);
    const verified = await cli(["verify", made.stdout.trim(), ...given], { env: CREDENTIALS });
    assertStringIncludes(verified.stdout, "signature valid", args[0]);
  }
});

Deno.test("cli build takes the words of a role for RTC, and a number in a room", async () => {
  const room = ["build", "apaas", "--roomUuid", "r", "--userUuid", "u", "--expire", "60", "--role"];
  const made = await cli([...room, "2"], { env: CREDENTIALS });
  const [service] = (await parse007(made.stdout.trim())).services;
  assert(service?.type === "apaas" && service.role === 2);
  const refused = await cli([...room, "publisher"], { env: CREDENTIALS });
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, '"services[0].role" must be a number');
});

Deno.test("cli build takes privileges and permissions in words", async () => {
  const made = await cli(
    [
      "build",
      "streaming",
      "rtm2",
      "--channelName",
      "c",
      "--uid",
      "0",
      "--privileges",
      "publishRawStream=5,publishMixStream=6",
      "--userId",
      "u",
      "--permissions",
      '{"users":{"read":["v"]}}',
      "--expire",
      "60",
    ],
    { env: CREDENTIALS },
  );
  assertEquals((await parse007(made.stdout.trim())).services, [
    { type: "streaming", channelName: "c", account: "", privileges: { publishRawStream: 5, publishMixStream: 6 } },
    { type: "rtm2", userId: "u", permissions: { users: { read: ["v"] } }, privileges: { login: 60 } },
  ]);
});

Deno.test("cli parse shows a damaged token up to its fault, without letting it write to the terminal", async () => {
  const named = (userId: string) => RtmTokenBuilder2.buildToken(APP_ID, CERTIFICATE, userId, 60);
  const shown = await cli(["parse", await named("\u001b[31mred\u0007\u202e")]);
  // deno-lint-ignore no-control-regex
  assert(!/[\x07\x1b\u202e]/.test(shown.stdout));
  assertStringIncludes(shown.stdout, "\\u202e");
  const cut = await cli(["parse", (await named("\u001b[31mred\u0007")).slice(0, -34)]);
  assertEquals(cut.code, 1);
  assertStringIncludes(cut.stdout, "[unreadable]");
  assertStringIncludes(cut.stdout, "<- the fault:");
});

Deno.test("cli reads credentials from an env file, and says what is missing without showing what is there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/my.env`, `AGORA_APP_ID=${APP_ID}\nAGORA_APP_CERTIFICATE=${CERTIFICATE}\n`);
    const made = await cli(["build", "fpa", "--expire", "60", "--env-file", `${folder}/my.env`]);
    assertMatch(made.stdout, /^007/);
    const absent = await cli(["build", "fpa", "--expire", "60", "--env-file", `${folder}/absent.env`]);
    assertEquals([absent.code, absent.stdout, absent.stderr], [1, "", "The env file does not exist.\n"]);
    const unreadable = await cli(["build", "fpa", "--expire", "60", "--env-file", folder]);
    assertEquals([unreadable.code, unreadable.stderr], [1, "The env file cannot be read.\n"]);
    const wrong = await cli(["build", "fpa", "--expire", "60"], {
      env: { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: "secretsecret" },
    });
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.stderr, "AGORA_APP_CERTIFICATE must be 32 hexadecimal characters");
    assert(!wrong.stderr.includes("secretsecret"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("cli explains itself, and refuses unknown commands and options", async () => {
  for (const args of [["--help"], ["build", "--help"], ["parse", "--help"], ["verify", "--help"], ["diagnose", "--help"]]) {
    const { code, stdout } = await cli(args);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "agoratoken");
  }
  assertStringIncludes((await cli(["build", "--help"])).stdout, "rtc.buildTokenWithUserAccountAndPrivilege");
  for (const args of [[], ["mint"], ["toString"], ["parse", "--nope"], ["parse", "a", "b"], ["build"]]) {
    const { code, stdout, stderr } = await cli(args, { env: CREDENTIALS });
    assertEquals([code, stdout], [1, ""], args.join(" "));
    assert(stderr.length > 0);
  }
});
