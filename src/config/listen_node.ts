import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { STATUS_CODE } from "@std/http/status";
import { report } from "../server/http/log.ts";
import { problem } from "../server/http/reply.ts";
import type { TokenServer } from "../server/mod.ts";
import type { Address, Listening } from "./program.ts";

/** How long a request may take to arrive, and how long a connection may send nothing between two, in milliseconds. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/**
 * Serves by `node:http`, which Node and Bun have, until it is shut down.
 *
 * @param address Where to listen.
 * @returns Resolves when it listens, and rejects where it cannot.
 */
export function listenInNode({ host, port }: Address, handler: TokenServer): Promise<Listening> {
  const server = createServer(LIMITS, (incoming, outgoing) => {
    answer(incoming, outgoing, handler).catch((error) => {
      report("answering", error);
      outgoing.destroy();
    });
  });
  const finished = new Promise<void>((resolve) => server.on("close", resolve));
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, host, () => {
      const { address, port } = server.address() as { address: string; port: number };
      resolve({ host: address, port, finished, shutdown: () => void server.close() });
    });
  });
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, handler: TokenServer): Promise<void> {
  const request = requestOf(incoming);
  const connection = { remoteAddr: { hostname: incoming.socket.remoteAddress } };
  const response = request === undefined
    ? problem(STATUS_CODE.BadRequest, "The Host header, the target or the method is not valid")
    : await handler(request, connection);
  incoming.removeAllListeners("data").resume(); // what is left of the body must not stand before the next request
  const body = response.body === null ? undefined : new Uint8Array(await response.arrayBuffer());
  if (body !== undefined) response.headers.set("content-length", String(body.length));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(body); // without the body for HEAD
}

/** The request in the types of the Fetch API, or nothing where they have no such URL or method, as TRACE. */
function requestOf(incoming: IncomingMessage): Request | undefined {
  const { method = "GET", url: target = "", rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) headers.append(rawHeaders[index]!, rawHeaders[index + 1]!);
  const url = target.startsWith("/") ? `http://${headers.get("host") ?? ""}${target}` : target;
  if (!/^https?:/.test(url) || /^(CONNECT|TRACE|TRACK)$/i.test(method) || !URL.canParse(url)) return undefined;
  if (new URL(url).username !== "" || new URL(url).password !== "") return undefined;
  const body = /^(GET|HEAD)$/.test(method) ? {} : { body: bodyOf(incoming), duplex: "half" };
  return new Request(url, { method, headers, ...body });
}

/** The body as it arrives. Where it is read no further, as one that is too large, the connection stays open for the answer. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      incoming.pause();
      incoming.on("data", (chunk: Uint8Array<ArrayBuffer>) => {
        if (isOver) return;
        controller.enqueue(chunk);
        incoming.pause();
      });
      incoming.on("end", () => isOver || controller.close());
      incoming.on("error", (error) => isOver || controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel() {
      isOver = true;
      incoming.resume();
    },
  });
}
