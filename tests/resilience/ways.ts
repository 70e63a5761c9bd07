import { COMMANDS, type Running, withServer } from "../server/processes.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { install } from "../package/installed.ts";
import { NODE_24 } from "../runtimes/runtimes.ts";

// The ways to run the server as a real process, and what the scenarios need of one.

/** A way to run the server, with a module that is loaded before it where there is one. */
export interface Way {
  /** What it is called. */
  readonly name: string;
  /** The program and its arguments. */
  command(preload?: string): Promise<[program: string, ...args: string[]]>;
  /** Whether it ends connections that send nothing; a proxy has to, where it does not. */
  readonly endsSilentConnections: boolean;
}

let made: ReturnType<typeof install> | undefined;

/** Deno with `server.ts`, and Node with the npm package. */
export const WAYS: Readonly<Record<"deno" | "node", Way>> = {
  deno: {
    name: "Deno",
    endsSilentConnections: false,
    command(preload) {
      const [run, ...args] = COMMANDS["deno run server.ts"]!;
      return Promise.resolve([Deno.execPath(), run!, ...(preload === undefined ? [] : [`--preload=${preload}`]), ...args]);
    },
  },
  node: {
    name: "Node",
    endsSilentConnections: true,
    async command(preload) {
      const { project } = await (made ??= install());
      const bin = `${project}/node_modules/agoratoken/esm/src/cli/bin.js`;
      return [NODE_24, ...(preload === undefined ? [] : ["--import", preload]), bin, "serve"];
    },
  },
};

/** Removes what was installed. */
export async function clean(): Promise<void> {
  if (made !== undefined) await Deno.remove((await made).folder, { recursive: true });
}

/** How a server is started. */
interface Start {
  /** Its access file; without one, everybody gets tokens. */
  readonly access?: string;
  readonly port?: number;
  /** The most file descriptors that it may have. */
  readonly descriptors?: number;
  /** A module that is loaded before it. */
  readonly preload?: string;
}

/** Starts a server, uses it, and ends it. */
export async function withWay(
  way: Way,
  { access, port = 0, descriptors, preload }: Start,
  use: (server: Running) => Promise<void>,
): Promise<void> {
  const env: Record<string, string> = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE, PORT: `${port}` };
  if (access === undefined) env.AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION = "1";
  else env.AGORATOKEN_ACCESS_FILE = access;
  const [program, ...args] = await way.command(preload);
  if (descriptors === undefined) return await withServer(args, env, use, {}, program);
  // The shell becomes the server.
  const limited = ["-c", `ulimit -n ${descriptors}; exec "$0" "$@"`, program, ...args];
  await withServer(limited, env, use, {}, "sh");
}

/** The resident memory of a process, in MiB. */
export async function resident(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

/** Requests over and over, and what was answered. */
export interface Load {
  /** How many answers there were, by status. */
  readonly statuses: Record<number, number>;
  /** How long each took, in milliseconds. */
  readonly times: number[];
  /** How many requests had no answer. */
  failed: number;
  /** Ends it, and waits until the last answers are there. */
  stop(): Promise<void>;
}

/**
 * Sends requests over some connections until it is stopped.
 *
 * @param init The headers, and what else the requests have.
 * @param endsAtFailure Whether a connection without an answer is the last.
 */
export function load(url: string, init: RequestInit = {}, connections = 8, endsAtFailure = false): Load {
  let isOver = false;
  const state: Load = {
    ...{ statuses: {}, times: [], failed: 0 },
    async stop() {
      isOver = true;
      await Promise.all(workers);
    },
  };
  const workers = Array.from({ length: connections }, async () => {
    while (!isOver) {
      const started = performance.now();
      try {
        const response = await fetch(url, init);
        await response.arrayBuffer();
        state.statuses[response.status] = (state.statuses[response.status] ?? 0) + 1;
        state.times.push(performance.now() - started);
      } catch {
        state.failed++;
        if (endsAtFailure) return;
        await pause(5);
      }
    }
  });
  return state;
}

/** The time within which so many of a hundred answers came, in milliseconds. */
export function within(share: number, { times }: Load): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor((sorted.length - 1) * share / 100)] ?? NaN).toFixed(1)} ms`;
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something holds, and gives the milliseconds that it took. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, most = 30_000): Promise<number> {
  const started = performance.now();
  while (!await holds()) {
    if (performance.now() - started > most) throw new Error(`not within ${most / 1000} s: ${what}`);
    await pause(10);
  }
  return Math.round(performance.now() - started);
}

/** Connections that are opened, write some text, and read nothing. */
export async function silent(base: string, count: number, text: string): Promise<Deno.TcpConn[]> {
  const { hostname, port } = new URL(base);
  const opened: Deno.TcpConn[] = [];
  for (let index = 0; index < count; index++) {
    try {
      const connection = await Deno.connect({ hostname, port: Number(port) });
      opened.push(connection);
      await connection.write(new TextEncoder().encode(text));
    } catch {
      await pause(5); // it takes no more
    }
  }
  return opened;
}

/** Closes connections, also those that the server closed. */
export function close(connections: readonly Deno.Conn[]): void {
  for (const connection of connections) {
    try {
      connection.close();
    } catch {
      // it is closed
    }
  }
}

/** A port that nothing listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}
