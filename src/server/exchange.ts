import { AgoraTokenError } from "../errors.ts";
import { EVERYTHING, NOTHING } from "./access/grant.ts";
import { clientAddress } from "./http/address.ts";
import { isoTime, type LogEntry } from "./http/log.ts";
import { addQuota, rateLimiter } from "./http/rate_limit.ts";
import { slug } from "./http/reply.ts";
import type { Awaitable } from "../runtime/engine.ts";
import type { CallContext } from "./mint.ts";
import type { TokenServerOptions } from "./options.ts";

/** Where a request comes from, in the form in which `Deno.serve` passes it. */
export interface Connection {
  /** The address at the other end. */
  remoteAddr?: { hostname?: string };
}

/** A request while it is answered: where it comes from, and what is known about it so far. */
export interface Exchange extends CallContext {
  readonly id: string;
  /** When it came, in milliseconds since 1970. */
  readonly time: number;
  readonly connection: Connection | undefined;
  /** The headers of the response that it is known to get. */
  readonly headers: Record<string, string>;
  route: string;
  code?: string;
  /** Counts more requests of the caller, where there is a limit. */
  countMore?: (requests: number) => void;
  /** The response of a refusal, in the form of the route once that is known. */
  refuse: (status: number, message: string, code?: string, field?: string) => Response;
}

/** The address of the connection, where it is known. It is asked for only where it counts: that takes time. */
export function peerOf({ connection }: Exchange): string | undefined {
  return connection?.remoteAddr?.hostname;
}

/** A caller who is not identified yet, and may have nothing. */
export const NOBODY: Exchange["caller"] = { grant: NOTHING, placeholders: {} };

/** What a caller reads who has made too many requests. */
export const TOO_MANY = "Too many requests: try again later";

/** What the log says of a request: without what it does not have, which JSON leaves out as well. */
export function entryOf({ id, time, route, caller, appId, code, reason }: Exchange, status: number, ms: number): LogEntry {
  const entry: Partial<LogEntry> = { time: isoTime(time), id, route };
  if (caller.id !== undefined) entry.caller = caller.id;
  if (appId !== undefined) entry.appId = appId;
  entry.status = status;
  if (status >= 400) entry.code = code ?? slug(status);
  if (reason !== undefined) entry.reason = reason;
  entry.ms = Math.round(ms * 100) / 100;
  return entry as LogEntry;
}

/** Who callers are, and how many requests they may make. */
export interface Gate {
  /** Identifies the caller of a request, and counts the request against the caller's rate limit. */
  identify(request: Request, pathKey: string | undefined, exchange: Exchange): Awaitable<void>;
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
  const addressOf = (request: Request, exchange: Exchange) => clientAddress(request, peerOf(exchange), trustedProxies);
  /** Counts a request of a caller who is known. */
  function admit(found: Exchange["caller"] & { readonly rateLimit?: number }, request: Request, exchange: Exchange): void {
    exchange.caller = found;
    const { rateLimit: limit = rateLimit } = found;
    if (limit === 0) return;
    const id = found.id ?? addressOf(request, exchange);
    exchange.countMore = (requests) => addQuota(exchange.headers, takeOfCaller(id, limit, requests));
    const quota = takeOfCaller(id, limit);
    addQuota(exchange.headers, quota);
    if (!quota.allowed) throw new AgoraTokenError("too-many-requests", TOO_MANY);
  }
  return {
    identify(request, pathKey, exchange) {
      if (access === "loopback") return void (exchange.caller = anyone);
      if (access === "anyone") return admit(anyone, request, exchange);
      const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
      return Promise.resolve(access.authenticate(bearer, pathKey)).then((found) => { // it may be another thenable than a Promise
        if (!found) throw new AgoraTokenError("unauthorized", "Authentication required"); // an access of one's own may give null
        admit(found, request, exchange);
      });
    },
    countFailure(request, exchange) {
      if (access === "loopback" || rateLimit === 0) return true;
      const quota = takeOfAddress(addressOf(request, exchange), rateLimit * FAILURES);
      addQuota(exchange.headers, quota);
      return quota.allowed;
    },
  };
}
