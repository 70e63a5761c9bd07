/**
 * Puts a load on the running server: many connections that stay open, and valid and invalid requests over them for a while. Prints
 * the statuses, the latency, and the memory of the server. Needs Linux, and as many open files as connections:
 *
 * ```sh
 * ulimit -n 20000; deno run --allow-all bench/load.ts --connections=10000 --seconds=30
 * ```
 *
 * @module
 */
import { encodeHex } from "@std/encoding/hex";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  args: Deno.args,
  options: { connections: { type: "string", default: "10000" }, seconds: { type: "string", default: "30" } },
});
const [connections, seconds] = [Number(values.connections), Number(values.seconds)];

const key = crypto.randomUUID();
const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
const sha256 = encodeHex(digest);
const grant = { services: ["rtc", "rtm"], channels: ["*"], users: ["*"], roles: ["publisher"], rateLimit: 1_000_000 };
const file = await Deno.makeTempFile({ suffix: ".json" });
await Deno.writeTextFile(file, JSON.stringify({ keys: [{ id: "load", sha256, ...grant }] }));

const child = new Deno.Command(Deno.execPath(), {
  args: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env", "--allow-read", "server.ts"],
  cwd: new URL("..", import.meta.url).pathname,
  env: {
    AGORA_APP_ID: "0123456789abcdef0123456789abcdef",
    AGORA_APP_CERTIFICATE: "fedcba9876543210fedcba9876543210",
    AGORATOKEN_ACCESS_FILE: file,
    AGORATOKEN_RATE_LIMIT: "1000",
    HOST: "127.0.0.1",
    PORT: "0",
  },
  stdout: "piped",
}).spawn();
let port = 0;
const listening = Promise.withResolvers<void>();
const drained = (async () => {
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const [, found] = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    if (found === undefined) continue;
    port = Number(found);
    listening.resolve();
  }
})();
await listening.promise;

/** The server's memory in MiB, from the operating system. */
async function memory(name: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024);
}

const request = (line: string, headers = "", body = "") =>
  new TextEncoder().encode(
    `${line} HTTP/1.1\r\nHost: tokens.example\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`,
  );
const bearer = `Authorization: Bearer ${key}\r\n`;
const services = (name: string) => JSON.stringify({ services: [{ type: "rtm", userId: name }] });
/** Valid and invalid requests in turn, with the status that each must get. */
const MIX: [status: number, Uint8Array][] = [
  [200, request("GET /rtc/lobby/publisher/uid/1001/", bearer)],
  [200, request("POST /v1/tokens", bearer, services("bob"))],
  [401, request("GET /rtm/bob", "Authorization: Bearer 0123456789012345678901234567\r\n")],
  [200, request("GET /rtm/bob", bearer)],
  [403, request("GET /chat/account/bob", bearer)],
  [400, request("POST /v1/tokens", bearer, '{"services": [')],
  [200, request("GET /rte/lobby/publisher/uid/7", bearer)],
  [404, request(`GET /${"x".repeat(2000)}`)],
  [413, request("POST /v1/tokens", bearer, `"${"x".repeat(70_000)}"`)],
];

interface Client {
  connection: Deno.Conn;
  isBusy: boolean;
}

const buffer = () => new Uint8Array(8192);

async function connect(): Promise<Client> {
  return { connection: await Deno.connect({ hostname: "127.0.0.1", port }), isBusy: false };
}

/** Sends one request over a connection that stays open; returns the status of the response. */
async function send({ connection }: Client, bytes: Uint8Array, into: Uint8Array): Promise<number> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
  let text = "";
  for (;;) {
    const length = await connection.read(into);
    if (length === null) throw new Error("closed");
    text += new TextDecoder().decode(into.subarray(0, length));
    const end = text.indexOf("\r\n\r\n");
    const [, size] = /content-length: (\d+)/i.exec(text) ?? [];
    if (end >= 0 && size !== undefined && text.length >= end + 4 + Number(size)) return Number(text.slice(9, 12));
  }
}

const before = await memory("VmRSS");
const clients: Client[] = [];
const ping = request("GET /ping");
for (let index = 0; index < connections; index += 100) {
  const more = await Promise.all(Array.from({ length: Math.min(100, connections - index) }, connect));
  await Promise.all(more.map((client) => send(client, ping, buffer())));
  clients.push(...more);
}
const open = await memory("VmRSS");
console.log(`${clients.length} connections are open; memory ${before} MiB before, ${open} MiB now`);

const counts = new Map<string, number>();
const times: number[] = [];
const end = performance.now() + seconds * 1000;
let next = 0;
const workers = Array.from({ length: 64 }, async () => {
  const into = buffer();
  while (performance.now() < end) {
    const turn = next++;
    const client = clients[turn % clients.length]!;
    if (client.isBusy) continue;
    client.isBusy = true;
    const [status, bytes] = MIX[turn % MIX.length]!;
    const started = performance.now();
    let outcome: string;
    try {
      const got = await send(client, bytes, into);
      // Callers without a key share one rate limit, since they share an address.
      outcome = got === status || status === 401 && got === 429 ? `${got}` : `${got} instead of ${status}`;
      times.push(performance.now() - started);
      if (got === 413) throw new Error("the server closes a connection with an unread body");
    } catch (error) {
      outcome = (error as Error).message.startsWith("the server closes") ? "413" : `broken at ${status}`;
      client.connection.close();
      Object.assign(client, await connect());
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    client.isBusy = false;
  }
});
await Promise.all(workers);
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1);
console.log(`${times.length} requests in ${seconds} s: ${Math.round(times.length / seconds)} a second`);
console.log(`latency: half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`);
console.log(`answers: ${[...counts].sort().map(([status, count]) => `${status}: ${count}`).join(", ")}`);
console.log(`memory: ${await memory("VmRSS")} MiB at the end, ${await memory("VmHWM")} MiB at most`);
for (const { connection } of clients) connection.close();
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(`memory after the connections: ${await memory("VmRSS")} MiB`);
child.kill("SIGTERM");
const { code } = await child.status;
console.log(`the server ended with ${code}`);
await drained;
await Deno.remove(file);
