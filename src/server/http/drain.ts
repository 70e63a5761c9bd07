/** What can be shut down, as a server of `Deno.serve`: it lets the requests in progress finish, and accepts no more. */
type Closable = { shutdown(): void | Promise<void> };

/** Answers requests. */
type Handler<Info> = (request: Request, info: Info) => Promise<Response>;

/**
 * Lets a server end without losing a request that it has accepted. `shutdown` of `Deno.serve` cuts off bodies that are still
 * arriving, so it has to wait for a moment without requests. If none comes within half of the deadline, it is called then.
 *
 * @param handler Answers requests. One that throws or rejects is no longer in progress.
 * @param deadline How long ending may take, in milliseconds.
 * @param late Called at the deadline with the number of requests in progress, unless the process is gone by then: connections
 * that their clients keep open keep a server open even without a request.
 * @returns The handler to serve with, and the function that starts the end.
 */
export function drainer<Info>(
  handler: Handler<Info>,
  deadline: number,
  late: (active: number) => void,
): { handler: Handler<Info>; drain: (server: Closable) => void } {
  let active = 0;
  let ending: Closable | undefined;
  return {
    async handler(request, info) {
      active++;
      try {
        const response = await handler(request, info);
        if (ending !== undefined) response.headers.set("connection", "close");
        return response;
      } finally {
        active--;
        if (active === 0) ending?.shutdown();
      }
    },
    drain(server) {
      ending = server;
      if (active === 0) server.shutdown();
      setTimeout(() => server.shutdown(), deadline / 2);
      setTimeout(() => late(active), deadline);
    },
  };
}
