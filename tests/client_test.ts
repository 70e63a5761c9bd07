import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError, buildToken, packToken, rtc, type Token } from "../mod.ts";
import { keepRtcToken, keepToken, systemClock, TokenFetchError, tokenFrom } from "../src/client/mod.ts";
import { RtcTokenBuilder } from "../src/official/legacy/mod.ts";
import { APP_ID, CERTIFICATE, packed } from "./portable/case.ts";
import { serverOf } from "./server/harness.ts";

/** A clock that stands until it is told to go on. */
class FakeClock {
  time = 1_700_000_000_000;
  chance = 0;
  waits: { until: number; resolve: () => void }[] = [];

  now = () => this.time;
  random = () => this.chance;
  wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const wait = { until: this.time + milliseconds, resolve };
      this.waits.push(wait);
      signal.addEventListener("abort", () => {
        this.waits = this.waits.filter((other) => other !== wait);
        reject(signal.reason);
      }, { once: true });
    });

  /** Goes on, stopping at each wait that ends. */
  async pass(seconds: number): Promise<void> {
    const end = this.time + seconds * 1000;
    for (;;) {
      await settled();
      const next = this.waits.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until > end) break;
      this.time = Math.max(this.time, next.until);
      this.waits = this.waits.filter((wait) => wait !== next);
      next.resolve();
    }
    this.time = end;
    await settled();
  }
}

/** Lets everything run that does not wait for the clock: making and reading tokens takes a few turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** What a client of the SDK does with its tokens, noted by the second. */
class FakeClient {
  listeners = new Map<string, () => void>();
  did: string[] = [];
  tokens: string[] = [];
  #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }
  on(event: string, listener: () => void) {
    this.listeners.set(event, listener);
  }
  off(event: string, listener: () => void) {
    if (this.listeners.get(event) === listener) this.listeners.delete(event);
  }
  renewToken = (token: string): Promise<void> => this.take("renewed", token);
  rejoin = (token: string): Promise<void> => this.take("joined again", token);
  emit(event: string) {
    this.listeners.get(event)?.();
  }
  take(what: string, token: string): Promise<void> {
    this.did.push(`${(this.#clock.time - 1_700_000_000_000) / 1000} s: ${what}`);
    this.tokens.push(token);
    return Promise.resolve();
  }
}

/** Makes tokens of a life by the clock, and counts them. */
function maker(clock: FakeClock, expire = 40) {
  const made: string[] = [];
  return {
    made,
    fetchToken: async () => {
      const services = [rtc({ channelName: "test", uid: 1234, role: "publisher" })];
      const issueTs = Math.floor(clock.time / 1000);
      made.push(await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire, services, issueTs }));
      return made.at(-1)!;
    },
  };
}

Deno.test("keepRtcToken() takes seed 001's token of 40 seconds through its renewals, by the SDK's events", async () => {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken, made } = maker(clock);
  const keeper = await keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock });
  assertEquals(keeper.token, made[0]);
  await clock.pass(10);
  client.emit("token-privilege-will-expire"); // 30 seconds before the end
  await settled();
  assertEquals([client.did, keeper.token === made[1], made.length], [["10 s: renewed"], true, 2]);
  await clock.pass(26); // the second token is due a third of its life before its end: at 10 + 26.7 s
  assertEquals(client.did.length, 1);
  await clock.pass(1);
  assertEquals(client.did.length, 2);
  client.emit("token-privilege-did-expire"); // as after a laptop slept
  await settled();
  assertEquals(client.did.slice(2), ["37 s: joined again"]);
  assertEquals(client.tokens, made.slice(1));
  keeper.stop();
  assertEquals([client.listeners.size, clock.waits.length], [0, 0]);
  client.emit("token-privilege-will-expire");
  await clock.pass(1000);
  assertEquals(made.length, 4);
});

