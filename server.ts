/** The token server as a program: reads its configuration, says what it does, listens, and drains when it is to end. @module */
import page from "./playground/index.html" with { type: "text" };
import { withPage } from "./playground/serve.ts";
import { readConfig } from "./src/config/environment.ts";
import { drainer } from "./src/server/http/drain.ts";
import { createTokenServer, routeList } from "./src/server/mod.ts";

/** How long requests that are under way may take after SIGTERM or SIGINT, in milliseconds. */
const DRAIN = 10_000;

if (import.meta.main) {
  const problems = Deno.args.filter((flag) => flag !== "--demo" && flag !== "--check-config")
    .map((flag) => `${flag} is unknown: --demo and --check-config are all`);
  const config = await readConfig(Deno.args.includes("--demo"));
  if (Array.isArray(config)) problems.push(...config);
  if (Array.isArray(config) || problems.length > 0) {
    for (const problem of problems) console.error(`agoratoken: ${problem}.`);
    Deno.exit(1);
  }
  if (Deno.args.includes("--check-config")) {
    console.log("agoratoken: the configuration is good.");
    Deno.exit(0);
  }
  const onListen = ({ hostname, port }: Deno.NetAddr) => {
    if (config.demo) {
      console.log("DEMO MODE: the credentials are fake, so these tokens work nowhere.");
      const [{ appId, appCertificate } = { appId: "", appCertificate: "" }] = config.projects;
      console.log(`To verify them: AGORA_APP_ID=${appId} AGORA_APP_CERTIFICATE=${appCertificate}`);
      console.log("Set the same variables, in the environment or in .env, to your own for real tokens.");
    }
    console.log(`agoratoken listens on http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`);
    console.log("Open it in a browser for the playground. For programs:");
    for (const line of routeList()) console.log(`  ${line}`);
  };
  try {
    const { handler, drain } = drainer(
      withPage(createTokenServer(config), page),
      DRAIN,
      (active) => Deno.exit(Math.min(active, 1)),
    );
    const server = Deno.serve({ hostname: config.host, port: config.port, onListen }, handler);
    for (const signal of Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const) {
      Deno.addSignalListener(signal, () => drain(server));
    }
    await server.finished;
    Deno.exit(0);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`agoratoken: port ${config.port} is taken: set PORT to another.`);
    Deno.exit(1);
  }
}
