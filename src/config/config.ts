import type { AgoraTokenError } from "../errors.ts";
import { isOrigin } from "../server/http/cors.ts";
import type { TokenServerOptions } from "../server/mod.ts";
import { OPTION_CHECKS } from "../server/options.ts";
import { gathering, type Problems } from "../server/problems.ts";
import type { Project } from "../server/projects.ts";
import { integer, isHexId } from "../validate.ts";
import { CREDENTIAL_NAMES, credentialsFrom, findCredentials, type Variables } from "./credentials.ts";
import { readAccess, readProjects, type ReadText } from "./files.ts";

/** How a process serves tokens. */
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
  secondCertificate: ["AGORATOKEN_SECOND_CERTIFICATE"],
  projects: ["AGORATOKEN_PROJECTS_FILE"],
  oldContractVersion: ["AGORATOKEN_OLD_CONTRACT_VERSION"],
  allowAppLevelTokens: ["AGORATOKEN_ALLOW_APP_LEVEL_TOKENS"],
  access: ["AGORATOKEN_ACCESS_FILE"],
  allowPublic: ["AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION"],
  rateLimit: ["AGORATOKEN_RATE_LIMIT"],
  trustedProxies: ["AGORATOKEN_TRUSTED_PROXIES"],
  traces: ["OTEL_DENO", "OTEL_DENO_TRACING"],
  sampler: ["OTEL_TRACES_SAMPLER"],
} as const;

type Variable = keyof typeof VARIABLES;

/** The names of all variables that are read. */
export function variableNames(): string[] {
  return [...CREDENTIAL_NAMES, ...Object.values(VARIABLES)].flat();
}

/**
 * Reads the configuration from variables.
 *
 * @param sources The variables, the environment's before those of a file: what is set first counts, and both credentials come
 * from the source that has either.
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @param readText Reads the projects file and the access file.
 * @throws {AgoraTokenError} `invalid-value`, with everything that is wrong in `problems`; none repeats a value that may be
 * secret. `cause` is the error of a file that cannot be read.
 */
export async function loadConfig(
  sources: readonly Variables[],
  demo: boolean,
  readText: (path: string) => string = () => "",
): Promise<ServerConfig> {
  const problems = gathering();
  const input: Input = { sources, readText, problems };
  const isSet = (["projects", "access", "allowPublic"] as const).some((key) => find(input, key).value !== undefined);
  const isDemo = demo && !isSet && findCredentials(sources) === undefined;
  const projects = projectsOf(input, isDemo);
  const accessFile = find(input, "access").value;
  const isAnyone = choice(input, "allowPublic", "", "0", "1") === "1";
  const loopback = ": callers are not authenticated, so a public address would hand tokens to anyone." +
    " Set AGORATOKEN_ACCESS_FILE: docs/access.md";
  const host = accessFile !== undefined || isAnyone
    ? find(input, "host").value ?? "127.0.0.1"
    : choice(input, "host", loopback, "127.0.0.1", "localhost", "::1");
  const options: TokenServerOptions = {
    projects,
    demo: isDemo,
    access: accessFile === undefined ? isAnyone ? "anyone" : "loopback" : await accessOf(input, accessFile),
    oldContractVersion: choice(input, "oldContractVersion", "", "007", "006") as "006" | "007",
    allowAppLevelTokens: choice(input, "allowAppLevelTokens", "", "0", "1") === "1",
    rateLimit: number(input, "rateLimit", 600, OPTION_CHECKS.rateLimit),
    trustedProxies: number(input, "trustedProxies", 0, OPTION_CHECKS.trustedProxies),
  };
  const port = number(input, "port", 8080, (name, value) => integer(name, value, 0, 65_535));
  const cors = originsOf(input);
  problems.refuse();
  return { host, port, options: cors === undefined ? options : { ...options, corsAllowOrigin: cors } };
}

/** What the configuration is read from, and what is wrong with it so far. */
interface Input {
  readonly sources: readonly Variables[];
  readonly readText: ReadText;
  readonly problems: Problems;
}

