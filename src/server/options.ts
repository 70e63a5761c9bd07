import { boolean, integer, invalidType, record, refuse, string } from "../validate.ts";
import type { Access } from "./access/caller.ts";
import { type Checks, fieldsFrom, listOf, optional } from "./fields.ts";
import { isOrigin } from "./http/cors.ts";
import type { LogEntry } from "./http/log.ts";
import { checkedProjects, type Project } from "./projects.ts";

/** What a token server needs to know; all but the projects and the access may be left out. */
export interface TokenServerOptions {
  /** The projects, one or more; a request that names no App ID is for the first. */
  projects: readonly Project[];
  /**
   * Who may ask: the callers that {@linkcode loadAccess} gives; or, without authentication, `"loopback"`: only requests that come
   * from this machine, by a loopback address that is known, to a loopback name in `Host`; or `"anyone"`, who then gets a token
   * for any channel and user.
   */
  access: Access | "loopback" | "anyone";
  /**
   * Requests that one caller may make per minute, a whole number from 0 to 1,000,000: 600 by default. There is no limit where it
   * is 0, or where `access` is `"loopback"`.
   */
  rateLimit?: number;
  /** How many proxies in front write `X-Forwarded-For`, 0 to 10: 0 by default, and then the header does not count. */
  trustedProxies?: number;
  /**
   * Gets an entry for every request; by default nothing is logged. Where it throws or rejects, the request is answered all the
   * same, and `console.error` says that the log failed. Faults of the server go to `console.error` in any case.
   */
  log?: (entry: LogEntry) => void;
  /** Whether the credentials are fake: tokens work nowhere, and every response says so. */
  demo?: boolean;
  /**
   * Which origins browsers may call from: one origin or a list of them, each compared for equality (`https://app.example`, with
   * no path), or `"*"` for all. By default those on loopback.
   */
  corsAllowOrigin?: string | readonly string[];
  /** The version of the tokens that contracts from the time of 006 answer with: 007 by default. */
  oldContractVersion?: "006" | "007";
  /**
   * Whether Chat and APaaS tokens for the whole app are made where callers are not authenticated: not by default. Where callers
   * are authenticated, their grants decide. Such tokens are an administrator's keys.
   */
  allowAppLevelTokens?: boolean;
  /**
   * Whether `GET /api/generate-agora-token` and `GET /token` draw a uid where the request names none. By default their tokens are
   * then for uid 0, which is anyone, and without RTM.
   */
  drawUids?: boolean;
  /** The clock of the rate limit, in milliseconds from any moment; the runtime's by default. */
  now?: () => number;
  /** How long the body of a request may take to arrive, in milliseconds, 1 to 600,000: 10,000 by default. */
  bodyTimeout?: number;
}

/** Every option, and the check of its value. The configuration uses them too. */
export const OPTION_CHECKS: Checks<TokenServerOptions> = {
  projects: checkedProjects,
  access: checkedAccess,
  rateLimit: optional((field, value) => integer(field, value, 0, 1_000_000)),
  trustedProxies: optional((field, value) => integer(field, value, 0, 10)),
  log: optional(checkedFunction<(entry: LogEntry) => void>),
  demo: optional(boolean),
  corsAllowOrigin: optional((field, value) =>
    value === "*" ? value : Array.isArray(value) ? listOf(checkedOrigin)(field, value) : checkedOrigin(field, value)
  ),
  oldContractVersion: optional(checkedVersion),
  allowAppLevelTokens: optional(boolean),
  drawUids: optional(boolean),
  now: optional(checkedFunction<() => number>),
  bodyTimeout: optional((field, value) => integer(field, value, 1, 600_000)),
};

/**
 * The options of a token server, checked and copied.
 *
 * @throws {AgoraTokenError} `unknown-field` for a name that is no option, `invalid-type` or `invalid-value` for a value that
 * cannot be; `field` names it.
 */
export function checkedOptions(options: unknown): TokenServerOptions {
  return fieldsFrom("", record("options", options), OPTION_CHECKS);
}

/** The version of a token that can be asked for. */
export function checkedVersion(field: string, value: unknown): "006" | "007" {
  return value === "006" || value === "007" ? value : refuse(field, '"007" or "006"');
}

function checkedAccess(field: string, value: unknown): TokenServerOptions["access"] {
  if (value === "loopback" || value === "anyone") return value;
  const { authenticate, keysInPaths } = (value ?? {}) as Partial<Access>;
  if (typeof authenticate === "function" && typeof keysInPaths === "boolean") return value as Access;
  return refuse(field, 'the result of loadAccess(), "loopback" or "anyone"');
}

function checkedFunction<T>(field: string, value: unknown): T {
  if (typeof value !== "function") throw invalidType(field, "a function", value);
  return value as T;
}

function checkedOrigin(field: string, value: unknown): string {
  if (isOrigin(string(field, value))) return value as string;
  return refuse(field, 'an origin such as https://app.example, without a path ("*" alone allows all)');
}
