import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AgoraTokenError, buildToken, rtc } from "../../mod.ts";
import { TokenFetchError, tokenFrom, type TokenFromOptions } from "../../src/client/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { serverOf } from "../server/harness.ts";

Deno.test("tokenFrom() reads what every known server answers, over real HTTP", async () => {
  const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, serverOf());
  const base = `http://127.0.0.1:${http.addr.port}`;
  const signal = new AbortController().signal;
  try {
    const sources = [
      tokenFrom(`${base}/fetch_rtc_token`, { body: { uid: 1234, channelName: "test", role: 1 } }),
      tokenFrom(`${base}/rtc/test/publisher/uid/7`),
      tokenFrom(`${base}/rte/test/publisher/uid/7`, { field: "rtmToken" }),
      tokenFrom(`${base}/rtmToken?account=bob`),
      tokenFrom(`${base}/api/agora/token?channelName=test`),
      tokenFrom(`${base}/v1/token?channel_name=test`),
      tokenFrom(`${base}/token/generate`, { body: { uid: "bob", serviceRtm: { enable: true } } }),
      tokenFrom(`${base}/v1/tokens`, { body: { services: [{ type: "rtm", userId: "bob" }] } }),
    ];
    for (const fetchToken of sources) assert((await fetchToken(signal)).startsWith("007"));
    const refused = await assertRejects(() => tokenFrom(`${base}/rtc/test/owner/uid/7`)(signal), TokenFetchError);
    assertEquals([refused.status, refused.retryable, refused.code], [400, false, "token-unavailable"]);
    for (
      const [target, field] of [["/ping", undefined], ["/rtc/test/publisher/uid/7", "token"], ["/healthz", "status"]] as const
    ) {
      const options = field === undefined ? {} : { field };
      await assertRejects(() => tokenFrom(base + target, options)(signal), TokenFetchError, "holds no token");
    }
  } finally {
    await http.shutdown();
  }
  await assertRejects(() => tokenFrom(base)(signal), TokenFetchError, "cannot be reached");
});

Deno.test("tokenFrom() takes a token only from the given field", async () => {
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const token = await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services });
  const from = (body: string) =>
    tokenFrom("http://h/", { field: "mine", fetch: () => Promise.resolve(new Response(body)) })(new AbortController().signal);
  for (const inner of [{ mine: token }, { data: { mine: token } }]) assertEquals(await from(JSON.stringify(inner)), token);
  for (const body of [token, JSON.stringify({ token }), '{"mine":7}', JSON.stringify({ data: token })]) {
    await assertRejects(() => from(body), TokenFetchError, "holds no token");
  }
});

Deno.test("tokenFrom() gives a token without a signal, and from a JSON string, a path or a function", async () => {
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const token = await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services });
  const from = (answer: unknown, field?: TokenFromOptions["field"]) =>
    tokenFrom("http://h/", {
      ...(field === undefined ? {} : { field }),
      fetch: () => Promise.resolve(new Response(typeof answer === "string" ? answer : JSON.stringify(answer))),
    })();
  const session = { session: { tokens: [{ rtc: token }], list: ["", token] } };
  const cases: [unknown, TokenFromOptions["field"]?][] = [
    [token],
    [JSON.stringify(token)],
    [{ rtc_token: token, rtm_token: "…" }],
    [session, "session.tokens[0].rtc"],
    [session, "session.list.1"],
    [{ code: 0, data: session }, "session.tokens[0].rtc"],
    [[{ token: "…" }, { token }], "[1].token"],
    [[token], "[0]"],
    [{ "a.b": token }, "a.b"],
    [session, (answer) => (answer as typeof session).session.list.at(-1)],
    [`token: ${token}`, (answer) => String(answer).slice("token: ".length)],
  ];
  for (const [answer, field] of cases) assertEquals(await from(answer, field), token, `${field}`);
  const without: [unknown, TokenFromOptions["field"]?][] = [
    [session],
    [[token]],
    [session, "session.tokens.rtc"],
    [session, "constructor.name"],
    [JSON.stringify(token), "0"],
    [session, () => 5],
    [{}, (answer) => (answer as typeof session).session.list],
  ];
  for (const [answer, field] of without) await assertRejects(() => from(answer, field), TokenFetchError, "holds no token");
  const wrong = { field: 5 } as unknown as TokenFromOptions;
  assertEquals(assertThrows(() => tokenFrom("http://h/", wrong), AgoraTokenError).code, "invalid-type");
});

Deno.test("tokenFrom() sends its headers, uses POST if it has a body, and ignores whitespace around a token", async () => {
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const token = await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services });
  const asked: unknown[] = [];
  const fetch = async (request: Request) => {
    const { method, headers } = request;
    asked.push([method, headers.get("content-type"), headers.get("authorization"), await request.text()]);
    return new Response(`${token}\r\n`);
  };
  const headers = { authorization: "Bearer key" };
  for (const options of [{ fetch, headers }, { fetch, headers, body: { uid: 7 } }]) {
    assertEquals(await tokenFrom("http://h/", options)(new AbortController().signal), token);
  }
  assertEquals(asked, [["GET", null, "Bearer key", ""], ["POST", "application/json", "Bearer key", '{"uid":7}']]);
});

