import type { TokenView } from "../../formats/view.ts";
import { type Expected, fits, namesFor, rightsOf } from "../expected.ts";
import { type Observation, observed } from "../findings.ts";
import { INTENTS, type Need } from "../intents.ts";
import { serviceField, servicesOf } from "./binding.ts";

// Does it allow what it is to be used for?

/** The privileges that are missing or expired, and those that no client should have. */
export function rights(view: TokenView, expected: Expected): Observation[] {
  return [...intentMissing(view, expected), ...expiredPrivileges(view, expected), ...appLevel(view, expected)];
}

function intentMissing(view: TokenView, expected: Expected): Observation[] {
  if (expected.intent === undefined) return [];
  const { also, ...purpose } = INTENTS[expected.intent];
  return [purpose, ...(also === undefined ? [] : [also])].flatMap((need) => missing(need, view, expected));
}

function missing({ services, privileges }: Need, view: TokenView, expected: Expected): Observation[] {
  const { intent, now } = expected;
  const { channelName, user } = namesFor(view, expected);
  const ofService = rightsOf(view, services);
  if (ofService.length === 0) {
    const swapped = view.rights.find(({ channel }) =>
      intent === "loginRtm" && user && channel?.kind === "text" && channel.value === user
    );
    return swapped === undefined
      ? [observed("service-missing", { expected: services, actual: servicesOf(view) }, { field: serviceField(view) })]
      : [observed("user-in-channel-field", { actual: user! }, { field: swapped.channel!.path })];
  }
  // Of several channels, the one that is joined counts.
  const ofChannel = ofService.filter(({ channel }) => channel === undefined || !channelName || fits(channel, channelName));
  const fitting = ofChannel.length > 0 ? ofChannel : ofService;
  const service = fitting[0]!.service ?? services[0]!;
  return privileges.flatMap((privilege) => {
    const given = fitting.flatMap(({ privileges }) => privileges.filter(({ name }) => name === privilege));
    if (given.some(({ expiresAt }) => expiresAt === undefined || now < expiresAt)) return [];
    const [expired] = given;
    if (expired?.expiresAt !== undefined) {
      const { expiresAt, path } = expired;
      const params = { service, privilege, expiresAt, now, needed: true };
      return [observed("privilege-expired", params, { field: path, severity: "error" })];
    }
    const code = privilege.startsWith("publish") ? "publish-privilege-missing" : "privilege-missing";
    const { path = "", privileges: rest = [] } = fitting[0] ?? {};
    // What a key forbids, it forbids in one place.
    const place = path !== "" && rest.length > 0 && rest.every(({ raw }) => raw === undefined) ? { field: path } : {};
    // npm agora-token 2.0.6 leaves out the privilege of a classroom. Whether the service minds is documented nowhere.
    const isBare = service === "apaas" && rest.length === 0;
    return [observed(code, { service, privilege }, isBare ? { severity: "warning" } : place)];
  });
}

function expiredPrivileges({ rights }: TokenView, { now }: Expected): Observation[] {
  return rights.flatMap(({ service = "", privileges }) =>
    privileges.flatMap(({ name, path, expiresAt }) => {
      if (expiresAt === undefined || now < expiresAt) return [];
      const params = { service, privilege: name, expiresAt, now, needed: false };
      return [observed("privilege-expired", params, { field: path })];
    })
  );
}

/** An administrator's rights: a mistake where a client is to use the token, and not where they are what it is for. */
function appLevel({ rights }: TokenView, { intent }: Expected): Observation[] {
  if (intent !== undefined && INTENTS[intent].privileges.includes("app")) return [];
  return rights.flatMap(({ service = "", privileges }) =>
    privileges.filter(({ name }) => name === "app").map(({ path }) =>
      observed("app-level-token", { service }, { field: path, ...(intent === undefined ? {} : { severity: "error" }) })
    )
  );
}
