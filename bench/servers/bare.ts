/**
 * A bare `Deno.serve` that answers as many bytes as the token server. The first argument is the port; after `headers` it also sends
 * the headers that the token server sends, and is as large without a longer body.
 *
 * @module
 */
const [port, what] = Deno.args;
const json = { "content-type": "application/json" };
const HEADERS: Readonly<Record<string, string>> = {
  "x-request-id": "4c4b3b1e-6f8e-4f0e-8f4e-0123456789ab",
  "vary": "Origin, Accept",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};
const size = Object.entries(HEADERS).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
const text = JSON.stringify({ rtcToken: "0".repeat(what === "headers" ? 207 : 207 + size) });
const answer = what !== "headers" ? () => new Response(text, { headers: json }) : () => {
  const response = new Response(text, { headers: json });
  for (const name in HEADERS) response.headers.set(name, HEADERS[name]!);
  return response;
};
Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, answer);
