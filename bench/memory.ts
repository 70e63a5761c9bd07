/**
 * Builds, verifies and reads tokens, a million of each, and prints the memory after each tenth: the heap in use after a collection,
 * what the runtime has set aside for it, and what is resident. In Deno:
 *
 * ```sh
 * deno run --allow-all --v8-flags=--expose-gc bench/memory.ts [COUNT]
 * ```
 *
 * @module
 */
import process from "node:process";
import { buildToken, parseToken, rtc, rtm, verifyToken } from "../mod.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const project = { appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210", expire: 3600 };
const { gc, Bun } = globalThis as { gc?: () => void; Bun?: { gc(isForced: boolean): void } };
const collect = gc ?? (() => Bun?.gc(true));
/** One token in two is of ordinary size; the content of the others is larger than what our own deflate packs, so that zlib does. */
const build = (index: number) => {
  if (index % 2 === 0) {
    return buildToken({
      ...project,
      services: [rtc({ channelName: `room-${index % 1000}`, uid: index + 1, role: "publisher" })],
    });
  }
  const channelName = "r".repeat(60);
  const account = `${"u".repeat(100)}${index}`;
  return buildToken({
    ...project,
    services: [rtc({ channelName, account, role: "publisher" }), rtm({ userId: `user-${index}` })],
  });
};
const tokens = [await build(0), await build(1)];
const CALLS: Readonly<Record<string, (index: number) => unknown>> = {
  builds: build,
  verifies: (index) => verifyToken(tokens[index % 2]!, { certificates: project.appCertificate }),
  "damaged parses": (index) => {
    const token = tokens[index % 2]!;
    return parseToken(token.slice(0, 4 + index % (token.length - 4))).catch(() => {});
  },
};
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)}`;
for (const [name, call] of Object.entries(CALLS)) {
  const shown: string[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    for (let index = 0; index < count / 10; index++) await call(tenth * count / 10 + index);
    collect();
    const { heapUsed, heapTotal, rss } = process.memoryUsage();
    shown.push([(heapUsed / 2 ** 20).toFixed(1), mebibytes(heapTotal), mebibytes(rss)].join("/"));
  }
  console.log(`${count} ${name}, heap in use/set aside/resident in MiB: ${shown.join("  ")}`);
}
