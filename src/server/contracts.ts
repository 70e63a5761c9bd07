import type { Seconds, Service } from "../access_token2/types.ts";
import { integer, record, refuse, string } from "../wire/check.ts";
import { inspectAnswer, tokensAnswer } from "./own_api.ts";
import { openApi } from "./openapi.ts";
import type { TokenServerOptions } from "./config.ts";
import type { Wish } from "./mint.ts";
import { anyUser, checked, DEFAULT_EXPIRE, expireOf, nameOf, numberOf, roleOf, rtcOf, rtmOf, userOf } from "./values.ts";

/** What a contract reads from a request. */
export interface ContractRequest {
  /** The named parts of the path, percent-decoded once. */
  params: Readonly<Record<string, string>>;
  /** A parameter of the query; nothing where it is absent. */
  query: (name: string) => string | undefined;
  /** The JSON of the body; nothing where the route takes none. */
  body: unknown;
  /** A field of the body, whatever the case of its name, as the servers in Go read it; null counts as absent. */
  field: (name: string) => unknown;
  /** Whether the client would rather have JSON than plain text. */
  wantsJson: boolean;
}

/** An answer: JSON as it is, or a text with its type. */
export type Reply = { json: unknown; end?: string } | { text: string; type: string };

/** What every route has. Routing, the list at the start, OpenAPI, docs/server-contracts.md and the tests read the table. */
export interface Route {
  /** Its stable name. */
  readonly id: string;
  /** The method. */
  readonly method: "GET" | "POST";
  /** The path; `:name` stands for one part. */
  readonly path: string;
  /** What it gives, in a few words. */
  readonly about: string;
  /** Whose contract it is. */
  readonly from: string;
  /** The parameters of the query, with values of an example. */
  readonly query?: Readonly<Record<string, string>>;
  /** The fields of the body, with values of an example. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A route of our own API: it answers with JSON, and refuses with problem JSON. */
export interface OwnRoute extends Route {
  /** Makes the answer. */
  readonly answer: (request: ContractRequest, options: TokenServerOptions) => unknown;
}

/** A route of somebody else's contract: it makes tokens for wishes and answers as its clients expect. */
export interface ForeignRoute extends Route {
  /** The wishes, by the name of the field in the answer. */
  readonly wishes: (request: ContractRequest) => Record<string, Wish>;
  /** The answer; JSON with the tokens by name if omitted. */
  readonly reply?: (tokens: Record<string, string>, request: ContractRequest) => Reply;
  /** The answer of a refusal; `{"error": …}` if omitted. Never in a field that a client reads as a token. */
  readonly refuse?: (message: string, status: number) => Reply;
  /** The contract is of the time of 006, and answers it where that is configured. */
  readonly era?: "006";
}

/** One route. */
export type Contract = OwnRoute | ForeignRoute;

/** What every row begins with: its name, method and path, what it gives, and whose contract it is. */
function route(id: string, target: `${Route["method"]} /${string}`, about: string, from: string): Route {
  const [method, path] = target.split(" ") as [Route["method"], string];
  return { id, method, path, about, from };
}

/** One token, under the name that the client reads. */
function token(name: string, expire: Seconds, ...services: Service[]): Record<string, Wish> {
  return { [name]: { expire, services } };
}

const SEED3 = "seed 003, agora-token-service, Agora-Node-TokenServer";
const ATS = "agora-token-service";
const TOOLS = "AgoraIO/Tools";

const textReply = (text: string, type = "plain"): Reply => ({ text, type: `text/${type}; charset=utf-8` });
const textRefusal = (message: string): Reply => textReply(`${message}\n`);
const codeReply = ({ token }: Record<string, string>): Reply => ({ json: { code: "200", token } });
const codeRefusal = (message: string, status: number): Reply => ({ json: { code: String(status), message } });
const ginRefusal = (what: string) => (message: string, status: number): Reply => ({
  json: { message: `Error Generating ${what} token: ${message}`, status },
});

const GET_TOKEN = {
  body: { tokenType: "rtc", channel: "lobby", role: "publisher", uid: "1001", expire: 600 },
  wishes: getToken,
  reply: (json: Record<string, string>): Reply => ({ json, end: "\n" }),
  refuse: textRefusal,
};

const RTE = {
  era: "006",
  query: { expiry: "600" },
  wishes({ params: { channelName, role, tokenType, uid, rtmuid }, query }: ContractRequest): Record<string, Wish> {
    const expire = expireOf("expiry", query("expiry"));
    const rtc = rtcOf(channelName, userOf(tokenType!, uid!), roleOf("role", role));
    return { ...token("rtcToken", expire, rtc), ...token("rtmToken", expire, ...rtmOf(rtmuid ?? uid, channelName)) };
  },
  refuse: ginRefusal("RTC and RTM"),
} as const;

/** Every route of the server. */
export const CONTRACTS: readonly Contract[] = [
  { ...route("ping", "GET /ping", "says that the server is there", "many"), answer: () => ({ message: "pong" }) },
  { ...route("healthz", "GET /healthz", "says that the server is well", "our own"), answer: () => ({ status: "ok" }) },
  { ...route("openapi", "GET /openapi.json", "this list as OpenAPI 3.1", "our own"), answer: () => openApi(CONTRACTS) },
  {
    ...route("tokens", "POST /v1/tokens", "a token for any services (and their options), or a list for a list", "our own"),
    body: { services: [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }], expire: 600 },
    answer: ({ body }, options) => tokensAnswer(body, options),
  },
  {
    ...route("inspect", "POST /v1/tokens/inspect", "what a token says, and whether it is genuine and will work", "our own"),
    body: { token: "Bad request.", channelName: "lobby", uid: 1001, intent: "join" },
    answer: ({ body }, options) => inspectAnswer(body, options),
  },
  {
    ...route("fetch-rtc-token", "POST /fetch_rtc_token", "RTC; absent: channel and uid any, role publisher", "seed 001"),
    era: "006",
    body: { uid: 1234, channelName: "test", role: 1, expire: 600 },
    wishes({ field }) {
      const role = roleOf("role", field("role") ?? 0); // 0 is the attendee, who may publish
      return token(
        "token",
        expireOf("expire", field("expire")),
        rtcOf(field("channelName") ?? "", { uid: field("uid") ?? 0 }, role),
      );
    },
    reply: codeReply,
    refuse: codeRefusal,
  },
  {
    ...route("fetch-rtm-token", "POST /fetch_rtm_token", "RTM", "forks of seed 001"),
    era: "006",
    body: { uid: "bob", expire: 600 },
    wishes: ({ field }) => token("token", expireOf("expire", field("expire")), ...rtmOf(field("uid") ?? "")),
    reply: codeReply,
    refuse: codeRefusal,
  },
  {
    ...route("api-agora-token", "GET /api/agora/token", "RTC as text, or as JSON on request; empty channel: any", "seed 002"),
    query: { channelName: "lobby", uid: "1001", role: "subscriber", expireSeconds: "600" },
    wishes({ query }) {
      // Its maximum is documented, so that what is over it is an error and not cut.
      const expire = integer("expireSeconds", numberOf("expireSeconds", query("expireSeconds") ?? DEFAULT_EXPIRE), 1, 86_400);
      const role = roleOf("role", query("role") ?? "publisher");
      return token("token", expire, rtcOf(needed("channelName", query), { uid: query("uid") ?? 0 }, role));
    },
    reply: ({ token }, { wantsJson }) => wantsJson ? { json: { token } } : textReply(token!),
    refuse: textRefusal,
  },
  {
    ...route("rtc", "GET /rtc/:channelName/:role/:tokenType/:uid", "RTC; tokenType is uid or userAccount", SEED3),
    era: "006",
    query: { expiry: "600" },
    wishes({ params: { channelName, role, tokenType, uid }, query }) {
      return token(
        "rtcToken",
        expireOf("expiry", query("expiry")),
        rtcOf(channelName, userOf(tokenType!, uid!), roleOf("role", role)),
      );
    },
    refuse: ginRefusal("RTC"),
  },
  {
    ...route("rtm", "GET /rtm/:uid", "RTM", SEED3),
    era: "006",
    query: { expiry: "600" },
    wishes: ({ params: { uid }, query }) => token("rtmToken", expireOf("expiry", query("expiry")), ...rtmOf(uid)),
    refuse: ginRefusal("RTM"),
  },
  { ...route("rte", "GET /rte/:channelName/:role/:tokenType/:uid", "RTC, and RTM with its stream channel", SEED3), ...RTE },
  { ...route("rte-rtmuid", "GET /rte/:channelName/:role/:tokenType/:uid/:rtmuid", "the same for two users", ATS), ...RTE },
  {
    ...route("chat-app", "GET /chat/app", "Chat for the whole app, where that is allowed", ATS),
    query: { expiry: "600" },
    wishes: ({ query }) => token("chatToken", expireOf("expiry", query("expiry")), checked({ type: "chat", app: true })),
    refuse: ginRefusal("Chat"),
  },
  {
    ...route("chat-account", "GET /chat/account/:chatid", "Chat for a user", ATS),
    query: { expiry: "600" },
    wishes({ params: { chatid }, query }) {
      return token("chatToken", expireOf("expiry", query("expiry")), checked({ type: "chat", userId: chatid }));
    },
    refuse: ginRefusal("Chat"),
  },
  { ...route("get-token", "POST /getToken", "RTC, RTM (a channel adds its stream channel) or Chat", ATS), ...GET_TOKEN },
  { ...route("token-get-new", "POST /token/getNew", "the same", "a middleware for ConvoAI"), ...GET_TOKEN },
  {
    ...route("access-token", "GET /access_token", "RTC that only joins; expiredTs is absolute", "TokenServer-nodejs"),
    era: "006",
    query: { channel: "lobby", uid: "1001", expiredTs: "0" },
    wishes({ query }) {
      const rtc = rtcOf(needed("channel", query, true), { uid: query("uid") ?? 0 }, "subscriber");
      return token("token", expireUntil("expiredTs", query("expiredTs")), rtc);
    },
  },
  {
    ...route("rtc-token", "GET /rtcToken", "RTC for a publisher", `${TOOLS} nodejs`),
    era: "006",
    query: { channelName: "lobby", uid: "1001" },
    wishes({ query }) {
      return token("key", DEFAULT_EXPIRE, rtcOf(needed("channelName", query, true), { uid: query("uid") ?? 0 }, "publisher"));
    },
  },
  {
    ...route("rtm-token", "GET /rtmToken", "RTM", `${TOOLS} nodejs`),
    era: "006",
    query: { account: "bob" },
    wishes: ({ query }) => token("key", DEFAULT_EXPIRE, ...rtmOf(needed("account", query, true))),
  },
  {
    ...route(
      "token-generate",
      "POST /token/generate",
      "several services; the times are seconds from now",
      `${TOOLS} go/docker`,
    ),
    body: {
      channelName: "lobby",
      uid: "1001",
      tokenExpireTs: 600,
      privilegeExpireTs: 600,
      serviceRtc: { enable: true, role: 1 },
      serviceRtm: { enable: true },
      serviceFpa: { enable: false },
      serviceChat: { enableUser: true, enableApp: false, userUuid: "carol" },
      serviceApaas: { enableUser: false, enableApp: false, userUuid: "dave" },
    },
    wishes: generateToken,
    reply: ({ token }) => ({ json: { code: 0, data: { token }, message: "Success" } }),
    refuse: (message) => ({ json: { code: -1, data: "", message } }),
  },
  {
    ...route("v1-token", "GET /v1/token", "RTC for a publisher as text, 15 minutes", `${TOOLS} python3 docker`),
    query: { channel_name: "lobby", uid: "1001" },
    wishes: ({ query }) => token("token", 900, rtcOf(needed("channel_name", query), { uid: query("uid") ?? 0 }, "publisher")),
    reply: ({ token }) => textReply(token!, "html"),
    refuse: textRefusal,
  },
];

