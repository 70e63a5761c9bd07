import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { AgoraTokenError, verifyToken } from "../../mod.ts";
import { buildWhiteboardToken } from "../../src/whiteboard/mod.ts";
import { createMcpTools, type McpGrant, type McpOptions } from "../../src/mcp/mod.ts";
import { quoting } from "../../src/mcp/quoted.ts";
import { EXAMPLES, GOOD, NOW } from "../data/findings.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { assertDefused } from "./checks.ts";
import { HOSTILE } from "./hostile.ts";

// deno-lint-ignore no-explicit-any -- answers are data of many shapes
type Json = any;

const PROJECT = { appId: APP_ID, appCertificate: CERTIFICATE };
const GRANT: McpGrant = {
  services: ["rtc", "rtm", "chat"],
  channels: ["test-*"],
  users: ["1001", "bob-*"],
  roles: ["subscriber"],
};
const RTC = { type: "rtc", channelName: "test-1", uid: 1001, role: "subscriber" };

/** The answer of a tool. */
async function ask(name: string, input: unknown, options: McpOptions = PROJECT): Promise<Json> {
  return (await createMcpTools(options).call(name, input)).structuredContent;
}

Deno.test("createMcpTools() has four tools that only read, and build only with a grant", () => {
  const listed = (options: McpOptions) =>
    createMcpTools(options).tools.map(({ name, annotations }) => [name, annotations.readOnlyHint]);
  const reading = [["inspect", true], ["diagnose", true], ["explain", true], ["find", true]];
  assertEquals(listed({}), reading);
  assertEquals(listed(PROJECT), reading);
  assertEquals(listed({ ...PROJECT, allowBuild: GRANT }), [...reading, ["build", false]]);
});

Deno.test("call() inspects, diagnoses, finds and explains", async () => {
  const inspected = await ask("inspect", { text: `token: ${GOOD}` });
  assertEquals(inspected.rights[0].channel, { kind: "text", quoted: "lobby" });
  assertEquals([inspected.version, inspected.appId.quoted, inspected.issuedAt], ["007", APP_ID, NOW]);
  assert(!JSON.stringify(inspected).includes(GOOD));
  const known = { text: GOOD, channelName: "Lobby", uid: 1001, now: NOW, intent: "join" };
  const { verdict, signature, findings: [finding] } = await ask("diagnose", known);
  assertEquals([verdict, signature, finding.code], ["fails", "valid", "channel-mismatch"]);
  assertStringIncludes(finding.quoted, 'for the channel "lobby", not for "Lobby"');
  assertEquals((await ask("diagnose", { ...known, channelName: "lobby" })).verdict, "works");
  assertEquals((await ask("diagnose", { ...known, channelName: "lobby" }, {})).verdict, "unknown");
  const { tokens: [token] } = await ask("find", { text: `token: ${GOOD}` });
  assertEquals([token.which, token.version, token.start, token.end], [1, "007", 7, 7 + GOOD.length]);
  const { meanings: [meaning] } = await ask("explain", { text: "joined: dynamic use static key" });
  assertEquals([meaning.id, (await ask("explain", { number: 110, sdk: "rtc-native" })).meanings.length > 0], [
    "rtc-web-15",
    true,
  ]);
});

Deno.test("call() inspects a token of the whiteboard in a text, and leaves its diagnosis to inspect", async () => {
  const uuid = "0123456789abcdef0123456789abcdef";
  const room = { kind: "room", accessKey: "AK1", secretKey: "fakeSecretAccessKey0123456789abc", uuid } as const;
  const text = `join ${await buildWhiteboardToken({ ...room, role: "reader", lifespan: 60_000 })}`;
  const { version, role, room: of, rights } = await ask("inspect", { text });
  assertEquals([version, role, of, rights], ["whiteboard", "reader", { quoted: uuid }, ["join read-only"]]);
  assertEquals((await ask("diagnose", { text })).error.code, "unknown-format");
});

Deno.test("call() takes the token that `which` names, of several in a text", async () => {
  const text = `${GOOD} and ${await packed({ expire: 60 })}`;
  const ends = await Promise.all([1, 2].map(async (which) => (await ask("inspect", { text, which })).expiresAt));
  assertEquals(ends, [NOW + 3600, NOW + 60]);
  const { error } = await ask("diagnose", { text, which: 3 });
  assertEquals(error, { code: "invalid-value", quoted: '"which" must be at most 2: so many tokens are in the text' });
});

Deno.test("call() answers every example of every finding, with nothing hidden and no token or certificate in it", async () => {
  const { call } = createMcpTools(PROJECT);
  for (const [code, { found }] of Object.entries(EXAMPLES)) {
    for (const [made, { certificates: _, messages: _messages, ...known } = {}] of found) {
      const text = await made;
      const answer = await call("diagnose", { text, ...JSON.parse(JSON.stringify(known)) });
      assertDefused({ name: code, text, secrets: [CERTIFICATE, ...(text.length > 40 ? [text] : [])] }, answer);
    }
  }
});

