// A token endpoint for Next.js, as app/api/agora-token/route.ts: POST {"channelName": "lobby"} with the session's JWT, whose `sub`
// becomes the user. `npx jsr add @agoratoken/agoratoken && npm install jose`, and the three variables in .env.local.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { jwtVerify } from "jose";
import process from "node:process"; // not in the Edge Runtime, where `process` is a global

// For the Edge Runtime: export const runtime = "edge";

/** Answers a POST. */
export async function POST(request: Request): Promise<Response> {
  const { AGORA_APP_ID: appId = "", AGORA_APP_CERTIFICATE: appCertificate = "", SESSION_SECRET } = process.env;
  const jwt = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, new TextEncoder().encode(SESSION_SECRET)).catch(() => undefined);
  if (!session?.payload.sub) return new Response("Sign in first", { status: 401 });
  const { channelName } = Object(await request.json().catch(() => null));
  try { // before this is the place to ask who may join which channel
    const services = [rtc({ channelName, account: session.payload.sub, role: "publisher" })];
    const token = await buildToken({ appId, appCertificate, expire: 3600, services });
    return Response.json({ token }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof AgoraTokenError) return new Response(error.message, { status: 400 });
    throw error;
  }
}
