/**
 * Compares the library with npm agora-token in one run in Deno, Node 24 and Bun, and the portable engine in Chromium and workerd with
 * itself in Deno. A runtime that is not installed is left out: see `tests/tools`.
 *
 * @module
 */
import { BUN, isThere, NODE_24, program, type Runtime, RUNTIMES } from "../tests/runtimes/runtimes.ts";
import { bundled, formatted, median, output, type Part, type Rounds, spread } from "./measured.ts";

const PROGRAMS = [["Deno", Deno.execPath(), "run", "--allow-all"], ["Node 24", NODE_24], ["Bun", BUN]] as const;

/** Measures `tokens.ts` in each runtime. */
export async function tokens(): Promise<Part> {
  const rows: Record<string, string[]> = {};
  const columns: string[] = [];
  const ratios: Record<string, Record<string, number>> = {};
  await bundled("bench/tokens.ts", "deno", async (bundle) => {
    for (const [runtime, command, ...args] of PROGRAMS) {
      if (!await isThere(program(runtime, command))) continue;
      const [version] = /\d+\.\d+/.exec(await output(command, "--version"))!;
      const rounds: Rounds = JSON.parse(await output(command, ...args, bundle));
      columns.push(`${runtime.split(" ")[0]} ${version}`);
      const ratio = ratios[runtime] = {} as Record<string, number>;
      for (const [name, { peer, microseconds }] of Object.entries(rounds)) {
        ratio[name] = median(rounds[peer]!.microseconds) / median(microseconds);
        (rows[name] ??= []).push(`${ratio[name].toFixed(2)}× (${spread(microseconds)} µs)`);
      }
    }
  });
  return { text: formatted(["speed (median and quartiles of a call)", ...columns], Object.entries(rows)), ratios };
}

/** Runs `memory.ts` in each runtime. */
export async function memory(): Promise<Part> {
  const EXPOSE_GC: Readonly<Record<string, string[]>> = { Deno: ["--v8-flags=--expose-gc"], "Node 24": ["--expose-gc"] };
  const texts: string[] = [];
  await bundled("bench/memory.ts", "deno", async (bundle) => {
    for (const [runtime, command, ...args] of PROGRAMS) {
      if (!await isThere(program(runtime, command))) continue;
      texts.push(`${runtime}\n${await output(command, ...args, ...EXPOSE_GC[runtime] ?? [], bundle)}`);
    }
  });
  return { text: texts.join("\n"), ratios: {} };
}

/** Measures `portable.ts` in Deno, a browser and workerd. Its ratios are of separate runs by the clock, so they are not checked. */
export async function portable(): Promise<Part> {
  const rows: Record<string, string[]> = {};
  const columns: string[] = [];
  let own: Record<string, number[]> | undefined;
  await bundled("bench/portable.ts", "browser", async (bundle) => {
    for (const runtime of [program("Deno", ...PROGRAMS[0].slice(1) as [string]), ...["Chromium", "workerd"].map(runtimeOf)]) {
      if (!await isThere(runtime)) continue;
      const rounds = await runtime.run(bundle) as unknown as Record<string, number[]>;
      own ??= rounds;
      columns.push(runtime.name);
      for (const [name, microseconds] of Object.entries(rounds)) {
        const ratio = (median(own[name]!) / median(microseconds)).toFixed(2);
        (rows[name] ??= []).push(`${ratio}× (${spread(microseconds)} µs)`);
      }
    }
  });
  return { text: formatted(["portable engine, by the clock", ...columns], Object.entries(rows)), ratios: {} };
}

function runtimeOf(name: string): Runtime {
  return RUNTIMES.find((runtime) => runtime.name === name)!;
}

/**
 * Runs a program that measures the official code of another language, such as the C++ builder, and prints what `tokens.ts` prints:
 * for each name its peer, and the microseconds of processor time for a call in each round.
 */
export async function native(command: string): Promise<Part> {
  const rounds: Rounds = JSON.parse(await output(command));
  const rows = Object.entries(rounds).map(([name, { microseconds }]) => [name, [`${spread(microseconds)} µs`]] as const);
  return { text: formatted(["other code (median and quartiles of a call)", "processor time"], rows), ratios: {} };
}
