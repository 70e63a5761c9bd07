import { type Access, loadAccess, type Project, type TokenServerOptions } from "../server/mod.ts";
import { OPTION_CHECKS } from "../server/options.ts";
import { all, fail, settled } from "../server/problems.ts";
import { checkedProject, unshown } from "../server/projects.ts";
import { integer, refuse } from "../validate.ts";
import {
  CREDENTIAL_NAMES,
  credentialsFrom,
  findCredentials,
  isGiven,
  SECOND_CERTIFICATE,
  type Variables,
} from "./credentials.ts";
import { jsonFrom, listFrom, orFile, type ReadText, textFrom } from "./files.ts";

/** How a process serves tokens. Its certificates are not enumerable, so that no log and no JSON of it shows them. */
export interface ServerConfig {
  /** The address to listen on; a loopback address, unless callers are authenticated or anyone may ask. */
  host: string;
  /** The port to listen on, 0 to 65535; 0 lets the system choose. */
  port: number;
  /** The options of `createTokenServer`. */
  options: TokenServerOptions;
}

/** Fake credentials that look fake: no project has them. */
const DEMO_PROJECT: Project = { appId: "0".repeat(32), appCertificate: "1".repeat(32) };

/** The variables besides the credentials, by what they set; of several names, the first that is set counts. */
const VARIABLES = {
  host: ["HOST"],
  port: ["PORT", "SERVER_PORT"],
  corsAllowOrigin: ["CORS_ALLOW_ORIGIN"],
  secondCertificate: orFile(SECOND_CERTIFICATE),
  projects: orFile("AGORATOKEN_PROJECTS"),
  oldContractVersion: ["AGORATOKEN_OLD_CONTRACT_VERSION"],
  allowAppLevelTokens: ["AGORATOKEN_ALLOW_APP_LEVEL_TOKENS"],
  drawUids: ["AGORATOKEN_DRAW_UIDS"],
  access: orFile("AGORATOKEN_ACCESS"),
  allowPublic: ["AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION"],
  rateLimit: ["AGORATOKEN_RATE_LIMIT"],
  trustedProxies: ["AGORATOKEN_TRUSTED_PROXIES"],
  traces: ["OTEL_DENO", "OTEL_DENO_TRACING"],
  sampler: ["OTEL_TRACES_SAMPLER"],
} as const;

type Variable = keyof typeof VARIABLES;

/** Those that guard something. One that is set but empty, as where a template's value is missing, does not count as not set. */
const GUARDS = ["access", "allowPublic", "allowAppLevelTokens", "corsAllowOrigin", "rateLimit", "trustedProxies"] as const;

/** The names of all variables that are read. */
export function variableNames(): string[] {
  return [...CREDENTIAL_NAMES.flat().map(orFile), ...Object.values(VARIABLES)].flat();
}

/**
 * Reads the configuration from variables.
 *
 * @param sources The variables, the environment's before those of a file: what is set first counts, and both credentials come
 * from the source that has either.
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @param readText Reads the files that variables name.
 * @throws {AgoraTokenError} `invalid-value`, with everything that is wrong in `problems`; none repeats a value that may be
 * secret. `cause` is the error of a file that cannot be read.
 */
export async function loadConfig(
  sources: readonly Variables[],
  demo: boolean,
  readText: (path: string) => string = () => "",
): Promise<ServerConfig> {
  const isSet = (["projects", "access", "allowPublic"] as const).some((key) => find(sources, key).value !== undefined);
  const isDemo = demo && !isSet && findCredentials(sources) === undefined;
  const read = <T>(key: Variable, check: (name: string, value: string) => T) => (): T | undefined => {
    const { name, value } = find(sources, key);
    return value === undefined ? undefined : check(name, value);
  };
  const access = await settled(() => accessOf(sources, readText));
  const isPublic = find(sources, "access").value !== undefined || find(sources, "allowPublic").value === "1";
  const { host = "127.0.0.1", port = 8080, guards: _, ...options } = all({
    guards: () => all(GUARDS.flatMap((key) => VARIABLES[key].map((name) => () => notEmpty(sources, name)))),
    projects: () => projectsOf(sources, isDemo, readText),
    demo: () => isDemo,
    access: (): TokenServerOptions["access"] => {
      const [known, isAnyone] = all([access, read("allowPublic", flag)]);
      return known ?? (isAnyone ? "anyone" : "loopback");
    },
    host: read("host", (name, host) => isPublic ? host : loopback(name, host)),
    oldContractVersion: read("oldContractVersion", OPTION_CHECKS.oldContractVersion),
    allowAppLevelTokens: read("allowAppLevelTokens", flag),
    drawUids: read("drawUids", flag),
    rateLimit: read("rateLimit", (name, text) => OPTION_CHECKS.rateLimit(name, wholeNumber(text))),
    trustedProxies: read("trustedProxies", (name, text) => OPTION_CHECKS.trustedProxies(name, wholeNumber(text))),
    port: read("port", (name, text) => integer(name, wholeNumber(text), 0, 65_535)),
    corsAllowOrigin: read("corsAllowOrigin", originsOf),
  });
  return { host, port, options };
}

