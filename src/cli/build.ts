import { authorizationHeader, FOR_HEADER, isForHeader } from "../build/authorization.ts";
import { buildToken } from "../build/build.ts";
import { builderArguments, builderNames, buildWith } from "../official/builders.ts";
import type { ServiceRequest } from "../build/requests.ts";
import { requestOptions } from "../build/services.ts";
import { SERVICE_WORDS } from "../formats/access_token2/service_words.ts";
import { serviceNamed, SERVICES, type ServiceSpec } from "../formats/access_token2/services.ts";
import { issueTime, saltOf } from "../formats/common.ts";
import { APP_CERTIFICATE, APP_ID, CREDENTIAL_NAMES, credentialsFrom } from "../config/credentials.ts";
import type { Credentials } from "../server/projects.ts";
import { AgoraTokenError } from "../errors.ts";
import { buildLegacy, LEGACY_BUILDERS } from "../official/legacy/builders.ts";
import { packToken } from "../formats/pack.ts";
import { defined, onlyKeys } from "../validate.ts";
import { parseToken } from "../inspect/parse.ts";
import { viewToken } from "../formats/view.ts";
import { nearest } from "./names.ts";
import { complain, environment, firstInputLine, isTerminal, print } from "./terminal.ts";
import { viewTime } from "./view.ts";

/** The options of a call, by name. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** The help text on credentials. */
export const CREDENTIALS_HELP = `  --env-file PATH      read ${APP_ID} and ${APP_CERTIFICATE} from this file (default: .env)
  --certificate-stdin  read the certificate from standard input
Variables of the environment take precedence over the file. No option takes the certificate itself, since it would stay in the
shell's history.
`;

/** The arguments of builders that are plain text. */
const TEXTS = new Set(
  ["channelName", "account", "rtcAccount", "rtmUserId", "userId", "roomUuid", "userUuid", "permission", "roleName"],
);

/** The lifetime of a token for which none is given, in seconds. */
const AN_HOUR = "3600";

/** The roles of RTC with their numbers: their names here, and what SDKs call them. */
const ROLES: Readonly<Record<string, number>> = { publisher: 1, host: 1, broadcaster: 1, subscriber: 2, audience: 2 };
const ROLE_NAMES = Object.keys(ROLES).join(", ");

/** `build` for people: services or a builder by options, credentials from the machine; prints the token. */
export async function buildForPeople(positionals: string[], options: Options): Promise<number> {
  const { "env-file": envFile, "certificate-stdin": fromInput, json, "token-only": tokenOnly, header, ...values } = options;
  if (positionals.length === 0) {
    complain(`Name what the token is for.\n\n${buildHelp()}`);
    return 1;
  }
  const env = await environment(envFile as string | undefined);
  if (fromInput) env[APP_CERTIFICATE] = await firstInputLine();
  const credentials = credentialsFrom({ env, names: CREDENTIAL_NAMES[0] });
  const build = positionals[0]!.includes(".") ? buildByBuilder : buildByServices;
  const token = await build(positionals, values, credentials).catch(inOptions);
  const authorization = header ? await headerOf(token) : undefined;
  const line = authorization === undefined ? token : `Authorization: ${authorization}`;
  await print((json ? JSON.stringify(defined({ token, authorization })) : line) + "\n", 0);
  if (!json && !tokenOnly && isTerminal()) complain(await summaryOf(token));
  return 0;
}

/** The header of a REST call with a token, where a REST API takes it so. */
async function headerOf(token: string): Promise<string> {
  const parsed = token.startsWith("007") ? await parseToken(token) : undefined;
  if (parsed?.version !== "007") throw new AgoraTokenError("invalid-value", "--header is for tokens of format 007");
  if (!isForHeader(parsed.services)) throw new AgoraTokenError("invalid-value", `--header is for ${FOR_HEADER}`);
  return authorizationHeader(token);
}

/** Throws an error again, with the options in its message where it names the fields of a request. */
function inOptions(error: unknown): never {
  if (!(error instanceof AgoraTokenError)) throw error;
  const options = buildOptions();
  const message = error.message.replace(/^"services\[\d+\]\.type"/, "A service")
    .replaceAll(/"(?:services\[\d+\]\.)?(\w+)"/g, (all, name) => options.includes(name) ? `--${name}` : all);
  throw new AgoraTokenError(error.code, message, { field: error.field, cause: error });
}

