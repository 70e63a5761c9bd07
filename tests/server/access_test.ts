import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Access, loadAccess } from "../../src/server/mod.ts";
import type { Service } from "../../src/formats/access_token2/types.ts";
import type { LogEntry } from "../../src/server/http/log.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { parseToken, viewToken } from "../../mod.ts";
import { accessOf, ALL, apiKey, BY_PEM, entryOf, jwtOf, PAIR, PEM, STRANGER } from "../access/harness.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { type Answer, ask, PROJECT, requestOf, serverOf, tokenOf } from "./harness.ts";

// Every row of the contracts that makes tokens, and our own route, is held to the same refusals.

const OTHER = { appId: "2".repeat(32), appCertificate: CERTIFICATE };
const MAKERS = CONTRACTS.filter((contract) => "requests" in contract || contract.operationId === "tokens");

/** Keys that may have everything that the examples request, except one thing. */
const ENTRIES: Record<string, Record<string, unknown>> = {
  all: { appLevel: true },
  path: { path: true },
  open: { channels: ["*"], users: ["*"], wildcards: true, path: true },
  everyName: { channels: ["*"], users: ["*"], appLevel: true },
  wildOnly: { channels: ["lobby"], users: ["1001"], wildcards: true },
  otherProject: { appIds: [OTHER.appId], appLevel: true },
  otherService: { services: ["convoai"], appLevel: true },
  otherChannel: { channels: ["lobb", "lobby2", "tes?"], appLevel: true },
  otherUser: { users: ["100", "10012", "bo", "B*"], appLevel: true },
  subscriber: { roles: ["subscriber"], appLevel: true },
  short: { maxExpire: 599, appLevel: true },
  noApp: {},
};

const access: Access = await accessOf({
  keys: await Promise.all(Object.entries(ENTRIES).map(([name, more]) => entryOf(name, more))),
  jwt: { ...BY_PEM, services: ALL.services },
});
const entries: LogEntry[] = [];
const server = serverOf({ projects: [PROJECT, OTHER], access, rateLimit: 0, log: (entry) => entries.push(entry) });

type Init = RequestInit & { json?: unknown };

/** Sends a request as a caller, from a page. */
async function as(bearer: string | undefined, [target, init]: [string, Init], prefix = ""): Promise<Answer> {
  const headers = { origin: "http://localhost:3000", ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) };
  return await ask(server, prefix + target, { ...init, headers });
}

/** The tokens in an answer. */
function tokensIn({ text }: Answer): string[] {
  return [...text.matchAll(/00[67][A-Za-z0-9+/=]{40,}/g)].map(([token]) => token);
}

const forged: Record<string, string> = {
  "a wrong key": apiKey("nobody's"),
  "an expired JWT": await jwtOf({ exp: Math.floor(Date.now() / 1000) - 1 }),
  "a JWT for others": await jwtOf({ aud: "others" }),
  "a JWT of another issuer": await jwtOf({ iss: "https://evil.example" }),
  "a JWT of a stranger's key": await jwtOf({}, STRANGER.privateKey),
  "a JWT with alg none": (await jwtOf()).replace(/^[^.]+/, btoa('{"alg":"none"}').replaceAll("=", "")).replace(/[^.]*$/, ""),
  "a JWT signed with the public key as secret": await jwtOf({}, new TextEncoder().encode(PEM), { alg: "HS256" }),
};

