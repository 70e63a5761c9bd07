import { AgoraTokenError } from "../errors.ts";
import { clientAddress } from "./http/address.ts";
import type { LogEntry } from "./http/log.ts";
import { quotaHeaders, rateLimiter } from "./http/rate_limit.ts";
import { slug } from "./http/reply.ts";
import { type Asker, everyone } from "./mint.ts";
import type { TokenServerOptions } from "./options.ts";

/** A request on its way: where it comes from, and what is found out about it. */
export interface Exchange {
  readonly id: string;
  readonly time: Date;
  readonly peer: string | undefined;
  readonly headers: [string, string][];
  route: string;
  caller?: string;
  asker?: Asker;
  code?: string;
}

/** What the log tells of a request. */
export function entryOf({ id, time, route, caller, asker, code }: Exchange, status: number, ms: number): LogEntry {
  return {
    time: time.toISOString(),
    id,
    route,
    ...(caller === undefined ? {} : { caller }),
    ...(asker?.appId === undefined ? {} : { appId: asker.appId }),
    status,
    ...(status < 400 ? {} : { code: code ?? slug(status) }),
    ...(asker?.reason === undefined ? {} : { reason: asker.reason }),
    ms: Math.round(ms * 100) / 100,
  };
}

/** Finds out who asks, and holds them to the rate limit. */
export type Identify = (request: Request, pathKey: string | undefined, exchange: Exchange) => Promise<Asker>;

/** Makes what finds out who asks. It remembers the callers, for their limits. */
export function identifier({ access, allowAppLevelTokens, ...options }: TokenServerOptions): Identify {
  const { rateLimit = 600, trustedProxies = 0, now } = options;
  const take = rateLimiter(now);
  return async function identify(request, pathKey, exchange) {
    if (access === "loopback") return everyone(allowAppLevelTokens);
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    const found = access === "anyone" ? undefined : await access.authenticate(bearer, pathKey).catch((error: Error) => error);
    const caller = found instanceof Error ? undefined : found;
    if (caller !== undefined) exchange.caller = caller.id;
    const limit = caller?.rateLimit ?? rateLimit;
    if (limit > 0) {
      const quota = take(caller?.id ?? `address:${clientAddress(request, exchange.peer, trustedProxies)}`, limit);
      exchange.headers.push(...quotaHeaders(quota));
      if (!quota.allowed) throw new AgoraTokenError("too-many-requests", "There were too many requests: try again later");
    }
    if (found instanceof Error) throw found;
    if (access === "anyone") return everyone(allowAppLevelTokens);
    if (caller === undefined) throw new AgoraTokenError("unauthorized", "This server answers callers that it knows");
    return { caller };
  };
}
