/** What can be told to end: it lets the requests that are under way finish, and takes no more. */
interface Ending {
  shutdown(): Promise<void>;
}

/**
 * Lets a server end without losing a request that it has taken. `shutdown` of `Deno.serve` cuts off bodies that are still
 * arriving, so it has to wait for a moment without requests; what is not done by half of the deadline is cut off then.
 *
 * @param deadline How long it may take, in milliseconds.
 * @param late What to do where it took longer, with how many requests are under way: connections whose client says no more
 * keep a server open without one.
 */
export function drainer<Info>(
  handler: (request: Request, info: Info) => Promise<Response>,
  deadline: number,
  late: (active: number) => void,
): { handler: (request: Request, info: Info) => Promise<Response>; drain: (server: Ending) => void } {
  let active = 0;
  let ending: Ending | undefined;
  return {
    async handler(request, info) {
      active++;
      const response = await handler(request, info);
      active--;
      if (ending !== undefined) response.headers.set("connection", "close");
      if (active === 0) ending?.shutdown();
      return response;
    },
    drain(server) {
      ending = server;
      if (active === 0) server.shutdown();
      setTimeout(() => server.shutdown(), deadline / 2);
      setTimeout(() => late(active), deadline);
    },
  };
}
