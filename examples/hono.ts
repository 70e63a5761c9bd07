// A token endpoint for Hono, in every runtime that it has: POST /agora-token {"channelName": "lobby"} with the session's JWT, whose
// `sub` becomes the user. `npx jsr add @agoratoken/agoratoken && npm install hono jose`; in Node, `serve(app)` of @hono/node-server.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { Hono } from "hono";
import { env } from "hono/adapter";
import { jwtVerify } from "jose";

type Env = { AGORA_APP_ID: string; AGORA_APP_CERTIFICATE: string; SESSION_SECRET: string };

const app = new Hono();
app.post("/agora-token", async (context) => {
  const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate, SESSION_SECRET } = env<Env>(context);
  const jwt = context.req.header("authorization")?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, new TextEncoder().encode(SESSION_SECRET)).catch(() => undefined);
  if (!session?.payload.sub) return context.text("Sign in first", 401);
  const { channelName } = Object(await context.req.json().catch(() => null));
  try { // before this is the place to ask who may join which channel
    const services = [rtc({ channelName, account: session.payload.sub, role: "publisher" })];
    const token = await buildToken({ appId, appCertificate, expire: 3600, services });
    return context.json({ token }, 200, { "cache-control": "no-store" });
  } catch (error) {
    if (error instanceof AgoraTokenError) return context.text(error.message, 400);
    throw error;
  }
});

export default app;
