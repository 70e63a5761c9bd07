import { chromium } from "playwright-core";
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

/** Every runtime. */
export const RUNTIMES: readonly Runtime[] = [
  program("Deno", Deno.execPath(), "run"),
  program("Node 22", NODE_22),
  program("Node 24", NODE_24),
  program("Bun", BUN),
  { name: "Chromium", probe: [await chromiumPath(), "--version"], module: "main.ts", run: runInChromium },
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

/** The Chromium of the machine. */
async function chromiumPath(): Promise<string> {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    if (await tryCommand(name, "--version") !== undefined) return (await outputOf("which", name)).trim();
  }
  return "chromium";
}

/** A page of localhost, where browsers have WebCrypto, that no server needs to serve. */
async function runInChromium(bundle: string): Promise<Report> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.route(
      "**/*",
      (route) =>
        route.request().url().endsWith("/suite.mjs")
          ? route.fulfill({ path: bundle, contentType: "text/javascript" })
          : route.fulfill({ body: "<script type=module src=suite.mjs></script>", contentType: "text/html" }),
    );
    const printed = page.waitForEvent("console", { timeout: 120_000 });
    await page.goto("http://localhost/");
    return JSON.parse((await printed).text());
  } finally {
    await browser.close();
  }
}
