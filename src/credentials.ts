import { isHexId } from "./wire/check.ts";

/** A project's identity and secret. */
export interface Credentials {
  /** The App ID: 32 hexadecimal characters. */
  appId: string;
  /** The App Certificate: 32 hexadecimal characters. Never log it. */
  appCertificate: string;
}

/** The variable that holds the App ID. */
export const APP_ID = "AGORA_APP_ID";
/** The variable that holds the App Certificate. */
export const APP_CERTIFICATE = "AGORA_APP_CERTIFICATE";

/**
 * Reads the credentials from variables.
 *
 * @returns The credentials, or a sentence for each thing that is wrong with them.
 */
export function credentialsFrom(env: Readonly<Record<string, string | undefined>>): Credentials | string[] {
  const problems = [APP_ID, APP_CERTIFICATE].flatMap((name) => {
    const value = env[name];
    if (value === undefined || value === "") return [`${name} is not set: set it in the environment or in .env`];
    return isHexId(value) ? [] : [`${name} must be 32 hexadecimal characters: copy it from the Agora console`];
  });
  if (problems.length > 0) return problems;
  return { appId: env[APP_ID]!, appCertificate: env[APP_CERTIFICATE]! };
}
