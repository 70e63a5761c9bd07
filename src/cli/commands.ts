import { issueTime } from "../formats/common.ts";
import { APP_CERTIFICATE, APP_ID } from "../config/credentials.ts";
import { AgoraTokenError, invalidType } from "../errors.ts";
import { type DiagnoseOptions, diagnoseToken } from "../inspect/diagnose.ts";
import { WRAPPINGS } from "../inspect/catalogue.ts";
import { INTENTS } from "../inspect/expected.ts";
import { inspectToken } from "../inspect/inspect.ts";
import * as messages from "../inspect/messages/mod.ts";
import type { Diagnosis, Verification } from "../inspect/judge.ts";
import { parseToken } from "../inspect/parse.ts";
import { unwrapToken } from "../inspect/unwrap.ts";
import { type VerifyOptions, verifyToken } from "../inspect/verify.ts";
import { packToken } from "../formats/pack.ts";
import { onlyKeys, record, string } from "../validate.ts";
import { jsonOfToken } from "../inspect/json.ts";
import { answerLines } from "./batch.ts";
import { buildForPeople, buildHelp, buildOptions, CREDENTIALS_HELP, type Options, untyped } from "./build.ts";
import { EXPLAIN_HELP, explainForPeople, explainLine } from "./explain.ts";
import { jsonOfError, tokenOfJson } from "./json.ts";
import { complain, environment, firstInputLine, inputLines, inputText, print, wantsColor } from "./terminal.ts";
import { type Paint, painter, viewFindings, viewInspection, viewTime } from "./view.ts";

