/**
 * Verifies that Agora signed a notification (webhook), over the raw bytes of its body: for RTC channel events, Media Push, Cloud
 * Recording, ConvoAI and every other product that sends them.
 *
 * @example A handler for Deno, Bun and Cloudflare Workers
 * ```ts
 * import { verifyNotification } from "@agoratoken/agoratoken/notifications";
 * import { assertEquals } from "@std/assert";
 *
 * async function receive(request: Request, secret: string): Promise<Response> {
 *   const verified = await verifyNotification(await request.arrayBuffer(), request.headers, secret, { maxAge: 300 });
 *   if (!verified.ok) console.warn(verified.code, verified.message, verified.advice);
 *   return verified.ok ? Response.json({}) : new Response(null, { status: 401 });
 * }
 *
 * const request = new Request("https://example.com/agora", { method: "POST", body: '{"noticeId":"1"}' });
 * assertEquals((await receive(request, "the configuration's secret")).status, 401);
 * ```
 *
 * @module
 */
export {
  type AgoraNotification,
  type NotificationHeaders,
  type NotificationOptions,
  type NotificationRefusal,
  type NotificationVerification,
  verifyNotification,
} from "./verify.ts";
export type { NotificationRefusalCode } from "./refusals.ts";
export type { Seconds, UnixSeconds } from "../formats/common.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
