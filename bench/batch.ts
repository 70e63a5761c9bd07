/**
 * Sends lines through `build --batch` and `parse --batch` under Deno, Node and Bun, and compares the processor time with that of the
 * library and JSON alone in the same runtime. Also prints how much memory was needed at most (`VmHWM` of /proc, so on Linux only).
 *
 * ```sh
 * deno run --allow-all bench/batch.ts [COUNT]
 * ```
 *
 * @module
 */
import { RtcTokenBuilder } from "../src/official/compat.ts";
import { BUN, isThere, NODE_24, program } from "../tests/runtimes/runtimes.ts";
import { bundled, formatted, type Part } from "./measured.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;

/** The lines of each command. */
const LINES: Readonly<Record<string, (index: number) => unknown>> = {
  build: (index) => ({
    builder: "rtc.buildTokenWithUid",
    appId: ids[0],
    appCertificate: ids[1],
    args: { channelName: `room-${index % 1000}`, uid: index + 1, role: 1, tokenExpire: 3600, privilegeExpire: 3600 },
  }),
  parse: (index) => ({ token: RtcTokenBuilder.buildTokenWithUid(...ids, `room-${index % 1000}`, index + 1, 1, 3600, 3600) }),
};

/** What one process took. */
interface Run {
  readonly lines: number;
  readonly seconds: number;
  /** Its processor time, in seconds. */
  readonly processor: number;
  /** The most memory, in MiB. */
  readonly peak: number;
}

/** Measures both commands in each runtime that is installed. */
export async function batch(count = 300_000): Promise<Part> {
  // As `deno task cli` runs it, but for the lock file, which has nothing of a bundle; the task would add a process.
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const flags: string[] = tasks.cli.split(" ").filter((flag: string) => /^(run$|--v8-flags=|--allow-)/.test(flag));
  const ratios: Record<string, Record<string, number>> = {};
  const rows: [string, string[]][] = [];
  await bundled("src/cli/bin.ts", "deno", (cli) =>
    bundled("bench/lines.ts", "deno", async (alone) => {
      const RUNTIMES: Readonly<Record<string, string[]>> = {
        Deno: [Deno.execPath(), ...flags],
        "Node 24": [NODE_24],
        Bun: [BUN],
      };
      for (const [name, [command, ...args]] of Object.entries(RUNTIMES)) {
        if (!await isThere(program(name, command!))) continue;
        for (const [kind, lineOf] of Object.entries(LINES)) {
          const through = await measured([command!, ...args, cli, kind, "--batch"], count, lineOf);
          const library = await measured([command!, ...args, alone, kind], count, lineOf);
          if (through.lines !== count) throw new Error(`${name} gave ${through.lines} lines`);
          const ratio = (ratios[name] ??= {})[`${kind} --batch`] = library.processor / through.processor;
          const each = (run: Run) => `${(run.processor / count * 1e6).toFixed(1)} µs`;
          const perSecond = `${Math.round(count / through.processor)} (${Math.round(count / through.seconds)} by the clock)`;
          rows.push([`${kind} --batch, ${name}`, [
            perSecond,
            each(through),
            each(library),
            ratio.toFixed(2),
            `${through.peak} MiB`,
          ]]);
        }
      }
    }));
  const head = [
    `${count} lines`,
    "lines a second of processor time",
    "one line",
    "library and JSON alone",
    "ratio",
    "memory at most",
  ];
  return { text: formatted(head, rows), ratios };
}

/** Runs a command with lines in its standard input, by bash, which says how much processor time it took. */
async function measured(command: string[], count: number, lineOf: (index: number) => unknown): Promise<Run> {
  const child = new Deno.Command("bash", {
    args: ["-c", 'TIMEFORMAT="%U %S"; time "$@"', "bash", ...command],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const start = performance.now();
  let peak = 0;
  const watch = setInterval(async () => {
    const children = await Deno.readTextFile(`/proc/${child.pid}/task/${child.pid}/children`).catch(() => "");
    const status = await Deno.readTextFile(`/proc/${children.trim()}/status`).catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const errors = new Response(child.stderr).text();
  const written = requests(count, lineOf).pipeTo(child.stdin).catch(() => {}); // of a command that fails, its errors say why
  let lines = 0;
  for await (const chunk of child.stdout) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  }
  await written;
  const { code } = await child.status;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command.join(" ")}: ${await errors}`);
  const times = (await errors).trim().split(/\s+/).map(Number);
  const processor = times[0]! + times[1]!;
  return { lines, processor, seconds: (performance.now() - start) / 1000, peak: Math.round(peak / 1024) };
}

/** The lines, in chunks of a thousand, each made when it is read. */
function requests(count: number, lineOf: (index: number) => unknown): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let made = 0;
  return new ReadableStream({
    pull(controller) {
      let piece = "";
      for (const end = Math.min(made + 1000, count); made < end; made++) piece += JSON.stringify(lineOf(made)) + "\n";
      if (piece !== "") controller.enqueue(encoder.encode(piece));
      if (made >= count) controller.close();
    },
  }, { highWaterMark: 1 });
}

if (import.meta.main) console.log((await batch(Number(Deno.args[0] ?? 1_000_000))).text);
