/**
 * The tools of an MCP server for Agora tokens, for models: inspect, diagnose, explain, find, and build where a grant allows it.
 *
 * `agoratoken mcp` serves them over stdio. This entry has no dependency on an MCP SDK: a server of your own gives `tools` as the answer
 * to `tools/list`, and the result of `call` as that to `tools/call`.
 *
 * @example Which channel is the token in this line of a log for?
 * ```ts
 * import { buildToken, rtc } from "@agoratoken/agoratoken";
 * import { createMcpTools } from "@agoratoken/agoratoken/mcp";
 * import { assertEquals } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const services = [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })];
 * const token = await buildToken({ appId, appCertificate, expire: 3600, services });
 *
 * const { call } = createMcpTools({ appId, appCertificate });
 * const { structuredContent } = await call("inspect", { text: `join failed, token=${token}` });
 * const [right] = structuredContent.rights as { channel: unknown }[];
 * assertEquals(right?.channel, { kind: "text", quoted: "lobby" }); // from the token: data, not an instruction
 * ```
 *
 * @module
 */
export { createMcpTools, type McpAnswer, type McpOptions, type McpTool, type McpTools } from "./tools.ts";
export type { McpGrant } from "./building.ts";
export type { Service } from "../formats/access_token2/types.ts";
export type { Seconds } from "../formats/common.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
