import { isLoopbackHost } from "./address.ts";

/** The headers that a page may read beside the usual ones. */
const EXPOSED = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, WWW-Authenticate, X-Request-Id";

/**
 * The answer to a browser that asks whether it may call: always yes, since it reads refusals too only after that. Without
 * credentials, which are never allowed, the stars stand for everything but the header Authorization.
 */
export function preflight(): Response {
  const headers = { "access-control-allow-methods": "GET, POST, *", "access-control-max-age": "600" };
  return new Response(null, { status: 204, headers });
}

/**
 * The headers that let a browser's page read an answer, errors included. A caller without an origin is no page and is never
 * kept out; a page of another origin gets no permission, and its browser keeps the answer from it.
 */
export function corsHeaders(request: Request, allowed: "*" | readonly string[] | undefined): [string, string][] {
  const headers: [string, string][] = [["vary", "Origin, Accept"]];
  const origin = request.headers.get("origin");
  if (origin === null || !isAllowed(origin, allowed)) return headers;
  headers.push(["access-control-allow-origin", allowed === "*" ? "*" : origin]);
  if (request.method === "OPTIONS") headers.push(["access-control-allow-headers", "Authorization, Content-Type, *"]);
  else headers.push(["access-control-expose-headers", EXPOSED]);
  return headers;
}

/** Whether a text has the form of an origin, as browsers send it: a scheme and a host, and no path. */
export function isOrigin(text: string): boolean {
  return /^https?:/.test(text)
    ? URL.canParse(text) && new URL(text).origin === text
    : /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text);
}

function isAllowed(origin: string, allowed: "*" | readonly string[] | undefined): boolean {
  if (allowed === "*") return true;
  if (allowed !== undefined) return allowed.includes(origin);
  return /^https?:/.test(origin) && URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}
