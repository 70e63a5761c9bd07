import { findChromium, QUIET } from "../browser/chromium.ts";
import { ROOT, tryCommand } from "../helpers.ts";
import type { Report } from "./report.ts";

// The runtimes that the library is tested in, and how each runs the bundled suite. Node, Bun and workerd come from tests/tools.

const TOOLS = `${ROOT}tests/tools`;

/** A program or module of tests/tools. */
export function tool(path: string): string {
  return `${TOOLS}/node_modules/${path}`;
}

/** Node, in the versions that the library is for. */
export const NODE_22: string = tool("node22/bin/node");
/** The newer Node. */
export const NODE_24: string = tool("node24/bin/node");
/** Bun. */
export const BUN: string = tool("bun/bin/bun.exe");

/** A place where the library runs. */
export interface Runtime {
  /** What it is called in the matrix. */
  name: string;
  /** A command that works where it is installed. */
  probe: readonly [command: string, ...args: string[]];
  /** The module that is bundled for it. */
  module: "main.ts" | "worker.ts";
  /** Runs the bundle, and gives what it reports. */
  run(bundle: string): Promise<Report>;
}

const chromium = await findChromium() ?? "chromium";
/** The browser that comes with WebKitGTK's driver. It needs a screen, and as root it cannot have its sandbox. */
const MINI_BROWSER = `/usr/lib/${Deno.build.arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const NO_SANDBOX = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };

/** Every runtime. */
export const RUNTIMES: readonly Runtime[] = [
  program("Deno", Deno.execPath(), "run"),
  program("Node 22", NODE_22),
  program("Node 24", NODE_24),
  program("Bun", BUN),
  browser("Chromium", [chromium], (folder) => ({ args: ["--headless", `--user-data-dir=${folder}`, ...QUIET] })),
  browser("Firefox", ["firefox-esr"], (folder) => ({ args: ["--headless", "--no-remote", "--profile", folder] })),
  browser("WebKit", [MINI_BROWSER, "Xvfb"], (folder) => ({ args: ["--private"], env: { HOME: folder, ...NO_SANDBOX } })),
  {
    name: "workerd",
    probe: [NODE_24, "--print", `require(${JSON.stringify(tool("miniflare/package.json"))}).version`],
    module: "worker.ts",
    run: async (bundle) => JSON.parse((await answersOfWorker(bundle, {}, [["http://localhost/"]]))[0]!.body),
  },
];

/** A runtime that is a program, and takes the bundle as its last argument. */
export function program(name: string, command: string, ...args: string[]): Runtime {
  return {
    name,
    probe: [command, "--version"],
    module: "main.ts",
    run: async (bundle) => JSON.parse(await outputOf(command, ...args, bundle)),
  };
}

/** What a command prints; that it fails, or complains, is an error. */
export async function outputOf(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd: ROOT }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${command} ${args.join(" ")}\n${text.decode(stdout)}${text.decode(stderr)}`);
  return text.decode(stdout);
}

/** Whether a runtime is installed. */
export async function isThere({ probe: [command, ...args] }: Pick<Runtime, "probe">): Promise<boolean> {
  return await tryCommand(command, ...args) !== undefined;
}

/** Sends requests to a worker in workerd, with variables for its `env`. */
export async function answersOfWorker(
  bundle: string,
  bindings: Record<string, string>,
  requests: [url: string, init?: RequestInit][],
): Promise<{ status: number; body: string }[]> {
  const script = `${TOOLS}/workerd.mjs`;
  return JSON.parse(await outputOf(NODE_24, script, bundle, JSON.stringify(bindings), JSON.stringify(requests)));
}

/** How long a browser may take, in milliseconds. */
const PATIENCE = 180_000;

/** A page that sends what its script prints, or why it could not run, to where it came from. */
const PAGE = `<!DOCTYPE html>
<script>
  console.log = (body) => fetch("/report", { method: "POST", body });
  onerror = (message) => console.log(message);
  onunhandledrejection = ({ reason }) => console.log(String(reason));
</script>
<script type="module" src="suite.mjs"></script>`;

/**
 * A browser, which opens a page of localhost, where it has WebCrypto.
 *
 * @param commands The browser, and what else has to be there: a screen.
 * @param start How to start it with a folder of its own.
 */
function browser(
  name: string,
  commands: readonly [browser: string, ...screen: string[]],
  start: (folder: string) => { args: string[]; env?: Record<string, string> },
): Runtime {
  return {
    name,
    probe: ["which", ...commands],
    module: "main.ts",
    async run(bundle) {
      const printed = Promise.withResolvers<string>();
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
        const { pathname } = new URL(request.url);
        if (pathname === "/") return new Response(PAGE, { headers: { "content-type": "text/html" } });
        const headers = { "content-type": "text/javascript" };
        if (pathname === "/suite.mjs") return new Response(await Deno.readTextFile(bundle), { headers });
        if (pathname === "/report") printed.resolve(await request.text());
        return new Response(null, { status: 404 });
      });
      const folder = await Deno.makeTempDir();
      const started: Deno.ChildProcess[] = [];
      const timer = setTimeout(() => printed.reject(new Error(`${name} reported nothing`)), PATIENCE);
      try {
        const { args, env = {} } = start(folder);
        const [command, screen] = commands;
        const display = screen === undefined ? {} : await startScreen(screen, started);
        const options = { args: [...args, `http://127.0.0.1:${server.addr.port}/`], env: { ...env, ...display } };
        const child = new Deno.Command(command, { ...options, stdout: "null", stderr: "null" }).spawn();
        started.push(child);
        void child.status.then(({ code }) => printed.reject(new Error(`${name} ended with ${code} and reported nothing`)));
        return JSON.parse(await printed.promise);
      } finally {
        clearTimeout(timer);
        for (const child of started.reverse()) await end(child);
        await server.shutdown();
        await removeAtLast(folder);
      }
    },
  };
}

/** Ends a process that may have ended by itself. */
async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}

/** Removes a folder in which what is left of a browser may still write for a moment. */
async function removeAtLast(folder: string): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** Starts a screen that nobody sees, and says which it is. */
async function startScreen(command: string, started: Deno.ChildProcess[]): Promise<{ DISPLAY: string }> {
  const child = new Deno.Command(command, { args: ["-displayfd", "1"], stdout: "piped", stderr: "null" }).spawn();
  started.push(child);
  const display = await new Response(child.stdout).text(); // it writes in two parts, and closes its output when it is ready
  if (display === "") throw new Error(`${command} did not start`);
  return { DISPLAY: `:${display.trim()}` };
}