for (const contract of MAKERS) {
  const example = requestOf(contract);
  const baseline = await as(apiKey("all"), example);
  const services: Service[] = (await Promise.all(tokensIn(baseline).map(tokenOf))).flatMap(({ services }) => services);
  const has = (...names: string[]) =>
    services.some((service) =>
      names.some((name) => name in service && (service as unknown as Record<string, unknown>)[name] !== "")
    );
  const can = (privilege: RegExp) =>
    services.some(({ privileges }) => Object.keys(privileges).some((name) => privilege.test(name)));

  const assertRefused = (answer: Answer, status: number, reason?: string) => {
    const { headers, text, json } = answer;
    assertEquals([answer.status, tokensIn(answer).length], [status, 0], text);
    assertEquals(headers.get("www-authenticate"), status === 401 ? "Bearer" : null);
    assertEquals(headers.get("access-control-allow-origin"), "http://localhost:3000");
    const entry = entries.at(-1)!;
    assertEquals([entry.route, entry.status, entry.code, entry.reason], [
      contract.operationId,
      status,
      status === 401 ? "unauthorized" : "forbidden",
      reason,
    ]);
    for (const name of ["token", "rtcToken", "rtmToken", "chatToken", "key"]) assert(json?.[name] === undefined, text);
    return text;
  };

  Deno.test(`${contract.operationId} gives a known caller what is granted, and refuses everyone else alike`, async () => {
    assertEquals(baseline.status, 200, baseline.text);
    assert(services.length > 0);
    const texts = new Set([assertRefused(await as(undefined, example), 401)]);
    for (const bearer of Object.values(forged)) texts.add(assertRefused(await as(bearer, example), 401));
    for (
      const wrong of ["", "Bearer", "Basic", `Basic ${btoa(`x:${apiKey("all")}`)}`, apiKey("all"), `Bearer ${apiKey("all")} x`]
    ) {
      const [target, init] = example;
      const headers = { origin: "http://localhost:3000", authorization: wrong };
      texts.add(assertRefused(await ask(server, target, { ...init, headers }), 401));
    }
    for (const inPath of [apiKey("nobody's"), apiKey("all"), await jwtOf({ sub: "1001" })]) {
      texts.add(assertRefused(await as(apiKey("all"), example, `/k/${inPath}`), 401)); // what is in the path alone counts
    }
    assertEquals(texts.size, 1);
    assertStringIncludes([...texts][0]!, "Authentication required");
  });

  Deno.test(`${contract.operationId} refuses what is beyond a grant, without saying why`, async () => {
    const narrower: [key: string, reason: string, applies: boolean][] = [
      ["otherProject", "appIds", true],
      ["otherService", "services", true],
      ["otherChannel", "channels", has("channelName", "roomUuid")],
      ["otherUser", "users", has("uid", "userId", "account", "userUuid")],
      ["subscriber", "roles", can(/^publish/)],
      ["noApp", "appLevel", can(/^app$/)],
      ["short", "maxExpire", /600/.test(JSON.stringify(example))],
    ];
    const texts = new Set<string>();
    for (const [key, reason, applies] of narrower) {
      const answer = await as(apiKey(key), example);
      if (applies) texts.add(assertRefused(answer, 403, reason));
      else assertEquals(answer.status, 200, `${key}: ${answer.text}`);
    }
    assertEquals(texts.size, 1);
  });

  Deno.test(`${contract.operationId} cuts the default lifetime to the grant when the request names none`, async () => {
    const [target, init] = requestOf(contract, { expire: undefined, expireSeconds: undefined, tokenExpireTs: undefined });
    const answer = await as(apiKey("short"), [target.replace(/\?expiry=600/, ""), init]);
    assertEquals(answer.status, 200, answer.text);
    for (const token of tokensIn(answer)) {
      const { expire, services } = await tokenOf(token);
      assertEquals(expire, 599);
      for (const { privileges } of services) assert(Object.values(privileges).every((seconds) => seconds === 599));
    }
  });

  Deno.test(`${contract.operationId} gives users their own tokens by JWT, and nobody else's`, async () => {
    const names = new Set(
      services.flatMap((service) => "uid" in service ? [service.uid] : "userId" in service ? [service.userId] : []),
    );
    if (names.size === 1 && !names.has("")) {
      const answer = await as(await jwtOf({ sub: [...names][0] }), example);
      assertEquals(answer.status, 200, answer.text);
    }
    if (names.has("")) assertRefused(await as(await jwtOf({ sub: "ann" }), example), 403, "appLevel");
    else assertRefused(await as(await jwtOf({ sub: "ann" }), example), 403, "users");
  });

  Deno.test(`${contract.operationId} makes no pattern of a name, encoded or not, for a caller who may have every name`, async () => {
    const json = JSON.stringify(example[1].json ?? null);
    const named = ["lobby", "test", "1001", "1234", "bob", "carol"].filter((name) => (example[0] + json).includes(name));
    for (const name of named) {
      for (const star of ["*", `${name}*`, "%2A", "%2a", "%252A", "%25252A", "\\u002a"]) {
        const target = example[0].replace(name, star);
        const body = JSON.parse(json.replaceAll(new RegExp(`"?${name}"?`, "g"), `"${star}"`));
        for (
          const caller of [apiKey("everyName"), apiKey("all"), await jwtOf({ sub: "bob" })]
        ) {
          const answer = await as(caller, [target, example[1].json === undefined ? {} : { json: body }]);
          assert([200, 400, 403].includes(answer.status), `${answer.status} ${target}`);
          for (const token of tokensIn(answer)) {
            for (const right of viewToken(await parseToken(token)).rights) {
              for (const name of [right.channel, right.user]) {
                assert(name === undefined || name.kind === "text" && !name.value.includes("*"), `${target} ${star}`);
              }
            }
          }
        }
      }
    }
    assertEquals(named.length === 0, contract.operationId === "chat-app");
  });

  Deno.test(`${contract.operationId} serves a key in the path, in every form of a path`, async () => {
    if (can(/^app$/)) {
      assertRefused(await as(undefined, example, `/k/${apiKey("path")}`), 403, "appLevel");
      return;
    }
    for (const prefix of [`/k/${apiKey("path")}`, `/k/${apiKey("path")}/`, `//k//${apiKey("path")}`]) {
      assertEquals((await as(undefined, example, prefix)).status, 200);
    }
  });
}

