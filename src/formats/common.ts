import { integer, U32_MAX } from "../validate.ts";

// What the tokens of all formats have in common.

/**
 * A count of seconds: a duration, or a Unix time where the name ends in `Ts` or the format is older than 007. A whole number
 * from 0 to 2³²−1.
 */
export type Seconds = number;

/**
 * Privileges and how long each lasts: in 007 seconds from `issueTs`, in 006 until an absolute Unix time. A privilege without a
 * name is keyed by its number, as `"10"`. The constructors write `Infinity` for one that lasts as long as its token, and
 * `buildToken` the life of the token in its place.
 */
export type Privileges<Name extends string = never> = { [privilege in Name | `${number}`]?: Seconds };

/** The wire text of a uid: decimal, and `""` (anyone) for 0. An account "0" is not a uid and stays "0" (format notes §5). */
export function uidText(uid: number): string {
  return uid === 0 ? "" : String(uid);
}

/** The time given, or now. */
export function issueTime(issueTs: Seconds | undefined): Seconds {
  return issueTs === undefined ? Math.floor(Date.now() / 1000) : integer("issueTs", issueTs, 0, U32_MAX);
}

/** The salt given, or a random one in the range of the official JavaScript, Python and PHP code. */
export function saltOf(salt: number | undefined): number {
  if (salt !== undefined) return integer("salt", salt, 0, U32_MAX);
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + random! % 99_999_999;
}
