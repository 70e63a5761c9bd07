import type { Service } from "../../src/formats/access_token2/types.ts";
import { APP_ID } from "../portable/case.ts";
import { rtc, rtm } from "./harness.ts";

/** The answer to the example of each row of another server: its body, with tokens as `<name>`, and what these contain. */
export const SUCCESS: Record<string, { body: string; type?: string; tokens: [expire: number, services: Service[]][] }> = {
  "fetch-rtc-token": { body: '{"code":"200","token":"<0>"}', tokens: [[600, [rtc("test", "1234", true, 600)]]] },
  "fetch-rtm-token": { body: '{"code":"200","token":"<0>"}', tokens: [[600, rtm("bob", 600)]] },
  "api-agora-token": { body: "<0>", type: "text/plain; charset=utf-8", tokens: [[600, [rtc("lobby", "1001", false, 600)]]] },
  "rtc": { body: '{"rtcToken":"<0>"}', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "rtm": { body: '{"rtmToken":"<0>"}', tokens: [[600, rtm("1001", 600)]] },
  "rte": {
    body: '{"rtcToken":"<0>","rtmToken":"<1>"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600)]], [600, rtm("1001", 600, "lobby")]],
  },
  "rte-rtmuid": {
    body: '{"rtcToken":"<0>","rtmToken":"<1>"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600)]], [600, rtm("bob", 600, "lobby")]],
  },
  "chat-app": { body: '{"chatToken":"<0>"}', tokens: [[600, [{ type: "chat", userId: "", privileges: { app: 600 } }]]] },
  "chat-account": {
    body: '{"chatToken":"<0>"}',
    tokens: [[600, [{ type: "chat", userId: "carol", privileges: { user: 600 } }]]],
  },
  "get-token": { body: '{"token":"<0>"}\n', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "token-get-new": { body: '{"token":"<0>"}\n', tokens: [[600, [rtc("lobby", "1001", true, 600)]]] },
  "access-token": { body: '{"token":"<0>"}', tokens: [[3600, [rtc("lobby", "1001", false, 3600)]]] },
  "rtc-token": { body: '{"key":"<0>"}', tokens: [[3600, [rtc("lobby", "1001", true, 3600)]]] },
  "rtm-token": { body: '{"key":"<0>"}', tokens: [[3600, rtm("bob", 3600)]] },
  "token-generate": {
    body: '{"code":0,"data":{"token":"<0>"},"message":"Success"}',
    tokens: [[600, [rtc("lobby", "1001", true, 600), ...rtm("1001", 600)]]],
  },
  "api-generate-agora-token": {
    body: '{"token":"<0>","uid":"1001","channel":"lobby"}',
    tokens: [[3600, [rtc("lobby", "1001", true, 3600), ...rtm("1001", 3600)]]],
  },
  "get-config": {
    body:
      `{"code":0,"data":{"app_id":"${APP_ID}","token":"<0>","uid":"1001","channel_name":"lobby","agent_uid":"…"},"msg":"success"}`,
    tokens: [[3600, [rtc("lobby", "1001", true, 3600), ...rtm("1001", 3600)]]],
  },
  "token": { body: '{"token":"<0>","uid":"1001","channel":"lobby"}', tokens: [[3600, [rtc("lobby", "1001", true, 3600)]]] },
  "api-token": {
    body: `{"appId":"${APP_ID}","roomId":"lobby","userAccount":"bob","token":"<0>","expiresIn":3600}`,
    tokens: [[3600, [rtc("lobby", "bob", true, 3600)]]],
  },
  "v1-token": { body: "<0>", type: "text/html; charset=utf-8", tokens: [[900, [rtc("lobby", "1001", true, 900)]]] },
};

/** For each row of another server, requests that are refused: changes to the example's query or body, or another path. */
export const FAILURES: Record<string, { path?: string; change?: Record<string, unknown>; status?: number }[]> = {
  "fetch-rtc-token": [
    ...[{ uid: -1 }, { uid: 2 ** 32 }, { uid: 1.5 }, { uid: "seven" }, { uid: [7] }, { channelName: 5 }, {
      channelName: "c".repeat(64),
    }].map((change) => ({ change })),
    ...[{ role: 9 }, { role: "owner" }, { expire: -1 }, { expire: 4294967297 }, { expire: 1795249958 }, { expire: "soon" }].map(
      (change) => ({ change }),
    ),
  ],
  "fetch-rtm-token": [
    ...[{ uid: undefined }, { uid: "" }, { uid: "0" }, { uid: 0 }, { uid: " bob" }, { uid: {} }, { expire: -1 }],
    ...[{ uid: -1 }, { uid: 1.5 }, { uid: 2 ** 32 }],
  ]
    .map((change) => ({ change })),
  "api-agora-token": [
    ...[{ channelName: undefined }, { channelName: "a/b" }, { uid: "x" }, { uid: "-1" }, { role: "owner" }].map((
      change,
    ) => ({ change })),
    ...[{ expireSeconds: "86401" }, { expireSeconds: "0" }, { expireSeconds: "1.5" }].map((change) => ({
      change,
    })),
  ],
  "rtc": [
    ...[
      "/rtc/lobby/owner/uid/7",
      "/rtc/lobby/toString/uid/7",
      "/rtc/lobby/publisher/name/7",
      "/rtc/lobby/publisher/uid/seven",
      "/rtc/lobby/publisher/userAccount/",
      "/rtc/lobby/publisher/UID/7",
      "/rtc/lobby/publisher/uid/+7",
      "/rtc/lobby/publisher/uid/%207",
    ],
    ...["/rtc/lobby/publisher/uid/-1", "/rtc/lobby/publisher/uid/4294967296", "/rtc/%ff/publisher/uid/1"],
    ...[`/rtc/${"c".repeat(64)}/publisher/uid/1`, "/rtc/a%2Fb/publisher/uid/1", "/rtc/a%2520b/publisher/uid/1?expiry=-1"],
    ...["abc", "-1", "1.5", "1795249958", "4294967297", "1795249958000", "31536001"].map((expiry) =>
      `/rtc/lobby/publisher/uid/1?expiry=${expiry}`
    ),
  ].map((path) => ({ path })),
  "rtm": ["/rtm/", "/rtm//", "/rtm/0", "/rtm/%20bob", `/rtm/${"u".repeat(64)}`, "/rtm/bob?expiry=x"].map((path) => ({ path })),
  "rte": ["/rte/lobby/publisher/uid/0", "/rte/lobby/owner/uid/7", "/rte/lobby/publisher/name/7"].map((path) => ({ path })),
  "rte-rtmuid": ["/rte/lobby/publisher/uid/7/0", "/rte/lobby/publisher/uid/x/bob"].map((path) => ({ path })),
  "chat-app": [{ path: "/chat/app?expiry=x" }],
  "chat-account": [{ path: "/chat/account/" }, { path: "/chat/account/%00" }, { path: `/chat/account/${"u".repeat(256)}` }],
  "get-token": [
    ...[{ tokenType: undefined }, { tokenType: "RTC" }, { tokenType: "toString" }, { tokenType: 5 }, { channel: "" }, {
      channel: undefined,
    }],
    ...[{ uid: "" }, { uid: undefined }, { uid: "4294967297" }, { role: "owner" }, { expire: -1 }, {
      tokenType: "rtm",
      uid: "0",
    }],
  ].map((change) => ({ change })),
  "token-get-new": [{ tokenType: undefined }].map((change) => ({ change })),
  "access-token": [
    ...[{ channel: undefined }, { channel: "" }, { uid: "x" }, { expiredTs: "1" }, { expiredTs: "zzz" }, { expiredTs: "-1" }],
  ].map((change) => ({ change })),
  "rtc-token": [{ channelName: undefined }, { channelName: "" }, { uid: "-1" }].map((change) => ({ change })),
  "rtm-token": [{ account: undefined }, { account: "" }, { account: "0" }].map((change) => ({ change })),
  "token-generate": [
    ...[{ uid: "4294967296" }, { channelName: "a/b" }, { serviceRtc: 5 }, { tokenExpireTs: -1 }, { tokenExpireTs: 1795249958 }],
    ...[{ privilegeExpireTs: "x" }, { serviceChat: { enableUser: true } }, { serviceRtc: { enable: "true" } }],
    ...[{ serviceRtc: {}, serviceRtm: {} }, { uid: "-5" }, { serviceRtc: { enable: true, role: "publisher" } }],
    ...[{ serviceRtc: { enable: true, role: 1.5 } }, { serviceApaas: { enableUser: true, userUuid: "null" } }, { uid: "" }],
  ].map((change) => ({ change })),
  "api-generate-agora-token": [
    { uid: "x" },
    { uid: "-5" },
    { uid: "1.5" },
    { uid: "4294967296" },
    { channel: "a/b" },
    {
      channel: "c".repeat(64),
    },
    { rtm_user_id: "0" },
    { rtm_user_id: "undefined" },
  ].map((change) => ({ change })),
  "get-config": [{ uid: "x" }, { uid: "1.5" }, { uid: "4294967296" }, { channel: "a/b" }].map((change) => ({ change })),
  "token": [{ uid: "x" }, { uid: "-5" }, { channel: "a/b" }].map((change) => ({ change })),
  "api-token": [
    ...[{ roomId: undefined }, { roomId: "" }, { roomId: "a/b" }, { userAccount: "" }, { userAccount: undefined }],
    ...[{ displayName: "Bob" }, { userAccount: undefined, displayName: " " }, { userAccount: "null" }],
    ...[{ userAccount: undefined, displayName: "x".repeat(33) }, { userAccount: undefined, displayName: 5 }],
  ].map((change) => ({ change })),
  "v1-token": [{ channel_name: undefined }, { channel_name: "a/b" }, { uid: "x" }].map((change) => ({ change })),
};
