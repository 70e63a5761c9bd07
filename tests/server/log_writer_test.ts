import { assertEquals } from "@std/assert";
import { logWriter } from "../../src/config/log_writer.ts";
import type { LogEntry } from "../../src/server/mod.ts";

const entry = (id: string): LogEntry => ({ time: "2026-11-01T00:00:00.000Z", id, route: "ping", status: 200, ms: 1 });
const line = (id: string) => JSON.stringify(entry(id)) + "\n";

/** An output that takes some bytes at a time, and keeps them; `ready` lets a write end. */
function slowOutput(atOnce: number, ready: () => Promise<void> = () => Promise.resolve()) {
  let text = "";
  return {
    text: () => text,
    async write(bytes: Uint8Array): Promise<number> {
      await ready();
      const part = bytes.subarray(0, atOnce);
      text += new TextDecoder().decode(part);
      return part.length;
    },
  };
}

Deno.test("logWriter() writes every line in order, also through an output that takes a few bytes at a time", async () => {
  const output = slowOutput(7);
  const { log, end } = logWriter(output);
  for (let index = 0; index < 100; index++) log(entry(`${index}`));
  await end();
  assertEquals(output.text(), Array.from({ length: 100 }, (_, index) => line(`${index}`)).join(""));
});

Deno.test("logWriter() writes lines that come while others are written, and those before its end", async () => {
  const opened = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const output = slowOutput(1000, () => {
    started.resolve();
    return opened.promise;
  });
  const { log, end } = logWriter(output);
  log(entry("a"));
  await started.promise;
  log(entry("b"));
  opened.resolve();
  await end();
  log(entry("c"));
  await end();
  assertEquals(output.text(), line("a") + line("b") + line("c"));
});

Deno.test("logWriter() drops lines over its bound, and counts them", async () => {
  const output = slowOutput(10_000);
  const { log, end } = logWriter(output, 2 * line("a").length);
  for (const id of ["a", "b", "c", "d"]) log(entry(id));
  await end();
  assertEquals(output.text(), line("a") + line("b") + '{"dropped":2}\n');
});

Deno.test("logWriter() never throws, whatever becomes of its output", async () => {
  const { log, end } = logWriter({ write: () => Promise.reject(new Error("broken pipe")) });
  for (let turn = 0; turn < 3; turn++) {
    log(entry("a"));
    await end();
  }
});

Deno.test("logWriter() counts the lines of a write that failed, and says so with the next ones", async () => {
  let isFull = true;
  const output = slowOutput(10_000, () => isFull ? Promise.reject(new Error("no space left")) : Promise.resolve());
  const { log, end } = logWriter(output);
  for (const id of ["a", "b"]) log(entry(id));
  await end();
  isFull = false;
  log(entry("c"));
  await end();
  assertEquals(output.text(), line("c") + '{"dropped":2}\n');
});
