import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { accessOf, apiKey, BY_PEM, entryOf, jwtOf } from "../access/harness.ts";
import { APP_ID } from "../portable/case.ts";
import { ask, assertToken, PROJECT, rtc, rtm, serverOf } from "./harness.ts";

// `POST /v1/tokens/rtc`: what a quickstart knows.

Deno.test("POST /v1/tokens/rtc answers with all that a client joins with, for a publisher and an hour", async () => {
  const server = serverOf();
  const { status, json } = await ask(server, "/v1/tokens/rtc", { json: { channelName: "lobby", uid: 1001 } });
  assertEquals([status, Object.keys(json)], [200, ["token", "appId", "channelName", "uid", "expiresAt"]]);
  assertEquals([json.appId, json.channelName, json.uid], [APP_ID, "lobby", 1001]);
  const left = json.expiresAt - Date.now() / 1000;
  assert(left > 3500 && left <= 3600, `${left}`);
  await assertToken(json.token, 3600, [rtc("lobby", "1001", true, 3600)]);

  const body = { channelName: "lobby", account: "bob", role: "subscriber", rtm: true, expire: 60 };
  const { json: other } = await ask(server, "/v1/tokens/rtc", { json: body });
  assertEquals([other.account, "uid" in other], ["bob", false]);
  await assertToken(other.token, 60, [rtc("lobby", "bob", false, 60), ...rtm("bob", 60)]);
});

Deno.test("POST /v1/tokens/rtc draws a uid from 1 to 2^31-1 where no user is named, and answers with it", async () => {
  const server = serverOf();
  const draw = async () => (await ask(server, "/v1/tokens/rtc", { json: { channelName: "lobby", rtm: true } })).json;
  const [first, second] = [await draw(), await draw()];
  for (const { uid, token } of [first, second]) {
    assert(Number.isInteger(uid) && uid >= 1 && uid <= 0x7fffffff, `${uid}`);
    await assertToken(token, 3600, [rtc("lobby", `${uid}`, true, 3600), ...rtm(`${uid}`, 3600)]);
  }
  assertNotEquals(first.uid, second.uid);
});

Deno.test("POST /v1/tokens/rtc gives a caller whose grant names its user that one, and asks others for one", async () => {
  const grant = { services: ["rtc", "rtm"], channels: ["*"], roles: ["publisher"], maxExpire: 900 };
  const uids = { ...BY_PEM, uidClaim: "uid", ...grant };
  const anyKey = await entryOf("any", { users: ["*"] });
  const keys = [anyKey, await entryOf("one", { users: ["1001"] }), await entryOf("two", { users: ["1001", "bob"] })];
  const answer = async (jwt: unknown, as: string) => {
    const server = serverOf({ access: await accessOf({ keys, jwt }) });
    const headers = { authorization: `Bearer ${as}` };
    const { status, json } = await ask(server, "/v1/tokens/rtc", { json: { channelName: "lobby" }, headers });
    return [status, json.uid ?? json.account ?? json.field];
  };
  const accounts = { ...BY_PEM, ...grant };
  assertEquals(await answer(uids, await jwtOf({ uid: 7 })), [200, 7]);
  assertEquals(await answer(accounts, await jwtOf()), [200, "ann"]);
  assertEquals(await answer(accounts, await jwtOf({ sub: "42" })), [200, "42"]); // an account, as of the app's other users
  assertEquals(await answer(uids, await jwtOf()), [400, "uid"]); // this one has no uid
  assertEquals(await answer({ ...accounts, users: ["{sub}", "guest-*"] }, await jwtOf()), [200, "ann"]);
  assertEquals(await answer({ ...accounts, users: ["{sub}-*"] }, await jwtOf()), [400, "uid"]);
  assertEquals(await answer(accounts, apiKey("one")), [200, 1001]);
  assertEquals(await answer(accounts, apiKey("two")), [400, "uid"]);
  const [status, uid] = await answer(accounts, apiKey("any"));
  assert(status === 200 && uid >= 1 && uid <= 0x7fffffff);
});

Deno.test("POST /v1/tokens/rtc gives a grant for subscribers only that, and no more than a grant allows", async () => {
  const entry = await entryOf("viewer", { services: ["rtc"], users: ["1001"], roles: ["subscriber"], maxExpire: 900 });
  const server = serverOf({ access: await accessOf({ keys: [entry] }) });
  const post = async (more: object) => {
    const headers = { authorization: `Bearer ${apiKey("viewer")}` };
    return await ask(server, "/v1/tokens/rtc", { json: { channelName: "lobby", ...more }, headers });
  };
  await assertToken((await post({})).json.token, 900, [rtc("lobby", "1001", false, 900)]);
  for (const more of [{ role: "publisher" }, { rtm: true }, { uid: 7 }, { channelName: "stage" }, { expire: 3600 }]) {
    assertEquals([(await post(more)).status, Object.keys(more)], [403, Object.keys(more)]);
  }
});

Deno.test("POST /v1/tokens/rtc refuses with problem JSON that names the field of the request", async () => {
  const refused: [object, string][] = [
    [{ channelName: undefined }, "channelName"],
    [{ channelName: "c".repeat(64) }, "channelName"],
    [{ uid: "7" }, "uid"],
    [{ uid: 7, account: "bob" }, "account"],
    [{ account: "" }, "account"],
    [{ uid: 0, rtm: true }, "uid"],
    [{ account: "u".repeat(65), rtm: true }, "account"],
    [{ account: "null" }, "account"],
    [{ rtm: "yes" }, "rtm"],
    [{ role: "host" }, "role"],
    [{ expire: 0 }, "expire"],
    [{ expire: 86_401 }, "expire"],
    [{ expire: 1_795_249_958 }, "expire"],
    [{ appId: "1".repeat(32) }, "appId"],
    [{ channel: "lobby" }, "channel"],
  ];
  for (const [more, field] of refused) {
    const { status, json } = await ask(serverOf(), "/v1/tokens/rtc", { json: { channelName: "lobby", ...more } });
    assertEquals([status, json.field], [400, field], JSON.stringify(more));
  }
  const other = { appId: "1".repeat(32), appCertificate: "2".repeat(32) };
  const body = { channelName: "lobby", uid: 7, appId: other.appId };
  const { json } = await ask(serverOf({ projects: [PROJECT, other] }), "/v1/tokens/rtc", { json: body });
  assertEquals(json.appId, other.appId);
});