/** What the token is for and until when, in a line for whoever reads along. */
async function summaryOf(token: string): Promise<string> {
  const { rights, validity: { expiresAt } } = viewToken(await parseToken(token));
  const services = rights.map(({ service }) => service).join(" and ");
  const end = expiresAt === undefined ? "" : `, expires ${viewTime(expiresAt, issueTime(undefined))}`;
  return `For ${services || "the whole project"}${end}. See agoratoken parse.`;
}

/** `build rtc.buildTokenWithUid --channelName …`: an official builder by its arguments' names. */
async function buildByBuilder([builder, ...more]: string[], values: Options, credentials: Credentials): Promise<string> {
  if (more.length > 0) throw new AgoraTokenError("unknown-field", "build takes one builder, or one or more services");
  const args = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, TEXTS.has(name) ? value : untyped(name, value)]),
  );
  const { appId, appCertificate } = credentials;
  const [format = "", name = ""] = builder!.split(".");
  if (Object.hasOwn(LEGACY_BUILDERS, format)) {
    return await packToken(buildLegacy(format, name, appId, legacyArguments(format, name, args)), appCertificate);
  }
  const { expire, services } = buildWith(builder!, args);
  const token = { version: "007", appId, issueTs: issueTime(undefined), expire, salt: saltOf(undefined), services } as const;
  return await packToken(token, appCertificate);
}

/** In 006 a user is a uid or an account. Dynamic keys have the current time and a random number, unless others are given. */
function legacyArguments(
  format: string,
  builder: string,
  { uid, account, ...args }: Record<string, unknown>,
): Record<string, unknown> {
  const takes: readonly string[] = LEGACY_BUILDERS[format]?.[builder]?.args ?? [];
  return {
    ...(takes.includes("unixTs") ? { unixTs: issueTime(undefined), randomInt: saltOf(undefined) } : {}),
    ...(takes.includes("user") ? { user: account ?? uid } : defined({ uid, account })),
    ...args,
  };
}

/** `build rtc rtm --channelName … --userId …`: services by name; an option goes to every service that has it. Checked. */
async function buildByServices(
  names: string[],
  { expire = AN_HOUR, ...values }: Options,
  credentials: Credentials,
): Promise<string> {
  const rows = names.map((name, index) => serviceNamed(`services[${index}].type`, name));
  onlyKeys(values, [...new Set(rows.flatMap(requestOptions)), "expire"]);
  const services = rows.map((row) => {
    const given = Object.entries(values).filter(([name]) => requestOptions(row).includes(name));
    const options = given.map(([name, value]) => [name, isText(row, name, value) ? wordOf(name, value) : untyped(name, value)]);
    return { type: row.name, ...Object.fromEntries(options) } as ServiceRequest;
  });
  return await buildToken({ ...credentials, expire: untyped("expire", expire) as number, services });
}

/** Whether an option of a service is text, and not a number, a map or a flag. Only builders have numbers for the roles of RTC. */
function isText({ fields, roles }: ServiceSpec, option: string, value: unknown): boolean {
  if (option === "role") return roles !== undefined || !/^-?\d+$/.test(String(value));
  return option === "account" ||
    fields.some(({ name, wire, rule }) => name === option && wire === "str" && rule !== "identity");
}

/** A role by its name here, where it has another in SDKs; the text of any other option as it is. */
function wordOf(name: string, value: string | boolean | undefined): string | boolean | undefined {
  if (name !== "role") return value;
  const role = String(value);
  if (Object.hasOwn(ROLES, role)) return ["", "publisher", "subscriber"][ROLES[role]!];
  const near = nearest(role, Object.keys(ROLES));
  const question = near === undefined ? "" : `: did you mean ${near}?`;
  throw new AgoraTokenError("invalid-value", `"role" must be one of ${ROLE_NAMES}${question}`, { field: "role" });
}

/** A duration like `1h30m`, in seconds, or nothing where it is none. */
function durationOf(text: string): number | undefined {
  const [whole, ...counts] = /^(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,9})s)?$/i.exec(text) ?? [];
  return whole ? [86_400, 3600, 60, 1].reduce((sum, unit, index) => sum + unit * Number(counts[index] ?? 0), 0) : undefined;
}

/** Whether an option is a duration. Those of the formats before 007 are Unix times, and end in `Ts`. */
function isDuration(name: string): boolean {
  return /expire$|^clockTolerance$|^privileges\./i.test(name);
}

