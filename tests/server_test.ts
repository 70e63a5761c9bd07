import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { verifyToken } from "../mod.ts";
import { CONTRACTS, createTokenServer, loadConfig, type ServerConfig } from "../src/server/mod.ts";
import { ROOT } from "./helpers.ts";
import { APP_ID, CERTIFICATE, parse007 } from "./portable/case.ts";

const server = createTokenServer({ credentials: { appId: APP_ID, appCertificate: CERTIFICATE } });

async function get(path: string, init: RequestInit = {}) {
  const response = await server(new Request(`http://127.0.0.1${path}`, init));
  // deno-lint-ignore no-explicit-any -- a body of any shape
  return { status: response.status, headers: response.headers, body: await response.json() as any };
}

const post = (body: unknown) =>
  get("/v1/tokens", { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });

async function servicesOf(token: string) {
  const { ok, findings } = await verifyToken(token, { certificates: CERTIFICATE });
  assert(ok, JSON.stringify(findings));
  const { expire, services } = await parse007(token);
  return { expire, services };
}

const publisher = (expire: number) => ({
  joinChannel: expire,
  publishAudioStream: expire,
  publishVideoStream: expire,
  publishDataStream: expire,
});

Deno.test("tokenServer() answers /ping", async () => {
  const { status, body, headers } = await get("/ping");
  assertEquals([status, body, headers.get("content-type")], [200, { message: "pong" }, "application/json"]);
});

Deno.test("tokenServer() makes a token for the services of POST /v1/tokens", async () => {
  const before = Math.floor(Date.now() / 1000);
  const { status, body, headers } = await post({
    services: [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }, { type: "rtm", userId: "bob" }],
    expire: 60,
  });
  assertEquals(status, 200);
  assertEquals(Object.keys(body), ["token", "version", "appId", "issueTs", "expire", "expiresAt"]);
  assertEquals([body.version, body.appId, body.expire, body.expiresAt - body.issueTs], ["007", APP_ID, 60, 60]);
  assert(body.issueTs >= before && body.issueTs <= before + 5);
  assertEquals(await servicesOf(body.token), {
    expire: 60,
    services: [
      { type: "rtc", channelName: "lobby", uid: "1001", privileges: publisher(60) },
      { type: "rtm", userId: "bob", privileges: { login: 60 } },
    ],
  });
  assertEquals(headers.get("cache-control"), "no-store");
  assertEquals((await post({ services: [{ type: "fpa" }] })).body.expire, 3600);
});

Deno.test("tokenServer() refuses bad bodies with problem JSON that names the field", async () => {
  const service = { type: "rtc", channelName: "lobby", uid: 1, role: "publisher" };
  const refused: [unknown, string][] = [
    ["", "body"],
    ["{", "body"],
    ["[]", "body"],
    [{}, "services"],
    [{ services: [] }, "services"],
    [{ services: [{ ...service, uid: -1 }] }, "services[0].uid"],
    [{ services: [service, { ...service, role: "owner" }] }, "services[1].role"],
    [{ services: [{ ...service, channelName: "c".repeat(64) }] }, "services[0].channelName"],
    [{ services: [service], expire: 86401 }, "expire"],
    [{ services: [service], expire: 1700000000 }, "expire"],
    [{ services: [service], expires: 60 }, "expires"],
  ];
  for (const [body, field] of refused) {
    const problem = await post(body);
    assertEquals([problem.status, problem.body.field], [400, field], JSON.stringify(body));
    assertEquals(problem.headers.get("content-type"), "application/problem+json");
    assertEquals([problem.body.status, typeof problem.body.code, typeof problem.body.detail], [400, "string", "string"]);
    assert(!JSON.stringify(problem.body).includes(CERTIFICATE));
  }
  assertEquals((await post("x".repeat(70_000))).status, 413);
});

Deno.test("tokenServer() serves seed 003's route with and without the final slash, doubled slashes included", async () => {
  for (const path of ["/rtc/lobby/publisher/uid/7", "/rtc/lobby/publisher/uid/7/", "//rtc/lobby//publisher/uid/7/"]) {
    const { status, body } = await get(path);
    assertEquals([status, Object.keys(body)], [200, ["rtcToken"]], path);
    assertEquals((await servicesOf(body.rtcToken)).expire, 3600);
  }
});

