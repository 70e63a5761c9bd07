import { findChromium, QUIET } from "../browser/chromium.ts";
import { ROOT, tryCommand } from "../helpers.ts";
import { type Commands, runInBrowser, type Start } from "./browser.ts";
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

/** How Node runs a module in Vercel's Edge Runtime, as Next.js does. */
export const EDGE: readonly string[] = [
  "--experimental-vm-modules",
  "--no-warnings",
  `${TOOLS}/edge.mjs`,
];

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
  browser(
    "Chromium",
    [chromium],
    (folder) => ({
      args: ["--headless", `--user-data-dir=${folder}`, ...QUIET],
    }),
  ),
  browser(
    "Firefox",
    ["firefox-esr"],
    (folder) => ({ args: ["--headless", "--no-remote", "--profile", folder] }),
  ),
  browser(
    "WebKit",
    [MINI_BROWSER, "Xvfb"],
    (folder) => ({ args: ["--private"], env: { HOME: folder, ...NO_SANDBOX } }),
  ),
  {
    name: "workerd",
    probe: [
      NODE_24,
      "--print",
      `require(${JSON.stringify(tool("miniflare/package.json"))}).version`,
    ],
    module: "worker.ts",
    run: async (bundle) =>
      JSON.parse(
        (await answersOfWorker(bundle, {}, [["http://localhost/"]]))[0]!.body,
      ),
  },
  {
    ...program("Edge Runtime", NODE_24, ...EDGE),
    probe: [
      NODE_24,
      "--print",
      `require(${JSON.stringify(tool("@edge-runtime/vm/package.json"))}).version`,
    ],
  },
];

/** A runtime that is a program, and takes the bundle as its last argument. */
export function program(
  name: string,
  command: string,
  ...args: string[]
): Runtime {
  return {
    name,
    probe: [command, "--version"],
    module: "main.ts",
    run: async (bundle) => JSON.parse(await outputOf(command, ...args, bundle)),
  };
}

/** A runtime that is a browser. */
function browser(name: string, commands: Commands, start: Start): Runtime {
  return {
    name,
    probe: ["which", ...commands],
    module: "main.ts",
    run: (bundle) => runInBrowser(bundle, commands, start),
  };
}

/** What a command prints; if it fails or writes to standard error, that is an error. */
export async function outputOf(
  command: string,
  ...args: string[]
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: ROOT,
  }).output();
  const text = new TextDecoder();
  if (!success) {
    throw new Error(
      `${command} ${args.join(" ")}\n${text.decode(stdout)}${text.decode(stderr)}`,
    );
  }
  return text.decode(stdout);
}

/** Whether a runtime is installed. */
export async function isThere(
  { probe: [command, ...args] }: Pick<Runtime, "probe">,
): Promise<boolean> {
  return await tryCommand(command, ...args) !== undefined;
}

/** Sends requests to a worker in workerd, with variables for its `env`, and compatibility flags. */
export async function answersOfWorker(
  bundle: string,
  bindings: Record<string, string>,
  requests: [url: string, init?: RequestInit][],
  ...flags: string[]
): Promise<{ status: number; body: string }[]> {
  const script = `${TOOLS}/workerd.mjs`;
  return JSON.parse(
    await outputOf(
      NODE_24,
      script,
      bundle,
      JSON.stringify(bindings),
      JSON.stringify(requests),
      ...flags,
    ),
  );
}
