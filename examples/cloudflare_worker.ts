// A token endpoint for Cloudflare Workers: POST {"channelName": "lobby"} with the session's JWT, whose `sub` becomes the user.
// `npx jsr add @agoratoken/agoratoken && npm install jose`, and `wrangler secret put` for each of Env.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { jwtVerify } from "jose";

interface Env {
  AGORA_APP_ID: string;
  AGORA_APP_CERTIFICATE: string;
  SESSION_SECRET: string;
}

export default {
  async fetch(request: Request, { AGORA_APP_ID, AGORA_APP_CERTIFICATE, SESSION_SECRET }: Env): Promise<Response> {
    const jwt = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    const session = await jwtVerify(jwt, new TextEncoder().encode(SESSION_SECRET)).catch(() => undefined);
    if (!session?.payload.sub) return new Response("Sign in first", { status: 401 });
    const { channelName } = Object(await request.json().catch(() => null)) as { channelName: string };
    try { // before this is the place to ask who may join which channel
      const services = [rtc({ channelName, account: session.payload.sub, role: "publisher" })];
      const options = { appId: AGORA_APP_ID, appCertificate: AGORA_APP_CERTIFICATE, expire: 3600, services };
      return Response.json({ token: await buildToken(options) }, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      if (error instanceof AgoraTokenError) return new Response(error.message, { status: 400 });
      throw error;
    }
  },
};
