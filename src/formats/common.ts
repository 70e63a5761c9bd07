import { integer, U32_MAX } from "../validate.ts";

// What the tokens of all formats have in common.

/** A duration in seconds: a whole number from 0 to 2³²−1. */
export type Seconds = number;

/** A moment: seconds since 1 January 1970 UTC, a whole number from 0 to 2³²−1. */
export type UnixSeconds = number;

/** The longest lifetime that Agora grants a token, in seconds: 24 hours. */
export const MAX_LIFETIME: Seconds = 86_400;

/**
 * Privileges and how long each lasts: in 007 seconds from `issueTs`, in 006 until an absolute Unix time. A privilege without a
 * name is keyed by its number, as `"10"`.
 */
export type Privileges<Name extends string = never> = { [privilege in Name | `${number}`]?: Seconds };

/** The wire text of a uid: decimal, and `""` (anyone) for 0. An account "0" is not a uid and stays "0" (format notes §5). */
export function uidText(uid: number): string {
  return uid === 0 ? "" : String(uid);
}

/** The time given, or now. */
export function issueTime(issueTs: UnixSeconds | undefined): UnixSeconds {
  return issueTs === undefined ? Math.floor(Date.now() / 1000) : integer("issueTs", issueTs, 0, U32_MAX);
}

/** The salt given, or a random one in the range of the official JavaScript, Python and PHP code. */
export function saltOf(salt: number | undefined): number {
  if (salt !== undefined) return integer("salt", salt, 0, U32_MAX);
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + random! % 99_999_999;
}

/** When something of a token that is to last some seconds is over: with the token at the latest, which Agora ends at 24 h. */
export function endOf(
  { issueTs, expire = Infinity }: { issueTs?: UnixSeconds; expire?: Seconds },
  seconds: Seconds,
): UnixSeconds | undefined {
  return issueTs === undefined ? undefined : issueTs + Math.min(seconds, expire, MAX_LIFETIME);
}
