import { report } from "../server/http/log.ts";

/** How long to wait before listening again, in milliseconds. */
const PAUSE = 200;

/** A server that listens. */
export interface Listening {
  /** Resolves when the server has been shut down. */
  readonly finished: Promise<void>;
  /** Accepts no more connections, and lets the requests in progress finish. */
  shutdown(): Promise<void>;
}

/**
 * Serves as `Deno.serve` does, until it is shut down. `Deno.serve` ends when a connection cannot be accepted, as when the process
 * has no file descriptor left. Then the connections that send nothing are closed, which gives descriptors back, requests in
 * progress finish, and the server listens again on the same port.
 *
 * @param options Where to listen. `onListen` is called the first time.
 * @throws Where it cannot listen the first time.
 */
export function listen(options: Deno.ServeTcpOptions, handler: Deno.ServeHandler<Deno.NetAddr>): Listening {
  let server = Deno.serve(options, handler);
  const again = { ...options, port: server.addr.port, onListen: () => {} };
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
    finished: serve(),
    async shutdown() {
      isEnding = true;
      await server.shutdown();
    },
  };
}
