import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseToken, verifyToken } from "../../mod.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { ask, assertToken, PROJECT, requestOf, rtc, rtm, serverOf, tokenOf } from "./harness.ts";

const server = serverOf({ allowAppLevelTokens: true });

/** What the example of each foreign row gives: the body as documented, with the tokens as `<name>`, and what they hold. */
const SUCCESS: Record<string, { body: string; type?: string; tokens: Parameters<typeof assertToken>[1 | 2][][] }> = {
  "fetch-rtc-token": { body: '{"code":"200","token":"<0>"}', tokens: [[600, [rtc("test", "1234", true, 600)]]] },
  "fetch-rtm-token": { body: '{"code":"200","token":"<0>"}', tokens: [[600, rtm("bob", 600)]] },
  "api-agora-token": { body: "<0>", type: "text/plain; charset=utf-8", tokens: [[600, [rtc("lobby", "1001", false, 600)]]] },
  "rtc": { body: '{"rtcToken":"<0>"}', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "rtm": { body: '{"rtmToken":"<0>"}', tokens: [[600, rtm("1001", 600)]] },
  "rte": {
    body: '{"rtcToken":"<0>","rtmToken":"<1>"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600)]], [600, rtm("1001", 600, "lobby")]],
  },
  "rte-rtmuid": {
    body: '{"rtcToken":"<0>","rtmToken":"<1>"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600)]], [600, rtm("bob", 600, "lobby")]],
  },
  "chat-app": { body: '{"chatToken":"<0>"}', tokens: [[600, [{ type: "chat", userId: "", privileges: { app: 600 } }]]] },
  "chat-account": {
    body: '{"chatToken":"<0>"}',
    tokens: [[600, [{ type: "chat", userId: "carol", privileges: { user: 600 } }]]],
  },
  "get-token": { body: '{"token":"<0>"}\n', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "token-get-new": { body: '{"token":"<0>"}\n', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "access-token": { body: '{"token":"<0>"}', tokens: [[3600, [rtc("lobby", "1001", false, 3600)]]] },
  "rtc-token": { body: '{"key":"<0>"}', tokens: [[3600, [rtc("lobby", "1001", true, 3600)]]] },
  "rtm-token": { body: '{"key":"<0>"}', tokens: [[3600, rtm("bob", 3600)]] },
  "token-generate": {
    body: '{"code":0,"data":{"token":"<0>"},"message":"Success"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600), ...rtm("1001", 600)]]],
  },
  "v1-token": { body: "<0>", type: "text/html; charset=utf-8", tokens: [[900, [rtc("lobby", "1001", true, 900)]]] },
};

/** For each foreign row, requests that are refused: what is changed of the example's query or body, or another path. */
const FAILURES: Record<string, { path?: string; change?: Record<string, unknown>; status?: number }[]> = {
  "fetch-rtc-token": [
    ...[{ uid: -1 }, { uid: 2 ** 32 }, { uid: 1.5 }, { uid: "seven" }, { uid: [7] }, { channelName: 5 }, {
      channelName: "c".repeat(64),
    }].map((change) => ({ change })),
    ...[{ role: 9 }, { role: "owner" }, { expire: -1 }, { expire: 4294967297 }, { expire: 1795249958 }, { expire: "soon" }].map(
      (change) => ({ change }),
    ),
  ],
  "fetch-rtm-token": [
    ...[{ uid: undefined }, { uid: "" }, { uid: "0" }, { uid: 0 }, { uid: " bob" }, { uid: {} }, { expire: -1 }],
    ...[{ uid: -1 }, { uid: 1.5 }, { uid: 2 ** 32 }],
  ]
    .map((change) => ({ change })),
  "api-agora-token": [
    ...[{ channelName: undefined }, { channelName: "a/b" }, { uid: "x" }, { uid: "-1" }, { role: "owner" }].map((
      change,
    ) => ({ change })),
    ...[{ expireSeconds: "86401" }, { expireSeconds: "0" }, { expireSeconds: "1.5" }].map((change) => ({
      change,
    })),
  ],
  "rtc": [
    ...[
      "/rtc/lobby/owner/uid/7",
      "/rtc/lobby/toString/uid/7",
      "/rtc/lobby/publisher/name/7",
      "/rtc/lobby/publisher/uid/seven",
      "/rtc/lobby/publisher/userAccount/",
      "/rtc/lobby/publisher/UID/7",
      "/rtc/lobby/publisher/uid/+7",
      "/rtc/lobby/publisher/uid/%207",
    ],
    ...["/rtc/lobby/publisher/uid/-1", "/rtc/lobby/publisher/uid/4294967296", "/rtc/%ff/publisher/uid/1"],
    ...[`/rtc/${"c".repeat(64)}/publisher/uid/1`, "/rtc/a%2Fb/publisher/uid/1", "/rtc/a%2520b/publisher/uid/1?expiry=-1"],
    ...["abc", "-1", "1.5", "1795249958", "4294967297", "1795249958000", "31536001"].map((expiry) =>
      `/rtc/lobby/publisher/uid/1?expiry=${expiry}`
    ),
  ].map((path) => ({ path })),
  "rtm": ["/rtm/", "/rtm//", "/rtm/0", "/rtm/%20bob", `/rtm/${"u".repeat(64)}`, "/rtm/bob?expiry=x"].map((path) => ({ path })),
  "rte": ["/rte/lobby/publisher/uid/0", "/rte/lobby/owner/uid/7", "/rte/lobby/publisher/name/7"].map((path) => ({ path })),
  "rte-rtmuid": ["/rte/lobby/publisher/uid/7/0", "/rte/lobby/publisher/uid/x/bob"].map((path) => ({ path })),
  "chat-app": [{ path: "/chat/app?expiry=x" }],
  "chat-account": [{ path: "/chat/account/" }, { path: "/chat/account/%00" }, { path: `/chat/account/${"u".repeat(256)}` }],
  "get-token": [
    ...[{ tokenType: undefined }, { tokenType: "RTC" }, { tokenType: "toString" }, { tokenType: 5 }, { channel: "" }, {
      channel: undefined,
    }],
    ...[{ uid: "" }, { uid: undefined }, { uid: "4294967297" }, { role: "owner" }, { expire: -1 }, {
      tokenType: "rtm",
      uid: "0",
    }],
  ].map((change) => ({ change })),
  "token-get-new": [{ tokenType: undefined }].map((change) => ({ change })),
  "access-token": [
    ...[{ channel: undefined }, { channel: "" }, { uid: "x" }, { expiredTs: "1" }, { expiredTs: "zzz" }, { expiredTs: "-1" }],
  ].map((change) => ({ change })),
  "rtc-token": [{ channelName: undefined }, { channelName: "" }, { uid: "-1" }].map((change) => ({ change })),
  "rtm-token": [{ account: undefined }, { account: "" }, { account: "0" }].map((change) => ({ change })),
  "token-generate": [
    ...[{ uid: "4294967296" }, { channelName: "a/b" }, { serviceRtc: 5 }, { tokenExpireTs: -1 }, { tokenExpireTs: 1795249958 }],
    ...[{ privilegeExpireTs: "x" }, { serviceChat: { enableUser: true } }, { serviceRtc: { enable: "true" } }],
    ...[{ serviceRtc: {}, serviceRtm: {} }, { uid: "-5" }, { serviceRtc: { enable: true, role: "publisher" } }],
    ...[{ serviceRtc: { enable: true, role: 1.5 } }, { serviceApaas: { enableUser: true, userUuid: "null" } }, { uid: "" }],
  ].map((change) => ({ change })),
  "v1-token": [{ channel_name: undefined }, { channel_name: "a/b" }, { uid: "x" }].map((change) => ({ change })),
};

/** Origins that are not on loopback, however they look. */
const EVIL = [
  "https://evil.example",
  "http://localhost.evil.example",
  "http://xlocalhost",
  "xhttp://localhost",
  "http://[",
  "http://127.evil.example",
  "http://[2001:db8::1]",
  "capacitor://localhost",
  "null",
];

for (const contract of CONTRACTS) {
  const { operationId: id, method } = contract;
  const foreign = "requests" in contract;

  Deno.test(`${id} answers its example in both slash forms and with doubled slashes, without a redirect`, async () => {
    const [target, init] = requestOf(contract);
    const [path, query] = target.split("?");
    for (const form of [path!, `${path}/`, `/${path}`, path!.replaceAll("/", "//") + "//", `/api${path}`]) {
      const { status, text, headers, json } = await ask(server, query === undefined ? form : `${form}?${query}`, init);
      assertEquals(status, 200, `${form}: ${text}`);
      assertEquals(headers.get("cache-control"), "no-store");
      if (!foreign) {
        assertEquals(headers.get("content-type"), "application/json");
        continue;
      }
      const expected = SUCCESS[id]!;
      assertEquals(headers.get("content-type"), expected.type ?? "application/json");
      const found = [...text.matchAll(/007[A-Za-z0-9+/=]+/g)].map(([token]) => token);
      assertEquals(found.reduce((body, token, index) => body.replace(token, `<${index}>`), text), expected.body);
      for (const [index, [expire, services]] of expected.tokens.entries()) {
        await assertToken(found[index]!, expire as number, services as never);
      }
      if (json !== undefined) assert(!("error" in json));
    }
  });

  Deno.test(`${id} lets an allowed page read its answers and errors, and no other`, async () => {
    const [target, init] = requestOf(contract);
    const wrong = { ...init, method: method === "GET" ? "POST" : "GET", body: null } as RequestInit;
    for (const origin of ["http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080"]) {
      for (const request of [init, wrong]) {
        const { headers } = await ask(server, target, { ...request, headers: { origin } });
        assertEquals([headers.get("access-control-allow-origin"), headers.get("vary")], [origin, "Origin, Accept"]);
      }
      const asked = await ask(server, target, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" },
      });
      assertEquals([asked.status, asked.text, asked.headers.get("access-control-allow-methods")], [204, "", "GET, POST, *"]);
      assertEquals(asked.headers.get("access-control-allow-headers"), "Authorization, Content-Type, *");
      assertEquals(asked.headers.get("access-control-allow-origin"), origin);
    }
    for (const origin of EVIL) {
      const { headers, status } = await ask(server, target, { ...init, headers: { origin } });
      assertEquals([status, headers.get("access-control-allow-origin"), headers.get("vary")], [200, null, "Origin, Accept"]);
      assertEquals(headers.get("access-control-allow-credentials"), null);
    }
    const { headers, status } = await ask(server, target, init); // a native app sends no origin
    assertEquals([status, headers.get("access-control-allow-origin")], [200, null]);
  });

  Deno.test(`${id} answers other methods with 405 and Allow`, async () => {
    for (const other of ["GET", "POST", "PUT", "DELETE"].filter((other) => other !== method)) {
      const [target] = requestOf(contract);
      for (const form of [target, `${target.split("?")[0]}/`]) {
        const { status, headers, json } = await ask(server, form, { method: other });
        assertEquals([status, headers.get("allow"), json.status], [
          405,
          method === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS",
          405,
        ]);
      }
    }
  });

  if (!foreign) continue;
  Deno.test(`${id} refuses bad values in its own words, never where a client reads a token`, async () => {
    assert(FAILURES[id]!.length > 0);
    const bodies = method === "POST" ? ["", "{", "[]", "5", "null"] : [];
    const requests: [string, RequestInit & { json?: unknown }][] = [
      ...FAILURES[id]!.map(({ path, change }) =>
        path === undefined ? requestOf(contract, change) : [path, {}] as [string, RequestInit]
      ),
      ...bodies.map((body) => [requestOf(contract)[0], { method: "POST", body }] as [string, RequestInit]),
    ];
    const names = [...SUCCESS[id]!.body.matchAll(/"(\w+)":"</g)].map(([, name]) => name!);
    const fields = [...Object.keys({ ...contract.example, ...contract.optional }), "body"];
    for (const [target, init] of requests) {
      const { status, text, json } = await ask(server, target, init);
      assertEquals(status, 400, `${target} ${JSON.stringify(init)} ${text}`);
      const [, wrong, missing] = /\\?"(\w+)[.\w]*\\?" must be|Missing \\?"(\w+)\\?"/.exec(text) ?? [];
      assert(fields.includes(wrong ?? missing ?? ""), `names no field of the request: ${text}`);
      for (const name of names) assert(json?.[name] === undefined, text);
      assert(!text.includes(CERTIFICATE) && !/00[67][A-Za-z0-9+/=]{40}/.test(text), text);
    }
  });
}

Deno.test("SUCCESS and FAILURES have every foreign row", () => {
  const foreign = CONTRACTS.filter((contract) => "requests" in contract).map(({ operationId }) => operationId).sort();
  assertEquals([Object.keys(SUCCESS).sort(), Object.keys(FAILURES).sort()], [foreign, foreign]);
});

Deno.test("errors keep the shapes of their contracts", async () => {
  const body = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).text;
  assertEquals(
    await body("/rtc/lobby/publisher/uid/x"),
    '{"message":"Error Generating RTC token: \\"uid\\" must be a whole number from 0 to 4294967295","status":400}',
  );
  assert((await body("/rtm/0")).startsWith('{"message":"Error Generating RTM token: '));
  assert((await body("/rte/c/publisher/uid/x")).startsWith('{"message":"Error Generating RTC and RTM token: '));
  assert((await body("/chat/account/%00")).startsWith('{"message":"Error Generating Chat token: '));
  assertEquals(await body("/rtcToken"), '{"error":"Missing \\"channelName\\""}');
  assertEquals(
    await body("/fetch_rtc_token", { uid: -1 }),
    '{"code":"400","message":"\\"uid\\" must be a whole number from 0 to 4294967295, got -1"}',
  );
  assertEquals(await body("/getToken", {}), 'Missing "tokenType"\n');
  assert((await body("/token/generate", {})).startsWith('{"code":-1,"data":"","message":'));
  assertEquals(await body("/api/agora/token"), 'Missing "channelName"\n');
});

Deno.test("every contract says of a life that is none what it wants, and of one over a year what it looks like", async () => {
  let lives = 0;
  for (const contract of CONTRACTS) {
    const names = Object.keys(contract.example ?? {}).filter((name) => /^(expir(e|y|eSeconds)|tokenExpireTs)$/.test(name));
    for (const name of "requests" in contract ? names : []) {
      const refusal = async (life: number) =>
        (await ask(server, ...requestOf(contract, { [name]: life }))).text.replaceAll("\\", "");
      const [least, most] = name === "expireSeconds" ? [1, 86_400] : [0, 31_536_000];
      assertStringIncludes(await refusal(-1), `"${name}" must be a whole number from ${least} to ${most}`);
      assertStringIncludes(await refusal(1795249958), `"${name}" must be seconds from now, got 1795249958, which looks like`);
      lives++;
    }
  }
  assertEquals(lives, 12);
});

Deno.test("values are read alike in every contract: roles, users, lives, names of keys", async () => {
  for (
    const [role, publishes] of [
      ["publisher", true],
      ["HOST", true],
      ["broadcaster", true],
      ["1", true],
      ["0", true],
      ["101", true],
      ["subscriber", false],
      ["Audience", false],
      ["2", false],
    ] as const
  ) {
    const { json } = await ask(server, `/rtc/lobby/${role}/uid/7`);
    await assertToken(json.rtcToken, 3600, [rtc("lobby", "7", publishes, 3600)]);
  }
  const paths: [string, number, ReturnType<typeof rtc>][] = [
    ["/rtc/lobby/2/uid/0", 3600, rtc("lobby", "", false, 3600)],
    ["/rtc/lobby/2/userAccount/0", 3600, rtc("lobby", "0", false, 3600)],
    ["/rtc/a%2541/2/uid/7", 3600, rtc("a%41", "7", false, 3600)],
    ["/rtc/lobby/2/uid/", 3600, rtc("lobby", "", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=31536000", 86400, rtc("lobby", "7", false, 86400)],
    ["/rtc/a%20b/2/userAccount/bob%40x.test", 3600, rtc("a b", "bob@x.test", false, 3600)],
    ["/rtc/lobby/2/uid/4294967295?expiry=0", 3600, rtc("lobby", "4294967295", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=", 3600, rtc("lobby", "7", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=86400", 86400, rtc("lobby", "7", false, 86400)],
    ["/rtc/lobby/2/uid/7?expiry=100000", 86400, rtc("lobby", "7", false, 86400)],
  ];
  for (const [path, expire, service] of paths) await assertToken((await ask(server, path)).json.rtcToken, expire, [service]);
  const bodies: [Record<string, unknown>, number, ReturnType<typeof rtc>][] = [
    [{}, 3600, rtc("", "", true, 3600)],
    [{ CHANNELNAME: "c", UID: "7", Role: "2", EXPIRE: 60 }, 60, rtc("c", "7", false, 60)],
    [{ channelName: null, uid: null, role: null }, 3600, rtc("", "", true, 3600)],
    [{ uid: 0, role: 101, expire: 0 }, 3600, rtc("", "", true, 3600)],
    [{ uid: 7, channelName: "x", CHANNELNAME: null, role: 2, Role: null }, 3600, rtc("x", "7", false, 3600)],
  ];
  for (const [json, expire, service] of bodies) {
    await assertToken((await ask(server, "/fetch_rtc_token", { json })).json.token, expire, [service]);
  }
});

Deno.test("api-agora-token answers JSON on request and takes an empty channel for any", async () => {
  // The last is what axios sends if it is told nothing.
  for (const accept of ["application/json", "application/json, text/plain;q=0.5", "application/json, text/plain, */*"]) {
    const { json } = await ask(server, "/api/agora/token?channelName=c&role=&expireSeconds=", { headers: { accept } });
    await assertToken(json.token, 3600, [rtc("c", "", true, 3600)]);
    const refused = await ask(server, "/api/agora/token", { headers: { accept } });
    assertEquals([refused.status, refused.json], [400, { error: 'Missing "channelName"' }]);
  }
  const page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  for (const accept of ["*/*", "text/plain", "text/html", "text/plain, application/json;q=0.5", page, ""]) {
    assert((await ask(server, "/api/agora/token?channelName=c", { headers: { accept } })).text.startsWith("007"));
  }
  await assertToken((await ask(server, "/api/agora/token?channelName=")).text, 3600, [rtc("", "", true, 3600)]);
});

Deno.test("access-token takes an absolute time", async () => {
  const now = Math.floor(Date.now() / 1000);
  const life = async (expiredTs: number) =>
    (await tokenOf((await ask(server, `/access_token?channel=c&expiredTs=${expiredTs}`)).json.token)).expire;
  assert(Math.abs(await life(now + 600) - 600) <= 2);
  assertEquals([await life(0), await life(now + 999_999)], [3600, 86400]);
});

Deno.test("get-token takes every type, and digits or names as users", async () => {
  const token = async (json: unknown) => (await ask(server, "/getToken", { json })).json.token;
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: 7 }), 3600, [rtc("c", "7", false, 3600)]);
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: "0" }), 3600, [rtc("c", "", false, 3600)]);
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: "007", role: "publisher" }), 3600, [
    rtc("c", "007", true, 3600),
  ]);
  await assertToken(await token({ tokenType: "rtm", uid: "bob" }), 3600, rtm("bob", 3600));
  await assertToken(await token({ tokenType: "rtm", uid: 7, channel: "c" }), 3600, rtm("7", 3600, "c"));
  await assertToken(await token({ tokenType: "rtm", uid: "bob", channel: "" }), 3600, rtm("bob", 3600));
  await assertToken(await token({ tokenType: "chat", uid: "carol" }), 3600, [{
    type: "chat",
    userId: "carol",
    privileges: { user: 3600 },
  }]);
});