/** The routes as lines of text, for a program to print when it starts. */
export function routeList(): string[] {
  const width = Math.max(...CONTRACTS.map(({ path }) => path.length));
  return CONTRACTS.map(({ method, path, about }) => `${method.padEnd(4)}  ${path.padEnd(width)}  ${about}`);
}

function getToken({ field }: ContractRequest): Record<string, Wish> {
  const expire = expireOf("expire", field("expire"));
  const channel = field("channel") ?? "";
  const uid = field("uid") ?? "";
  const kinds: Record<string, () => Service[]> = {
    rtc() {
      if (channel === "") refuse("channel", "given");
      if (uid === "") refuse("uid", "given");
      return [rtcOf(channel, anyUser("uid", uid), roleOf("role", field("role") ?? "subscriber"))];
    },
    rtm: () => rtmOf(uid, channel),
    chat: () => [checked(uid === "" ? { type: "chat", app: true } : { type: "chat", userId: nameOf("uid", uid) })],
  };
  const type = string("tokenType", field("tokenType"));
  if (!Object.hasOwn(kinds, type)) refuse("tokenType", "rtc, rtm or chat");
  return token("token", expire, ...kinds[type]!());
}

function generateToken({ field }: ContractRequest): Record<string, Wish> {
  const part = (name: string) => record(name, field(name) ?? {});
  const on = (name: string, flag: string) => part(name)[flag] === true;
  const uid = field("uid") ?? "0";
  const services: Service[] = [];
  if (on("serviceRtc", "enable")) {
    const role = part("serviceRtc").role === 1 ? "publisher" : "subscriber";
    services.push(rtcOf(field("channelName") ?? "", anyUser("uid", uid), role));
  }
  if (on("serviceRtm", "enable")) services.push(...rtmOf(uid));
  if (on("serviceFpa", "enable")) services.push(checked({ type: "fpa" }));
  for (const [name, type, user] of [["serviceChat", "chat", "userId"], ["serviceApaas", "apaas", "userUuid"]] as const) {
    if (on(name, "enableUser")) services.push(checked({ type, [user]: part(name).userUuid }));
    if (on(name, "enableApp")) services.push(checked({ type, app: true }));
  }
  if (services.length === 0) refuse("services", "at least one enabled");
  const expire = expireOf("tokenExpireTs", field("tokenExpireTs"));
  const privilege = expireOf("privilegeExpireTs", field("privilegeExpireTs"), expire);
  for (const service of services) {
    service.privileges = Object.fromEntries(Object.keys(service.privileges).map((name) => [name, privilege]));
  }
  return token("token", expire, ...services);
}

/** A parameter that may not be absent; nor empty, where that would mean any channel. */
function needed(name: string, query: ContractRequest["query"], filled = false): string {
  const value = query(name);
  if (value === undefined || filled && value === "") refuse(name, "given");
  return value;
}

/** The seconds until an absolute time; the past is refused, and what is over 24 hours away is cut to that. */
function expireUntil(field: string, value: string | undefined): number {
  const time = numberOf(field, value || 0);
  if (time === 0) return DEFAULT_EXPIRE;
  const seconds = time - Math.floor(Date.now() / 1000);
  if (seconds <= 0) refuse(field, "an absolute Unix time that is not past");
  return Math.min(seconds, 86_400);
}
