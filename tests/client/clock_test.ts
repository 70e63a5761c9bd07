import { assert, assertEquals, assertRejects } from "@std/assert";
import { systemClock } from "../../src/client/mod.ts";

Deno.test("systemClock waits, in several steps if necessary, and leaves no timer when its signal is aborted", async () => {
  const abort = new AbortController();
  const before = performance.now();
  await systemClock.wait(20, abort.signal);
  assert(performance.now() - before >= 15);
  const waiting = assertRejects(() => systemClock.wait(2 ** 40, abort.signal), Error, "enough"); // a timer holds 2 ** 31 at most
  const soon = await Promise.race([waiting.then(() => "ended"), systemClock.wait(20, new AbortController().signal)]);
  assertEquals(soon, undefined);
  abort.abort(new Error("enough"));
  await waiting;
  await assertRejects(() => systemClock.wait(20, abort.signal), Error, "enough");
});
