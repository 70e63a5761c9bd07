import { MAX_LIFETIME } from "../../formats/common.ts";
import { SERVICES } from "../../formats/access_token2/services.ts";
import { array, boolean, hexId, integer, missing, onlyKeys, refuse, string } from "../../validate.ts";
import type { Attempt } from "../problems.ts";
import type { Grant } from "./grant.ts";
import { placeholdersOf } from "./pattern.ts";

// Grants as JSON: in the access file, and in a claim of a JWT.

/** Reads a field; `placeholders` are those that have a value. */
type ReadField<T> = (path: string, value: unknown, placeholders: readonly string[]) => T;

const listOf = <T>(read: ReadField<T>): ReadField<T[]> => (path, value, placeholders) =>
  array(path, value).map((entry, index) => read(`${path}[${index}]`, entry, placeholders));

function oneOf<T>(values: readonly T[], orNumber = false): ReadField<T> {
  return (path, value) => {
    if (values.includes(value as T)) return value as T;
    if (orNumber && typeof value === "number") return integer(path, value, -0x8000, 0x7fff) as T;
    return refuse(path, `one of ${values.join(", ")}${orNumber ? ", or the number of an APaaS role" : ""}`);
  };
}

const pattern: ReadField<string> = (path, value, placeholders) => {
  const text = string(path, value);
  if (text === "") refuse(path, 'a pattern (to allow any, set "wildcards")');
  if (placeholdersOf(text).some((name) => !placeholders.includes(name))) {
    const known = placeholders.map((name) => `{${name}}`).join(", ");
    refuse(
      path,
      known === "" ? "a pattern without placeholders: a key has no user" : `a pattern with no placeholder but ${known}`,
    );
  }
  return text;
};

const FIELDS: { readonly [Field in keyof Grant]-?: ReadField<Grant[Field]> } = {
  appIds: listOf(hexId),
  services: listOf(oneOf(SERVICES.map(({ name }) => name))),
  channels: listOf(pattern),
  users: listOf(pattern),
  roles: listOf(oneOf<Grant["roles"][number]>(["publisher", "subscriber", "*"], true)),
  wildcards: boolean,
  maxExpire: (path, value) => integer(path, value, 1, MAX_LIFETIME),
  appLevel: boolean,
};

/** The names of a grant's fields. */
export const GRANT_FIELDS = Object.keys(FIELDS) as (keyof Grant)[];

/** The fields that may be absent. */
const OPTIONAL: readonly (keyof Grant)[] = ["appIds", "wildcards", "appLevel"];

/** The rate limit of a caller, in requests per minute, if it has its own. */
export function rateLimitFrom(path: string, { rateLimit }: Readonly<Record<string, unknown>>): { rateLimit?: number } {
  return rateLimit === undefined ? {} : { rateLimit: integer(`${path}rateLimit`, rateLimit, 1, 1_000_000) };
}

/**
 * Reads a grant.
 *
 * @param path The path of its fields, as `keys[0].`, for errors.
 * @param defaults The fields that it may leave out, beside those that are optional.
 * @param placeholders The placeholders that have a value.
 * @param others The names of other fields that may stand beside its own.
 * @returns Nothing where `attempt` noted a problem.
 */
export function grantFrom(
  path: string,
  data: Readonly<Record<string, unknown>>,
  defaults: Partial<Grant>,
  placeholders: readonly string[],
  others: readonly string[],
  attempt: Attempt,
): Grant | undefined {
  const grant: Record<string, unknown> = { ...defaults };
  const good = [
    attempt(() => onlyKeys(data, [...others, ...GRANT_FIELDS], path) ?? true),
    ...GRANT_FIELDS.map((name) =>
      attempt(() => {
        if (data[name] !== undefined) grant[name] = FIELDS[name](path + name, data[name], placeholders);
        else if (grant[name] === undefined && !OPTIONAL.includes(name)) missing(path + name);
        return true;
      })
    ),
  ];
  return good.every(Boolean) ? grant as unknown as Grant : undefined;
}
