/** The token server as a program: reads the environment and `.env`, says what it does, and listens. @module */
import page from "./playground/index.html" with { type: "text" };
import { withPage } from "./playground/serve.ts";
import { envVariables } from "./src/env_file.ts";
import { createTokenServer, loadConfig, routeList, variableNames } from "./src/server/mod.ts";

if (import.meta.main) {
  const env = Object.fromEntries(variableNames().map((name) => [name, Deno.env.get(name)]));
  const problems = Deno.args.filter((flag) => flag !== "--demo" && flag !== "--check-config")
    .map((flag) => `${flag} is unknown: --demo and --check-config are all`);
  let file = {};
  try {
    file = envVariables(await Deno.readFile(".env"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) problems.push(`.env cannot be read: ${(error as Error).message}`);
  }
  const config = loadConfig([env, file], Deno.args.includes("--demo"), Deno.readTextFileSync);
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
    Deno.serve({ hostname: config.host, port: config.port, onListen }, withPage(createTokenServer(config), page));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`agoratoken: port ${config.port} is taken: set PORT to another.`);
    Deno.exit(1);
  }
}
