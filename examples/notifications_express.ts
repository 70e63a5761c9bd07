// A receiver of Agora's notifications (webhooks) for Express. AGORA_NOTIFICATION_SECRET is the secret of the notification
// configuration in the console, which is not the App Certificate.
// `npx jsr add @agoratoken/agoratoken && npm install express`, then `node --env-file=.env notifications_express.ts`.
import { verifyNotification } from "@agoratoken/agoratoken/notifications";
import { Buffer } from "node:buffer";
import express, { type Request, type Response } from "express";
import process from "node:process";

const seen = new Set<string>(); // Agora sends a notification again if the answer is lost; several machines need a database for this

/** The application. `express.raw` gives the bytes as received; an `express.json()` before it would lose what is signed. */
export const app = express();
app.post("/agora", express.raw({ type: () => true, limit: 65_536 }), async (request: Request, response: Response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0); // a request without a body has none
  const verified = await verifyNotification(body, request.headers, process.env.AGORA_NOTIFICATION_SECRET!, { maxAge: 300 });
  if (!verified.ok) {
    console.warn(verified.code, verified.message, verified.advice); // for you, not for the caller
    return void response.status(401).end();
  }
  const { noticeId, productId, eventType, payload } = verified.notification;
  if (!seen.has(noticeId)) console.log(productId, eventType, payload); // the place to act on it, within 10 seconds
  if (seen.add(noticeId).size > 10_000) seen.clear();
  response.json({});
});

if (process.argv[1] === import.meta.filename) app.listen(Number(process.env.PORT ?? 3000));