Deno.test("token-generate reads keys of any case, digits, and a user that is absent, empty or 0 as anyone", async () => {
  for (const uid of [undefined, null, "", "0", 0]) {
    for (const serviceRtc of [{ enable: true, role: 1 }, { ENABLE: true, Role: "1" }]) {
      const { json } = await ask(server, "/token/generate", { json: { ChannelName: "c", uid, SERVICERTC: serviceRtc } });
      await assertToken(json.data.token, 3600, [rtc("c", "", true, 3600)]);
    }
  }
  const json = {
    serviceChat: { enableUser: true, userUuid: "carol" },
    serviceApaas: { enableUser: true, userUuid: "dave" },
  };
  await assertToken((await ask(server, "/token/generate", { json })).json.data.token, 3600, [
    { type: "chat", userId: "carol", privileges: { user: 3600 } },
    { type: "apaas", roomUuid: "", userUuid: "dave", role: -1, privileges: { user: 3600 } },
  ]);
});

Deno.test("errors name a nested field by its path, and a field by its name in the request", async () => {
  const named: [string, { json?: unknown }, string][] = [
    ["/token/generate", { json: { serviceRtc: { enable: true, role: "publisher" } } }, "serviceRtc.role"],
    ["/token/generate", { json: { serviceRtc: { enable: "true" } } }, "serviceRtc.enable"],
    ["/token/generate", { json: { serviceChat: { enableUser: true, userUuid: "" } } }, "serviceChat.userUuid"],
    ["/getToken", { json: { tokenType: "rtc", channel: "a/b", uid: "7" } }, "channel"],
    ["/v1/token?channel_name=a/b", {}, "channel_name"],
    ["/rtmToken?account=0", {}, "account"],
    ["/rte/c/publisher/uid/7/undefined", {}, "rtmuid"],
    [`/rtc/c/publisher/userAccount/${"u".repeat(256)}`, {}, "uid"],
    ["/chat/account/%00", {}, "chatid"],
  ];
  for (const [target, init, name] of named) {
    const { status, text } = await ask(server, target, init);
    assertEquals([status, new RegExp(`"?${name}\\\\?" must be`).test(text)], [400, true], text);
  }
});

