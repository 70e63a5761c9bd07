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
 * Who may ask for what, `access`, is made by {@linkcode loadAccess} from API keys and from how users are authenticated by JWTs.
 * Without that the server answers this machine only, unless the option says that anyone may ask. {@linkcode loadConfig} makes the
 * options from the variables of an environment.
 *
 * @module
 */
// This is the entry `./server`. It is here because the configuration makes the server's options and stands above the server.
export * from "../server/mod.ts";
export { loadConfig, type ServerConfig, variableNames } from "./config.ts";
export type { Variables } from "./credentials.ts";
