import { jsonReply } from "../http/reply.ts";
import { inspectAnswer, rtcAnswer, tokensAnswer } from "../own_api.ts";
import { openApi } from "./openapi.ts";
import { accountOfName, agentUid, ownChannel, ownUid, uidOrAnyone } from "./made.ts";
import {
  codeRefusal,
  codeReply,
  configReply,
  conversationReply,
  detailRefusal,
  ginRefusal,
  goReply,
  roomReply,
  textRefusal,
  textReply,
} from "./replies.ts";
import { conversation, generateToken, getToken, one, rtcAndRtm, rtcInPath, rtcWithRtm } from "./requests.ts";
import { checked, rtcOf, rtmOf, uidOrAccount } from "./services.ts";
import type { Contract, ForeignRoute, OwnRoute, PublicRoute } from "./types.ts";
import { expireOf, expireUntil, present, roleOf } from "./values.ts";

// What several rows have in common.

const GUIDE = "Agora's guide “Deploy a token server” (Go)";
const ATS_SOURCE = "agora-token-service";
const GIN_GUIDE = "the guide “How to Build a Token Server for Agora Applications using GoLang”";

const PUBLIC = { method: "GET", source: "this project", public: true } as const;
const OWN = { method: "POST", source: "this project" } as const;
const AGORA = { method: "POST", source: GUIDE, era: "006", reply: codeReply, refuse: codeRefusal } as const;
const GIN = { method: "GET", source: `${GIN_GUIDE}, ${ATS_SOURCE}, Agora-Node-TokenServer`, era: "006" } as const;
const CHAT = { method: "GET", source: ATS_SOURCE, refuse: ginRefusal("Chat") } as const;
const IN_CHANNEL = { channelName: "lobby", role: "publisher", tokenType: "uid", uid: "1001" } as const;
const RTE = { example: { ...IN_CHANNEL, expiry: "600" }, requests: rtcAndRtm, refuse: ginRefusal("RTC and RTM") } as const;
const GET_TOKEN = {
  method: "POST",
  source: ATS_SOURCE,
  example: { tokenType: "rtc", channel: "lobby", role: "publisher", uid: "1001", expire: 600 },
  required: ["tokenType"],
  requests: getToken,
  reply: goReply,
  refuse: textRefusal,
} as const;
const TOOLS_NODE = { method: "GET", source: "AgoraIO/Tools nodejs/server", era: "006" } as const;

const CONVERSATION = { method: "GET", example: { channel: "lobby", uid: "1001" } } as const;

const APP_ID = "0123456789abcdef0123456789abcdef";
const FINDING = { code: "text-is-error-message", severity: "error" } as const;
const ENABLED = { enable: true } as const;
const PUBLISHER = { enable: true, role: 1 } as const;
const USER_OR_APP = { enableUser: true, enableApp: false, userUuid: "carol" } as const;

/** A row of the table: a route without its path, and without its name where that is the words of the path. */
type Row<Kind extends Contract> = Omit<Kind, "operationId" | "path"> & { readonly operationId?: string };

