import { assert, assertEquals } from "@std/assert";
import { drainer } from "../../src/server/http/drain.ts";
import { isoTime } from "../../src/server/http/log.ts";
import { createTokenServer, type TokenServerOptions } from "../../src/server/mod.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { ask, PROJECT, serverOf } from "./harness.ts";

/** Logs that fail in different ways; the error contains a secret, as any error may. */
const FAILING: Record<string, TokenServerOptions["log"]> = {
  throws: () => {
    throw new TypeError(CERTIFICATE);
  },
  rejects: () => Promise.reject(new TypeError(CERTIFICATE)),
};

/** Runs a function, and returns what it wrote to `console.error`. */
async function errorsOf(run: () => Promise<void>): Promise<string[]> {
  const errors: string[] = [];
  const { error } = console;
  console.error = (...values: unknown[]) => void errors.push(values.join(" "));
  try {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 0)); // where a rejection is reported
  } finally {
    console.error = error;
  }
  return errors;
}

for (const [fails, log] of Object.entries(FAILING)) {
  Deno.test(`tokenServer() answers when its log ${fails}, and reports it without the message`, async () => {
    const errors = await errorsOf(async () => {
      assertEquals((await ask(serverOf({ log: log! }), "/rtm/bob")).status, 200);
      assertEquals((await ask(serverOf({ log: log! }), "/rtm/0")).status, 400);
    });
    assertEquals(errors.map((error) => error.split("\n")[0]), Array(2).fill("agoratoken: the log failed: TypeError"));
    assert(!errors.join().includes(CERTIFICATE));
  });

  Deno.test(`drainer() has no request left in progress when the server's log ${fails}`, async () => {
    await errorsOf(async () => {
      const late = Promise.withResolvers<number>();
      const { handler, drain } = drainer(
        createTokenServer({ projects: [PROJECT], access: "loopback", log: log! }),
        100,
        late.resolve,
      );
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
      const response = await fetch(`http://127.0.0.1:${server.addr.port}/rtm/bob`);
      assertEquals([response.status, Object.keys(await response.json())], [200, ["rtmToken"]]);
      drain(server);
      await server.finished;
      assertEquals(await late.promise, 0); // with nothing in progress, server.ts ends with status 0
    });
  });
}

Deno.test("isoTime() gives what toISOString() gives, within a second, in the next one and in an earlier one", () => {
  for (const time of [0, 1, 999, 1000, 1_700_000_000_000, 1_700_000_000_007, 1_700_000_001_070, 999, 86_399_999]) {
    assertEquals(isoTime(time), new Date(time).toISOString());
  }
});
