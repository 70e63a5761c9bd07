import { assert, assertEquals, assertObjectMatch, assertStringIncludes } from "@std/assert";
import { authorizationHeader, packToken, parseToken, RtmTokenBuilder2, type Service, verifyToken } from "../../mod.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import type { PublicRoute } from "../../src/server/contracts/types.ts";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { ask, assertToken, PROJECT, requestOf, rtc, rtm, serverOf } from "./harness.ts";

const server = serverOf({ allowAppLevelTokens: true });

Deno.test("POST /v1/tokens makes one token, or several in one call, of 007 or 006", async () => {
  const services = [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }];
  const one = await ask(server, "/v1/tokens", { json: { services, expire: 60 } });
  assertEquals(Object.keys(one.json), ["token", "version", "appId", "issueTs", "expire", "expiresAt"]);
  assertEquals([one.json.version, one.json.appId, one.json.expire, one.json.expiresAt - one.json.issueTs], [
    "007",
    APP_ID,
    60,
    60,
  ]);
  await assertToken(one.json.token, 60, [rtc("lobby", "1001", true, 60)]);
  const several = await ask(server, "/v1/tokens", {
    json: [{ services }, { services: [{ type: "rtm", userId: "bob" }], expire: 5 }],
  });
  await assertToken(several.json[0].token, 3600, [rtc("lobby", "1001", true, 3600)]);
  await assertToken(several.json[1].token, 5, rtm("bob", 5));
  const old = await ask(server, "/v1/tokens", { json: { services, version: "006" } });
  assertEquals([old.json.version, old.json.token.slice(0, 3)], ["006", "006"]);
  assertEquals((await verifyToken(old.json.token, { certificates: CERTIFICATE, channelName: "lobby", uid: 1001 })).ok, true);
});

Deno.test("POST /v1/tokens and /v1/tokens/rtc answer with the header of a REST call where the body has header: true, over HTTP", async () => {
  const listener = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => server(request));
  const post = async (path: string, body: unknown) => {
    const url = `http://127.0.0.1:${listener.addr.port}${path}`;
    return await (await fetch(url, { method: "POST", body: JSON.stringify(body) })).json();
  };
  const agent = { type: "rtc", channelName: "lobby", uid: 999, role: "publisher" };
  const services = [agent, { type: "rtm", userId: "999" }];
  try {
    const one = await post("/v1/tokens", { services, header: true });
    assertEquals([one.header, Object.keys(one).at(-1)], [authorizationHeader(one.token), "header"]);
    assertEquals("header" in await post("/v1/tokens", { services, header: false }), false);
    const [first, second] = await post("/v1/tokens", [{ services }, { services: [agent], header: true }]);
    assertEquals(["header" in first, second.header], [false, `agora token=${second.token}`]);
    const quick = { channelName: "lobby", uid: 999, rtm: true };
    const own = await post("/v1/tokens/rtc", { ...quick, header: true });
    assertEquals(own.header, `agora token=${own.token}`);
    assertEquals("header" in await post("/v1/tokens/rtc", quick), false);
    const classroom = await post("/v1/tokens", { services: [{ type: "apaas", app: true }], header: true });
    assertEquals(classroom.header, `agora token=${classroom.token}`);
    const refused = [
      { services: [agent], version: "006", header: true },
      { services: [{ type: "apaas", userUuid: "bob" }], header: true },
      { services: [{ type: "chat", app: true }], header: true },
      { services: [{ type: "rtm", userId: "bob" }], header: true },
      { services, header: "yes" },
      { services, header: null },
    ];
    for (const body of refused) {
      const { status, field } = await post("/v1/tokens", body);
      assertEquals([status, field], [400, "header"], JSON.stringify(body));
    }
    const { detail } = await post("/v1/tokens", { services: [{ type: "rtm", userId: "bob" }], header: true });
    assertStringIncludes(detail, "the REST API of RTM takes Basic credentials");
    const { field } = await post("/v1/tokens", [{ services }, { services: [agent], version: "006", header: true }]);
    assertEquals(field, "[1].header");
  } finally {
    await listener.shutdown();
  }
});

