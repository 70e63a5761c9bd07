import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { bugTest } from "./bugs.ts";
import { ask, serverOf, withProcess } from "./harness.ts";

const server = serverOf();
const status = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).status;

bugTest("secrets-in-log", async () => {
  const credentials = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
  const marked = "m4rked-us3r";
  const printed = await withProcess(credentials, async (base) => {
    for (const target of [`/rtm/${marked}`, "/rtm/0", `/rtc/${marked}/owner/uid/1`]) {
      await (await fetch(base + target)).text();
    }
    await (await fetch(`${base}/token/generate`, { method: "POST", body: JSON.stringify({ uid: marked }) })).text();
  });
  const logged = printed.after.trim().split("\n").map((line) => [JSON.parse(line).route, JSON.parse(line).status]);
  assertEquals(logged, [["rtm", 200], ["rtm", 400], ["rtc", 400], ["token-generate", 400]]);
  assertEquals([printed.all.includes(CERTIFICATE), printed.all.includes(marked)], [false, false]);
});

bugTest("starts-without-credentials", async () => {
  const { message } = await assertRejects(() => loadConfig([{ APP_ID }], false), AgoraTokenError);
  assert(message.startsWith("APP_CERTIFICATE is not set"));
});

bugTest("certificates-from-callers", async () => {
  const services = [{ type: "rtm", userId: "bob" }];
  assertEquals(await status("/v1/tokens", { services, appId: APP_ID, appCertificate: CERTIFICATE }), 400);
  assertEquals((await ask(server, "/v1/tokens", { method: "POST", body: "{" })).status, 400);
});
