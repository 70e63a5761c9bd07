/**
 * Compares the token server with a bare `Deno.serve` that answers as many bytes, and with Express and npm agora-token, and shows what
 * each of its parts costs: five rounds in turn, with all servers running. Needs Linux, and a C compiler for the client.
 *
 * ```sh
 * deno run --allow-all bench/server.ts [SECONDS]
 * ```
 *
 * @module
 */
import { encodeHex } from "@std/encoding/hex";
import { NODE_24 } from "../tests/runtimes/runtimes.ts";
import { bundled, formatted, median, output, type Part } from "./measured.ts";

const ROUNDS = 5;
const CONNECTIONS = "32";
const WARM_UP = 3;
const TOKEN = "/rtc/lobby/publisher/uid/1001/";
const KEY = "a-key-of-the-benchmark-0123456789";
const header = `Authorization: Bearer ${KEY}`;
const BARE = "bare `Deno.serve`, as many bytes";
const PROGRAM = "`server.ts`: all of this, and its end";

/** A server, and what it is asked. */
interface Contender {
  /** The command: `PORT` and `ACCESS` in it stand for the port, and for the file that says who may ask. */
  readonly command: readonly string[];
  readonly path: string;
}

const deno = [Deno.execPath(), "run", "--allow-all", "--no-check"];
const library = (parts: number, path = TOKEN) => ({
  command: [...deno, "bench/servers/library.ts", "PORT", "ACCESS", `${parts}`],
  path,
});

/** The contenders; `bundle` is Express for Node. */
const contenders = (bundle: string): Readonly<Record<string, Contender>> => ({
  [BARE]: { command: [...deno, "bench/servers/bare.ts", "PORT"], path: "/" },
  "the same with our headers": { command: [...deno, "bench/servers/bare.ts", "PORT", "headers"], path: "/" },
  "and a new token, whatever is asked": { command: [...deno, "bench/servers/bare.ts", "PORT", "token"], path: "/" },
  "`createTokenServer`, /ping": library(0, "/ping"),
  "an RTC token": library(0),
  "and a rate limit": library(1),
  "and keys": library(2),
  "and a log": library(3),
  "and the page": library(4),
  [PROGRAM]: { command: [...deno, "server.ts"], path: TOKEN },
  "Express with agora-token, Deno": { command: [...deno, "bench/servers/express.ts", "PORT"], path: TOKEN },
  "Express with agora-token, Node 24": { command: [NODE_24, bundle, "PORT"], path: TOKEN },
});

/** What the client measured; latencies in microseconds. */
interface Load {
  perSecond: number;
  failed: number;
  p50: number;
  p90: number;
  p99: number;
  p999: number;
}

/** A server that listens. */
interface Running {
  readonly load: (seconds: number, perSecond?: number) => Promise<Load>;
  /** The processor time that it has used, in microseconds. */
  readonly used: () => Promise<number>;
  readonly end: () => Promise<void>;
}

/** Measures the servers; each answers for `seconds` in each round. */
export async function server(seconds = 2): Promise<Part> {
  const folder = await Deno.makeTempDir();
  const running: Record<string, Running> = {};
  try {
    await output("cc", "-O2", "-o", `${folder}/load`, "bench/load.c");
    await writeAccess(`${folder}/access.json`);
    return await bundled("bench/servers/express.ts", "deno", async (bundle) => {
      for (const [name, contender] of Object.entries(contenders(bundle))) {
        running[name] = await start(contender, folder);
        await running[name].load(WARM_UP); // until what is hot is compiled
      }
      return await compared(running, seconds);
    });
  } finally {
    for (const { end } of Object.values(running)) await end();
    await Deno.remove(folder, { recursive: true });
  }
}

async function compared(running: Readonly<Record<string, Running>>, seconds: number): Promise<Part> {
  const rounds: Record<string, { perSecond: number; failed: number; microseconds: number }[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { load, used }] of Object.entries(running)) {
      const before = await used();
      const { perSecond, failed } = await load(seconds);
      const microseconds = (await used() - before) / (perSecond * seconds);
      (rounds[name] ??= []).push({ perSecond, failed, microseconds });
    }
  }
  const perSecond = (name: string) => median(rounds[name]!.map(({ perSecond }) => perSecond));
  const ratios: Record<string, number> = {};
  const rows = Object.entries(rounds).map(([name, loads]) => {
    const rates = loads.map(({ perSecond }) => perSecond);
    const failed = loads.reduce((sum, { failed }) => sum + failed, 0);
    if (failed > 0) throw new Error(`${name}: ${failed} requests failed`);
    ratios[name] = perSecond(name) / perSecond(BARE);
    const time = median(loads.map(({ microseconds }) => microseconds)).toFixed(1);
    return [name, [`${perSecond(name)} (${Math.min(...rates)}–${Math.max(...rates)})`, ratios[name].toFixed(2), time]] as const;
  });
  const steady: (readonly [string, string[]])[] = [];
  for (const [name, { load }] of Object.entries(running)) {
    if (name !== BARE && name !== PROGRAM && !name.startsWith("Express")) continue;
    const { p50, p90, p99, p999 } = await load(seconds * 2, 1000);
    steady.push([name, [p50, p90, p99, p999].map((time) => (time / 1000).toFixed(2))]);
  }
  const text = [
    formatted(["server", "requests a second: median of five (range)", "of bare", "processor time of one, µs"], rows),
    formatted(["at 1,000 requests a second, latency in ms", "50 %", "90 %", "99 %", "99.9 %"], steady),
  ].join("\n\n");
  return { text, ratios: { server: ratios } };
}

/** Writes who may ask: the holder of the key. */
async function writeAccess(path: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(KEY)));
  const grant = { services: ["rtc"], channels: ["*"], users: ["*"], roles: ["publisher"], rateLimit: 1_000_000 };
  await Deno.writeTextFile(path, JSON.stringify({ keys: [{ id: "bench", sha256: encodeHex(digest), ...grant }] }));
}

/** Starts a server, and waits until it listens. */
async function start({ command, path }: Contender, folder: string): Promise<Running> {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const names: Readonly<Record<string, string>> = { PORT: `${port}`, ACCESS: `${folder}/access.json` };
  const [program, ...args] = command.map((arg) => names[arg] ?? arg);
  const child = new Deno.Command(program!, {
    args,
    cwd: new URL("..", import.meta.url).pathname,
    env: {
      AGORA_APP_ID: "0123456789abcdef0123456789abcdef",
      AGORA_APP_CERTIFICATE: "fedcba9876543210fedcba9876543210",
      AGORATOKEN_ACCESS_FILE: names.ACCESS!,
      HOST: "127.0.0.1",
      PORT: names.PORT!,
    },
    stdout: "null",
  }).spawn();
  for (;;) {
    const connection = await Deno.connect({ port, hostname: "127.0.0.1" }).catch(() => undefined);
    connection?.close();
    if (connection !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    async load(seconds, perSecond = 0) {
      return JSON.parse(await output(`${folder}/load`, `${port}`, CONNECTIONS, `${seconds}`, `${perSecond}`, header, path));
    },
    async used() {
      let time = 0;
      for await (const { name } of Deno.readDir(`/proc/${child.pid}/task`)) {
        const [nanoseconds] = (await Deno.readTextFile(`/proc/${child.pid}/task/${name}/schedstat`)).split(" ");
        time += Number(nanoseconds) / 1000;
      }
      return time;
    },
    async end() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

if (import.meta.main) console.log((await server(Number(Deno.args[0] ?? 2))).text);
