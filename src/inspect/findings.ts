import type { AgoraTokenErrorCode } from "../errors.ts";
import type { Seconds, UnixSeconds } from "../formats/common.ts";
import type { Version } from "../formats/detect.ts";

/** How much a finding matters: an `error` keeps the token from working, a `warning` may, an `info` explains. */
export type Severity = "error" | "warning" | "info";

/**
 * How sure a finding is: Agora documents the rule, the code of an SDK or of the formats shows it, people report it, or we infer
 * it.
 */
export type Certainty = "documented" | "code" | "reported" | "inferred";

/** What was found around a token, or done to it. */
export type Wrapping = "whitespace" | "json" | "quotes" | "name" | "bearer" | "url" | "words" | "invisible";

/** In what two names differ that look alike. */
export type NameDifference = "letter-case" | "whitespace" | "unicode-form" | "percent-encoding";

/** What a finding about a name says: what was given, and what the token has, as far as it shows it. */
export interface NameParams {
  /** The name that was given; empty for no channel, or for uid 0. */
  expected: string;
  /** The name in the token, where it holds it. */
  actual?: string;
  /** How the two were compared; `none` where the token names no channel or user at all. */
  by: "text" | "checksum" | "none";
  /** In what only they differ, where the eye misses it. */
  difference?: NameDifference;
}

/** A privilege of a service. */
export interface PrivilegeParams {
  /** The service, as `rtc`. */
  service: string;
  /** The privilege, as `joinChannel`. */
  privilege: string;
}

/** A count of bytes. */
export interface BytesParams {
  /** How many bytes. */
  bytes: number;
}

/** What each finding says, by its code: values, never sentences. */
export interface FindingParams {
  // The text
  "unreadable": { reason: AgoraTokenErrorCode; detail: string };
  "text-cut": { length: number };
  "text-altered": { by: "percent-encoding" | "whitespace" | "url-safe-base64" };
  "text-wrapped": { around: readonly Wrapping[] };
  "text-is-placeholder": Record<never, never>;
  "text-is-id": { id: "appId" | "appCertificate" | "unknown" };
  "text-is-jwt": Record<never, never>;
  "text-is-error-message": Record<never, never>;
  // The signature
  "signature-invalid": { certificates: number; signsNames: boolean };
  "certificate-malformed": { index: number; certificates: number };
  "certificate-missing": Record<never, never>;
  "input-missing": { version: Version; inputs: readonly string[] };
  "other-certificate": { index: number; certificates: number };
  // The project
  "app-id-malformed": Record<never, never>;
  "app-id-mismatch": { actual: string; difference?: NameDifference };
  // The time
  "expired": { expiresAt: UnixSeconds; now: UnixSeconds };
  "expires-soon": { expiresAt: UnixSeconds; now: UnixSeconds };
  "older-than-24-hours": { issuedAt: UnixSeconds; now: UnixSeconds };
  "not-yet-valid": { notBefore: UnixSeconds; now: UnixSeconds };
  "lifetime-zero": Record<never, never>;
  "lifetime-over-24-hours": { lifetime: Seconds };
  "absolute-time-as-duration": { path: string; seconds: Seconds };
  "duration-as-absolute-time": { path: string; time: UnixSeconds };
  "privilege-expired": PrivilegeParams & { expiresAt: UnixSeconds; now: UnixSeconds; needed: boolean };
  "privilege-ends-early": PrivilegeParams & { before: Seconds };
  "privilege-zero": PrivilegeParams;
  // Channel, user and service
  "channel-mismatch": NameParams;
  "user-mismatch": NameParams;
  "uid-against-account": { expected: string; actual: string; given: "uid" | "account" };
  "literal-account": { actual: string };
  "user-in-channel-field": { actual: string };
  "service-missing": { expected: readonly string[]; actual: readonly string[] };
  "privilege-missing": PrivilegeParams;
  "publish-privilege-missing": PrivilegeParams;
  "app-level-token": { service: string };
  "wildcard-channel": Record<never, never>;
  "wildcard-user": Record<never, never>;
  "against-documented-rules": { path: string; expected: string; actual?: string };
  // The packing
  "legacy-format": { actual: Version };
  "no-service": Record<never, never>;
  "unknown-service": { type: number };
  "trailing-bytes": BytesParams;
  "text-not-utf8": { path: string };
  "not-canonical": Record<never, never>;
}

/** The stable name of a kind of finding; callers may branch on it. */
export type FindingCode = keyof FindingParams;

/** One observation as the rules make it: data only. */
export interface Observation<Code extends FindingCode = FindingCode> {
  /** What kind it is. */
  readonly code: Code;
  /** Its values. */
  readonly params: FindingParams[Code];
  /** The path of the field concerned. */
  readonly field?: string;
  /** The bytes concerned, where the reading recorded spans. */
  readonly span?: { readonly start: number; readonly end: number };
  /** How much it matters, where it is not what its kind does. */
  readonly severity?: Severity;
}

