import { assert } from "@std/assert";
import { ROOT } from "../helpers.ts";
import { onlyThese } from "./harness.ts";

const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const [allowEnv] = /--allow-env=\S+/.exec(tasks.start)!;

/** The two ways to run the server, as docs/deploy.md has them, with the permissions of each. */
export const COMMANDS: Record<string, string[]> = {
  "deno run server.ts": ["run", "--no-prompt", "--allow-net=127.0.0.1", allowEnv, "--allow-read", "server.ts"],
  "deno serve --parallel": [
    ...["serve", "--parallel", "--no-prompt", "--host=127.0.0.1", "--port=0", "-P=server", "--allow-read"],
    "src/config/serve.ts",
  ],
};

/** A server that runs, and all that it has written so far. */
export interface Running {
  base: string;
  /** The process. */
  pid: number;
  /** Standard output and standard error. */
  written: () => string;
  /** Stops reading its standard output, as a log that is gone. */
  deafen: () => void;
  /** The lines of its log. */
  entries: () => Record<string, unknown>[];
  /** Sends a signal, and waits for the end. */
  end: (signal?: Deno.Signal) => Promise<Deno.CommandStatus>;
}

/** Starts a server in the checkout (or elsewhere), uses it, and ends it. */
export async function withServer(
  args: string[],
  env: Record<string, string>,
  use: (server: Running) => Promise<void>,
  options: Deno.CommandOptions = {},
  deno: string = Deno.execPath(),
): Promise<void> {
  const command = { args, cwd: ROOT, stdout: "piped", stderr: "piped", ...options, ...onlyThese({ ...env, ...options.env }) };
  const child = new Deno.Command(deno, command as Deno.CommandOptions & { stdout: "piped" }).spawn();
  let [stdout, all] = ["", ""];
  const started = Promise.withResolvers<string>();
  const deaf = new AbortController();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>, isOutput: boolean) => {
    const options = isOutput ? { signal: deaf.signal } : {};
    for await (const part of stream.pipeThrough(new TextDecoderStream(), options)) {
      all += part;
      if (isOutput) stdout += part;
      const [base] = /http:\/\/[\w.:[\]]+:\d+(?=[/\s])/.exec(all) ?? [];
      if (base !== undefined) started.resolve(base.replace("0.0.0.0", "127.0.0.1"));
    }
  };
  const ended = Promise.all([child.status, read(child.stdout, true).catch(() => {}), read(child.stderr, false)]).then(
    ([status]) => {
      started.reject(new Error(all));
      return status;
    },
  );
  let isOver = false;
  void child.status.then(() => isOver = true); // a signal to it would throw from now on, even if its output is still being read
  const end = async (signal: Deno.Signal = "SIGTERM") => {
    // `deno serve` misses a signal that comes while a worker still starts.
    if (!isOver) child.kill(signal);
    const again = setInterval(() => isOver || child.kill(signal), 500);
    try {
      return await ended;
    } finally {
      clearInterval(again);
    }
  };
  const entries = () => stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  try {
    await use({ base: await started.promise, pid: child.pid, written: () => all, deafen: () => deaf.abort(), entries, end });
  } finally {
    await end();
  }
}

/** Writes JSON into a file that is there while it is used. */
export async function withFile(content: unknown, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(content));
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

/** Runs a command that is to end by itself. */
export async function runServer(
  args: string[],
  env: Record<string, string>,
  program: string = Deno.execPath(),
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args, cwd: ROOT, ...onlyThese(env) }).output();
  const text = new TextDecoder();
  assert(code !== undefined);
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