Deno.test("POST /v1/tokens refuses with problem JSON that names the field", async () => {
  const service = { type: "rtc", channelName: "lobby", uid: 1, role: "publisher" };
  const refused: [unknown, string][] = [
    [{}, "services"],
    [{ services: [] }, "services"],
    [{ services: [{ ...service, uid: -1 }] }, "services[0].uid"],
    [{ services: [service, { ...service, role: "host" }] }, "services[1].role"],
    [{ services: [{ ...service, channelName: "c".repeat(64) }] }, "services[0].channelName"],
    [{ services: [service], expire: 86401 }, "expire"],
    [{ services: [service], expire: 0 }, "expire"],
    [{ services: [service], expire: 1700000000 }, "expire"],
    [{ services: [service], expires: 60 }, "expires"],
    [{ services: [service], version: "005" }, "version"],
    [{ services: [service, service], version: "006" }, "services"],
    [{ services: [{ ...service, channelName: "class-*" }], version: "006" }, "services[0].channelName"],
    [{ services: [{ ...service, uid: undefined, account: "*" }], version: "006" }, "services[0].account"],
    [{ services: [{ type: "rtm", userId: "*" }] }, "services[0].userId"],
    [{ services: [service], appId: "11111111111111111111111111111111" }, "appId"],
    [[], "body"],
    [[{ services: [service] }, { services: [{ ...service, uid: "x" }] }], "[1].services[0].uid"],
    [5, "body"],
  ];
  for (const [json, field] of refused) {
    const { status, headers, json: problem } = await ask(server, "/v1/tokens", { json });
    assertEquals(
      [status, problem.field, headers.get("content-type")],
      [400, field, "application/problem+json"],
      JSON.stringify(json),
    );
    assertEquals([problem.title, problem.status, typeof problem.code, typeof problem.detail], [
      "Bad Request",
      400,
      "string",
      "string",
    ]);
  }
});

Deno.test("POST /v1/tokens chooses a project by its App ID, and POST /v1/tokens/inspect verifies with both certificates", async () => {
  const other = {
    appId: "11111111111111111111111111111111",
    appCertificate: "22222222222222222222222222222222",
    secondCertificate: CERTIFICATE,
  };
  const two = serverOf({ projects: [PROJECT, other] });
  const services = [{ type: "rtm", userId: "bob" }];
  const { json: { token, appId } } = await ask(two, "/v1/tokens", { json: { services, appId: other.appId } });
  assertEquals(appId, other.appId);
  assertEquals((await verifyToken(token, { certificates: other.appCertificate })).ok, true);
  const inspected = await ask(two, "/v1/tokens/inspect", { json: { token } });
  assertEquals([inspected.json.signature, inspected.json.verdict], ["valid", "works"]);
  const rotated = await RtmTokenBuilder2.buildToken(other.appId, CERTIFICATE, "bob", 60);
  const { json } = await ask(two, "/v1/tokens/inspect", { json: { token: rotated } });
  assertEquals([json.ok, json.findings[0].code], [true, "other-certificate"]);
});

Deno.test("POST /v1/tokens/inspect reads, verifies and diagnoses any text", async () => {
  const { json: { rtcToken } } = await ask(server, "/rtc/lobby/publisher/uid/7");
  const inspect = async (body: unknown) => (await ask(server, "/v1/tokens/inspect", { json: body })).json;
  const good = await inspect({ token: rtcToken, appId: APP_ID, channelName: "lobby", uid: 7, intent: "host" });
  assertEquals([good.version, good.signature, good.ok, good.verdict, good.findings], ["007", "valid", true, "works", []]);
  assertEquals(good.token.services[0].privileges, { 1: 3600, 2: 3600, 3: 3600, 4: 3600 });
  const wrong = await inspect({ token: rtcToken, channelName: "stage", appCertificate: "11111111111111111111111111111111" });
  assertEquals([wrong.signature, wrong.ok, wrong.verdict], ["invalid", false, "fails"]);
  const damaged = await inspect({ token: rtcToken.slice(0, -8) });
  assertEquals([damaged.version, damaged.signature, damaged.verdict], ["007", "uncheckable", "fails"]);
  const text = await inspect({ token: "Bad request." });
  assertEquals([text.verdict, text.findings[0].code, "token" in text], ["fails", "text-is-error-message", false]);
  for (const body of [{}, { token: 5 }, { token: "x", intent: "fly" }, { token: "x", extra: 1 }]) {
    assertEquals((await ask(server, "/v1/tokens/inspect", { json: body })).status, 400);
  }
});

