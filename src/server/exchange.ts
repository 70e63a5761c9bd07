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
  readonly peer: string | undefined;
  /** The headers of the answer, whatever it is. */
  readonly headers: Record<string, string>;
  route: string;
  code?: string;
}

/** A caller who is not identified yet, and may have nothing. */
export const NOBODY: Exchange["caller"] = { grant: NOTHING, placeholders: {} };

/** What the log says of a request. */
export function entryOf({ id, route, caller, appId, code, reason }: Exchange, status: number, ms: number): LogEntry {
  return {
    time: new Date(Date.now() - ms).toISOString(),
    id,
    route,
    ...defined({ caller: caller.id, appId }),
    status,
    ...defined({ code: status < 400 ? undefined : code ?? slug(status), reason }),
    ms: Math.round(ms * 100) / 100,
  };
}

/** Identifies the caller of a request, and counts the request against the caller's rate limit. */
export type Identify = (request: Request, pathKey: string | undefined, exchange: Exchange) => Promise<void>;

/** The function that identifies callers. It remembers them, for their rate limits. */
export function identifier(options: TokenServerOptions): Identify {
  const { access, allowAppLevelTokens: appLevel = false, rateLimit = 600, trustedProxies = 0, now } = options;
  const take = rateLimiter(now);
  const anyone: Exchange["caller"] = { grant: { ...EVERYTHING, appLevel }, placeholders: {} };
  return async function identify(request, pathKey, exchange) {
    if (access === "loopback") return void (exchange.caller = anyone);
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    let refused: { reason: unknown } | undefined;
    try {
      const found = access === "anyone" ? anyone : access.authenticate(bearer, pathKey);
      exchange.caller = await found ?? NOBODY; // an access of one's own may give null
    } catch (reason) {
      refused = { reason };
    }
    const { id, rateLimit: limit = rateLimit } = exchange.caller;
    if (limit !== 0) {
      const quota = take(id ?? `address:${clientAddress(request, exchange.peer, trustedProxies)}`, limit);
      for (const [name, value] of quotaHeaders(quota)) exchange.headers[name] = value;
      if (!quota.allowed) throw new AgoraTokenError("too-many-requests", "Too many requests: try again later");
    }
    if (refused !== undefined) throw refused.reason;
    if (exchange.caller === NOBODY) throw new AgoraTokenError("unauthorized", "Authentication required");
  };
}
