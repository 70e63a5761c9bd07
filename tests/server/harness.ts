import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../../mod.ts";
import type { Service } from "../../src/formats/access_token2/types.ts";
import { variableNames } from "../../src/config/mod.ts";
import type { Contract } from "../../src/server/contracts/types.ts";
import type { TokenServerOptions } from "../../src/server/options.ts";
import { exampleRequest } from "../../src/server/contracts/openapi.ts";
import { createTokenServer, routeList, type TokenServer } from "../../src/server/mod.ts";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE, parse007 } from "../portable/case.ts";

/** The project of the tests. */
export const PROJECT = { appId: APP_ID, appCertificate: CERTIFICATE };

/** A connection from this machine, as `Deno.serve` passes it. */
export const LOOPBACK = { remoteAddr: { hostname: "127.0.0.1" } };

/** A server over the project of the tests. */
export function serverOf(options: Partial<TokenServerOptions> = {}): TokenServer {
  const server = createTokenServer({ projects: [PROJECT], access: "loopback", ...options });
  return (request, connection = LOOPBACK) => server(request, connection);
}

/** An answer, read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any -- a body of any shape
  json: any;
}

/** Sends a request to a server; `json` is the body of a POST. */
export async function ask(server: TokenServer, target: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const { json, ...rest } = init;
  const post = json === undefined ? {} : { method: "POST", body: JSON.stringify(json) };
  const response = await server(new Request(`http://127.0.0.1${target}`, { ...post, ...rest }));
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, headers: response.headers, text, json: parsed };
}

/** A token that must be genuine and valid: its lifetime and services. */
export async function tokenOf(token: string): Promise<{ expire: number; services: Service[] }> {
  const { ok, findings } = await verifyToken(token, { certificates: CERTIFICATE });
  assert(ok, JSON.stringify(findings));
  const { expire, services } = await parse007(token);
  return { expire, services };
}

/** The service of an RTC token. */
export function rtc(channelName: string, uid: string, publishes: boolean, expire: number): Service {
  const publish = { publishAudioStream: expire, publishVideoStream: expire, publishDataStream: expire };
  return { type: "rtc", channelName, uid, privileges: { joinChannel: expire, ...(publishes ? publish : {}) } };
}

/** The services of an RTM token, with those of a stream channel where it has one. */
export function rtm(userId: string, expire: number, channelName?: string): Service[] {
  const privileges = { joinChannel: expire, publishDataStream: expire };
  const stream: Service[] = channelName === undefined ? [] : [{ type: "rtc", channelName, uid: userId, privileges }];
  return [...stream, { type: "rtm", userId, privileges: { login: expire } }];
}

/** Asserts that a token has a lifetime and services. */
export async function assertToken(token: string, expire: number, services: Service[]): Promise<void> {
  assertEquals(await tokenOf(token), { expire, services });
}

/** The request of a row's example, with some values of its query or body changed, or removed if `undefined`. */
export function requestOf(contract: Contract, change: Record<string, unknown> = {}): [string, { json?: unknown }] {
  const values = Object.entries({ ...contract.example, ...change }).filter(([, value]) => value !== undefined);
  const { target, body } = exampleRequest({ ...contract, example: Object.fromEntries(values) });
  return [target, body === undefined ? {} : { json: body }];
}

/** The environment of a process in which the server's variables are these only. */
export function onlyThese(env: Record<string, string>): { clearEnv: true; env: Record<string, string> } {
  const outer = Object.entries(Deno.env.toObject()).filter(([name]) => !variableNames().includes(name));
  return { clearEnv: true, env: { ...Object.fromEntries(outer), NO_COLOR: "1", PORT: "0", ...env } };
}

/** Starts the server as `deno task start` does, and gives what it printed up to its list of routes; then, and in all. */
export async function withProcess(
  env: Record<string, string>,
  use: (base: string, printed: string) => Promise<unknown>,
): Promise<{ after: string; all: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "start"],
    cwd: ROOT,
    ...onlyThese(env),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  while (!printed.includes(`${routeList().at(-1)!}\n`)) {
    const { done, value } = await output.read();
    if (done) throw new Error(await errors);
    printed += value;
  }
  let after = "";
  try {
    const base = /http:\/\/[\w.:[\]]+/.exec(printed)?.[0];
    assert(base !== undefined, printed);
    await use(base, printed);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    for (let part = await output.read(); !part.done; part = await output.read()) after += part.value;
    after += await errors;
  }
  return { after, all: printed + after };
}
