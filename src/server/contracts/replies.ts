import { jsonReply, type Reply } from "../http/reply.ts";
import type { ContractRequest, Minted } from "./types.ts";

// The shapes of answers and refusals that several contracts of other servers have.

/** A text, by default as plain text. */
export const textReply = (text: string, subtype = "plain"): Reply => ({ text, type: `text/${subtype}; charset=utf-8` });

/** A refusal as a line of plain text. */
export const textRefusal = (message: string): Reply => textReply(`${message}\n`);

/** JSON with a newline after it, as Go's encoder writes it. */
export const goReply = (tokens: unknown): Reply => ({ ...jsonReply(tokens), text: `${JSON.stringify(tokens)}\n` });

/** Agora's guide in Go: the status is a text in `code`. */
export const codeReply = ({ token }: Record<string, string>): Reply => jsonReply({ code: "200", token });

/** A refusal of the same. The guide writes the message into `token`, from which clients take it for one. */
export const codeRefusal = (message: string, status: number): Reply => jsonReply({ code: String(status), message });

/** A refusal of the servers that are made with gin. */
export const ginRefusal = (kind: string) => (message: string, status: number): Reply =>
  jsonReply({ message: `Error Generating ${kind} token: ${message}`, status });

/** The quickstarts for Conversational AI: the uid is a text. */
export const conversationReply = (tokens: Record<string, string>, { get }: ContractRequest): Reply =>
  jsonReply({
    ...tokens,
    uid: `${get("uid").value}`,
    channel: get("channel").value,
    rtm_user_id: get("rtm_user_id").value || undefined,
  });

/** Those in Python and Go. */
export const configReply = ({ token }: Record<string, string>, { get }: ContractRequest, { appId }: Minted): Reply => {
  const [uid, channel_name, agent_uid] = ["uid", "channel", "agent_uid"].map((name) => `${get(name).value}`);
  return jsonReply({ code: 0, data: { app_id: appId, token, uid, channel_name, agent_uid }, msg: "success" });
};

/** A refusal of FastAPI. */
export const detailRefusal = (detail: string): Reply => jsonReply({ detail });

/** The quickstart for RTC in Next.js, the only one that says how long its token is valid. */
export const roomReply = ({ token }: Record<string, string>, { get }: ContractRequest, { appId, expire }: Minted): Reply =>
  jsonReply({ appId, roomId: get("roomId").value, userAccount: get("userAccount").value, token, expiresIn: expire });
