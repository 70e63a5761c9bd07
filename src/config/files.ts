import { AgoraTokenError } from "../errors.ts";
import { type Access, loadAccess } from "../server/mod.ts";
import type { Problems } from "../server/problems.ts";
import { checkedProject, type Project } from "../server/projects.ts";

// The JSON files that variables name.

/** Reads the text of a file. */
export type ReadText = (path: string) => string;

/**
 * The access that a file gives.
 *
 * @throws {AgoraTokenError} For a file that cannot be read; and with everything that is wrong in `problems`.
 */
export async function readAccess(path: string, readText: ReadText): Promise<Access> {
  return await loadAccess(readJson(path, readText));
}

/**
 * Adds the projects of a file to others, whose App IDs it must not repeat. What is wrong with one is noted, and the rest added.
 *
 * @throws {AgoraTokenError} For a file that cannot be read, or holds no list.
 */
export function readProjects(path: string, readText: ReadText, projects: Project[], { attempt }: Problems): void {
  const list = readJson(path, readText);
  if (!Array.isArray(list) || list.length === 0) {
    throw new AgoraTokenError("invalid-value", 'it must be a list like [{"appId": …, "appCertificate": …}]');
  }
  for (const [index, project] of list.entries()) {
    attempt(() => projects.push(checkedProject(`AGORATOKEN_PROJECTS_FILE[${index}]`, project, projects)));
  }
}

/** The content of a JSON file, with or without a byte order mark. A message of `JSON.parse` may show a secret, and is dropped. */
function readJson(path: string, readText: ReadText): unknown {
  try {
    return JSON.parse(readText(path).replace(/^\uFEFF/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) throw new AgoraTokenError("invalid-value", "it is not JSON");
    throw new AgoraTokenError("invalid-value", "it cannot be read", { cause: error });
  }
}
