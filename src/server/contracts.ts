import type { CheckedService as Service } from "../build/services.ts";
import type { Seconds } from "../formats/common.ts";
import { record, refuse } from "../validate.ts";
import { inspectAnswer, tokensAnswer } from "./own_api.ts";
import { openApi } from "./openapi.ts";
import { jsonReply, type Reply } from "./http/reply.ts";
import type { TokenServerOptions } from "./options.ts";
import type { Asker, Wish } from "./mint.ts";
import { anyUser, chatOf, checked, rtcOf, rtmOf, userOf } from "./services.ts";
import { expireOf, expireUntil, filled, type Given, isMissing, lowerCased, nameOf, numberOf, roleOf } from "./values.ts";

/** What a contract reads from a request. */
export interface ContractRequest {
  /**
   * A value by its name: a part of the path, percent-decoded once; a parameter of a GET's query; a field of a POST's body,
   * whatever the case of its name, as the servers in Go read it. Where it is absent or null, `usual`.
   */
  get: (name: string, usual?: unknown) => Given;
  /** The JSON of the body; nothing where the route takes none. */
  body: unknown;
  /** Whether the client would take JSON rather than plain text. */
  wantsJson: boolean;
  /** Who asks. */
  asker: Asker;
}

/** What every route has. Routing, the list at the start, OpenAPI, docs/server-contracts.md and the tests read the table. */
export interface Route {
  readonly id: string;
  readonly method: "GET" | "POST";
  /** The path; `:name` stands for one part. */
  readonly path: string;
  /** What it gives, in a few words. */
  readonly about: string;
  /** Whose contract it is. */
  readonly from: string;
  /** The contract is of the time of 006, and answers it where that is configured. */
  readonly era?: "006";
  /** The parameters of the query, with values of an example. */
  readonly query: Readonly<Record<string, string>>;
  /** The fields of the body, with values of an example; and others that may be there. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
  /** The parameters or fields that may not be absent. */
  readonly needs?: readonly string[];
}

/** A route of our own API: it answers with JSON (with a list for a list of bodies), and refuses with problem JSON. */
export interface OwnRoute extends Route {
  /** It gives nothing away, and is open to everyone. */
  readonly open?: true;
  readonly answer: (request: ContractRequest, options: TokenServerOptions) => unknown;
  readonly lists?: true;
  /** An answer to the example. */
  readonly gives?: unknown;
}

/** A route of somebody else's contract: it makes tokens for wishes and answers as its clients expect. */
export interface ForeignRoute extends Route {
  /** The wishes, by the name of the field in the answer. */
  readonly wishes: (request: ContractRequest) => Record<string, Wish>;
  /** The answer; JSON with the tokens by name if omitted. */
  readonly reply?: (tokens: Record<string, string>, request: ContractRequest) => Reply;
  /** The answer of a refusal; `{"error": …}` if omitted. Never in a field that a client reads as a token. */
  readonly refuse?: (message: string, status: number, wantsJson: boolean) => Reply;
}

/** One route. */
export type Contract = OwnRoute | ForeignRoute;

/** What every row begins with: its name, method and path with the query of an example, what it gives, and whose it is. */
function route(id: string, target: `${Route["method"]} /${string}`, about: string, from: string, era?: "006"): Route {
  const [, method, path, query] = /^(\w+) ([^?]+)\??(.*)$/.exec(target)!;
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return { id, method: method as Route["method"], path: path!, query: parameters, about, from, ...(era && { era }) };
}

/** One token, under the name that the client reads; its life as the request has it, or in seconds, if any was asked for. */
function token(name: string, life: Given | Seconds | undefined, ...services: Service[]): Record<string, Wish> {
  return { [name]: { expire: typeof life === "object" ? expireOf(life) : life, services } };
}

const SEED3 = "seed 003, agora-token-service, Agora-Node-TokenServer";
const ATS = "agora-token-service";
const TOOLS = "AgoraIO/Tools";

