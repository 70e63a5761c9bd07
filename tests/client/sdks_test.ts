import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import {
  type ChatConnection,
  type FetchToken,
  type KeepChatOptions,
  keepChatToken,
  type KeepRtcOptions,
  keepRtcToken,
  type KeepRtmOptions,
  keepRtmToken,
  type KeepStreamChannelOptions,
  keepStreamChannelToken,
  tokenFrom,
} from "../../src/client/mod.ts";
import { serverOf } from "../server/harness.ts";
import { FakeClock, settled } from "./harness.ts";
import { rtmFake, SDKS, Session } from "./sdks.ts";

/** Runs while `Date.now` tells the time of a clock, so that a real server makes its tokens at that time. */
async function atTheTimeOf(clock: FakeClock, run: () => Promise<void>): Promise<void> {
  const { now } = Date;
  Date.now = clock.now;
  try {
    await run();
  } finally {
    Date.now = now;
  }
}

/** A `fetchToken` that asks a real server for tokens of this lifetime in seconds, and notes when. */
function fromServer(clock: FakeClock, target: string, lifetime: number): { fetchToken: FetchToken; asked: number[] } {
  const server = serverOf({ now: clock.now });
  const asked: number[] = [];
  const fetchToken = tokenFrom(`http://127.0.0.1${target}?expiry=${lifetime}`, { fetch: (request) => server(request) });
  return { fetchToken: (signal) => (asked.push(clock.time / 1000), fetchToken(signal)), asked };
}

const HOUR = 3600;

for (const { name, target, foreign, again, renews, start } of SDKS) {
  for (const [lifetime, hours] of [[120, 24], [10, 1]] as const) {
    Deno.test(`${name} loses no second in ${hours} h of tokens for ${lifetime} s, and renews once in 5 s at most`, () => {
      const clock = new FakeClock();
      return atTheTimeOf(clock, async () => {
        const { fetchToken, asked } = fromServer(clock, target, lifetime);
        const session = new Session(clock);
        const { keep, listeners } = start(session);
        const errors: unknown[] = [];
        const keeper = await keep({ fetchToken, clock, onError: (error) => errors.push(error) });
        await session.take("first", keeper.token);
        await clock.pass(hours * HOUR);
        assertEquals([session.lost, errors], [0, []]);
        assert(asked.length > hours * HOUR / lifetime, `${asked.length} tokens`);
        const pauses = asked.slice(2).map((second, index) => second - asked[index + 1]!);
        assert(Math.min(...pauses) >= 5, `${Math.min(...pauses)} seconds between two renewals`);
        assertEquals(new Set(session.did), new Set(["first", renews]));
        const [count, taken] = [asked.length, session.tokens.length];
        keeper.stop();
        await clock.pass(HOUR);
        assertEquals([asked.length, session.tokens.length, listeners()], [count, taken, 0]);
        assertEquals([session.lost, clock.waits.length], [1, 0]); // the last token expired, and nobody listened
      });
    });
  }

  Deno.test(`${name} renews at the SDK's warning, and gets in again with a new token after the end`, () => {
    const clock = new FakeClock();
    return atTheTimeOf(clock, async () => {
      const { fetchToken, asked } = fromServer(clock, target, HOUR);
      const session = new Session(clock);
      const did = () => session.did.splice(0);
      const { keep } = start(session);
      const keeper = await keep({ fetchToken: (signal) => (session.did.push("fetch"), fetchToken(signal)), clock });
      assertEquals(did(), ["fetch"]);
      session.warn();
      await settled();
      assertEquals([did(), session.tokens.at(-1)], [["fetch", renews], keeper.token]);
      clock.time += 7 * HOUR * 1000; // the computer slept, and no timer of it ran
      session.end();
      await settled();
      const before = again.slice(0, -1); // as the logout
      assertEquals([did(), session.tokens.at(-1)], [[...before, "fetch", again.at(-1)], keeper.token]);
      session.end(); // again at once: there is a token that was not tried for this
      session.warn();
      await settled();
      assertEquals([did(), asked.length], [[...before, renews], 3]);
      keeper.stop();
      session.close();
    });
  });

  Deno.test(`${name} tells onError of a new token that is dead, foreign or repeated, and of what the SDK says to it`, () => {
    const clock = new FakeClock();
    return atTheTimeOf(clock, async () => {
      const session = new Session(clock);
      session.take = () => Promise.resolve(); // an SDK that says nothing by itself
      const { keep } = start(session);
      const tokens: Record<string, string> = {};
      const sources = { none: [target, HOUR], dead: [target, 60], foreign: [foreign, HOUR] } as const;
      for (const [fault, [path, lifetime]] of Object.entries(sources)) {
        tokens[fault] = await fromServer(clock, path, lifetime).fetchToken(new AbortController().signal);
      }
      clock.time += 120_000;
      let next = "none";
      const errors: unknown[] = [];
      const given = () => Promise.resolve(tokens[next]!);
      const keeper = await keep({ fetchToken: given, clock, onError: (error) => errors.push(error) });
      const fields = async (fault: string) => {
        next = fault;
        await clock.pass(6);
        session.warn();
        await settled();
        return errors.splice(0).map((error) => error instanceof AgoraTokenError ? error.field : String(error));
      };
      assertEquals(await fields("dead"), ["token"]);
      assertEquals(await fields("foreign"), ["user"]);
      assertEquals(await fields("foreign"), ["token"]); // repeated
      session.take = () => Promise.reject(new Error("refused"));
      assertEquals(await fields("none"), ["user", "Error: refused"]);
      keeper.stop();
      session.close();
    });
  });
}

Deno.test("the keepers of the SDKs refuse a missing function that gets in again, and a stream channel without a name", async () => {
  const { client } = rtmFake(new Session(new FakeClock()));
  const none: { [name: string]: unknown } & { fetchToken: FetchToken } = {
    fetchToken: () => Promise.reject(new Error("asked")),
  };
  const refused = async (keeping: Promise<unknown>) => (await assertRejects(() => keeping, AgoraTokenError)).message;
  assertEquals([
    await refused(keepRtcToken({ on() {}, off() {}, renewToken: () => Promise.resolve() }, none as unknown as KeepRtcOptions)),
    await refused(keepRtmToken(client, none as unknown as KeepRtmOptions)),
    await refused(keepStreamChannelToken(client, { ...none, channelName: "stage" } as unknown as KeepStreamChannelOptions)),
    await refused(keepStreamChannelToken(client, { ...none, rejoin() {} } as unknown as KeepStreamChannelOptions)),
    await refused(keepChatToken({} as ChatConnection, none as unknown as KeepChatOptions)),
  ], [
    '"rejoin" must be a function, got nothing',
    '"relogin" must be a function, got nothing',
    '"rejoin" must be a function, got nothing',
    '"channelName" must be a string, got nothing',
    '"reopen" must be a function, got nothing',
  ]);
});
