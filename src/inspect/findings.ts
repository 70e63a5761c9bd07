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
  by: "text" | "pattern" | "checksum" | "none";
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

/** A text that is in the table of messages, where the diagnosis was given that. */
export interface MessageParams {
  /** The ids of its rows. */
  messages: readonly string[];
  /** What they mean, each with its product. */
  meanings: readonly string[];
}

/** A count of bytes. */
export interface BytesParams {
  /** How many bytes. */
  bytes: number;
}

/** What each finding says, by its code: values, never sentences. */
export interface FindingParams {
  // The text
  /** The text cannot be read as a token: `reason` is the error's code, `detail` its message. */
  "unreadable": { reason: AgoraTokenErrorCode; detail: string };
  /** The token looks cut; `length` is how many characters are there. */
  "text-cut": { length: number };
  /** The token was changed on its way. */
  "text-altered": { by: "percent-encoding" | "whitespace" | "url-safe-base64" };
  /** Something stands around the token, from outside in. */
  "text-wrapped": { around: readonly Wrapping[] };
  /** The text is empty, or a placeholder of a program or sample. */
  "text-is-placeholder": Record<never, never>;
  /** The text is an App ID or an App Certificate. */
  "text-is-id": { id: "appId" | "appCertificate" | "unknown" };
  /** The text is a JSON Web Token. */
  "text-is-jwt": Record<never, never>;
  /** The text is an answer or a message of a server, or words without a token. */
  "text-is-error-message": Partial<MessageParams>;
  /** The text is what an SDK or API says. */
  "text-is-sdk-message": MessageParams;
  // The signature
  /** None of the certificates made the token; with `signsNames`, a wrong name looks the same. */
  "signature-invalid": { certificates: number; signsNames: boolean };
  /** A certificate is not 32 hexadecimal characters; `index` is its place among those given. */
  "certificate-malformed": { index: number; certificates: number };
  /** No certificate was given. */
  "certificate-missing": Record<never, never>;
  /** Names are missing that the token signs and does not hold. */
  "input-missing": { version: Version; inputs: readonly string[] };
  /** The token was made with a certificate that is not the first of those given. */
  "other-certificate": { index: number; certificates: number };
  // The project
  /** The App ID is not 32 hexadecimal characters. */
  "app-id-malformed": Record<never, never>;
  /** The token is of another project; `actual` is its App ID. */
  "app-id-mismatch": { actual: string; difference?: NameDifference };
  // The time
  /** The token expired. */
  "expired": { expiresAt: UnixSeconds; now: UnixSeconds };
  /** The token expires within the 30 seconds in which the SDK warns. */
  "expires-soon": { expiresAt: UnixSeconds; now: UnixSeconds };
  /** The token was made more than 24 hours ago, and asks for longer. */
  "older-than-24-hours": { issuedAt: UnixSeconds; now: UnixSeconds };
  /** The token begins later. */
  "not-yet-valid": { notBefore: UnixSeconds; now: UnixSeconds };
  /** The token has a lifetime of 0 seconds. */
  "lifetime-zero": Record<never, never>;
  /** The token has a lifetime of more than the 24 hours that Agora grants. */
  "lifetime-over-24-hours": { lifetime: Seconds };
  /** A duration is so large that it looks like a Unix time. */
  "absolute-time-as-duration": { path: string; seconds: Seconds };
  /** A Unix time is so small that it looks like a duration. */
  "duration-as-absolute-time": { path: string; time: UnixSeconds };
  /** A privilege expired; `needed` where the intent takes it. */
  "privilege-expired": PrivilegeParams & { expiresAt: UnixSeconds; now: UnixSeconds; needed: boolean };
  /** A privilege expires `before` seconds before the token. */
  "privilege-ends-early": PrivilegeParams & { before: Seconds };
  /** A privilege has 0 seconds. */
  "privilege-zero": PrivilegeParams;
  // Channel, user and service
  /** The token is for another channel. */
  "channel-mismatch": NameParams;
  /** The token is for another user. */
  "user-mismatch": NameParams;
  /** A uid stands against an account; `given` is which of them was given. */
  "uid-against-account": { expected: string; actual: string; given: "uid" | "account" };
  /** The user is a text such as `undefined`, which programs write for a missing value. */
  "literal-account": { actual: string };
  /** The user of a login stands in the channel of an RTC token. */
  "user-in-channel-field": { actual: string };
  /** The token is not for the service, or any of the services, that are wanted. */
  "service-missing": { expected: readonly string[]; actual: readonly string[] };
  /** The token lacks a privilege that the intent takes. */
  "privilege-missing": PrivilegeParams;
  /** The token lacks a privilege to publish, which is enforced only with co-host authentication. */
  "publish-privilege-missing": PrivilegeParams;
  /** The token is an administrator's, for the whole app. */
  "app-level-token": { service: string };
  /** The token is valid for any channel: its channel is empty, or `*`. */
  "wildcard-channel": { actual: "" | "*" };
  /** The token is valid for any user: its user is the empty text, which is the uid 0, or `*`. */
  "wildcard-user": { actual: "" | "*" };
  /** The token is valid for all names that fit a pattern; `fits` is the name given, where it fits. */
  "wildcard-pattern": { of: "channel" | "user"; actual: string; fits?: string };
  /** A name with a `*`, which belongs in tokens only, is given as that of a channel or user. */
  "wildcard-as-name": { of: "channel" | "user"; expected: string };
  /** A value is not as Agora documents it. */
  "against-documented-rules": { path: string; expected: string; actual?: string };
  // The packing
  /** The token is of a format before 007. */
  "legacy-format": { actual: Version };
  /** The token has no service. */
  "no-service": Record<never, never>;
  /** The token has a service that is not known; it ends the reading. */
  "unknown-service": { type: number };
  /** Bytes follow the last field. */
  "trailing-bytes": BytesParams;
  /** A text is not UTF-8. */
  "text-not-utf8": { path: string };
  /** The fields are not in the official order, or one is given twice. */
  "not-canonical": Record<never, never>;
}

