import type { TokenServer } from "../app.ts";

/** The headers of the page, apart from its policy. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "vary": "accept-encoding",
};

/**
 * A token server that shows the playground at `/`.
 *
 * The page's own policy moves from its element into the header, where it also forbids frames, and allows requests to this
 * server: that is what "Ask this server" needs, and how the page knows that it may offer it.
 *
 * @param server What answers everything else.
 * @param html The page, as `playground/index.html` has it.
 * @returns The function that answers requests.
 */
export function withPage(server: TokenServer, html: string): TokenServer {
  const [element, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)!;
  const csp = `${policy!.replace("connect-src 'none'", "connect-src 'self'")}; frame-ancestors 'none'`;
  const page = new Blob([html.replace(element, "")]);
  const zipped = new Response(page.stream().pipeThrough(new CompressionStream("gzip"))).blob(); // once: anyone may ask for it
  return async function pageOrToken(request, connection) {
    const isPage = isRoot(request.url) && (request.method === "GET" || request.method === "HEAD");
    if (!isPage) return await server(request, connection);
    const zips = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
    const body = (zips ? await zipped : page).stream();
    const encoding: Record<string, string> = zips ? { "content-encoding": "gzip" } : {};
    return new Response(body, { headers: { ...HEADERS, ...encoding, "content-security-policy": csp } });
  };
}

/** Whether the path of a URL is `/`. A malformed Host is the server's to refuse. */
function isRoot(url: string): boolean {
  if (/^https?:\/\/[^/?#\\]+\/\w[^.%]*$/.test(url)) return false; // what most requests have need not be parsed twice
  return URL.parse(url)?.pathname === "/";
}
