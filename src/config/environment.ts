import type { Variables } from "../server/projects.ts";
import { envVariables } from "./env_file.ts";
import { jsonLog, type LogEntry, prettyLog } from "../server/http/log.ts";
import { loadConfig, type ServerConfig, variableNames } from "./config.ts";

/**
 * The configuration of a Deno process: from its environment, and from `.env` where it runs. Requests are logged for a person
 * on a terminal, and as lines of JSON elsewhere.
 *
 * @param demo Whether the server may start in demo mode where no credentials are set.
 * @returns The configuration, or a sentence for everything that is wrong with it.
 */
export async function readConfig(demo: boolean): Promise<ServerConfig | string[]> {
  const env = Object.fromEntries(variableNames().map((name) => [name, Deno.env.get(name)]));
  let file: Variables = {};
  const problems: string[] = [];
  try {
    file = envVariables(await Deno.readFile(".env"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) problems.push(`.env cannot be read: ${(error as Error).message}`);
  }
  const config = await loadConfig([env, file], demo, Deno.readTextFileSync);
  if (!Array.isArray(config) && config.access === "anyone") {
    console.error("agoratoken: ANYONE who reaches this server gets tokens from it.");
  }
  if (problems.length > 0) return [...problems, ...Array.isArray(config) ? config : []];
  return Array.isArray(config) ? config : { log: Deno.stdout.isTerminal() ? prettyLog : jsonLog, ...config };
}

/**
 * Writes an entry as one line of JSON past the console: under `deno serve --parallel` that writes the worker's name before it,
 * and then it is no JSON. That nobody reads the log any more is no reason to refuse tokens.
 */
export function lineLog(entry: LogEntry): void {
  try {
    Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(entry)}\n`));
  } catch {
    // The reader is gone.
  }
}
