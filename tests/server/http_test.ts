import { assert, assertEquals } from "@std/assert";
import { CERTIFICATE } from "../portable/case.ts";
import { createTokenServer } from "../../src/server/mod.ts";
import { ask, PROJECT, serverOf } from "./harness.ts";

const server = serverOf();

/** A request for each status other than success, and the code of the problem that our own API answers with. */
const OUTCOMES: [status: number, code: string, target: string, init: RequestInit & { json?: unknown }][] = [
  [400, "invalid-value", "/v1/tokens", { json: { services: [] } }],
  [400, "invalid-type", "/v1/tokens", { json: 5 }],
  [400, "unknown-field", "/v1/tokens", { json: { expires: 5 } }],
  [403, "forbidden", "/v1/tokens", { json: { services: [{ type: "chat", app: true }] } }],
  [404, "not-found", "/nothing/here", {}],
  [405, "method-not-allowed", "/v1/tokens", {}],
  [408, "request-timeout", "/v1/tokens", { method: "POST", body: new ReadableStream({ pull: () => new Promise(() => {}) }) }],
  [413, "content-too-large", "/v1/tokens", { json: { pad: "x".repeat(70_000) } }],
  [414, "uri-too-long", `/ping?x=${"y".repeat(5000)}`, {}],
  [415, "unsupported-media-type", "/v1/tokens", { json: {}, headers: { "content-encoding": "gzip" } }],
  [415, "unsupported-media-type", "/v1/tokens", { json: {}, headers: { "content-type": "multipart/form-data; boundary=x" } }],
  [431, "request-header-fields-too-large", "/ping", { headers: { cookie: "c".repeat(20_000) } }],
];

for (const [status, code, target, init] of OUTCOMES) {
  Deno.test(`tokenServer() answers ${status} (${code}) with problem JSON that a page may read and nobody may keep`, async () => {
    const headers = { ...init.headers, origin: "http://localhost:3000" };
    const answer = await ask(serverOf({ bodyTimeout: 20 }), target, { ...init, headers });
    assertEquals([answer.status, answer.json.status, answer.json.code], [status, status, code]);
    assertEquals(answer.headers.get("content-type"), "application/problem+json");
    assertHardened(answer.headers);
    assertEquals(answer.headers.get("connection"), status === 408 ? "close" : null);
  });
}

/** The headers of every answer to a page on loopback. */
function assertHardened(headers: Headers): void {
  const wanted = {
    "access-control-allow-origin": "http://localhost:3000",
    "cache-control": "no-store",
    "vary": "Origin, Accept",
    "x-content-type-options": "nosniff",
  };
  for (const [name, value] of Object.entries(wanted)) assertEquals(headers.get(name), value, name);
}

Deno.test("tokenServer() answers every preflight, so that a page can read a refusal", async () => {
  const headers = {
    origin: "http://localhost:3000",
    "access-control-request-method": "PUT",
    "access-control-request-headers": "authorization",
  };
  for (const target of ["/ping", "/nothing", "/v1/tokens", `/ping?x=${"y".repeat(5000)}`]) {
    const answer = await ask(serverOf(), target, { method: "OPTIONS", headers });
    assertEquals([answer.status, answer.headers.get("access-control-allow-methods")], [204, "GET, POST, *"]);
    assertEquals(answer.headers.get("access-control-allow-headers"), "Authorization, Content-Type, *");
    assertHardened(answer.headers);
  }
  assertEquals((await ask(serverOf(), "/ping", { method: "OPTIONS" })).status, 204);
});

Deno.test("tokenServer() answers 500 without showing the cause, and logs where it failed", async () => {
  const logged: unknown[] = [];
  const { error } = console;
  console.error = (...values: unknown[]) => void logged.push(...values);
  try {
    for (const target of ["/v1/tokens", "/fetch_rtm_token"]) {
      const request = new Request(`http://127.0.0.1${target}`, {
        method: "POST",
        headers: { origin: "http://localhost:3000" },
      });
      Object.defineProperty(request, "body", {
        get() {
          throw new Error(CERTIFICATE);
        },
      });
      const answer = await server(request);
      const text = await answer.text();
      assertEquals([answer.status, text.includes("The server failed"), text.includes("token")], [500, true, false]);
      assertHardened(answer.headers);
    }
  } finally {
    console.error = error;
  }
  assertEquals(logged.length, 2);
  assert(
    /^agoratoken: tokens failed: Error\n +at /.test(String(logged[0])) && !logged.join().includes(CERTIFICATE),
    String(logged),
  );
});

Deno.test("tokenServer() refuses a Host that is more than a name, since the runtime puts it before the path", async () => {
  for (const host of ["h/rtm/bob?", "h/rtm/bob#", "x@localhost", "localhost\\rtm"]) {
    const request = new Request("http://localhost/rtm/bob", { headers: { host } });
    assertEquals((await server(request)).status, 400, host);
  }
});

Deno.test("tokenServer() for loopback refuses requests from other addresses and from unknown ones", async () => {
  const plain = createTokenServer({ projects: [PROJECT], access: "loopback" });
  const from = async (hostname?: string) => {
    const connection = hostname === undefined ? undefined : { remoteAddr: { hostname } };
    return (await plain(new Request("http://localhost/rtm/bob"), connection)).status;
  };
  const statuses = await Promise.all(["127.0.0.1", "::1", "192.0.2.2", "unknown", undefined].map(from));
  assertEquals(statuses, [200, 200, 421, 421, 421]);
});

