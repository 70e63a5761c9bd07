/**
 * The command line as a function.
 *
 * ```ts
 * import { main } from "@agoratoken/agoratoken/cli";
 *
 * const status: number = await main(["--help"]);
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { listenInNode } from "../config/listen_node.ts";
import { runServer } from "../config/program.ts";
import { AgoraTokenError } from "../errors.ts";
import { answerLines, parseJson } from "./batch.ts";
import type { Options } from "./build.ts";
import { COMMANDS } from "./commands.ts";
import { complain, inputLines, print } from "./terminal.ts";

/**
 * Runs one command.
 *
 * @param args The arguments after the program's name.
 * @param page Gives the page that `serve` shows at `/`, as HTML; without it there is none.
 * @returns The exit status: 0 for success; 1 for an error, for a token that is not genuine or not valid now, and with `--batch`
 * if any line gave an error; 2 if `diagnose` cannot determine whether a token works.
 */
export async function main(args: readonly string[], page?: () => Promise<string>): Promise<number> {
  const [name, ...rest] = args;
  if (name === "serve") return await runServer(rest, listenInNode, page);
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const help = name === "--help" || name === "-h" || name === "help";
    if (help) await print(usage(), 0);
    else complain(name === undefined ? usage() : `Unknown command.\n\n${usage()}`);
    return help ? 0 : 1;
  }
  try {
    const { values, positionals } = parseArgs({
      args: name === "explain" ? numbersLast(rest) : rest,
      options: { ...command.options, ...COMMON },
      allowPositionals: true,
    });
    const options = values as Options;
    if (options.help) {
      await print(command.help(), 0);
      return 0;
    }
    const [other] = [...positionals, ...Object.keys(options).filter((name) => name !== "batch")];
    if (options.batch && other !== undefined) {
      throw new AgoraTokenError(
        "unknown-field",
        "--batch takes no other options or arguments: everything is in the lines of standard input",
      );
    }
    if (options.batch) return await answerLines(inputLines(), (line) => command.line(parseJson(line)));
    return await command.people(positionals, options);
  } catch (error) {
    complain(sentence(error));
    return 1;
  }
}

/** Arguments of which negative numbers, as `-17`, are no options. */
function numbersLast(args: readonly string[]): string[] {
  const isNumber = (arg: string) => /^-\d+$/.test(arg);
  return args.includes("--") ? [...args] : [...args.filter((arg) => !isNumber(arg)), "--", ...args.filter(isNumber)];
}

const COMMON = { batch: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** The message of a failure, for people. */
function sentence(error: unknown): string {
  if (error instanceof AgoraTokenError) return error.message;
  const { code } = error as { code?: unknown };
  if (String(code).startsWith("ERR_PARSE_ARGS")) return (error as Error).message;
  if (code === "ENOENT") return "The env file does not exist.";
  if (error instanceof Error && "syscall" in error) return "The env file cannot be read.";
  throw error;
}

function usage(): string {
  const summaries = [
    ["serve", "run the token server"],
    ...Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]),
  ];
  const width = Math.max(...summaries.map(([name]) => name!.length));
  const list = summaries.map(([name, summary]) => `  ${name!.padEnd(width)}  ${summary}`).join("\n");
  return `agoratoken COMMAND [OPTIONS]

${list}

  --batch  read one JSON object per line of standard input, and write one per line
  --json   print JSON instead of tables
  --help   show the options of a command
`;
}