/** Requests for tokens that any user, or any channel, may use. */
const WILD: [string, Init][] = [
  ["/fetch_rtc_token", { json: { uid: 0, channelName: "test" } }],
  ["/fetch_rtc_token", { json: { uid: 1234, channelName: "" } }],
  ["/fetch_rtc_token", { json: {} }],
  ["/api/agora/token?channelName=lobby", {}],
  ["/api/agora/token?channelName=&uid=1001", {}],
  ["/rtc/lobby/publisher/uid/0", {}],
  ["/rte/lobby/publisher/uid/0/bob", {}],
  ["/getToken", { json: { tokenType: "rtc", channel: "lobby", uid: "0" } }],
  ["/token/getNew", { json: { tokenType: "rtc", channel: "lobby", uid: 0 } }],
  ["/access_token?channel=lobby", {}],
  ["/rtcToken?channelName=lobby", {}],
  ["/token/generate", { json: { serviceRtc: { enable: true }, channelName: "lobby" } }],
  ["/v1/token?channel_name=lobby&uid=0", {}],
  ["/api/generate-agora-token?channel=lobby&uid=0", {}],
  ["/token?channel=lobby&uid=0", {}],
  ["/v1/tokens/rtc", { json: { channelName: "lobby", uid: 0 } }],
  ["/v1/tokens/rtc", { json: { channelName: "", uid: 1001 } }],
  ["/v1/tokens", { json: { services: [{ type: "rtc", channelName: "lobby", uid: 0, role: "subscriber" }] } }],
  ["/v1/tokens", { json: [{ services: [{ type: "rtc", channelName: "", uid: 1001, role: "subscriber" }] }] }],
  ["/v1/tokens", { json: { services: [{ type: "rtc", channelName: "*", uid: 1001, role: "subscriber" }] } }],
  ["/v1/tokens", { json: { services: [{ type: "rtc", channelName: "lobby", account: "1*", role: "subscriber" }] } }],
];

