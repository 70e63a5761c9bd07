import { builtIn } from "../../runtime/synchronous.ts";

/** What is used of `node:worker_threads`. */
interface Threads {
  Worker: new (code: string, options: { eval: true; workerData: unknown }) => {
    once(event: "message" | "error" | "exit", listener: (value: Uint8Array<ArrayBuffer>) => void): void;
    terminate(): Promise<unknown>;
    unref(): void;
  };
}

// Quality 11 takes a second of a processor for the page, in which this thread shall answer others: Deno has no other way.
const CODE = `const { parentPort, workerData } = require("node:worker_threads");
parentPort.postMessage(require("node:zlib").brotliCompressSync(workerData));`;

/** A text compressed by brotli (RFC 7932) as well as it can be, in a thread of its own; `undefined` where there can be none. */
export async function brotli(text: Blob): Promise<Blob | undefined> {
  const threads = builtIn("node:worker_threads") as Threads | undefined;
  if (threads === undefined) return undefined;
  const workerData = new Uint8Array(await text.arrayBuffer());
  return await new Promise((done) => {
    try {
      const worker = new threads.Worker(CODE, { eval: true, workerData });
      worker.unref(); // it keeps no server from ending
      worker.once("error", () => done(undefined));
      worker.once("exit", () => done(undefined));
      worker.once("message", (bytes) => {
        done(new Blob([bytes]));
        void worker.terminate();
      });
    } catch {
      done(undefined); // Node allows no threads under --permission alone, and another runtime may have none
    }
  });
}
