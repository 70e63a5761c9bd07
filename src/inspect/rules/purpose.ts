import type { Name, TokenView } from "../../formats/view.ts";
import { type Expected, rightsFor } from "../expected.ts";
import { type Observation, observed } from "../findings.ts";
import { type Intent, INTENTS } from "../intents.ts";
import { isUidText } from "../names.ts";

// Is it for whom its purpose wants, whatever else is given?

/** What a purpose wants of the names in a token. */
export function purposeNames(view: TokenView, { intent }: Expected, found: Observation[]): void {
  if (intent === undefined) return;
  for (const { user } of rightsFor(view, { intent })) if (user !== undefined) found.push(...wrongUser(user, intent));
}

function wrongUser(user: Name, intent: Intent): Observation[] {
  const at = user.path === "" ? {} : { field: user.path };
  const actual = user.kind === "text" || user.kind === "pattern" ? { actual: user.value } : {};
  switch (INTENTS[intent].user) {
    case "anyone":
      // What is only signed may be uid 0. Whether the user * will do instead is documented nowhere.
      if (user.kind === "any" || user.kind === "signed-only") return [];
      return [observed("relay-source-user", actual, actual.actual === "*" ? { ...at, severity: "warning" } : at)];
    case "somebody":
      return user.kind === "any" ? [observed("preload-for-anyone", {}, at)] : [];
    case "uid":
      return user.kind !== "text" || isUidText(user.value)
        ? []
        : [observed("account-where-uid-is-needed", { actual: user.value, intent }, at)];
    default:
      return [];
  }
}