Deno.test("tokenServer() for anyone makes no token for the whole app unless that is allowed", async () => {
  for (const [allowAppLevelTokens, status] of [[undefined, 403], [false, 403], [true, 200]] as const) {
    const open = serverOf({ access: "anyone", ...(allowAppLevelTokens === undefined ? {} : { allowAppLevelTokens }) });
    assertEquals((await ask(open, "/chat/app")).status, status);
  }
});

Deno.test("tokenServer() applies the documented limits", async () => {
  const target = (length: number) => `/ping?x=${"y".repeat(length - "/ping?x=".length)}`;
  assertEquals([(await ask(server, target(4096))).status, (await ask(server, target(4097))).status], [200, 414]);
  const body = (length: number) => `{"uid":"bob"${" ".repeat(length - 13)}}`;
  const post = async (init: RequestInit) => (await ask(server, "/fetch_rtm_token", { method: "POST", ...init })).status;
  assertEquals([await post({ body: body(65_536) }), await post({ body: body(65_537) })], [200, 413]);
  for (const coding of ["gzip", "br", "deflate"]) {
    assertEquals(await post({ body: body(50), headers: { "content-encoding": coding } }), 415);
  }
  assertEquals(await post({ body: body(50), headers: { "content-encoding": "identity" } }), 200);
  assertEquals(await post({ body: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) }), 400);
  assertEquals((await ask(server, "/fetch_rtm_token?uid=bob", { json: {} })).status, 400);
  const many = (length: number) => Array.from({ length }, () => ({ services: [{ type: "rtm", userId: "bob" }] }));
  assertEquals((await ask(server, "/v1/tokens", { json: many(100) })).json.length, 100);
  assertEquals((await ask(server, "/v1/tokens", { json: many(101) })).status, 400);
  const typed = async (length: number) => {
    const accept = "application/json".padEnd(length, ",a/b");
    return (await ask(server, "/api/agora/token?channelName=x", { headers: { accept } })).json !== undefined;
  };
  assertEquals([await typed(1000), await typed(1001)], [true, false]);
});

Deno.test("tokenServer() applies its limits in the contracts of other servers too", async () => {
  assertEquals((await ask(server, "/fetch_rtc_token", { json: { pad: "x".repeat(70_000) } })).json.code, "413");
  assertEquals((await ask(server, `/rtc/lobby/publisher/uid/1?x=${"y".repeat(5000)}`)).status, 414);
  const forms = { json: {}, headers: { "content-type": "multipart/form-data; boundary=x" } };
  assertEquals((await ask(server, "/token/generate", forms)).json.code, -1);
});

Deno.test("tokenServer() lets a page read the headers of an answer that are meant for it", async () => {
  const limited = serverOf({ access: "anyone", rateLimit: 1 });
  const get = async () => (await ask(limited, "/rtm/bob", { headers: { origin: "http://localhost:3000" } })).headers;
  await get();
  const headers = await get();
  const exposed = headers.get("access-control-expose-headers")!.toLowerCase().split(", ");
  assert(exposed.includes("www-authenticate"));
  for (const name of ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after", "x-request-id"]) {
    assert(headers.has(name) && exposed.includes(name), name);
  }
});

Deno.test("tokenServer() compares origins with corsAllowOrigin for equality, or allows all", async () => {
  const some = serverOf({ corsAllowOrigin: ["https://a.example", "https://b.example"] });
  const all = serverOf({ corsAllowOrigin: "*" });
  const origin = async (server: typeof some, origin: string) =>
    (await ask(server, "/ping", { headers: { origin } })).headers.get("access-control-allow-origin");
  assertEquals(await origin(some, "https://b.example"), "https://b.example");
  for (
    const other of ["http://b.example", "https://b.example.evil", "https://xb.example", "https://B.example", "http://localhost"]
  ) {
    assertEquals(await origin(some, other), null);
  }
  assertEquals(await origin(all, "https://anything.example"), "*");
  assertEquals((await ask(some, "/ping")).status, 200);
});

Deno.test("tokenServer() without authentication answers a loopback name only", async () => {
  const alone = serverOf();
  const statusOf = async (host: string, hostname?: string) =>
    (await alone(new Request(`http://${host}/rtm/bob`), hostname === undefined ? undefined : { remoteAddr: { hostname } }))
      .status;
  for (const host of ["localhost", "127.0.0.1:8080", "[::1]:8080", "127.0.0.53"]) assertEquals(await statusOf(host), 200, host);
  for (
    const host of ["rebound.example", "localhost.evil.example", "0.0.0.0", "192.168.0.7", "127.0.0.1.evil.example", "[::2]"]
  ) {
    assertEquals(await statusOf(host), 421, host);
  }
  for (const address of ["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"]) {
    assertEquals(await statusOf("localhost", address), 200);
  }
  for (const address of ["192.168.0.7", "2001:db8::1", "::ffff:10.0.0.1", "10.127.0.0.1"]) {
    assertEquals(await statusOf("localhost", address), 421, address);
  }
  assertEquals((await serverOf({ access: "anyone" })(new Request("http://rebound.example/rtm/bob"))).status, 200);
});
