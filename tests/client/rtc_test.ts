import { assert, assertEquals, assertRejects } from "@std/assert";
import { keepRtcToken, keepToken } from "../../src/client/mod.ts";
import { FakeClient, FakeClock, maker, settled } from "./harness.ts";

Deno.test("keepRtcToken() renews a token of 40 seconds, as Agora's guide makes them, by the SDK's events", async () => {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken, made } = maker(clock);
  const keeper = await keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock });
  assertEquals(keeper.token, made[0]);
  await clock.pass(10);
  client.emit("token-privilege-will-expire"); // 30 seconds before the end
  await settled();
  assertEquals([client.did, keeper.token === made[1], made.length], [["10 s: renewed"], true, 2]);
  await clock.pass(26); // the second token is due a third of its lifetime before its end: at 10 + 26.7 s
  assertEquals(client.did.length, 1);
  await clock.pass(1);
  assertEquals(client.did.length, 2);
  client.emit("token-privilege-did-expire"); // as after a laptop slept
  await settled();
  assertEquals(client.did.slice(2), ["37 s: joined again"]);
  assertEquals(client.tokens, [made[1], made[2], made[2]]); // the newest token is of this second
  keeper.stop();
  assertEquals([client.listeners.size, clock.waits.length], [0, 0]);
  client.emit("token-privilege-will-expire");
  await clock.pass(1000);
  assertEquals(made.length, 3);
});

Deno.test("stop() and the signal also stop functions that ignore them: no token is passed on, and no listener remains", async () => {
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

Deno.test("keepRtcToken() reports errors that the client throws in its events, and continues", async () => {
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

Deno.test("keepRtcToken() renews ever more seldom while the SDK's events keep coming, and gives each of its functions the token", async () => {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken, made } = maker(clock, 86_400);
  const keeper = await keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock });
  const storm = async (seconds: number, apart = 2.5) => {
    for (let passed = 0; passed < seconds; passed += apart) {
      client.emit("token-privilege-will-expire");
      await clock.pass(apart);
    }
  };
  await storm(200);
  assertEquals(client.did, [0, 5, 15, 35, 75, 155].map((second) => `${second} s: renewed`));
  client.emit("token-privilege-did-expire");
  await settled();
  assertEquals([client.did.at(-1), made.length], ["200 s: joined again", 7]); // with the newest token, at once
  await storm(2000, 100);
  assert(made.length <= 14, `${made.length}`); // at most one in five minutes
  await clock.pass(300);
  const before = made.length;
  for (let quiet = 0; quiet < 8; quiet++) {
    await clock.pass(310);
    client.emit("token-privilege-will-expire");
    await settled();
    assertEquals(made.length, before + 1 + quiet); // at once
  }
  await storm(6);
  assertEquals(made.length, before + 9);
  keeper.stop();
  await settled();
  assertEquals(clock.waits.length, 0);
});
