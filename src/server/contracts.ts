import { serviceFrom } from "../access_token2/constructors.ts";
import { MAX_LIFETIME } from "../access_token2/rules.ts";
import type { Seconds, Service, Token007 } from "../access_token2/types.ts";
import { array, integer, onlyKeys, record, refuse, U32_MAX } from "../wire/check.ts";

/** What a contract reads from a request: the named parts of the path, the query, and the JSON body. */
export interface ContractInput {
  /** The parts of the path, percent-decoded once. */
  params: Readonly<Record<string, string>>;
  /** The query. */
  query: URLSearchParams;
  /** The body of a POST, parsed. */
  body: unknown;
}

/** What a request asks for. */
export interface Wish {
  /** The token's life. */
  expire: Seconds;
  /** Its services. */
  services: Service[];
}

/** What every route has. Routing, the list printed at the start and the tests read the table. */
export interface Route {
  /** Its stable name. */
  readonly id: string;
  /** The method. */
  readonly method: "GET" | "POST";
  /** The path; `:name` stands for one part. */
  readonly path: string;
  /** What it gives, in a few words. */
  readonly about: string;
}

/** A route that answers the same to everyone. */
export interface FixedContract extends Route {
  /** The body of the answer. */
  readonly answer: unknown;
}

/** A route that makes a token. */
export interface TokenContract extends Route {
  /** Reads what is wanted. */
  readonly wish: (input: ContractInput) => Wish;
  /** The body of the answer. */
  readonly reply: (text: string, token: Token007) => unknown;
  /** The body of a refusal; problem JSON (RFC 9457) where a contract has no form of its own. */
  readonly refusal?: (message: string, status: number) => unknown;
}

/** One route: what it reads, and how it answers. */
export type Contract = FixedContract | TokenContract;

/** The life of a token where the request names none. */
const DEFAULT_EXPIRE: Seconds = 3600;

/** The words for a role in the contracts of others, and the numbers of their builders. */
const ROLES: Readonly<Record<string, "publisher" | "subscriber">> = {
  publisher: "publisher",
  host: "publisher",
  broadcaster: "publisher",
  "1": "publisher",
  "0": "publisher",
  "101": "publisher",
  subscriber: "subscriber",
  audience: "subscriber",
  "2": "subscriber",
};

/** Every route of the server. */
export const CONTRACTS: readonly Contract[] = [
  { id: "ping", method: "GET", path: "/ping", about: "says that the server is there", answer: { message: "pong" } },
  {
    id: "tokens",
    method: "POST",
    path: "/v1/tokens",
    about: "a token for any services",
    wish({ body }) {
      const input = record("body", body);
      onlyKeys(input, ["services", "expire"]);
      const { services, expire = DEFAULT_EXPIRE } = input;
      return {
        expire: expire as number,
        services: array("services", services).map((service, index) => serviceFrom(`services[${index}]`, service)),
      };
    },
    reply: (token, { version, appId, issueTs, expire }) => ({
      token,
      version,
      appId,
      issueTs,
      expire,
      expiresAt: issueTs + expire,
    }),
  },
  {
    id: "rtc",
    method: "GET",
    path: "/rtc/:channelName/:role/:tokenType/:uid",
    about: "an RTC token; tokenType is uid or userAccount; ?expiry=SECONDS",
    wish: ({ params: { channelName, role, tokenType, uid }, query }) => ({
      expire: expiryOf(query),
      services: [serviceFrom("path", { type: "rtc", channelName, role: roleOf(role!), ...userOf(tokenType!, uid!) })],
    }),
    reply: (rtcToken) => ({ rtcToken }),
    refusal: (message, status) => ({ message: `Error Generating RTC token: ${message}`, status }),
  },
];

/** A role by word or number; anything else is refused, not taken for a subscriber. */
function roleOf(role: string): string {
  if (!Object.hasOwn(ROLES, role)) refuse("role", `one of ${Object.keys(ROLES).join(", ")}`);
  return ROLES[role]!;
}

/** A uid in digits, where 0 means anyone, or an account, where "0" is a name like others. */
function userOf(tokenType: string, user: string): { uid: number } | { account: string } {
  if (tokenType === "userAccount") return { account: user };
  if (tokenType !== "uid") refuse("tokenType", "uid or userAccount");
  return { uid: wholeNumber("uid", user) };
}

/** `?expiry=`: absent means an hour; what is over 24 hours is cut to that, as Agora does, but not what is an absolute time. */
function expiryOf(query: URLSearchParams): Seconds {
  const expiry = query.get("expiry");
  if (expiry === null) return DEFAULT_EXPIRE;
  const seconds = wholeNumber("expiry", expiry);
  return seconds <= 366 * 86_400 ? Math.min(seconds, MAX_LIFETIME) : seconds;
}

function wholeNumber(field: string, digits: string): number {
  if (!/^\d+$/.test(digits)) refuse(field, `a whole number from 0 to ${U32_MAX}`);
  return integer(field, Number(digits), 0, U32_MAX);
}