Deno.test("call() keeps every secret out of its answer to each of over 30 hostile inputs, and marks what is foreign", async () => {
  assert(HOSTILE.length >= 30);
  const { call, tools } = createMcpTools({ ...PROJECT, allowBuild: GRANT });
  for (const hostile of HOSTILE) {
    const { name, text, more = {} } = hostile;
    for (const { name: tool } of tools) {
      for (const input of [{ text, ...more }, { text }, { services: [{ type: "rtc", channelName: text, uid: 1001 }] }]) {
        try {
          assertDefused(hostile, await call(tool, input));
        } catch (error) {
          throw new Error(`${tool}: ${name}`, { cause: error });
        }
      }
    }
  }
});

Deno.test("quote() shows an App ID that is known, and nothing else that may be a certificate or key", () => {
  const quote = quoting([CERTIFICATE], [APP_ID, CERTIFICATE]);
  assertEquals(quote(`${APP_ID} lobby`), `${APP_ID} lobby`);
  const uuid = "550e8400-e29b-41d4-a716-446655440000";
  assertEquals(quote(uuid), uuid);
  for (const secret of [CERTIFICATE, CERTIFICATE.toUpperCase(), "f".repeat(24), GOOD]) {
    assertEquals(quote(`a ${secret} b`), "a … b");
  }
  assertEquals(quote(`a ${APP_ID}${CERTIFICATE} b`), `a ${APP_ID}… b`);
  assertEquals(quote("a\u202eb\n"), "a\\u202eb\\u000a");
  assertEquals(quote("z".repeat(2000)).length, 513);
});

Deno.test("quote() leaves out a known certificate with separators, keys of 28 characters, and a token in the encoding of addresses", () => {
  const mixed = APP_ID.replace("abcdef", "ABCdef");
  const quote = quoting([CERTIFICATE], [mixed]);
  const uuid = CERTIFICATE.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const separated = [":", " ", "\u200b", '" + "', "-", "\r\n  "].map((between) => CERTIFICATE.match(/../g)!.join(between));
  for (const written of [uuid, ...separated, ...separated.map((text) => text.toUpperCase())]) {
    assertEquals(quote(`a ${written} b`), "a … b");
  }
  for (
    const key of ["Zk3vQ9xT7mB2nL5pR8sW1yC4dF6g", encodeURIComponent(GOOD), encodeURIComponent(GOOD).replaceAll("%", "%25")]
  ) {
    assertEquals(quote(`a ${key} b`), "a … b");
  }
  assertEquals(quote(`${mixed} 550e8400-e29b-41d4-a716-446655440000`), `${mixed} 550e8400-e29b-41d4-a716-446655440000`);
});

Deno.test("call() never shows the App Certificate where its variable has characters around it, also as the App ID of a token", async () => {
  const around = ["C\n", "C\r", " C", '"C"', "'C'\r\n", "\ufeffC"].map((form) => form.replace("C", CERTIFICATE));
  const uuid = CERTIFICATE;
  const room = { kind: "room", accessKey: "AK1", secretKey: "fakeSecretAccessKey0123456789abc", uuid } as const;
  const texts = [
    await packed({ appId: CERTIFICATE }),
    await packed({ appId: CERTIFICATE.toUpperCase() }),
    await buildWhiteboardToken({ ...room, role: "reader", lifespan: 60_000 }),
  ];
  for (const appCertificate of [CERTIFICATE, ...around]) {
    for (const tool of ["inspect", "diagnose"]) {
      for (const text of texts) {
        const answer = JSON.stringify(await ask(tool, { text }, { appId: APP_ID, appCertificate }));
        assert(!answer.toLowerCase().includes(CERTIFICATE), `${tool}, ${JSON.stringify(appCertificate)}`);
      }
    }
  }
  for (const id of [`${CERTIFICATE}0`, `0${CERTIFICATE}`, CERTIFICATE.slice(1)]) {
    assertMatch(quoting([CERTIFICATE], [id])(id), /^0?…0?$/);
  }
});

Deno.test("call() refuses names of millions of characters", async () => {
  const long = "\u4e2d0070".repeat(10) + "007" + "a".repeat(8_000_000);
  for (const name of ["channelName", "account", "service", "intent", "appId"]) {
    const { error } = await ask("diagnose", { text: GOOD, [name]: long });
    assertEquals([error.code, error.quoted], [
      "invalid-value",
      `"${name}" must be at most 8192 characters, got ${long.length}`,
    ]);
  }
  const { error } = await ask("diagnose", { text: GOOD, [long]: 1 });
  assertEquals([error.code, error.quoted.length < 520], ["unknown-field", true]);
  assertEquals((await ask("diagnose", { text: GOOD, channelName: GOOD, uid: 1001, now: NOW })).verdict, "fails");
});

