import { hexId, record, refuse } from "../validate.ts";
import { type Checks, fieldsFrom, listOf, optional } from "./fields.ts";

/** A project's identity and secret. */
export interface Credentials {
  /** The App ID: 32 hexadecimal characters. */
  appId: string;
  /** The App Certificate: 32 hexadecimal characters. Never log it. */
  appCertificate: string;
}

/** One Agora project. */
export interface Project extends Credentials {
  /** The secondary certificate, while the project changes its certificate: tokens are made with the primary, and verified with both. */
  secondCertificate?: string;
}

const PROJECT_CHECKS: Checks<Project> = { appId: hexId, appCertificate: hexId, secondCertificate: optional(hexId) };

/**
 * A list of projects, checked: one or more, each with an App ID and certificates, and no App ID twice.
 *
 * @throws {AgoraTokenError} Naming the field.
 */
export function checkedProjects(field: string, projects: unknown): Project[] {
  const checked: Project[] = [];
  listOf((path, project) => checked.push(checkedProject(path, project, checked)))(field, projects);
  return checked.length > 0 ? checked : refuse(field, "a list of one project or more");
}

/**
 * One project, checked.
 *
 * @param others The projects that must not have its App ID too.
 * @throws {AgoraTokenError} Naming the field.
 */
export function checkedProject(path: string, project: unknown, others: readonly Project[]): Project {
  const checked = fieldsFrom(`${path}.`, record(path, project), PROJECT_CHECKS);
  if (findProject(others, checked.appId) !== undefined) refuse(`${path}.appId`, "the App ID of no project before it");
  return checked;
}

/** The project of an App ID, whatever the case of its letters. */
export function findProject(projects: readonly Project[], appId: string): Project | undefined {
  return projects.find((project) => project.appId.toLowerCase() === appId.toLowerCase());
}

/** The certificates of the project of an App ID, the primary first; none where the App ID is unknown. */
export function projectCertificates(projects: readonly Project[], appId: string): string[] {
  const { appCertificate, secondCertificate } = findProject(projects, appId) ?? {};
  return [appCertificate, secondCertificate].filter((certificate) => certificate !== undefined);
}

/**
 * The same project, whose certificates neither `console.log` nor `JSON.stringify` shows, nor `{...project}` copies. They are
 * read as before.
 */
export function unshown(project: Project): Project {
  const fields = Object.entries(project).map(([name, value]) => [name, { value, enumerable: name === "appId" }]);
  return Object.defineProperties({}, Object.fromEntries(fields)) as Project;
}
