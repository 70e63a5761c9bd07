/** Express with npm agora-token, as samples of token servers have it. The first argument is the port. @module */
import process from "node:process";
import express from "express";
import official from "agora-token";

interface Incoming {
  readonly params: Readonly<Record<"channel" | "role" | "uid", string>>;
}

interface Outgoing {
  header(name: string, value: string): void;
  json(body: unknown): void;
}

const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const app = express();
app.get("/rtc/:channel/:role/:tokentype/:uid", ({ params }: Incoming, response: Outgoing) => {
  const { channel, role, uid } = params;
  const number = role === "publisher" ? official.RtcRole.PUBLISHER : official.RtcRole.SUBSCRIBER;
  const rtcToken = official.RtcTokenBuilder.buildTokenWithUid(...ids, channel, Number(uid), number, 3600, 3600);
  response.header("cache-control", "private, no-cache, no-store, must-revalidate");
  response.json({ rtcToken });
});
app.listen(Number(process.argv[2]), "127.0.0.1");
