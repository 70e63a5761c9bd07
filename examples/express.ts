// A token endpoint for Express: POST /agora-token {"channelName": "lobby"} with the session's JWT, whose `sub` becomes the user.
// `npx jsr add @agoratoken/agoratoken && npm install express jose`, then `node --env-file=.env express.ts`.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import express, { type Request, type Response } from "express";
import { jwtVerify } from "jose";
import process from "node:process";

/** The application, also for Firebase Functions: `export const agora = onRequest(app)`. */
export const app = express();
app.post("/agora-token", express.json(), async (request: Request, response: Response) => {
  const { AGORA_APP_ID: appId = "", AGORA_APP_CERTIFICATE: appCertificate = "", SESSION_SECRET } = process.env;
  const jwt = request.get("authorization")?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, new TextEncoder().encode(SESSION_SECRET)).catch(() => undefined);
  if (!session?.payload.sub) return void response.status(401).send("Sign in first");
  try { // before this is the place to ask who may join which channel
    const services = [rtc({ channelName: request.body?.channelName, account: session.payload.sub, role: "publisher" })];
    const token = await buildToken({ appId, appCertificate, expire: 3600, services });
    response.set("cache-control", "no-store").json({ token });
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    response.status(400).send(error.message);
  }
});

if (process.argv[1] === import.meta.filename) app.listen(Number(process.env.PORT ?? 3000));
