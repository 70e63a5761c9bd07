/**
 * A bare `Deno.serve` that answers as many bytes as the token server. The first argument is the port; after `headers` it also sends
 * the headers that the token server sends, and is as large without a longer body; after `token` also a new token each time, whatever
 * it is asked: less than that no server of tokens can do.
 *
 * @module
 */
import { RtcTokenBuilder } from "../../src/official/compat.ts";

const [port, what] = Deno.args;
const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const json = { "content-type": "application/json" };
const HEADERS: Readonly<Record<string, string>> = {
  "x-request-id": "4c4b3b1e-6f8e-4f0e-8f4e-0123456789ab",
  "vary": "Origin, Accept",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};
const size = Object.entries(HEADERS).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
const ofSize = (length: number) => JSON.stringify({ rtcToken: "0".repeat(length) });
const [same, longer] = [ofSize(143), ofSize(143 + size)]; // the characters of an ordinary token

function withHeaders(text: string): Response {
  const response = new Response(text, { headers: json });
  for (const name in HEADERS) response.headers.set(name, HEADERS[name]!);
  return response;
}

const token = () => RtcTokenBuilder.buildTokenWithUid(...ids, "lobby", 1001, 1, 3600, 3600);
const ANSWERS: Readonly<Record<string, () => Response>> = {
  headers: () => withHeaders(same),
  token: () => withHeaders(JSON.stringify({ rtcToken: token() })),
};
const answer = ANSWERS[what!] ?? (() => new Response(longer, { headers: json }));
Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, answer);
