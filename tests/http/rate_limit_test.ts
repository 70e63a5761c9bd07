import { assert, assertEquals } from "@std/assert";
import { clientAddress } from "../../src/server/http/address.ts";
import type { LogEntry } from "../../src/server/http/log.ts";
import { addQuota, rateLimiter } from "../../src/server/http/rate_limit.ts";
import { accessOf, apiKey, BY_PEM, entryOf, jwtOf } from "../access/harness.ts";
import { ask, serverOf } from "../server/harness.ts";

Deno.test("rateLimiter() refills evenly, up to the limit per minute", () => {
  let now = 0;
  const take = rateLimiter(() => now);
  const allowed = (times: number) => Array.from({ length: times }, () => take("a", 60).allowed).filter(Boolean).length;
  assertEquals(allowed(100), 60);
  assertEquals(take("a", 60), { allowed: false, limit: 60, remaining: 0, reset: 60, retryAfter: 1 });
  assertEquals(take("b", 60), { allowed: true, limit: 60, remaining: 59, reset: 1, retryAfter: 0 });
  now += 999;
  assertEquals(allowed(1), 0);
  now += 1;
  assertEquals(allowed(2), 1);
  now += 10_000;
  assertEquals(allowed(100), 10);
  now += 3_600_000;
  assertEquals(allowed(100), 60);
  now -= 10_000; // a clock that goes back gives nothing and takes nothing
  assertEquals(allowed(1), 0);
  take("c", 60);
  now -= 10_000;
  assertEquals(take("c", 60).remaining, 58);
});

Deno.test("rateLimiter() remembers a limited number of callers, those with the latest requests", () => {
  const take = rateLimiter(() => 0, 3);
  for (const caller of ["a", "b", "c", "a"]) take(caller, 2);
  take("d", 2); // forgets b
  assertEquals(["a", "c", "d"].map((caller) => take(caller, 2).allowed), [false, true, true]);
  const many = rateLimiter(() => 0, 1000);
  for (let index = 0; index < 5000; index++) many(`${index}`, 1);
  assertEquals([many("4999", 1).allowed, many("3999", 1).allowed], [false, true]);
});

Deno.test("addQuota() has retry-after only when a request was refused", () => {
  const quota = { allowed: true, limit: 5, remaining: 4, reset: 12, retryAfter: 0 };
  const left = { "ratelimit-limit": "5", "ratelimit-remaining": "4", "ratelimit-reset": "12" };
  const headersOf = (given: typeof quota) => {
    const headers: Record<string, string> = {};
    addQuota(headers, given);
    return headers;
  };
  assertEquals(headersOf(quota), left);
  assertEquals(headersOf({ ...quota, allowed: false, retryAfter: 7 }), { ...left, "retry-after": "7" });
});

Deno.test("clientAddress() trusts the configured number of proxies, counted from the right", () => {
  const cases: [string | undefined, number, string][] = [
    [undefined, 0, "9.9.9.9"],
    ["1.1.1.1", 0, "9.9.9.9"],
    ["1.1.1.1", 1, "1.1.1.1"],
    ["6.6.6.6, 1.1.1.1", 1, "1.1.1.1"],
    ["6.6.6.6, 1.1.1.1, 8.8.8.8", 2, "1.1.1.1"],
    ["1.1.1.1", 2, "9.9.9.9"],
    [undefined, 1, "9.9.9.9"],
    ["unknown", 1, "9.9.9.9"],
    ["", 1, "9.9.9.9"],
    ["x1.1.1.1", 1, "9.9.9.9"],
    ["1.1.1.1x", 1, "9.9.9.9"],
    ["1".repeat(45), 1, "1".repeat(45)],
    ["1".repeat(46), 1, "9.9.9.9"],
    ["2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", 1, "2001:db8:1:2::/64"],
    ["2001:db8::1", 1, "2001:db8:0:0::/64"],
    ["::1", 1, "0:0:0:0::/64"],
    ["1::", 1, "1:0:0:0::/64"],
    ["::ffff:1.2.3.4", 1, "1.2.3.4"],
    ["1.2.3.4:5678", 1, "1.2.3.4"],
    ["[2001:db8:1:2::1]:443", 1, "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]", 1, "2001:db8:1:2::/64"],
    ["::FFFF:1.2.3.4", 1, "1.2.3.4"],
    ["[2001:db8::1]x", 1, "9.9.9.9"],
    ["x[2001:db8::1]", 1, "9.9.9.9"],
    ["1.2.3.4:5678x", 1, "9.9.9.9"],
    [":::", 1, ":::"],
    ["::ffff:102:304", 1, "1.2.3.4"],
    ["0:0:0:0:0:FFFF:1.2.3.4", 1, "1.2.3.4"],
    ["[::ffff:1.2.3.4]:443", 1, "1.2.3.4"],
  ];
  for (const [forwarded, proxies, expected] of cases) {
    const headers = forwarded === undefined ? undefined : { "x-forwarded-for": forwarded };
    assertEquals(clientAddress(new Request("http://a", { headers: headers ?? {} }), "9.9.9.9", proxies), expected, forwarded);
  }
  assertEquals(clientAddress(new Request("http://a"), undefined, 1), "unknown");
  assertEquals(clientAddress(new Request("http://a"), "::ffff:9.9.9.9", 0), "9.9.9.9"); // a socket for both
});