Deno.test("POST /v1/tokens/inspect explains a message, and names what SDKs say of a finding", async () => {
  const inspect = async (body: unknown) => (await ask(server, "/v1/tokens/inspect", { json: body })).json;
  const { findings: [message] } = await inspect({ token: "Get server node failed [NO_AUTHORIZED]" });
  assertEquals([message.code, message.messages], ["text-is-sdk-message", ["rtc-web3-2010009"]]);
  const { json: { rtcToken } } = await ask(server, "/rtc/lobby/publisher/uid/7");
  const { findings: [other] } = await inspect({ token: rtcToken, channelName: "stage", intent: "recording" });
  assertEquals(other.code, "channel-mismatch");
  assert(other.messages.length > 0 && other.messages.every((id: string) => id.startsWith("rec-")));
});

Deno.test("POST /v1/tokens follows the rules of all contracts: no missing user as a name, and each service once", async () => {
  const refused: [Record<string, unknown>[], string][] = [
    [[{ type: "rtc", channelName: "c", account: "undefined", role: "publisher" }], "services[0].uid"],
    [[{ type: "rtm", userId: "undefined" }], "services[0].userId"],
    [[{ type: "rtm", userId: "0" }], "services[0].userId"],
    [[{ type: "fpa" }, { type: "chat", userId: "null" }], "services[1].userId"],
    [[{ type: "apaas", userUuid: "NaN" }], "services[0].userUuid"],
    [[{ type: "chat", userId: "u" }, { type: "chat", userId: "v" }], "services"],
    [[{ type: "chat", userId: "u" }, { type: "chat", app: true }], "services"],
  ];
  for (const [services, field] of refused) {
    const { status, json } = await ask(server, "/v1/tokens", { json: { services } });
    assertEquals([status, json.field], [400, field]);
  }
});

Deno.test("POST /v1/tokens/inspect shows the first token of a text, and says what stands around it", async () => {
  const token = await packed();
  const inspect = async (token: string) => (await ask(server, "/v1/tokens/inspect", { json: { token } }));
  const text = `Token with int uid: ${token}\nToken for alice: ${token}`;
  const { json } = await inspect(text);
  assertEquals(json.token, (await inspect(token)).json.token);
  const [wrapped] = json.findings.filter(({ code }: { code: string }) => code === "text-wrapped");
  const { start, end, others } = wrapped.params;
  assertEquals([json.version, json.verdict, text.slice(start, end), others.length], ["007", "fails", token, 1]);
  const none = await inspect("x".repeat(8192));
  assertEquals([none.status, none.json.verdict], [200, "fails"]);
  const long = await inspect("x".repeat(8193));
  assertEquals([long.status, long.json.field], [400, "token"]);
});

Deno.test("POST /v1/tokens/inspect names the fields of the request, and verifies with the token's own project only", async () => {
  for (
    const [json, field] of [
      [{ token: "x", appCertificate: [5] }, "appCertificate[0]"],
      [
        { token: "x", appCertificate: Array(11).fill(CERTIFICATE) },
        "appCertificate",
      ],
      [{ Token: "x" }, "Token"],
      [
        {},
        "token",
      ],
    ] as const
  ) {
    const answer = await ask(server, "/v1/tokens/inspect", { json });
    assertEquals([answer.status, answer.json.field], [400, field]);
  }
  const other = { appId: "11111111111111111111111111111111", appCertificate: "22222222222222222222222222222222" };
  const token = await RtmTokenBuilder2.buildToken(other.appId, CERTIFICATE, "bob", 60); // signed with another project's certificate
  const { json } = await ask(serverOf({ projects: [PROJECT, other] }), "/v1/tokens/inspect", { json: { token } });
  assertEquals([json.signature, json.ok], ["invalid", false]);
});

Deno.test("POST /v1/tokens refuses a list if one entry is refused, and says which", async () => {
  const services = [{ type: "rtm", userId: "bob" }];
  const closed = serverOf();
  const second = async (entry: unknown) => {
    const { status, json } = await ask(closed, "/v1/tokens", { json: [{ services }, entry] });
    return [status, json.code, json.field];
  };
  assertEquals(await second({ services: [{ type: "chat", app: true }] }), [403, "forbidden", "[1].services"]);
  assertEquals(await second(5), [400, "invalid-type", "[1]"]);
  assertEquals(await second({ services: [{ type: "rtm", userId: "" }] }), [400, "invalid-value", "[1].services[0].userId"]);
});

