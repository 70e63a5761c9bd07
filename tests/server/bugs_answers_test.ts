import { assert, assertEquals } from "@std/assert";
import { loadConfig } from "../../src/config/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { bugTest } from "./bugs.ts";
import { ask, assertToken, rtc, serverOf } from "./harness.ts";

const server = serverOf();
const status = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).status;
const page = (origin: string) => ({ headers: { origin } });

bugTest("error-as-token", async () => {
  const { json } = await ask(server, "/fetch_rtc_token", { json: { uid: "x" } });
  assertEquals([json.code, "token" in json], ["400", false]);
});

bugTest("empty-token", async () => assertEquals(await status("/fetch_rtc_token", { channelName: "c".repeat(64) }), 400));

bugTest("rtm-errors-name-rtc", async () => {
  const { status, json } = await ask(server, "/rtm/0");
  assertEquals([status, json.message.startsWith("Error Generating RTM token: ")], [400, true]);
});

bugTest(
  "status-500",
  async () => assertEquals([await status("/rtc/c/owner/uid/1"), await status("/rtc/c/subscriber/uid/1")], [400, 200]),
);

bugTest(
  "json-tail",
  async () =>
    assertEquals((await ask(server, "/getToken", { method: "POST", body: '{"tokenType":"rtm","uid":"bob"}x' })).status, 400),
);

bugTest("shared-request", async () => {
  await Promise.all(Array.from({ length: 50 }, async (_, uid) => {
    const { json } = await ask(server, "/fetch_rtc_token", {
      json: { uid: uid + 1, channelName: `c${uid}`, role: 2 - uid % 2 },
    });
    await assertToken(json.token, 3600, [rtc(`c${uid}`, String(uid + 1), uid % 2 === 1, 3600)]);
  }));
});

bugTest(
  "authorization-crash",
  async () => assertEquals((await ask(server, "/rtm/bob", { headers: { authorization: "x" } })).status, 200),
);

bugTest("origins-refused", async () => {
  const listed = serverOf({ corsAllowOrigin: ["https://a.example"] });
  assertEquals([(await ask(listed, "/rtm/bob")).status, (await ask(server, "/rtm/bob")).status], [200, 200]);
  assertEquals(
    (await ask(server, "/rtm/bob", page("http://localhost"))).headers.get("access-control-allow-origin"),
    "http://localhost",
  );
});

bugTest("origins-untrimmed", async () => {
  const config = await loadConfig([{
    AGORA_APP_ID: APP_ID,
    AGORA_APP_CERTIFICATE: CERTIFICATE,
    CORS_ALLOW_ORIGIN: "https://a.example, https://b.example ",
  }], false);
  assertEquals(config.options.corsAllowOrigin, ["https://a.example", "https://b.example"]);
});

bugTest("no-vary", async () => assert((await ask(server, "/ping")).headers.get("vary")!.split(", ").includes("Origin")));

bugTest("no-authorization-header", async () => {
  const { headers } = await ask(server, "/rtm/bob", { method: "OPTIONS", ...page("http://localhost") });
  assert(headers.get("access-control-allow-headers")!.includes("Authorization"));
});

bugTest("slash-redirect", async () => {
  const { status, headers } = await ask(server, "/rtm/bob", page("http://localhost"));
  assertEquals([status, headers.get("access-control-allow-origin")], [200, "http://localhost"]);
});

bugTest("cors-misspelt", async () =>
  assertEquals(
    (await ask(server, "/ping", page("http://localhost"))).headers.get("access-control-allow-origin"),
    "http://localhost",
  ));

bugTest("cors-on-success-only", async () => {
  const { status, headers } = await ask(server, "/rtcToken", page("http://localhost"));
  assertEquals([status, headers.get("access-control-allow-origin")], [400, "http://localhost"]);
});

bugTest("no-preflight", async () => {
  const { status, headers } = await ask(server, "/access_token", { method: "OPTIONS", ...page("http://localhost") });
  assertEquals([status, headers.get("access-control-allow-methods")], [204, "GET, POST, *"]);
});
