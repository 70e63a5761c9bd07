import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { concatBytes } from "../bytes/bytes.ts";
import { APP_CERTIFICATE, APP_ID, CREDENTIAL_NAMES, findCredentials, type Variables } from "../config/credentials.ts";
import { envVariables } from "../config/env_file.ts";

// What the command line needs of the process, in the words that Deno, Node and Bun share.

/** What the process ends with where nobody reads on. */
let statusSoFar = 0;

/**
 * Runs a program: its result is the status of the process. A reader that has seen enough, as `head` does, ends it without a word,
 * and with the status of what was printed; output that cannot be written, as to a full disk, ends it with one.
 */
export async function runProcess(main: (args: readonly string[]) => Promise<number>): Promise<void> {
  process.stdout.on("error", ({ code }: Error & { code?: string }) => {
    if (code !== "EPIPE") complain(`The output cannot be written: ${code}`);
    process.exit(code === "EPIPE" ? statusSoFar : 1);
  });
  process.exitCode = await main(process.argv.slice(2));
}

/**
 * Writes to standard output, and waits where the reader is slower.
 *
 * @param status The exit status of what is printed up to here.
 */
export async function print(text: string, status: number): Promise<void> {
  statusSoFar = status;
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Writes a line to standard error. */
export function complain(text: string): void {
  process.stderr.write(text + "\n");
}

/** No token, and nothing that makes one, is longer. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** What stands for a line that is longer than is kept. */
export const TOO_LONG: Uint8Array = new Uint8Array(0);

/**
 * The lines of a file or of standard input, split at LF only, as bytes: those that ended in one piece of it at a time.
 *
 * @param path The file; standard input if omitted.
 */
export async function* inputLines(path?: string): AsyncGenerator<Uint8Array[]> {
  let open: Uint8Array[] = [];
  let size = 0;
  const input = path === undefined ? process.stdin : createReadStream(path);
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    const lines: Uint8Array[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const fits = size + end - start <= LONGEST_LINE;
      lines.push(fits ? concatBytes([...open, chunk.subarray(start, end)]) : TOO_LONG);
      open = [];
      size = 0;
      start = end + 1;
    }
    size += chunk.length - start;
    if (size > LONGEST_LINE) open = [];
    else if (start < chunk.length) open.push(chunk.slice(start));
    yield lines;
  }
  if (size > 0) yield [size > LONGEST_LINE ? TOO_LONG : concatBytes(open)];
}

/** All of standard input, as text. */
export async function inputText(): Promise<string> {
  const text: string[] = [];
  for await (const lines of inputLines()) for (const line of lines) text.push(new TextDecoder().decode(line));
  return text.join("\n");
}

/** The first line of standard input, without blanks around it. */
export async function firstInputLine(): Promise<string> {
  for await (const [line] of inputLines()) if (line !== undefined) return new TextDecoder().decode(line).trim();
  return "";
}

/** Counts what is done, for people to see. */
export interface Progress {
  /** One more. */
  count(): void;
  /** That was all. */
  end(): void;
}

/** Shows twice a second on standard error how many are done, where that is a terminal and the answers go elsewhere. */
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
      if (!shows || done % 64 !== 0) return; // a look at the clock costs as well
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

/** Whether to colour: only on a terminal, and not where NO_COLOR asks for none. */
export function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/**
 * The credentials, under the names of their variables: of the environment, or else of an env file.
 *
 * @param path The file; `.env` if omitted, which may be absent.
 */
export async function environment(path: string | undefined): Promise<Record<string, string | undefined>> {
  let file: Variables = {};
  try {
    file = envVariables(await readFile(path ?? ".env"));
  } catch (error) {
    if (path !== undefined || (error as { code?: string }).code !== "ENOENT") throw error;
  }
  const env = Object.fromEntries(CREDENTIAL_NAMES.flat().map((name) => [name, process.env[name]]));
  const found = findCredentials([env, file]);
  return found === undefined ? {} : { [APP_ID]: found.env[found.names[0]], [APP_CERTIFICATE]: found.env[found.names[1]] };
}