/** The value of an option that is not text: digits are a number, `name=duration,…` and JSON a map, the word of a role its number. */
export function untyped(name: string, value: string | boolean | undefined): unknown {
  if (typeof value !== "string") return value;
  if (/^-?\d{1,16}$/.test(value)) return Number(value);
  const seconds = isDuration(name) ? durationOf(value) : undefined;
  if (seconds !== undefined) return seconds;
  const isRole = name.endsWith("ole");
  if (isRole && Object.hasOwn(ROLES, value)) return ROLES[value];
  if (name === "privileges" && !value.startsWith("[")) {
    return Object.fromEntries(value.split(",").map((pair) => privilege(pair)));
  }
  if (name === "permissions" || /^[[{]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      throw new AgoraTokenError("invalid-value", `"${name}" must be JSON`, { field: name });
    }
  }
  const wanted = isRole
    ? `one of ${ROLE_NAMES}, or a whole number`
    : isDuration(name)
    ? "whole seconds, or a duration like 90s, 15m, 1h30m or 1d"
    : "a whole number";
  throw new AgoraTokenError("invalid-value", `"${name}" must be ${wanted}`, { field: name });
}

function privilege(pair: string): [string, unknown] {
  const [name = "", seconds, ...more] = pair.split("=");
  if (seconds === undefined || more.length > 0) {
    throw new AgoraTokenError("invalid-value", '"privileges" must be name=duration,name=duration', { field: "privileges" });
  }
  return [name, untyped(`privileges.${name}`, seconds)];
}

/** Every option that any service or builder takes. */
export function buildOptions(): string[] {
  const old = Object.values(LEGACY_BUILDERS).flatMap((methods) => Object.values(methods).flatMap(({ args }) => args));
  const args = [...builderNames().flatMap(builderArguments), ...old];
  const names = [...SERVICES.flatMap(requestOptions), ...args, "expire", "salt", "ts"];
  return [...new Set<string>(names)].filter((name) => name !== "user");
}

/** The help text of `build`, and with `builders` that of the official builders. */
export function buildHelp(topic?: string): string {
  return topic === "builders" ? buildersHelp() : `agoratoken build SERVICE… [OPTIONS]

  agoratoken build rtc --channel lobby --uid 1001 --role host
  agoratoken build rtc rtm --channel lobby --account bob --role host --userId bob --expire 1h30m
  agoratoken build chat --userId bob --expire 1d --json

Services, and the options of each:
${
    SERVICES.map((row) => {
      const options = requestOptions(row).map((option) => `--${option}`).join(" ");
      return `  ${row.name.padEnd(9)}  ${SERVICE_WORDS[row.name].about}\n             ${options}`.trimEnd();
    }).join("\n")
  }

  --expire DURATION    seconds, or 90s, 15m, 1h30m, 1d: one hour if omitted, 24 hours at most
  --role ROLE          rtc: publisher (host, broadcaster) or subscriber (audience); apaas: a number
  --privileges LIST    name=DURATION,name=DURATION instead of a role
  --permissions JSON   of rtm2
  --token-only         print nothing but the token, also on a terminal
  --header             print the header of a REST call, as ConvoAI takes it: Authorization: agora token=…
  --json               print {"token": …}, with --header also "authorization"
${CREDENTIALS_HELP}
All lifetimes count from now, never from 1970. What is built is checked against Agora's documented rules. To pack exactly what an
official builder packs, or a token of the formats before 007: agoratoken build --help builders
`;
}

function buildersHelp(): string {
  const builders = builderNames().map((name) => builderHelp(name, builderArguments(name)));
  const old = Object.entries(LEGACY_BUILDERS).flatMap(([format, methods]) =>
    Object.entries(methods).map(([name, { args }]) => builderHelp(`${format}.${name}`, args))
  );
  return `agoratoken build BUILDER [OPTIONS]

  agoratoken build rtc.buildTokenWithUid --channelName lobby --uid 1001 --role publisher --tokenExpire 1h --privilegeExpire 1h
  agoratoken build rtm.buildToken --userId bob --expire 1d
  agoratoken build 006.rtm --account bob --privilegeExpiredTs 1800000000

It packs exactly what the official builder packs, and checks only what the format can hold.

Official builders; lifetimes are seconds from now, or 90s, 15m, 1h30m, 1d:
${builders.join("\n")}

Builders of the formats before 007. All times are absolute Unix times; privileges, changes and extra are JSON:
${old.join("\n")}

${CREDENTIALS_HELP}`;
}

function builderHelp(name: string, args: readonly string[]): string {
  const options = args.map((option) => option === "user" ? "--uid | --account" : `--${option}`).join(" ");
  return `  ${name}\n             ${options}`.trimEnd();
}
