import { parse } from "@std/dotenv/parse";
import { jsonLog, prettyLog } from "../http/log.ts";
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
  const file = parse(await Deno.readTextFile(".env").catch(() => ""));
  const config = await loadConfig([env, file], demo, Deno.readTextFileSync);
  return Array.isArray(config) ? config : { log: Deno.stdout.isTerminal() ? prettyLog : jsonLog, ...config };
}
