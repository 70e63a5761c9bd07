/** Stand-in for `jsr:@std/dotenv/parse` on `node:util`'s `parseEnv`. @module */
import { parseEnv } from "node:util";

/** Parses the text of a `.env` file. */
export function parse(text: string): Record<string, string> {
  return parseEnv(text) as Record<string, string>;
}