/** The name that a value is set under, and the value; the first of its names where it is not set. */
function find(sources: readonly Variables[], key: Variable): { name: string; value?: string } {
  return sources.flatMap((env) => VARIABLES[key].map((name) => ({ name, ...(env[name] ? { value: env[name] } : {}) })))
    .find(({ value }) => value !== undefined) ?? { name: VARIABLES[key][0] };
}

function notEmpty(sources: readonly Variables[], name: string): void {
  if (sources.some((env) => env[name] === "")) fail(`${name} is set but empty: give it a value, or remove it`);
}

/** The number that digits stand for. */
function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

function flag(name: string, text: string): boolean {
  return text === "0" || text === "1" ? text === "1" : refuse(name, "0 or 1");
}

function loopback(name: string, host: string): string {
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return host;
  const why = "callers are not authenticated, so a public address would hand tokens to anyone. Set AGORATOKEN_ACCESS_FILE";
  return refuse(name, `127.0.0.1, localhost or ::1: ${why}: docs/access.md`);
}

/** The project of the credentials, before those of the list of projects; or that of the demo. */
function projectsOf(sources: readonly Variables[], isDemo: boolean, readText: ReadText): Project[] {
  const pair = findCredentials(sources);
  const projects: Project[] = isDemo ? [DEMO_PROJECT] : [];
  const { name, value } = find(sources, "projects");
  const isNeeded = value === undefined && !isDemo;
  all([
    () => pair !== undefined || isNeeded ? projects.push(credentialsFrom(pair, readText)) : 0,
    () => pair === undefined && isNeeded ? fail("To try the server without credentials, start it with --demo") : undefined,
    () => {
      const before = sources.slice(0, pair && sources.indexOf(pair.env));
      if (!isGiven(pair?.env ?? {}, SECOND_CERTIFICATE) && before.some((env) => isGiven(env, SECOND_CERTIFICATE))) {
        fail(`${SECOND_CERTIFICATE} must be set where AGORA_APP_ID is; in a projects file it is secondCertificate`);
      }
    },
    () => {
      if (value === undefined) return;
      const text = textFrom(name, value, readText);
      const [list] = all([() => listFrom(text)], `${name}: `);
      all(list.map((project, index) => () => projects.push(checkedProject(`${name}[${index}]`, project, projects))));
    },
  ]);
  return projects.map(unshown);
}

/** The access, if it is given, and unless keys in paths would get into traces. */
async function accessOf(sources: readonly Variables[], readText: ReadText): Promise<Access | undefined> {
  const { name, value } = find(sources, "access");
  if (value === undefined) return undefined;
  const text = textFrom(name, value, readText);
  const [access] = all([await settled(async () => await loadAccess(jsonFrom(text)))], `${name}: `);
  const [env] = sources;
  if (
    access.keysInPaths && env?.OTEL_TRACES_SAMPLER !== "always_off" &&
    VARIABLES.traces.some((name) => !/^(|0|false)$/i.test(env?.[name] ?? "")) // Deno reads no .env for these
  ) {
    fail("OTEL_DENO would write keys in paths into traces: set OTEL_TRACES_SAMPLER=always_off, or allow no key in paths");
  }
  return access;
}

/** The origins of a list with commas between them. */
function originsOf(name: string, text: string): string | string[] {
  const origins = text.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "");
  if (origins.length === 0) refuse(name, "origins like https://app.example, with commas between them, or *");
  all(origins.map((origin, index) => () => OPTION_CHECKS.corsAllowOrigin(`${name}[${index}]`, origin)));
  return origins.includes("*") ? "*" : origins;
}
