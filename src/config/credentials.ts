import { all, fail } from "../server/problems.ts";
import type { Project } from "../server/projects.ts";
import { defined, isHexId } from "../validate.ts";
import { orFile, type ReadText, textFrom } from "./files.ts";

/** The variable that holds the App ID. */
export const APP_ID = "AGORA_APP_ID";
/** The variable that holds the App Certificate. */
export const APP_CERTIFICATE = "AGORA_APP_CERTIFICATE";

/** The variable that holds the secondary certificate. */
export const SECOND_CERTIFICATE = "AGORATOKEN_SECOND_CERTIFICATE";

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
 * Finds the credentials: the first pair of names of the first source of which either is given. Both are taken from there, since an
 * App ID with the certificate of another project makes tokens that are invalid and do not look it.
 *
 * @param sources The variables, the environment's before those of a file.
 */
export function findCredentials(sources: readonly Variables[]): CredentialSource | undefined {
  return sources.flatMap((env) => CREDENTIAL_NAMES.map((names) => ({ env, names })))
    .find(({ env, names }) => names.some((name) => isGiven(env, name)));
}

/** Whether a variable is set, or else the one that names its file. */
export function isGiven(env: Variables, name: string): boolean {
  return orFile(name).some((name) => env[name]);
}

/**
 * The project of the credentials that were found, checked; with the secondary certificate, if the same source has it.
 *
 * @param readText Reads the files that variables name.
 * @throws {AgoraTokenError} With everything that is wrong in `problems`, and without the values.
 */
export function credentialsFrom(
  { env, names }: CredentialSource = { env: {}, names: CREDENTIAL_NAMES[0] },
  readText: ReadText = () => "",
): Project {
  const read = (plain: string) => () => {
    const name = orFile(plain).find((name) => env[name]);
    const where = "in the environment or in .env, and the App ID and the certificate together";
    if (name === undefined) return fail(`${plain} is not set: set it ${where}`);
    const text = textFrom(name, env[name]!, readText);
    return isHexId(text) ? text : fail(`${name} must be 32 hexadecimal characters: copy it from the Agora console`);
  };
  const second = isGiven(env, SECOND_CERTIFICATE) ? read(SECOND_CERTIFICATE) : () => undefined;
  const [appId, appCertificate, secondCertificate] = all([read(names[0]), read(names[1]), second]);
  return { appId, appCertificate, ...defined({ secondCertificate }) };
}