const textReply = (text: string, type = "plain"): Reply => ({ text, type: `text/${type}; charset=utf-8` });
const textRefusal = (message: string): Reply => textReply(`${message}\n`);
const codeReply = ({ token }: Record<string, string>): Reply => jsonReply({ code: "200", token });
const codeRefusal = (message: string, status: number): Reply => jsonReply({ code: String(status), message });
const ginRefusal = (what: string) => (message: string, status: number): Reply =>
  jsonReply({ message: `Error Generating ${what} token: ${message}`, status });

const GET_TOKEN = {
  body: { tokenType: "rtc", channel: "lobby", role: "publisher", uid: "1001", expire: 600 },
  needs: ["tokenType"],
  wishes: getToken,
  reply: (tokens: Record<string, string>): Reply => ({ ...jsonReply(tokens), text: `${JSON.stringify(tokens)}\n` }),
  refuse: textRefusal,
};

const ON = { enable: true };
const USER_OR_APP = { enableUser: true, enableApp: false, userUuid: "carol" };

const RTE = { wishes: rtcAndRtm, refuse: ginRefusal("RTC and RTM") };

/** The table as OpenAPI, once somebody has asked: anyone may, as often as they like. */
let listing: unknown;

/** Every route of the server. */
export const CONTRACTS: readonly Contract[] = [
  { ...route("ping", "GET /ping", "says that the server is there", "many"), open: true, answer: () => ({ message: "pong" }) },
  {
    ...route("healthz", "GET /healthz", "says that the server is well", "our own"),
    open: true,
    answer: () => ({ status: "ok" }),
  },
  {
    ...route("openapi", "GET /openapi.json", "this list as OpenAPI 3.1", "our own"),
    open: true,
    answer: () => listing ??= openApi(CONTRACTS),
  },
  {
    ...route("tokens", "POST /v1/tokens", "a token for any services (and their options), or a list for a list", "our own"),
    body: { services: [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }], expire: 600 },
    more: { version: "007", appId: "0123456789abcdef0123456789abcdef" },
    needs: ["services"],
    lists: true,
    gives: { token: "007…", version: "007", appId: "…", issueTs: 1700000000, expire: 600, expiresAt: 1700000600 },
    answer: tokensAnswer,
  },
  {
    ...route("inspect", "POST /v1/tokens/inspect", "what a token says, and whether it is genuine and will work", "our own"),
    body: { token: "Bad request.", channelName: "lobby", uid: 1001, intent: "join" },
    more: { appId: "0123456789abcdef0123456789abcdef", appCertificate: ["…"], account: "bob", service: "mediaChannel" },
    needs: ["token"],
    gives: {
      signature: "invalid",
      ok: false,
      verdict: "fails",
      findings: [{ code: "text-is-error-message", severity: "error" }],
    },
    answer: inspectAnswer,
  },
  {
    ...route("fetch-rtc-token", "POST /fetch_rtc_token", "RTC; absent: channel and uid any, role publisher", "seed 001", "006"),
    body: { uid: 1234, channelName: "test", role: 1, expire: 600 },
    wishes: ({ get }) =>
      token("token", get("expire"), rtcOf(get("channelName", ""), { uid: get("uid") }, roleOf(get("role", 0)))),
    reply: codeReply,
    refuse: codeRefusal,
  },
  {
    ...route("fetch-rtm-token", "POST /fetch_rtm_token", "RTM", "forks of seed 001", "006"),
    body: { uid: "bob", expire: 600 },
    needs: ["uid"],
    wishes: ({ get }) => token("token", get("expire"), ...rtmOf(get("uid"))),
    reply: codeReply,
    refuse: codeRefusal,
  },
  {
    ...route("api-agora-token", "GET /api/agora/token", "RTC as text, or as JSON on request; empty channel: any", "seed 002"),
    query: { channelName: "lobby", uid: "1001", role: "subscriber", expireSeconds: "600" },
    needs: ["channelName"],
    // Its range is documented, so that what is beyond it is an error and not cut.
    wishes: ({ get }) => {
      const expire = expireOf(get("expireSeconds"), 1, 86_400);
      return token("token", expire, rtcOf(get("channelName"), { uid: get("uid") }, roleOf(get("role"), "publisher")));
    },
    reply: ({ token }, { wantsJson }) => wantsJson ? jsonReply({ token }) : textReply(token!),
    refuse: (error, _status, wantsJson) => wantsJson ? jsonReply({ error }) : textRefusal(error),
  },
  {
    ...route("rtc", "GET /rtc/:channelName/:role/:tokenType/:uid?expiry=600", "RTC; by uid or userAccount", SEED3, "006"),
    wishes: ({ get }) => token("rtcToken", get("expiry"), rtcInPath(get)),
    refuse: ginRefusal("RTC"),
  },
  {
    ...route("rtm", "GET /rtm/:uid?expiry=600", "RTM", SEED3, "006"),
    wishes: ({ get }) => token("rtmToken", get("expiry"), ...rtmOf(get("uid"))),
    refuse: ginRefusal("RTM"),
  },
  {
    ...route("rte", "GET /rte/:channelName/:role/:tokenType/:uid?expiry=600", "RTC, and RTM in a channel", SEED3, "006"),
    ...RTE,
  },
  {
    ...route("rte-rtmuid", "GET /rte/:channelName/:role/:tokenType/:uid/:rtmuid?expiry=600", "for two users", ATS, "006"),
    ...RTE,
  },
  {
    ...route("chat-app", "GET /chat/app?expiry=600", "Chat for the whole app, where that is allowed", ATS),
    wishes: ({ get }) => token("chatToken", get("expiry"), checked("chat", {}, { app: true })),
    refuse: ginRefusal("Chat"),
  },
  {
    ...route("chat-account", "GET /chat/account/:chatid?expiry=600", "Chat for a user", ATS),
    wishes: ({ get }) => token("chatToken", get("expiry"), chatOf(get("chatid"))),
    refuse: ginRefusal("Chat"),
  },
  { ...route("get-token", "POST /getToken", "RTC (role absent: subscriber), RTM (in a channel) or Chat", ATS), ...GET_TOKEN },
  { ...route("token-get-new", "POST /token/getNew", "the same", "a middleware for ConvoAI"), ...GET_TOKEN },
  {
    ...route("access-token", "GET /access_token", "RTC that only joins; expiredTs is absolute", "TokenServer-nodejs", "006"),
    query: { channel: "lobby", uid: "1001", expiredTs: "0" },
    needs: ["channel"],
    wishes: ({ get }) =>
      token("token", expireUntil(get("expiredTs")), rtcOf(filled(get("channel")), { uid: get("uid") }, "subscriber")),
  },
  {
    ...route("rtc-token", "GET /rtcToken?channelName=lobby&uid=1001", "RTC for a publisher", `${TOOLS} nodejs`, "006"),
    needs: ["channelName"],
    wishes: ({ get }) => token("key", undefined, rtcOf(filled(get("channelName")), { uid: get("uid") }, "publisher")),
  },
  {
    ...route("rtm-token", "GET /rtmToken?account=bob", "RTM", `${TOOLS} nodejs`, "006"),
    needs: ["account"],
    wishes: ({ get }) => token("key", undefined, ...rtmOf(get("account"))),
  },
  {
    ...route("token-generate", "POST /token/generate", "several services; times are seconds from now", `${TOOLS} go/docker`),
    body: { channelName: "lobby", uid: "1001", tokenExpireTs: 600, serviceRtc: { enable: true, role: 1 }, serviceRtm: ON },
    more: { privilegeExpireTs: 600, serviceFpa: ON, serviceChat: USER_OR_APP, serviceApaas: USER_OR_APP },
    wishes: generateToken,
    reply: ({ token }) => jsonReply({ code: 0, data: { token }, message: "Success" }),
    refuse: (message) => jsonReply({ code: -1, data: "", message }),
  },
  {
    ...route("v1-token", "GET /v1/token", "RTC for a publisher as text, 15 minutes", `${TOOLS} python3 docker`),
    query: { channel_name: "lobby", uid: "1001" },
    needs: ["channel_name"],
    wishes: ({ get }) => ({ token: { usual: 900, services: [rtcOf(get("channel_name"), { uid: get("uid") }, "publisher")] } }),
    reply: ({ token }) => textReply(token!, "html"),
    refuse: textRefusal,
  },
];

