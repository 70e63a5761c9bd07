import { assert, assertEquals } from "@std/assert";
import { accessOf, apiKey, entryOf } from "../access/harness.ts";
import { assertToken, rtc, rtm, serverOf, tokenOf } from "./harness.ts";

// The requests of real clients, exactly as each sends them, over HTTP; the token is taken from where each client reads it.

interface Client {
  /** The client, and the file with its request. */
  name: string;
  method?: string;
  /** The target after the base URL that the user configures. */
  target: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** The field that the client reads, and what the token in it must be. */
  reads: Record<string, [expire: number, services: Parameters<typeof assertToken>[2]]>;
}

const json = { "content-type": "application/json" };
const page = { origin: "http://localhost:3000" };

const CLIENTS: Client[] = [
  {
    name: "VideoUIKit-iOS AgoraVideoViewer+Token",
    target: "/rtc/test/publisher/uid/4294967295/",
    reads: { rtcToken: [3600, [rtc("test", "4294967295", true, 3600)]] },
  },
  {
    name: "VideoUIKit-iOS AgoraRtmController+Tokens",
    target: "/rtm/3A5B-11",
    reads: { rtmToken: [3600, rtm("3A5B-11", 3600)] },
  },
  {
    name: "VideoUIKit-Android AgoraVideoViewer+Token",
    target: "/rtc/test/publisher/uid/0/",
    reads: { rtcToken: [3600, [rtc("test", "", true, 3600)]] },
  },
  {
    name: "VideoUIKit-Android AgoraRtmController+Tokens",
    target: "/rtm/alice",
    reads: { rtmToken: [3600, rtm("alice", 3600)] },
  },
  {
    name: "VideoUIKit-Flutter rtc_token_handler",
    target: "/rtc/test/publisher/uid/7",
    reads: { rtcToken: [3600, [rtc("test", "7", true, 3600)]] },
  },
  {
    name: "VideoUIKit-Flutter with a base URL that ends in a slash (#127)",
    target: "//rtc/test/publisher/uid/7",
    reads: { rtcToken: [3600, [rtc("test", "7", true, 3600)]] },
  },
  { name: "VideoUIKit-Flutter rtm_token_handler", target: "/rtm/7", reads: { rtmToken: [3600, rtm("7", 3600)] } },
  {
    name: "VideoUIKit-Web-React RTCConfigure",
    target: "/rtc/test/publisher/uid/0/",
    headers: page,
    reads: { rtcToken: [3600, [rtc("test", "", true, 3600)]] },
  },
  {
    name: "VideoUIKit-Web-React RTMConfigure",
    target: "/rtm/mara",
    headers: page,
    reads: { rtmToken: [3600, rtm("mara", 3600)] },
  },
  {
    name: "VideoUIKit-ReactNative Join",
    target: "/rtc/test/publisher/uid/42",
    reads: { rtcToken: [3600, [rtc("test", "42", true, 3600)]] },
  },
  {
    name: "Agora-Unity-Quickstart RequestToken",
    target: "/rtc/YOUR_CHANNEL/publisher/uid/12/",
    reads: { rtcToken: [3600, [rtc("YOUR_CHANNEL", "12", true, 3600)]] },
  },
  {
    name: "Unity TokenRequestHelper",
    target: "/rte/unity/audience/uid/12/?expiry=600",
    reads: { rtcToken: [600, [rtc("unity", "12", false, 600)]], rtmToken: [600, rtm("12", 600, "unity")] },
  },
  {
    name: "Unity HelperClass",
    target: "/access_token?channel=unity&uid=12",
    reads: { token: [3600, [rtc("unity", "12", false, 3600)]] },
  },
  {
    name: "video-sdk-samples-android AgoraManagerAuthentication, broadcaster",
    target: "/rtc/demo/1/uid/0/?expiry=300",
    reads: { rtcToken: [300, [rtc("demo", "", true, 300)]] },
  },
  {
    name: "video-sdk-samples-android AgoraManagerAuthentication, audience",
    target: "/rtc/demo/2/uid/9/?expiry=300",
    reads: { rtcToken: [300, [rtc("demo", "9", false, 300)]] },
  },
  {
    name: "video-sdk-samples-flutter signaling_manager_authentication",
    target: "/rtc/demo/1/uid/9?expiry=300",
    reads: { rtcToken: [300, [rtc("demo", "9", true, 300)]] },
  },
  {
    name: "video-sdk-samples-flutter, its later variant, always role 2",
    target: "/rtc/demo/2/uid/9?expiry=300",
    reads: { rtcToken: [300, [rtc("demo", "9", false, 300)]] },
  },
  {
    name: "a Swift sample",
    target: "/rtc/demo/1/uid/3735928559/?expiry=3600",
    reads: { rtcToken: [3600, [rtc("demo", "3735928559", true, 3600)]] },
  },
  {
    name: "Agora's guide “Deploy a token server” (Go), iOS",
    method: "POST",
    target: "/fetch_rtc_token",
    body: { uid: 1234, channelName: "test", role: 1 },
    reads: { token: [3600, [rtc("test", "1234", true, 3600)]] },
  },
  {
    name: "a web page with axios, without role",
    method: "POST",
    target: "/fetch_rtc_token",
    headers: { ...json, ...page },
    body: { uid: 123, channelName: "demo" },
    reads: { token: [3600, [rtc("demo", "123", true, 3600)]] },
  },
  {
    name: "Flutter and JavaScript apps",
    method: "POST",
    target: "/getToken",
    headers: json,
    body: { tokenType: "rtc", channel: "demo", role: "publisher", uid: "7", expire: 3600 },
    reads: { token: [3600, [rtc("demo", "7", true, 3600)]] },
  },
  {
    name: "others, by account and below /api",
    target: "/api/rtc/demo/publisher/userAccount/zo%40x.test/?expiry=60",
    reads: { rtcToken: [60, [rtc("demo", "zo@x.test", true, 60)]] },
  },
  {
    name: "React and Vite apps that want JSON from /api/agora/token",
    target: "/api/agora/token?channelName=demo&role=host&uid=7",
    headers: { accept: "application/json", ...page },
    reads: { token: [3600, [rtc("demo", "7", true, 3600)]] },
  },
];

