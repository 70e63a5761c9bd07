import { missing, oneOf, onlyKeys, record, refuse, u32 } from "../validate.ts";
import { type Seconds, uidText } from "../formats/common.ts";
import { numbered } from "../formats/names.ts";
import { type FieldSpec, type FieldWire, serviceNamed, type ServiceSpec } from "../formats/access_token2/services.ts";
import { documentedDuration, RULES } from "./limits.ts";

// From a request to the service that lies on the wire: one function for every row of the table of services.

/** A request that was checked: the service as on the wire, but for the lifetimes that are to be the token's. */
export interface CheckedService {
  /** The name of the service. */
  readonly type: ServiceSpec["name"];
  /** The privileges; `undefined` is as long as the token. */
  readonly privileges: Readonly<Record<string, Seconds | undefined>>;
  /** Its fields. */
  readonly [field: string]: unknown;
}

/** What lies in a field that the request does not give. */
const EMPTY: Readonly<Record<FieldWire, unknown>> = { str: "", i16: -1, permissions: {} };

/** The options that give a field: one; for the user of a channel, a uid or an account. */
function optionsOf({ name, rule }: FieldSpec): readonly string[] {
  return rule === "identity" ? ["uid", "account"] : [name];
}

/** The options of each service, and `type`, made when first needed. */
const OPTIONS = /* @__PURE__ */ new Map<ServiceSpec, readonly string[]>();

/** The names of the options that a request for a service may have, besides `type`. */
export function requestOptions({ fields, roles, variants, privileges }: ServiceSpec): string[] {
  const options = fields.flatMap(optionsOf);
  if (variants) return [...options, ...(variants.app ? ["app"] : []), "privilegeExpire"];
  if (roles) return [...options, "role", "privileges", "privilegeExpire"];
  return Object.keys(privileges).length > 0 ? [...options, "privileges"] : options;
}

/** The privilege that a request for a user gets by the fields that it gives: the least of those that have them all. */
export function variantOf(variants: Readonly<Record<string, readonly string[]>>, given: readonly string[]): string {
  const names = Object.keys(variants).filter((name) => name !== "app");
  return names.findLast((name) => given.every((field) => variants[name]!.includes(field))) ?? names[0]!;
}

/**
 * Checks a request for a service against Agora's documented rules.
 *
 * @param path Where the request stands, as `services[0]`, for errors; `""` where it stands alone.
 * @param request Untyped data: see {@linkcode ServiceRequest}.
 * @throws {AgoraTokenError} For an unknown service or option, and for a value outside its documented range.
 */
export function serviceFrom(path: string, request: unknown): CheckedService {
  const data = record(path, request);
  const prefix = path === "" ? "" : `${path}.`;
  const spec = serviceNamed(`${prefix}type`, data.type);
  let options = OPTIONS.get(spec);
  if (options === undefined) OPTIONS.set(spec, options = ["type", ...requestOptions(spec)]);
  onlyKeys(data, options, prefix);
  const { fields, variants } = spec;
  const variant = variants && variantFrom(prefix, data, fields, variants);
  const service: Record<string, unknown> = { type: spec.name };
  for (const field of fields) {
    const isTaken = variant === undefined || variants![variant]!.includes(field.name);
    service[field.name] = isTaken ? valueFrom(prefix, data, field) : EMPTY[field.wire];
  }
  service.privileges = variant === undefined ? privilegesFrom(prefix, data, spec) : granted(prefix, data, [variant]);
  return service as unknown as CheckedService;
}

/** The privilege that is asked for. That of the whole app is only ever given for `app: true`, never for leaving a user out. */
function variantFrom(
  prefix: string,
  data: Record<string, unknown>,
  fields: readonly FieldSpec[],
  variants: Readonly<Record<string, readonly string[]>>,
): string {
  if (data.app === undefined) {
    const given = fields.filter((field) => optionsOf(field).some((name) => data[name] !== undefined));
    return variantOf(variants, given.map(({ name }) => name));
  }
  if (data.app !== true) refuse(`${prefix}app`, "true, or absent");
  exclude(prefix, data, fields.flatMap(optionsOf), "app");
  return "app";
}

/** Refuses options that another one excludes. */
function exclude(prefix: string, data: Record<string, unknown>, names: readonly string[], by: string): void {
  for (const name of names) if (data[name] !== undefined) refuse(prefix + name, `absent where "${by}" is given`);
}

/** The value of a field, as it goes on the wire. */
function valueFrom(prefix: string, data: Record<string, unknown>, { name, rule, pattern }: FieldSpec): unknown {
  const { uid, account } = data;
  if (rule !== "identity") return RULES[rule](prefix + name, data[name], 1, pattern);
  if (uid === undefined) {
    return account === undefined ? missing(`${prefix}uid`, "account") : RULES[rule](`${prefix}account`, account, 1, pattern);
  }
  exclude(prefix, data, ["account"], "uid");
  return uidText(u32(`${prefix}uid`, uid));
}

/** The privileges of a request that names them one by one, or a role that stands for some. */
function privilegesFrom(
  prefix: string,
  data: Record<string, unknown>,
  { privileges: names, roles }: ServiceSpec,
): CheckedService["privileges"] {
  const { role, privileges } = data;
  if (Object.keys(names).length === 0) return {};
  if (roles && privileges === undefined) {
    if (role === undefined) missing(`${prefix}role`, "privileges");
    return granted(prefix, data, oneOf(`${prefix}role`, roles, role));
  }
  exclude(prefix, data, ["role", "privilegeExpire"], "privileges");
  const path = `${prefix}privileges`;
  const entries = record(path, privileges) as Record<string, Seconds>;
  for (const [, seconds, at] of numbered(path, entries, names)) documentedDuration(at, seconds, 0);
  return entries;
}

/** Privileges that share a lifetime: the one given, or the token's. */
function granted(
  prefix: string,
  { privilegeExpire }: Record<string, unknown>,
  names: readonly string[],
): CheckedService["privileges"] {
  const expire = privilegeExpire === undefined ? undefined : documentedDuration(`${prefix}privilegeExpire`, privilegeExpire, 0);
  const privileges: Record<string, Seconds | undefined> = {};
  for (const name of names) privileges[name] = expire;
  return privileges;
}