Deno.test("token-generate gives privileges their own life, and a role other than 1 may only join", async () => {
  const json = {
    channelName: "c",
    uid: "bob",
    tokenExpireTs: 600,
    privilegeExpireTs: 60,
    serviceRtc: { enable: true, role: 7 },
    serviceFpa: { enable: true },
  };
  await assertToken((await ask(server, "/token/generate", { json })).json.data.token, 600, [
    rtc("c", "bob", false, 60),
    { type: "fpa", privileges: { login: 60 } },
  ]);
});

Deno.test("token-generate takes a role that is absent or below 0 for a subscriber, and a privilege's life of 0 for the token's", async () => {
  for (const role of [undefined, 0, -1]) {
    const json = { channelName: "c", tokenExpireTs: 60, privilegeExpireTs: 0, serviceRtc: { enable: true, role } };
    const { data: { token } } = (await ask(server, "/token/generate", { json })).json;
    await assertToken(token, 60, [rtc("c", "", false, 60)]);
  }
});

Deno.test("a uid that is empty is anyone, as in the servers in JavaScript", async () => {
  for (const [target, field] of [["/access_token?channel=c", "token"], ["/rtcToken?channelName=c", "key"]] as const) {
    const { services } = await tokenOf((await ask(server, `${target}&uid=`)).json[field]);
    assertEquals((services[0] as { uid: string }).uid, "");
  }
});

