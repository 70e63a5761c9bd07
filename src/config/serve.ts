/**
 * The token server for `deno serve`, which chooses the address itself and does not pass it to the program: it counts as public.
 * Without authentication, or with a configuration that is wrong, every request is refused. There is no demo mode.
 *
 * ```sh
 * deno serve --allow-env --allow-read jsr:@agoratoken/agoratoken/handler
 * ```
 *
 * @module
 */
import { STATUS_CODE } from "@std/http/status";
import { writeLine } from "../server/http/log.ts";
import { problem } from "../server/http/reply.ts";
import { createTokenServer, type TokenServer } from "../server/mod.ts";
import { fail, problemsOf } from "../server/problems.ts";
import { lineLog, readConfig } from "./environment.ts";

export type { Connection, TokenServer } from "../server/mod.ts";

async function serverFromEnvironment(): Promise<TokenServer> {
  try {
    const { options } = await readConfig(false);
    if (options.access === "loopback") {
      fail("AGORATOKEN_ACCESS_FILE is not set, and under `deno serve` the address may be public: docs/access.md");
    }
    return createTokenServer({ ...options, log: lineLog });
  } catch (error) {
    writeLine(console.error, `agoratoken refuses every request: ${problemsOf(error).join(". ")}.`);
    const detail = "The server is not configured: its log says what is missing";
    return () => Promise.resolve(problem(STATUS_CODE.ServiceUnavailable, detail));
  }
}

/** What `deno serve` runs. */
const server: { fetch: TokenServer } = { fetch: await serverFromEnvironment() };
export default server;
