import { jsonReply, type Reply } from "../http/reply.ts";

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
