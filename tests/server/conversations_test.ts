import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { accessOf, BY_PEM, jwtOf } from "../access/harness.ts";
import { APP_ID } from "../portable/case.ts";
import { ask, assertToken, rtc, rtm, serverOf } from "./harness.ts";

// The servers of quickstarts, which make what a request leaves out.

const server = serverOf();

Deno.test("GET /api/generate-agora-token makes a channel, and takes a missing uid as 0, for which there is no RTM", async () => {
  const { json } = await ask(server, "/api/generate-agora-token");
  assertEquals([json.uid, Object.keys(json)], ["0", ["token", "uid", "channel"]]);
  assertMatch(json.channel, /^ai-conversation-\d{13}-[0-9a-z]{6}$/);
  await assertToken(json.token, 3600, [rtc(json.channel, "", true, 3600)]);
  assertNotEquals((await ask(server, "/api/generate-agora-token?uid=")).json.channel, json.channel);
  const { json: named } = await ask(server, "/api/generate-agora-token?channel=lobby&uid=0");
  assertEquals([named.uid, named.channel], ["0", "lobby"]);
});

Deno.test("GET /api/generate-agora-token draws a uid where the option says so", async () => {
  const drawing = serverOf({ drawUids: true });
  for (const query of ["", "?uid=", "?uid=0", "?uid=-1"]) {
    const { json } = await ask(drawing, `/api/generate-agora-token${query}`);
    assert(/^\d+$/.test(json.uid) && Number(json.uid) >= 1000 && Number(json.uid) <= 9_999_999, json.uid);
    await assertToken(json.token, 3600, [rtc(json.channel, json.uid, true, 3600), ...rtm(json.uid, 3600)]);
  }
  assertEquals((await ask(drawing, "/api/generate-agora-token?uid=7")).json.uid, "7");
  assert(Number((await ask(drawing, "/token")).json.uid) >= 1000);
});

Deno.test("GET /api/generate-agora-token answers with two tokens only where rtm_user_id is given", async () => {
  const { json } = await ask(server, "/api/generate-agora-token?channel=lobby&uid=1001&rtm_user_id=android-1001");
  assertEquals(Object.keys(json), ["rtc_token", "rtm_token", "uid", "channel", "rtm_user_id"]);
  assertEquals(json.rtm_user_id, "android-1001");
  await assertToken(json.rtc_token, 3600, [rtc("lobby", "1001", true, 3600)]);
  await assertToken(json.rtm_token, 3600, rtm("android-1001", 3600));
  const { json: one } = await ask(server, "/api/generate-agora-token?channel=lobby&uid=1001&rtm_user_id=");
  assertEquals(Object.keys(one), ["token", "uid", "channel"]);
});

Deno.test("GET /get_config draws a uid for the user and one for the agent, also below /api, and refuses as FastAPI does", async () => {
  for (const target of ["/get_config", "/api/get_config", "/get_config?uid=0", "/get_config?uid=-3&rtm_user_id=x"]) {
    const { json: { code, msg, data } } = await ask(server, target);
    assertEquals([code, msg, Object.keys(data)], [0, "success", ["app_id", "token", "uid", "channel_name", "agent_uid"]]);
    assertEquals(data.app_id, APP_ID);
    assertMatch(data.agent_uid, /^[1-9]\d{7}$/);
    assert(Number(data.uid) >= 1000 && Number(data.uid) <= 9_999_999, data.uid);
    await assertToken(data.token, 3600, [rtc(data.channel_name, data.uid, true, 3600), ...rtm(data.uid, 3600)]);
  }
  const { status, json } = await ask(server, "/get_config?uid=abc");
  assertEquals([status, Object.keys(json)], [400, ["detail"]]);
});

Deno.test("GET /token answers with RTC alone", async () => {
  const { json } = await ask(server, "/token?channel=lobby");
  assertEquals([json.uid, json.channel], ["0", "lobby"]);
  await assertToken(json.token, 3600, [rtc("lobby", "", true, 3600)]);
});

Deno.test("POST /api/token makes an account that holds the name to show, and renews for the same account", async () => {
  const { json, headers } = await ask(server, "/api/token", { json: { roomId: "lobby", displayName: " Zoë ~ 李 " } });
  assertEquals(headers.get("cache-control"), "no-store");
  const [, name] = /^rtc1\.([A-Za-z0-9_-]+)\.[0-9a-f]{16}$/.exec(json.userAccount)!;
  const bytes = Uint8Array.from(atob(name!.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  assertEquals(new TextDecoder().decode(bytes), "Zoë ~ 李");
  assertEquals([json.appId, json.roomId, json.expiresIn], [APP_ID, "lobby", 3600]);
  await assertToken(json.token, 3600, [rtc("lobby", json.userAccount, true, 3600)]);
  const again = await ask(server, "/api/token", { json: { roomId: "lobby", userAccount: json.userAccount } });
  assertEquals(again.json.userAccount, json.userAccount);
  const widest = await ask(server, "/api/token", { json: { roomId: "lobby", displayName: "😀".repeat(32) } });
  assertEquals(widest.status, 200);
});

Deno.test("the servers of quickstarts give a caller whose grant names its user that one", async () => {
  const jwt = { ...BY_PEM, services: ["rtc", "rtm"], channels: ["*"], roles: ["publisher"], maxExpire: 900 };
  const uids = serverOf({ access: await accessOf({ jwt: { ...jwt, uidClaim: "uid" } }) });
  const accounts = serverOf({ access: await accessOf({ jwt }) });
  for (const [server, claims, user] of [[uids, { uid: 7 }, "7"], [accounts, {}, "ann"]] as const) {
    const headers = { authorization: `Bearer ${await jwtOf(claims)}` };
    const { json } = await ask(server, "/api/generate-agora-token", { headers });
    assertEquals(json.uid, user);
    await assertToken(json.token, 900, [rtc(json.channel, user, true, 900), ...rtm(user, 900)]);
    assertEquals((await ask(server, "/get_config", { headers })).json.data.uid, user);
    assertEquals((await ask(server, "/token?uid=1001", { headers })).status, 403);
    const { json: room } = await ask(server, "/api/token", { json: { roomId: "lobby", displayName: "Ann" }, headers });
    assertEquals([room.userAccount, room.expiresIn], [user, 900]);
  }
});
