import { buildWith } from "../official/builders.ts";
import { findService } from "../formats/access_token2/services.ts";
import type { Service, Token007 } from "../formats/access_token2/types.ts";
import { issueTime, saltOf, uidText } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { legacyTokenOfJson } from "./json_legacy.ts";
import type { Token } from "../formats/pack.ts";
import { array, defined, integer, onlyKeys, record, refuse, string, U32_MAX } from "../validate.ts";

// The JSON of the command line. Others script against it: its keys do not change.

const COMMON_KEYS = ["appId", "appCertificate", "issueTs", "salt"];
const BUILDER_KEYS = [...COMMON_KEYS, "builder", "args"];
const SERVICES_KEYS = [...COMMON_KEYS, "expire", "services"];

/** What `build --batch` takes, as the token to pack and the certificate to pack it with. */
export function tokenOfJson(input: Record<string, unknown>): { token: Token; appCertificate: string } {
  if (input.format !== undefined) return legacyTokenOfJson(input);
  const { appId, appCertificate, issueTs, salt, builder } = input;
  onlyKeys(input, builder === undefined ? SERVICES_KEYS : BUILDER_KEYS);
  const { expire, services } = builder === undefined
    ? {
      expire: integer("expire", input.expire, 0, U32_MAX),
      services: array("services", input.services).map((service, index) => serviceOfJson(`services[${index}]`, service)),
    }
    : buildWith(string("builder", builder), record("args", input.args ?? {}));
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
  onlyKeys(input, ["type", "name", "privileges", ...names], `${path}.`);
  // `parse` prints both, and its output can be fed back.
  if (input.name !== undefined && input.name !== spec?.name) refuse(`${path}.name`, "the name of the type, or absent");
  const service: Record<string, unknown> = { type: spec?.name ?? input.type, privileges: input.privileges };
  for (const { name, rule } of fields) {
    service[name] = rule === "identity" ? identityOfJson(path, input) : input[name];
  }
  return service as unknown as Service;
}

/** A number is a uid; a string is an account under either name, so that a parsed token can be fed back. */
function identityOfJson(path: string, { uid, account }: Record<string, unknown>): string {
  if ((uid === undefined) === (account === undefined)) {
    throw new AgoraTokenError("invalid-value", `Give exactly one of "${path}.uid" and "account"`, { field: `${path}.uid` });
  }
  if (typeof uid === "string") return uid;
  return uid === undefined ? string(`${path}.account`, account) : uidText(integer(`${path}.uid`, uid, 0, U32_MAX));
}

/** Any failure as the `error` of an output line; the message never repeats the input. */
export function jsonOfError(error: unknown): { error: { code: string; message: string; field?: string } } {
  if (!(error instanceof AgoraTokenError)) throw error;
  const { code, message, field } = error;
  return { error: { code, message, ...defined({ field }) } };
}
