import { buildWith } from "../access_token2/builders.ts";
import { issueTime, saltOf } from "../access_token2/build.ts";
import { uidText } from "../access_token2/rules.ts";
import { findService, numbered, RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../access_token2/services.ts";
import type { Privileges, Service, Token007 } from "../access_token2/types.ts";
import { encodeHex } from "@std/encoding/hex";
import { AgoraTokenError } from "../errors.ts";
import { jsonOfLegacy, legacyTokenOfJson } from "./json_legacy.ts";
import type { ParsedToken } from "../inspect/formats.ts";
import type { Token } from "../pack.ts";
import { array, integer, onlyKeys, record, refuse, string, U32_MAX } from "../wire/check.ts";

// The JSON of the command line. Others script against it: its keys do not change.

/** What `build --batch` takes, as the token to pack and the certificate to pack it with. */
export function tokenOfJson(input: Record<string, unknown>): { token: Token; appCertificate: string } {
  if (input.format !== undefined) return legacyTokenOfJson(input);
  const common = ["appId", "appCertificate", "issueTs", "salt"];
  const { appId, appCertificate, issueTs, salt, ...rest } = input;
  const isBuilder = input.builder !== undefined;
  onlyKeys(input, [...common, ...(isBuilder ? ["builder", "args"] : ["expire", "services"])]);
  const { expire, services } = isBuilder ? buildWith(string("builder", rest.builder), record("args", rest.args ?? {})) : {
    expire: integer("expire", rest.expire, 0, U32_MAX),
    services: array("services", rest.services).map((service, index) => serviceOfJson(`services[${index}]`, service)),
  };
  const token: Token007 = {
    version: "007",
    appId: string("appId", appId),
    issueTs: issueTime(issueTs as number | undefined),
    expire,
    salt: saltOf(salt as number | undefined),
    services,
  };
  return { token, appCertificate: string("appCertificate", appCertificate) };
}

/** A service as `build` takes it: `type` by number or name, and `uid` or `account` for a user. */
function serviceOfJson(path: string, data: unknown): Service {
  const input = record(path, data);
  const spec = findService(`${path}.type`, input.type);
  const fields = spec?.fields ?? [];
  const names = fields.flatMap(({ name, rule }) => rule === "identity" ? ["uid", "account"] : [name]);
  onlyKeys(input, ["type", "privileges", ...names], `${path}.`);
  const service: Record<string, unknown> = { type: spec?.name ?? input.type, privileges: input.privileges };
  for (const { name, rule } of fields) {
    service[name] = rule === "identity" ? identityOfJson(path, input) : input[name];
  }
  return service as unknown as Service;
}

/** A number is a uid; a string is an account under either name, so that a parsed token can be fed back. */
function identityOfJson(path: string, { uid, account }: Record<string, unknown>): string {
  if ((uid === undefined) === (account === undefined)) refuse(`${path}.uid`, 'given, or else "account", and not both');
  if (typeof uid === "string") return uid;
  return uid === undefined ? string(`${path}.account`, account) : uidText(integer(`${path}.uid`, uid, 0, U32_MAX));
}

/** What `parse --batch` prints. Names become numbers, bytes become hex. */
export function jsonOfToken(token: ParsedToken): Record<string, unknown> {
  if (token.version !== "007") return jsonOfLegacy(token);
  const { version, appId, issueTs, expire, salt, serviceCount, unknownServiceType, trailingBytes } = token;
  const undecoded = Object.entries(token.undecoded).map(([path, bytes]) => [path, encodeHex(bytes)]);
  return {
    version,
    signature: encodeHex(token.signature),
    appId,
    issueTs,
    expire,
    salt,
    serviceCount,
    services: token.services.map(jsonOfService),
    ...(unknownServiceType === undefined ? { trailingBytes } : { unknownServiceType }),
    ...(undecoded.length === 0 ? {} : { undecoded: Object.fromEntries(undecoded) }),
  };
}

function jsonOfService(service: Service): Record<string, unknown> {
  const spec = SERVICES.find(({ name }) => name === service.type)!;
  const values = service as unknown as Record<string, unknown>;
  return {
    type: spec.type,
    name: spec.name,
    privileges: byNumber(service.privileges as Privileges, spec.privileges),
    ...Object.fromEntries(spec.fields.map(({ name, wire }) => [
      name,
      wire === "permissions" ? permissionsByNumber(values[name] as Record<string, Record<string, string[]>>) : values[name],
    ])),
  };
}

function permissionsByNumber(permissions: Record<string, Record<string, string[]>>): Record<string, unknown> {
  const lists = Object.entries(permissions).map(([resource, byName]) => [resource, byNumber(byName, RTM2_PERMISSIONS)]);
  return byNumber(Object.fromEntries(lists), RTM2_RESOURCES);
}

function byNumber<T>(map: Record<string, T>, names: Readonly<Record<string, number>>): Record<string, T> {
  return Object.fromEntries(numbered("", map, names).map(([number, value]) => [number, value]));
}

/** Any failure as the `error` of an output line; the message never repeats the input. */
export function jsonOfError(error: unknown): { error: { code: string; message: string; field?: string } } {
  if (!(error instanceof AgoraTokenError || error instanceof TypeError && "field" in error)) throw error;
  const code = error instanceof AgoraTokenError ? error.code : "invalid-type";
  const field = error.field === undefined ? {} : { field: String(error.field) };
  return { error: { code, message: error.message, ...field } };
}
