import { assert, assertEquals } from "@std/assert";
import { cpuUsage } from "node:process";
import { LONGEST_PASTE, tokenOf } from "../playground/paste.ts";

Deno.test("tokenOf() takes little time for a text that is made to be slow", () => {
  for (const [start, part] of [["007", " a"], ["007", "= "], ["007", " "], ["", "1"], ["", "%2B"], ["", "\\u0041"]] as const) {
    const started = cpuUsage(); // that of this process: a loaded machine does not change it
    assertEquals(tokenOf((start + part.repeat(LONGEST_PASTE)).slice(0, LONGEST_PASTE)).isFound, false);
    assert(cpuUsage(started).user < 2_000_000, part); // microseconds
  }
});
