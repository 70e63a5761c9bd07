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
import { runServer, SERVE_HELP, SERVE_OPTIONS } from "../config/program.ts";
import { AgoraTokenError } from "../errors.ts";
import { findTokens } from "../inspect/find/find.ts";
import { VERSION } from "../server/contracts/openapi.ts";
import { answerLines, parseJson } from "./batch.ts";
import type { Options } from "./build.ts";
import { type Command, COMMANDS } from "./commands.ts";
import { completions, COMPLETIONS_HELP } from "./completions.ts";
import { MCP_HELP, MCP_OPTIONS, runMcp } from "./mcp.ts";
import { nearest, type OptionTypes, withKnownNames } from "./names.ts";
import { complain, inputLines, LONGEST_LINE, print } from "./terminal.ts";

/** Commands that are not about a token, with what they do and their help. */
const OTHERS: Readonly<Record<string, { summary: string; help: () => string }>> = {
  serve: { summary: "run the token server, with its page", help: () => SERVE_HELP },
  mcp: { summary: "serve inspect, diagnose, explain and find to models (MCP)", help: () => MCP_HELP },
  completions: { summary: "complete commands and options in bash or zsh", help: () => COMPLETIONS_HELP },
};

/** Other names of commands. */
const ALIASES: Readonly<Record<string, string>> = { decode: "parse" };

/** What people call commands elsewhere: what is meant is only asked, since it may be another. */
const ELSEWHERE: Readonly<Record<string, RegExp>> = {
  build: /^(generate|create|make|mint|new|sign|token)$/,
  parse: /^(inspect|read|show|dump|view)$/,
  verify: /^(check|validate)$/,
  diagnose: /^(debug|doctor|why)$/,
  serve: /^(start|run|listen|up|dev)$/,
};

const COMMON: OptionTypes = { batch: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } };

/**
 * Runs one command.
 *
 * @param args The arguments after the program's name.
 * @param page Gives the page that `serve` shows at `/`, as HTML; without it there is none.
 * @returns The exit status: 0 for success; 1 for an error, for a token that is not genuine or not valid now, and with `--batch`
 * if any line gave an error; 2 if `diagnose` cannot determine whether a token works.
 */
export async function main(args: readonly string[], page?: () => Promise<string>): Promise<number> {
  const [first = "", ...rest] = args;
  const name = Object.hasOwn(ALIASES, first) ? ALIASES[first]! : first;
  try {
    if (["--version", "-V", "-v", "version"].includes(name)) return await say(`${VERSION}\n`);
    if (name === "--help" || name === "-h" || name === "help") return await help(rest);
    if (name === "serve") return await runServer(rest, listenInNode, page);
    if (Object.hasOwn(OTHERS, name) && rest.some((arg) => arg === "--help" || arg === "-h")) return await help([name]);
    if (name === "mcp") return await runMcp(rest);
    if (name === "completions") return await say(completions(rest[0], words()));
    if (Object.hasOwn(COMMANDS, name)) return await run(name, COMMANDS[name]!, rest);
    if (isToken(first)) return await run("parse", COMMANDS.parse!, args);
    complain(args.length === 0 ? usage() : `${unknown(first)}\n\n${usage()}`);
  } catch (error) {
    complain(sentence(error));
  }
  return 1;
}

async function run(name: string, command: Command, args: readonly string[]): Promise<number> {
  const types = { ...command.options, ...COMMON };
  const known = withKnownNames(name === "explain" ? numbersLast(args) : args, types);
  const { values, positionals } = parseArgs({ args: known, options: types, allowPositionals: true });
  const options = values as Options;
  if (options.help) return await say(command.help(positionals[0]));
  const [other] = [...positionals, ...Object.keys(options).filter((name) => name !== "batch")];
  if (options.batch && other !== undefined) {
    throw new AgoraTokenError(
      "unknown-field",
      "--batch takes no other options or arguments: everything is in the lines of standard input",
    );
  }
  if (options.batch) return await answerLines(inputLines(), (line) => command.line(parseJson(line)));
  return await command.people(positionals, options);
}

/** `help COMMAND TOPIC`; without a command, what there is. */
async function help([first = "", topic]: readonly string[]): Promise<number> {
  const name = Object.hasOwn(ALIASES, first) ? ALIASES[first]! : first;
  const command = { ...COMMANDS, ...OTHERS }[name];
  if (command === undefined && first !== "") throw new AgoraTokenError("unknown-field", unknown(first));
  return await say(command?.help(topic) ?? usage());
}

async function say(text: string): Promise<number> {
  await print(text, 0);
  return 0;
}

/** Whether an argument that is no command has, or begins as, a token. */
function isToken(text: string): boolean {
  return /^(00[1-7]|1:|NETLESS(SDK|ROOM|TASK)_)/.test(text) || findTokens(text, { maxText: LONGEST_LINE }).length > 0;
}

/** What follows an unknown command; the word itself is not repeated, since it may be anything that was pasted. */
function unknown(word: string): string {
  const [elsewhere] = Object.entries(ELSEWHERE).find(([, words]) => words.test(word)) ?? [];
  const near = elsewhere ?? nearest(word, names());
  return near === undefined ? "Unknown command." : `Unknown command: did you mean ${near}?`;
}

/** The names of all commands, other names included. */
function names(): string[] {
  return [COMMANDS, ALIASES, OTHERS].flatMap((table) => Object.keys(table));
}

/** The words that can follow each command, for completions. */
function words(): Record<string, string[]> {
  const options = (types: OptionTypes) => Object.keys(types).map((option) => `--${option}`);
  const aliased = Object.entries(ALIASES).map(([name, command]) => [name, COMMANDS[command]!] as const);
  return {
    ...Object.fromEntries(
      [...Object.entries(COMMANDS), ...aliased].map(([name, command]) => [name, options({ ...command.options, ...COMMON })]),
    ),
    serve: options(SERVE_OPTIONS),
    mcp: options(MCP_OPTIONS),
    completions: ["bash", "zsh"],
    help: names(),
  };
}

/** Arguments of which negative numbers, as `-17`, are no options. */
function numbersLast(args: readonly string[]): string[] {
  const isNumber = (arg: string) => /^-\d+$/.test(arg);
  return args.includes("--") ? [...args] : [...args.filter((arg) => !isNumber(arg)), "--", ...args.filter(isNumber)];
}

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
  const list = Object.entries({ ...COMMANDS, ...OTHERS }).map(([name, { summary }]) => `  ${name.padEnd(11)}  ${summary}`);
  return `agoratoken COMMAND [OPTIONS]

  agoratoken build rtc --channel lobby --uid 1001 --role host
  agoratoken diagnose TOKEN --channel lobby --uid 1001
  agoratoken serve --demo

${list.join("\n")}

  --batch    read one JSON object per line of standard input, and write one per line
  --json     print JSON instead of tables
  --help     show the options of a command, as help COMMAND does
  --version  show the version
`;
}
