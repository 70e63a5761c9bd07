import { invalidType, onlyKeys, record, string } from "../validate.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import { packLegacy } from "../formats/pack.ts";
import { type DiagnoseOptions, diagnoseToken } from "../inspect/diagnose.ts";
import type { Diagnosis, Verification } from "../inspect/judge.ts";
import { jsonOfToken } from "../inspect/json.ts";
import * as messages from "../inspect/messages/mod.ts";
import { parseToken } from "../inspect/parse.ts";
import { type VerifyOptions, verifyToken } from "../inspect/verify.ts";
import type { Awaitable } from "../runtime/engine.ts";
import { engine } from "../runtime/choose.ts";
import { tokenOfJson } from "./json.ts";

// The commands for scripts: each turns one JSON value into another.

/** A line of `build --batch`. */
export function buildLine(input: unknown): Awaitable<object> {
  const { token, appCertificate } = tokenOfJson(record("line", input));
  const packed = token.version === "007" ? pack007(token, appCertificate, engine()) : packLegacy(token, appCertificate);
  return typeof packed === "string" ? { token: packed } : packed.then((token) => ({ token }));
}

/** A line of `parse --batch`. */
export async function parseLine(input: unknown): Promise<object> {
  const { token } = onlyWith(["token"], input);
  return jsonOfToken(await parseToken(string("token", token)));
}

/** A line of `verify --batch`. */
export async function verifyLine(input: unknown): Promise<object> {
  const { token, appCertificate, ...rest } = onlyWith(VERIFY_KEYS, input);
  const certificates = certificatesOf(appCertificate);
  return jsonOfVerification(await verifyToken(string("token", token), { ...rest, certificates } as VerifyOptions));
}

/** A line of `diagnose --batch`. */
export async function diagnoseLine(input: unknown): Promise<object> {
  const { verdict, findings } = await diagnosisOf(input);
  return { verdict, findings };
}

/** The diagnosis that a line of `diagnose --batch` asks for. */
export async function diagnosisOf(input: unknown): Promise<Diagnosis> {
  const { token, appCertificate, ...rest } = onlyWith([...VERIFY_KEYS, "appId", "intent"], input);
  const certificates = certificatesOf(appCertificate === undefined ? [] : appCertificate);
  const options = { ...rest, certificates, messages } as DiagnoseOptions;
  return await diagnoseToken(string("token", token), options);
}

/** The keys of a line of `verify --batch`. */
const VERIFY_KEYS = ["token", "appCertificate", "now", "clockTolerance", "channelName", "uid", "account", "service"];

/** A line that has these keys, and no others. */
function onlyWith(keys: readonly string[], input: unknown): Record<string, unknown> {
  const line = record("line", input);
  onlyKeys(line, keys);
  return line;
}

/** One certificate, or several. */
function certificatesOf(value: unknown): string | string[] {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) throw invalidType("appCertificate", "a string or an array", value);
  return value.map((certificate, index) => string(`appCertificate[${index}]`, certificate));
}

/** A verification as JSON; a text that is no token is an error. */
export function jsonOfVerification({ signature, ok, findings, error }: Verification): object {
  if (error !== undefined) throw error;
  return { signature, ok, findings };
}
