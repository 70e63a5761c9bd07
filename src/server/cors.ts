/** The answer to a browser that asks whether it may call. */
export function preflight(methods: string): Response {
  const headers = { "access-control-allow-methods": methods, "access-control-max-age": "600", allow: `${methods}, OPTIONS` };
  return new Response(null, { status: 204, headers });
}

/**
 * The headers that let a browser's page read an answer, errors included. A caller without an origin is no page and is never
 * kept out; a page of another origin gets no permission, and its browser keeps the answer from it.
 */
export function corsHeaders(request: Request, allowed: "*" | readonly string[] | undefined): [string, string][] {
  const headers: [string, string][] = [["vary", "Origin"]];
  const origin = request.headers.get("origin");
  if (origin === null || !isAllowed(origin, allowed)) return headers;
  headers.push(["access-control-allow-origin", allowed === "*" ? "*" : origin]);
  if (request.method === "OPTIONS") headers.push(["access-control-allow-headers", "Authorization, Content-Type"]);
  return headers;
}

function isAllowed(origin: string, allowed: "*" | readonly string[] | undefined): boolean {
  if (allowed === "*") return true;
  if (allowed !== undefined) return allowed.includes(origin);
  return URL.canParse(origin) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(origin).hostname);
}
