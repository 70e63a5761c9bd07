/**
 * Measures how the time of each function and route grows with its input: the rows of `scripts/limits.ts`. Garbage collection, which takes
 * longer the more is kept, is no growth of the library's: so `growth_test.ts` runs this with young objects as many as there may be.
 */
import { cpuUsage } from "node:process";
import { LIMITS } from "../scripts/limits.ts";

/** The shares of the largest input. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 1] as const;

/** The processor time of a call, in milliseconds. What takes less than 2 is called again and again. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = cpuUsage();
  for (let calls = 1;; calls++) {
    await run();
    const { user, system } = cpuUsage(start);
    if (user + system >= 2000) return (user + system) / 1000 / calls;
  }
}

/** The exponent with which times grow, where each is that of an input twice as large: the slope of their logarithms by least squares. */
export function exponentOf(times: readonly number[]): number {
  const middle = (times.length - 1) / 2;
  const offsets = times.map((_, index) => index - middle);
  const slope = offsets.reduce((sum, offset, index) => sum + offset * Math.log2(times[index]!), 0);
  return slope / offsets.reduce((sum, offset) => sum + offset ** 2, 0);
}

/** The most that is taken for growth with the size of the input: 2.3 times the time for twice as much. */
export const MOST = Math.log2(2.3);

/** The least times of calls, measured twice, and again as long as they seem to grow too fast: other programs and the compiler disturb. */
async function timesOf(runs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const least = runs.map(() => Infinity);
  for (let attempt = 0; attempt < 2 || attempt < 12 && exponentOf(least) > MOST; attempt++) {
    for (const [index, run] of runs.entries()) least[index] = Math.min(least[index]!, await timeOf(run));
  }
  return least;
}

if (import.meta.main) {
  const [which] = Deno.args;
  const only = new RegExp(which ?? "");
  for (const { what, largest, worst } of LIMITS) {
    const byName = new Map<string, (() => Promise<unknown>)[]>();
    for (const share of SHARES) {
      for (const [name, run] of worst(share)) byName.set(name, [...byName.get(name) ?? [], run]);
    }
    for (const [name, runs] of byName) {
      if (!only.test(name) || runs.length < SHARES.length) continue;
      console.log(JSON.stringify({ what: `${what}, ${largest}`, name, times: await timesOf(runs) }));
    }
  }
}
