import { MAX_LIFETIME } from "../formats/common.ts";
import type { Seconds } from "../formats/common.ts";
import { integer, refuse, string, U32_MAX } from "../validate.ts";
import { NO_USER } from "../build/servable.ts";

// How the values of foreign contracts are read: one way for all of them.

/** A value of a request (`undefined` where it is absent), with the name that the request has for it, which errors say. */
export interface Given {
  readonly name: string;
  readonly value: unknown;
}

/** The life of a token where the request names none, in seconds. */
export const DEFAULT_EXPIRE: Seconds = 3600;

const YEAR = 365 * 86_400;

/** The words for a role in the contracts of others, and the numbers of their builders. */
const ROLES = {
  publisher: ["publisher", "host", "broadcaster", "1", "0", "101"],
  subscriber: ["subscriber", "audience", "2"],
} as const;

/** Whether nothing is given: the value is absent or empty. */
export function isMissing({ value }: Given): boolean {
  return value === undefined || value === "";
}

/** The same, refused where it is missing. */
export function filled(given: Given): Given {
  if (isMissing(given)) refuse(given.name, "given");
  return given;
}

/** A role by word or number; `usual` where it is missing. What is unknown is refused, not taken for a subscriber. */
export function roleOf(given: Given, usual?: "publisher" | "subscriber"): "publisher" | "subscriber" {
  if (usual !== undefined && isMissing(given)) return usual;
  const { name, value } = given;
  const word = typeof value === "number" ? String(value) : string(name, value).toLowerCase();
  for (const role of ["publisher", "subscriber"] as const) if ((ROLES[role] as readonly string[]).includes(word)) return role;
  return refuse(name, `one of ${Object.values(ROLES).flat().join(", ")}`);
}

/** A whole number, or digits; nothing wraps around. */
export function numberOf({ name, value }: Given, min = 0, max: number = U32_MAX): number {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number") refuse(name, `a whole number from ${min} to ${max}`);
  return integer(name, number, min, max);
}

/**
 * A duration; nothing where it is missing or 0. What is over 24 hours is cut to that, as Agora does, where `max` lets it be.
 * What looks like an absolute time is refused with that hint.
 */
export function expireOf(given: Given, min: Seconds = 0, max: Seconds = YEAR): Seconds | undefined {
  if (isMissing(given)) return undefined;
  const seconds = Number(given.value);
  if (seconds > YEAR) refuse(given.name, "seconds from now", `${seconds}, which looks like an absolute time`);
  return Math.min(numberOf(given, min, max), MAX_LIFETIME) || undefined;
}

/** The seconds until an absolute Unix time, likewise; the past is refused. */
export function expireUntil(given: Given): Seconds | undefined {
  const time = isMissing(given) ? 0 : numberOf(given);
  if (time === 0) return undefined;
  const seconds = time - Math.floor(Date.now() / 1000);
  if (seconds <= 0) refuse(given.name, "an absolute Unix time that is not past");
  return Math.min(seconds, MAX_LIFETIME);
}

/** A user's name: text, or a whole number in range for its digits; nothing else is made into text. */
export function nameOf(user: Given): Given {
  const { name, value } = user;
  const text = typeof value === "number" ? String(numberOf(user)) : string(name, value);
  if (NO_USER.includes(text)) refuse(name, `a user's name, and not "${text}"`);
  return { name, value: text };
}

/** The fields of an object by their names in lower case, null counting as absent. */
export function lowerCased(object: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const given = Object.entries(object).filter(([, value]) => value !== null);
  return new Map(given.map(([name, value]) => [name.toLowerCase(), value]));
}
