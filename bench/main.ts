/**
 * Compares the library with npm agora-token in one run, in Deno, Node 24 and Bun (those of `tests/tools`), and prints the tables of
 * docs/performance.md.
 *
 * ```sh
 * deno task bench            # prints
 * deno task bench --record   # also writes the ratios to bench/recorded.json
 * deno task bench --check    # fails where a ratio is less than three quarters of the recorded one
 * ```
 *
 * @module
 */
import { BUN, NODE_24 } from "../tests/runtimes/runtimes.ts";
import { formatted, median, output, type Rounds, spread } from "./measured.ts";

const RECORDED = new URL("./recorded.json", import.meta.url);
const RUNTIMES = [["Deno", Deno.execPath(), "run", "--allow-all"], ["Node 24", NODE_24], ["Bun", BUN]] as const;

/** How many times as fast as its peer each contender is, by runtime and name. */
type Ratios = Record<string, Record<string, number>>;

const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
await output(Deno.execPath(), "bundle", "-q", "--platform", "deno", "-o", bundle, "bench/tokens.ts");
const rows: Record<string, string[]> = {};
const columns: string[] = [];
const ratios: Ratios = {};
for (const [runtime, command, ...args] of RUNTIMES) {
  try {
    const [version] = /\d+\.\d+/.exec(await output(command, "--version"))!;
    const rounds: Rounds = JSON.parse(await output(command, ...args, bundle));
    columns.push(`${runtime.split(" ")[0]} ${version}`);
    const ratio = ratios[runtime] = {} as Record<string, number>;
    for (const [name, { peer, microseconds }] of Object.entries(rounds)) {
      ratio[name] = median(rounds[peer]!.microseconds) / median(microseconds);
      (rows[name] ??= []).push(`${ratio[name].toFixed(2)}× (${spread(microseconds)} µs)`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.error(`${runtime} is not installed: see tests/tools`);
  }
}
await Deno.remove(bundle);
console.log(formatted(["speed (median and quartiles of a call)", ...columns], Object.entries(rows)));

if (Deno.args.includes("--record")) await Deno.writeTextFile(RECORDED, JSON.stringify(ratios, undefined, 2) + "\n");
if (Deno.args.includes("--check")) {
  const recorded: Ratios = JSON.parse(await Deno.readTextFile(RECORDED));
  for (const [runtime, byName] of Object.entries(ratios)) {
    for (const [name, ratio] of Object.entries(byName)) {
      const before = recorded[runtime]?.[name];
      if (before === undefined || ratio >= 0.75 * before) continue;
      console.error(`${name} in ${runtime}: ${ratio.toFixed(2)}×, recorded was ${before.toFixed(2)}×`);
      Deno.exitCode = 1;
    }
  }
}
