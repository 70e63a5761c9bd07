import type { Diagnosis } from "../mod.ts";
import { judge, verdictOf } from "../src/inspect/judge.ts";

/** The judgement over a text that was read, with its verdict: what `diagnoseToken` gives, without reading again. */
export async function diagnosed(...given: Parameters<typeof judge>): Promise<Diagnosis> {
  const verification = await judge(...given);
  return { ...verification, verdict: verdictOf(verification) } as Diagnosis;
}
