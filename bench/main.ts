/**
 * Measures everything of docs/performance.md that a benchmark can, and prints its tables: the library in each runtime, the portable
 * engine, the server, the batches, how times grow, and that no memory is kept.
 *
 * ```sh
 * deno task bench                     # everything, in less than ten minutes of a quiet machine
 * deno task bench tokens server       # some parts
 * deno task bench --record            # also writes the ratios to bench/recorded.json, and draws docs/growth.svg
 * deno task bench --check             # fails where a ratio is less than three quarters of the recorded one
 * deno task bench --native=PROGRAM    # also runs a program that measures official code: see `native` in runtimes.ts
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { batch } from "./batch.ts";
import { growth } from "./growth.ts";
import { fallen, type Part } from "./measured.ts";
import { drawn } from "./plot.ts";
import { memory, native, portable, tokens } from "./runtimes.ts";
import { server } from "./server.ts";

const RECORDED = new URL("./recorded.json", import.meta.url);
const DRAWING = new URL("../docs/growth.svg", import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: "boolean" }, check: { type: "boolean" }, native: { type: "string" } },
});

/** The parts, in the order in which they run. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  tokens,
  portable,
  server,
  batch,
  growth: async () => {
    const { plots, ...part } = await growth();
    if (values.record) await Deno.writeTextFile(DRAWING, drawn(plots));
    return part;
  },
  memory,
  ...(values.native === undefined ? {} : { native: () => native(values.native!) }),
};

const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(", ")}. There are ${Object.keys(PARTS).join(", ")}`);

const ratios: Record<string, Record<string, number>> = {};
for (const [name, measure] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const part = await measure();
  console.log(`${part.text}\n`);
  for (const [group, byName] of Object.entries(part.ratios)) Object.assign(ratios[group] ??= {}, byName);
}

const recorded: Record<string, Record<string, number>> = JSON.parse(await Deno.readTextFile(RECORDED));
if (values.check) {
  const worse = fallen(ratios, recorded);
  for (const sentence of worse) console.error(sentence);
  if (worse.length > 0) Deno.exitCode = 1;
}
if (values.record) {
  const kept = positionals.length === 0 ? {} : recorded; // those of the parts that did not run
  for (const [group, byName] of Object.entries(ratios)) kept[group] = { ...kept[group], ...byName };
  await Deno.writeTextFile(RECORDED, JSON.stringify(kept, undefined, 2) + "\n");
}
