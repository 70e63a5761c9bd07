/**
 * The command line: builds, parses, verifies and diagnoses tokens, for people and for scripts.
 *
 * ```sh
 * deno run --allow-env --allow-read jsr:@agoratoken/agoratoken/cli parse "$TOKEN"
 * ```
 *
 * @example Run it from code
 * ```ts
 * import { main } from "@agoratoken/agoratoken/cli";
 *
 * const status: number = await main(["--help"]);
 * ```
 *
 * @module
 */
import { main } from "./main.ts";
import { runProcess } from "./terminal.ts";

export { main };

// As an entry of JSR this is a module and a program. It runs only as a program of its own, and not when another program imports or
// bundles it. npm has bin.ts for that, and its `./cli` is main.ts: dnt would make `import.meta` need `node:module`, everywhere.
if (import.meta.main && /\/cli\/mod\.ts$/.test(import.meta.url)) {
  const page = async () => (await import("../../playground/index.html", { with: { type: "text" } })).default;
  void runProcess((args) => main(args, page));
}
