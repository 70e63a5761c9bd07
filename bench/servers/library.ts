/**
 * `createTokenServer` with so many of its parts: port, the access file, and how many parts: 0 is anyone without a limit, 1 adds a
 * rate limit, 2 keys, 3 a log, 4 the page.
 *
 * @module
 */
import { createTokenServer, loadAccess } from "../../src/config/mod.ts";
import { logWriter } from "../../src/config/log_writer.ts";
import { withPage } from "../../src/server/http/page.ts";
import page from "../../playground/index.html" with { type: "text" };

const [port, file, parts] = [Deno.args[0], Deno.args[1]!, Number(Deno.args[2])];
const server = createTokenServer({
  projects: [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }],
  access: parts < 2 ? "anyone" : await loadAccess(JSON.parse(await Deno.readTextFile(file))),
  rateLimit: parts < 1 ? 0 : 1_000_000,
  ...(parts < 3 ? {} : { log: logWriter(Deno.stdout).log }),
});
Deno.serve(
  { port: Number(port), hostname: "127.0.0.1", onListen: () => {} },
  parts < 4 ? server : withPage(server, page),
);
