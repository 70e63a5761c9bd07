import { fail } from "../server/problems.ts";

// The JSON files that variables name.

/** Reads the text of a file. */
export type ReadText = (path: string) => string;

/** The list in a JSON file. */
export function readList(path: string, readText: ReadText): unknown[] {
  const list = readJson(path, readText);
  return Array.isArray(list) && list.length > 0 ? list : fail('it must be a list like [{"appId": …, "appCertificate": …}]');
}

/** The content of a JSON file, with or without a byte order mark. A message of `JSON.parse` may show a secret, and is dropped. */
export function readJson(path: string, readText: ReadText): unknown {
  try {
    return JSON.parse(readText(path).replace(/^\uFEFF/, ""));
  } catch (error) {
    return error instanceof SyntaxError ? fail("it is not JSON") : fail("it cannot be read", error);
  }
}
