import type { TokenView } from "../../formats/view.ts";
import { type Expected, fits, namesFor, rightsOf } from "../expected.ts";
import { type Observation, observed, placesOf, privilegesOf } from "../findings.ts";
import { INTENTS, type Need } from "../intents.ts";
import { withoutService } from "./binding.ts";
import { isDuration, type PrivilegeOfService, privilegesIn } from "./validity.ts";

// Does it allow what it is to be used for?

/** The privileges that are missing or expired, and those that no client should have. */
export function rights(view: TokenView, expected: Expected): Observation[] {
  const { missing, expired } = needed(view, expected);
  return [...missing, ...expiredPrivileges(view, expected, expired), ...appLevel(view, expected)];
}

/** What of a token's rights is missing for the intent, and the privileges for it that expired. */
function needed(view: TokenView, expected: Expected): { missing: Observation[]; expired: PrivilegeOfService[] } {
  if (expected.intent === undefined) return { missing: [], expired: [] };
  const { also, ...purpose } = INTENTS[expected.intent];
  const needs = [purpose, ...(also === undefined ? [] : [also])].map((need) => lacking(need, view, expected));
  return { missing: needs.flatMap(({ missing }) => missing), expired: needs.flatMap(({ expired }) => expired) };
}

/** The same for one need. */
function lacking({ services, privileges }: Need, view: TokenView, expected: Expected): ReturnType<typeof needed> {
  const { now } = expected;
  const { channelName } = namesFor(view, expected);
  const ofService = rightsOf(view, services);
  if (ofService.length === 0) return { missing: withoutService(view, services, expected), expired: [] };
  // Of several channels, the one that is joined counts.
  const ofChannel = ofService.filter(({ channel }) => channel === undefined || !channelName || fits(channel, channelName));
  const fitting = ofChannel.length > 0 ? ofChannel : ofService;
  const [{ path, privileges: rest, service = services[0]! }] = fitting as [typeof fitting[number]];
  const expired: PrivilegeOfService[] = [];
  const absent: PrivilegeOfService[] = [];
  const ofFitting = privilegesIn({ ...view, rights: fitting });
  for (const name of privileges) {
    const given = ofFitting.filter((privilege) => privilege.name === name);
    if (given.some(({ expiresAt }) => expiresAt === undefined || now < expiresAt)) continue;
    if (given.length > 0) expired.push(given[0]!);
    // What a key forbids, it forbids in one place.
    else absent.push({ service, name, path: rest.length > 0 && rest.every(({ raw }) => raw === undefined) ? path : "" });
  }
  const placeOf = ({ path }: PrivilegeOfService) => path === "" ? {} : { field: path };
  // npm agora-token 2.0.6 leaves out the privilege of a classroom. Whether the service minds is documented nowhere.
  const isBare = service === "apaas" && rest.length === 0;
  const missing = (code: "privilege-missing" | "publish-privilege-missing", list: readonly PrivilegeOfService[]) =>
    list.length === 0 ? [] : [observed(code, privilegesOf(list), isBare ? { severity: "warning" } : placeOf(list[0]!))];
  const isToPublish = ({ name }: PrivilegeOfService) => name.startsWith("publish");
  return {
    missing: [
      ...missing("privilege-missing", absent.filter((privilege) => !isToPublish(privilege))),
      ...missing("publish-privilege-missing", absent.filter(isToPublish)),
    ],
    expired,
  };
}

/** The privileges that expired, those first that the intent takes. */
function expiredPrivileges(view: TokenView, { now }: Expected, needed: readonly PrivilegeOfService[]): Observation[] {
  const isExpired = ({ raw, expiresAt = Infinity }: PrivilegeOfService) => now >= expiresAt && !isDuration(view, raw);
  const isNeeded = ({ path }: PrivilegeOfService) => needed.some((privilege) => privilege.path === path);
  const all = privilegesIn(view).filter(isExpired);
  const first = all.filter(isNeeded);
  const expired = [...first, ...all.filter((privilege) => !isNeeded(privilege))];
  if (expired.length === 0) return [];
  const counted = first.length > 0 ? first : all;
  const expiresAt = counted.reduce((first, { expiresAt = first }) => Math.min(first, expiresAt), Infinity);
  const params = { ...privilegesOf(expired), expiresAt, now, needed: first.length > 0 };
  const severity = first.length > 0 ? { severity: "error" } as const : {};
  return [observed("privilege-expired", params, { field: expired[0]!.path, ...severity })];
}

/** An administrator's rights: a mistake where a client is to use the token, and not where they are what it is for. */
function appLevel(view: TokenView, { intent }: Expected): Observation[] {
  if (intent !== undefined && INTENTS[intent].privileges.includes("app")) return [];
  const found = privilegesIn(view).filter(({ name }) => name === "app");
  if (found.length === 0) return [];
  const params = { services: [...new Set(found.map(({ service }) => service))], ...placesOf(found.map(({ path }) => path)) };
  const severity = intent === undefined ? {} : { severity: "error" } as const;
  return [observed("app-level-token", params, { field: found[0]!.path, ...severity })];
}
