/** Stand-in for `jsr:@std/dotenv/parse` on `node:util`'s `parseEnv`. @module */
import { parseEnv } from "node:util";

/**
 * Parses the text of a `.env` file.
 *
 * @throws For a `$`, which the real one expands: what is given to both must have none.
 */
export function parse(text: string): Record<string, string> {
  if (text.includes("$")) throw new Error("The real @std/dotenv expands a `$`, and this does not");
  return parseEnv(text) as Record<string, string>;
}