Deno.test("keepToken() renews before the end by the token's own life, spread by chance", async () => {
  for (
    const [expire, chance, due] of [[3600, 0, 3570], [3600, 0.999, 3540], [40, 0, 26], [40, 0.999, 13], [
      86_400,
      0,
      86_370,
    ]] as const
  ) {
    const clock = new FakeClock();
    clock.chance = chance;
    const { fetchToken, made } = maker(clock, expire);
    const keeper = await keepToken({ fetchToken, renewToken: () => {}, clock });
    await clock.pass(due - 1);
    assertEquals(made.length, 1, `${expire} ${chance}`);
    await clock.pass(2);
    assertEquals(made.length, 2, `${expire} ${chance}`);
    keeper.stop();
  }
});

Deno.test("keepToken() renews as long before the end as it is told, but not before two thirds of the life", async () => {
  for (const [renewBefore, due] of [[0, 3600], [60, 3540], [86_400, 2400]] as const) {
    const clock = new FakeClock();
    const { fetchToken, made } = maker(clock, 3600);
    const keeper = await keepToken({ fetchToken, renewToken: () => {}, renewBefore, attempts: 1, clock });
    await clock.pass(due - 1);
    assertEquals(made.length, 1, `${renewBefore}`);
    await clock.pass(2);
    assertEquals(made.length, 2, `${renewBefore}`);
    keeper.stop();
  }
});

Deno.test("keepToken() goes by the first end that an older token states, and leaves one without an end alone", async () => {
  const clock = new FakeClock();
  const now = clock.time / 1000;
  const [soon, later] = [now + 600, now + 6000];
  const older = { appId: APP_ID, channelName: "c", unixTs: now, randomInt: 1 };
  const of006 = { version: "006", appId: APP_ID, channelName: "c", uid: "7", salt: 1 } as const;
  const cases: [Token, due: number | undefined][] = [
    [{ ...of006, ts: soon, privileges: { joinChannel: later } }, 570],
    [{ ...of006, ts: later, privileges: { joinChannel: soon, publishAudioStream: 0 } }, 570],
    [{ ...older, version: "003", uid: 7, expiredTs: soon }, 570],
    [{ ...older, version: "003", uid: 7, expiredTs: 0 }, undefined],
    [{ ...older, version: "001" }, undefined],
  ];
  for (const [token, due] of cases) {
    const text = await packToken(token, CERTIFICATE);
    const keeper = await keepToken({ fetchToken: () => Promise.resolve(text), renewToken: () => {}, clock });
    await settled();
    assertEquals(clock.waits.map(({ until }) => until / 1000 - now), due === undefined ? [] : [due], JSON.stringify(token));
    keeper.stop();
    await settled();
  }
});

Deno.test("keepToken() never renews without a pause where the clock is wrong", async () => {
  const clock = new FakeClock();
  const made: number[] = [];
  const fetchFor = (seconds: number) => () => {
    made.push(clock.time);
    return RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, Math.floor(clock.time / 1000) + seconds);
  };
  for (const [left, asked] of [[1, 13], [-5, 1]] as const) {
    made.length = 0;
    const wrong = await keepToken({ fetchToken: fetchFor(left), renewToken: () => {}, clock });
    await clock.pass(60);
    assertEquals(made.length, asked);
    wrong.stop();
  }
});

Deno.test("keepToken() asks again with growing pauses until a token comes, and tells each failure", async () => {
  for (const [chance, scale] of [[1, 1], [0, 0.5]] as const) {
    const clock = new FakeClock();
    clock.chance = chance;
    const { fetchToken, made } = maker(clock);
    const asked: number[] = [];
    const errors: unknown[] = [];
    let failures = 3;
    const start = clock.time;
    const flaky = () => {
      asked.push((clock.time - start) / 1000 / scale);
      if (failures-- > 0) throw new Error("offline");
      return fetchToken();
    };
    const keeping = keepToken({ fetchToken: flaky, renewToken: () => {}, onError: (error) => errors.push(error), clock });
    await clock.pass(7 * scale);
    const keeper = await keeping;
    assertEquals([asked, errors.length, made.length], [[0, 1, 3, 7], 3, 1]);
    failures = 8;
    const renewing = keeper.renew();
    await clock.pass(200);
    await renewing;
    assertEquals(asked.slice(4, 13).map((second) => second - asked[4]!), [0, 1, 3, 7, 15, 31, 61, 91, 121]);
    keeper.stop();
  }
});

