import { onlyKeys, record } from "../validate.ts";
import type { Intent } from "./intents.ts";
import { diagnosed, type Diagnosis, judge } from "./judge.ts";
import { readPasted } from "./find/pasted.ts";
import type { MessageTable } from "./sdk.ts";
import type { Certificates } from "./signature.ts";
import { OPTIONS_OF_VERIFY, type VerifyOptions } from "./verify.ts";

/** Options of {@linkcode diagnoseToken}: whatever is known. */
export interface DiagnoseOptions extends Omit<VerifyOptions, "certificates"> {
  /** The App ID that the client uses. */
  appId?: string;
  /** The certificate, certificates, or the lookup that finds them. Without one, the verdict is never `works`. */
  certificates?: Certificates;
  /** What the token is to be used for. */
  intent?: Intent;
  /**
   * The entry `./messages`, as `import * as messages` gives it: then a message that is passed for a token is explained, and findings
   * name the `messages` that they lead to.
   */
  messages?: MessageTable;
}

/**
 * Says whether a token will work, and if not, why: every reason for "invalid token". The more is known, the more is found. Where a
 * text has more than the token, the first token in it is judged, and the finding `text-wrapped` says what a client would not
 * accept and where other tokens are.
 *
 * @param text The text that is used as a token, or a text with a token in it.
 * @param options Whatever is known: App ID, certificates, channel, user, what it is for, the time. Unlike that of `verifyToken`, the
 *   `uid` may be negative or have more than 32 bits: then it is said what it is in a token.
 * @returns The verdict and the reasons; never an exception because of what the text or a certificate contains.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument or option that is none.
 *
 * @example Why does this join fail?
 * ```ts
 * import { buildToken, diagnoseToken, rtc } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const token = await buildToken({
 *   appId: "0123456789abcdef0123456789abcdef",
 *   appCertificate,
 *   expire: 3600,
 *   services: [rtc({ channelName: "Lobby", uid: 1001, role: "publisher" })],
 * });
 * const { verdict, findings } = await diagnoseToken(token, {
 *   certificates: appCertificate,
 *   channelName: "lobby",
 *   uid: 1001,
 *   intent: "join",
 * });
 * assertEquals([verdict, findings[0]?.code], ["fails", "channel-mismatch"]);
 * ```
 */
export async function diagnoseToken(text: string, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const { certificates = [], messages } = record("options", options) as DiagnoseOptions;
  onlyKeys(options, [...OPTIONS_OF_VERIFY, "appId", "intent", "messages"]);
  if (messages !== undefined) record("messages", messages);
  const { read, wrapped } = await readPasted(text, options);
  return diagnosed(await judge(read, options, certificates, { explain: true, messages, wrapped }));
}
