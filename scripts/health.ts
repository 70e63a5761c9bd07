/** The health check of the container: requests `/healthz` from the server on this machine, at the server's `PORT`. @module */
if (import.meta.main) {
  const { ok } = await fetch(`http://127.0.0.1:${Deno.env.get("PORT") || 8080}/healthz`);
  if (!ok) throw new Error("The server is not healthy");
}
