import { AgoraTokenError } from "../errors.ts";
import { string } from "../validate.ts";
import { formFaults, tokenOf } from "./explain.ts";
import { worded } from "./findings.ts";
import { readEnvelope } from "./read.ts";
import type { WhiteboardToken } from "./types.ts";

/**
 * Reads a whiteboard token. It proves nothing: anyone can write a token.
 *
 * @param text The token and nothing else.
 * @returns Its content.
 * @throws {AgoraTokenError} `unknown-format` for a text that is none of these tokens, `malformed-base64` or `malformed-field` for one that is not whole, `too-large` for one of more than 65,536 characters, `invalid-type`.
 *
 * @example What is this token for?
 * ```ts
 * import { packWhiteboardToken, parseWhiteboardToken } from "@agoratoken/agoratoken/whiteboard";
 * import { assertEquals } from "@std/assert";
 *
 * const fields = { ak: "agoratokenAK0001", nonce: "1", role: "2", uuid: "0123456789abcdef0123456789abcdef" };
 * const token = parseWhiteboardToken(await packWhiteboardToken("room", fields, "fakeSecretAccessKey0123456789abc"));
 * assertEquals([token.kind, token.role, token.uuid, token.expireAt], ["room", "reader", fields.uuid, undefined]);
 * ```
 */
export function parseWhiteboardToken(text: string): WhiteboardToken {
  const envelope = readEnvelope(string("text", text));
  const [fault] = formFaults(envelope);
  if (fault === undefined) return tokenOf(envelope);
  throw new AgoraTokenError("malformed-field", worded(fault).message.replace(/\.$/, ""), { field: fault.field });
}
