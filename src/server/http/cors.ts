import { isLoopbackHost } from "./address.ts";

/** Which origins may read answers: one, several, or `"*"` for all. */
export type Origins = string | readonly string[];

/** The headers that a page may read besides those that it always may. */
const EXPOSED = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, WWW-Authenticate, X-Request-Id";

/**
 * The answer to a browser's preflight request: always yes, since without it a page could not read refusals either. The stars
 * stand for everything but the header Authorization, as long as credentials are not allowed, which they never are.
 */
export function preflight(): Response {
  const headers = { "access-control-allow-methods": "GET, POST, *", "access-control-max-age": "600" };
  return new Response(null, { status: 204, headers });
}

/**
 * Sets the headers that let a page in a browser read an answer, errors included. A caller without an origin is no page and is always
 * answered; a page of another origin gets no permission, and its browser does not show it the answer.
 *
 * @param allowed One origin or several, or `"*"`; those on loopback if omitted.
 */
export function setCorsHeaders(headers: Headers, request: Request, allowed: Origins | undefined): void {
  headers.set("vary", "Origin, Accept");
  const origin = request.headers.get("origin");
  if (origin === null || !isAllowedOrigin(origin, allowed)) return;
  headers.set("access-control-allow-origin", allowed === "*" ? "*" : origin);
  if (request.method === "OPTIONS") headers.set("access-control-allow-headers", "Authorization, Content-Type, *");
  else headers.set("access-control-expose-headers", EXPOSED);
}

/** Whether a text has the form of an origin, as browsers send it: a scheme and a host, and no path. */
export function isOrigin(text: string): boolean {
  return /^https?:/.test(text)
    ? URL.canParse(text) && new URL(text).origin === text
    : /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text);
}

/** Whether pages of an origin may read answers. */
export function isAllowedOrigin(origin: string, allowed: Origins | undefined): boolean {
  if (allowed === "*") return true;
  if (allowed !== undefined) return [allowed].flat().includes(origin); // in a text it would find a part
  return /^https?:/.test(origin) && URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}
