import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { concatBytes } from "../bytes/bytes.ts";
import { APP_CERTIFICATE, APP_ID, CREDENTIAL_NAMES, findCredentials, type Variables } from "../config/credentials.ts";
import { envVariables } from "../config/env_file.ts";

// What the command line needs of the process, by the `node:` names that Deno, Node and Bun share.

/** The exit status if the reader of the output stops reading. */
let statusSoFar = 0;

/**
 * Runs a program and exits with its result as status. If the reader of the output closes it early, as `head` does, the program
 * ends without a message, with the status of what was printed. If output cannot be written, as to a full disk, it ends with 1.
 */
export async function runProcess(main: (args: readonly string[]) => Promise<number>): Promise<void> {
  process.stdout.on("error", ({ code }: Error & { code?: string }) => {
    if (code !== "EPIPE") complain(`The output cannot be written: ${code}`);
    process.exit(code === "EPIPE" ? statusSoFar : 1);
  });
  process.exitCode = await main(process.argv.slice(2));
}

/**
 * Writes to standard output, and waits while the output is full.
 *
 * @param status The exit status for what was printed so far.
 */
export async function print(text: string, status: number): Promise<void> {
  statusSoFar = status;
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Writes a line to standard error. */
export function complain(text: string): void {
  process.stderr.write(text + "\n");
}

/** The longest line, in bytes, and the longest text in which tokens are looked for: a log, whose owner looks at it. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** Stands for a line that is longer than that. */
export const TOO_LONG: Uint8Array = new Uint8Array(0);

/**
 * Whole lines of a file or of standard input, as bytes without the last LF: all that one chunk completes, since to handle each by
 * itself takes a tenth of a token.
 *
 * @param path The file; standard input if omitted.
 */
export async function* inputLines(path?: string): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = [];
  let size = 0;
  const input = path === undefined ? process.stdin : createReadStream(path);
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    const end = chunk.lastIndexOf(10);
    if (end >= 0) {
      const first = chunk.indexOf(10);
      const fits = size + first <= LONGEST_LINE;
      if (!fits) yield TOO_LONG;
      if (fits) yield concatBytes([...open, chunk.subarray(0, end)]);
      else if (first < end) yield chunk.subarray(first + 1, end);
      open = [];
      size = 0;
    }
    size += chunk.length - (end + 1);
    if (size > LONGEST_LINE) open = [];
    else if (end + 1 < chunk.length) open.push(chunk.slice(end + 1));
  }
  if (size > 0) yield size > LONGEST_LINE ? TOO_LONG : concatBytes(open);
}

/** The text of lines, without a byte order mark at the start of any. */
export function textOfLines(lines: Uint8Array, decoder: TextDecoder): string {
  return decoder.decode(lines).replaceAll("\n\uFEFF", "\n");
}

/** All of standard input, as text. */
export async function inputText(): Promise<string> {
  const text: string[] = [];
  for await (const lines of inputLines()) text.push(textOfLines(lines, new TextDecoder()));
  return text.join("\n");
}

/** The first line of standard input, without whitespace around it. */
export async function firstInputLine(): Promise<string> {
  for await (const lines of inputLines()) return textOfLines(lines, new TextDecoder()).split("\n")[0]!.trim();
  return "";
}

/** Shows people how many lines are done. */
export interface Progress {
  /** Counts one more. */
  count(): void;
  /** Shows the last count and ends the line. */
  end(): void;
}

/** Shows a count twice a second on standard error, if that is a terminal and standard output is none. */
export function progress(what: string): Progress {
  const shows = process.stderr.isTTY === true && process.stdout.isTTY !== true;
  const start = performance.now();
  let done = 0;
  let shown = start;
  const show = (now: number) => {
    const perSecond = Math.round(done / ((now - start) / 1000));
    process.stderr.write(`\r${done} ${what}, ${perSecond} a second`);
    shown = now;
  };
  return {
    count() {
      done++;
      if (!shows || done % 64 !== 0) return; // reading the clock takes time too
      const now = performance.now();
      if (now - shown >= 500) show(now);
    },
    end() {
      if (!shows) return;
      show(performance.now());
      process.stderr.write("\n");
    },
  };
}

/** Whether a person sees both outputs together. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true && process.stderr.isTTY === true;
}

/** Whether to use colours: only on a terminal, and not if NO_COLOR is set. */
export function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/**
 * The credentials by the names of their variables, from the environment or else from an env file.
 *
 * @param path The file; `.env` if omitted, which need not exist.
 */
export async function environment(path: string | undefined): Promise<Record<string, string | undefined>> {
  let file: Variables = {};
  try {
    file = envVariables(await readFile(path ?? ".env"), CREDENTIAL_NAMES.flat());
  } catch (error) {
    if (path !== undefined || (error as { code?: string }).code !== "ENOENT") throw error;
  }
  const env = Object.fromEntries(CREDENTIAL_NAMES.flat().map((name) => [name, process.env[name]]));
  const found = findCredentials([env, file]);
  return found === undefined ? {} : { [APP_ID]: found.env[found.names[0]], [APP_CERTIFICATE]: found.env[found.names[1]] };
}