/** The name that a value is set under, and the value; the first of its names where it is not set. */
function find({ sources }: Input, key: Variable): { name: string; value?: string } {
  return sources.flatMap((env) => VARIABLES[key].map((name) => ({ name, ...(env[name] ? { value: env[name] } : {}) })))
    .find(({ value }) => value !== undefined) ?? { name: VARIABLES[key][0] };
}

/** A variable that must be one of some texts; the first if it is not set. */
function choice(input: Input, key: Variable, why: string, ...texts: [string, ...string[]]): string {
  const { name, value = texts[0] } = find(input, key);
  if (!texts.includes(value)) input.problems.note(`${name} must be ${texts.join(" or ")}${why}`);
  return value;
}

/** A variable that must be a whole number, held to the range of the option that it sets. */
function number(input: Input, key: Variable, defaultNumber: number, check: (name: string, value: unknown) => unknown): number {
  const { name, value = `${defaultNumber}` } = find(input, key);
  const number = /^\d{1,7}$/.test(value) ? Number(value) : NaN;
  try {
    check(name, number);
  } catch (error) {
    input.problems.note(`${name} must be ${(error as AgoraTokenError).expected}`);
  }
  return number;
}

/** The project of the credentials, before those of the projects file; or that of the demo. */
function projectsOf(input: Input, isDemo: boolean): Project[] {
  const { sources, readText, problems } = input;
  const pair = findCredentials(sources);
  const [secondName] = VARIABLES.secondCertificate;
  const second = pair?.env[secondName] || undefined; // of the same source, like the two
  const file = find(input, "projects").value;
  const projects: Project[] = isDemo ? [DEMO_PROJECT] : [];
  if (pair !== undefined || file === undefined && !isDemo) {
    const credentials = problems.attempt(() => credentialsFrom(pair));
    if (credentials !== undefined) {
      projects.push({ ...credentials, ...(second === undefined ? {} : { secondCertificate: second }) });
    }
    if (pair === undefined) problems.note("To try the server without credentials, start it with --demo");
  }
  if (second !== undefined && !isHexId(second)) {
    problems.note(`${secondName} must be 32 hexadecimal characters: copy it from the Agora console`);
  }
  if (second === undefined && sources.slice(0, pair && sources.indexOf(pair.env)).some((env) => env[secondName])) {
    problems.note(`${secondName} must be set where AGORA_APP_ID is; in a projects file it is secondCertificate`);
  }
  if (file === undefined) return projects;
  try {
    readProjects(file, readText, projects, problems);
  } catch (error) {
    problems.note(error, "AGORATOKEN_PROJECTS_FILE: ");
  }
  return projects;
}

/** The access of the access file, unless keys in paths would get into traces. */
async function accessOf({ sources: [env], readText, problems }: Input, file: string): Promise<TokenServerOptions["access"]> {
  const access = await readAccess(file, readText).catch((error) => problems.note(error, "AGORATOKEN_ACCESS_FILE: "));
  if (
    access?.keysInPaths && env?.OTEL_TRACES_SAMPLER !== "always_off" &&
    VARIABLES.traces.some((name) => !/^(|0|false)$/i.test(env?.[name] ?? "")) // Deno reads no .env for these
  ) {
    problems.note(
      "OTEL_DENO would write keys in paths into traces: set OTEL_TRACES_SAMPLER=always_off, or allow no key in paths",
    );
  }
  return access ?? "loopback";
}

/** The origins of a list with commas between them. */
function originsOf(input: Input): "*" | string[] | undefined {
  const { name, value } = find(input, "corsAllowOrigin");
  if (value === undefined) return undefined;
  const origins = value.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "");
  const wrong = origins.filter((origin) => origin !== "*" && !isOrigin(origin));
  if (wrong.length > 0 || origins.length === 0) {
    const shown = wrong.length === 0 ? "has none" : `not ${wrong.map((origin) => isHexId(origin) ? "…" : origin).join(", ")}`;
    input.problems.note(`${name} must hold origins like https://app.example, or *: ${shown}`);
  }
  return origins.includes("*") ? "*" : origins;
}
