import { SERVICES } from "../formats/access_token2/services.ts";
import type { Token007 } from "../formats/access_token2/types.ts";
import { refuse } from "../validate.ts";

/** What programs write for a user that they do not have. As an account it would make a token that nobody can use. */
export const NO_USER: readonly unknown[] = ["undefined", "null", "NaN", "[object Object]"];

/** The most names in the permissions of a service: each is compared with the patterns of a grant. */
const MAX_NAMES = 1000;

/** Holds services to what the server asks beyond the documented rules: each once, the name of a user where one stands, few names. */
export function onlyServable(services: Token007["services"]): void {
  for (const [index, service] of services.entries()) {
    const { type } = service;
    if (services.findIndex((other) => other.type === type) < index) refuse("services", `a list without a second ${type}`);
    const user = SERVICES.find(({ name }) => name === type)?.fields.find(({ rule }) => /^(identity|user|rtmUser)$/.test(rule));
    const name = (service as unknown as Record<string, unknown>)[user?.name ?? ""];
    if (NO_USER.includes(name) || type === "rtm" && name === "0") {
      refuse(`services[${index}].${user!.name}`, "the name of a user");
    }
    const permissions = Object.values("permissions" in service ? service.permissions : {});
    const names = permissions.flatMap((lists) => Object.values(lists!)).reduce((count, list) => count + list!.length, 0);
    if (names > MAX_NAMES) refuse(`services[${index}].permissions`, `${MAX_NAMES} names at most`, `${names}`);
  }
}
