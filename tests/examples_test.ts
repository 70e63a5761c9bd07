import { assert, assertEquals, assertMatch, assertObjectMatch, assertRejects } from "@std/assert";
import { diagnoseToken, type ParsedToken, parseToken, type VerifyOptions, verifyToken } from "../mod.ts";
import { runDeno } from "./helpers.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const CHANNEL = "7d72365eb983485397e3e3f9d460bdda";
const UID = "2882341273";

const anHour = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 3600]));
const JOIN = anHour("joinChannel");
const PUBLISH = anHour("joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream");
const rtc = (privileges = PUBLISH) => ({ type: "rtc", channelName: CHANNEL, uid: UID, privileges });
const rtm = (userId: string) => ({ type: "rtm", userId, privileges: { login: 3600 } });
const of007 = (...services: unknown[]) => ({ version: "007", appId: APP_ID, expire: 3600, services });

/** The user and channel that a token must verify with; in the old formats this is all that shows them. */
const USER = { channelName: CHANNEL, uid: Number(UID) };
const ACCOUNT = { channelName: CHANNEL, account: UID };
const RTM = { account: "test_user_id" };

/** What each sample prints: by its label, a token that verifies with these and says this. */
const SAMPLES: Record<string, Record<string, [given: Partial<VerifyOptions>, says: Record<string, unknown>]>> = {
  "rtc_token_builder2.ts": {
    "Token with int uid": [USER, of007(rtc())],
    "Token with user account": [ACCOUNT, of007(rtc())],
    "Token with int uid and privilege": [USER, of007(rtc())],
    "Token with user account and privilege": [ACCOUNT, of007(rtc())],
    "Token with RTM": [ACCOUNT, of007(rtc(), rtm(UID))],
    "Token with RTM of another user": [{ channelName: CHANNEL }, of007(rtc(), rtm("test_rtm_user"))],
  },
  "rtm_token_builder2.ts": {
    "Rtm Token": [RTM, of007(rtm("test_user_id"))],
    "Rtm Token with permissions": [
      RTM,
      of007({
        type: "rtm2",
        userId: "test_user_id",
        permissions: { messageChannels: { read: ["lobby", "stage*"], write: ["lobby"] }, users: { read: ["*"] } },
        privileges: { login: 3600 },
      }),
    ],
  },
  "rtc_token_builder_006.ts": {
    "Token with int uid": [USER, { version: "006", appId: APP_ID, privileges: PUBLISH }],
    "Token with user account": [ACCOUNT, { version: "006", appId: APP_ID, privileges: JOIN }],
  },
  "rtm_token_builder_006.ts": {
    "Rtm Token": [{ ...RTM, service: "rtm" }, { version: "006", appId: APP_ID, privileges: anHour("rtmLogin") }],
  },
  "access_token_privileges.ts": {
    "AccessToken 006": [USER, { version: "006", privileges: { joinChannel: 0, publishAudioStream: 0 } }],
    "AccessToken2 007": [USER, of007(rtc({ joinChannel: 3600, publishAudioStream: 600 }))],
  },
  "dynamic_keys.ts": {
    "Media channel key 5": [USER, { version: "005", expiredTs: 3600, service: "mediaChannel", extra: {} }],
    "Recording key 5": [USER, { version: "005", expiredTs: 3600, service: "recording", extra: {} }],
    "In-channel permission key 5": [USER, {
      version: "005",
      expiredTs: 3600,
      service: "inChannelPermission",
      extra: { 1: "0" },
    }],
    "Media channel key 4": [{ ...USER, service: "mediaChannel" }, { version: "004", appId: APP_ID, expiredTs: 3600 }],
    "Recording key 4": [{ ...USER, service: "recording" }, { version: "004", appId: APP_ID, expiredTs: 3600 }],
    "Key 3": [USER, { version: "003", uid: Number(UID), expiredTs: 3600 }],
    "Key 1": [{ channelName: CHANNEL }, { version: "001" }],
  },
};

const run = (example: string, env: Record<string, string>, ...args: string[]) =>
  runDeno(["run", "-q", "--allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE", `examples/${example}`, ...args], { env });

