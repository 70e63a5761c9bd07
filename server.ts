/** The token server as a program: reads the environment and `.env`, says what it does, and listens. @module */
import { parse } from "@std/dotenv/parse";
import { CONTRACTS, createTokenServer, loadConfig, VARIABLES } from "./src/server/mod.ts";

if (import.meta.main) {
  const file = parse(await Deno.readTextFile(".env").catch(() => ""));
  const env = Object.fromEntries(VARIABLES.map((name) => [name, Deno.env.get(name) || file[name]]));
  const config = loadConfig(env, Deno.args.includes("--demo"));
  if (Array.isArray(config)) {
    for (const problem of config) console.error(`agoratoken: ${problem}.`);
    Deno.exit(1);
  }
  const onListen = ({ hostname, port }: Deno.NetAddr) => {
    if (config.demo) {
      console.log("DEMO MODE: the credentials are fake, so these tokens work nowhere.");
      console.log("Set AGORA_APP_ID and AGORA_APP_CERTIFICATE, in the environment or in .env, for real ones.");
    }
    console.log(`agoratoken listens on http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`);
    for (const { method, path, about } of CONTRACTS) console.log(`  ${method.padEnd(4)}  ${path.padEnd(40)}  ${about}`);
  };
  try {
    Deno.serve({ hostname: config.host, port: config.port, onListen }, createTokenServer(config));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`agoratoken: port ${config.port} is taken: set PORT to another.`);
    Deno.exit(1);
  }
}
