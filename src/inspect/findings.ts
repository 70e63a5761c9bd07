/** How much a finding matters: an `error` keeps the token from working, a `warning` may, an `info` explains. */
export type Severity = "error" | "warning" | "info";

/** What a kind of finding means wherever it occurs. */
export interface FindingKind {
  readonly severity: Severity;
  /** What to do. */
  readonly advice?: string;
  /** The error number that the SDKs report: of RTC, and of the older RTM. */
  readonly sdk?: { readonly rtc: number; readonly rtm?: number };
}

/** The stable name of a kind of finding; callers may branch on it. */
export type FindingCode =
  // The text
  | "unreadable"
  | "text-cut"
  | "text-altered"
  | "text-wrapped"
  | "text-is-placeholder"
  | "text-is-id"
  | "text-is-jwt"
  | "text-is-error-message"
  // The signature
  | "signature-invalid"
  | "certificate-malformed"
  | "certificate-missing"
  | "input-missing"
  | "other-certificate"
  // The project
  | "app-id-malformed"
  | "app-id-mismatch"
  // The time
  | "expired"
  | "expires-soon"
  | "older-than-24-hours"
  | "not-yet-valid"
  | "lifetime-zero"
  | "lifetime-over-24-hours"
  | "absolute-time-as-duration"
  | "duration-as-absolute-time"
  | "privilege-expired"
  | "privilege-ends-early"
  | "privilege-zero"
  // Channel, user and service
  | "channel-mismatch"
  | "user-mismatch"
  | "uid-against-account"
  | "literal-account"
  | "user-in-channel-field"
  | "service-missing"
  | "privilege-missing"
  | "publish-privilege-missing"
  | "app-level-token"
  | "wildcard-channel"
  | "wildcard-user"
  | "against-documented-rules"
  // The packing
  | "legacy-format"
  | "no-service"
  | "unknown-service"
  | "trailing-bytes"
  | "text-not-utf8"
  | "not-canonical";

const NEW_TOKEN = "Ask the token server for a new token, and pass its text on unchanged.";
const INVALID = { rtc: 110, rtm: 5 } as const;
const EXPIRED = { rtc: 109, rtm: 6 } as const;

