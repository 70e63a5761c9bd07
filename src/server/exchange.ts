import { defined } from "../validate.ts";
import { AgoraTokenError } from "../errors.ts";
import { EVERYTHING, NOTHING } from "./access/grant.ts";
import { clientAddress } from "./http/address.ts";
import type { LogEntry } from "./http/log.ts";
import { quotaHeaders, rateLimiter } from "./http/rate_limit.ts";
import { slug } from "./http/reply.ts";
import type { CallContext } from "./mint.ts";
import type { TokenServerOptions } from "./options.ts";

/** A request while it is answered: where it comes from, and what is known about it so far. */
export interface Exchange extends CallContext {
  readonly id: string;
  readonly time: Date;
  readonly peer: string | undefined;
  readonly headers: [string, string][];
  route: string;
  code?: string;
  /** Counts more requests of the caller, where there is a limit. */
  countMore?: (requests: number) => void;
  /** The response of a refusal, in the form of the route once that is known. */
  refuse: (status: number, message: string, code?: string, field?: string) => Response;
}

/** A caller who is not identified yet, and may have nothing. */
export const NOBODY: Exchange["caller"] = { grant: NOTHING, placeholders: {} };

/** What a caller reads who has made too many requests. */
export const TOO_MANY = "Too many requests: try again later";

/** What the log says of a request. */
export function entryOf({ id, time, route, caller, appId, code, reason }: Exchange, status: number, ms: number): LogEntry {
  return {
    time: time.toISOString(),
    id,
    route,
    ...defined({ caller: caller.id, appId }),
    status,
    ...defined({ code: status < 400 ? undefined : code ?? slug(status), reason }),
    ms: Math.round(ms * 100) / 100,
  };
}

/** Who callers are, and how many requests they may make. */
export interface Gate {
  /** Identifies the caller of a request, and counts the request against the caller's rate limit. */
  identify(request: Request, pathKey: string | undefined, exchange: Exchange): Promise<void>;
  /** Counts a request that failed before its caller was known against its address; `false` where it has had too many. */
  countFailure(request: Request, exchange: Exchange): boolean;
}

/** How many requests of unknown callers may fail in a minute, for each that a caller may make: many may share an address. */
const FAILURES = 10;

/** The gate of a server. It remembers callers and addresses apart, so that strangers never make it forget a caller. */
export function gateOf(options: TokenServerOptions): Gate {
  const { access, allowAppLevelTokens: appLevel = false, rateLimit = 600, trustedProxies = 0, now } = options;
  const [takeOfCaller, takeOfAddress] = [rateLimiter(now), rateLimiter(now)];
  const anyone: Exchange["caller"] = { grant: { ...EVERYTHING, appLevel }, placeholders: {} };
  const addressOf = (request: Request, { peer }: Exchange) => clientAddress(request, peer, trustedProxies);
  return {
    async identify(request, pathKey, exchange) {
      if (access === "loopback") return void (exchange.caller = anyone);
      const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
      const found = access === "anyone" ? anyone : await access.authenticate(bearer, pathKey);
      if (!found) throw new AgoraTokenError("unauthorized", "Authentication required"); // an access of one's own may give null
      exchange.caller = found;
      const { id = addressOf(request, exchange), rateLimit: limit = rateLimit } = exchange.caller;
      if (limit === 0) return;
      exchange.countMore = (requests) => exchange.headers.push(...quotaHeaders(takeOfCaller(id, limit, requests)));
      const quota = takeOfCaller(id, limit);
      exchange.headers.push(...quotaHeaders(quota));
      if (!quota.allowed) throw new AgoraTokenError("too-many-requests", TOO_MANY);
    },
    countFailure(request, exchange) {
      if (access === "loopback" || rateLimit === 0) return true;
      const quota = takeOfAddress(addressOf(request, exchange), rateLimit * FAILURES);
      exchange.headers.push(...quotaHeaders(quota));
      return quota.allowed;
    },
  };
}
