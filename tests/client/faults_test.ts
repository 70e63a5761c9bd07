import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import {
  type KeepOptions,
  keepRtcToken,
  keepRtmToken,
  keepToken,
  type RtmClient,
  TokenFetchError,
} from "../../src/client/mod.ts";
import { FakeClient, FakeClock, maker, settled } from "./harness.ts";

// What goes wrong around a keeper: the server, the app's functions, the clock of the machine.

const [WILL_EXPIRE, DID_EXPIRE] = ["token-privilege-will-expire", "token-privilege-did-expire"];

/** A keeper for a fake client and a server that can refuse; notes at which second it was asked. */
async function keeping(options: Partial<KeepOptions> = {}) {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const { fetchToken: make, made } = maker(clock, 3600);
  const state = { refuses: false, asked: [] as number[], errors: [] as string[] };
  const start = clock.time;
  const fetchToken = async () => {
    state.asked.push((clock.time - start) / 1000);
    if (state.refuses) throw new TokenFetchError("refused", { status: 403 });
    return await make();
  };
  const onError = (error: unknown) => state.errors.push(String(error));
  const keeper = await keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock, onError, ...options });
  return { clock, client, made, state, keeper };
}

Deno.test("keeper.renew() gives the SDK no old token after a refused renewal, but asks again when the pause is over", async () => {
  const { clock, client, made, state, keeper } = await keeping();
  state.refuses = true;
  await clock.pass(3570); // the timer's renewal, which the server refuses
  assertEquals([state.asked, state.errors], [[0, 3570], ["TokenFetchError: refused"]]);
  state.refuses = false;
  client.emit(WILL_EXPIRE);
  await clock.pass(3);
  client.emit(DID_EXPIRE);
  await settled();
  assertEquals([client.did, state.asked.length], [[], 2]);
  await clock.pass(2);
  assertEquals([client.did, state.asked], [["3575 s: renewed", "3575 s: joined again"], [0, 3570, 3575]]);
  assertEquals(client.tokens, [made[1], made[1]]);
  keeper.stop();
});

Deno.test("keepToken() reports a new token that is no text, empty or unreadable, and asks for another", async () => {
  for (
    const [bad, error, again, isHandedOn] of [
      [undefined, 'AgoraTokenError: "token" must be the text of a token, got nothing', 1, false],
      [7, 'AgoraTokenError: "token" must be the text of a token, got a value of type number', 1, false],
      ["", 'AgoraTokenError: "token" must be the text of a token, got a value of type string', 1, false],
      ["<html>", "AgoraTokenError: The new token cannot be read, as the one before could", 30, true],
    ] as const
  ) {
    const clock = new FakeClock();
    const { fetchToken, made } = maker(clock, 3600);
    let next: unknown = await fetchToken();
    let asked = 0;
    const handed: unknown[] = [];
    const errors: unknown[] = [];
    const keeper = await keepToken({
      fetchToken: () => (asked++, Promise.resolve(next as string)),
      renewToken: (token) => handed.push(token),
      onError: (error) => errors.push(error),
      clock,
    });
    next = bad;
    await clock.pass(3570);
    next = await fetchToken();
    assertEquals([errors.map(String), asked], [[error], 2]);
    assert(errors[0] instanceof AgoraTokenError && errors[0].field === "token");
    await clock.pass(again);
    assertEquals([handed, asked, errors.length], [[...(isHandedOn ? [bad] : []), made[1]], 3, 1]);
    keeper.stop();
    await settled();
  }
});

Deno.test("keepToken() fails where the first token is no text", async () => {
  const clock = new FakeClock();
  const none = () => Promise.resolve(undefined as unknown as string);
  const given = assertRejects(() => keepToken({ fetchToken: none, renewToken: () => {}, clock, attempts: 2 }), AgoraTokenError);
  await clock.pass(1);
  assertEquals([(await given).code, clock.waits.length], ["invalid-type", 0]);
});

Deno.test("stop() in a listener of the same event keeps the SDK from joining again", async () => {
  const { client, keeper } = await keeping();
  client.emit(WILL_EXPIRE);
  await settled();
  client.emit(DID_EXPIRE); // there is a token that was not joined with: nothing is waited for
  keeper.stop();
  await settled();
  assertEquals(client.did, ["0 s: renewed"]);
});

Deno.test("keepToken() does not ask by its timer right after a renewal at an event was refused", async () => {
  const { clock, client, state, keeper } = await keeping();
  state.refuses = true;
  await clock.pass(3569);
  client.emit(WILL_EXPIRE);
  await clock.pass(4);
  assertEquals(state.asked, [0, 3569]);
  await clock.pass(1);
  assertEquals(state.asked, [0, 3569, 3574]);
  keeper.stop();
});

Deno.test("keeper.renew() waits no longer than the pause when the clock is set back", async () => {
  const { clock, client, made, keeper } = await keeping();
  client.emit(WILL_EXPIRE);
  await settled();
  const renewing = keeper.renew((token) => client.take("took", token)); // has the newest token at once
  await settled();
  const again = keeper.renew();
  clock.set(-3600);
  await clock.pass(5);
  assertEquals([made.length, client.did.length], [3, 3]);
  assertEquals([await renewing, await again], [made[1]!, made[2]!]);
  keeper.stop();
});

Deno.test("keepRtmToken() leaves no timer where the client has no such function, and gives its error", async () => {
  const clock = new FakeClock();
  const { fetchToken, made } = maker(clock);
  const client = {} as RtmClient;
  await assertRejects(() => keepRtmToken(client, { fetchToken, relogin() {}, clock }), TypeError, "addEventListener");
  await clock.pass(3600);
  assertEquals([made.length, clock.waits.length], [1, 0]);
});

Deno.test("keepRtcToken() leaves no listener where the signal aborts right after the first token", async () => {
  for (let turns = 0; turns < 12; turns++) {
    const clock = new FakeClock();
    const client = new FakeClient(clock);
    const { fetchToken: make } = maker(clock);
    const abort = new AbortController();
    const fetchToken = async () => {
      const token = await make();
      void (async () => {
        for (let turn = 0; turn < turns; turn++) await undefined;
        abort.abort(new Error("enough"));
      })();
      return token;
    };
    await keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock, signal: abort.signal }).catch(() => {});
    await settled();
    assertEquals([client.listeners.size, clock.waits.length], [0, 0], `${turns}`);
  }
});

Deno.test("keepToken() and keepRtcToken() ignore an async onError that rejects", async () => {
  const rejected: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    rejected.push(event.reason);
  };
  globalThis.addEventListener("unhandledrejection", note);
  try {
    let called = 0;
    const onError = () => (called++, Promise.reject(new Error("the listener's own")));
    const { clock, client, keeper } = await keeping({ onError });
    client.renewToken = () => Promise.reject(new Error("refused"));
    client.emit(WILL_EXPIRE); // by the event
    await settled();
    await clock.pass(3600); // by the timer
    assertEquals([called, rejected], [2, []]);
    keeper.stop();
  } finally {
    globalThis.removeEventListener("unhandledrejection", note);
  }
});
