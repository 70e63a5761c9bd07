import { gathering } from "../server/problems.ts";
import type { Credentials } from "../server/projects.ts";
import { isHexId } from "../validate.ts";

/** The variable that holds the App ID. */
export const APP_ID = "AGORA_APP_ID";
/** The variable that holds the App Certificate. */
export const APP_CERTIFICATE = "AGORA_APP_CERTIFICATE";

/** The variables of App ID and App Certificate under all the names in use. The two of a pair belong together. */
export const CREDENTIAL_NAMES = [
  [APP_ID, APP_CERTIFICATE],
  ["APP_ID", "APP_CERTIFICATE"],
  ["SHENGWANG_APP_ID", "SHENGWANG_APP_CERTIFICATE"],
] as const;

/** Variables: those of the environment, or those of a file. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where credentials were found: the variables, and the names of the two. */
export interface CredentialSource {
  /** The variables. */
  readonly env: Variables;
  /** The names of the App ID's and of the App Certificate's variable. */
  readonly names: (typeof CREDENTIAL_NAMES)[number];
}

/**
 * Finds the credentials: the first pair of names of the first source of which either is set. Both are taken from there, since an
 * App ID with the certificate of another project makes tokens that are invalid and do not look it.
 *
 * @param sources The variables, the environment's before those of a file.
 */
export function findCredentials(sources: readonly Variables[]): CredentialSource | undefined {
  return sources.flatMap((env) => CREDENTIAL_NAMES.map((names) => ({ env, names })))
    .find(({ env, names }) => names.some((name) => env[name]));
}

/**
 * The credentials that were found, checked.
 *
 * @throws {AgoraTokenError} With everything that is wrong in `problems`, and without the values.
 */
export function credentialsFrom(
  { env, names: [idName, certificateName] }: CredentialSource = { env: {}, names: CREDENTIAL_NAMES[0] },
): Credentials {
  const problems = gathering();
  for (const name of [idName, certificateName]) {
    const value = env[name];
    if (!value) {
      problems.note(`${name} is not set: set it in the environment or in .env, and the App ID and the certificate together`);
    } else if (!isHexId(value)) problems.note(`${name} must be 32 hexadecimal characters: copy it from the Agora console`);
  }
  problems.refuse();
  return { appId: env[idName]!, appCertificate: env[certificateName]! };
}