Deno.test("call() refuses build without a grant", async () => {
  const { error } = await ask("build", { services: [RTC] });
  assertEquals(error, { code: "invalid-value", quoted: "There is no such tool" });
});

Deno.test("call() builds a token within the grant that verifies, for an hour where no lifetime is given", async () => {
  const { token, authorization, expire } = await ask("build", { services: [RTC] }, { ...PROJECT, allowBuild: GRANT });
  assertEquals([expire, authorization], [3600, `agora token=${token}`]);
  assert((await verifyToken(token, { certificates: CERTIFICATE, channelName: "test-1", uid: 1001 })).ok);
  const short = await ask("build", { services: [RTC] }, { ...PROJECT, allowBuild: { ...GRANT, maxExpire: 600 } });
  assertEquals(short.expire, 600);
});

Deno.test("call() gives the header of a REST call only with a token that a REST API takes so", async () => {
  const grant = { ...PROJECT, allowBuild: { ...GRANT, users: ["*"] } };
  for (const service of [{ type: "chat", userId: "bob" }, { type: "rtm", userId: "bob" }]) {
    const built = await ask("build", { services: [service] }, grant);
    assertEquals(Object.keys(built), ["token", "expire", "expiresAt", "expires"], service.type);
    assertEquals("authorization" in await ask("build", { services: [RTC, service] }, grant), true);
  }
});

Deno.test("call() refuses to build beyond the grant, above an hour, for the whole app, and for everybody", async () => {
  const everything: McpGrant = {
    services: ["rtc", "rtm", "rtm2", "chat", "apaas"],
    channels: ["*"],
    users: ["*"],
    roles: ["*"],
  };
  const refused = async (grant: McpGrant, input: object) => {
    const { error } = await ask("build", { expire: 60, ...input }, { ...PROJECT, allowBuild: grant });
    return error?.code;
  };
  assertEquals(await refused(everything, { services: [{ ...RTC, role: "publisher" }] }), undefined);
  for (
    const change of [
      { channelName: "live" },
      { uid: 7 },
      { uid: undefined, account: "eve" },
      { role: "publisher" },
    ]
  ) {
    assertEquals(await refused(GRANT, { services: [{ ...RTC, ...change }] }), "forbidden", JSON.stringify(change));
  }
  assertEquals(await refused(GRANT, { services: [{ type: "fpa" }] }), "forbidden");
  for (const grant of [GRANT, everything]) {
    for (
      const input of [
        { services: [RTC], expire: 3601 },
        { services: [{ ...RTC, privilegeExpire: 3601 }] },
        { services: [{ ...RTC, uid: 0 }] },
        { services: [{ ...RTC, uid: undefined, account: "*" }] },
        { services: [{ ...RTC, uid: undefined, account: "bob-*" }] },
        { services: [{ ...RTC, channelName: "*" }] },
        { services: [{ ...RTC, channelName: "test-*" }] },
        { services: [{ type: "chat", app: true }] },
      ]
    ) {
      assertEquals(await refused(grant, input), "forbidden", JSON.stringify(input));
    }
  }
  const { error } = await ask("build", { services: [{ ...RTC, channelName: "live" }] }, { ...PROJECT, allowBuild: GRANT });
  assertMatch(error.quoted, /does not allow it: the channel or room does not fit its "channels"$/);
});

Deno.test("call() refuses to build a token that names nobody, whatever the grant is", async () => {
  const { tools, call } = createMcpTools({ ...PROJECT, allowBuild: { ...GRANT, services: ["rtc", "fpa", "convoai", "stt"] } });
  for (const types of [["fpa"], ["convoai"], ["stt"], ["convoai", "stt"], ["rtc", "fpa"]]) {
    const services = types.map((type) => type === "rtc" ? RTC : { type });
    const error: Json = (await call("build", { services })).structuredContent.error;
    assertEquals(error?.code, "forbidden", types.join());
    assertMatch(error.quoted, /^This MCP server makes no token that names nobody: none with FPA/);
  }
  assertEquals((await call("build", { services: [RTC, { type: "convoai" }] })).isError, undefined);
  assert(!JSON.stringify(tools).includes('"fpa"'));
});

Deno.test("createMcpTools() refuses a grant of more than an hour, for the whole app or for everybody, and one without a project", () => {
  const refused = (grant: object, project: McpOptions = PROJECT) =>
    assertThrows(() => createMcpTools({ ...project, allowBuild: grant as McpGrant }), AgoraTokenError).message;
  assertEquals(refused({ ...GRANT, maxExpire: 3601 }), '"grant.maxExpire" must be a whole number from 1 to 3600, got 3601');
  assertMatch(refused({ ...GRANT, wildcards: true }), /^Unknown field "grant.wildcards"/);
  assertMatch(refused({ ...GRANT, appLevel: true }), /^Unknown field "grant.appLevel"/);
  assertMatch(refused({ services: ["rtc"] }), /"grant.channels"/);
  assertMatch(refused(GRANT, { appId: APP_ID }), /"options.appCertificate"/);
});