Deno.test("tokenServer() reads role, user, channel and expiry of seed 003's route", async () => {
  const table: [path: string, channelName: string, uid: string, publishes: boolean, expire: number][] = [
    ["/rtc/lobby/publisher/uid/0/", "lobby", "", true, 3600],
    ["/rtc/lobby/1/uid/7?expiry=60", "lobby", "7", true, 60],
    ["/rtc/lobby/2/uid/4294967295", "lobby", "4294967295", false, 3600],
    ["/rtc/lobby/subscriber/userAccount/0", "lobby", "0", false, 3600],
    ["/rtc/lobby/audience/userAccount/bob%40x.test/?expiry=86400", "lobby", "bob@x.test", false, 86400],
    ["/rtc/a%20b/host/userAccount/1234?expiry=100000", "a b", "1234", true, 86400],
    ["/rtc/lobby/101/uid/7", "lobby", "7", true, 3600],
  ];
  for (const [path, channelName, uid, publishes, expire] of table) {
    const { body } = await get(path);
    const privileges = publishes ? publisher(expire) : { joinChannel: expire };
    assertEquals(await servicesOf(body.rtcToken), { expire, services: [{ type: "rtc", channelName, uid, privileges }] }, path);
  }
});

Deno.test("tokenServer() refuses in the words of seed 003, never in the token's field", async () => {
  for (
    const path of [
      "/rtc/lobby/owner/uid/7",
      "/rtc/lobby/toString/uid/7",
      "/rtc/lobby/publisher/name/7",
      "/rtc/lobby/publisher/uid/seven",
      "/rtc/lobby/publisher/uid/-1",
      "/rtc/lobby/publisher/uid/4294967296",
      "/rtc/lobby/publisher/uid/4294967297",
      "/rtc/lobby/publisher/uid/1?expiry=",
      "/rtc/lobby/publisher/uid/1?expiry=abc",
      "/rtc/lobby/publisher/uid/1?expiry=-1",
      "/rtc/lobby/publisher/uid/1?expiry=1.5",
      "/rtc/lobby/publisher/uid/1?expiry=0",
      "/rtc/lobby/publisher/uid/1?expiry=1795249958",
      "/rtc/%ff/publisher/uid/1",
      `/rtc/${"c".repeat(64)}/publisher/uid/1`,
    ]
  ) {
    const { status, body } = await get(path);
    assertEquals([status, Object.keys(body), body.status], [400, ["message", "status"], 400], path);
    assert(body.message.startsWith("Error Generating RTC token: "));
  }
});

Deno.test("tokenServer() answers 404 for other paths and 405 with Allow for other methods", async () => {
  for (const path of ["/", "/rtc", "/rtc/lobby/publisher/uid", "/rtc/a/b/c/d/e", "/PING"]) {
    assertEquals((await get(path)).status, 404);
  }
  for (const { method, path } of CONTRACTS) {
    const { status, headers } = await get(path.replaceAll(/:\w+/g, "1"), { method: method === "GET" ? "POST" : "GET" });
    assertEquals([status, headers.get("allow")], [405, method]);
  }
});

Deno.test("tokenServer() marks every response in demo mode, and only there", async () => {
  const { credentials } = loadConfig({}, true) as ServerConfig;
  const demo = createTokenServer({ credentials, demo: true });
  for (const path of ["/ping", "/nope", "/rtc/lobby/publisher/uid/1"]) {
    assertStringIncludes((await demo(new Request(`http://h${path}`))).headers.get("agoratoken-mode")!, "demo");
    assertEquals((await get(path)).headers.get("agoratoken-mode"), null);
  }
});

