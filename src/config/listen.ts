import { report } from "../server/http/log.ts";
import type { TokenServer } from "../server/mod.ts";
import type { Address, Listening } from "./program.ts";

/** How long to wait before listening again, in milliseconds. */
const PAUSE = 200;

/**
 * Serves as `Deno.serve` does, until it is shut down. `Deno.serve` ends when a connection cannot be accepted, as when the process
 * has no file descriptor left. Then the connections that send nothing are closed, which gives descriptors back, requests in
 * progress finish, and the server listens again on the same port.
 *
 * @param address Where to listen.
 * @throws Where it cannot listen the first time.
 */
// deno-lint-ignore require-await -- other runtimes listen later
export async function listen({ host, port }: Address, handler: TokenServer): Promise<Listening> {
  const quiet = { hostname: host, onListen: () => {} };
  let server = Deno.serve({ ...quiet, port }, handler);
  const { hostname, port: given } = server.addr;
  const again = { ...quiet, port: given };
  let isEnding = false;
  async function serve(): Promise<void> {
    for (;;) {
      try {
        await server.finished;
        return;
      } catch (error) {
        if (isEnding) return;
        report("accepting connections", error);
      }
      server.shutdown().catch(() => {}); // it has failed already
      while (!await isServing()) if (isEnding) return;
    }
  }
  async function isServing(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    try {
      if (!isEnding) server = Deno.serve(again, handler);
      return !isEnding;
    } catch (error) {
      report("listening again", error);
      return false;
    }
  }
  return {
    host: hostname,
    port: given,
    finished: serve(),
    shutdown() {
      isEnding = true;
      void server.shutdown();
    },
  };
}