Deno.test("keepToken() gives up where the server refuses, or after its attempts, or when it is told", async () => {
  const clock = new FakeClock();
  const none = { renewToken: () => {}, clock };
  const failing = (error: Error) => {
    const state = { asked: 0, fetchToken: (): Promise<string> => (state.asked++, Promise.reject(error)) };
    return state;
  };
  const refused = failing(new TokenFetchError("refused", { status: 403 }));
  await assertRejects(() => keepToken({ ...none, ...refused }), TokenFetchError, "refused");
  const offline = failing(new Error("offline"));
  for (const [options, asked] of [[{ attempts: 3 }, 3], [{}, 3 + 5]] as const) {
    const given = assertRejects(() => keepToken({ ...none, ...offline, ...options }), Error, "offline");
    await clock.pass(20);
    await given;
    assertEquals([refused.asked, offline.asked], [1, asked]);
  }
  const abort = new AbortController();
  const stopped = assertRejects(
    () => keepToken({ ...none, ...failing(new Error("offline")), signal: abort.signal }),
    Error,
    "enough",
  );
  await settled();
  abort.abort(new Error("enough"));
  await stopped;
  assertEquals(clock.waits.length, 0);
  offline.asked = 0;
  await assertRejects(() => keepToken({ ...none, ...offline, signal: abort.signal }), Error, "enough");
  assertEquals(offline.asked, 0);
  const during = new AbortController();
  const cut = () => (during.abort(new Error("enough")), Promise.reject(new Error("cut off")));
  await assertRejects(() => keepToken({ ...none, fetchToken: cut, attempts: 1, signal: during.signal }), Error, "enough");
});

Deno.test("keepToken() waits as long as the server says, an hour at most", async () => {
  for (const [retryAfter, pause] of [[20, 20], [10_000, 3600]] as const) {
    const clock = new FakeClock();
    const { fetchToken, made } = maker(clock);
    let busy = true;
    const keeping = keepToken({
      fetchToken: () => busy ? Promise.reject(new TokenFetchError("busy", { status: 429, retryAfter })) : fetchToken(),
      renewToken: () => {},
      clock,
    });
    await clock.pass(pause - 1);
    busy = false;
    assertEquals([clock.waits.length, made.length], [1, 0]);
    await clock.pass(1);
    assertEquals(made.length, 1);
    (await keeping).stop();
  }
});

Deno.test("keeper.renew() gets one token for calls at the same time, and goes on after a renewal that the SDK refused", async () => {
  const clock = new FakeClock();
  const { fetchToken, made } = maker(clock);
  const handed: string[] = [];
  const errors: unknown[] = [];
  const keeper = await keepToken({
    fetchToken,
    renewToken: (token) => {
      handed.push(token);
      if (handed.length === 2) throw new Error("INVALID_OPERATION");
    },
    onError: (error) => errors.push(error),
    clock,
  });
  assertEquals(await Promise.all([keeper.renew(), keeper.renew(), keeper.renew()]), [made[1]!, made[1]!, made[1]!]);
  assertEquals(handed, [made[1]]);
  await clock.pass(27);
  assertEquals([handed.length, String(errors)], [2, "Error: INVALID_OPERATION"]);
  await clock.pass(27);
  assertEquals([handed.length, errors.length], [3, 1]);
  keeper.stop();
});

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

