import { fail } from "../server/problems.ts";

// Secrets and files: each is the text of a variable, or of the file that another variable names.

/** Reads the text of a file. */
export type ReadText = (path: string) => string;

/** The variables that a text may come from: `NAME`, and else `NAME_FILE`, which names its file. */
export function orFile<Name extends string>(name: Name): [Name, `${Name}_FILE`] {
  return [name, `${name}_FILE`];
}

/**
 * The text that a variable gives, without whitespace around it, which files have at their end.
 *
 * @param name The variable, by whose name the value is the text or the path of a file.
 */
export function textFrom(name: string, value: string, readText: ReadText): string {
  try {
    return (name.endsWith("_FILE") ? readText(value) : value).trim(); // a byte order mark is whitespace here
  } catch (error) {
    return fail(`${name}: it cannot be read`, error);
  }
}

/** The list in a JSON text. */
export function listFrom(text: string): unknown[] {
  const list = jsonFrom(text);
  return Array.isArray(list) && list.length > 0 ? list : fail('it must be a list like [{"appId": …, "appCertificate": …}]');
}

/** The content of a JSON text. The message of `JSON.parse` may show a secret, and is dropped. */
export function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("it is not JSON");
  }
}
