import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../../mod.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { bugTest } from "./bugs.ts";
import { ask, assertToken, rtc, rtm, serverOf, tokenOf } from "./harness.ts";

const server = serverOf();
const status = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).status;

bugTest("role-of-the-request-before", async () => {
  assertEquals(await status("/fetch_rtc_token", { role: 1 }), 200);
  assertEquals(await status("/fetch_rtc_token", { role: 9 }), 400);
});

bugTest("role-words", async () => {
  for (const role of ["1", "Publisher"]) {
    await assertToken((await ask(server, `/rtc/c/${role}/uid/7`)).json.rtcToken, 3600, [rtc("c", "7", true, 3600)]);
  }
  assertEquals(await status("/rtc/c/publishr/uid/7"), 400);
});

bugTest("everyone-publishes", async () => {
  await assertToken((await ask(server, "/rtc/c/audience/uid/7")).json.rtcToken, 3600, [rtc("c", "7", false, 3600)]);
});

bugTest("rte-token-type", async () => {
  const { json } = await ask(server, "/rte/c/publisher/userAccount/0042");
  await assertToken(json.rtcToken, 3600, [rtc("c", "0042", true, 3600)]);
  assertEquals(await status("/rte/c/publisher/nonsense/7"), 400);
});

bugTest(
  "token-type-unread",
  async () =>
    assertEquals([await status("/rtc/c/publisher/uid/1"), await status("/rtc/c/publisher/userAccount/a")], [200, 200]),
);

bugTest(
  "app-token-for-anyone",
  async () => assertEquals([await status("/chat/app"), await status("/getToken", { tokenType: "chat" })], [403, 403]),
);

bugTest("two-chat-services", async () => {
  const both = { serviceChat: { enableUser: true, enableApp: true, userUuid: "carol" } };
  const { status, json } = await ask(serverOf({ allowAppLevelTokens: true }), "/token/generate", { json: both });
  assertEquals([status, json.message.includes('"serviceChat.enableApp"')], [400, true]);
});

bugTest("empty-service-list", async () => {
  assertEquals(await status("/token/generate", {}), 400);
  const { json } = await ask(server, "/token/generate", { json: { uid: "bob", serviceRtm: { enable: true } } });
  await assertToken(json.data.token, 3600, rtm("bob", 3600));
});

bugTest("lifetime-wraps", async () => {
  for (const expire of [-1, 4294967297]) {
    assertEquals(await status("/getToken", { tokenType: "rtm", uid: "bob", expire }), 400);
  }
});

bugTest(
  "empty-expiry",
  async () => assertEquals((await tokenOf((await ask(server, "/rtm/bob?expiry=")).json.rtmToken)).expire, 3600),
);

bugTest("expiry-abc", async () => assertEquals(await status("/rtc/c/publisher/uid/1?expiry=abc"), 400));

bugTest("expired-ts", async () => {
  for (const query of ["channel=c&expiredTs=zzz", "channel=c&expiredTs=1000", "uid=1"]) {
    assertEquals(await status(`/access_token?${query}`), 400);
  }
});

bugTest(
  "absolute-lifetime",
  async () => assertEquals(await status(`/rtm/bob?expiry=${Math.floor(Date.now() / 1000) + 3600}`), 400),
);

bugTest("end-computed-once", async () => {
  const { now } = Date;
  Date.now = () => now() + 7_200_000;
  try {
    await assertToken((await ask(server, "/rtcToken?channelName=c")).json.key, 3600, [rtc("c", "", true, 3600)]);
  } finally {
    Date.now = now;
  }
});

bugTest("outlives-24-hours", async () => {
  const { json } = await ask(server, "/rtm/bob?expiry=604800");
  const { token } = await verifyToken(json.rtmToken, { certificates: CERTIFICATE });
  assert(token?.version === "007" && token.expire === 86_400);
});