/** The routes as lines of text, for a program to print when it starts. */
export function routeList(): string[] {
  const width = Math.max(...CONTRACTS.map(({ path }) => path.length));
  return CONTRACTS.map(({ method, path, about }) => `${method.padEnd(4)}  ${path.padEnd(width)}  ${about}`);
}

function rtcInPath(get: ContractRequest["get"]): Service {
  return rtcOf(get("channelName"), userOf(get("tokenType"), get("uid")), roleOf(get("role")));
}

function rtcAndRtm({ get }: ContractRequest): Record<string, Wish> {
  const user = get("rtmuid").value === undefined ? get("uid") : get("rtmuid");
  const rtm = rtmOf(user, get("channelName"));
  return { ...token("rtcToken", get("expiry"), rtcInPath(get)), ...token("rtmToken", get("expiry"), ...rtm) };
}

function getToken({ get }: ContractRequest): Record<string, Wish> {
  const [uid, channel] = [get("uid", ""), get("channel")];
  const kinds: Record<string, () => Service[]> = {
    rtc: () => [rtcOf(filled(channel), anyUser(filled(uid)), roleOf(get("role"), "subscriber"))],
    rtm: () => rtmOf(uid, channel),
    chat: () => [isMissing(uid) ? checked("chat", {}, { app: true }) : chatOf(uid)],
  };
  const { name, value } = get("tokenType");
  if (typeof value !== "string" || !Object.hasOwn(kinds, value)) refuse(name, "rtc, rtm or chat");
  return token("token", get("expire"), ...kinds[value]!());
}

