import { readFileSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { jsonLog, type LogEntry, prettyLog } from "../server/mod.ts";
import { writeLine } from "../server/http/log.ts";
import { all, fail, settled } from "../server/problems.ts";
import { loadConfig, type ServerConfig, variableNames } from "./config.ts";
import type { Variables } from "./credentials.ts";
import { envVariables } from "./env_file.ts";

/**
 * The configuration of a process of Deno, Node or Bun: from its environment, and from `.env` in the current folder. Requests are
 * logged for a person on a terminal, and as lines of JSON elsewhere.
 *
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @param log Writes the lines of JSON.
 * @throws {AgoraTokenError} With everything that is wrong in `problems`.
 */
export async function readConfig(demo: boolean, log: (entry: LogEntry) => void = jsonLog): Promise<ServerConfig> {
  await requirePermissions([
    ...variableNames().map((variable) => ({ name: "env", variable } as const)),
    { name: "read", path: ".env" },
  ]);
  const env = Object.fromEntries(variableNames().map((name) => [name, process.env[name]]));
  let file: Variables = {};
  const readEnv = await settled(async () => file = await envFile());
  const loaded = await settled(() => loadConfig([env, file], demo, (path) => readFileSync(path, "utf8")));
  const [config] = all([loaded, readEnv]);
  if (config.options.access === "anyone") {
    writeLine(console.error, "agoratoken: ANYONE who reaches this server gets tokens from it.");
  }
  return { ...config, options: { log: process.stdout.isTTY ? prettyLog : log, ...config.options } };
}

/**
 * Refuses in one sentence what lacks a permission. Deno would ask for each variable by itself, or end the program with a stack.
 *
 * @throws {AgoraTokenError} Naming the flags.
 */
export async function requirePermissions(needed: Deno.PermissionDescriptor[]): Promise<void> {
  if (typeof Deno === "undefined") return; // only Deno asks
  const found = await Promise.all(needed.map((permission) => Deno.permissions.query(permission)));
  if (found.some(({ state }) => state !== "granted")) {
    fail("The server must be allowed to listen and to read variables and files: --allow-net --allow-env --allow-read");
  }
}

/** The variables of `.env`, if there is one. */
async function envFile(): Promise<Variables> {
  try {
    return envVariables(await readFile(".env"), variableNames());
  } catch (error) {
    return (error as { code?: string }).code === "ENOENT" ? {} : fail(`.env cannot be read: ${(error as Error).message}`);
  }
}

/**
 * Writes an entry as one line of JSON without the console: under `deno serve --parallel` that writes the worker's name before
 * it, which is no JSON. Where nobody reads the log any more, tokens are still made.
 */
export function lineLog(entry: LogEntry): void {
  try {
    writeSync(1, `${JSON.stringify(entry)}\n`);
  } catch {
    // The reader is gone.
  }
}