Deno.test("tokenFrom() never takes an error message for a token, and reads Retry-After", async () => {
  const answering = (body: string, init: ResponseInit = {}) =>
    tokenFrom("http://h/", { fetch: () => Promise.resolve(new Response(body, init)) })(new AbortController().signal);
  // The server of Agora's guide writes its errors where its tokens stand; other servers say 200 to them.
  for (
    const body of ['{"code":"400","token":"Bad request."}', '{"token":""}', "", "null", "[]", "5", "EOF\n", '{"data":null}']
  ) {
    await assertRejects(() => answering(body), TokenFetchError, "holds no token");
  }
  const busy = await assertRejects(() => answering("", { status: 429, headers: { "retry-after": "70" } }), TokenFetchError);
  assertEquals(String(busy), "TokenFetchError: The token server refused with status 429");
  assertEquals([busy.status, busy.retryAfter, busy.retryable], [429, 70, true]);
  const down = await assertRejects(() => answering("", { status: 503, headers: { "retry-after": "soon" } }), TokenFetchError);
  assertEquals([down.retryAfter, down.retryable], [undefined, true]);
});

Deno.test("tokenFrom() stops when its signal is aborted, and when an answer takes too long", async () => {
  const silent = (request: Request) =>
    new Promise<Response>((_resolve, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
  const abort = new AbortController();
  const patient = { fetch: silent, timeout: 2 ** 31 };
  const asked = assertRejects(() => tokenFrom("http://h/", patient)(abort.signal), Error, "enough");
  abort.abort(new Error("enough"));
  await asked;
  const late = tokenFrom("http://h/", { fetch: silent, timeout: 5 })(new AbortController().signal);
  await assertRejects(() => late, TokenFetchError, "did not answer in time");
});

Deno.test("TokenFetchError is retryable if another attempt may help", () => {
  const retryable = [undefined, 200, 399, 408, 425, 429, 500, 503];
  const final = [400, 401, 403, 404, 410, 422, 499];
  const of = (status?: number) => new TokenFetchError("", status === undefined ? {} : { status }).retryable;
  assertEquals([retryable.map(of), final.map(of)], [retryable.map(() => true), final.map(() => false)]);
});

Deno.test("tokenFrom() reads a date in Retry-After, and prefers a token next to data to one inside it", async () => {
  const answering = (body: string, init: ResponseInit = {}) =>
    tokenFrom("http://h/", { fetch: () => Promise.resolve(new Response(body, init)) })(new AbortController().signal);
  const date = new Date(Date.now() + 600_000).toUTCString();
  const busy = await assertRejects(() => answering("", { status: 503, headers: { "retry-after": date } }), TokenFetchError);
  assert(busy.retryAfter! > 480 && busy.retryAfter! <= 600, `${busy.retryAfter}`);
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const [outer, inner] = await Promise.all(
    [60, 61].map((expire) => buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire, services })),
  );
  assertEquals(await answering(JSON.stringify({ token: outer, data: { token: inner } })), outer);
});

Deno.test("tokenFrom() follows no redirect, so that its key stays with its server", async () => {
  const seen: string[] = [];
  const listen = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  const other = Deno.serve(listen, (request) => (seen.push(`${request.headers.get("x-api-key")}`), new Response("")));
  const location = `http://localhost:${other.addr.port}/`;
  const own = Deno.serve(listen, () => new Response(null, { status: 307, headers: { location } }));
  try {
    const options = { headers: { "x-api-key": "s3cr3t" }, body: { secret: "s3cr3t" } };
    const fetchToken = tokenFrom(`http://127.0.0.1:${own.addr.port}/`, options);
    await assertRejects(() => fetchToken(new AbortController().signal), TokenFetchError, "with a redirect");
    assertEquals(seen, []);
  } finally {
    await own.shutdown();
    await other.shutdown();
  }
});

Deno.test("tokenFrom() reads 64 KiB of an answer at most", async () => {
  let sent = 0;
  const endless = () => {
    const pull = (controller: ReadableStreamDefaultController) => (sent++, controller.enqueue(new Uint8Array(16_384)));
    return Promise.resolve(new Response(new ReadableStream({ pull })));
  };
  const fetchToken = tokenFrom("http://h/", { fetch: endless });
  await assertRejects(() => fetchToken(new AbortController().signal), TokenFetchError, "holds no token");
  assert(sent < 10, `${sent}`);
});

Deno.test("tokenFrom() refuses an address, headers and a body that cannot be sent, and shows nothing of them", () => {
  const cyclic: Record<string, unknown> = { key: "s3cr3t" };
  cyclic.self = cyclic;
  const cases: [string, TokenFromOptions?][] = [
    ["https://[s3cr3t/"],
    ["http://h/", { headers: { "x-api-key": "s3cr3t\n" + "more" } }],
    ["http://h/", { headers: { "s3cr3t ": "x" } }],
    ["http://h/", { body: cyclic }],
  ];
  for (const [url, options] of cases) {
    const error = assertThrows(() => tokenFrom(url, options), AgoraTokenError);
    assertEquals([error.code, error.field, error.cause], ["invalid-value", "url", undefined]);
    assert(!`${error} ${error.stack}`.includes("s3cr3t"));
  }
});
