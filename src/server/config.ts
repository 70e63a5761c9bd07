import { type Credentials, credentialsFrom } from "../credentials.ts";
import { isHexId } from "../wire/check.ts";

/** One Agora project. */
export interface Project extends Credentials {
  /** The other certificate of the project, while it rotates: tokens are made with the first, and verified with both. */
  secondCertificate?: string;
}

/** What a token server needs to know; all but the projects may be left out. */
export interface TokenServerOptions {
  /** The projects; a request that names no App ID is for the first. */
  projects: readonly Project[];
  /** The credentials are fake: tokens work nowhere, and every response says so. */
  demo?: boolean;
  /** Which origins browsers may call from: exact origins, or `"*"`; loopback origins if omitted. */
  corsAllowOrigin?: "*" | readonly string[];
  /** What the contracts of the time of 006 answer: 007 if omitted. */
  oldContractVersion?: "006" | "007";
  /** Whether Chat and APaaS tokens for the whole app are made. They are an administrator's keys. */
  allowAppLevelTokens?: boolean;
  /** How long a body may take to arrive, in milliseconds; 10,000 if omitted. */
  bodyTimeout?: number;
}

/** How `server.ts` runs. */
export interface ServerConfig extends TokenServerOptions {
  /** The address to listen on; a loopback address, since callers are not authenticated. */
  host: string;
  /** The port to listen on, 0 to 65535; 0 lets the system choose. */
  port: number;
}

/** Fake on purpose, and to the eye: no project has them. */
const DEMO_PROJECT: Project = {
  appId: "00000000000000000000000000000000",
  appCertificate: "11111111111111111111111111111111",
};

/** The variables that are read, by what they say; of several names, the first that is set counts. */
const VARIABLES = {
  appId: ["AGORA_APP_ID", "APP_ID", "SHENGWANG_APP_ID"],
  appCertificate: ["AGORA_APP_CERTIFICATE", "APP_CERTIFICATE", "SHENGWANG_APP_CERTIFICATE"],
  host: ["HOST"],
  port: ["PORT", "SERVER_PORT"],
  corsAllowOrigin: ["CORS_ALLOW_ORIGIN"],
  secondCertificate: ["AGORATOKEN_SECOND_CERTIFICATE"],
  projects: ["AGORATOKEN_PROJECTS_FILE"],
  oldContractVersion: ["AGORATOKEN_OLD_CONTRACT_VERSION"],
  allowAppLevelTokens: ["AGORATOKEN_ALLOW_APP_LEVEL_TOKENS"],
} as const;

/** The names of all variables that are read. */
export function variableNames(): string[] {
  return Object.values(VARIABLES).flat();
}

/**
 * Reads the configuration from variables.
 *
 * @param env The variables.
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @param readText Reads the projects file.
 * @returns The configuration, or a sentence for everything that is wrong with it; none repeats a value that may be secret.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  demo: boolean,
  readText: (path: string) => string = () => "",
): ServerConfig | string[] {
  const value = (key: keyof typeof VARIABLES): string | undefined =>
    VARIABLES[key].map((name) => env[name]).find((text) => text);
  const problems: string[] = [];
  const [appId, appCertificate, secondCertificate, file] = [
    value("appId"),
    value("appCertificate"),
    value("secondCertificate"),
    value("projects"),
  ];
  const isDemo = demo && appId === undefined && appCertificate === undefined && file === undefined;

  const projects: Project[] = isDemo ? [DEMO_PROJECT] : [];
  if (appId !== undefined || appCertificate !== undefined || file === undefined && !isDemo) {
    const credentials = credentialsFrom({ AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate });
    if (Array.isArray(credentials)) {
      problems.push(...credentials);
      if (appId === undefined && appCertificate === undefined) {
        problems.push("To try the server without credentials, start it with --demo");
      }
    } else projects.push({ ...credentials, ...(secondCertificate === undefined ? {} : { secondCertificate }) });
  }
  if (secondCertificate !== undefined && !isHexId(secondCertificate)) {
    problems.push("AGORATOKEN_SECOND_CERTIFICATE must be 32 hexadecimal characters: copy it from the Agora console");
  }
  if (file !== undefined) {
    const listed = projectsOf(readText, file);
    if (typeof listed === "string") problems.push(listed);
    else projects.push(...listed);
  }
  const twice = projects.filter(({ appId }, index) => projects.findIndex((other) => other.appId === appId) < index);
  if (twice.length > 0) problems.push("AGORATOKEN_PROJECTS_FILE must hold an App ID once");

  const host = value("host") ?? "127.0.0.1";
  if (isDemo ? host !== "127.0.0.1" : !/^(127(\.\d{1,3}){3}|localhost|::1)$/.test(host)) {
    problems.push(
      isDemo
        ? "HOST must be 127.0.0.1 in demo mode: unset it, or set credentials"
        : "HOST must be a loopback address (127.0.0.1, ::1, localhost): callers are not authenticated, so a public address would " +
          "hand tokens to anyone. Put a proxy that authenticates in front",
    );
  }
  const port = value("port") ?? "8080";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push("PORT must be a whole number from 0 to 65535");
  const version = value("oldContractVersion") ?? "007";
  if (version !== "006" && version !== "007") problems.push("AGORATOKEN_OLD_CONTRACT_VERSION must be 006 or 007");
  const appLevel = value("allowAppLevelTokens") ?? "0";
  if (appLevel !== "0" && appLevel !== "1") problems.push("AGORATOKEN_ALLOW_APP_LEVEL_TOKENS must be 1 or 0");
  const cors = value("corsAllowOrigin");
  const origins = cors?.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "") ?? [];
  for (const origin of origins.filter((origin) => origin !== "*")) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problems.push(`CORS_ALLOW_ORIGIN must hold origins like https://app.example, or *: ${JSON.stringify(origin)} is none`);
    }
  }
  if (problems.length > 0) return problems;
  return {
    projects,
    demo: isDemo,
    host,
    port: Number(port),
    oldContractVersion: version as "006" | "007",
    allowAppLevelTokens: appLevel === "1",
    ...(cors === undefined ? {} : { corsAllowOrigin: origins.includes("*") ? "*" : origins }),
  };
}

/** The projects of a file, or what is wrong with it; a message of `JSON.parse` might show a certificate. */
function projectsOf(readText: (path: string) => string, path: string): Project[] | string {
  const wanted = 'AGORATOKEN_PROJECTS_FILE must name a JSON file like [{"appId": …, "appCertificate": …}]';
  let list: unknown;
  try {
    list = JSON.parse(readText(path));
  } catch {
    return `${wanted}: it cannot be read`;
  }
  if (!Array.isArray(list) || list.length === 0) return wanted;
  for (const [index, project] of list.entries()) {
    const { appId, appCertificate, secondCertificate = appCertificate, ...rest } = Object(project);
    for (const [name, id] of Object.entries({ appId, appCertificate, secondCertificate })) {
      if (typeof id !== "string" || !isHexId(id)) {
        return `${wanted}: "${name}" of entry ${index} is not 32 hexadecimal characters`;
      }
    }
    if (Object.keys(rest).length > 0) return `${wanted}: entry ${index} has an unknown field`;
  }
  return list;
}
