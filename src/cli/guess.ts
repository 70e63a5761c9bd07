import type { Candidates } from "../formats/candidates.ts";
import { guessNames, type GuessOptions } from "../formats/guess.ts";
import type { ParsedToken006 } from "../formats/legacy_types.ts";
import { parseToken } from "../inspect/parse.ts";
import { visible } from "../inspect/words.ts";
import { onlyKeys, record, string } from "../validate.ts";
import { type Options, untyped } from "./build.ts";
import { print } from "./terminal.ts";

// The command that guesses the names whose checksums a 006 holds.

/** What the command takes, besides the token. */
export const GUESS_HELP =
  `A 006 holds only checksums of channel and user. This tries the names given, or else the obvious ones: no name, what samples and
people call channels and users, and the numbers from 0 to 100000. Names are separated by commas, or a list of JSON. The account of an
RTM token stands in the channel's place. The exit status is 1 where neither is found.
`;

/** Answers a line of `guess --batch`. */
export async function guessLine(input: unknown): Promise<Candidates> {
  const { token, ...names } = record("line", input);
  onlyKeys(names, ["channelNames", "users"]);
  return guessNames(await parseToken(string("token", token)) as ParsedToken006, names as GuessOptions);
}

/** Prints the names that a token may be for. */
export async function guessForPeople(token: string, { channelNames, users, json }: Options): Promise<number> {
  const found = await guessLine({ token, ...listed({ channelNames, users }) });
  const status = found.channelNames.length > 0 || found.users.length > 0 ? 0 : 1;
  const say = (what: string, names: readonly string[], none: string) => {
    const said = names.map((name) => name === "" ? none : visible(JSON.stringify(name)));
    return `${what}  ${said.join(" or ") || "none of the names that were tried"}\n`;
  };
  const lines = say("channel", found.channelNames, "any channel") + say("user   ", found.users, "any user, or an RTM token");
  await print(json ? JSON.stringify(found) + "\n" : lines, status);
  return status;
}

/** Options that are lists of names. */
function listed(options: Options): Record<string, unknown> {
  const given = Object.entries(options).filter((option): option is [string, string] => option[1] !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, value.startsWith("[") ? untyped(name, value) : value.split(",")]),
  );
}
