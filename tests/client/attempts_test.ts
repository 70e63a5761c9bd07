import { assertEquals, assertRejects } from "@std/assert";
import { keepToken, TokenFetchError } from "../../src/client/mod.ts";
import { FakeClock, maker, settled } from "./harness.ts";

Deno.test("keepToken() tries again after growing pauses until it gets a token, and reports each failure", async () => {
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

Deno.test("keepToken() gives up if the server refuses, after its last attempt, or when its signal is aborted", async () => {
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

Deno.test("keepToken() waits as long as the server says, but at most an hour", async () => {
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

Deno.test("keeper.renew() gets one token for simultaneous calls, and continues after a renewal that the SDK refused", async () => {
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

Deno.test("keepToken() reports errors of the SDK, also an AbortError, and continues if a listener throws", async () => {
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
