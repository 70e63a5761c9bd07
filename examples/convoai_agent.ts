// Starts a ConvoAI agent in a channel, and gives the user what to join with: all three tokens that are in play. On a server, with
// AGORA_APP_ID, AGORA_APP_CERTIFICATE and AGORA_PIPELINE_ID, the published agent of Agora's studio, in the environment.
import { authorizationHeader, buildToken, rtc, rtm } from "@agoratoken/agoratoken";
import process from "node:process";

const AGENT = 999; // the uid of the agent: any number that no user has

/** Starts an agent for a user who is signed in; before this is the place to ask who may. */
export async function startAgent(channelName: string, uid: number) {
  const { AGORA_APP_ID: appId = "", AGORA_APP_CERTIFICATE: appCertificate = "", AGORA_PIPELINE_ID } = process.env;
  const tokenFor = (uid: number) =>
    buildToken({
      appId,
      appCertificate,
      expire: 3600,
      services: [rtc({ channelName, uid, role: "publisher" }), rtm({ userId: String(uid) })],
    });
  const agentToken = await tokenFor(AGENT);
  const properties = {
    channel: channelName,
    token: agentToken, // with this the agent joins; when it expires, an update call brings a new one
    agent_rtc_uid: String(AGENT), // a text, and the user of both tokens
    remote_rtc_uids: [String(uid)],
  };
  const response = await fetch(`https://api.agora.io/api/conversational-ai-agent/v2/projects/${appId}/join`, {
    method: "POST",
    headers: { authorization: authorizationHeader(agentToken), "content-type": "application/json" }, // may be the same token
    body: JSON.stringify({ name: `${channelName}-${Date.now()}`, pipeline_id: AGORA_PIPELINE_ID, properties }),
  });
  if (!response.ok) throw new Error(`The agent was not started: ${response.status}`);
  const { agent_id: agentId } = await response.json();
  return { agentId, appId, channelName, uid, token: await tokenFor(uid) }; // the user's own token, also for RTM
}
