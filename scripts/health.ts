/** Asks the server on a port of this machine whether it is well: the health check of the container. @module */
if (import.meta.main) {
  const { ok } = await fetch(`http://127.0.0.1:${Deno.args[0]}/healthz`);
  if (!ok) throw new Error("The server is not well");
}