Deno.test("every contract makes tokens of the project that the request names, or of the first", async () => {
  const other = { appId: "11111111111111111111111111111111", appCertificate: "22222222222222222222222222222222" };
  const two = serverOf({ projects: [PROJECT, other], allowAppLevelTokens: true });
  for (const contract of CONTRACTS.filter((contract) => "requests" in contract)) {
    for (const [appId, project] of [[undefined, PROJECT], [other.appId, other]] as const) {
      const [target, init] = requestOf(contract);
      const named = appId === undefined ? "" : `${target.includes("?") ? "&" : "?"}appId=${appId}`;
      const { text } = contract.method === "GET"
        ? await ask(two, target + named)
        : await ask(two, target, { json: { ...init.json as object, appId } });
      const tokens = [...text.matchAll(/007[A-Za-z0-9+/=]{50,}/g)].map(([token]) => token);
      assert(tokens.length > 0, text);
      for (const token of tokens) assertEquals((await verifyToken(token, { certificates: project.appCertificate })).ok, true);
    }
  }
  assertEquals((await ask(two, "/rtm/bob?appId=33333333333333333333333333333333")).status, 400);
});

Deno.test("tokens for the whole app are refused everywhere unless allowed", async () => {
  const closed = serverOf();
  const app = { type: "chat", app: true };
  const requests: [string, { json?: unknown }][] = [
    ["/chat/app", {}],
    ["/getToken", { json: { tokenType: "chat" } }],
    ["/token/getNew", { json: { tokenType: "chat" } }],
    ["/token/generate", { json: { serviceChat: { enableApp: true } } }],
    ["/token/generate", { json: { serviceApaas: { enableApp: true } } }],
    ["/v1/tokens", { json: { services: [app] } }],
    ["/v1/tokens", { json: [{ services: [{ type: "apaas", app: true }] }] }],
  ];
  for (const [target, init] of requests) {
    const { status, text } = await ask(closed, target, init);
    assertEquals(status, 403, `${target}: ${text}`);
    assert(text.includes("for the whole app") && !text.includes(CERTIFICATE), text);
    assertEquals((await ask(server, target, init)).status, 200, target);
  }
});

