/**
 * Builds a million tokens by `build --batch` from a stream, under Deno, Node and Bun, and prints how long it took and how much
 * memory it needed at most (`VmHWM` of /proc, so on Linux only).
 *
 * ```sh
 * deno run --allow-all bench/batch_million.ts [COUNT]
 * ```
 *
 * @module
 */
import { BUN, NODE_24 } from "../tests/runtimes/runtimes.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const count = Number(Deno.args[0] ?? 1_000_000);
const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
const bundling = ["bundle", "-q", "--platform", "deno", "-o", bundle, "src/cli/bin.ts"];
await new Deno.Command(Deno.execPath(), { args: bundling, cwd: ROOT }).output();

// As `deno task cli` runs it; the task would add a process.
const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const RUNTIMES: Readonly<Record<string, string[]>> = {
  deno: tasks.cli.split(" ").slice(1),
  [NODE_24]: [bundle],
  [BUN]: [bundle],
};

for (const [command, args] of Object.entries(RUNTIMES)) {
  try {
    console.log(command.padEnd(5), await mint(command === "deno" ? Deno.execPath() : command, args));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(command.padEnd(5), "is not installed");
  }
}
await Deno.remove(bundle);

async function mint(command: string, args: string[]): Promise<string> {
  const child = new Deno.Command(command, {
    args: [...args, "build", "--batch"],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const start = performance.now();
  let peak = 0;
  const watch = setInterval(async () => {
    const status = await Deno.readTextFile(`/proc/${child.pid}/status`).catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const written = requests().pipeTo(child.stdin);
  let lines = 0;
  let bytes = 0;
  for await (const chunk of child.stdout) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  await written;
  const { code } = await child.status;
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0 || lines !== count) throw new Error(`${command} ended with ${code} after ${lines} tokens`);
  return `${lines} tokens in ${seconds.toFixed(1)} s (${Math.round(lines / seconds)} a second, ` +
    `${(bytes / lines).toFixed(0)} bytes each), at most ${(peak / 1024).toFixed(0)} MiB resident`;
}

/** A request for each token, in chunks of a thousand, each made when it is read. */
function requests(): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let made = 0;
  return new ReadableStream({
    pull(controller) {
      let piece = "";
      for (const end = Math.min(made + 1000, count); made < end; made++) {
        piece += JSON.stringify({
          builder: "rtc.buildTokenWithUid",
          appId: "0123456789abcdef0123456789abcdef",
          appCertificate: "fedcba9876543210fedcba9876543210",
          args: { channelName: `room-${made % 1000}`, uid: made + 1, role: 1, tokenExpire: 3600, privilegeExpire: 3600 },
        }) + "\n";
      }
      if (piece !== "") controller.enqueue(encoder.encode(piece));
      if (made >= count) controller.close();
    },
  }, { highWaterMark: 1 });
}
