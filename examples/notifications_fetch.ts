// A receiver of Agora's notifications (webhooks) as a Fetch handler: `deno serve --allow-env notifications_fetch.ts`,
// `bun notifications_fetch.ts`, or in a Cloudflare Worker with the flag nodejs_compat. AGORA_NOTIFICATION_SECRET is the secret of the
// notification configuration in the console, which is not the App Certificate.
import { verifyNotification } from "@agoratoken/agoratoken/notifications";
import process from "node:process";

const seen = new Set<string>(); // Agora sends a notification again if the answer is lost; several machines need a database for this

export default {
  async fetch(request: Request): Promise<Response> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of request.body ?? []) {
      if ((size += chunk.length) > 65_536) return new Response(null, { status: 413 });
      chunks.push(chunk);
    }
    const body = await new Blob(chunks).arrayBuffer(); // as received: request.json() would lose the bytes that are signed
    const verified = await verifyNotification(body, request.headers, process.env.AGORA_NOTIFICATION_SECRET!, { maxAge: 300 });
    if (!verified.ok) {
      console.warn(verified.code, verified.message, verified.advice); // for you, not for the caller
      return new Response(null, { status: 401 });
    }
    const { noticeId, productId, eventType, payload } = verified.notification;
    if (!seen.has(noticeId)) console.log(productId, eventType, payload); // the place to act on it, within 10 seconds
    if (seen.add(noticeId).size > 10_000) seen.clear();
    return Response.json({});
  },
};
