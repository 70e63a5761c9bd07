/**
 * Measures how the time of a call grows with services, privileges, RTM2 entries and the lines of a batch, and draws it: each point is
 * the least of several rounds, in processor time. `--draw` writes the plots to docs/growth.svg.
 *
 * ```sh
 * deno run --allow-all bench/growth.ts [--draw]
 * ```
 *
 * @module
 */
import process from "node:process";
import { packToken, parseToken, type Service, type Token007, verifyToken } from "../mod.ts";
import { buildLine } from "../src/cli/lines.ts";
import { formatted, type Part } from "./measured.ts";
import { drawn, type Plot, type Point } from "./plot.ts";

const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const ROUNDS = 7;
const STEPS = 10;
const DRAWING = new URL("../docs/growth.svg", import.meta.url);

/** The bound on the content of a token, raised so that the largest one here is read. */
const maxPayload = 8 * 1024 * 1024;

const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

/** What grows: up to how many there are, and the services of a token with so many. */
const GROWING: Readonly<Record<string, { most: number; services: (count: number) => Service[] }>> = {
  services: {
    most: 1000,
    services: (count) => names(count).map((userId) => ({ type: "rtm", userId, privileges: { login: 600 } })),
  },
  privileges: {
    most: 10_000,
    services: (count) => [{
      type: "rtc",
      channelName: "lobby",
      uid: "1001",
      privileges: Object.fromEntries(names(count).map((_, index) => [index + 1, 600])),
    }],
  },
  "RTM2 entries": {
    most: 10_000,
    services: (count) => [{
      type: "rtm2",
      userId: "bob",
      permissions: { messageChannels: { read: names(count) } },
      privileges: { login: 600 },
    }],
  },
};

/** Measures everything that grows. */
export async function growth(): Promise<Part & { plots: Plot[] }> {
  const plots: Plot[] = [];
  for (const [what, { most, services }] of Object.entries(GROWING)) {
    const lines: Record<string, Point[]> = { build: [], parse: [], verify: [] };
    for (const count of counts(most)) {
      const issueTs = Math.floor(Date.now() / 1000);
      const token: Token007 = { version: "007", appId: ids[0], issueTs, expire: 600, salt: 1, services: services(count) };
      const text = await packToken(token, ids[1]);
      lines.build!.push([count, await least(() => packToken(token, ids[1]))]);
      lines.parse!.push([count, await least(() => parseToken(text, { maxPayload }))]);
      lines.verify!.push([count, await least(() => verifyToken(text, { certificates: ids[1], maxPayload }))]);
    }
    plots.push({ title: what, lines });
  }
  plots.push({ title: "lines of build --batch", lines: { lines: await batch() } });
  const rows = plots.flatMap(({ title, lines }) =>
    Object.entries(lines).map(([name, points]) => {
      const [count, time] = points.at(-1)!;
      return [`${title}, ${name}`, [`${count}`, `${time.toFixed(0)} µs`, determination(points).toFixed(4)]] as const;
    })
  );
  return { text: formatted(["growth", "most", "processor time", "R² of a line"], rows), ratios: {}, plots };
}

/** The lines of a batch, each as the command line answers it. */
async function batch(): Promise<Point[]> {
  const lineOf = (userId: string) =>
    JSON.stringify({ builder: "rtm.buildToken", appId: ids[0], appCertificate: ids[1], args: { userId, expire: 600 } });
  const points: Point[] = [];
  for (const count of counts(10_000)) {
    const lines = names(count).map(lineOf);
    const answer = async () => {
      for (const line of lines) JSON.stringify(await buildLine(JSON.parse(line)));
    };
    points.push([count, await least(answer)]);
  }
  return points;
}

function counts(most: number): number[] {
  return [1, ...Array.from({ length: STEPS }, (_, step) => most * (step + 1) / STEPS)];
}

/** The processor time of a call in microseconds: the least of several rounds, each of as many calls as take some milliseconds. */
async function least(call: () => Promise<unknown>): Promise<number> {
  const time = async (calls: number) => {
    const start = process.cpuUsage();
    for (let index = 0; index < calls; index++) await call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / calls;
  };
  for (let index = 0; index < 50; index++) await call(); // until it is compiled
  const calls = Math.max(1, Math.ceil(3000 / await time(3)));
  let smallest = Infinity;
  for (let round = 0; round < ROUNDS; round++) smallest = Math.min(smallest, await time(calls));
  return smallest;
}

/** How much of the variation a straight line explains: 1 is all of it. */
function determination(points: readonly Point[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const [xx, xy, yy] = [
    mean(points.map(([a]) => (a - x) ** 2)),
    mean(points.map(([a, b]) => (a - x) * (b - y))),
    mean(points.map(([, b]) => (b - y) ** 2)),
  ];
  return xy ** 2 / (xx * yy);
}

if (import.meta.main) {
  const { text, plots } = await growth();
  console.log(text);
  if (Deno.args.includes("--draw")) await Deno.writeTextFile(DRAWING, drawn(plots));
}
