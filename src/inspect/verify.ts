import type { Seconds } from "../formats/common.ts";
import { type AgoraTokenError, invalidType } from "../errors.ts";
import { equalBytes } from "../bytes/bytes.ts";
import { integer, isHexId, onlyKeys, record, string, U32_MAX } from "../validate.ts";
import { engine } from "../runtime/choose.ts";
import { type Finding, finding } from "./findings.ts";
import type { Format, Given, Life } from "./format.ts";
import type { ParsedToken, Version } from "./formats.ts";
import { type Read, type ReadOptions, readToken, unreadable } from "./inspect.ts";

/** Certificates to verify against: one, several, or a lookup by the App ID that the token names. */
export type Certificates =
  | string
  | readonly string[]
  | ((appId: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>);

/** Options of {@linkcode verifyToken}. */
export interface VerifyOptions extends ReadOptions, Given {
  /** The certificate, certificates, or the lookup that finds them. A project may have a primary and a secondary one. */
  certificates: Certificates;
  /** The time, in Unix seconds; the clock of this machine if omitted. */
  now?: Seconds;
  /** How far the clock that issued the token may be ahead, in seconds; 0 if omitted. */
  clockTolerance?: Seconds;
}

/** The names of the options. */
export const VERIFY_OPTIONS: readonly string[] = [
  "certificates",
  "now",
  "clockTolerance",
  "channelName",
  "uid",
  "account",
  "service",
  "maxPayload",
];

/** What a verification found. */
export interface Verification {
  /** Whether a certificate made this token; `uncheckable` where something is missing that the answer needs. */
  signature: "valid" | "invalid" | "uncheckable";
  /** The signature is valid, the token is alive, and it agrees with the channel, user and service that were given. */
  ok: boolean;
  /** The certificate that made the token, by its place among those given. */
  certificateIndex?: number;
  /** Why, and what else there is to say. */
  findings: Finding[];
  /** The token, where it could be read. */
  token?: ParsedToken;
  /** When it works, where it could be read. */
  life?: Life;
  /** Why it could not be read. */
  error?: AgoraTokenError;
}

/**
 * Says whether a token is genuine and alive: its signature, over the bytes as received and in constant time; its life; and
 * whether it is for the channel, user and service given. Privileges that have ended are findings and do not change `ok`.
 *
 * @param text The token.
 * @param options Certificates, the clock, and what is known from outside.
 * @returns The answer; never an exception because of what the token or a certificate contains.
 *
 * @example Is this token ours, and still good?
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
  const { maxPayload, ...known } = record("options", options) as unknown as VerifyOptions;
  onlyKeys(options, VERIFY_OPTIONS);
  return await verificationOf(await readToken(text, { maxPayload }), known);
}

/** Whether what was read is genuine and alive. */
export async function verificationOf(
  { format, reading }: Read,
  { certificates, now, clockTolerance, ...given }: Omit<VerifyOptions, "maxPayload">,
): Promise<Verification> {
  checkGiven(given);
  const clock = clockOf(now, clockTolerance);
  const list = await certificatesFor(reading.error === undefined ? reading.token.appId : undefined, certificates);
  if (format === undefined || reading.error !== undefined) {
    const error = reading.error!;
    return { signature: "invalid", ok: false, findings: [unreadable(error)], error };
  }
  const token = reading.token as ParsedToken;
  const checked = await checkSignature(format, token, list, given);
  const dead = checkLife(format.life(token), clock);
  const mismatches = format.mismatches(token, given);
  return {
    ...checked,
    ok: checked.signature === "valid" && dead.length === 0 && mismatches.length === 0,
    findings: [...checked.findings, ...dead, ...mismatches, ...format.aging(token, clock.now), ...format.remarks(token)],
    token,
    life: format.life(token),
  };
}

/** A time to judge by, and how far the clock that issued a token may be ahead of it. */
export interface Clock {
  /** Unix seconds. */
  now: Seconds;
  /** Seconds. */
  clockTolerance: Seconds;
}

/** The clock of the options, checked. */
export function clockOf(now: Seconds | undefined, clockTolerance: Seconds = 0): Clock {
  return {
    now: now === undefined ? Math.floor(Date.now() / 1000) : integer("now", now, 0, Number.MAX_SAFE_INTEGER),
    clockTolerance: integer("clockTolerance", clockTolerance, 0, U32_MAX),
  };
}

/** Why a token is not alive; nothing where it is. */
export function checkLife({ from, until }: Life, { now, clockTolerance }: Clock): Finding[] {
  const dead: Finding[] = [];
  if (until !== undefined && now >= until) {
    const message = `The token ended ${now - until} seconds ago.`;
    dead.push(finding("expired", message, { expected: `before ${until}`, actual: String(now) }));
  }
  if (from !== undefined && now < from - clockTolerance) {
    const message = `The token begins in ${from - now} seconds: the clock that made it is ahead of this one.`;
    dead.push(finding("not-yet-valid", message, { expected: `from ${from}`, actual: String(now) }));
  }
  return dead;
}

/** Tries the certificates in turn. A malformed one cannot have made a token, and is said to be so. */
export async function checkSignature(
  format: Format<Version, ParsedToken>,
  token: ParsedToken,
  certificates: readonly string[],
  given: Given,
): Promise<Pick<Verification, "signature" | "certificateIndex" | "findings">> {
  const findings: Finding[] = [];
  if (certificates.length === 0) {
    findings.push(finding("certificate-missing", "The signature cannot be checked without a certificate."));
  }
  const missing = format.missing(token, given).join(", ");
  if (missing !== "") {
    const message = `The signature of a ${token.version} token cannot be checked without: ${missing}.`;
    findings.push(finding("input-missing", message, { expected: missing }));
  }
  if (findings.length > 0) return { signature: "uncheckable", findings };
  // A project's App ID is 32 hexadecimal characters, so nobody's certificate makes a token for another (format notes §6).
  const possible = isHexId(token.appId);
  for (const [index, certificate] of certificates.entries()) {
    if (!isHexId(certificate)) {
      const which = certificates.length === 1 ? "The certificate" : `Certificate ${index + 1}`;
      findings.push(finding("certificate-malformed", `${which} is not 32 hexadecimal characters.`, { field: "certificates" }));
    } else if (
      possible && equalBytes(format.signature(token), await format.sign(token, certificate, given, engine()))
    ) {
      // The other certificates do not matter any more.
      return { signature: "valid", certificateIndex: index, findings: [] };
    }
  }
  // Before 007, what is given from outside is signed as well, so that a wrong name looks like a wrong certificate.
  const names = format.version === "007" ? "" : " for the channel, user and service that are given";
  const message = certificates.length === 1
    ? `The certificate did not make this token${names}.`
    : `None of the ${certificates.length} certificates made this token${names}.`;
  return { signature: "invalid", findings: [finding("signature-invalid", message, { field: "signature" }), ...findings] };
}

/** The certificates to try for an App ID. */
export async function certificatesFor(appId: string | undefined, certificates: Certificates): Promise<readonly string[]> {
  if (typeof certificates === "function" && appId === undefined) return [];
  const found = typeof certificates === "function" ? await certificates(appId!) ?? [] : certificates;
  const list = typeof found === "string" ? [found] : found;
  if (!Array.isArray(list)) throw invalidType("certificates", "a string, an array or a function", list);
  list.forEach((certificate, index) => string(`certificates[${index}]`, certificate));
  return list;
}

/** The types of what is given from outside. */
export function checkGiven(given: Given): void {
  if (given.channelName !== undefined) string("channelName", given.channelName);
  if (given.account !== undefined) string("account", given.account);
  if (given.service !== undefined) string("service", given.service);
  const { uid } = given;
  if (uid !== undefined) integer("uid", typeof uid === "string" && /^\d{0,10}$/.test(uid) ? Number(uid) : uid, 0, U32_MAX);
}
