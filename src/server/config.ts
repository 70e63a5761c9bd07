import { APP_CERTIFICATE, APP_ID, type Credentials, credentialsFrom } from "../credentials.ts";

/** How the token server runs. */
export interface ServerConfig {
  /** The project whose tokens it makes. */
  credentials: Credentials;
  /** The credentials are fake: its tokens work nowhere, and every response says so. */
  demo: boolean;
  /** The address to listen on; a loopback address, since callers are not authenticated. */
  host: string;
  /** The port to listen on, 0 to 65535; 0 lets the system choose. */
  port: number;
}

/** Fake on purpose, and to the eye: no project has them. */
const DEMO_CREDENTIALS: Credentials = {
  appId: "00000000000000000000000000000000",
  appCertificate: "11111111111111111111111111111111",
};

/** The variables that are read. */
export const VARIABLES: readonly string[] = [APP_ID, APP_CERTIFICATE, "HOST", "PORT"];

/**
 * Reads the configuration from variables.
 *
 * @param env The variables of {@linkcode VARIABLES}.
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @returns The configuration, or a sentence for everything that is wrong with it.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, demo: boolean): ServerConfig | string[] {
  const problems: string[] = [];
  const isDemo = demo && !env[APP_ID] && !env[APP_CERTIFICATE];
  const credentials = isDemo ? DEMO_CREDENTIALS : credentialsFrom(env);
  if (Array.isArray(credentials)) {
    problems.push(...credentials);
    if (!env[APP_ID] && !env[APP_CERTIFICATE]) problems.push("To try the server without credentials, start it with --demo");
  }
  const host = env.HOST || "127.0.0.1";
  if (isDemo ? host !== "127.0.0.1" : !/^(127(\.\d{1,3}){3}|localhost|::1)$/.test(host)) {
    problems.push(
      isDemo
        ? "HOST must be 127.0.0.1 in demo mode: unset it, or set credentials"
        : "HOST must be a loopback address (127.0.0.1, ::1, localhost): callers are not authenticated, so a public address would " +
          "hand tokens to anyone. Put a proxy that authenticates in front",
    );
  }
  const port = env.PORT || "8080";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push("PORT must be a whole number from 0 to 65535");
  if (problems.length > 0 || Array.isArray(credentials)) return problems;
  return { credentials, demo: isDemo, host, port: Number(port) };
}
