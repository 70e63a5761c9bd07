import { serviceFrom } from "../access_token2/constructors.ts";
import { MAX_LIFETIME } from "../access_token2/rules.ts";
import type { Seconds, Service } from "../access_token2/types.ts";
import { AgoraTokenError } from "../errors.ts";
import { integer, refuse, string, U32_MAX } from "../wire/check.ts";

// How the values of foreign contracts are read: one way for all of them.

/** A refusal that has a status of its own. */
export class Refusal extends AgoraTokenError {
  /** The HTTP status. */
  readonly status: number;

  /** Makes the refusal. */
  constructor(status: number, message: string, field?: string) {
    super("invalid-value", message, field === undefined ? {} : { field });
    this.status = status;
  }
}

/** The life of a token where the request names none, in seconds. */
export const DEFAULT_EXPIRE: Seconds = 3600;

const YEAR = 366 * 86_400;

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

/** A role by word or number; what is unknown is refused, not taken for a subscriber. */
export function roleOf(field: string, role: unknown): "publisher" | "subscriber" {
  const key = typeof role === "number" ? String(role) : string(field, role).toLowerCase();
  if (!Object.hasOwn(ROLES, key)) refuse(field, `one of ${Object.keys(ROLES).join(", ")}`);
  return ROLES[key]!;
}

/** A whole number, or digits; nothing wraps around. */
export function numberOf(field: string, value: unknown): number {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number") refuse(field, `a whole number from 0 to ${U32_MAX}`);
  return integer(field, number, 0, U32_MAX);
}

/**
 * A duration. Absent, empty or 0 means the default; what is over 24 hours is cut to that, as Agora does. What looks like an
 * absolute time is refused.
 */
export function expireOf(field: string, value: unknown, usual: Seconds = DEFAULT_EXPIRE): Seconds {
  if (value === undefined || value === null || value === "") return usual;
  const seconds = numberOf(field, value);
  if (seconds > YEAR) refuse(field, "seconds from now", `${seconds}, which looks like an absolute time`);
  return seconds === 0 ? usual : Math.min(seconds, MAX_LIFETIME);
}

/** An RTC service for a uid (a number or digits, where 0 means anyone) or an account. */
export function rtcOf(
  channelName: unknown,
  user: { uid: unknown } | { account: unknown },
  role: "publisher" | "subscriber",
): Service {
  const identity = "uid" in user ? { uid: numberOf("uid", user.uid) } : { account: string("account", user.account) };
  return checked({ type: "rtc", channelName: string("channelName", channelName), role, ...identity });
}

/** The user of a path: a uid, or an account, where "0" is a name like others. */
export function userOf(tokenType: string, user: string): { uid: string } | { account: string } {
  if (tokenType === "userAccount") return { account: user };
  if (tokenType !== "uid") refuse("tokenType", "uid or userAccount");
  return { uid: user };
}

/** A user that may be either: digits without zeros before them are a uid, everything else is an account. */
export function anyUser(field: string, user: unknown): { uid: unknown } | { account: string } {
  if (typeof user === "number" || typeof user === "string" && /^(0|[1-9]\d*)$/.test(user)) return { uid: user };
  return { account: string(field, user) };
}

/** A user id: text, or a whole number in range for its digits; nothing else is made into text. */
export function nameOf(field: string, user: unknown): string {
  return typeof user === "number" ? String(numberOf(field, user)) : string(field, user);
}

/** RTM for a user; with a channel, also the right to join and use its stream channel, as agora-token-service gives it. */
export function rtmOf(user: unknown, streamChannel?: unknown): Service[] {
  const userId = nameOf("uid", user);
  if (userId === "" || userId === "0") refuse("uid", "an RTM user id that is neither empty nor 0");
  const login = checked({ type: "rtm", userId });
  if (streamChannel === undefined || streamChannel === "") return [login];
  const stream = rtcOf(streamChannel, { account: userId }, "publisher");
  const { joinChannel, publishDataStream } = stream.privileges as Record<string, Seconds>;
  return [{ ...stream, privileges: { joinChannel, publishDataStream } } as Service, login];
}

/** A service held to the documented rules, with the names of the request in errors. */
export function checked(data: Record<string, unknown>): Service {
  return serviceFrom("", data);
}
