import { assertEquals } from "@std/assert";
import process from "node:process";
import { brotli } from "../../src/server/http/brotli.ts";

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