for (const [example, tokens] of Object.entries(SAMPLES)) {
  Deno.test(`examples/${example} prints tokens that verify and say what it asked for`, async () => {
    const { code, stdout, stderr } = await run(example, CREDENTIALS);
    assertEquals(code, 0, stderr);
    const printed = stdout.trim().split("\n").map((line) => line.split(": "));
    assertEquals(printed.map(([label]) => label).filter((label) => label !== "App Id"), Object.keys(tokens));
    for (const [label, text] of printed) {
      if (label === "App Id") continue;
      const [given, says] = tokens[label!]!;
      const { ok, signature, findings } = await verifyToken(text!, { certificates: CERTIFICATE, ...given });
      assert(ok, `${label}: ${signature} ${JSON.stringify(findings)}`);
      const token = await parseToken(text!);
      assertObjectMatch(fromNow(token), says);
      for (const list of ["services", "privileges"] as const) {
        if (list in says) assertEquals(Object.keys(token[list as never]), Object.keys(says[list] as object));
      }
    }
    assert(!stdout.includes(CERTIFICATE));
  });

  Deno.test(`examples/${example} says so when there are no credentials`, async () => {
    const { code, stderr } = await run(example, {});
    assertEquals([code, stderr], [1, "Need to set environment variable AGORA_APP_ID and AGORA_APP_CERTIFICATE\n"]);
  });
}

/** A token with its expiry times, absolute in the old formats, as seconds from now; the samples make tokens for an hour. */
function fromNow(token: ParsedToken): Record<string, unknown> {
  const hour = (value: unknown) => Math.abs(Number(value) - Date.now() / 1000 - 3600) < 60 ? 3600 : value;
  const { expiredTs, privileges, ...rest }: { expiredTs?: unknown; privileges?: object } = token as object;
  return {
    ...rest,
    expiredTs: hour(expiredTs),
    privileges: Object.fromEntries(Object.entries(privileges ?? {}).map(([name, end]) => [name, hour(end)])),
  };
}

Deno.test("examples/parse_token.ts shows every field of a token", async () => {
  const { stdout } = await run("rtm_token_builder2.ts", CREDENTIALS);
  const token = /^Rtm Token: (.*)$/m.exec(stdout)![1]!;
  const parsed = await run("parse_token.ts", {}, token);
  assertEquals(parsed.code, 0, parsed.stderr);
  assertMatch(parsed.stdout, new RegExp(`^\\d+-\\d+ appId ${APP_ID}$`, "m"));
  assertMatch(parsed.stdout, /^\d+-\d+ services\[0\]\.userId test_user_id$/m);
  assertMatch(parsed.stdout, /^version 007$/m);
});

Deno.test("examples/parse_token.ts shows the content of a truncated token, and fails", async () => {
  const { code, stderr } = await run("parse_token.ts", {}, "006");
  assertEquals([code, stderr !== ""], [1, true]);
});

Deno.test("examples/convoai_agent.ts starts an agent with tokens for its header, for itself and for the user", async () => {
  const { fetch } = globalThis;
  const before = Object.entries(CREDENTIALS).map(([name]) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(CREDENTIALS)) Deno.env.set(name, value);
  const requests: Request[] = [];
  globalThis.fetch = (input, init) => {
    requests.push(new Request(input, init));
    return Promise.resolve(requests.length > 1 ? new Response(null, { status: 401 }) : Response.json({ agent_id: "agent" }));
  };
  try {
    const { startAgent } = await import("../examples/convoai_agent.ts");
    const { token, ...started } = await startAgent("lobby", 1001);
    assertEquals(started, { agentId: "agent", appId: APP_ID, channelName: "lobby", uid: 1001 });
    assertEquals(requests[0]!.url, `https://api.agora.io/api/conversational-ai-agent/v2/projects/${APP_ID}/join`);
    const [, inHeader] = /^agora token=(\S+)$/.exec(requests[0]!.headers.get("authorization")!)!;
    const { properties } = await requests[0]!.json();
    assertEquals([properties.channel, properties.agent_rtc_uid, properties.remote_rtc_uids], ["lobby", "999", ["1001"]]);
    const given = { appId: APP_ID, certificates: CERTIFICATE, channelName: "lobby" };
    for (
      const [text, uid, intent] of [
        [inHeader!, 999, "convoai"],
        [properties.token, 999, "host"],
        [token, 1001, "host"],
        [token, 1001, "loginRtm"],
      ] as const
    ) {
      const { verdict, findings } = await diagnoseToken(text, { ...given, uid, intent });
      assertEquals([verdict, findings], ["works", []], intent);
    }
    await assertRejects(() => startAgent("lobby", 1001), Error, "The agent was not started: 401");
  } finally {
    globalThis.fetch = fetch;
    for (const [name, value] of before) value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  }
});
