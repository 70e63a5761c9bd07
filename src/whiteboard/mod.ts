/**
 * Tokens of the Interactive Whiteboard (“netless”): `NETLESSSDK_`, `NETLESSROOM_` and `NETLESSTASK_`. They have nothing in common with the
 * other tokens of Agora: they have a key pair of their own instead of App ID and App Certificate, and times in **milliseconds**.
 *
 * ```ts
 * import { buildWhiteboardToken, explainWhiteboardToken, verifyWhiteboardToken } from "@agoratoken/agoratoken/whiteboard";
 * import { assertEquals } from "@std/assert";
 *
 * const secretKey = "fakeSecretAccessKey0123456789abc"; // stays on the server
 * const uuid = "0123456789abcdef0123456789abcdef";
 * const token = await buildWhiteboardToken({
 *   kind: "room",
 *   accessKey: "agoratokenAK0001",
 *   secretKey,
 *   role: "reader",
 *   uuid,
 *   lifespan: 3_600_000, // milliseconds: one hour
 * });
 * assertEquals(explainWhiteboardToken(token).rights, ["joinReadOnly"]);
 * assertEquals((await verifyWhiteboardToken(token, { secretKey, uuid })).ok, true);
 * ```
 *
 * What the service does with a token is only known from its documentation: docs/facts.md, Whiteboard.
 *
 * @module
 */
export { buildWhiteboardToken, packWhiteboardToken, type WhiteboardOptions } from "./build.ts";
export { parseWhiteboardToken } from "./parse.ts";
export { type ExplainWhiteboardOptions, explainWhiteboardToken, type WhiteboardExplanation } from "./explain.ts";
export { type VerifyWhiteboardOptions, verifyWhiteboardToken, type WhiteboardVerification } from "./verify.ts";
export type {
  WhiteboardFinding,
  WhiteboardFindingCode,
  WhiteboardObservation,
  WhiteboardParams,
  WhiteboardSeverity,
} from "./findings.ts";
export type { WhiteboardSigning } from "./ports.ts";
export { WHITEBOARD_RIGHTS, type WhiteboardRight } from "./rights.ts";
export type { Milliseconds, UnixMilliseconds, WhiteboardKind, WhiteboardRole, WhiteboardToken } from "./types.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
