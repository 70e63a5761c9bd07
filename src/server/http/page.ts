import type { TokenServer } from "../app.ts";
import { brotli } from "./brotli.ts";

/** The headers of the page, apart from its policy: a browser may keep it, and asks whether it is still the same. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-cache",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "vary": "accept-encoding",
};

/**
 * A token server that shows the playground at `/`.
 *
 * The page's own policy then allows requests to this server, which "Ask this server" needs, and is how the page knows that it may
 * offer it. It stays in the page, so that it holds in a copy too that is saved to disk; the header also forbids frames. It is sent
 * by brotli or gzip to those that take it: brotli takes seconds, begins with the first client that takes it, and keeps none waiting.
 *
 * @param server What answers everything else.
 * @param html The page, as `playground/index.html` has it.
 * @param isDemo Whether the server is in demo mode, which the page then says.
 * @returns The function that answers requests.
 */
export function withPage(server: TokenServer, html: string, isDemo = false): TokenServer {
  const [element, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html)!;
  const own = policy!.replace("connect-src 'none'", "connect-src 'self'");
  const served = html.replace(element, element.replace(policy!, own));
  const page = new Blob([isDemo ? served.replace("<html", "<html data-demo") : served]);
  const zipped = new Response(page.stream().pipeThrough(new CompressionStream("gzip"))).blob(); // once: anyone may ask for it
  let compressing: Promise<void> | undefined;
  let smallest: Blob | undefined;
  const tag = tagOf(page);
  return function pageOrToken(request, connection) {
    const isPage = isRoot(request.url) && (request.method === "GET" || request.method === "HEAD");
    return isPage ? pageFor(request) : server(request, connection);
  };
  async function pageFor(request: Request): Promise<Response> {
    const etag = await tag;
    const headers = { ...HEADERS, etag, "content-security-policy": `${own}; frame-ancestors 'none'` };
    const known = request.headers.get("if-none-match")?.split(",").map((tag) => tag.trim()) ?? [];
    if (known.includes(etag) || known.includes("*")) return new Response(null, { status: 304, headers });
    const codings = codingsOf(request.headers.get("accept-encoding") ?? "");
    if (codings.includes("br")) {
      compressing ??= brotli(page).then((blob) => void (smallest = blob));
      if (smallest !== undefined) return new Response(smallest.stream(), { headers: { ...headers, "content-encoding": "br" } });
    }
    if (!codings.includes("gzip")) return new Response(page.stream(), { headers });
    return new Response((await zipped).stream(), { headers: { ...headers, "content-encoding": "gzip" } });
  }
}

/** The codings that a client takes: those that it names, in any case (RFC 9110, 8.4.1 and 12.4.2), but for those of quality 0. */
function codingsOf(accepted: string): string[] {
  return accepted.toLowerCase().split(",").filter((coding) => !/;\s*q=0(\.0*)?\s*$/.test(coding)).map((coding) =>
    coding.split(";")[0]!.trim()
  );
}

/** What tells one page from another, in whatever encoding: a weak entity tag of its SHA-256. */
async function tagOf(page: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await page.arrayBuffer());
  const short = Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, "0"));
  return `W/"${short.join("")}"`;
}

/** Whether the path of a URL is `/`. A malformed Host is the server's to refuse. */
function isRoot(url: string): boolean {
  if (/^https?:\/\/[^/?#\\]+\/\w[^.%]*$/.test(url)) return false; // what most requests have need not be parsed twice
  return URL.parse(url)?.pathname === "/";
}
