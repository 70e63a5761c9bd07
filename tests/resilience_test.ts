import { SCENARIOS } from "./resilience/scenarios.ts";
import { WAYS } from "./resilience/ways.ts";

// The scenarios of `deno task resilience` that need no waiting for time limits, with less load. The others have tests of their own in
// tests/server and tests/access.

const SHORT: Readonly<Record<string, string>> = {
  "SIGKILL under load": "server.ts that is killed leaves a log of whole lines and a port that the next one can take",
  "clocks that jump": "server.ts follows a clock that jumps with its tokens, and not with its rate limit",
  "slow clients": "server.ts answers others while clients send half of a request, or read no answer",
};

for (const [name, what] of Object.entries(SHORT)) {
  Deno.test({
    name: what,
    ignore: Deno.build.os !== "linux", // /proc
    fn: async () => void await SCENARIOS[name]!(WAYS.deno, true),
  });
}
