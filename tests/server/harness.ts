import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../../mod.ts";
import type { Service } from "../../src/access_token2/types.ts";
import type { TokenServerOptions } from "../../src/server/config.ts";
import { createTokenServer, type TokenServer } from "../../src/server/mod.ts";
import { APP_ID, CERTIFICATE, parse007 } from "../portable/case.ts";

/** The project of the tests. */
export const PROJECT = { appId: APP_ID, appCertificate: CERTIFICATE };

/** A server over the project of the tests. */
export function serverOf(options: Partial<TokenServerOptions> = {}): TokenServer {
  return createTokenServer({ projects: [PROJECT], ...options });
}

/** An answer, read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any -- a body of any shape
  json: any;
}

/** Asks a server; an object as body is sent as JSON. */
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

/** A token that must be genuine and alive: its life and services. */
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

/** Asserts that a token has a life and services. */
export async function assertToken(token: string, expire: number, services: Service[]): Promise<void> {
  assertEquals(await tokenOf(token), { expire, services });
}
