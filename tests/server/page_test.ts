import { assertEquals } from "@std/assert";
import process from "node:process";
import { brotli } from "../../src/server/http/brotli.ts";
import { withPage } from "../../src/server/http/page.ts";
import type { TokenServer } from "../../src/server/mod.ts";
import { ask, serverOf } from "./harness.ts";

/** Does something while `Worker` of `node:worker_threads` is another. */
async function withWorker<T>(Worker: unknown, work: () => Promise<T>): Promise<T> {
  const threads = process.getBuiltinModule("node:worker_threads");
  const { Worker: real } = threads;
  try {
    Object.assign(threads, { Worker });
    return await work();
  } finally {
    Object.assign(threads, { Worker: real });
  }
}

/** A worker that reports one event, and never ends when it is terminated. */
function workerThat(event: string, value?: unknown): unknown {
  return class {
    once(name: string, listener: (value: unknown) => void) {
      if (name === event) queueMicrotask(() => listener(value));
    }
    unref() {}
    terminate() {
      return new Promise(() => {});
    }
  };
}

Deno.test("brotli() gives nothing when a worker cannot be made, fails, or ends without a result", async () => {
  const refused = function () {
    throw new Error("ERR_ACCESS_DENIED");
  };
  for (const Worker of [undefined, refused, workerThat("error", new Error()), workerThat("exit", 1)]) {
    assertEquals(await withWorker(Worker, () => brotli(new Blob(["page"]))), undefined);
  }
});

Deno.test("brotli() does not wait for the end of the worker when it has the bytes", async () => {
  const small = await withWorker(workerThat("message", new Uint8Array(3)), () => brotli(new Blob(["page"])));
  assertEquals(small?.size, 3);
});

/** A page as small as `withPage()` takes. */
const HTML = `<html><meta http-equiv="Content-Security-Policy" content="connect-src 'none'"></html>`;

/** What encodes the page for a client that accepts these codings; nothing if it is sent as it is. */
async function codingFor(server: TokenServer, accepted: string): Promise<string | null> {
  const { status, headers } = await ask(server, "/", { headers: { "accept-encoding": accepted } });
  assertEquals(status, 200);
  return headers.get("content-encoding");
}

/** Workers that give bytes when the test says so: how many there are, and the first, once it listens. */
function heldWorkers(): { Worker: unknown; count: () => number; first: Promise<() => void> } {
  const { promise: first, resolve } = Promise.withResolvers<() => void>();
  let count = 0;
  const Worker = class {
    constructor() {
      count++;
    }
    once(name: string, listener: (value: unknown) => void) {
      if (name === "message") resolve(() => listener(new Uint8Array(3)));
    }
    unref() {}
    terminate() {}
  };
  return { Worker, count: () => count, first };
}

Deno.test("withPage() answers without waiting for brotli, which is done once, and by brotli after that", async () => {
  const { Worker, count, first } = heldWorkers();
  await withWorker(Worker, async () => {
    const server = withPage(serverOf(), HTML);
    assertEquals([await codingFor(server, "gzip"), count()], ["gzip", 0]);
    assertEquals(await codingFor(server, "gzip, br"), "gzip");
    const finish = await first;
    assertEquals(await codingFor(server, "br"), null);
    finish();
    await new Promise((done) => setTimeout(done));
    assertEquals(await codingFor(server, "gzip, br"), "br");
    assertEquals([await codingFor(server, "gzip"), count()], ["gzip", 1]);
  });
});

Deno.test("withPage() takes the names of codings and of their weight in any case", async () => {
  const { Worker, first } = heldWorkers();
  await withWorker(Worker, async () => {
    const server = withPage(serverOf(), HTML);
    await codingFor(server, "br");
    (await first)();
    await new Promise((done) => setTimeout(done));
    const codings = { "br;q=0": null, "br;Q=0": null, "GZip, br; Q=0.000": "gzip", "BR;Q=0.1": "br" };
    for (const [accepted, coding] of Object.entries(codings)) {
      assertEquals(await codingFor(server, accepted), coding, accepted);
    }
  });
});
