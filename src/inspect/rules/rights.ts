import type { TokenView } from "../../formats/view.ts";
import { type Expected, fits, namesFor, rightsOf } from "../expected.ts";
import { type Observation, observed, placesOf, privilegesOf } from "../findings.ts";
import { INTENTS, type Need } from "../intents.ts";
import { withoutService } from "./binding.ts";
import { isDuration, type PrivilegeOfService, privilegesIn } from "./validity.ts";

// Does it allow what it is to be used for?

/** The privileges that are missing or expired, and those that no client should have. */
export function rights(view: TokenView, expected: Expected, found: Observation[]): void {
  const expired: PrivilegeOfService[] = [];
  if (expected.intent !== undefined) {
    const { also, ...purpose } = INTENTS[expected.intent];
    lacking(purpose, view, expected, found, expired);
    if (also !== undefined) lacking(also, view, expected, found, expired);
  }
  expiredPrivileges(view, expected, expired, found);
  appLevel(view, expected, found);
}

/** What of a need is missing; of what it takes, what expired. */
function lacking(
  { services, privileges }: Need,
  view: TokenView,
  expected: Expected,
  found: Observation[],
  expired: PrivilegeOfService[],
): void {
  const { now } = expected;
  const { channelName } = namesFor(view, expected);
  const ofService = rightsOf(view, services);
  if (ofService.length === 0) return void found.push(withoutService(view, services, expected));
  // Of several channels, the one that is joined counts.
  const ofChannel = ofService.filter(({ channel }) => channel === undefined || !channelName || fits(channel, channelName));
  const fitting = ofChannel.length > 0 ? ofChannel : ofService;
  const [{ path, privileges: rest, service = services[0]! }] = fitting as [typeof fitting[number]];
  const absent: PrivilegeOfService[] = [];
  for (const name of privileges) {
    const given = privilegesIn({ rights: fitting }, (privilege) => privilege.name === name);
    if (given.some(({ expiresAt }) => expiresAt === undefined || now < expiresAt)) continue;
    if (given.length > 0) expired.push(given[0]!);
    // What a key forbids, it forbids in one place.
    else absent.push({ service, name, path: rest.length > 0 && rest.every(({ raw }) => raw === undefined) ? path : "" });
  }
  const placeOf = ({ path }: PrivilegeOfService) => path === "" ? {} : { field: path };
  // npm agora-token 2.0.6 leaves out the privilege of a classroom. Whether the service minds is documented nowhere.
  const isBare = service === "apaas" && rest.length === 0;
  const missing = (code: "privilege-missing" | "publish-privilege-missing", list: readonly PrivilegeOfService[]) => {
    if (list.length === 0) return;
    found.push(observed(code, privilegesOf(list), isBare ? { severity: "warning" } : placeOf(list[0]!)));
  };
  const isToPublish = ({ name }: PrivilegeOfService) => name.startsWith("publish");
  missing("privilege-missing", absent.filter((privilege) => !isToPublish(privilege)));
  missing("publish-privilege-missing", absent.filter(isToPublish));
}

/** The privileges that expired, those first that the intent takes. */
function expiredPrivileges(
  view: TokenView,
  { now }: Expected,
  needed: readonly PrivilegeOfService[],
  found: Observation[],
): void {
  const all = privilegesIn(view, ({ raw, expiresAt = Infinity }) => now >= expiresAt && !isDuration(view, raw));
  if (all.length === 0) return;
  const isNeeded = ({ path }: PrivilegeOfService) => needed.some((privilege) => privilege.path === path);
  const first = all.filter(isNeeded);
  const expired = [...first, ...all.filter((privilege) => !isNeeded(privilege))];
  const counted = first.length > 0 ? first : all;
  const expiresAt = counted.reduce((first, { expiresAt = first }) => Math.min(first, expiresAt), Infinity);
  const params = { ...privilegesOf(expired), expiresAt, now, needed: first.length > 0 };
  const severity = first.length > 0 ? { severity: "error" } as const : {};
  found.push(observed("privilege-expired", params, { field: expired[0]!.path, ...severity }));
}

/** An administrator's rights: a mistake where a client is to use the token, and not where they are what it is for. */
function appLevel(view: TokenView, { intent }: Expected, found: Observation[]): void {
  if (intent !== undefined && INTENTS[intent].privileges.includes("app")) return;
  const app = privilegesIn(view, ({ name }) => name === "app");
  if (app.length === 0) return;
  const params = { services: [...new Set(app.map(({ service }) => service))], ...placesOf(app.map(({ path }) => path)) };
  const severity = intent === undefined ? {} : { severity: "error" } as const;
  found.push(observed("app-level-token", params, { field: app[0]!.path, ...severity }));
}
