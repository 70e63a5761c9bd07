import { once } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { parse as parseEnvFile } from "@std/dotenv/parse";
import { concatBytes } from "../wire/bytes.ts";
import { APP_CERTIFICATE, APP_ID } from "../credentials.ts";

// What the command line needs of the process, in the words that Deno, Node and Bun share.

/** Runs a program: its result is the status of the process. A reader that has seen enough, as `head` does, ends it without a word. */
export async function runProcess(main: (args: readonly string[]) => Promise<number>): Promise<void> {
  process.stdout.on("error", (error: Error & { code?: string }) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  process.exitCode = await main(process.argv.slice(2));
}

/** Writes to standard output, and waits where the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Writes a line to standard error. */
export function complain(text: string): void {
  process.stderr.write(text + "\n");
}

/** The lines of standard input, split at LF only, as bytes. */
export async function* inputLines(): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield concatBytes([...open, chunk.subarray(start, end)]);
      open = [];
      start = end + 1;
    }
    if (start < chunk.length) open.push(chunk.slice(start));
  }
  if (open.length > 0) yield concatBytes(open);
}

/** All of standard input, as text. */
export async function inputText(): Promise<string> {
  const lines: string[] = [];
  for await (const line of inputLines()) lines.push(new TextDecoder().decode(line));
  return lines.join("\n");
}

/** The first line of standard input, without blanks around it. */
export async function firstInputLine(): Promise<string> {
  for await (const line of inputLines()) return new TextDecoder().decode(line).trim();
  return "";
}

/** Whether to colour: only on a terminal, and not where NO_COLOR asks for none. */
export function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/**
 * The credential variables: of the environment, and for those not set there, of an env file.
 *
 * @param path The file; `.env` if omitted, which may be absent.
 */
export async function environment(path: string | undefined): Promise<Record<string, string | undefined>> {
  let file: Record<string, string> = {};
  try {
    file = parseEnvFile(await readFile(path ?? ".env", "utf8"));
  } catch (error) {
    if (path !== undefined) throw error;
  }
  return {
    [APP_ID]: process.env[APP_ID] || file[APP_ID],
    [APP_CERTIFICATE]: process.env[APP_CERTIFICATE] || file[APP_CERTIFICATE],
  };
}
