import { U32_MAX } from "../validate.ts";
import { nameIn } from "./access/pattern.ts";
import type { CallContext } from "./mint.ts";

// The users of requests that name none.

/** A user by uid or by account. */
export type User = { uid: number } | { account: string };

/**
 * The user that a caller's grant names: the caller, by a placeholder; or the only user in it.
 *
 * @returns Nothing where the grant is for any user, for several, or for a pattern.
 */
export function grantedUser({ grant: { users }, placeholders }: CallContext["caller"]): User | undefined {
  const named = users.map((pattern) => ({ pattern, name: nameIn(pattern, placeholders) }));
  const own = named.find(({ pattern, name }) => name !== undefined && name !== pattern);
  const { pattern, name } = own ?? (named.length === 1 ? named[0]! : {});
  if (name === undefined) return undefined;
  // A subject is an account, also one of digits: the app's other users are accounts too.
  const isUid = pattern === "{uid}" || pattern === name && /^[1-9]\d*$/.test(name) && Number(name) <= U32_MAX;
  return isUid ? { uid: Number(name) } : { account: name };
}

/** A whole number from `min` to `max`, which may be 2³² apart, drawn at random. */
export function drawn(min: number, max: number): number {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return min + Math.floor(number! / 2 ** 32 * (max - min + 1));
}