/** The routes by their path. */
const ROWS: Readonly<Record<string, Row<PublicRoute> | Row<OwnRoute> | Row<ForeignRoute>>> = {
  "/ping": { ...PUBLIC, summary: "Says that the server is there", source: "many servers", answer: () => ({ message: "pong" }) },
  "/healthz": { ...PUBLIC, summary: "Says that the server works", answer: () => ({ status: "ok" }) },
  "/openapi.json": { ...PUBLIC, summary: "This list as OpenAPI 3.1", answer: () => openApi(CONTRACTS) },
  "/v1/tokens": {
    ...OWN,
    operationId: "tokens",
    summary: "A token for any services, or a list of tokens for a list of requests",
    example: { services: [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }], expire: 600 },
    optional: { version: "007", appId: APP_ID, header: true },
    required: ["services"],
    lists: true,
    exampleAnswer: { token: "007…", version: "007", appId: "…", issueTs: 1700000000, expire: 600, expiresAt: 1700000600 },
    answer: tokensAnswer,
  },
  "/v1/tokens/rtc": {
    ...OWN,
    operationId: "tokens-rtc",
    summary: "RTC for a publisher, and RTM where that is wanted; draws a uid where no user is named",
    example: { channelName: "lobby", uid: 1001 },
    optional: { account: "bob", role: "publisher", rtm: true, expire: 600, appId: APP_ID, header: true },
    required: ["channelName"],
    exampleAnswer: { token: "007…", appId: "…", channelName: "lobby", uid: 1001, expiresAt: 1700003600 },
    answer: rtcAnswer,
  },
  "/v1/tokens/inspect": {
    ...OWN,
    operationId: "inspect",
    summary: "What a token says, whether it is genuine, and whether it will work",
    example: { token: "Bad request.", channelName: "lobby", uid: 1001, intent: "join" },
    optional: { appId: APP_ID, appCertificate: ["…"], account: "bob", service: "mediaChannel" },
    required: ["token"],
    exampleAnswer: { signature: "uncheckable", ok: false, verdict: "fails", findings: [FINDING] },
    answer: inspectAnswer,
  },
  "/fetch_rtc_token": {
    ...AGORA,
    summary: "RTC; by default for any channel, any user, and as a publisher",
    example: { uid: 1234, channelName: "test", role: 1, expire: 600 },
    requests: ({ get }) =>
      one("token", get("expire"), rtcOf(get("channelName", ""), { uid: get("uid") }, roleOf(get("role", 0)))),
  },
  "/fetch_rtm_token": {
    ...AGORA,
    summary: "RTM",
    source: `copies of ${GUIDE}`,
    example: { uid: "bob", expire: 600 },
    required: ["uid"],
    requests: ({ get }) => one("token", get("expire"), ...rtmOf(get("uid"))),
  },
  "/api/agora/token": {
    method: "GET",
    summary: "RTC as text, or as JSON on request; an empty channel means any",
    source: "Shengwang's skill “Token Server”",
    example: { channelName: "lobby", uid: "1001", role: "subscriber", expireSeconds: "600" },
    required: ["channelName"],
    // Its range is documented, so that a lifetime outside it is an error and not cut.
    requests: ({ get }) => {
      const expire = expireOf(get("expireSeconds"), 1, 86_400);
      return one("token", expire, rtcOf(get("channelName"), { uid: get("uid") }, roleOf(get("role"), "publisher")));
    },
    reply: ({ token }, { wantsJson }) => wantsJson ? jsonReply({ token }) : textReply(token!),
    refuse: (error, _status, wantsJson) => wantsJson ? jsonReply({ error }) : textRefusal(error),
  },
  "/rtc/:channelName/:role/:tokenType/:uid": {
    ...GIN,
    summary: "RTC, by uid or by account (userAccount)",
    example: RTE.example,
    requests: ({ get }) => one("rtcToken", get("expiry"), rtcInPath(get)),
    refuse: ginRefusal("RTC"),
  },
  "/rtm/:uid": {
    ...GIN,
    summary: "RTM",
    example: { uid: "1001", expiry: "600" },
    requests: ({ get }) => one("rtmToken", get("expiry"), ...rtmOf(get("uid"))),
    refuse: ginRefusal("RTM"),
  },
  "/rte/:channelName/:role/:tokenType/:uid": { ...GIN, ...RTE, summary: "RTC, and RTM in the channel, for one user" },
  "/rte/:channelName/:role/:tokenType/:uid/:rtmuid": {
    ...GIN,
    ...RTE,
    operationId: "rte-rtmuid",
    summary: "The same for two users",
    source: ATS_SOURCE,
    example: { ...IN_CHANNEL, rtmuid: "bob", expiry: "600" },
  },
  "/chat/app": {
    ...CHAT,
    summary: "Chat for the whole app, where that is allowed",
    example: { expiry: "600" },
    requests: ({ get }) => one("chatToken", get("expiry"), checked("chat", {}, { app: true })),
  },
  "/chat/account/:chatid": {
    ...CHAT,
    summary: "Chat for a user",
    example: { chatid: "carol", expiry: "600" },
    requests: ({ get }) => one("chatToken", get("expiry"), checked("chat", { userId: get("chatid") })),
  },
  "/getToken": { ...GET_TOKEN, summary: "RTC (by default for a subscriber), RTM (in a channel if there is one), or Chat" },
  "/token/getNew": { ...GET_TOKEN, summary: "The same as /getToken", source: "a middleware for Conversational AI" },
  "/access_token": {
    method: "GET",
    summary: "RTC that may only join; expiredTs is a Unix time",
    source: "TokenServer-nodejs",
    era: "006",
    example: { channel: "lobby", uid: "1001", expiredTs: "0" },
    required: ["channel"],
    requests: ({ get }) =>
      one("token", expireUntil(get("expiredTs")), rtcOf(present(get("channel")), { uid: get("uid") }, "subscriber")),
  },
  "/rtcToken": {
    ...TOOLS_NODE,
    summary: "RTC for a publisher",
    example: { channelName: "lobby", uid: "1001" },
    required: ["channelName"],
    requests: ({ get }) => one("key", undefined, rtcOf(present(get("channelName")), { uid: get("uid") }, "publisher")),
  },
  "/rtmToken": {
    ...TOOLS_NODE,
    summary: "RTM",
    example: { account: "bob" },
    required: ["account"],
    requests: ({ get }) => one("key", undefined, ...rtmOf(get("account"))),
  },
  "/token/generate": {
    method: "POST",
    summary: "Several services in one token; its times are seconds from now",
    source: "AgoraIO/Tools go/docker",
    example: { channelName: "lobby", uid: "1001", tokenExpireTs: 600, serviceRtc: PUBLISHER, serviceRtm: ENABLED },
    optional: { privilegeExpireTs: 600, serviceFpa: ENABLED, serviceChat: USER_OR_APP, serviceApaas: USER_OR_APP },
    requests: generateToken,
    reply: ({ token }) => jsonReply({ code: 0, data: { token }, message: "Success" }),
    refuse: (message) => jsonReply({ code: -1, data: "", message }),
  },
  "/v1/token": {
    method: "GET",
    summary: "RTC for a publisher as text, valid for 15 minutes",
    source: "AgoraIO/Tools python3 docker",
    example: { channel_name: "lobby", uid: "1001" },
    required: ["channel_name"],
    requests: ({ get }) => ({
      token: { defaultExpire: 900, services: [rtcOf(get("channel_name"), { uid: get("uid") }, "publisher")] },
    }),
    reply: ({ token }) => textReply(token!, "html"),
    refuse: textRefusal,
  },
  "/api/generate-agora-token": {
    ...CONVERSATION,
    summary: "RTC and RTM for a conversation, in two tokens where rtm_user_id is given; makes a channel where there is none",
    source: "the quickstarts for Conversational AI in Next.js, Flutter and for Android",
    optional: { rtm_user_id: "bob" },
    makes: { channel: ownChannel, uid: uidOrAnyone },
    requests: conversation,
    reply: conversationReply,
  },
  "/get_config": {
    ...CONVERSATION,
    summary: "RTC and RTM for a conversation, and a uid for its agent; makes a channel and a uid where there is none",
    source: "the quickstarts and recipes for Conversational AI in Python and Go",
    makes: { channel: ownChannel, uid: ownUid, agent_uid: agentUid },
    requests: (request) => one("token", undefined, ...rtcWithRtm(request)),
    reply: configReply,
    refuse: detailRefusal,
  },
  "/token": {
    ...CONVERSATION,
    summary: "RTC for a conversation; makes a channel where there is none",
    source: "convo-ai-node-servers",
    makes: { channel: ownChannel, uid: uidOrAnyone },
    requests: ({ get }) => one("token", undefined, rtcOf(get("channel"), uidOrAccount(get("uid")), "publisher")),
    reply: conversationReply,
  },
  "/api/token": {
    method: "POST",
    summary: "RTC for a room, by account; makes an account of a name to show, and says how long the token is valid",
    source: "agora-rtc-quickstart-nextjs",
    example: { roomId: "lobby", userAccount: "bob" },
    optional: { displayName: "Bob" },
    required: ["roomId"],
    makes: { userAccount: accountOfName },
    requests: ({ get }) => one("token", undefined, rtcOf(present(get("roomId")), { account: get("userAccount") }, "publisher")),
    reply: roomReply,
  },
};

/** Every route of the server. */
export const CONTRACTS: readonly Contract[] = Object.entries(ROWS).map(([path, row]) => {
  const words = path.slice(1).replace(/\/:.*|\.json$/, "").replaceAll(/[/_]|(?=[A-Z])/g, "-");
  return { operationId: words.toLowerCase(), path, ...row };
});

/** The routes as lines of text, for a program to print when it starts. */
export function routeList(): string[] {
  const width = Math.max(...CONTRACTS.map(({ path }) => path.length));
  return CONTRACTS.map(({ method, path, summary }) => `${method.padEnd(4)}  ${path.padEnd(width)}  ${summary}`);
}
