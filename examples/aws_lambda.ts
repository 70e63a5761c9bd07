// A token endpoint for AWS Lambda, with a function URL or an HTTP API (payload 2.0): POST {"channelName": "lobby"} with the session's
// JWT, whose `sub` becomes the user. `npx jsr add @agoratoken/agoratoken && npm install jose`; bundle it with esbuild for Node 22.
import { AgoraTokenError, buildToken, rtc } from "@agoratoken/agoratoken";
import { jwtVerify } from "jose";
import { Buffer } from "node:buffer";
import process from "node:process";

type Event = { headers: Record<string, string | undefined>; body?: string; isBase64Encoded: boolean };

/** What Lambda calls. */
export async function handler({ headers, body = "", isBase64Encoded }: Event): Promise<{ statusCode: number; body: string }> {
  const { AGORA_APP_ID: appId = "", AGORA_APP_CERTIFICATE: appCertificate = "", SESSION_SECRET } = process.env;
  const jwt = headers.authorization?.replace("Bearer ", "") ?? "";
  const session = await jwtVerify(jwt, new TextEncoder().encode(SESSION_SECRET)).catch(() => undefined);
  if (!session?.payload.sub) return { statusCode: 401, body: "Sign in first" };
  try { // before this is the place to ask who may join which channel
    const { channelName } = Object(JSON.parse(isBase64Encoded ? Buffer.from(body, "base64").toString() : body));
    const services = [rtc({ channelName, account: session.payload.sub, role: "publisher" })];
    return {
      statusCode: 200,
      body: JSON.stringify({ token: await buildToken({ appId, appCertificate, expire: 3600, services }) }),
    };
  } catch (error) {
    if (error instanceof AgoraTokenError || error instanceof SyntaxError) return { statusCode: 400, body: error.message };
    throw error;
  }
}