/** What each kind of finding means wherever it occurs. */
export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  "unreadable": { severity: "error", sdk: INVALID, advice: NEW_TOKEN },
  "text-cut": {
    severity: "error",
    sdk: INVALID,
    advice: "Copy the whole token: a double click often selects only a part of it.",
  },
  "text-altered": {
    severity: "error",
    sdk: INVALID,
    advice: "Percent-encode the token where it goes through a URL, and decode it once; keep line breaks out of it.",
  },
  "text-wrapped": {
    severity: "error",
    sdk: INVALID,
    advice: "Pass the token alone: trim it, and read it out of the JSON or the URL.",
  },
  "text-is-placeholder": { severity: "error", sdk: INVALID, advice: "Fetch a token before joining, and wait for it." },
  "text-is-id": { severity: "error", sdk: INVALID, advice: "Pass a token; the App Certificate must never reach a client." },
  "text-is-jwt": {
    severity: "error",
    sdk: INVALID,
    advice: "Ask your Agora token server; this is the token of another service.",
  },
  "text-is-error-message": {
    severity: "error",
    sdk: INVALID,
    advice: "Check the status of the token server's answer before using its body.",
  },
  "signature-invalid": {
    severity: "error",
    sdk: INVALID,
    advice: "Compare App ID and App Certificate with the console: the token was made with another certificate, or changed.",
  },
  "certificate-malformed": {
    severity: "error",
    advice: "Copy the App Certificate from the console: 32 hexadecimal characters.",
  },
  "certificate-missing": { severity: "warning", advice: "Give the App Certificate of the token's project." },
  "input-missing": {
    severity: "warning",
    advice: "Give the channel, user or service that the token was made for: they are signed, but not in the token.",
  },
  "other-certificate": { severity: "info", advice: "Fine while both are enabled in the console, as when one rotates them." },
  "app-id-malformed": {
    severity: "error",
    sdk: { rtc: 101, rtm: 5 },
    advice: "Build the token with the App ID of the console: 32 hexadecimal characters.",
  },
  "app-id-mismatch": {
    severity: "error",
    sdk: INVALID,
    advice: "Use one project throughout: the App ID of the client must be that of the token.",
  },
  "expired": { severity: "error", sdk: EXPIRED, advice: "Get a new token and call renewToken, or join again with it." },
  "expires-soon": {
    severity: "warning",
    advice: "Get a new token now and call renewToken: the SDK warns 30 seconds before the end.",
  },
  "older-than-24-hours": {
    severity: "error",
    sdk: EXPIRED,
    advice: "Make tokens when they are asked for: one must be used within 24 hours of being made.",
  },
  "not-yet-valid": {
    severity: "error",
    sdk: INVALID,
    advice: "Set the clock of the token server, or of this machine.",
  },
  "lifetime-zero": { severity: "error", sdk: EXPIRED, advice: "Build the token with a life of 1 to 86400 seconds." },
  "lifetime-over-24-hours": { severity: "warning", advice: "Agora ends every token after 24 hours: renew it before." },
  "absolute-time-as-duration": {
    severity: "warning",
    advice: "Give seconds from now: in 007 no time is absolute. The builders of 006 took absolute times.",
  },
  "duration-as-absolute-time": {
    severity: "error",
    sdk: EXPIRED,
    advice: "Give an absolute Unix time: before 007 every time was one. Add the duration to the time now.",
  },
  "privilege-expired": { severity: "warning", sdk: EXPIRED, advice: "Get a new token and call renewToken." },
  "privilege-ends-early": { severity: "info", advice: "Renew the token before its first privilege ends." },
  "privilege-zero": { severity: "info", advice: "Give privileges the life of the token, to be sure of what they mean." },
  "channel-mismatch": {
    severity: "error",
    sdk: INVALID,
    advice: "Join the channel that the token was made for, or ask for a token for this one.",
  },
  "user-mismatch": {
    severity: "error",
    sdk: INVALID,
    advice: "Join as the user that the token was made for, or ask for a token for this one.",
  },
  "uid-against-account": {
    severity: "error",
    sdk: INVALID,
    advice: "Use uids on both sides, or accounts on both sides: all users of a channel use the one or the other.",
  },
  "literal-account": {
    severity: "warning",
    sdk: INVALID,
    advice:
      "Pass the uid as a number to the builder, and check that it is set: 0 as a number means anyone, as text it does not.",
  },
  "user-in-channel-field": {
    severity: "error",
    sdk: INVALID,
    advice: "Ask for an RTM token: an RTC token whose channel is the user's name does not log in.",
  },
  "service-missing": { severity: "error", sdk: INVALID, advice: "Ask for a token with this service." },
  "privilege-missing": { severity: "error", sdk: INVALID, advice: "Ask for a token with this privilege." },
  "publish-privilege-missing": {
    severity: "warning",
    advice:
      "Ask for a publisher's token. Without co-host authentication Agora does not enforce it, so that it may work now and fail later.",
  },
  "app-level-token": {
    severity: "warning",
    advice: "Keep it on the server: it is an administrator's key for REST calls. Give clients a user token.",
  },
  "wildcard-channel": { severity: "info", advice: "Name the channel, unless the user may join every channel of the project." },
  "wildcard-user": { severity: "info", advice: "Name the user, unless anyone who gets hold of the token may use it." },
  "against-documented-rules": {
    severity: "warning",
    sdk: { rtc: 102 },
    advice: "Keep to what Agora documents: the token may be refused, or stop working.",
  },
  "legacy-format": { severity: "warning", advice: "Build AccessToken2 (007): newer SDKs and services take nothing else." },
  "no-service": { severity: "error", sdk: INVALID, advice: "Build the token with at least one service." },
  "unknown-service": { severity: "info", advice: "Update this tool if the service is new." },
  "trailing-bytes": { severity: "warning", advice: "Check the code that builds the token: nothing reads these bytes." },
  "text-not-utf8": { severity: "warning", advice: "Build names from UTF-8 text." },
  "not-canonical": {
    severity: "info",
    advice: "It verifies all the same; the code that built it is not the official one, or a port that differs.",
  },
};

/** One observation about a token, in words for people and with a code for programs. */
export interface Finding {
  /** What kind it is: stable. */
  code: FindingCode;
  /** How much it matters. */
  severity: Severity;
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
    /** Offset behind the last byte. */
    end: number;
  };
}

/** A finding of a kind, with what this occurrence says; it may weigh more or less than others of its kind. */
export function finding(
  code: FindingCode,
  message: string,
  details: Pick<Finding, "field" | "expected" | "actual" | "span"> & { severity?: Severity } = {},
): Finding {
  const { severity, advice } = FINDINGS[code];
  return { code, severity, message, ...(advice === undefined ? {} : { advice }), ...details };
}

/** The error number that an SDK reports for a finding, if any. */
export function sdkErrorOf({ code, severity }: Finding, sdk: "rtc" | "rtm"): number | undefined {
  return severity === "info" ? undefined : FINDINGS[code].sdk?.[sdk];
}
