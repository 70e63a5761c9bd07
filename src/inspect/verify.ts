import { onlyKeys, record } from "../validate.ts";
import type { Seconds, UnixSeconds } from "../formats/common.ts";
import type { KnownNames } from "./expected.ts";
import { chain } from "../runtime/engine.ts";
import { judge, type Verification } from "./judge.ts";
import { type ReadOptions, readToken } from "./parse.ts";
import type { Certificates } from "./signature.ts";

/** Options of {@linkcode verifyToken}. */
export interface VerifyOptions extends ReadOptions, KnownNames {
  /** The certificate, certificates, or the lookup that finds them. A project may have a primary and a secondary one. */
  certificates: Certificates;
  /** The time; the clock of this machine if omitted. */
  now?: UnixSeconds;
  /** How far the clock that issued the token may be ahead; 0 if omitted. */
  clockTolerance?: Seconds;
}

/** The names of the options. */
export const OPTIONS_OF_VERIFY: readonly string[] = [
  "certificates",
  "now",
  "clockTolerance",
  "channelName",
  "uid",
  "account",
  "service",
  "maxText",
  "maxPayload",
];

/**
 * Says whether a certificate made a token, over the bytes as received and in constant time; whether it is valid now; and
 * whether it is for the channel, user and service given. `diagnoseToken` gives the same answer, and takes more options.
 *
 * @param text The token.
 * @param options Certificates, the clock, and what is known from outside.
 * @returns The answer; never an exception because of what the token or a certificate contains.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument or option that is none.
 *
 * @example Is this token ours, and still valid?
 * ```ts
 * import { buildToken, rtc, verifyToken } from "@agoratoken/agoratoken";
 * import { assert } from "@std/assert";
 *
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const token = await buildToken({
 *   appId: "0123456789abcdef0123456789abcdef",
 *   appCertificate,
 *   expire: 3600,
 *   services: [rtc({ channelName: "lobby", uid: 1001, role: "subscriber" })],
 * });
 * assert((await verifyToken(token, { certificates: appCertificate, channelName: "lobby" })).ok);
 * ```
 */
export async function verifyToken(text: string, options: VerifyOptions): Promise<Verification> {
  onlyKeys(record("options", options), OPTIONS_OF_VERIFY);
  const judged = chain(readToken(text, options), (read) => judge(read, options, options.certificates));
  return judged instanceof Promise ? await judged : judged; // an answer that is there at once is not awaited
}
