import { issueTime } from "../formats/common.ts";
import { APP_CERTIFICATE, APP_ID } from "../config/credentials.ts";
import { AgoraTokenError } from "../errors.ts";
import { WRAPPINGS } from "../inspect/catalogue.ts";
import { INTENTS } from "../inspect/intents.ts";
import { inspectToken } from "../inspect/inspect.ts";
import { readPasted } from "../inspect/find/pasted.ts";
import { type VerifyOptions, verifyToken } from "../inspect/verify.ts";
import { answerLines } from "./batch.ts";
import { buildForPeople, buildHelp, buildOptions, CREDENTIALS_HELP, type Options, untyped } from "./build.ts";
import { EXPLAIN_HELP, explainForPeople, explainLine } from "./explain.ts";
import { FIND_HELP, findForPeople, findLine } from "./find.ts";
import { GUESS_HELP, guessForPeople, guessLine } from "./guess.ts";
import { jsonOfError } from "./json.ts";
import { buildLine, diagnoseLine, diagnosisOf, jsonOfVerification, parseLine, verifyLine } from "./lines.ts";
import type { Awaitable } from "../runtime/engine.ts";
import { complain, environment, firstInputLine, inputLines, inputText, LONGEST_LINE, print, wantsColor } from "./terminal.ts";
import type { OptionTypes } from "./names.ts";
import { isWhiteboard, takenBy, whiteboardForPeople } from "./whiteboard.ts";
import { painter, viewFindings, viewInspection, viewVerification } from "./view.ts";

/** A command, for scripts and for people. */
export interface Command {
  /** What it does, in a line. */
  readonly summary: string;
  /** The options besides those of every command. */
  readonly options: OptionTypes;
  /** The help text, for some commands of a topic. */
  readonly help: (topic?: string) => string;
  /** Answers a line of `--batch`. */
  readonly line: (input: unknown) => Awaitable<object>;
  /** Prints for people, and gives the exit status. */
  readonly people: (positionals: string[], options: Options) => Promise<number>;
}

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;

const VERIFY_OPTIONS = {
  "env-file": TEXT,
  "certificate-stdin": FLAG,
  now: TEXT,
  clockTolerance: TEXT,
  channelName: TEXT,
  uid: TEXT,
  account: TEXT,
  service: TEXT,
} as const;

const VERIFY_HELP = `[TOKEN] [--channelName NAME] [--uid UID | --account NAME] [--service NAME]
    [--now UNIX_TIME] [--clockTolerance DURATION] [--json]`;

const TOKEN_HELP =
  `Without TOKEN, the token is read from standard input. What stands around it is removed and reported; of several, the first counts.
`;

/** The commands by name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  build: {
    summary: "make a token",
    options: {
      "env-file": TEXT,
      "certificate-stdin": FLAG,
      "token-only": FLAG,
      header: FLAG,
      ...Object.fromEntries(buildOptions().map((name) => [name, name === "app" ? FLAG : TEXT])),
    },
    help: buildHelp,
    line: buildLine,
    people: buildForPeople,
  },
  parse: {
    summary: "show every field and byte of a token; also called decode",
    options: { tokens: TEXT },
    help: () =>
      `agoratoken parse [TOKEN] [--json]      (or decode, or nothing but the token)
agoratoken parse --tokens FILE

${TOKEN_HELP}With --tokens, FILE (- for standard input) has one token on each line, and the output has one line of JSON for each.
parse does not check the signature: see verify.
`,
    line: parseLine,
    people: parseForPeople,
  },
  verify: {
    summary: "check signature and validity of a token",
    options: VERIFY_OPTIONS,
    help: () =>
      `agoratoken verify ${VERIFY_HELP}

${TOKEN_HELP}The formats before 007 sign names that are not in the token: give the channel, user and service that it was made for.
The exit status is 0 if the token is genuine and valid now, else 1.

${CREDENTIALS_HELP}`,
    line: verifyLine,
    people: verifyForPeople,
  },
  diagnose: {
    summary: "say whether a token will work, and if not, why",
    options: { ...VERIFY_OPTIONS, appId: TEXT, intent: TEXT },
    help: () =>
      `agoratoken diagnose ${VERIFY_HELP}
    [--appId APPID] [--intent PURPOSE]

${TOKEN_HELP}PURPOSE is one of ${Object.keys(INTENTS).join(", ").replace(/(.{90,106},) /g, "$1\n")}.
Give all that you know; App ID and certificate are taken from the environment. The exit status is 0 if the token works, 1 if
it fails, and 2 if that cannot be determined.

${CREDENTIALS_HELP}`,
    line: diagnoseLine,
    people: diagnoseForPeople,
  },
  find: {
    summary: "find the tokens in any text",
    options: {},
    help: () => FIND_HELP,
    line: findLine,
    people: findForPeople,
  },
  explain: {
    summary: "say what an error message or number means, and what to do",
    options: { sdk: TEXT },
    help: () => EXPLAIN_HELP,
    line: explainLine,
    people: explainForPeople,
  },
  guess: {
    summary: "guess the channel and user of a 006 token, which holds their checksums",
    options: { channelNames: TEXT, users: TEXT },
    help: () =>
      `agoratoken guess [TOKEN] [--channelNames NAME,NAME] [--users NAME,NAME] [--json]\n\n${TOKEN_HELP}${GUESS_HELP}`,
    line: guessLine,
    people: async (positionals, options) => await guessForPeople(await pastedToken("guess", positionals), options),
  },
};

/** The first token in an argument or in standard input. */
async function pastedToken(command: string, [text, ...more]: string[]): Promise<string> {
  if (more.length > 0) throw new AgoraTokenError("unknown-field", `${command} takes one token`);
  const { read, found: [first, ...others] } = await readPasted(text ?? await inputText(), { maxText: LONGEST_LINE });
  if (first !== undefined) complain(`Removed from the text: ${first.wrappings.map((what) => WRAPPINGS[what]).join(", ")}.`);
  if (others.length > 0) complain(`The text has ${others.length + 1} tokens; this is the first: see find.`);
  return takenBy(command, read.text);
}

