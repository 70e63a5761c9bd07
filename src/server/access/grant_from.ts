import { MAX_LIFETIME } from "../../formats/common.ts";
import { SERVICES } from "../../formats/access_token2/services.ts";
import { boolean, hexId, integer, refuse, string } from "../../validate.ts";
import { type Check, type Checks, listOf, optional } from "../fields.ts";
import type { Grant } from "./grant.ts";
import { matcherOf, placeholdersOf } from "./pattern.ts";

// Grants as JSON: in the access file, and in a claim of a JWT.

function oneOf<T>(values: readonly T[], orNumber = false): Check<T> {
  return (path, value) => {
    if (values.includes(value as T)) return value as T;
    if (orNumber && typeof value === "number") return integer(path, value, -0x8000, 0x7fff) as T;
    return refuse(path, `one of ${values.join(", ")}${orNumber ? ", or the number of an APaaS role" : ""}`);
  };
}

function patternWith(placeholders: readonly string[]): Check<string> {
  return (path, value) => {
    const text = string(path, value);
    if (text === "") refuse(path, 'a pattern (to allow any, set "wildcards")');
    if (placeholdersOf(text).every((name) => placeholders.includes(name))) return text;
    const known = placeholders.map((name) => `{${name}}`).join(", ") || "none: a key has no user";
    return refuse(path, `a pattern with these placeholders only: ${known}`);
  };
}

/** The rate limit of a caller, in requests per minute, if it has its own. */
export const RATE_LIMIT: Check<number | undefined> = optional((path, value) => integer(path, value, 1, 1_000_000));

/**
 * The checks of a grant.
 *
 * @param placeholders Those that have a value, and may stand in patterns.
 */
export function grantChecks(placeholders: readonly string[]): Checks<Grant> {
  return {
    appIds: optional(listOf(hexId)),
    services: listOf(oneOf(SERVICES.map(({ name }) => name))),
    channels: listOf(patternWith(placeholders)),
    users: listOf(patternWith(placeholders)),
    roles: listOf(oneOf<Grant["roles"][number]>(["publisher", "subscriber", "*"], true)),
    wildcards: optional(boolean),
    maxExpire: (path, value) => integer(path, value, 1, MAX_LIFETIME),
    appLevel: optional(boolean),
    inspect: optional(boolean),
  };
}

/** What `wildcards` does not give, since the other fields of the grant count with it; nothing for most grants. */
export function remarksOn(path: string, { wildcards, ...patterns }: Grant): string[] {
  const narrow = (["channels", "users"] as const).filter((field) => !matcherOf(patterns[field], {})("*"));
  return (wildcards ? narrow : []).map((field) =>
    `"${path}.wildcards" allows no token for any ${field.slice(0, -1)}: that needs a "*" in "${path}.${field}"`
  );
}
