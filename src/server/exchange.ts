import { AgoraTokenError } from "../errors.ts";
import { clientAddress } from "./http/address.ts";
import type { LogEntry } from "./http/log.ts";
import { quotaHeaders, rateLimiter } from "./http/rate_limit.ts";
import { slug } from "./http/reply.ts";
import { anonymousCall, type CallContext } from "./mint.ts";
import type { TokenServerOptions } from "./options.ts";

/** A request while it is answered: where it comes from, and what is known about it so far. */
export interface Exchange {
  readonly id: string;
  readonly time: Date;
  readonly peer: string | undefined;
  readonly headers: [string, string][];
  route: string;
  caller?: string;
  call?: CallContext;
  code?: string;
}

/** What the log says of a request. */
export function entryOf({ id, time, route, caller, call, code }: Exchange, status: number, ms: number): LogEntry {
  return {
    time: time.toISOString(),
    id,
    route,
    ...(caller === undefined ? {} : { caller }),
    ...(call?.appId === undefined ? {} : { appId: call.appId }),
    status,
    ...(status < 400 ? {} : { code: code ?? slug(status) }),
    ...(call?.reason === undefined ? {} : { reason: call.reason }),
    ms: Math.round(ms * 100) / 100,
  };
}

/** Identifies the caller of a request, and counts the request against the caller's rate limit. */
export type Identify = (request: Request, pathKey: string | undefined, exchange: Exchange) => Promise<CallContext>;

/** The function that identifies callers. It remembers them, for their rate limits. */
export function identifier({ access, allowAppLevelTokens, ...options }: TokenServerOptions): Identify {
  const { rateLimit = 600, trustedProxies = 0, now } = options;
  const take = rateLimiter(now);
  return async function identify(request, pathKey, exchange) {
    if (access === "loopback") return anonymousCall(allowAppLevelTokens);
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    const found = access === "anyone" ? undefined : await access.authenticate(bearer, pathKey).catch((error: Error) => error);
    const caller = found instanceof Error ? undefined : found;
    if (caller !== undefined) exchange.caller = caller.id;
    const limit = caller?.rateLimit ?? rateLimit;
    if (limit !== 0) {
      const quota = take(caller?.id ?? `address:${clientAddress(request, exchange.peer, trustedProxies)}`, limit);
      exchange.headers.push(...quotaHeaders(quota));
      if (!quota.allowed) throw new AgoraTokenError("too-many-requests", "Too many requests: try again later");
    }
    if (found instanceof Error) throw found;
    if (access === "anyone") return anonymousCall(allowAppLevelTokens);
    if (caller === undefined) throw new AgoraTokenError("unauthorized", "Authentication required");
    return { caller };
  };
}
