import { onlyKeys, record, refuse, string } from "../validate.ts";
import type { Span } from "../bytes/span.ts";
import { explainText } from "./text_findings.ts";
import { type Finding, finding, sdkErrorOf } from "./findings.ts";
import type { Given } from "./format.ts";
import type { ParsedToken } from "./formats.ts";
import { type Read, readToken, spansByPath } from "./inspect.ts";
import {
  contentFindings,
  explainMismatch,
  type Intent,
  intentFindings,
  INTENTS,
  projectFindings,
  timeFindings,
} from "./reasons.ts";
import {
  type Certificates,
  certificatesFor,
  checkGiven,
  checkLife,
  checkSignature,
  clockOf,
  VERIFY_OPTIONS,
  type VerifyOptions,
} from "./verify.ts";

/** Options of {@linkcode diagnoseToken}: whatever is known. */
export interface DiagnoseOptions extends Omit<VerifyOptions, "certificates"> {
  /** The App ID that the client uses. */
  appId?: string;
  /** The certificate, certificates, or the lookup that finds them. Without one, the verdict is never `works`. */
  certificates?: Certificates;
  /** What the token is to be used for. */
  intent?: Intent;
}

/** Whether a token will work, and why not. */
export interface Diagnosis {
  /** `fails` where something keeps it from working, `works` where nothing does and its signature is valid, else `unknown`. */
  verdict: "works" | "fails" | "unknown";
  /** The reasons, the worst first. */
  findings: Finding[];
}

/**
 * Says whether a token will work, and if not, why: every reason behind "invalid token". The more is known, the more is found.
 *
 * @param text The text that is used as a token.
 * @param options Whatever is known: App ID, certificates, channel, user, what it is for, the time.
 * @returns The verdict and the reasons; never an exception because of what the text or a certificate contains.
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
  const { maxPayload, ...known } = record("options", options) as DiagnoseOptions;
  onlyKeys(options, [...VERIFY_OPTIONS, "appId", "intent"]);
  return await diagnosisOf(await readToken(text, { maxPayload }, []), known);
}

/** Whether what was read will work, and why not. */
export async function diagnosisOf(
  { text, format, reading, spans }: Read,
  { appId, certificates = [], intent, now, clockTolerance, ...given }: Omit<DiagnoseOptions, "maxPayload">,
): Promise<Diagnosis> {
  checkGiven(given);
  if (appId !== undefined) string("appId", appId);
  if (intent !== undefined && !Object.hasOwn(INTENTS, intent)) refuse("intent", `one of ${Object.keys(INTENTS).join(", ")}`);
  const clock = clockOf(now, clockTolerance);
  const token = reading.token as ParsedToken;
  const list = await certificatesFor(reading.error === undefined ? token.appId : undefined, certificates);
  const conclude = (findings: Finding[], signature?: string) => conclusion(findings, signature, spans, intent);
  if (format === undefined || reading.error !== undefined) {
    return conclude(
      explainText(text, reading.error!, format, { appId, certificates: list }),
    );
  }
  // A login names no channel, though the caller may know one.
  const { channelName, ...withoutChannel } = given;
  const needsChannel = channelName !== undefined && (intent === undefined || INTENTS[intent].services.includes("rtc"));
  const user = userOfAny(token, needsChannel ? given : withoutChannel);
  let checked = await checkSignature(format, token, list, user);
  if (checked.signature === "invalid" && (token.version === "004" || token.version === "005") && user.uid !== undefined) {
    // A key for uid 0 is for anyone, and only its signature tells.
    const anyone = await checkSignature(format, token, list, { ...user, uid: 0 });
    if (anyone.signature === "valid") {
      checked = { ...anyone, findings: [finding("wildcard-user", "The key is good for any user.")] };
    }
  }
  let findings = [...checked.findings];
  if (checked.certificateIndex !== undefined && checked.certificateIndex > 0) {
    const message = `The token was made with certificate ${checked.certificateIndex + 1} of the ${list.length} given.`;
    findings.push(finding("other-certificate", message));
  }
  findings = [...findings, ...projectFindings(token, appId)];
  findings = [...findings, ...checkLife(format.life(token), clock), ...timeFindings(token, format.life(token), clock.now)];
  findings = [...findings, ...intentFindings(token, given, intent, clock.now)];
  const services = intent === undefined || token.version !== "007" ? [given.service] : INTENTS[intent].services;
  const mismatches = services.map((service) => format.mismatches(token, service === undefined ? user : { ...user, service }));
  const best = mismatches.toSorted((a, b) => a.length - b.length)[0]!;
  findings = [...findings, ...best.map((found) => explainMismatch(found, given))];
  findings = [...findings, ...format.aging(token, clock.now), ...contentFindings(token, intent), ...format.remarks(token)];
  return conclude(findings, checked.signature);
}

/** A 006 token without a user is for anyone: whoever joins, it was signed without a user. */
function userOfAny(token: ParsedToken, given: Given): Given {
  if (token.version !== "006" || token.crcUid !== 0 || token.privileges.rtmLogin !== undefined) return given;
  const { uid: _uid, account: _account, ...rest } = given;
  return rest;
}

/** The verdict over findings, which get their bytes and the number that the SDK shows; the worst come first. */
function conclusion(
  findings: Finding[],
  signature: string | undefined,
  spans: readonly Span[],
  intent: Intent | undefined,
): Diagnosis {
  const order = ["error", "warning", "info"];
  const unique = new Map<string, Finding>(); // the first of a kind at a place says most
  for (const found of findings) {
    const place = `${found.code} ${found.field} ${found.expected}`;
    if (!unique.has(place)) unique.set(place, found);
  }
  const byPath = spansByPath(spans);
  const complete = [...unique.values()].map((found) => {
    const span = found.span ?? byPath.get(found.field);
    const sdkError = sdkErrorOf(found, intent === "loginRtm" ? "rtm" : "rtc");
    return {
      ...found,
      ...(span === undefined ? {} : { span: { start: span.start, end: span.end } }),
      ...(sdkError === undefined ? {} : { sdkError }),
    };
  }).sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const has = (test: (found: Finding) => boolean) => complete.some(test);
  if (has(({ severity }) => severity === "error")) return { verdict: "fails", findings: complete };
  const sure = signature === "valid" && !has(({ code }) => code === "publish-privilege-missing");
  return { verdict: sure ? "works" : "unknown", findings: complete };
}