Deno.test("loadConfig() reads variables, falls back to a demo only when asked, and reports every problem at once", () => {
  const both = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
  const config = (env: Record<string, string>, demo = false) => loadConfig(env, demo);
  assertEquals(config(both), {
    credentials: { appId: APP_ID, appCertificate: CERTIFICATE },
    demo: false,
    host: "127.0.0.1",
    port: 8080,
  });
  assertEquals((config({ ...both, HOST: "::1", PORT: "0" }) as ServerConfig).port, 0);
  assertEquals((config(both, true) as ServerConfig).demo, false);
  assertEquals((config({}, true) as ServerConfig).demo, true);
  assertEquals((config({ AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "" }, true) as ServerConfig).demo, true);
  const refused: [Record<string, string>, boolean, string[]][] = [
    [{}, false, ["AGORA_APP_ID", "AGORA_APP_CERTIFICATE", "--demo"]],
    [{ AGORA_APP_ID: APP_ID }, true, ["AGORA_APP_CERTIFICATE"]],
    [{ AGORA_APP_CERTIFICATE: CERTIFICATE }, true, ["AGORA_APP_ID"]],
    [{ ...both, AGORA_APP_ID: "short" }, true, ["AGORA_APP_ID"]],
    [{ ...both, AGORA_APP_CERTIFICATE: "g".repeat(32) }, false, ["AGORA_APP_CERTIFICATE"]],
    [{ HOST: "0.0.0.0" }, true, ["HOST"]],
    [{ HOST: "127.0.0.2" }, true, ["HOST"]],
    [{ ...both, HOST: "0.0.0.0", PORT: "99999" }, false, ["HOST", "PORT"]],
    [{ ...both, PORT: "http" }, false, ["PORT"]],
  ];
  for (const [env, demo, wanted] of refused) {
    const problems = config(env, demo) as string[];
    assertEquals(problems.length, wanted.length, JSON.stringify(problems));
    for (const [index, part] of wanted.entries()) assertStringIncludes(problems[index]!, part);
    assert(!problems.join().includes(CERTIFICATE) && !problems.join().includes("gggg"));
  }
});

/** Starts the server as `deno task start` does and gives what it printed up to its list of routes. */
async function withServer(env: Record<string, string>, use: (base: string, printed: string) => Promise<void>): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "start"],
    cwd: ROOT,
    env: { AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "", NO_COLOR: "1", PORT: "0", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  try {
    let printed = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      printed += chunk;
      if (printed.includes(`${CONTRACTS.at(-1)!.about}\n`)) break;
    }
    const base = /http:\/\/[\w.:[\]]+/.exec(printed)?.[0];
    assert(base !== undefined, printed);
    await use(base, printed);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await stderr;
  }
}

Deno.test("server.ts starts in demo mode without credentials, says so, and lists its routes", async () => {
  await withServer({}, async (base, printed) => {
    assertStringIncludes(printed, "DEMO MODE");
    assertStringIncludes(base, "http://127.0.0.1:");
    for (const { method, path } of CONTRACTS) assert(new RegExp(`${method} +${path}`).test(printed), path);
    const response = await fetch(`${base}/rtc/lobby/publisher/uid/1001/?expiry=60`);
    assertStringIncludes(response.headers.get("agoratoken-mode")!, "demo");
    const { rtcToken } = await response.json();
    const { signature } = await verifyToken(rtcToken, {
      certificates: (loadConfig({}, true) as ServerConfig).credentials.appCertificate,
    });
    assertEquals(signature, "valid");
  });
});

Deno.test("server.ts makes real tokens with credentials", async () => {
  await withServer({ AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE }, async (base, printed) => {
    assert(!printed.includes("DEMO") && !printed.includes(CERTIFICATE));
    const body = JSON.stringify({ services: [{ type: "chat", userId: "carol" }] });
    const { token } = await (await fetch(`${base}/v1/tokens`, { method: "POST", body })).json();
    assertEquals((await servicesOf(token)).services, [{ type: "chat", userId: "carol", privileges: { user: 3600 } }]);
  });
});

Deno.test("server.ts refuses to start with half or malformed credentials, without --demo, and on a public address", async () => {
  const start = async (env: Record<string, string>, ...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-net", "--allow-env", "--allow-read=.env", "server.ts", ...args],
      cwd: ROOT,
      env: { AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "", NO_COLOR: "1", PORT: "0", ...env },
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [1, ""]);
    return new TextDecoder().decode(stderr);
  };
  assertStringIncludes(await start({}), "--demo");
  assertStringIncludes(await start({ AGORA_APP_ID: APP_ID }, "--demo"), "AGORA_APP_CERTIFICATE is not set");
  assertStringIncludes(await start({ AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: "xyz" }), "AGORA_APP_CERTIFICATE must be");
  assertStringIncludes(await start({ HOST: "0.0.0.0" }, "--demo"), "HOST must be 127.0.0.1");
});
