/**
 * The token server as a program: reads its configuration, says what it does, listens, and drains before it ends.
 *
 * ```sh
 * deno run --allow-net --allow-env --allow-read jsr:@agoratoken/agoratoken/serve --demo
 * ```
 *
 * @module
 */
import page from "./playground/index.html" with { type: "text" };
import { withPage } from "./playground/serve.ts";
import { readConfig, requirePermissions } from "./src/config/environment.ts";
import { listen } from "./src/config/listen.ts";
import { logWriter } from "./src/config/log_writer.ts";
import { remarksOn } from "./src/config/remarks.ts";
import { drainer } from "./src/server/http/drain.ts";
import { writeLine } from "./src/server/http/log.ts";
import { createTokenServer, routeList } from "./src/server/mod.ts";
import { problemsOf } from "./src/server/problems.ts";

/** How long requests in progress may take after SIGTERM or SIGINT, in milliseconds. */
const DRAIN = 10_000;

/** A host and a port as a URL has them. */
function addressOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

if (import.meta.main) {
  const problems = Deno.args.filter((flag) => flag !== "--demo" && flag !== "--check-config")
    .map((flag) => `${flag} is unknown: there are --demo and --check-config`);
  const refused = (error: unknown) => void problems.push(...problemsOf(error));
  const writer = logWriter(Deno.stdout);
  const config = await readConfig(Deno.args.includes("--demo"), writer.log).catch(refused);
  if (config !== undefined && problems.length === 0 && Deno.args.includes("--check-config")) {
    for (const remark of remarksOn(config.options)) console.log(`agoratoken: ${remark}.`);
    console.log("agoratoken: the configuration is good.");
    Deno.exit(0);
  }
  if (config !== undefined) {
    await requirePermissions([{ name: "net", host: addressOf(config.host, config.port) }]).catch(refused);
  }
  if (config === undefined || problems.length > 0) {
    for (const problem of problems) console.error(`agoratoken: ${problem}.`);
    Deno.exit(1);
  }
  const { host, port, options } = config;
  const say = (line: string) => writeLine(console.log, line);
  const onListen = ({ hostname, port }: Deno.NetAddr) => {
    if (options.demo) {
      say("DEMO MODE: the credentials are fake, so these tokens work nowhere.");
      const [{ appId, appCertificate } = { appId: "", appCertificate: "" }] = options.projects;
      say(`To verify them: AGORA_APP_ID=${appId} AGORA_APP_CERTIFICATE=${appCertificate}`);
      say("Set the same variables, in the environment or in .env, to your own for real tokens.");
    }
    say(`agoratoken listens on http://${addressOf(hostname, port)}`);
    say("Open it in a browser for the playground. For programs:");
    for (const line of routeList()) say(`  ${line}`);
  };
  try {
    const { handler, drain } = drainer(
      withPage(createTokenServer(options), page),
      DRAIN,
      (active) => writer.end().then(() => Deno.exit(Math.min(active, 1))),
    );
    const server = listen({ hostname: host, port, onListen }, handler);
    for (const signal of Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => drain(server));
    }
    await server.finished;
    await writer.end();
    Deno.exit(0);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`agoratoken: port ${port} is in use: set PORT to another.`);
    Deno.exit(1);
  }
}
