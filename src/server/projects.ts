import { array, hexId, isHexId, record, refuse, string } from "../validate.ts";

/** A project's identity and secret. */
export interface Credentials {
  /** The App ID: 32 hexadecimal characters. */
  appId: string;
  /** The App Certificate: 32 hexadecimal characters. Never log it. */
  appCertificate: string;
}

/** One Agora project. */
export interface Project extends Credentials {
  /** The other certificate of the project, while it rotates: tokens are made with the first, and verified with both. */
  secondCertificate?: string;
}

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
export interface Found {
  /** The variables. */
  readonly env: Variables;
  /** The names of the App ID's and of the App Certificate's variable. */
  readonly names: (typeof CREDENTIAL_NAMES)[number];
}

/**
 * Finds the credentials: the first pair of names of the first source of which either is set. Both come from there, since an
 * App ID with the certificate of another project makes tokens that are invalid and do not look it.
 *
 * @param sources The variables, the environment's before those of a file.
 */
export function findCredentials(sources: readonly Variables[]): Found | undefined {
  return sources.flatMap((env) => CREDENTIAL_NAMES.map((names) => ({ env, names })))
    .find(({ env, names }) => names.some((name) => env[name]));
}

/**
 * The credentials that were found.
 *
 * @returns The credentials, or a sentence for each thing that is wrong with them.
 */
export function credentialsFrom(
  { env, names: [idName, certificateName] }: Found = { env: {}, names: CREDENTIAL_NAMES[0] },
): Credentials | string[] {
  const problems = [idName, certificateName].flatMap((name) => {
    const value = env[name];
    if (!value) {
      return [`${name} is not set: set it in the environment or in .env, and the App ID and the certificate together`];
    }
    return isHexId(value) ? [] : [`${name} must be 32 hexadecimal characters: copy it from the Agora console`];
  });
  if (problems.length > 0) return problems;
  return { appId: env[idName]!, appCertificate: env[certificateName]! };
}

/**
 * A list of projects, checked: one or more, each with an App ID and certificates, and no App ID twice.
 *
 * @throws {AgoraTokenError} Naming the field.
 */
export function checkedProjects(field: string, projects: unknown): Project[] {
  const list = array(field, projects);
  if (list.length === 0) refuse(field, "a list of one project or more");
  const checked: Project[] = [];
  for (const [index, project] of list.entries()) checked.push(checkedProject(`${field}[${index}]`, project, checked));
  return checked;
}

/**
 * Reads the projects of a JSON file: a list of objects.
 *
 * @param read Gives the text.
 * @param projects Gets those that are good.
 * @returns What is wrong with the others, or with the file. A message of `JSON.parse` might show a certificate.
 */
export function readProjects(read: () => string, projects: Project[]): string[] {
  let list: unknown;
  try {
    list = JSON.parse(read().replace(/^\uFEFF/, ""));
  } catch (error) {
    return [error instanceof SyntaxError ? "is not JSON" : "cannot be read"];
  }
  if (!Array.isArray(list) || list.length === 0) return ['must be a list like [{"appId": …, "appCertificate": …}]'];
  return list.flatMap((project, index) => {
    try {
      projects.push(checkedProject(`projects[${index}]`, project, projects));
      return [];
    } catch (error) {
      return [`has a bad entry: ${(error as Error).message}`];
    }
  });
}

/** A project, checked; its App ID is that of none before it. */
function checkedProject(path: string, project: unknown, before: readonly Project[]): Project {
  const { appId, appCertificate, secondCertificate, ...rest } = record(path, project);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse(path, "an object of appId, appCertificate and secondCertificate, with nothing else");
  const id = hexId(`${path}.appId`, appId);
  if (findProject(before, id) !== undefined) refuse(`${path}.appId`, "the App ID of no project before it");
  return {
    appId: id,
    appCertificate: hexId(`${path}.appCertificate`, appCertificate),
    ...(secondCertificate === undefined ? {} : { secondCertificate: hexId(`${path}.secondCertificate`, secondCertificate) }),
  };
}

/** The project of an App ID, whatever the case of its letters. */
export function findProject(projects: readonly Project[], appId: string): Project | undefined {
  return projects.find((project) => project.appId.toLowerCase() === appId.toLowerCase());
}

/** The project that a request names by its App ID, or the first. */
export function projectOf(projects: readonly Project[], appId: unknown): Project {
  const project = appId === undefined ? projects[0] : findProject(projects, string("appId", appId));
  return project ?? refuse("appId", "that of a project of this server");
}

/** The certificates of the project of an App ID, the current one first; none where it is unknown. */
export function certificatesOf(projects: readonly Project[], appId: string): string[] {
  const { appCertificate, secondCertificate } = findProject(projects, appId) ?? {};
  return [appCertificate, secondCertificate].filter((certificate) => certificate !== undefined);
}
