/**
 * The token server for `deno serve`, which chooses the address itself and does not say which: it counts as public. Without
 * authentication, or with a configuration that is wrong, every request is refused. There is no demo mode.
 *
 * @module
 */
import { STATUS_CODE } from "@std/http/status";
import { problem } from "../server/http/reply.ts";
import { createTokenServer, type TokenServer } from "../server/app.ts";
import { lineLog, readConfig } from "./environment.ts";

const config = await readConfig(false);
const problems = Array.isArray(config)
  ? config
  : config.access === "loopback"
  ? ["AGORATOKEN_ACCESS_FILE is not set, and under `deno serve` the address may be public: docs/access.md"]
  : [];
if (problems.length > 0) console.error(`agoratoken refuses every request: ${problems.join(". ")}.`);

const refuseAll: TokenServer = () =>
  Promise.resolve(problem(STATUS_CODE.ServiceUnavailable, "The server is not configured: its log says what is missing"));

/** What `deno serve` runs. */
const server: { fetch: TokenServer } = {
  fetch: problems.length > 0 || Array.isArray(config) ? refuseAll : createTokenServer({ ...config, log: lineLog }),
};
export default server;
