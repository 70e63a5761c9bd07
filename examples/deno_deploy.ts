// A token endpoint for Deno Deploy: POST {"channelName": "lobby"} with the session's JWT, whose `sub` becomes the user.
// `deno add jsr:@agoratoken/agoratoken npm:jose`, and the three variables in the project's settings.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { jwtVerify } from "jose";

const appId = Deno.env.get("AGORA_APP_ID")!;
const appCertificate = Deno.env.get("AGORA_APP_CERTIFICATE")!;
const secret = new TextEncoder().encode(Deno.env.get("SESSION_SECRET")!);

Deno.serve(async (request) => {
  const jwt = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, secret).catch(() => undefined);
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
});
