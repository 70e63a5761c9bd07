import { isDeepStrictEqual } from "node:util";
import { useEngine } from "../../src/runtime/choose.ts";
import { portableEngine } from "../../src/runtime/portable.ts";
import { type Built, built } from "./builds.ts";
import { check, Disagreement, type Outcomes } from "./checks.ts";
import { type Input, inputOf } from "./inputs.ts";
import { type Random, randomOf } from "./random.ts";
import { read } from "./reference.ts";
import { givenFor } from "./tokens.ts";

// Runs inputs by their numbers, and counts what became of them.

/** How often each outcome was seen: by format, then by call and outcome, as `verify accepted`; and by what was done to the token. */
export interface Summary {
  inputs: number;
  readonly formats: Record<string, Record<string, number>>;
  readonly changes: Record<string, Record<string, number>>;
  /** What went wrong, each with the number of its input. */
  readonly failures: { number: number; what: string }[];
}

/** A summary of nothing. */
export function empty(): Summary {
  return { inputs: 0, formats: {}, changes: {}, failures: [] };
}

/** Adds one summary to another. */
export function add(sum: Summary, more: Summary): void {
  sum.inputs += more.inputs;
  sum.failures.push(...more.failures);
  for (const table of ["formats", "changes"] as const) {
    for (const [row, counts] of Object.entries(more[table])) {
      for (const [outcome, times] of Object.entries(counts)) count(sum[table], row, outcome, times);
    }
  }
}

/** Counts an outcome. */
export function count(table: Record<string, Record<string, number>>, row: string, outcome: string, times = 1): void {
  const counts = table[row] ??= {};
  counts[outcome] = (counts[outcome] ?? 0) + times;
}

/** How many of a hundred inputs are made by a builder of the library; the others are written field by field. */
const BUILT = 12;

/** Runs the inputs of some numbers, and stops after ten failures. */
export async function run(seed: number, numbers: Iterable<number>, only = ""): Promise<Summary> {
  const sum = empty();
  for (const number of numbers) {
    const random = randomOf(seed ^ 0x5bd1e995, number);
    let input: Input | undefined;
    let outcomes: Outcomes;
    try {
      input = random.percent(BUILT) ? await builtInput(random) : inputOf(seed, number);
      if (input === undefined || !`${input.format} ${input.change}`.includes(only)) continue;
      outcomes = await check(input, random);
    } catch (error) {
      const what = error instanceof Disagreement ? error.message : (error as Error).stack ?? `${error}`;
      sum.failures.push({ number, what: `${what}\n${JSON.stringify(input)}` });
      if (sum.failures.length >= 10) return sum;
      continue;
    }
    sum.inputs++;
    for (const [call, outcome] of Object.entries(outcomes)) {
      count(sum.formats, input.format, `${call} ${outcome}`);
      if (call === "verify") count(sum.changes, input.change.replace(/, held to .*/, ""), outcome);
    }
  }
  return sum;
}

/** An input from a builder, in one of four cases of the portable engine, held to what must be in it. */
async function builtInput(random: Random): Promise<Input | undefined> {
  const isPortable = random.percent(25);
  if (isPortable) useEngine(portableEngine);
  const made = await built(random).finally(() => useEngine());
  if (made === undefined) return undefined;
  const { call, text, wire } = made;
  compare(made);
  const token = read(text)!;
  const isNow = !("signature" in made.expected); // the time of the clock, or a random salt
  const given = wire.version === "007" && isNow
    ? { certificates: [wire.certificate], now: token.issueTs }
    : givenFor(wire.version === "006" && isNow ? { ...wire, expire: token.ts } : wire, random);
  return { format: wire.version, change: `built by ${call}`, text, given };
}

/** Holds a token that was built to what it must have; bytes are compared as the second reader gives them. */
function compare({ call, text, expected }: Built): void {
  const token = read(text);
  if (token === undefined) throw new Disagreement(`${call} makes no token: ${text}`);
  const shown = Object.fromEntries(Object.keys(expected).map((name) => [name, token[name]]));
  // Half of a pair of UTF-16 has no UTF-8: it is packed as U+FFFD.
  if (!isDeepStrictEqual(shown, JSON.parse(JSON.stringify(expected).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, "\ufffd")))) {
    throw new Disagreement(`${call} makes another token: ${JSON.stringify([shown, expected])}`);
  }
}
