/**
 * A tiny token server over standard `Request` and `Response`.
 *
 * ```ts
 * import { createTokenServer } from "@agoratoken/agoratoken/server";
 * import { assertEquals } from "@std/assert";
 *
 * const server = createTokenServer({
 *   projects: [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }],
 * });
 * const response = await server(new Request("http://localhost/rtc/lobby/publisher/uid/1001"));
 * assertEquals(Object.keys(await response.json()), ["rtcToken"]);
 * ```
 *
 * It does not authenticate its callers: listen on a loopback address, or put something in front that does.
 *
 * @module
 */
export { createTokenServer, type TokenServer } from "./app.ts";
export { loadConfig, type ServerConfig, type TokenServerOptions, variableNames } from "./config.ts";
export { routeList } from "./contracts.ts";
export type { Credentials, Project, Variables } from "../credentials.ts";