Deno.test("contracts of the time of 006 answer 006 where that is configured, and the others do not", async () => {
  const old = serverOf({ oldContractVersion: "006", allowAppLevelTokens: true });
  const now = Math.floor(Date.now() / 1000);
  for (const contract of CONTRACTS.filter((contract) => "requests" in contract)) {
    const { text } = await ask(old, ...requestOf(contract));
    const tokens = [...text.matchAll(/00[67][A-Za-z0-9+/=]{50,}/g)].map(([token]) => token);
    assert(tokens.length > 0, text);
    for (const token of tokens) {
      assertEquals(token.slice(0, 3), "era" in contract && contract.era === "006" ? "006" : "007", contract.operationId);
    }
  }
  const { json: { rtcToken, rtmToken } } = await ask(old, "/rte/lobby/publisher/uid/7?expiry=600");
  for (const [token, given] of [[rtcToken, { channelName: "lobby", uid: 7 }], [rtmToken, { account: "7" }]] as const) {
    assertEquals((await verifyToken(token, { certificates: CERTIFICATE, ...given })).ok, true);
    const parsed = await parseToken(token);
    assert(parsed.version === "006" && Math.abs(parsed.ts - now - 600) <= 2);
    for (const end of Object.values(parsed.privileges)) assert(Math.abs(end! - now - 600) <= 2);
  }
});
