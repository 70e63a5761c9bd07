/**
 * Builds, verifies and reads damaged tokens, a million of each, and prints the heap and the resident memory after each tenth, which
 * must not grow.
 *
 * ```sh
 * deno run --allow-all --v8-flags=--expose-gc bench/memory.ts [COUNT]
 * ```
 *
 * @module
 */
import { parseToken, verifyToken } from "../mod.ts";
import { RtcTokenBuilder } from "../src/official/compat.ts";

const count = Number(Deno.args[0] ?? 1_000_000);
const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const { gc } = globalThis as { gc?: () => void };
const build = (index: number) => RtcTokenBuilder.buildTokenWithUid(...ids, `room-${index % 1000}`, index + 1, 1, 3600, 3600);
const token = build(0);
const CALLS: Record<string, (index: number) => unknown> = {
  builds: build,
  verifies: () => verifyToken(token, { certificates: ids[1] }),
  "damaged parses": (index) => parseToken(token.slice(0, 4 + index % (token.length - 4))).catch(() => {}),
};
for (const [name, call] of Object.entries(CALLS)) {
  const shown: string[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    for (let index = 0; index < count / 10; index++) await call(tenth * count / 10 + index);
    gc?.();
    const { heapUsed, rss } = Deno.memoryUsage();
    shown.push(`${(heapUsed / 2 ** 20).toFixed(1)}/${(rss / 2 ** 20).toFixed(0)}`);
  }
  console.log(`${count} ${name}, heap/resident in MiB: ${shown.join("  ")}`);
}
