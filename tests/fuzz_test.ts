import { assert, assertEquals } from "@std/assert";
import { run, type Summary } from "./fuzz/run.ts";
import { runRequests } from "./fuzz/server.ts";
import { total } from "./fuzz/shown.ts";

// The bounded run of the fuzzer: the same inputs every time. `deno task fuzz` runs others, and as many as one likes.

const SEED = 20261126;

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

/** What went wrong, with how to run it again. */
function failuresOf({ failures }: Summary): string[] {
  return failures.map(({ number, what }) => `--seed ${SEED} --from ${number} --inputs 1\n${what}`);
}

Deno.test("parseToken(), verifyToken(), diagnoseToken(), findTokens() and the builders agree with a second implementation over 10,000 inputs", async () => {
  const sum = await run(SEED, numbers(10_000));
  assertEquals(failuresOf(sum), []);
  // A fuzzer that only makes garbage is worth nothing.
  assertEquals(Object.keys(sum.formats).sort(), ["001", "002", "003", "004", "005", "006", "007", "other", "signaling"]);
  for (const [format, counts] of Object.entries(sum.formats)) {
    if (format === "other") continue;
    for (
      const outcome of ["verify accepted", "verify invalid", "parse refused", "diagnose works", "diagnose fails", "find found"]
    ) {
      assert((counts[outcome] ?? 0) > 10, `${format}: ${outcome} ${counts[outcome]}`);
    }
  }
  const share = total(sum.changes, "accepted") / total(sum.changes);
  assert(share > 0.4 && share < 0.7, `${share}`);
});

Deno.test("createTokenServer() gives exactly the tokens that a second judge of grants allows over 5,000 requests", async () => {
  const sum = await runRequests(SEED, numbers(5000));
  assertEquals(failuresOf(sum), []);
  const share = total(sum.changes, "accepted") / total(sum.changes);
  assert(share > 0.2 && share < 0.5, `${share}`);
  for (const [name, counts] of Object.entries(sum.formats)) {
    for (const status of name === "inspect" ? [200, 401] : [200, 401, 403]) {
      assert((counts[`status ${status}`] ?? 0) > 0, `${name} ${status}`);
    }
  }
});
