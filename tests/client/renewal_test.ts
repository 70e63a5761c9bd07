import { assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError, packToken, type Service, type Token } from "../../mod.ts";
import { keepToken } from "../../src/client/mod.ts";
import { RtcTokenBuilder } from "../../src/official/legacy/mod.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { FakeClock, maker, settled } from "./harness.ts";

Deno.test("keepToken() renews before expiry, at a random point that depends on the lifetime", async () => {
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

Deno.test("keepToken() renews `renewBefore` seconds before expiry, but not before two thirds of the lifetime", async () => {
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

Deno.test("keepToken() uses the first expiry time of an older token, and never renews one without expiry", async () => {
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

Deno.test("keepToken() renews by the first of as many privileges as a token may have", async () => {
  const clock = new FakeClock();
  const issueTs = clock.time / 1000;
  const privileges = Object.fromEntries(
    Array.from({ length: 30_000 }, (_, number) => [number, number === 15_000 ? 600 : 6000]),
  );
  const text = await packed({ issueTs, expire: 7200, services: [{ type: "rtc", channelName: "c", uid: "7", privileges }] });
  const keeper = await keepToken({ fetchToken: () => Promise.resolve(text), renewToken: () => {}, clock });
  await settled();
  assertEquals(clock.waits.map(({ until }) => until / 1000 - issueTs), [570]);
  keeper.stop();
});

Deno.test("keepToken() never renews without a pause if the clock is wrong", async () => {
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

Deno.test("keepToken() renews again if the server returns the same token twice", async () => {
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

Deno.test("keepToken() uses the shortest privilege, and Agora's limit of 24 hours", async () => {
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

Deno.test("keepToken() refuses options with which it would renew without pause or forever", async () => {
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

Deno.test("keepToken() reports to onError, before it hands it on, a new token for another project, channel or user", async () => {
  const names = { appId: APP_ID, channelName: "lobby", uid: "1001" };
  const otherId = APP_ID.split("").toReversed().join("");
  for (
    const [other, field, values, before = {}] of [
      [{ uid: "2002" }, ["user"], ['"1001"', '"2002"']],
      [{ uid: "" }, ["user"], ['"1001"', "any"]],
      [{ channelName: "stage" }, ["channel"], ['"lobby"', '"stage"']],
      [{ appId: otherId }, ["appId"], [APP_ID, otherId]],
      [{ channelName: "stage", uid: "2002" }, ["channel", "user"], ['"lobby"', '"stage"']],
      [{}, [], []],
      // From a wildcard to a name that it stands for, as an audience that begins to publish.
      [{}, [], [], { uid: "" }],
      [{}, [], [], { channelName: "lob*", uid: "*" }],
      [{}, ["channel"], ['"Lob*"', '"lobby"'], { channelName: "Lob*" }],
      [{ uid: "1*" }, ["user"], ['"1001"', '"1*"']],
    ] as const
  ) {
    const clock = new FakeClock();
    const issueTs = clock.time / 1000;
    const tokens = [{ ...names, ...before }, { ...names, ...other }].map(({ appId, ...channelAndUser }, salt) =>
      packed({ appId, issueTs, salt, services: [{ type: "rtc", ...channelAndUser, privileges: { joinChannel: 40 } }] })
    );
    const did: unknown[] = [];
    const keeper = await keepToken({
      fetchToken: () => tokens.shift()!,
      renewToken: () => did.push("handed on"),
      onError: (error) => did.push(error),
      clock,
    });
    await keeper.renew();
    const errors = did.slice(0, -1) as AgoraTokenError[];
    assertEquals([errors.map(({ field }) => field), did.at(-1)], [[...field], "handed on"]);
    assertEquals([errors[0]?.expected, errors[0]?.actual].filter((value) => value !== undefined), [...values]);
    keeper.stop();
    await settled();
  }
});

Deno.test("keepToken() reports a new token that is the same text, and asks for another within 30 seconds; and one that has expired", async () => {
  const clock = new FakeClock();
  const { fetchToken: fresh } = maker(clock, 3600);
  const services: Service[] = [{ type: "rtc", channelName: "test", uid: "1234", privileges: { joinChannel: 60 } }];
  const expired = await packed({ issueTs: clock.time / 1000 - 90, expire: 60, services });
  let [asked, next] = [0, await fresh()];
  const errors: unknown[] = [];
  const keeper = await keepToken({
    fetchToken: () => (asked++, Promise.resolve(next)),
    renewToken: () => {},
    onError: (error) => errors.push((error as AgoraTokenError).field, String(error)),
    clock,
  });
  await clock.pass(3571);
  const same = ["token", "AgoraTokenError: The new token is the same text as the one before"];
  assertEquals([asked, errors], [2, same]);
  await clock.pass(30);
  assertEquals([asked, errors], [3, [...same, ...same]]);
  next = expired;
  await clock.pass(30);
  const message = "AgoraTokenError: The new token has expired, by the clock of this machine";
  assertEquals(errors.slice(4), ["token", message]);
  next = await packed({ issueTs: clock.time / 1000, services: [{ type: "rtm", userId: "1001", privileges: { login: 60 } }] });
  const renewing = keeper.renew();
  await clock.pass(5); // after the renewal before it
  await renewing;
  const other = "AgoraTokenError: The new token is for another service (rtm) than the one before (rtc)";
  assertEquals(errors.slice(6), ["service", other]);
  keeper.stop();
});
