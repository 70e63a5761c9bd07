import { type FieldRule, rowOf } from "../formats/access_token2/services.ts";
import type { Token007 } from "../formats/access_token2/types.ts";
import { refuse } from "../validate.ts";

/** What programs write for a user that they do not have. As an account it would make a token that nobody can use. */
export const NO_USER: readonly unknown[] = ["undefined", "null", "NaN", "[object Object]"];

/** The rules of the fields in which a user stands; a service has one of them at most. */
const USERS: readonly FieldRule[] = ["identity", "user", "rtmUser"];

/** The most names in the permissions of a service: each is compared with the patterns of a grant. */
const MAX_NAMES = 1000;

/** Holds services to what the server asks beyond the documented rules: each once, the name of a user where one stands, few names. */
export function onlyServable(services: Token007["services"]): void {
  for (let index = 0; index < services.length; index++) {
    const service = services[index]!;
    const { type } = service;
    if (services.findIndex((other) => other.type === type) < index) refuse("services", `a list without a second ${type}`);
    for (const { name: field, rule } of rowOf(type)?.fields ?? []) {
      if (!USERS.includes(rule)) continue;
      const name = (service as unknown as Record<string, unknown>)[field];
      if (NO_USER.includes(name) || type === "rtm" && name === "0") refuse(`services[${index}].${field}`, "the name of a user");
    }
    if (!("permissions" in service)) continue;
    const permissions = Object.values(service.permissions);
    const names = permissions.flatMap((lists) => Object.values(lists!)).reduce((count, list) => count + list!.length, 0);
    if (names > MAX_NAMES) refuse(`services[${index}].permissions`, `${MAX_NAMES} names at most`, `${names}`);
  }
}
