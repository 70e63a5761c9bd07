import { assertEquals } from "@std/assert";
import { keepRtmToken, keepStreamChannelToken } from "../../src/client/mod.ts";
import { FakeClock, maker, settled } from "./harness.ts";
import { lostLink, rtmFake, Session } from "./sdks.ts";

/** A client of RTM with a keeper of its login and one of its stream channel, and what happens. */
async function rtm() {
  const clock = new FakeClock();
  const session = new Session(clock);
  const { client, listeners } = rtmFake(session);
  const { fetchToken } = maker(clock, 3600);
  const errors: string[] = [];
  const options = { fetchToken, clock, onError: (error: unknown) => errors.push(String(error)) };
  const login = await keepRtmToken(client, { ...options, relogin: (token) => session.take("login", token) });
  const rejoin = (token: string) => session.take("join", token);
  const stage = await keepStreamChannelToken(client, { ...options, channelName: "stage", rejoin });
  return {
    client,
    errors,
    listeners,
    login,
    session,
    /** What the SDK says, and what is done then. */
    async after(event: string, value: unknown): Promise<string[]> {
      await clock.pass(6);
      listeners.emit(event, value);
      await settled();
      return session.did.splice(0);
    },
    stop() {
      login.stop();
      stage.stop();
      session.close();
    },
  };
}

Deno.test("keepRtmToken() and keepStreamChannelToken() renew each their own token, and get in again for their own end", async () => {
  const { after, listeners, stop } = await rtm();
  const link = lostLink("MESSAGE", []);
  for (
    const [event, value, did] of [
      ["tokenPrivilegeWillExpire", "", ["renewToken"]],
      ["tokenPrivilegeWillExpire", undefined, ["renewToken"]], // so says the SDK where it has no stream channels
      ["tokenPrivilegeWillExpire", "stage", ["renewToken for stage"]],
      ["tokenPrivilegeWillExpire", "other", []],
      ["linkState", link, ["logout", "login"]],
      ["linkState", { ...link, reason: "Ticket expired" }, ["logout", "login"]], // as 2.2.0 says it
      ["linkState", lostLink("STREAM", ["stage"]), ["join"]],
      ["linkState", lostLink("STREAM", ["other"]), []],
      // Nothing that a new token remedies, and a login that failed: whoever logged in gets its error.
      ["linkState", { ...link, reason: "The same uid login on another device", reasonCode: "SAME_UID_LOGIN" }, []],
      ["linkState", { ...link, currentState: "SUSPENDED" }, []],
      ["linkState", { ...link, operation: "LOGIN" }, []],
    ] as const
  ) {
    assertEquals(await after(event, value), [...did], JSON.stringify(value));
  }
  stop();
  assertEquals(listeners.all.length, 0);
});

Deno.test("keepRtmToken() reports a logout that failed and logs in all the same, but not after stop()", async () => {
  const { after, client, errors, listeners, login, session, stop } = await rtm();
  client.logout = () => Promise.reject(new Error("logout error when FAILED"));
  assertEquals(await after("linkState", lostLink("MESSAGE", [])), ["login"]);
  assertEquals(errors, ["Error: logout error when FAILED"]);
  client.logout = () => {
    login.stop();
    return Promise.resolve({ timestamp: session.did.push("logout") });
  };
  assertEquals(await after("tokenPrivilegeWillExpire", ""), ["renewToken"]);
  listeners.emit("linkState", lostLink("MESSAGE", [])); // while there is a token that was not yet used for a login
  await settled();
  assertEquals([session.did, errors.length], [["logout"], 1]);
  stop();
});
