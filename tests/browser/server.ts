import { withPage } from "../../src/server/http/page.ts";
import { createTokenServer, type TokenServerOptions } from "../../src/server/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { PAGE_URL } from "./chromium.ts";

/** The page as it was built. */
export const HTML: string = await Deno.readTextFile(new URL(PAGE_URL));

/** A request as it arrived, whole. */
export interface Asked {
  line: string;
  headers: string;
  body: string;
}

/** Answers requests at an address of its own; `stop` also ends the connections that a browser keeps open. */
export function serve(handler: Deno.ServeHandler<Deno.NetAddr>): { url: string; stop: () => Promise<void> } {
  const stopping = new AbortController();
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal: stopping.signal };
  const { addr, finished } = Deno.serve(options, handler);
  const stop = () => {
    stopping.abort();
    return finished;
  };
  return { url: `http://127.0.0.1:${addr.port}/`, stop };
}

/** Serves the page and tokens for credentials that are not the demo's, and keeps every request. */
export function serveWithPage(options: Partial<TokenServerOptions> = {}): {
  url: string;
  asked: Asked[];
  stop: () => Promise<void>;
} {
  const projects = [{ appId: APP_ID, appCertificate: CERTIFICATE }];
  const answer = withPage(createTokenServer({ access: "loopback", projects, ...options }), HTML, options.demo);
  const asked: Asked[] = [];
  const server = serve(async (request, connection) => {
    const { method, headers, url } = request;
    const body = await request.clone().text();
    asked.push({ line: `${method} ${new URL(url).pathname}`, headers: JSON.stringify([...headers]), body });
    const plain = new Headers(headers);
    plain.delete("accept-encoding"); // the best compression takes seconds of the machine
    return await answer(new Request(request, { headers: plain }), connection);
  });
  return { ...server, asked };
}