Deno.test("no route makes a token for any user or any channel unless the grant allows wildcards", async () => {
  for (const request of WILD) {
    for (const key of ["all", "everyName"]) {
      assertEquals([(await as(apiKey(key), request)).status, entries.at(-1)!.reason], [403, "wildcards"], request[0]);
    }
    assertEquals((await as(apiKey("wildOnly"), request)).status, 403, request[0]); // it has no *
    assertEquals((await as(apiKey("open"), request)).status, 200, request[0]);
    assertEquals((await as(await jwtOf({ sub: "1001" }), request)).status, 403, request[0]);
  }
  const without = MAKERS.filter(({ path }) => !WILD.some(([target]) => target.split("/")[1]!.startsWith(path.split("/")[1]!)));
  // RTM, Chat and app tokens name a user, or nobody; get-config names a user in any case.
  assertEquals(without.map(({ operationId }) => operationId), [
    "fetch-rtm-token",
    "rtm",
    "chat-app",
    "chat-account",
    "rtm-token",
    "get-config",
  ]);
});

Deno.test("POST /v1/tokens checks every entry of a list, the project and 006 against the grant", async () => {
  const service = { type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" };
  const statusOf = async (json: unknown, key = "all") => (await as(apiKey(key), ["/v1/tokens", { json }])).status;
  assertEquals(await statusOf([{ services: [service] }, { services: [{ ...service, uid: 7 }] }]), 403);
  assertEquals(await statusOf({ services: [service, { type: "rtm", userId: "eve" }] }), 403);
  assertEquals(await statusOf({ services: [service], version: "006" }, "otherChannel"), 403);
  assertEquals([await statusOf({ services: [service], version: "006" }), entries.at(-1)!.reason], [403, "users"]);
  assertEquals(await statusOf({ services: [service], version: "006" }, "open"), 200);
  assertEquals(await statusOf({ services: [{ ...service, privilegeExpire: 600 }], expire: 60 }, "short"), 403);
  assertEquals(await statusOf({ services: [service], expire: 600 }, "short"), 403);
  assertEquals(await statusOf({ services: [service], expire: 599 }, "short"), 200);
  assertEquals(await statusOf({ services: [service], expire: null }), 400);
  assertEquals(await statusOf({ services: [service], appId: OTHER.appId }, "otherProject"), 200);
  assertEquals(entries.at(-1)!.appId, OTHER.appId);
  assertEquals(await statusOf({ services: [service], appId: PROJECT.appId }, "otherProject"), 403);
  const permissions = { users: { read: ["*"] } };
  assertEquals(await statusOf({ services: [{ type: "rtm2", userId: "bob", permissions }] }), 403);
  assertEquals(await statusOf({ services: [{ type: "apaas", roomUuid: "lobby", userUuid: "bob", role: 1 }] }), 403);
  // A request is checked before its body is read.
  const request = new Request("http://127.0.0.1/v1/tokens", { method: "POST", body: new ReadableStream() });
  assertEquals((await server(request)).status, 401);
});

Deno.test("a caller with a grant for some projects learns nothing about the others", async () => {
  const bad = { services: [], expire: "x" };
  for (const appId of [PROJECT.appId, "3".repeat(32), "x"]) {
    for (const request of [["/v1/tokens", { json: { ...bad, appId } }], [`/rtm/bob?expiry=x&appId=${appId}`, {}]] as const) {
      assertEquals((await as(apiKey("otherProject"), [...request])).status, 403, appId);
      assertEquals([entries.at(-1)!.reason, entries.at(-1)!.appId], ["appIds", appId === PROJECT.appId ? appId : undefined]);
    }
    assertEquals((await as(apiKey("all"), ["/v1/tokens", { json: { ...bad, appId } }])).status, 400);
  }
});

Deno.test("POST /v1/tokens/inspect answers callers, and verifies with the certificates of their projects", async () => {
  const { json: { token } } = await as(
    apiKey("all"),
    requestOf(CONTRACTS.find(({ operationId }) => operationId === "tokens")!),
  );
  const inspect = async (key?: string) => await as(key && apiKey(key), ["/v1/tokens/inspect", { json: { token } }]);
  assertEquals((await inspect()).status, 401);
  assertEquals((await inspect("all")).json.signature, "valid");
  assertEquals((await inspect("otherProject")).json.signature, "uncheckable");
});

Deno.test("POST /v1/tokens/inspect answers keys, and neither keys that stand in paths nor users unless the file says so", async () => {
  const access = await accessOf({
    keys: await Promise.all(
      ([["key", {}], ["closed", { inspect: false }], ["inPath", { path: true }], ["open", {
        path: true,
        inspect: true,
      }]] as const)
        .map(([name, more]) => entryOf(name, more)),
    ),
    jwt: { ...BY_PEM, services: ALL.services, grantClaim: "grant" },
  });
  const log: LogEntry[] = [];
  const listener = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    serverOf({ access, log: (one) => log.push(one) }),
  );
  const inspect = async (bearer: string, prefix = "") => {
    const url = `http://127.0.0.1:${listener.addr.port}${prefix}/v1/tokens/inspect`;
    const headers: Record<string, string> = prefix === "" ? { authorization: `Bearer ${bearer}` } : {};
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ token: "007eJx" }) });
    return { status: response.status, json: await response.json() };
  };
  try {
    const answers: [bearer: string, isAllowed: boolean, prefix?: string][] = [
      [apiKey("key"), true],
      [apiKey("closed"), false],
      [apiKey("inPath"), false],
      ["", false, `/k/${apiKey("inPath")}`],
      [apiKey("open"), true],
      ["", true, `/k/${apiKey("open")}`],
      [await jwtOf(), false],
      [await jwtOf({ grant: { inspect: true } }), true],
    ];
    for (const [bearer, isAllowed, prefix] of answers) {
      const { status, json } = await inspect(bearer, prefix);
      if (isAllowed) {
        assertEquals([status, json.verdict], [200, "fails"]);
      } else {
        assertEquals([status, json.code, "verdict" in json], [403, "forbidden", false]);
        assertEquals(log.at(-1)!.reason, "inspect");
      }
    }
    // A claim that is no grant makes a JWT none.
    assertEquals((await inspect(await jwtOf({ grant: { inspect: 1 } }))).status, 401);
    const users = await loadAccess({ jwt: { ...BY_PEM, inspect: true } });
    assert((await users.authenticate(await jwtOf(), undefined))!.grant.inspect);
  } finally {
    await listener.shutdown();
  }
});

