/**
 * A tiny token server over standard `Request` and `Response`.
 *
 * ```ts
 * import { createTokenServer } from "@agoratoken/agoratoken/server";
 * import { assertEquals } from "@std/assert";
 *
 * const server = createTokenServer({
 *   projects: [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }],
 *   access: "loopback",
 * });
 * const response = await server(new Request("http://localhost/rtm/bob"), { remoteAddr: { hostname: "127.0.0.1" } });
 * assertEquals(Object.keys(await response.json()), ["rtmToken"]);
 * ```
 *
 * Who may ask for what, `access`, is what {@linkcode loadAccess} makes of API keys and of how users are known by their JWTs.
 * Without that the server answers this machine only, unless it is told that anyone may ask.
 *
 * @module
 */
export { type Connection, createTokenServer, type TokenServer } from "./app.ts";
export { type Access, type Caller, loadAccess } from "./access/access.ts";
export { decide, type Grant, type Refusal } from "./access/grant.ts";
export type { Placeholders } from "./access/pattern.ts";
export { jsonLog, type LogEntry, prettyLog } from "./http/log.ts";
export { loadConfig, type ServerConfig, variableNames } from "../config/config.ts";
export type { TokenServerOptions } from "./options.ts";
export { routeList } from "./contracts.ts";
export type { Credentials, Project, Variables } from "./projects.ts";
