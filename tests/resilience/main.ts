/**
 * Puts real servers, in Deno and in Node, through bad days, one after the other, and prints what became of them. Ends with 1 where
 * one of them did what it must not.
 *
 * ```sh
 * deno task resilience                         # every scenario
 * deno task resilience --only "slow clients"   # some of them
 * deno task resilience --way node              # in Node only
 * deno task resilience --minutes 30            # mixed load for half an hour, with the memory of every minute
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { mixed } from "./mixed.ts";
import { SCENARIOS } from "./scenarios.ts";
import { clean, WAYS } from "./ways.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ args: Deno.args, options: { only: text, way: text, minutes: text } });
const ways = Object.entries(WAYS).filter(([name]) => values.way === undefined || values.way === name);
let failures = 0;

/** Runs one scenario, and says what became of it. */
async function show(what: string, run: () => Promise<string>): Promise<void> {
  try {
    console.log(`ok      ${what}: ${await run()}`);
  } catch (error) {
    failures++;
    console.log(`FAILED  ${what}: ${(error as Error).stack}`);
  }
}

for (const [, way] of ways) {
  if (values.minutes !== undefined) {
    await show(`${way.name}, mixed load for ${values.minutes} minutes`, () => mixed(way, Number(values.minutes)));
    continue;
  }
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (name.includes(values.only ?? "")) await show(`${way.name}, ${name}`, () => scenario(way, false));
  }
}
await clean();
Deno.exit(failures === 0 ? 0 : 1);
