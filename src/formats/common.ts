import { u32 } from "../validate.ts";

// What the tokens of all formats have in common.

/** A duration in seconds: a whole number from 0 to 2³²−1. */
export type Seconds = number;

/** A moment: seconds since 1 January 1970 UTC, a whole number from 0 to 2³²−1. */
export type UnixSeconds = number;

/** The longest lifetime that Agora grants a token: 24 hours. */
export const MAX_LIFETIME: Seconds = 86_400;

/**
 * The privileges of a 007 and how long each lasts: seconds from `issueTs`. A privilege without a name is keyed by its number,
 * as `"10"`.
 */
export type Privileges<Name extends string = never> = { [privilege in Name | `${number}`]?: Seconds };

/** The privileges of a 006 and when each ends: a Unix time. A privilege without a name is keyed by its number, as `"10"`. */
export type PrivilegesUntil<Name extends string = never> = { [privilege in Name | `${number}`]?: UnixSeconds };

/** The wire text of a uid: decimal, and `""` (anyone) for 0. An account "0" is not a uid and stays "0" (format notes §5). */
export function uidText(uid: number): string {
  return uid === 0 ? "" : String(uid);
}

/** The time given, or now. */
export function issueTime(issueTs: UnixSeconds | undefined): UnixSeconds {
  return issueTs === undefined ? Math.floor(Date.now() / 1000) : u32("issueTs", issueTs);
}

/** Random numbers that no token has yet: asking for one costs as much as for all of them. */
const random: number[] = [];

/** The salt given, or a random one in the range of the official JavaScript, Python and PHP code. */
export function saltOf(salt: number | undefined): number {
  if (salt !== undefined) return u32("salt", salt);
  if (random.length === 0) random.push(...crypto.getRandomValues(new Uint32Array(64)));
  return 1 + random.pop()! % 99_999_999;
}

/** When something ends that lasts some seconds from the issue of the token: after 24 hours at the latest. */
export function endOf(issueTs: UnixSeconds, seconds: Seconds): UnixSeconds {
  return issueTs + Math.min(seconds, MAX_LIFETIME);
}

/** The longest text that is read unless the caller sets another bound, and so the longest that is packed: 65,536 characters. */
export const MAX_TEXT = 65_536;