/** An observation of a kind. */
export function observed<Code extends FindingCode>(
  code: Code,
  params: FindingParams[Code],
  more: Pick<Observation, "field" | "span" | "severity"> = {},
): Observation {
  return { code, params, ...more };
}

/** What is known of a kind of finding wherever it occurs. */
interface FindingKind {
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** The error number that the SDKs report: of RTC, and of the older RTM. */
  readonly sdk?: { readonly rtc: number; readonly rtm?: number };
  /** While it stands, nobody can say that the token works. */
  readonly leavesOpen?: true;
}

const INVALID = { rtc: 110, rtm: 5 } as const;
const EXPIRED = { rtc: 109, rtm: 6 } as const;

/** What is known of each kind of finding. Its words are in the catalogue. */
export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  "unreadable": { severity: "error", certainty: "code", sdk: INVALID },
  "text-cut": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-altered": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-wrapped": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-placeholder": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-id": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-jwt": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-error-message": { severity: "error", certainty: "inferred", sdk: INVALID },
  "signature-invalid": { severity: "error", certainty: "code", sdk: INVALID },
  "certificate-malformed": { severity: "error", certainty: "documented" },
  "certificate-missing": { severity: "warning", certainty: "code" },
  "input-missing": { severity: "warning", certainty: "code" },
  "other-certificate": { severity: "info", certainty: "documented" },
  "app-id-malformed": { severity: "error", certainty: "documented", sdk: { rtc: 101, rtm: 5 } },
  "app-id-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "expired": { severity: "error", certainty: "documented", sdk: EXPIRED },
  "expires-soon": { severity: "warning", certainty: "documented" },
  "older-than-24-hours": { severity: "error", certainty: "documented", sdk: EXPIRED },
  "not-yet-valid": { severity: "error", certainty: "inferred", sdk: INVALID },
  "lifetime-zero": { severity: "warning", certainty: "inferred", leavesOpen: true },
  "lifetime-over-24-hours": { severity: "warning", certainty: "documented" },
  "absolute-time-as-duration": { severity: "warning", certainty: "inferred" },
  "duration-as-absolute-time": { severity: "error", certainty: "inferred", sdk: EXPIRED },
  "privilege-expired": { severity: "warning", certainty: "documented", sdk: EXPIRED },
  "privilege-ends-early": { severity: "info", certainty: "documented" },
  "privilege-zero": { severity: "info", certainty: "documented" },
  "channel-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "user-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "uid-against-account": { severity: "error", certainty: "documented", sdk: INVALID },
  "literal-account": { severity: "warning", certainty: "inferred", sdk: INVALID },
  "user-in-channel-field": { severity: "error", certainty: "inferred", sdk: INVALID },
  "service-missing": { severity: "error", certainty: "code", sdk: INVALID },
  "privilege-missing": { severity: "error", certainty: "documented", sdk: INVALID },
  "publish-privilege-missing": { severity: "warning", certainty: "documented", leavesOpen: true },
  "app-level-token": { severity: "warning", certainty: "documented" },
  "wildcard-channel": { severity: "info", certainty: "documented" },
  "wildcard-user": { severity: "info", certainty: "documented" },
  "against-documented-rules": { severity: "warning", certainty: "documented", sdk: { rtc: 102 } },
  "legacy-format": { severity: "warning", certainty: "documented" },
  "no-service": { severity: "error", certainty: "inferred", sdk: INVALID },
  "unknown-service": { severity: "info", certainty: "code" },
  "trailing-bytes": { severity: "warning", certainty: "code" },
  "text-not-utf8": { severity: "warning", certainty: "code" },
  "not-canonical": { severity: "info", certainty: "code" },
};

/** How much an observation matters. */
export function severityOf({ code, severity }: Observation): Severity {
  return severity ?? FINDINGS[code].severity;
}

/** One finding of a kind: its data, and what it says in English. */
export interface FindingOf<Code extends FindingCode> {
  /** What kind it is: stable. */
  code: Code;
  /** The values, by kind. */
  params: FindingParams[Code];
  /** How much it matters. */
  severity: Severity;
  /** How sure it is. */
  certainty: Certainty;
  /** One sentence, with the values that disagree. Never holds a certificate, key or token. */
  message: string;
  /** What to do. */
  advice?: string;
  /** The path of the field concerned, as `services[0].uid`. */
  field?: string;
  /** What is wanted. */
  expected?: string;
  /** What is there. */
  actual?: string;
  /** The error number that the client's SDK would report: that of RTM for a login there, else that of RTC. */
  sdkError?: number;
  /** The bytes concerned, where the reading recorded spans. */
  span?: {
    /** Offset of the first byte. */
    start: number;
    /** Offset after the last byte. */
    end: number;
  };
}

/** One observation about a token, told apart by `code`. */
export type Finding = { [Code in FindingCode]: FindingOf<Code> }[FindingCode];