Deno.test("tokenServer() limits each key, each user, and other callers by address", async () => {
  let now = 0;
  const entries: LogEntry[] = [];
  const access = await accessOf({ keys: [await entryOf("a"), await entryOf("b", { rateLimit: 3 })], jwt: BY_PEM });
  const server = serverOf({ access, rateLimit: 2, trustedProxies: 1, now: () => now, log: (entry) => entries.push(entry) });
  const statuses = async (times: number, bearer?: string, address = "1.1.1.1") => {
    const headers = { ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }), "x-forwarded-for": address };
    const answers = [];
    for (let index = 0; index < times; index++) answers.push((await ask(server, "/rtm/bob", { headers })).status);
    return answers;
  };
  const [ann, bob] = [await jwtOf({ sub: "ann" }), await jwtOf({ sub: "bob" })];
  assertEquals(await statuses(3, apiKey("a")), [200, 200, 429]);
  assertEquals(entries.at(-1)!.code, "too-many-requests");
  assertEquals(await statuses(4, apiKey("b")), [200, 200, 200, 429]);
  assertEquals(await statuses(3, bob), [200, 200, 429]);
  assertEquals(await statuses(1, await jwtOf({ sub: "bob", jti: "another" })), [429]); // another JWT of one user
  assertEquals(await statuses(1, ann), [403]);
  assertEquals(await statuses(21, apiKey("wrong")), [...Array(20).fill(401), 429]);
  assertEquals(entries.at(-1)!.code, "too-many-requests");
  assertEquals(await statuses(1), [429]); // all strangers of an address
  assertEquals((await ask(server, "/rtm/bob", { headers: { "x-forwarded-for": "1.1.1.1" } })).json, {
    message: "Error Generating RTM token: Too many requests: try again later",
    status: 429,
  });
  assertEquals(await statuses(1, undefined, "2.2.2.2"), [401]);
  assertEquals(await statuses(1, await jwtOf({ sub: "eve" })), [403]); // but no caller who is known
  assertEquals(await statuses(1, apiKey("a"), "3.3.3.3"), [429]); // a key has one limit, wherever it is
  assertEquals((await ask(server, "/healthz", { headers: { "x-forwarded-for": "1.1.1.1" } })).status, 200);
  now += 30_000;
  assertEquals(await statuses(2, apiKey("a")), [200, 429]);
  const unlimited = serverOf({ access, rateLimit: 0, now: () => now });
  for (const [key, limit] of [["a", null], ["b", "3"]] as const) {
    const { headers } = await ask(unlimited, "/rtm/bob", { headers: { authorization: `Bearer ${apiKey(key)}` } });
    assertEquals(headers.get("ratelimit-limit"), limit);
  }
  const { headers } = await ask(server, "/rtm/bob", { headers: { authorization: `Bearer ${apiKey("a")}` } });
  assertEquals([headers.get("retry-after"), headers.get("ratelimit-limit")], ["30", "2"]);
});

Deno.test("tokenServer() counts requests that no route takes or that are malformed against their address", async () => {
  const access = await accessOf({ keys: [await entryOf("a")] });
  const failing: [number, string, RequestInit?][] = [
    [404, "/nothing"],
    [405, "/rtm/bob", { method: "POST" }],
    [401, "/rtm/bob"],
    [414, `/ping?${"x".repeat(5000)}`],
    [431, "/ping", { headers: { cookie: "c".repeat(20_000) } }],
  ];
  for (const [status, target, init] of failing) {
    const server = serverOf({ access, rateLimit: 1, now: () => 0 });
    const statuses: number[] = [];
    for (let index = 0; index < 11; index++) statuses.push((await ask(server, target, init)).status);
    assertEquals(statuses, [...Array(10).fill(status), 429], target);
    assertEquals((await ask(server, "/ping")).status, 200);
  }
});

