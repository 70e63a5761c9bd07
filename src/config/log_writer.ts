import type { LogEntry } from "../server/mod.ts";

/** Where lines are written. */
interface Output {
  write(bytes: Uint8Array): Promise<number>;
}

/** How long lines are collected before they are written, in milliseconds. */
const PAUSE = 20;

/** How many characters may wait to be written. */
const MOST = 1024 * 1024;

/** Writes the log without waiting for whoever reads it. */
export interface LogWriter {
  /** Takes an entry, as a line of JSON. It never throws. */
  log(entry: LogEntry): void;
  /** Writes what still waits; resolves when that is done, or after a second. */
  end(): Promise<void>;
}

/**
 * Collects the lines of a moment and writes them at once: one line after the other costs as much as a token. Where they are read
 * too slowly, or nobody reads them any more, requests are answered all the same: lines over a bound, and those of a write that
 * failed, are dropped, and a line `{"dropped": 7}` says how many.
 */
export function logWriter(output: Output, most: number = MOST): LogWriter {
  const encoder = new TextEncoder();
  let lines = "";
  let waiting = 0;
  let dropped = 0;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    while (lines !== "") {
      const bytes = encoder.encode(dropped === 0 ? lines : `${lines}${JSON.stringify({ dropped })}\n`);
      const lost = waiting + dropped;
      lines = "";
      waiting = dropped = 0;
      try {
        for (let at = 0; at < bytes.length;) at += await output.write(bytes.subarray(at));
      } catch {
        dropped += lost; // the reader is gone, or the disk is full: if it is ever possible again, the next lines say so
      }
    }
    writing = undefined;
  }

  return {
    log(entry) {
      const line = `${JSON.stringify(entry)}\n`;
      if (lines.length + line.length > most) {
        dropped++;
      } else {
        lines += line;
        waiting++;
      }
      writing ??= write();
    },
    async end() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([writing, new Promise((resolve) => timer = setTimeout(resolve, 1000))]);
      clearTimeout(timer);
    },
  };
}
