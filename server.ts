/** The token server as a program: reads the environment and `.env`, says what it does, and listens. @module */
import { parse } from "@std/dotenv/parse";
import page from "./playground/index.html" with { type: "text" };
import { withPage } from "./playground/serve.ts";
import { createTokenServer, loadConfig, routeList, variableNames } from "./src/server/mod.ts";

if (import.meta.main) {
  const file = parse(await Deno.readTextFile(".env").catch(() => ""));
  const env = Object.fromEntries(variableNames().map((name) => [name, Deno.env.get(name) || file[name]]));
  const config = loadConfig(env, Deno.args.includes("--demo"), Deno.readTextFileSync);
  if (Array.isArray(config)) {
    for (const problem of config) console.error(`agoratoken: ${problem}.`);
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
    Deno.serve({ hostname: config.host, port: config.port, onListen }, withPage(createTokenServer(config), page));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`agoratoken: port ${config.port} is taken: set PORT to another.`);
    Deno.exit(1);
  }
}
