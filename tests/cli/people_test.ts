import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { RtmTokenBuilder2 } from "../../mod.ts";
import { CONTENTS_007, text007 } from "../data/worst_texts.ts";
import { APP_ID, CERTIFICATE, packed, parse007 } from "../portable/case.ts";
import golden from "../vectors/vectors-whiteboard.json" with { type: "json" };
import { cli, CREDENTIALS } from "./harness.ts";

Deno.test("cli diagnose prints the reason and gives the verdict as its exit status", async () => {
  const made = await cli(["build", "rtc", "--channelName", "Lobby", "--uid", "7", "--role", "publisher", "--expire", "60"], {
    env: CREDENTIALS,
  });
  const token = made.stdout.trim();
  const fails = await cli(["diagnose", `"${token}"`, "--channelName", "lobby", "--uid", "7", "--intent", "join"], {
    env: CREDENTIALS,
  });
  assertEquals([fails.code, fails.stderr], [1, "Removed from the text: quotes around it.\n"]);
  for (
    const part of [
      "The token fails.",
      "letter case",
      "[channel-mismatch] SDK error 110",
      "Join the channel",
      "What SDKs say: rtc-native-110, ",
    ]
  ) {
    assertStringIncludes(fails.stdout, part);
  }
  const works = await cli(["diagnose", "--channelName", "Lobby", "--json"], {
    env: CREDENTIALS,
    stdin: JSON.stringify({ token }, null, 2),
  });
  assertEquals([works.code, JSON.parse(works.stdout).verdict], [0, "works"]);
  assertEquals((await cli(["diagnose", token])).code, 2);
});

Deno.test("cli parse shows that privileges expire with their token, the token after 24 hours, and no expiry for 0", async () => {
  const privileges = { joinChannel: 86400, publishAudioStream: 200000, publishVideoStream: 0 };
  const services = [{ type: "rtc" as const, channelName: "c", uid: "", privileges }];
  for (const expire of [60, 604800]) {
    const token = await packed({ issueTs: 1, expire, services });
    const { stdout } = await cli(["parse", token]);
    const ends = [...stdout.matchAll(/ \d+ s +(.*)/g)].map(([, end]) => end);
    assertEquals(ends, [ends[0], ends[0], ends[0], "no time given"]);
  }
});

Deno.test("cli build, parse and verify print for people", async () => {
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
  assertStringIncludes(verified.stdout, "genuine and valid now");
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
  const wrong = await cli(["build", ...args.with(6, "boss")], { env: CREDENTIALS });
  assertEquals([wrong.code, wrong.stderr], [
    1,
    "--role must be one of publisher, host, broadcaster, subscriber, audience, or a whole number\n",
  ]);
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

Deno.test("cli build takes the name of a role for RTC, and a number for APaaS", async () => {
  const room = ["build", "apaas", "--roomUuid", "r", "--userUuid", "u", "--expire", "60", "--role"];
  const made = await cli([...room, "2"], { env: CREDENTIALS });
  const [service] = (await parse007(made.stdout.trim())).services;
  assert(service?.type === "apaas" && service.role === 2);
  const refused = await cli([...room, "publisher"], { env: CREDENTIALS });
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "--role must be a number");
});

Deno.test("cli build takes privileges and permissions by name", async () => {
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

Deno.test("cli parse shows a damaged token up to its fault, without control characters", async () => {
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

Deno.test("cli reads credentials from an env file, and says what is missing without showing values", async () => {
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

Deno.test("cli has help, and refuses unknown commands and options", async () => {
  for (const args of [["--help"], ["build", "--help"], ["parse", "--help"], ["verify", "--help"], ["diagnose", "--help"]]) {
    const { code, stdout } = await cli(args);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "agoratoken");
  }
  assertStringIncludes((await cli(["build", "--help", "builders"])).stdout, "rtc.buildTokenWithUserAccountAndPrivilege");
  for (const args of [[], ["mint"], ["toString"], ["parse", "--nope"], ["parse", "a", "b"], ["build"]]) {
    const { code, stdout, stderr } = await cli(args, { env: CREDENTIALS });
    assertEquals([code, stdout], [1, ""], args.join(" "));
    assert(stderr.length > 0);
  }
});

Deno.test("cli build --header prints the header of a REST call, and adds it to the JSON", async () => {
  const args = ["build", "rtc", "rtm", "--channel", "lobby", "--uid", "999", "--role", "host", "--userId", "999", "--header"];
  const { code, stdout } = await cli(args, { env: CREDENTIALS });
  assertEquals(code, 0);
  const [, token] = /^Authorization: agora token=(007\S+)\n$/.exec(stdout)!;
  assertEquals((await parse007(token!)).services.map(({ type }) => type), ["rtc", "rtm"]);
  const json = JSON.parse((await cli([...args, "--json"], { env: CREDENTIALS })).stdout);
  assertEquals(json, { token: json.token, authorization: `agora token=${json.token}` });
  const old = await cli(["build", "006.rtm", "--account", "bob", "--privilegeExpiredTs", "1800000000", "--header"], {
    env: CREDENTIALS,
  });
  assertEquals([old.code, old.stdout], [1, ""]);
  assertMatch(old.stderr, /^--header is for tokens of format 007/);
  for (const services of [["chat", "--userId", "bob"], ["chat", "--app"], ["fpa"], ["rtm", "--userId", "bob"]]) {
    const refused = await cli(["build", ...services, "--header"], { env: CREDENTIALS });
    assertEquals([refused.code, refused.stdout], [1, ""], services.join(" "));
    assertMatch(refused.stderr, /^--header is for a token with RTC/);
  }
  assertMatch(
    (await cli(["build", "apaas", "--app", "--header"], { env: CREDENTIALS })).stdout,
    /^Authorization: agora token=007/,
  );
});

Deno.test("cli verify and diagnose say how many findings are left out", async () => {
  const token = text007(CONTENTS_007["services of RTC with different patterns"]!(20_000));
  for (const command of ["verify", "diagnose"]) {
    const { stdout } = await cli([command, token], { env: CREDENTIALS });
    assertMatch(stdout, /\nand \d+ more findings\n$/, command);
    const { findings } = JSON.parse((await cli([command, token, "--json"], { env: CREDENTIALS })).stdout);
    assertEquals(findings.length, 100, command);
  }
  const { stdout } = await cli(["verify", await packed()], { env: CREDENTIALS });
  assert(!stdout.includes("more"), stdout);
});

Deno.test("cli parse shows a token of the whiteboard, and verify, diagnose and guess say that they do not take it", async () => {
  const { token } = golden.build.find(({ id }) => id === "room-admin-1h")!;
  const shown = await cli(["parse", `token: ${token}`]);
  assertEquals([shown.code, shown.stderr], [1, ""]);
  for (
    const part of [
      "Token of the whiteboard",
      "admin  join interactively; ",
      "1700003600000  2023-11-14 23:13:20 UTC, ",
      "[expired]",
      "Get a new token: ",
    ]
  ) {
    assertStringIncludes(shown.stdout, part);
  }
  const { version, kind, role, findings } = JSON.parse((await cli([token, "--json"])).stdout);
  assertEquals([version, kind, role, findings[0].code], ["whiteboard", "room", "admin", "expired"]);
  const damaged = await cli([token.slice(0, 60)]);
  assertEquals([damaged.code, damaged.stdout.includes("[field-missing]")], [1, true]);
  for (const command of ["verify", "diagnose", "guess"]) {
    const { code, stdout, stderr } = await cli([command, token], { env: CREDENTIALS });
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, `The token is one of the whiteboard, which ${command} does not take`);
  }
});
