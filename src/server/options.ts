import type { Access } from "./access/access.ts";
import type { Project } from "./projects.ts";
import type { LogEntry } from "./http/log.ts";

/** What a token server needs to know; all but the projects and the access may be left out. */
export interface TokenServerOptions {
  /** The projects; a request that names no App ID is for the first. */
  projects: readonly Project[];
  /**
   * Who may ask: the callers that {@linkcode loadAccess} gives; or, without authentication, `"loopback"`: only requests that come
   * from this machine, by a loopback address that is known, to a loopback name in `Host`; or `"anyone"`, who then gets a token
   * for any channel and user.
   */
  access: Access | "loopback" | "anyone";
  /** Requests that one caller may make per minute: 600 if omitted, without a limit where it is 0 or `access` is `"loopback"`. */
  rateLimit?: number;
  /** How many proxies in front write `X-Forwarded-For`, 0 to 10; 0 if omitted, and then the header does not count. */
  trustedProxies?: number;
  /** Is told of every request; nobody if omitted. It must not throw. Faults of the server go to `console.error` either way. */
  log?: (entry: LogEntry) => void;
  /** The credentials are fake: tokens work nowhere, and every response says so. */
  demo?: boolean;
  /** Which origins browsers may call from: exact origins, or `"*"`; loopback origins if omitted. */
  corsAllowOrigin?: "*" | readonly string[];
  /** What the contracts of the time of 006 answer: 007 if omitted. */
  oldContractVersion?: "006" | "007";
  /**
   * Whether Chat and APaaS tokens for the whole app are made where callers are not authenticated; where they are, their grants
   * say it. Such tokens are an administrator's keys.
   */
  allowAppLevelTokens?: boolean;
  /** The time that the rate limit counts in, in milliseconds from anywhere; the runtime's clock if omitted. */
  now?: () => number;
  /** How long a body may take to arrive, in milliseconds; 10,000 if omitted. */
  bodyTimeout?: number;
}
