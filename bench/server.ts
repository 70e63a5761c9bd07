/**
 * Compares the token server with a bare `Deno.serve` that answers as many bytes, with Express and npm agora-token where Express is
 * installed in `tests/tools`, and, of its own parts, what each costs: five rounds, in turn. Needs a C compiler, for the client.
 *
 * ```sh
 * deno run --allow-all bench/server.ts [SECONDS]
 * ```
 *
 * @module
 */
import { encodeHex } from "@std/encoding/hex";
import { formatted, median, output } from "./measured.ts";

const ROUNDS = 2;
const CONNECTIONS = "32";
const seconds = Deno.args[0] ?? "3";
const TOKEN = "/rtc/lobby/publisher/uid/1001/";
const key = "a-key-of-the-benchmark-0123456789";
const folder = await Deno.makeTempDir();
const client = `${folder}/load`;
await output("cc", "-O2", "-o", client, "bench/load.c");

const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
const grant = { services: ["rtc"], channels: ["*"], users: ["*"], roles: ["publisher"], rateLimit: 1_000_000 };
const access = `${folder}/access.json`;
await Deno.writeTextFile(access, JSON.stringify({ keys: [{ id: "bench", sha256: encodeHex(digest), ...grant }] }));
const bare = `${folder}/bare.ts`;
await Deno.writeTextFile(
  bare,
  `const text = JSON.stringify({ rtcToken: "0".repeat(190) });
  const headers = { "content-type": "application/json" };
  Deno.serve({ port: Number(Deno.args[0]), onListen() {} }, () => new Response(text, { headers }));`,
);
const library = `${folder}/library.ts`;
await Deno.writeTextFile(
  library,
  `import { createTokenServer, loadAccess } from "${new URL("../src/config/mod.ts", import.meta.url)}";
  const projects = [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }];
  const data = JSON.parse(await Deno.readTextFile("${access}"));
  const access = Deno.args[1] === "anyone" ? "anyone" : await loadAccess(data);
  const rateLimit = Deno.args[2] === "limited" ? 1_000_000 : 0;
  Deno.serve({ port: Number(Deno.args[0]), onListen() {} }, createTokenServer({ projects, access, rateLimit }));`,
);

/** A server, and what it is asked. */
interface Contender {
  readonly args: readonly string[];
  readonly path: string;
  readonly header?: string;
  readonly env?: Record<string, string>;
}

const config = ["--config", new URL("../deno.json", import.meta.url).pathname];
const CREDENTIALS = {
  AGORA_APP_ID: "0123456789abcdef0123456789abcdef",
  AGORA_APP_CERTIFICATE: "fedcba9876543210fedcba9876543210",
};
const header = `Authorization: Bearer ${key}`;
const CONTENDERS: Readonly<Record<string, Contender>> = {
  "bare `Deno.serve`, an answer of the same size": { args: [bare], path: "/" },
  "`createTokenServer`, /ping": { args: [...config, library, "PORT", "anyone"], path: "/ping" },
  "`createTokenServer`, an RTC token": { args: [...config, library, "PORT", "anyone"], path: TOKEN },
  "and a rate limit": { args: [...config, library, "PORT", "anyone", "limited"], path: TOKEN },
  "and keys": { args: [...config, library, "PORT", "keys", "limited"], path: TOKEN, header },
  "`server.ts` with keys, rate limit, page and log": {
    args: ["server.ts"],
    path: TOKEN,
    header,
    env: { ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: access, HOST: "127.0.0.1" },
  },
};

interface Load {
  perSecond: number;
  failed: number;
  p50: number;
  p99: number;
  p999: number;
}

const results: Record<string, Load[]> = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, contender] of Object.entries(CONTENDERS)) (results[name] ??= []).push(await measured(contender, "0"));
}
const perSecond = (name: string) => median(results[name]!.map(({ perSecond }) => perSecond));
const most = perSecond(Object.keys(CONTENDERS)[0]!);
const rows = Object.entries(results).map(([name, loads]) => {
  const failed = loads.reduce((sum, { failed }) => sum + failed, 0);
  const rates = loads.map(({ perSecond }) => perSecond);
  const range = `${Math.min(...rates)}–${Math.max(...rates)}`;
  return [name, [`${perSecond(name)} (${range})`, (perSecond(name) / most).toFixed(2), `${failed}`]] as const;
});
console.log(formatted(["server", "requests a second, median of five", "of bare", "failed"], rows));

const steady = await measured(CONTENDERS["`server.ts` with keys, rate limit, page and log"]!, "1000");
console.log(`At 1,000 requests a second, µs: ${JSON.stringify(steady)}`);
await Deno.remove(folder, { recursive: true });

/** Starts a server, warms it up, and puts the load on it. */
async function measured({ args, path, header = "", env }: Contender, rate: string): Promise<Load> {
  const listener = Deno.listen({ port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const [file, ...rest] = args.includes("PORT") ? args.map((arg) => arg === "PORT" ? `${port}` : arg) : [...args, `${port}`];
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", file!, ...rest.filter((arg) => env === undefined || arg !== `${port}`)],
    cwd: new URL("..", import.meta.url).pathname,
    env: { ...env, PORT: `${port}` },
    stdout: "null",
  }).spawn();
  try {
    for (;;) {
      const connection = await Deno.connect({ port }).catch(() => undefined);
      connection?.close();
      if (connection !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await output(client, `${port}`, CONNECTIONS, "4", "0", header, path); // until what is hot is compiled
    return JSON.parse(await output(client, `${port}`, CONNECTIONS, seconds, rate, header, path));
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}
