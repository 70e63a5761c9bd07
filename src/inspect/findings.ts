/** How much a finding matters: an `error` keeps the token from working, a `warning` may, an `info` explains. */
export type Severity = "error" | "warning" | "info";

/** What a kind of finding means wherever it occurs. */
interface FindingKind {
  readonly severity: Severity;
  readonly advice?: string;
}

/** The stable name of a kind of finding; callers may branch on it. */
export type FindingCode =
  | "unreadable"
  | "signature-invalid"
  | "certificate-malformed"
  | "certificate-missing"
  | "input-missing"
  | "app-id-malformed"
  | "expired"
  | "not-yet-valid"
  | "lifetime-zero"
  | "lifetime-over-24-hours"
  | "privilege-expired"
  | "privilege-zero"
  | "channel-mismatch"
  | "user-mismatch"
  | "service-missing"
  | "unknown-service"
  | "no-service"
  | "trailing-bytes"
  | "text-not-utf8"
  | "not-canonical";

/** What each kind of finding means wherever it occurs. */
const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  "unreadable": { severity: "error", advice: "Ask the token server for a new token, and pass its text on unchanged." },
  "signature-invalid": {
    severity: "error",
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
  "app-id-malformed": {
    severity: "error",
    advice: "Build the token with the App ID of the console: 32 hexadecimal characters.",
  },
  "expired": { severity: "error", advice: "Get a new token and call renewToken, or join again with it." },
  "not-yet-valid": { severity: "error", advice: "Set the clock of the token server, or of this machine." },
  "lifetime-zero": { severity: "error", advice: "Build the token with a life of 1 to 86400 seconds." },
  "lifetime-over-24-hours": { severity: "warning", advice: "Agora ends every token after 24 hours: renew it before." },
  "privilege-expired": { severity: "warning", advice: "Get a new token and call renewToken." },
  "privilege-zero": { severity: "info", advice: "Give privileges the life of the token, to be sure of what they mean." },
  "channel-mismatch": {
    severity: "error",
    advice: "Join the channel that the token was made for, or ask for a token for this one.",
  },
  "user-mismatch": {
    severity: "error",
    advice: "Join as the user that the token was made for, or ask for a token for this one.",
  },
  "service-missing": { severity: "error", advice: "Ask for a token with this service." },
  "unknown-service": { severity: "info", advice: "Update this tool if the service is new." },
  "no-service": { severity: "error", advice: "Build the token with at least one service." },
  "trailing-bytes": { severity: "warning", advice: "Check the code that builds the token: nothing reads these bytes." },
  "text-not-utf8": { severity: "warning", advice: "Build names from UTF-8 text." },
  "not-canonical": { severity: "info" },
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
  /** The bytes concerned, where the reading recorded spans. */
  span?: {
    /** Offset of the first byte. */
    start: number;
    /** Offset behind the last byte. */
    end: number;
  };
}

/** A finding of a kind, with what this occurrence says. */
export function finding(
  code: FindingCode,
  message: string,
  details: Pick<Finding, "field" | "expected" | "actual" | "span"> = {},
): Finding {
  return { code, ...FINDINGS[code], message, ...details };
}
