import { assert, assertEquals } from "@std/assert";
import { LONGEST_PASTE, tokenOf } from "../playground/paste.ts";

Deno.test("tokenOf() needs no time for a paste that is made to take long", () => {
  for (const [start, part] of [["007", " a"], ["007", "= "], ["007", " "], ["", "1"], ["", "%2B"], ["", "\\u0041"]] as const) {
    const started = performance.now();
    assertEquals(tokenOf((start + part.repeat(LONGEST_PASTE)).slice(0, LONGEST_PASTE)).isFound, false);
    assert(performance.now() - started < 2000, part);
  }
});
