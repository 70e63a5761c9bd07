import { AgoraTokenError } from "../errors.ts";
import { WRAPPINGS } from "../inspect/catalogue.ts";
import { findTokens, type FoundToken } from "../inspect/find/find.ts";
import { onlyKeys, record, string } from "../validate.ts";
import type { Options } from "./build.ts";
import { inputText, LONGEST_LINE, print, wantsColor } from "./terminal.ts";
import { painter } from "./view.ts";

// The command that finds tokens.

/** What the command takes. */
export const FIND_HELP = `agoratoken find [TEXT] [--json]

Prints every token in a text: a log, code, JSON, a URL, a setting. Without TEXT, it is read from standard input. A token is printed as
a client takes it, with its format, its first and last character in the text, and what was around it and undone in it.
The exit status is 1 where none is found.
`;

/** Answers a line of `find --batch`. */
// deno-lint-ignore require-await -- what it throws is the answer to a line
export async function findLine(input: unknown): Promise<{ tokens: Omit<FoundToken, "asFound">[] }> {
  const { text } = record("line", input);
  onlyKeys(input as object, ["text"]);
  return {
    tokens: findTokens(string("text", text), { maxText: LONGEST_LINE }).map(({ asFound: _asFound, ...found }) => found),
  };
}

/** Prints the tokens of a text. */
export async function findForPeople([text, ...more]: string[], { json }: Options): Promise<number> {
  if (more.length > 0) throw new AgoraTokenError("unknown-field", "find takes one text: put it in quotes");
  const found = await findLine({ text: text ?? await inputText() });
  const status = found.tokens.length > 0 ? 0 : 1;
  const paint = painter(wantsColor());
  const lines = found.tokens.map(({ token, version, start, end, wrappings }) => {
    const had = wrappings.length === 0 ? "" : `; the text has ${wrappings.map((what) => WRAPPINGS[what]).join(", ")}`;
    return `${token}\n${paint("dim", `  ${version}, characters ${start + 1} to ${end}${had}`)}\n`;
  });
  const words = lines.length === 0 ? "No token is in the text.\n" : lines.join("");
  await print(json ? JSON.stringify(found) + "\n" : words, status);
  return status;
}
