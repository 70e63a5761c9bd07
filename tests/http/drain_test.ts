import { assertEquals, assertRejects } from "@std/assert";
import { drainer } from "../../src/server/http/drain.ts";

/** Something to shut down, which counts the calls. */
function ending() {
  const state = { calls: 0, shutdown: () => (state.calls++, Promise.resolve()) };
  return state;
}

Deno.test("drainer() shuts down in the first moment without requests, and asks clients to close their connections", async () => {
  let finish = () => {};
  const slow = () => new Promise<Response>((resolve) => finish = () => resolve(new Response("done")));
  const late: number[] = [];
  const { handler, drain } = drainer(slow, 60, (active) => late.push(active));
  const request = new Request("http://h/");
  const answer = handler(request, undefined);
  const server = ending();
  drain(server);
  assertEquals(server.calls, 0);
  finish();
  assertEquals([(await answer).headers.get("connection"), server.calls], ["close", 1]);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assertEquals(late, [0]); // a connection that a client keeps open is no request that is lost
});

Deno.test("drainer() reports how many requests are lost when its deadline passes", async () => {
  const late: number[] = [];
  let finish = () => {};
  const slow = () => new Promise<Response>((resolve) => finish = () => resolve(new Response()));
  const { handler, drain } = drainer(slow, 20, (active) => late.push(active));
  const answer = handler(new Request("http://h/"), undefined);
  drain(ending());
  await new Promise((resolve) => setTimeout(resolve, 60));
  assertEquals(late, [1]);
  finish();
  await answer;
});

for (
  const [fails, failing] of Object.entries<() => Promise<Response>>({
    rejects: () => Promise.reject(new Error("broken")),
    throws: () => {
      throw new Error("broken");
    },
  })
) {
  Deno.test(`drainer() counts a request as finished when its handler ${fails}`, async () => {
    const late = Promise.withResolvers<number>();
    const { handler, drain } = drainer(failing, 20, late.resolve);
    await assertRejects(() => handler(new Request("http://h/"), undefined), Error, "broken");
    const server = ending();
    drain(server);
    assertEquals(server.calls, 1); // at once: nothing is in progress
    assertEquals(await late.promise, 0);
  });
}
