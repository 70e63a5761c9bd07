import { spawn } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";
import { drainer } from "../server/http/drain.ts";
import { writeLine } from "../server/http/log.ts";
import { withPage } from "../server/http/page.ts";
import { createTokenServer, routeList, type TokenServer } from "../server/mod.ts";
import { problemsOf } from "../server/problems.ts";
import { integer } from "../validate.ts";
import type { ServerConfig } from "./config.ts";
import { readConfig, requirePermissions } from "./environment.ts";
import { type LogWriter, logWriter } from "./log_writer.ts";
import { remarksOn } from "./remarks.ts";

// The token server as a program, the same in Deno, Node and Bun: they differ only in how they listen.

/** Where a server listens. */
export interface Address {
  /** The name or address, as `127.0.0.1`. */
  readonly host: string;
  /** The port. */
  readonly port: number;
}

/** A server that listens. */
export interface Listening extends Address {
  /** Resolves when the server has been shut down. */
  readonly finished: Promise<void>;
  /** Accepts no more connections, and lets the requests in progress finish. */
  shutdown(): void;
}

/** How a runtime listens. */
export type Listen = (address: Address, handler: TokenServer) => Promise<Listening>;

/** How long requests in progress may take after SIGTERM or SIGINT, in milliseconds. */
const DRAIN = 10_000;

/** The options of the server. */
export const SERVE_OPTIONS = {
  demo: { type: "boolean" },
  "check-config": { type: "boolean" },
  port: { type: "string" },
  open: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** The help text of the server. */
export const SERVE_HELP = `agoratoken serve [--demo] [--port PORT] [--open] [--check-config]

  --demo          without credentials, start with fake ones that work nowhere
  --port PORT     listen on this port (default: PORT of the environment, else 8080; 0: any that is free)
  --open          open the page in a browser
  --check-config  say what is wrong with the configuration, and end

The server makes tokens over HTTP and has the page at /. Its configuration is taken from the environment and from .env:
AGORA_APP_ID and AGORA_APP_CERTIFICATE first of all. It answers only this machine, unless AGORATOKEN_ACCESS_FILE says who may ask:
docs/access.md. It ends at SIGINT or SIGTERM, after the requests in progress.
`;

/**
 * Runs the token server: reads its configuration, says what it does, listens, and drains before it ends.
 *
 * @param args The arguments, as {@linkcode SERVE_HELP} has them.
 * @param listen How the runtime listens.
 * @param page Gives the page to show at `/`, as HTML; without it there is none.
 * @returns The exit status, once the server is shut down. At the deadline of draining the process ends by itself.
 */
export async function runServer(args: readonly string[], listen: Listen, page?: () => Promise<string>): Promise<number> {
  const problems: string[] = [];
  const values = optionsOf(args, problems);
  if (values.help) {
    console.log(SERVE_HELP.trimEnd());
    return 0;
  }
  const port = values.port === undefined ? undefined : Number(values.port || NaN);
  const refused = (error: unknown) => void problems.push(...problemsOf(error));
  const writer = logWriter(OUTPUT);
  const read = await readConfig(values.demo === true, writer.log).catch(refused);
  const config = read && { ...read, port: port ?? read.port };
  try {
    if (port !== undefined) integer("--port", port, 0, 65_535);
  } catch (error) {
    refused(error);
  }
  if (config !== undefined && problems.length === 0 && values["check-config"]) {
    for (const remark of remarksOn(config.options)) console.log(`agoratoken: ${remark}.`);
    console.log("agoratoken: the configuration is good.");
    return 0;
  }
  if (config !== undefined && problems.length === 0) {
    await requirePermissions([{ name: "net", host: addressOf(config.host, config.port) }]).catch(refused);
  }
  if (config === undefined || problems.length > 0) {
    for (const problem of problems) console.error(`agoratoken: ${problem}.`);
    return 1;
  }
  return await serve(config, listen, writer, await page?.(), values.open === true);
}

/** A host and a port as a URL has them. */
function addressOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Standard output, for the log. */
const OUTPUT = {
  write: (bytes: Uint8Array) =>
    new Promise<number>((resolve, reject) => {
      process.stdout.write(bytes, (error) => error ? reject(error) : resolve(bytes.length));
    }),
};

/** The options; what is wrong with them is added to the problems. */
function optionsOf(args: readonly string[], problems: string[]) {
  try {
    return parseArgs({ args: [...args], options: SERVE_OPTIONS }).values;
  } catch {
    const given = args.filter((arg) => arg.startsWith("-")).map((arg) => arg.replace(/=.*/, ""));
    const unknown = given.filter((arg) => arg !== "-h" && !Object.hasOwn(SERVE_OPTIONS, arg.slice(2)));
    const names = Object.keys(SERVE_OPTIONS).map((name) => `--${name}`).join(", ");
    problems.push(
      unknown.length > 0 ? `${unknown.join(", ")} is unknown: there are ${names}` : `The server takes only ${names}`,
    );
    return {};
  }
}

async function serve(
  { host, port, options }: ServerConfig,
  listen: Listen,
  writer: LogWriter,
  page: string | undefined,
  opens: boolean,
): Promise<number> {
  for (const output of [process.stdout, process.stderr]) {
    output.removeAllListeners("error").on("error", () => {}); // where nobody reads the log any more, tokens are still made
  }
  const tokens = createTokenServer(options);
  const late = (active: number) => void writer.end().then(() => process.exit(Math.min(active, 1)));
  const { handler, drain } = drainer(page === undefined ? tokens : withPage(tokens, page, options.demo), DRAIN, late);
  let server: Listening;
  try {
    server = await listen({ host, port }, handler);
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    console.error(`agoratoken: port ${port} is in use: set PORT to another.`);
    return 1;
  }
  for (const signal of process.platform === "win32" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => drain(server));
  }
  const url = `http://${addressOf(server.host, server.port)}`;
  sayHello(url, options, page !== undefined);
  if (opens) openInBrowser(url);
  await server.finished;
  await writer.end();
  process.exit(0); // at once: timers of the drain would keep it for some seconds
}

function sayHello(url: string, { demo, projects }: ServerConfig["options"], hasPage: boolean): void {
  const say = (line: string) => writeLine(console.log, line);
  if (demo) {
    say("DEMO MODE: the credentials are fake, so these tokens work nowhere.");
    const [{ appId, appCertificate } = { appId: "", appCertificate: "" }] = projects;
    say(`To verify them: AGORA_APP_ID=${appId} AGORA_APP_CERTIFICATE=${appCertificate}`);
    say("Set the same variables, in the environment or in .env, to your own for real tokens.");
  }
  say(`agoratoken listens on ${url}`);
  say(hasPage ? "Open it in a browser for the playground. For programs:" : "For programs:");
  for (const line of routeList()) say(`  ${line}`);
}

/** Opens a page by the command that each system has for it. */
function openInBrowser(url: string): void {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform as string] ??
    ["xdg-open"];
  const page = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  const failed = () => writeLine(console.error, `agoratoken: no browser can be opened here: open ${page} yourself.`);
  try {
    spawn(command!, [...args, page], { stdio: "ignore", detached: true }).on("error", failed).unref();
  } catch {
    failed(); // Deno has no permission to run it
  }
}