Deno.test("POST /v1/tokens refuses values that are nested too deeply", async () => {
  const bodies = ['"privileges":DEEP', '"channelName":DEEP', '"privileges":{"joinChannel":DEEP}'].map((field) =>
    `{"services":[{"type":"rtc","channelName":"c","uid":1,${field}}]}`
  );
  const permissions = '{"services":[{"type":"rtm2","userId":"bob","permissions":DEEP}]}';
  const lists = "[".repeat(20_000) + "]".repeat(20_000);
  const objects = `${'{"1":'.repeat(10_000)}0${"}".repeat(10_000)}`;
  for (
    const body of [...bodies, permissions, '{"services":DEEP}', "DEEP"].flatMap((body) =>
      [lists, objects].map((deep) => body.replace("DEEP", deep))
    )
  ) {
    const { status, text } = await ask(server, "/v1/tokens", { method: "POST", body });
    assertEquals([status, text.length < 1000], [400, true], text.slice(0, 200));
  }
});

Deno.test("POST /v1/tokens lets a privilege without a lifetime of its own be valid as long as the token, in 006 too", async () => {
  const services = [{ type: "rtc", channelName: "c", uid: 7, role: "subscriber", privilegeExpire: 0 }];
  const { json } = await ask(server, "/v1/tokens", { json: { services, version: "006" } });
  const token = await parseToken(json.token);
  assert(token.version === "006");
  assertEquals([token.privileges.joinChannel, json.expiresAt - json.issueTs], [json.expiresAt, 3600]);
  const several = [{ type: "rtc", channelName: "c", uid: 7, role: "subscriber" }, { type: "rtm", userId: "bob" }];
  assertEquals((await ask(server, "/v1/tokens", { json: { services: several, version: "006" } })).json.field, "services");
});

Deno.test("POST /v1/tokens/inspect limits the size of its answer, whatever the token contains", async () => {
  const inspect = async (count: number, isLong = false) => {
    // Names that are too long, each by another number of bytes, or nothing special.
    const services = Array.from(
      { length: count },
      (_, index) =>
        isLong
          ? { type: "rtm", userId: "x".repeat(65 + index), privileges: {} } as const
          : { type: "fpa", privileges: { login: 100_000 } } as const,
    );
    const token = await packed({ issueTs: 1, expire: 1, services });
    return await ask(server, "/v1/tokens/inspect", { json: { token } });
  };
  const many = await inspect(110, true);
  assertEquals([many.status, many.json.signature, many.json.findings.length], [200, "valid", 100]);
  assert(many.json.moreFindings > 0 && many.text.length < 300_000, `${many.text.length}`);
  const larger = await inspect(20_000);
  assertEquals([larger.status, larger.json.verdict, "token" in larger.json], [200, "fails", false]);
});

Deno.test("GET /openapi.json describes every route of the table", async () => {
  const { json } = await ask(server, "/openapi.json");
  assertEquals(json.openapi, "3.1.0");
  const described = Object.values(json.paths).flatMap((path) => Object.values(path as Record<string, { operationId: string }>));
  assertEquals(described.map(({ operationId }) => operationId), CONTRACTS.map(({ operationId }) => operationId));
});

Deno.test("GET /openapi.json makes its text once, whoever asks", async () => {
  const { text } = await ask(server, "/openapi.json");
  const route = CONTRACTS.find(({ operationId }) => operationId === "openapi") as { answer: PublicRoute["answer"] };
  const { answer } = route;
  try {
    route.answer = () => ({});
    assertEquals((await ask(serverOf(), "/openapi.json")).text, text);
  } finally {
    route.answer = answer;
  }
});

Deno.test("GET /openapi.json names the guide or project of each contract in plain words", async () => {
  const { text, json } = await ask(server, "/openapi.json");
  assertEquals(json.paths["/rtm/{uid}"].get.summary, "RTM");
  assertStringIncludes(json.paths["/fetch_rtc_token"].post.description, "Agora's guide “Deploy a token server” (Go)");
  assert(!/\bseed\b/i.test(text + await Deno.readTextFile(`${ROOT}docs/server-contracts.md`)));
});

