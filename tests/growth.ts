/**
 * Measures how the time of each function and route grows with its input, and prints it, a line of JSON for each kind of input, or for those that its arguments name. Garbage
 * collection takes longer the more is kept, which is no growth of the library's: `growth_test.ts` runs this with room for young objects.
 */
import { cpuUsage } from "node:process";
import { diagnoseToken } from "../mod.ts";
import { LIMITS } from "../scripts/limits.ts";
import { verifyNotification } from "../src/notifications/mod.ts";
import { verifyWhiteboardToken } from "../src/whiteboard/mod.ts";
import { CONTENTS_007, DAMAGES, text005, text006, text007 } from "./data/worst_texts.ts";

type Run = () => Promise<unknown>;

/** The inputs of one kind, each twice as large as the one before it. */
export interface Growing {
  /** The function or route, and what the inputs are made of. */
  readonly name: string;
  readonly runs: readonly Run[];
}

/** The shares of the largest size that are measured: twice as much each, and no more than tells how time grows. */
const SHARES = [1 / 8, 1 / 4, 1 / 2];

/** The inputs of the table of limits, but of tokens only those that are whole. */
export function* growing(): Generator<Growing> {
  for (const { what, worst } of LIMITS) {
    const byName = new Map<string, Run[]>();
    for (const share of SHARES) {
      for (const [name, run] of worst(share)) byName.set(name, [...byName.get(name) ?? [], run]);
    }
    for (const [name, runs] of byName) {
      if (runs.length > 1 && !DAMAGED.test(name)) yield { name: `${what}, ${name}`, runs };
    }
  }
  // Of a token that is cut, what comes before; and it is looked for what was done to it.
  for (const [name, contentOf] of Object.entries(CONTENTS_007)) {
    const texts = SHARES.map((share) => DAMAGES["without its end"]!(text007(contentOf(262_144 * share))));
    if (texts.at(-1)!.length > 65_536) continue;
    yield { name: `diagnoseToken, ${name}, cut`, runs: texts.map((text) => () => diagnoseToken(text)) };
  }
  // Thousands of edits are tried, each at a cost that does not depend on what the token holds.
  for (const [version, textOf] of [["005", text005], ["006", text006]] as const) {
    const texts = [256, 512].map((size) => DAMAGES["without a character"]!(textOf(size)));
    yield { name: `diagnoseToken, ${version} without a character`, runs: texts.map((text) => () => diagnoseToken(text)) };
  }
  for (const part of ["a&", "KEY=1&", "&&&", "%41%42", "=+", "\0", '"\\', "sig=a&"]) {
    const texts = LARGER.map((size) => whiteboard(repeated(part, size / 4)));
    const options = { secretKey: "secret" };
    yield { name: `verifyWhiteboardToken, ${part}`, runs: texts.map((text) => () => verifyWhiteboardToken(text, options)) };
  }
  for (const part of ["x", "[", '{"a":', "\\u0041"]) {
    const bodies = LARGER.map((size) => new TextEncoder().encode(repeated(part, size * 4)));
    const headers = { "agora-signature-v2": "0".repeat(64) };
    yield {
      name: `verifyNotification, ${part}`,
      runs: bodies.map((body) => () => verifyNotification(body, headers, "secret")),
    };
  }
}

/** Sizes in characters, each twice the one before it. */
const LARGER = [8192, 16_384, 32_768, 65_536];

/** A part as often as it fits; KEY in it is another each time, since a key that stands twice ends the reading. */
function repeated(part: string, size: number): string {
  return Array.from({ length: size / part.length }, (_, index) => part.replace("KEY", `a${index}`)).join("");
}

/** A token of the whiteboard with something in it that may repeat. */
function whiteboard(content: string): string {
  return `NETLESSROOM_${btoa(`ak=1&sig=${"0".repeat(64)}&x=${content}`).replaceAll("=", "")}`;
}

/** What is done to tokens, and a channel of a length that no token has. */
const DAMAGED = new RegExp(`, (${Object.keys(DAMAGES).slice(1).join("|")}|for a channel)`);

/** The exponent with which times grow: the slope of their logarithms by least squares. Less than a millisecond counts as one. */
export function exponentOf(times: readonly number[]): number {
  const middle = (times.length - 1) / 2;
  const offsets = times.map((_, index) => index - middle);
  const sum = offsets.reduce((sum, offset, index) => sum + offset * Math.log2(Math.max(times[index]!, 1)), 0);
  return sum / offsets.reduce((sum, offset) => sum + offset ** 2, 0);
}

/** The largest exponent of what does not grow faster than its input: 2.3 times the time for twice as much. */
export const MOST = Math.log2(2.3);

/** The processor time of a call, in milliseconds. What takes less than 2 is called again and again. */
async function timeOf(run: Run): Promise<number> {
  const start = cpuUsage();
  for (let calls = 1;; calls++) {
    await run();
    const { user, system } = cpuUsage(start);
    if (user + system >= 2000) return (user + system) / 1000 / calls;
  }
}

/**
 * The least times of calls, measured again as long as they seem to grow too fast: other programs disturb. The largest is first, so that
 * what the runtime takes to compile and optimize is not in the times of the small ones, where it would hide growth.
 */
export async function timesOf(runs: readonly Run[], attempts = 8): Promise<number[]> {
  const least = runs.map(() => Infinity);
  for (let attempt = 0; attempt === 0 || attempt < attempts && exponentOf(least) > MOST; attempt++) {
    for (let index = runs.length - 1; index >= 0; index--) least[index] = Math.min(least[index]!, await timeOf(runs[index]!));
  }
  return least;
}

if (import.meta.main) {
  for (const { name, runs } of growing()) {
    if (Deno.args.length === 0 || Deno.args.includes(name)) console.log(JSON.stringify({ name, times: await timesOf(runs) }));
  }
}
