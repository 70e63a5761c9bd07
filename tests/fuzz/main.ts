/**
 * Gives the library tokens of every format, good ones and damaged ones, and holds all that it says to a second reader and judge that
 * share no code with it. Prints the seed, with which a run can be repeated, and what became of the inputs. Ends with 1 where anything
 * disagrees.
 *
 * ```sh
 * deno task fuzz                              # 100,000 inputs, another seed each time
 * deno task fuzz --seconds 3600               # for an hour
 * deno task fuzz --seed 7 --from 1234 --inputs 1  # one input again
 * deno task fuzz --only "006 text"            # only inputs of a format, or with a change, of this name
 * deno task fuzz --server --inputs 50000      # requests to the token server, held to the grants of their callers
 * ```
 *
 * @module
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { add, empty, type Summary } from "./run.ts";
import { shown } from "./shown.ts";
import type { Batch } from "./worker.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  args: Deno.args,
  options: { seed: text, inputs: text, seconds: text, from: text, only: text, workers: text, server: { type: "boolean" } },
});
const seed = Number(values.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000);
const from = Number(values.from ?? 0);
const end = values.seconds === undefined ? Infinity : performance.now() + Number(values.seconds) * 1000;
const to = from + Number(values.inputs ?? (end === Infinity ? 100_000 : Infinity));

/** How many inputs a worker runs before it reports, and how long that may take at most: longer, and one of them hangs. */
const BATCH = 500;
const HANGS = 180_000;

console.log(`seed ${seed}`);
const sum = empty();
let next = from;
const started = performance.now();
let said = started;

/** Runs batches in one worker until there are no more. */
async function work(): Promise<void> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  while (next < to && performance.now() < end && sum.failures.length < 10) {
    const batch: Batch = {
      ...{ seed, from: next, to: Math.min(next + BATCH, to) },
      ...{ only: values.only ?? "", isServer: values.server ?? false },
    };
    next = batch.to;
    const { promise, resolve, reject } = Promise.withResolvers<Summary>();
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    const timer = setTimeout(() => reject(new Error(`an input from ${batch.from} to ${batch.to} hangs`)), HANGS);
    try {
      worker.postMessage(batch);
      add(sum, await promise);
    } catch (error) {
      sum.failures.push({ number: batch.from, what: `${error}` });
      break;
    } finally {
      clearTimeout(timer);
    }
    if (performance.now() - said > 30_000) {
      said = performance.now();
      console.log(`${sum.inputs} inputs, ${Math.round((said - started) / 1000)} s, ${sum.failures.length} failures`);
    }
  }
  worker.terminate();
}

await Promise.all(Array.from({ length: Number(values.workers ?? availableParallelism()) }, work));
console.log(shown(sum));
for (const { number, what } of sum.failures) {
  console.log(`\n--seed ${seed} --from ${number} --inputs 1\n${what.slice(0, 4000)}`);
}
const seconds = (performance.now() - started) / 1000;
console.log(`\nseed ${seed}: ${sum.inputs} inputs in ${seconds.toFixed(0)} s, ${sum.failures.length} failures`);
Deno.exit(sum.failures.length > 0 ? 1 : 0);