Deno.test("GET /openapi.json says what a route requires, and has the answer to its example", async () => {
  const { json: { paths } } = await ask(server, "/openapi.json");
  for (const contract of CONTRACTS) {
    const path = contract.path.replaceAll(/:(\w+)/g, "{$1}");
    const { parameters, requestBody, responses } = paths[path][contract.method.toLowerCase()];
    const needed = parameters.filter((parameter: { required: boolean }) => parameter.required)
      .map(({ name }: { name: string }) => name);
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assertEquals(needed, [...parts, ...contract.method === "GET" ? contract.required ?? [] : []]);
    assertEquals(requestBody?.required, contract.method === "POST" ? true : undefined);
    const [target, init] = requestOf(contract);
    const { headers, text, json } = await ask(server, target, init);
    const [type] = headers.get("content-type")!.split(";");
    const types = contract.operationId === "api-agora-token" ? ["application/json", type] : [type];
    assertEquals(Object.keys(responses["200"].content), types);
    assert("application/problem+json" in responses["4XX"].content);
    if ("exampleAnswer" in contract) {
      const answer = contract.exampleAnswer as Record<string, unknown>;
      assertEquals(Object.keys(json), Object.keys(answer));
      if (contract.operationId === "inspect") assertObjectMatch(json, answer);
    }
    const { example } = responses["200"].content[type!];
    const short = text.trim().replaceAll(/007[A-Za-z0-9+/=]{40,}/g, "007…")
      .replaceAll(APP_ID, "…").replace(/(?<="agent_uid":")\d{8}/, "…");
    if ("requests" in contract) assertEquals(example, type === "application/json" ? JSON.parse(short) : short);
  }
  const { schema } = paths["/v1/tokens"].post.requestBody.content["application/json"];
  assertEquals(Object.keys(schema.oneOf[0].properties), ["services", "expire", "version", "appId", "header"]);
  assertEquals([schema.oneOf[0].required, schema.oneOf[1].type, schema.oneOf[1].maxItems], [["services"], "array", 100]);
});

Deno.test("POST /v1/tokens/inspect never contradicts itself, also of a 006 for uid 0 that is joined as another uid", async () => {
  const server = serverOf();
  const old = { appId: APP_ID, channelName: "c", salt: 1, ts: 4_000_000_000, privileges: { joinChannel: 4_000_000_000 } };
  const tokens = await Promise.all([
    packToken({ version: "006", uid: "", ...old }, CERTIFICATE),
    packToken({ version: "006", uid: "8", ...old }, CERTIFICATE),
    packed({ issueTs: Math.floor(Date.now() / 1000) }),
    Promise.resolve("007 is no token"),
  ]);
  const answers: unknown[] = [];
  for (const token of tokens) {
    for (const uid of [0, 7, 1001]) {
      for (const channelName of ["c", "lobby"]) {
        const body = { token, channelName, uid };
        const { signature, ok, verdict, findings } = (await ask(server, "/v1/tokens/inspect", { json: body })).json;
        assertEquals(ok, verdict === "works", JSON.stringify(body));
        if (ok) assertEquals(signature, "valid");
        assertEquals(findings.some(({ severity }: { severity: string }) => severity === "error"), verdict === "fails");
        if (uid === 7 && channelName === "c") answers.push([signature, ok, verdict]);
      }
    }
  }
  assertEquals(answers.slice(0, 2), [["valid", true, "works"], ["uncheckable", false, "fails"]]);
});

Deno.test("POST /v1/tokens takes 1000 names in the permissions of RTM2 at most", async () => {
  for (const [count, status] of [[1000, 200], [1001, 400]] as const) {
    const names = Array.from({ length: count }, (_, index) => `${index}`);
    const permissions = { messageChannels: { read: names.slice(0, 600) }, users: { write: names.slice(600) } };
    const json = { services: [{ type: "rtm2", userId: "bob", permissions }] };
    const answer = await ask(serverOf(), "/v1/tokens", { json });
    assertEquals([answer.status, answer.json.field], [status, status === 200 ? undefined : "services[0].permissions"]);
  }
});

Deno.test("POST /v1/tokens/inspect answers tokens that are made for it with 96 KiB at most", async () => {
  const anyone = { type: "rtc", channelName: "", uid: "", privileges: {} } as const;
  const cases: [Service[], omitted?: string[]][] = [
    [[{ ...anyone, channelName: "\0".repeat(16_000) }]],
    [Array<Service>(1000).fill(anyone), ["token"]],
    [
      [{ ...anyone, privileges: Object.fromEntries(Array.from({ length: 2600 }, (_, index) => [index, 60])) }],
    ],
    [[{ type: "rtm2", userId: "a", privileges: {}, permissions: { users: { read: Array(4000).fill("\0") } } }], ["token"]],
  ];
  for (const [services, omitted] of cases) {
    const token = await packed({ services });
    const { status, text, json } = await ask(serverOf(), "/v1/tokens/inspect", { json: { token, channelName: "x" } });
    assertEquals([status, json.signature], [200, "valid"]);
    assert(text.length < 98_304 + 1000, `${text.length}`);
    assertEquals([json.omitted, json.token === undefined], [omitted, omitted !== undefined]);
  }
});
