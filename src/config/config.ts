import { CREDENTIAL_NAMES, credentialsFrom, findCredentials, readProjects } from "../server/projects.ts";
import type { Project, Variables } from "../server/projects.ts";
import { isHexId } from "../validate.ts";
import { type Access, loadAccess } from "../server/access/access.ts";
import { isOrigin } from "../server/http/cors.ts";
import type { TokenServerOptions } from "../server/options.ts";

/** How `server.ts` runs. */
export interface ServerConfig extends TokenServerOptions {
  /** The address to listen on; a loopback address, unless callers are authenticated. */
  host: string;
  /** The port to listen on, 0 to 65535; 0 lets the system choose. */
  port: number;
}

/** Fake on purpose, and to the eye: no project has them. */
const DEMO_PROJECT: Project = { appId: "0".repeat(32), appCertificate: "1".repeat(32) };

/** The variables beside the credentials, by what they say; of several names, the first that is set counts. */
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
 * @returns The configuration, or a sentence for everything that is wrong with it; none repeats a value that may be secret.
 */
export async function loadConfig(
  sources: readonly Variables[],
  demo: boolean,
  readText: (path: string) => string = () => "",
): Promise<ServerConfig | string[]> {
  const problems: string[] = [];
  const found = (key: keyof typeof VARIABLES): { name: string; value?: string } =>
    sources.flatMap((env) => VARIABLES[key].map((name) => ({ name, ...(env[name] ? { value: env[name] } : {}) })))
      .find(({ value }) => value !== undefined) ?? { name: VARIABLES[key][0] };
  const pair = findCredentials(sources);
  const second = pair?.env[VARIABLES.secondCertificate[0]] || undefined; // of the same source, like the two
  const file = found("projects").value;
  const accessFile = found("access").value;
  const isDemo = demo && [pair, file, accessFile, found("allowPublic").value].every((value) => value === undefined);

  const projects: Project[] = isDemo ? [DEMO_PROJECT] : [];
  if (pair !== undefined || file === undefined && !isDemo) {
    const credentials = credentialsFrom(pair);
    if (Array.isArray(credentials)) problems.push(...credentials);
    else projects.push({ ...credentials, ...(second === undefined ? {} : { secondCertificate: second }) });
    if (pair === undefined) problems.push("To try the server without credentials, start it with --demo");
  }
  if (second !== undefined && !isHexId(second)) {
    problems.push("AGORATOKEN_SECOND_CERTIFICATE must be 32 hexadecimal characters: copy it from the Agora console");
  }
  if (
    second === undefined &&
    sources.slice(0, pair && sources.indexOf(pair.env)).some((env) => env[VARIABLES.secondCertificate[0]])
  ) {
    problems.push(
      "AGORATOKEN_SECOND_CERTIFICATE goes with AGORA_APP_ID, beside it; in a projects file it is secondCertificate",
    );
  }
  if (file !== undefined) {
    problems.push(...readProjects(() => readText(file), projects).map((why) => `AGORATOKEN_PROJECTS_FILE ${why}`));
  }

  /** A variable that must be one of some texts; the first if it is not set. */
  const choice = (key: keyof typeof VARIABLES, why: string, ...texts: [string, ...string[]]): string => {
    const { name, value = texts[0] } = found(key);
    if (!texts.includes(value)) problems.push(`${name} must be ${texts.join(" or ")}${why}`);
    return value;
  };
  const isAnyone = choice("allowPublic", "", "0", "1") === "1";
  const loopback = ": callers are not authenticated, so a public address would hand tokens to anyone." +
    " Set AGORATOKEN_ACCESS_FILE: docs/access.md";
  const isOpen = accessFile !== undefined || isAnyone;
  const host = isOpen ? found("host").value ?? "127.0.0.1" : choice("host", loopback, "127.0.0.1", "localhost", "::1");
  const access = accessFile === undefined ? isAnyone ? "anyone" : "loopback" : await accessOf(accessFile, readText, problems);
  if (
    typeof access === "object" && access.keysInPaths && sources[0]?.OTEL_TRACES_SAMPLER !== "always_off" &&
    VARIABLES.traces.some((name) => !/^(|0|false)$/i.test(sources[0]?.[name] ?? "")) // Deno reads no .env for these
  ) {
    problems.push(
      "OTEL_DENO would write keys in paths into traces: set OTEL_TRACES_SAMPLER=always_off, or allow no key in paths",
    );
  }
  const oldContractVersion = choice("oldContractVersion", "", "007", "006") as "006" | "007";
  const allowAppLevelTokens = choice("allowAppLevelTokens", "", "0", "1") === "1";
  const number = (key: keyof typeof VARIABLES, usual: number, max: number): number => {
    const { name, value = `${usual}` } = found(key);
    if (!/^\d{1,7}$/.test(value) || Number(value) > max) problems.push(`${name} must be a whole number from 0 to ${max}`);
    return Number(value);
  };
  const port = number("port", 8080, 65_535);
  const rateLimit = number("rateLimit", 600, 1_000_000);
  const trustedProxies = number("trustedProxies", 0, 10);
  const cors = found("corsAllowOrigin").value;
  const origins = cors?.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "") ?? [];
  const wrong = origins.filter((origin) => origin !== "*" && !isOrigin(origin));
  if (wrong.length > 0 || cors !== undefined && origins.length === 0) {
    const shown = wrong.length === 0 ? "has none" : `not ${wrong.map((origin) => isHexId(origin) ? "…" : origin).join(", ")}`;
    problems.push(`CORS_ALLOW_ORIGIN must hold origins like https://app.example, or *: ${shown}`);
  }
  if (problems.length > 0) return problems;
  return {
    projects,
    demo: isDemo,
    host,
    port,
    access,
    rateLimit,
    trustedProxies,
    oldContractVersion,
    allowAppLevelTokens,
    ...(cors === undefined ? {} : { corsAllowOrigin: origins.includes("*") ? "*" : origins }),
  };
}

/** The access that a file gives; what is wrong with it is added to the problems. */
async function accessOf(path: string, readText: (path: string) => string, problems: string[]): Promise<Access | "loopback"> {
  let access: Access | string[];
  try {
    access = await loadAccess(JSON.parse(readText(path).replace(/^\uFEFF/, "")));
  } catch {
    access = ["it cannot be read, or is not JSON"]; // a message of JSON.parse might show a secret
  }
  if (!Array.isArray(access)) return access;
  problems.push(...access.map((problem) => `AGORATOKEN_ACCESS_FILE: ${problem}`));
  return "loopback";
}
