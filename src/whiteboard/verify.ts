import { equalBytes, utf8 } from "../bytes/bytes.ts";
import { onlyKeys, record, refuse, string } from "../validate.ts";
import { explained, type ExplainWhiteboardOptions, readPasted, type WhiteboardExplanation } from "./explain.ts";
import type { WhiteboardObservation } from "./findings.ts";
import { signingOf } from "./ports.ts";
import { jsonOf, sign, sortedFields } from "./sign.ts";

/** Options of {@linkcode verifyWhiteboardToken}. */
export interface VerifyWhiteboardOptions extends ExplainWhiteboardOptions {
  /** The Secret Key (SK) that belongs to the token's access key; it is not the App Certificate. */
  secretKey: string;
}

/** Whether a token is genuine and valid now, and what it says. */
export interface WhiteboardVerification extends WhiteboardExplanation {
  /** Whether the secret key made it, it is whole and not expired, and it is for the room, task and project given. */
  ok: boolean;
  /** Whether the secret key made it; `uncheckable` where the text cannot be read, or has no signature. */
  signature: "valid" | "invalid" | "uncheckable";
}

/**
 * Says whether a secret key made a whiteboard token, in constant time, whether it is valid now, and whether it is for the room, task
 * and project given; where a port with a known fault signed it, which.
 *
 * The prefix of a token is not signed: nobody can see from the signature that a room's token was given the prefix of another kind. Give the
 * `kind` that is wanted.
 *
 * @param text The token. Whitespace and quotes around it are removed, and reported as an error.
 * @param options The secret key, and what is known from outside.
 * @returns The answer; never an exception because of what the text contains.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument that is none, such as an empty secret.
 *
 * @example Is this token ours, and for this room?
 * ```ts
 * import { buildWhiteboardToken, verifyWhiteboardToken } from "@agoratoken/agoratoken/whiteboard";
 * import { assert } from "@std/assert";
 *
 * const secretKey = "fakeSecretAccessKey0123456789abc";
 * const uuid = "0123456789abcdef0123456789abcdef";
 * const key = { accessKey: "agoratokenAK0001", secretKey };
 * const token = await buildWhiteboardToken({ kind: "room", ...key, role: "reader", uuid, lifespan: 3_600_000 });
 * assert((await verifyWhiteboardToken(token, { secretKey, kind: "room", uuid })).ok);
 * ```
 */
export async function verifyWhiteboardToken(text: string, options: VerifyWhiteboardOptions): Promise<WhiteboardVerification> {
  onlyKeys(record("options", options), ["secretKey", "kind", "uuid", "accessKey", "now"]);
  const { secretKey, ...known } = options;
  if (string("secretKey", secretKey) === "") refuse("secretKey", "the Secret Key of the whiteboard", "an empty text");
  const read = readPasted(text);
  const { envelope } = read;
  if (envelope?.signature === undefined) return { ok: false, signature: "uncheckable", ...explained(read, known) };
  const given = utf8(envelope.signature);
  const isSignature = (signature: string) => equalBytes(utf8(signature), given);
  const isValid = isSignature(await sign(jsonOf(sortedFields(envelope.fields)), secretKey));
  const signing = isValid ? undefined : await signingOf(envelope.fields, secretKey, isSignature);
  const mismatch: WhiteboardObservation[] = isValid
    ? []
    : signing === undefined
    ? [{ code: "signature-mismatch", params: {}, field: "sig" }]
    : [{ code: "signed-otherwise", params: { signing }, field: "sig" }];
  const explanation = explained(read, known, mismatch);
  const ok = explanation.findings.every(({ severity }) => severity !== "error");
  return { ok, signature: isValid ? "valid" : "invalid", ...explanation };
}