for (const { name, method = "GET", target, headers = {}, body, reads } of CLIENTS) {
  Deno.test(`the server serves ${name}`, async () => {
    const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, serverOf());
    try {
      const init = {
        method,
        headers,
        redirect: "error" as const,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const response = await fetch(`http://127.0.0.1:${http.addr.port}${target}`, init);
      assertEquals(response.status, 200);
      if ("origin" in headers) assertEquals(response.headers.get("access-control-allow-origin"), headers.origin);
      const answer = await response.json();
      for (const [field, [expire, services]] of Object.entries(reads)) await assertToken(answer[field], expire, services);
    } finally {
      await http.shutdown();
    }
  });
}

Deno.test("the server answers the ping of Unity's TokenRequestHelper in the field that it reads", async () => {
  const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, serverOf());
  try {
    for (const target of ["/ping", "/ping/"]) {
      assertEquals((await (await fetch(`http://127.0.0.1:${http.addr.port}${target}`)).json()).message, "pong");
    }
  } finally {
    await http.shutdown();
  }
});

Deno.test("the server refuses values for which there is no token, in the field that the client reads", async () => {
  // VideoUIKit-Web-React on one expiry path, and VideoUIKit-Android with a negative Int.
  for (const target of ["/rtm/0/", "/rtc/test/publisher/uid/-5/"]) {
    const response = await serverOf()(new Request(`http://localhost${target}`));
    assertEquals(response.status, 400);
    const answer = await response.json();
    assert(answer.rtcToken === undefined && answer.rtmToken === undefined);
  }
});

Deno.test("the UIKits work unchanged with a key in the base URL that is their only setting", async () => {
  const entry = await entryOf("open", { channels: ["*"], users: ["*"], wildcards: true, path: true });
  const server = serverOf({ access: await accessOf({ keys: [entry] }) });
  const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, server);
  const base = `http://127.0.0.1:${http.addr.port}/k/${apiKey("open")}`;
  try {
    // VideoUIKit-iOS AgoraVideoViewer+Token: the base URL, the path, a final slash, no header of its own.
    const ios = await fetch(`${base}/rtc/test/publisher/uid/4294967295/`, { redirect: "error" });
    assertEquals(await tokenOf((await ios.json()).rtcToken), {
      expire: 3600,
      services: [rtc("test", "4294967295", true, 3600)],
    });
    // VideoUIKit-Web-React RTMConfigure: a page's fetch, without a preflight.
    const web = await fetch(`${base}/rtm/mara`, { headers: { origin: "http://localhost:3000" }, redirect: "error" });
    assertEquals(web.headers.get("access-control-allow-origin"), "http://localhost:3000");
    assertEquals(await tokenOf((await web.json()).rtmToken), { expire: 3600, services: rtm("mara", 3600) });
    const wrong = await fetch(`${base.replace("open", "opem")}/rtm/mara`);
    assertEquals([wrong.status, Object.keys(await wrong.json())], [401, ["message", "status"]]);
  } finally {
    await http.shutdown();
  }
});
