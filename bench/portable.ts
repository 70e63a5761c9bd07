/**
 * Measures the portable engine in the runtime that it runs in, by the clock: a page of Chromium, a worker of workerd, or Deno, with
 * which `runtimes.ts` compares them. As a program it prints the milliseconds of a round's calls, as a worker it answers with them.
 *
 * @module
 */
import { parseToken, RtcTokenBuilder2, verifyToken } from "../mod.ts";
import { useEngine } from "../src/runtime/choose.ts";
import { portableEngine } from "../src/runtime/portable.ts";

const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const ROUNDS = 15;
const CALLS = 200;

/** The microseconds of a call in each round, by what is called. */
async function measured(): Promise<Record<string, number[]>> {
  useEngine(portableEngine);
  const build = () => RtcTokenBuilder2.buildTokenWithUid(...ids, "lobby", 1001, 1, 3600, 3600);
  const token = await build();
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    "RtcTokenBuilder2": build,
    "parseToken": () => parseToken(token),
    "verifyToken": () => verifyToken(token, { certificates: ids[1], channelName: "lobby", uid: 1001 }),
  };
  const rounds: Record<string, number[]> = {};
  for (let round = -2; round < ROUNDS; round++) { // the first warm up
    for (const [name, call] of Object.entries(calls)) {
      const start = await time();
      for (let index = 0; index < CALLS; index++) await call();
      const microseconds = (await time() - start) / CALLS * 1000;
      if (round >= 0) (rounds[name] ??= []).push(microseconds);
    }
  }
  return rounds;
}

/** The time in milliseconds. The clock of workerd stands still until something is waited for. */
async function time(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return performance.now();
}

export default { fetch: async (): Promise<Response> => Response.json(await measured()) };
if (navigator.userAgent !== "Cloudflare-Workers") console.log(JSON.stringify(await measured()));
