import type { Name, TokenView } from "../../formats/view.ts";
import { U32_MAX } from "../../validate.ts";
import { type Expected, fits, rightsFor } from "../expected.ts";
import { type Observation, observed } from "../findings.ts";
import { type Intent, INTENTS } from "../intents.ts";

// Is it for whom, and for which room, its purpose wants, whatever else is given?

/** What a purpose wants of the names in a token. */
export function purposeNames(view: TokenView, expected: Expected): Observation[] {
  const { intent, channelName } = expected;
  if (intent === undefined) return [];
  return rightsFor(view, { intent }).flatMap(({ user, room, path }) => [
    ...user === undefined ? [] : wrongUser(user, intent),
    ...INTENTS[intent].room && channelName !== undefined ? wrongRoom(room, channelName, path) : [],
  ]);
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
      return user.kind !== "text" || isUid(user.value)
        ? []
        : [observed("account-where-uid-is-needed", { actual: user.value, intent }, at)];
    default:
      return [];
  }
}

/** Whether a text is a uid as tokens hold it: 1 to 2³²−1 in decimal. */
function isUid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= U32_MAX;
}

function wrongRoom(room: Name | undefined, expected: string, path: string): Observation[] {
  if (room === undefined) return [observed("channel-mismatch", { expected, by: "none" }, { field: path })];
  if (room.kind !== "text" || fits(room, expected)) return [];
  return [observed("channel-mismatch", { expected, actual: room.value, by: "text" }, { field: room.path })];
}