async function parseForPeople(positionals: string[], options: Options): Promise<number> {
  if (options.tokens !== undefined) {
    if (positionals.length > 0) throw new AgoraTokenError("unknown-field", "parse takes one token, or a file of tokens");
    return await parseTokens(options.tokens as string);
  }
  const token = await pastedToken("parse", positionals);
  if (isWhiteboard(token)) return await whiteboardForPeople(token, options.json === true);
  if (options.json) return await printJson(() => parseLine({ token }));
  const inspection = await inspectToken(token);
  const status = inspection.error === undefined ? 0 : 1;
  await print(viewInspection(inspection, issueTime(undefined), painter(wantsColor())), status);
  return status;
}

/** One line of JSON for each token of a file or pipe. */
async function parseTokens(path: string): Promise<number> {
  try {
    return await answerLines(
      inputLines(path === "-" ? undefined : path),
      async (line) => await parseLine({ token: (await readPasted(line, {})).read.text }),
    );
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new AgoraTokenError("invalid-value", "The file of tokens cannot be read", { field: "tokens" });
  }
}

/** The options of `verify` and `diagnose` as a line of `--batch`, and the credentials of the machine. */
async function lineOfOptions(
  command: string,
  positionals: string[],
  { "env-file": envFile, "certificate-stdin": fromInput, json: _json, now, clockTolerance, ...given }: Options,
): Promise<{ line: { token: string; now?: number }; credentials: Record<string, string | undefined> }> {
  if (fromInput && positionals.length === 0) {
    throw new AgoraTokenError("invalid-value", "With --certificate-stdin, give the token as an argument");
  }
  const credentials = await environment(envFile as string | undefined);
  if (fromInput) credentials[APP_CERTIFICATE] = await firstInputLine();
  const token = await pastedToken(command, positionals);
  return { line: { token, ...numbers({ now, clockTolerance }), ...given }, credentials };
}

async function verifyForPeople(positionals: string[], options: Options): Promise<number> {
  const { line, credentials: { [APP_CERTIFICATE]: appCertificate } } = await lineOfOptions("verify", positionals, options);
  if (!appCertificate) {
    throw new AgoraTokenError("invalid-value", `${APP_CERTIFICATE} is not set: set it in the environment or in .env`);
  }
  const { token, ...rest } = line;
  const verification = await verifyToken(token, { certificates: appCertificate, ...rest } as VerifyOptions);
  const status = verification.ok ? 0 : 1;
  if (options.json) return await printJson(() => Promise.resolve(jsonOfVerification(verification)), status);
  await print(viewVerification(verification, line.now ?? issueTime(undefined), painter(wantsColor())), status);
  return status;
}

async function diagnoseForPeople(positionals: string[], options: Options): Promise<number> {
  const { line, credentials: { [APP_ID]: appId, [APP_CERTIFICATE]: appCertificate } } = await lineOfOptions(
    "diagnose",
    positionals,
    options,
  );
  const known = { ...(appId ? { appId } : {}), ...(appCertificate ? { appCertificate } : {}), ...line };
  const { verdict, findings, moreFindings } = await diagnosisOf(known);
  const status = { works: 0, fails: 1, unknown: 2 }[verdict];
  if (options.json) {
    await print(JSON.stringify({ verdict, findings }) + "\n", status);
    return status;
  }
  const paint = painter(wantsColor());
  const verdicts = {
    works: paint("good", "The token works, as far as can be checked here."),
    fails: paint("bad", "The token fails."),
    unknown: paint("warning", "Whether the token works cannot be determined from what was given."),
  };
  const lines = [verdicts[verdict], ...(findings.length === 0 ? [] : ["", viewFindings(findings, paint, moreFindings)])];
  await print(lines.join("\n") + "\n", status);
  return status;
}

function numbers(values: Record<string, string | boolean | undefined>): { now?: number } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, untyped(name, value)]));
}

/** Prints an answer and returns `status`; or prints its error and returns 1. */
async function printJson(line: () => Promise<object>, status = 0): Promise<number> {
  let output: object;
  try {
    output = await line();
  } catch (error) {
    output = jsonOfError(error);
    status = 1;
  }
  await print(JSON.stringify(output) + "\n", status);
  return status;
}