Deno.test("tokenFrom() takes a token from the field that it is told, and from nowhere else", async () => {
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const token = await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services });
  const from = (body: string) =>
    tokenFrom("http://h/", { field: "mine", fetch: () => Promise.resolve(new Response(body)) })(new AbortController().signal);
  for (const inner of [{ mine: token }, { data: { mine: token } }]) assertEquals(await from(JSON.stringify(inner)), token);
  for (const body of [token, JSON.stringify({ token }), '{"mine":7}', JSON.stringify({ data: token })]) {
    await assertRejects(() => from(body), TokenFetchError, "holds no token");
  }
});

Deno.test("tokenFrom() asks with its headers, by POST where it has a body, and reads past blanks", async () => {
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

Deno.test("tokenFrom() takes no error text for a token, and reads Retry-After", async () => {
  const answering = (body: string, init: ResponseInit = {}) =>
    tokenFrom("http://h/", { fetch: () => Promise.resolve(new Response(body, init)) })(new AbortController().signal);
  // Seed 001's server writes its errors where its tokens stand; other servers say 200 to them.
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

Deno.test("tokenFrom() stops when it is told, and when an answer takes too long", async () => {
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

Deno.test("keepToken() renews again where the server gives the same token twice", async () => {
  const clock = new FakeClock();
  const { fetchToken, made } = maker(clock);
  let asked = 0;
  await fetchToken();
  const keeper = await keepToken({ fetchToken: () => (asked++, Promise.resolve(made[0]!)), renewToken: () => {}, clock });
  for (const count of [2, 3, 4]) {
    await clock.pass(27);
    assertEquals(asked, count);
  }
  keeper.stop();
});

Deno.test("keepToken() goes by the shortest privilege, and by the 24 hours that Agora grants", async () => {
  for (const [expire, privilegeExpire, due] of [[3600, 60, 40], [60, 3600, 40], [200_000, 0, 86_370]] as const) {
    const clock = new FakeClock();
    let asked = 0;
    const fetchToken = () => {
      asked++;
      const issueTs = Math.floor(clock.time / 1000);
      return packed({ issueTs, expire, services: [{ type: "rtm", userId: "bob", privileges: { login: privilegeExpire } }] });
    };
    const keeper = await keepToken({ fetchToken, renewToken: () => {}, clock });
    await clock.pass(due - 1);
    assertEquals(asked, 1);
    await clock.pass(2);
    assertEquals(asked, 2);
    keeper.stop();
  }
});

Deno.test("keepToken() refuses options that would renew without pause or without end", async () => {
  const fetchToken = () => Promise.resolve("");
  for (
    const wrong of [{ renewBefore: NaN }, { renewBefore: -1 }, { renewBefore: 86_401 }, { attempts: NaN }, { attempts: 0 }]
  ) {
    const error = await assertRejects(() => keepToken({ fetchToken, renewToken: () => {}, ...wrong }), AgoraTokenError);
    assertEquals(error.field, Object.keys(wrong)[0]);
  }
  for (const name of ["fetchToken", "renewToken"]) {
    const options = { fetchToken, renewToken: () => {}, [name]: undefined };
    await assertRejects(() => keepToken(options), AgoraTokenError, `"${name}" must be a function, got nothing`);
  }
});

Deno.test("stop() and the signal end what takes no notice of them: no token is handed on, and no listener stays", async () => {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken } = maker(clock);
  let release = () => {};
  let blocked = false;
  const deaf = async () => {
    if (blocked) await new Promise<void>((resolve) => release = resolve);
    return await fetchToken();
  };
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const keeper = await keepRtcToken(client, { fetchToken: deaf, rejoin: client.rejoin, clock, onError });
  blocked = true;
  client.emit("token-privilege-will-expire");
  await settled();
  keeper.stop();
  release();
  await settled();
  assertEquals([client.did, errors, client.listeners.size, clock.waits.length], [[], [], 0, 0]);

  const abort = new AbortController();
  const keeping = keepRtcToken(client, { fetchToken: deaf, rejoin: client.rejoin, clock, signal: abort.signal });
  await settled();
  abort.abort(new Error("enough"));
  release();
  await assertRejects(() => keeping, Error, "enough");
  assertEquals(client.listeners.size, 0);

  blocked = false;
  const later = new AbortController();
  await keepRtcToken(client, { fetchToken: deaf, rejoin: client.rejoin, clock, signal: later.signal });
  assertEquals(client.listeners.size, 2);
  later.abort();
  await settled();
  assertEquals([client.listeners.size, clock.waits.length], [0, 0]);
  const { signal } = new AbortController();
  const due = await keepToken({ fetchToken: deaf, renewToken: () => {}, clock, onError, signal });
  blocked = true;
  await clock.pass(30);
  due.stop();
  release();
  await settled();
  assertEquals([errors, clock.waits.length], [[], 0]);
});

Deno.test("keepRtcToken() tells what the client throws on its events, and stays", async () => {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken } = maker(clock);
  const told: string[] = [];
  const rejoin = () => Promise.reject(new Error("not joined"));
  const keeper = await keepRtcToken(client, { fetchToken, rejoin, clock, onError: (error) => told.push(String(error)) });
  client.emit("token-privilege-did-expire");
  await settled();
  client.emit("token-privilege-will-expire");
  await settled();
  assertEquals([told, client.tokens.at(-1)], [["Error: not joined"], keeper.token]);
  keeper.stop();
});

Deno.test("keepToken() tells what the SDK throws, an AbortError too, and survives a listener that throws", async () => {
  const clock = new FakeClock();
  const { fetchToken, made } = maker(clock);
  const told: string[] = [];
  const keeper = await keepToken({
    fetchToken,
    renewToken: () => {
      throw new DOMException("the SDK's own", "AbortError");
    },
    onError: (error) => {
      told.push(String(error));
      throw new Error("the listener's own");
    },
    clock,
  });
  await clock.pass(27 * 3);
  assertEquals([told.length, made.length, told[0]], [3, 4, "AbortError: the SDK's own"]);
  keeper.stop();
});

Deno.test("TokenFetchError is retryable where another attempt may help", () => {
  const retryable = [undefined, 200, 399, 408, 425, 429, 500, 503];
  const final = [400, 401, 403, 404, 410, 422, 499];
  const of = (status?: number) => new TokenFetchError("", status === undefined ? {} : { status }).retryable;
  assertEquals([retryable.map(of), final.map(of)], [retryable.map(() => true), final.map(() => false)]);
});

Deno.test("tokenFrom() reads a date in Retry-After, and a token beside data before one in it", async () => {
  const answering = (body: string, init: ResponseInit = {}) =>
    tokenFrom("http://h/", { fetch: () => Promise.resolve(new Response(body, init)) })(new AbortController().signal);
  const date = new Date(Date.now() + 60_000).toUTCString();
  const busy = await assertRejects(() => answering("", { status: 503, headers: { "retry-after": date } }), TokenFetchError);
  assert(Math.abs(busy.retryAfter! - 60) < 5, `${busy.retryAfter}`);
  const services = [rtc({ channelName: "c", uid: 7, role: "publisher" })];
  const [outer, inner] = await Promise.all(
    [60, 61].map((expire) => buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire, services })),
  );
  assertEquals(await answering(JSON.stringify({ token: outer, data: { token: inner } })), outer);
});

Deno.test("systemClock waits, in pieces where it must, and leaves nothing behind when it is told to stop", async () => {
  const abort = new AbortController();
  const before = performance.now();
  await systemClock.wait(20, abort.signal);
  assert(performance.now() - before >= 15);
  const waiting = assertRejects(() => systemClock.wait(2 ** 40, abort.signal), Error, "enough"); // a timer holds 2 ** 31 at most
  const soon = await Promise.race([waiting.then(() => "ended"), systemClock.wait(20, new AbortController().signal)]);
  assertEquals(soon, undefined);
  abort.abort(new Error("enough"));
  await waiting;
  await assertRejects(() => systemClock.wait(20, abort.signal), Error, "enough");
});
