/**
 * The token server as a program: reads its configuration, says what it does, listens, and drains before it ends.
 *
 * ```sh
 * deno run --allow-net --allow-env --allow-read jsr:@agoratoken/agoratoken/serve --demo
 * ```
 *
 * In Node and Bun it is `agoratoken serve` of the npm package.
 *
 * @module
 */
import page from "./playground/index.html" with { type: "text" };
import { listen } from "./src/config/listen.ts";
import { runServer } from "./src/config/program.ts";

if (import.meta.main) Deno.exit(await runServer(Deno.args, listen, () => Promise.resolve(page)));