function generateToken({ get }: ContractRequest): Record<string, Wish> {
  const of = (service: string, name: string, usual?: unknown): Given => {
    const part = lowerCased(record(service, get(service, {}).value));
    return { name: `${service}.${name}`, value: part.get(name.toLowerCase()) ?? usual };
  };
  const uid = isMissing(get("uid")) ? { name: "uid", value: "0" } : get("uid");
  const role = () => numberOf(of("serviceRtc", "role", 0), -0x80000000, 0x7fffffff) === 1 ? "publisher" : "subscriber";
  const kinds: [service: string, flag: string, make: () => Service[]][] = [
    ["serviceRtc", "enable", () => [rtcOf(get("channelName", ""), anyUser(uid), role())]],
    ["serviceRtm", "enable", () => rtmOf(uid)],
    ["serviceFpa", "enable", () => [checked("fpa", {})]],
    ["serviceChat", "enableUser", () => [chatOf(of("serviceChat", "userUuid"))]],
    ["serviceChat", "enableApp", () => [checked("chat", {}, { app: true })]],
    ["serviceApaas", "enableUser", () => [checked("apaas", { userUuid: nameOf(of("serviceApaas", "userUuid")) })]],
    ["serviceApaas", "enableApp", () => [checked("apaas", {}, { app: true })]],
  ];
  const wanted = kinds.filter(([service, flag]) => {
    const { name, value } = of(service, flag, false);
    if (typeof value !== "boolean") refuse(name, "true or false");
    return value;
  });
  if (wanted.length === 0) refuse("body", "a request for one service or more");
  const twice = wanted.find(([service], index) => wanted.findIndex(([other]) => other === service) < index);
  if (twice !== undefined) refuse(`${twice[0]}.${twice[1]}`, "false where enableUser is true: a token has a service once");
  const expire = expireOf(get("tokenExpireTs"));
  const privilege = expireOf(get("privilegeExpireTs"));
  const services = wanted.flatMap(([, , make]) => make()).map((service) => ({
    ...service,
    ...(privilege === undefined
      ? {}
      : { privileges: Object.fromEntries(Object.keys(service.privileges).map((name) => [name, privilege])) }),
  }));
  return token("token", expire, ...services as Service[]);
}
