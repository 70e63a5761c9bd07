import { assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { bugTest } from "./bugs.ts";
import { ask, assertToken, rtc, rtm, serverOf } from "./harness.ts";

const server = serverOf();
const status = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).status;

bugTest("uid-wraps", async () => {
  assertEquals([
    await status("/rtc/c/publisher/uid/4294967297"),
    await status("/getToken", { tokenType: "rtc", channel: "c", uid: "4294967297" }),
  ], [400, 400]);
});

bugTest(
  "numeric-uid-refused",
  async () => assertEquals(await status("/getToken", { tokenType: "rtc", channel: "c", uid: 7 }), 200),
);

bugTest("uid-as-account", async () => {
  assertEquals(await status("/rtc/c/publisher/uid/-5"), 400);
  for (const uid of ["-5", "+7", " 7", "7 ", "7.0", "99999999999999999999"]) {
    assertEquals(await status("/getToken", { tokenType: "rtc", channel: "c", uid }), 400, uid);
  }
  const { json } = await ask(server, "/getToken", { json: { tokenType: "rtc", channel: "c", uid: "0x7C" } });
  await assertToken(json.token, 3600, [rtc("c", "0x7C", false, 3600)]);
});

bugTest(
  "rtm-user-0",
  async () => assertEquals([await status("/getToken", { tokenType: "rtm", uid: "0" }), await status("/rtm/0")], [400, 400]),
);

bugTest("zeros-dropped", async () => {
  const { json } = await ask(server, "/getToken", { json: { tokenType: "rtc", channel: "c", uid: "0042" } });
  await assertToken(json.token, 3600, [rtc("c", "0042", false, 3600)]);
});

bugTest("uid-0-as-account", async () => {
  for (
    const [target, field, expire] of [["/rtc/c/publisher/uid/0", "rtcToken", 3600], [
      "/rtcToken?channelName=c&uid=0",
      "key",
      3600,
    ]] as const
  ) {
    await assertToken((await ask(server, target)).json[field], expire, [rtc("c", "", true, 3600)]);
  }
  await assertToken((await ask(server, "/access_token?channel=c&uid=0")).json.token, 3600, [rtc("c", "", false, 3600)]);
});

bugTest("undefined-user", async () => {
  for (const user of ["undefined", "null", "NaN", "%5Bobject%20Object%5D"]) {
    assertEquals([await status(`/rtm/${user}`), await status(`/rtc/c/publisher/userAccount/${user}`)], [400, 400], user);
    assertEquals(await status(`/rtc/c/publisher/uid/${user}`), 400);
  }
});

bugTest("rtm-number", async () => {
  const { json } = await ask(server, "/fetch_rtm_token", { json: { uid: 7 } });
  await assertToken(json.token, 3600, rtm("7", 3600));
});

bugTest("negative-uid", async () => {
  for (const uid of ["-1", "1.5", "4294967297"]) assertEquals(await status(`/rtcToken?channelName=c&uid=${uid}`), 400);
});

bugTest("chat-in-path", async () => {
  for (const user of ["chat", "app"]) {
    const { json } = await ask(server, `/chat/account/${user}`);
    await assertToken(json.chatToken, 3600, [{ type: "chat", userId: user, privileges: { user: 3600 } }]);
  }
});

bugTest("uid-ignored", async () => {
  await assertToken((await ask(server, "/v1/token?channel_name=c&uid=5")).text, 900, [rtc("c", "5", true, 900)]);
  await assertRejects(() => loadConfig([], false), AgoraTokenError);
});
