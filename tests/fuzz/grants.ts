import type { Data } from "./reference.ts";

// A second judge of grants, written from docs/access.md: patterns are regular expressions here.

/** A grant as the access file has it. */
export interface Grant {
  appIds?: string[];
  services: string[];
  channels: string[];
  users: string[];
  roles: (string | number)[];
  wildcards?: boolean;
  appLevel?: boolean;
  maxExpire: number;
}

/** Who sends a request: the values of the placeholders. */
export type User = Readonly<Record<string, string>>;

/** A character that no pattern and no request has: it stands for a star of the token, which may stand for anything. */
const ANYTHING = "\u0001";

/** Whether patterns allow a name, or all names of a pattern. */
function covers(patterns: readonly string[], user: User, name: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split(/(\*|\{\w+\})/).map((part) => {
      if (part === "*") return "[^]*";
      const value = part.startsWith("{") ? user[part.slice(1, -1)] : part;
      return value === undefined || value.includes("*")
        ? undefined
        : value.replaceAll(/[^\w]/g, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
    });
    return !parts.includes(undefined) && new RegExp(`^${parts.join("")}$`, "u").test(name.replaceAll("*", ANYTHING));
  });
}

/** Whether a grant allows a 007: the field of the grant that does not, or nothing. */
export function notAllowed(grant: Grant, user: User, token: Data): string | undefined {
  const { appId, expire, services } = token;
  if (grant.appIds !== undefined && !grant.appIds.some((id) => id.toLowerCase() === appId.toLowerCase())) return "appIds";
  if (expire > grant.maxExpire) return "maxExpire";
  for (const service of services) {
    const refused = notAllowedService(grant, user, service);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Whether a grant allows a 006, which nothing confines. */
export function allows006({ services, channels, users, wildcards = false }: Grant): boolean {
  return services.includes("rtc") && channels.includes("*") && users.includes("*") && wildcards;
}

function notAllowedService(grant: Grant, user: User, { type, privileges, ...fields }: Data): string | undefined {
  const { wildcards = false, roles } = grant;
  const has = (...wanted: (string | number)[]) => roles.some((role) => role === "*" || wanted.includes(role));
  const [anyRole, writes] = [has("publisher", "subscriber"), has("publisher")];
  if (!grant.services.includes(type)) return "services";
  const isApp = Object.hasOwn(privileges, "app");
  if (isApp && !grant.appLevel) return "appLevel";
  for (const [name, seconds] of Object.entries<number>(privileges)) {
    if (seconds > grant.maxExpire) return "maxExpire";
    if (/^\d+$/.test(name) && !wildcards) return "wildcards";
    if (name.startsWith("publish") && !writes) return "roles";
    if (["joinChannel", "play"].includes(name) && !anyRole) return "roles";
  }
  if (type === "apaas" && fields.roomUuid !== "" && !has(fields.role)) return "roles";
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string" || isApp && value === "") continue;
    const patterns = /^(channelName|roomUuid)$/.test(name) ? grant.channels : grant.users;
    if ((value === "" || value.includes("*")) && !wildcards) return "wildcards";
    if (!covers(patterns, user, value || "*")) return "names";
  }
  for (const [resource, lists] of Object.entries<Record<string, string[]>>(fields.permissions ?? {})) {
    for (const [right, names] of Object.entries(lists)) {
      if (names.length === 0) continue;
      if (!(right === "read" ? anyRole : writes)) return "roles";
      const isKnown = !/^\d+$/.test(resource) && !/^\d+$/.test(right);
      if ((!isKnown || names.some((name) => name.includes("*"))) && !wildcards) return "wildcards";
      const patterns = resource === "users" ? grant.users : grant.channels;
      if (isKnown && !names.every((name) => covers(patterns, user, name))) return "names";
    }
  }
  return undefined;
}