Deno.test("tokenServer() forgets no caller for the sake of strangers", async () => {
  const access = await accessOf({ keys: [await entryOf("a", { rateLimit: 1 })] });
  const server = serverOf({ access, trustedProxies: 1, now: () => 0 });
  const status = async () => (await ask(server, "/rtm/bob", { headers: { authorization: `Bearer ${apiKey("a")}` } })).status;
  assertEquals([await status(), await status()], [200, 429]);
  for (let index = 0; index < 10_001; index++) {
    await server(new Request("http://127.0.0.1/x", { headers: { "x-forwarded-for": `10.0.${index >> 8}.${index & 255}` } }));
  }
  assertEquals(await status(), 429);
});

Deno.test("tokenServer() counts a list by its length, answers it where a request is left, and lets the next ones wait", async () => {
  let now = 0;
  const access = await accessOf({ keys: [await entryOf("a", { rateLimit: 60 })] });
  const server = serverOf({ access, now: () => now });
  const list = async (length: number) => {
    const json = Array(length).fill(length > 100 ? 1 : { services: [{ type: "rtm", userId: "bob" }] });
    return await ask(server, "/v1/tokens", { json, headers: { authorization: `Bearer ${apiKey("a")}` } });
  };
  assertEquals((await list(50)).headers.get("ratelimit-remaining"), "10");
  const { status, headers } = await list(100);
  assertEquals([status, headers.get("ratelimit-remaining"), headers.get("ratelimit-reset")], [200, "0", "150"]);
  assertEquals((await list(1)).headers.get("retry-after"), "91");
  now += 91_000;
  assertEquals([(await list(1)).status, (await list(1)).status], [200, 429]);
  now += 1000;
  assertEquals((await list(20_000)).status, 400);
  now += 100_000; // a list that is refused for its length counts no more than the longest
  assertEquals((await list(1)).status, 200);
});

Deno.test("tokenServer() logs one entry for each request, with nothing of its path, query or body", async () => {
  const entries: LogEntry[] = [];
  const access = await accessOf({ keys: [await entryOf("a", { path: true })] });
  const server = serverOf({ access, log: (entry) => entries.push(entry) });
  const answer = await ask(server, `/k/${apiKey("a")}/rtc/lobby/publisher/uid/1001?expiry=60`);
  await ask(server, `/k/${apiKey("a")}/m4rked`);
  await ask(server, `/k/${apiKey("a")}/rtc/m4rked/publisher/uid/1001`);
  await ask(server, `/k/${apiKey("a")}/rtc/lobby/m4rked/uid/1001`);
  const [good, missing, refused, bad] = entries;
  assertEquals(Object.keys(good!), ["time", "id", "route", "caller", "appId", "status", "ms"]);
  assertEquals([good!.id, good!.caller], [answer.headers.get("x-request-id"), "key:a"]);
  assertEquals([missing!.route, missing!.status, missing!.code, missing!.caller], ["none", 404, "not-found", undefined]);
  assertEquals([refused!.route, refused!.code, refused!.reason], ["rtc", "forbidden", "channels"]);
  assertEquals([bad!.status, bad!.code, bad!.reason], [400, "invalid-value", undefined]);
  assert(!/m4rked|s3cr3t|lobby|1001/.test(JSON.stringify(entries)));
});

Deno.test("tokenServer() limits unknown callers also while the issuer's keys cannot be fetched, which it requests once", async () => {
  let asked = 0;
  const onListen = () => {};
  const issuer = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, () => (asked++, new Response("no keys")));
  try {
    const { publicKey: _, ...by } = BY_PEM;
    const access = await accessOf({ jwt: { ...by, jwksUrl: `http://127.0.0.1:${issuer.addr.port}/` } });
    const server = serverOf({ access, rateLimit: 1 });
    const headers = { authorization: `Bearer ${await jwtOf()}` };
    const statuses = [];
    for (let index = 0; index < 12; index++) statuses.push((await ask(server, "/rtm/bob", { headers })).status);
    assertEquals([statuses, asked], [[...Array(10).fill(503), 429, 429], 1]);
  } finally {
    await issuer.shutdown();
  }
});
