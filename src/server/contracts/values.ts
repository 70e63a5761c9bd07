import { NO_USER } from "../../build/servable.ts";
import type { Role } from "../../build/requests.ts";
import { MAX_LIFETIME, type Seconds } from "../../formats/common.ts";
import { integer, missing, refuse, string, U32_MAX } from "../../validate.ts";

// How the values of other servers' contracts are read: one way for all of them.

/** A value of a request (`undefined` where it is absent), with its name in the request, which errors repeat. */
export interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

const YEAR: Seconds = 365 * 86_400;

/** The words for a role in the contracts of others, and the numbers of their builders. */
const ROLES = {
  publisher: ["publisher", "host", "broadcaster", "1", "0", "101"],
  subscriber: ["subscriber", "audience", "2"],
} as const;

/** Whether a value is absent or empty. */
export function isMissing({ value }: NamedValue): boolean {
  return value === undefined || value === "";
}

/** A value that must be neither absent nor empty. */
export function present(named: NamedValue): NamedValue {
  return isMissing(named) ? missing(named.name) : named;
}

/** A role by word or number; `defaultRole` where it is missing. An unknown role is refused, not read as a subscriber. */
export function roleOf(named: NamedValue, defaultRole?: Role): Role {
  if (defaultRole !== undefined && isMissing(named)) return defaultRole;
  const { name, value } = named;
  const word = typeof value === "number" ? String(value) : string(name, value).toLowerCase();
  for (const role of ["publisher", "subscriber"] as const) if ((ROLES[role] as readonly string[]).includes(word)) return role;
  return refuse(name, `one of ${Object.values(ROLES).flat().join(", ")}`);
}

/** A whole number, or digits; nothing wraps around. */
export function numberOf({ name, value }: NamedValue, min = 0, max: number = U32_MAX): number {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number") refuse(name, `a whole number from ${min} to ${max}`);
  return integer(name, number, min, max);
}

/**
 * A duration; nothing where it is missing or 0. One over 24 hours is cut to 24 hours, as Agora does, if `max` allows it. One that
 * looks like a Unix time is refused, and the error says so.
 */
export function expireOf(named: NamedValue, min: Seconds = 0, max: Seconds = YEAR): Seconds | undefined {
  if (isMissing(named)) return undefined;
  const { name, value } = named;
  const seconds = typeof value === "string" ? Number(value) : value; // of a list or an object, Number() would make anything
  if (typeof seconds === "number" && seconds > YEAR) {
    refuse(name, "seconds from now", `${seconds}, which looks like a Unix time`);
  }
  return Math.min(numberOf(named, min, max), MAX_LIFETIME) || undefined;
}

/** The seconds until a Unix time, cut likewise; nothing where it is missing or 0. A time in the past is refused. */
export function expireUntil(named: NamedValue): Seconds | undefined {
  const time = isMissing(named) ? 0 : numberOf(named);
  if (time === 0) return undefined;
  const seconds = time - Math.floor(Date.now() / 1000);
  if (seconds <= 0) refuse(named.name, "a Unix time in the future");
  return Math.min(seconds, MAX_LIFETIME);
}

/** A user's name: text, or a whole number in range, which stands for its digits. Nothing else is made into text. */
export function nameOf(user: NamedValue): string {
  const { name, value } = user;
  const text = typeof value === "number" ? String(numberOf(user)) : string(name, value);
  return NO_USER.includes(text) ? refuse(name, `a user's name, and not "${text}"`) : text;
}

/** The fields of an object by their names in lower case, without those that are null. */
export function lowerCased(object: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const fields = Object.entries(object).filter(([, value]) => value !== null);
  return new Map(fields.map(([name, value]) => [name.toLowerCase(), value]));
}
