import type { Role } from "../../build/requests.ts";
import { rowOf, RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../../formats/access_token2/services.ts";
import type { ApaasService, Rtm2Permissions, Service, Token007 } from "../../formats/access_token2/types.ts";
import { MAX_LIFETIME, type Seconds } from "../../formats/common.ts";
import { keyOf, numbered } from "../../formats/names.ts";
import { matcherOf, type Placeholders } from "./pattern.ts";

/** Which tokens a caller may have. */
export interface Grant {
  /** The App IDs; those of all projects of the server if omitted. */
  readonly appIds?: readonly string[];
  /** The services. */
  readonly services: readonly Service["type"][];
  /** Patterns of channels, and of rooms: `*` stands for any text, `{sub}` and `{uid}` for the caller. */
  readonly channels: readonly string[];
  /** Patterns of uids, accounts and user ids, likewise. */
  readonly users: readonly string[];
  /** `"publisher"`, `"subscriber"` (to join or play only), the numbers of APaaS roles; `"*"` for all. */
  readonly roles: readonly (Role | number | "*")[];
  /**
   * Whether a token may be for more than one channel or user, or hold numbers that have no name; not if omitted. `channels` and
   * `users` still count: for any channel or user (empty, the uid 0, `*`) one of theirs must be `*`, and for a pattern in the token
   * one must cover all names that fit it.
   */
  readonly wildcards?: boolean;
  /** The longest lifetime, of a token and of each privilege, 1 to 86,400 seconds. */
  readonly maxExpire: Seconds;
  /** Whether the caller may have Chat and APaaS tokens for the whole app, which are an administrator's keys; not if omitted. */
  readonly appLevel?: boolean;
  /**
   * Whether the caller may have tokens inspected, which takes the server longer than making one; not if omitted. In the access file,
   * a key that may not stand in a path has it by default.
   */
  readonly inspect?: boolean;
}

/** The field of a grant that a refusal is about. */
export type Refusal = keyof Grant;

const services = SERVICES.map(({ name }) => name);
const ANY = ["*"] as const;

/** The grant of everything but tokens for the whole app. */
export const EVERYTHING: Grant = {
  services,
  channels: ANY,
  users: ANY,
  roles: ANY,
  wildcards: true,
  maxExpire: MAX_LIFETIME,
  inspect: true,
};

/** The grant of nothing. */
export const NOTHING: Grant = { services: [], channels: [], users: [], roles: [], maxExpire: 0 };

/** The patterns that the value of a field has to match. */
const PATTERNS = { channel: "channels", room: "channels", identity: "users", user: "users", rtmUser: "users" } as const;

/**
 * Whether a token is within a grant: the one place that decides who may have what.
 *
 * @param placeholders What the placeholders of the patterns stand for.
 * @param token The token as it would be made, held to the documented rules.
 * @param version The format that it would be made in.
 * @returns Nothing where it is, and otherwise the field of the grant that does not allow it.
 */
export function decide(
  grant: Grant,
  placeholders: Placeholders,
  token: Pick<Token007, "appId" | "expire" | "services">,
  version: "007" | "006" = "007",
): Refusal | undefined {
  const { appId, expire, services } = token;
  if (!allowsProject(grant, appId)) return "appIds";
  if (!(expire <= grant.maxExpire)) return "maxExpire";
  const allows = { channels: matcherOf(grant.channels, placeholders), users: matcherOf(grant.users, placeholders) };
  for (const service of services as Service[]) {
    const refusal = refusalOfService(grant, allows, service);
    if (refusal !== undefined) return refusal;
  }
  return version === "006" ? refusalOf006(grant) : undefined;
}

/** Whether a grant is for a project. */
export function allowsProject({ appIds }: Grant, appId: string): boolean {
  return appIds === undefined || appIds.includes(appId) || appIds.some((id) => id.toLowerCase() === appId.toLowerCase());
}

/**
 * What in a grant does not allow a 006, which cannot be confined: it signs channel, user and rights as one text, and not where
 * each ends. That of user 17 for "room" works as well for user 7 in "room1", and for anyone in "room17". The last characters of
 * a user's name can become part of the rights, which makes the login of one RTM user the right of another to join a channel.
 */
function refusalOf006({ services, users, channels, wildcards }: Grant): Refusal | undefined {
  if (!services.includes("rtc")) return "services";
  if (!users.includes("*")) return "users";
  if (!channels.includes("*")) return "channels";
  return wildcards ? undefined : "wildcards";
}

/** Whether a grant has a role. */
function hasRole({ roles }: Grant, role: Role | number): boolean {
  return roles.includes("*") || roles.includes(role) || role === "subscriber" && roles.includes("publisher");
}

function refusalOfService(
  grant: Grant,
  allows: Record<"channels" | "users", (name: string) => boolean>,
  service: Service,
): Refusal | undefined {
  const spec = rowOf(service.type);
  if (spec === undefined || !grant.services.includes(service.type)) return "services";
  const { privileges } = service as { privileges: Readonly<Record<string, Seconds>> };
  let app = false;
  for (const key of Object.keys(privileges)) {
    const privilege = Object.hasOwn(spec.privileges, key) ? key : keyOf(Number(key), spec.privileges);
    if (!(privileges[key]! <= grant.maxExpire)) return "maxExpire";
    if (privilege === "app" && !grant.appLevel) return "appLevel";
    if (privilege.startsWith("publish") && !hasRole(grant, "publisher")) return "roles";
    if ((privilege === "joinChannel" || privilege === "play") && !hasRole(grant, "subscriber")) return "roles";
    if (!Object.hasOwn(spec.privileges, privilege) && !grant.wildcards) return "wildcards";
    app ||= privilege === "app";
  }

  for (const { name, rule } of spec.fields) {
    const value = (service as unknown as Record<string, unknown>)[name];
    if (rule === "role") {
      if ((service as ApaasService).roomUuid !== "" && !hasRole(grant, value as number)) return "roles";
    } else if (rule === "permissions") {
      for (const { field, name, writes } of resourcesOf(value as Rtm2Permissions)) {
        if ((field === undefined || name.includes("*")) && !grant.wildcards) return "wildcards";
        if (field !== undefined && !allows[field](name)) return field;
        if (!hasRole(grant, writes ? "publisher" : "subscriber")) return "roles";
      }
    } else if (value !== "" || !app) { // a token for the whole app names nobody
      const name = value === "" ? "*" : value as string; // empty is anyone
      if (name.includes("*") && !grant.wildcards) return "wildcards";
      if (!allows[PATTERNS[rule]](name)) return PATTERNS[rule];
    }
  }
  return undefined;
}

/** The names in an RTM2 permission map, what they name (nothing for a resource or a right that has no name), and whether to write. */
function* resourcesOf(permissions: Rtm2Permissions) {
  for (const [resource, lists] of numbered("permissions", permissions, RTM2_RESOURCES)) {
    const kind = resource === RTM2_RESOURCES.users ? "users" : "channels";
    for (const [right, names] of numbered("permissions", lists!, RTM2_PERMISSIONS)) {
      const known = resource < Object.keys(RTM2_RESOURCES).length && right < Object.keys(RTM2_PERMISSIONS).length;
      const field = known ? kind : undefined;
      for (const name of names!) yield { field, name, writes: right !== RTM2_PERMISSIONS.read } as const;
    }
  }
}