/** A command: for scripts a function from line to line, for people one that prints. */
interface Command {
  readonly summary: string;
  readonly options: Readonly<Record<string, { type: "string" | "boolean" }>>;
  readonly help: () => string;
  readonly line: (input: unknown) => Promise<object>;
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
    [--now SECONDS] [--clockTolerance SECONDS] [--json]`;

const TOKEN_HELP =
  `Without TOKEN, the token is read from standard input. Whitespace, quotes, JSON or a URL around it are removed and reported.
`;

/** The commands by name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  build: {
    summary: "make a token",
    options: {
      "env-file": TEXT,
      "certificate-stdin": FLAG,
      ...Object.fromEntries(buildOptions().map((name) => [name, name === "app" ? FLAG : TEXT])),
    },
    help: buildHelp,
    line: buildLine,
    people: buildForPeople,
  },
  parse: {
    summary: "show every field and byte of a token",
    options: { tokens: TEXT },
    help: () =>
      `agoratoken parse [TOKEN] [--json]
agoratoken parse --tokens FILE

${TOKEN_HELP}With --tokens, a file (- for standard input) has one token on each line, and each gives a line of JSON.
It proves nothing: see verify.
`,
    line: parseLine,
    people: parseForPeople,
  },
  verify: {
    summary: "check signature and validity of a token",
    options: VERIFY_OPTIONS,
    help: () =>
      `agoratoken verify ${VERIFY_HELP}

${TOKEN_HELP}The formats before 007 sign names that they do not hold: give the channel, user and service that they need.
The exit status is 0 for a token that is genuine and valid now.

${CREDENTIALS_HELP}`,
    line: verifyLine,
    people: verifyForPeople,
  },
  diagnose: {
    summary: "say whether a token will work, and if not, why",
    options: { ...VERIFY_OPTIONS, appId: TEXT, intent: TEXT },
    help: () =>
      `agoratoken diagnose ${VERIFY_HELP}
    [--appId APPID] [--intent ${Object.keys(INTENTS).join(" | ")}]

${TOKEN_HELP}Give whatever is known; App ID and certificate of the environment are used. The exit status is 0 for a token that works,
1 for one that fails, 2 where that cannot be known.

${CREDENTIALS_HELP}`,
    line: diagnoseLine,
    people: diagnoseForPeople,
  },
  explain: {
    summary: "say what an error message or number means, and what to do",
    options: { sdk: TEXT },
    help: () => EXPLAIN_HELP,
    line: explainLine,
    people: explainForPeople,
  },
};

async function buildLine(input: unknown): Promise<object> {
  const { token, appCertificate } = tokenOfJson(record("line", input));
  return { token: await packToken(token, appCertificate) };
}

async function parseLine(input: unknown): Promise<object> {
  const { token } = onlyWith(["token"], input);
  return jsonOfToken(await parseToken(string("token", token)));
}

async function verifyLine(input: unknown): Promise<object> {
  const { token, appCertificate, ...rest } = onlyWith(VERIFY_KEYS, input);
  const certificates = certificatesOf(appCertificate);
  return jsonOfVerification(await verifyToken(string("token", token), { ...rest, certificates } as VerifyOptions));
}

async function diagnoseLine(input: unknown): Promise<object> {
  const { token, appCertificate, ...rest } = onlyWith([...VERIFY_KEYS, "appId", "intent"], input);
  const certificates = certificatesOf(appCertificate === undefined ? [] : appCertificate);
  const { verdict, findings } = await diagnoseToken(
    string("token", token),
    { ...rest, certificates, messages } as DiagnoseOptions,
  );
  return { verdict, findings };
}

/** The keys of a line of `verify --batch`. */
const VERIFY_KEYS = ["token", "appCertificate", "now", "clockTolerance", "channelName", "uid", "account", "service"];

/** A line that has these keys, and no others. */
function onlyWith(keys: readonly string[], input: unknown): Record<string, unknown> {
  const line = record("line", input);
  onlyKeys(line, keys);
  return line;
}

/** One certificate, or several. */
function certificatesOf(value: unknown): string | string[] {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) throw invalidType("appCertificate", "a string or an array", value);
  return value.map((certificate, index) => string(`appCertificate[${index}]`, certificate));
}

function jsonOfVerification({ signature, ok, findings, error }: Verification): object {
  if (error !== undefined) throw error;
  return { signature, ok, findings };
}

/** The token of an argument or of standard input, without what was pasted around it. */
async function pastedToken(command: string, [text, ...more]: string[]): Promise<string> {
  if (more.length > 0) throw new AgoraTokenError("unknown-field", `${command} takes one token`);
  const { token, stripped } = unwrapToken(text ?? await inputText());
  if (stripped.length > 0) complain(`Removed from the text: ${stripped.map((what) => WRAPPINGS[what]).join(", ")}.`);
  return token;
}

async function parseForPeople(positionals: string[], options: Options): Promise<number> {
  if (options.tokens !== undefined) {
    if (positionals.length > 0) throw new AgoraTokenError("unknown-field", "parse takes one token, or a file of tokens");
    return await parseTokens(options.tokens as string);
  }
  const token = await pastedToken("parse", positionals);
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
      (line) => parseLine({ token: unwrapToken(line).token }),
    );
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new AgoraTokenError("invalid-value", "The file of tokens cannot be read", { field: "tokens" });
  }
}

/** What the options of `verify` and `diagnose` say, as a line of `--batch`, and the credentials of the machine. */
async function lineOfOptions(
  command: string,
  positionals: string[],
  { "env-file": envFile, "certificate-stdin": fromInput, json: _json, now, clockTolerance, ...given }: Options,
): Promise<{ line: { token: string; now?: number }; credentials: Record<string, string | undefined> }> {
  if (fromInput && positionals.length === 0) {
    throw new AgoraTokenError("invalid-value", "Give the token as an argument where the certificate comes from standard input");
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
  const { verdict, findings } = await diagnoseLine(known) as Diagnosis;
  const status = { works: 0, fails: 1, unknown: 2 }[verdict];
  if (options.json) {
    await print(JSON.stringify({ verdict, findings }) + "\n", status);
    return status;
  }
  const paint = painter(wantsColor());
  const verdicts = {
    works: paint("good", "The token works, as far as it can be known here."),
    fails: paint("bad", "The token fails."),
    unknown: paint("warning", "Whether the token works cannot be known from this."),
  };
  const lines = [verdicts[verdict], ...(findings.length === 0 ? [] : ["", viewFindings(findings, paint)])];
  await print(lines.join("\n") + "\n", status);
  return status;
}

function viewVerification({ signature, ok, findings, view }: Verification, now: number, paint: Paint): string {
  const verdict = ok ? paint("good", "The token is genuine and valid now") : paint("bad", "The token does not pass");
  const lines = [`${verdict}: signature ${signature}`];
  if (view?.issuedAt !== undefined) lines.push(`  made     ${viewTime(view.issuedAt, now)}`);
  if (view?.validity.expiresAt !== undefined) lines.push(`  expires  ${viewTime(view.validity.expiresAt, now)}`);
  if (findings.length > 0) lines.push("", viewFindings(findings, paint));
  return lines.join("\n") + "\n";
}

function numbers(values: Record<string, string | boolean | undefined>): { now?: number } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, untyped(name, value)]));
}

/** Prints an answer, which has the status given, or its error, which has 1. */
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