/** The stable name of a kind of finding; callers may branch on it. */
export type FindingCode = keyof FindingParams;

/** One observation as the rules make it: data only. */
export interface Observation<Code extends FindingCode = FindingCode> {
  /** What kind it is: stable. */
  readonly code: Code;
  /** Its values, by kind. */
  readonly params: FindingParams[Code];
  /** The path of the field concerned, as `services[0].uid`. */
  readonly field?: string;
  /** The bytes concerned, from `start` to before `end`, where the reading recorded spans. */
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
  /**
   * The error number that native SDKs of RTC report. There is none of another product: RTM 1.x and 2.x, and Chat native and Web,
   * have different numbers for the same cause, which `messagesOf` of the entry `./messages` knows.
   */
  readonly sdk?: number;
  /** While it stands, nobody can say that the token works. */
  readonly leavesOpen?: true;
}

const INVALID = 110;
const EXPIRED = 109;

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
  "text-is-sdk-message": { severity: "error", certainty: "code", sdk: INVALID },
  "signature-invalid": { severity: "error", certainty: "code", sdk: INVALID },
  "certificate-malformed": { severity: "error", certainty: "documented" },
  "certificate-missing": { severity: "warning", certainty: "code" },
  "input-missing": { severity: "warning", certainty: "code" },
  "other-certificate": { severity: "info", certainty: "documented" },
  "app-id-malformed": { severity: "error", certainty: "documented", sdk: 101 },
  "app-id-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "expired": { severity: "error", certainty: "documented", sdk: EXPIRED },
  "expires-soon": { severity: "warning", certainty: "documented" },
  "older-than-24-hours": { severity: "error", certainty: "documented", sdk: EXPIRED },
  "not-yet-valid": { severity: "error", certainty: "inferred" },
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
  "wildcard-pattern": { severity: "info", certainty: "documented" },
  "wildcard-as-name": { severity: "warning", certainty: "code" },
  "against-documented-rules": { severity: "warning", certainty: "documented" },
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
export interface FindingOf<Code extends FindingCode> extends Observation<Code> {
  /** How much it matters. */
  readonly severity: Severity;
  /** How sure it is. */
  readonly certainty: Certainty;
  /** One sentence, with the values that disagree. Never holds a certificate, key or token. */
  readonly message: string;
  /** What to do. */
  readonly advice?: string;
  /** What is wanted. */
  readonly expected?: string;
  /** What is there. */
  readonly actual?: string;
  /** The error number that a native SDK of RTC would report; none where the token is for another product, or no number is certain. */
  readonly sdkError?: number;
  /** What SDKs and APIs say of it: ids of rows of the table of messages, where the diagnosis was given that. */
  readonly messages?: readonly string[];
}

/** One observation about a token, distinguished by `code`. */
export type Finding = { [Code in FindingCode]: FindingOf<Code> }[FindingCode];