Deno.test("the routes without secrets answer everyone, with and without a key in the path", async () => {
  for (const target of ["/ping", "/healthz", "/openapi.json", `/k/${apiKey("nobody's")}/ping`]) {
    for (const bearer of [undefined, "wrong"]) assertEquals((await as(bearer, [target, {}])).status, 200);
  }
  assertEquals(CONTRACTS.filter((contract) => "public" in contract).map(({ operationId }) => operationId), [
    "ping",
    "healthz",
    "openapi",
  ]);
  const { json } = await as(undefined, ["/openapi.json", {}]);
  assertEquals([json.paths["/ping"].get.security, json.paths["/rtm/{uid}"].get.security], [[], undefined]);
  for (const { method, path } of MAKERS) {
    const operation = json.paths[path.replaceAll(/:(\w+)/g, "{$1}")][method.toLowerCase()];
    for (const status of ["401", "403", "429"]) assert(operation.responses["4XX"].description.includes(status));
  }
});

Deno.test("a server that cannot reach the issuer's keys says so, and makes no token", async () => {
  const jwt = { ...BY_PEM, publicKey: undefined, jwksUrl: "http://127.0.0.1:1/keys" };
  const remote = serverOf({ access: await accessOf({ jwt }), rateLimit: 0 });
  const headers = { authorization: `Bearer ${await jwtOf({}, PAIR.privateKey)}` };
  const answer = await ask(remote, "/rtm/ann", { headers });
  assertEquals([answer.status, Object.keys(answer.json)], [503, ["message", "status"]]);
});
