/**
 * Explains what people have in their hands before they have a token: the message or number of an SDK, a REST API, a callback, a
 * browser or a token server. It is an entry of its own, since its table is larger than the rest of the library.
 *
 * @example The number of an SDK
 * ```ts
 * import { explainError } from "@agoratoken/agoratoken/messages";
 * import { assertEquals } from "@std/assert";
 *
 * const [row] = explainError(110, { sdk: "rtc-native" });
 * assertEquals(row?.causes[0]?.code, "user-mismatch"); // the likeliest
 * assertEquals(row?.inputs.includes("user"), true); // to be sure, diagnose the token with the user of the join
 * assertEquals(explainError(110, { sdk: "chat-native" })[0]?.meaning, "A parameter is not valid.");
 * ```
 *
 * @example A diagnosis that knows the messages
 * ```ts
 * import { diagnoseToken } from "@agoratoken/agoratoken";
 * import * as messages from "@agoratoken/agoratoken/messages";
 * import { assertEquals } from "@std/assert";
 *
 * const { findings: [finding] } = await diagnoseToken("Get server node failed [NO_AUTHORIZED]", { messages });
 * assertEquals([finding?.code, finding?.messages], ["text-is-sdk-message", ["rtc-web3-2010009"]]);
 * ```
 *
 * @module
 */
export { type Cause, explainError, type ExplainOptions, type Explanation, messagesOf } from "./explain.ts";
export type { DecidingInput } from "./causes.ts";
export { type MessageFacts, type MessageSdk, SDKS } from "./table.ts";
export type { FindingCode } from "../findings.ts";
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../../errors.ts";
