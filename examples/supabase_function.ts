// A token endpoint for Supabase Edge Functions: supabase.functions.invoke("agora-token", { body: { channelName: "lobby" } }) sends
// the user's JWT, whose `sub` becomes the user. `deno add jsr:@agoratoken/agoratoken npm:jose`, and `supabase secrets set`.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { createRemoteJWKSet, jwtVerify } from "jose";

const appId = Deno.env.get("AGORA_APP_ID")!;
const appCertificate = Deno.env.get("AGORA_APP_CERTIFICATE")!;
const keys = createRemoteJWKSet(new URL(`${Deno.env.get("SUPABASE_URL")}/auth/v1/.well-known/jwks.json`));
const headers = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, apikey, content-type, x-client-info",
};

Deno.serve(async (request) => {
  if (request.method === "OPTIONS") return new Response(null, { headers });
  const jwt = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, keys, { audience: "authenticated" }).catch(() => undefined);
  if (!session?.payload.sub) return new Response("Sign in first", { status: 401, headers });
  const { channelName } = Object(await request.json().catch(() => null));
  try { // before this is the place to ask who may join which channel
    const services = [rtc({ channelName, account: session.payload.sub, role: "publisher" })];
    const token = await buildToken({ appId, appCertificate, expire: 3600, services });
    return Response.json({ token }, { headers: { ...headers, "cache-control": "no-store" } });
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    return new Response(error.message, { status: 400, headers });
  }
});
