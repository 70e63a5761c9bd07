import type { AgoraTokenErrorCode } from "../errors.ts";
import type { Seconds, UnixSeconds } from "../formats/common.ts";
import type { Version } from "../formats/detect.ts";
import type { LiteralKind } from "./literals.ts";
import type { Intent } from "./intents.ts";

/** How much a finding matters: an `error` keeps the token from working, a `warning` may, an `info` explains. */
export type Severity = "error" | "warning" | "info";

/**
 * How sure a finding is (docs/facts.md has each fact and its source): Agora documents the rule, the code of an SDK or of the formats shows it, people report it, or we infer
 * it.
 */
export type Certainty = "documented" | "code" | "reported" | "inferred";

/** What stands around a token, and then what was done to it. */
export type Wrapping =
  | "whitespace"
  | "quotes"
  | "authorization"
  | "json"
  | "url"
  | "name"
  | "words"
  | "colours"
  | "invisible"
  | "escapes"
  | "percent-encoding"
  | "entities"
  | "base64"
  | "mail"
  | "string-parts"
  | "line-breaks"
  | "tags"
  | "spaces"
  | "url-safe-base64"
  | "padding";

/** Where a token stands in a text, in UTF-16 units. */
export interface TokenPlace {
  /** Its first character. */
  start: number;
  /** The place after its last character. */
  end: number;
  /** Its format. */
  version: Version;
}

/** In what a token that code of somebody's own built differs from every official one. */
export type HomemadeSign =
  // How it is written
  | "app-id-in-clear"
  | "url-safe-base64"
  | "hexadecimal"
  | "encoded-twice"
  | "bytes-as-text"
  | "json"
  // How it is compressed
  | "not-compressed"
  | "raw-deflate"
  | "gzip"
  | "partly-compressed"
  | "wrong-checksum"
  | "compressed"
  // What is in it
  | "big-endian"
  | "lengths-of-32-bits"
  | "other-order"
  | "other-content"
  | "signature-hexadecimal"
  | "signature-length"
  // How it is signed
  | "key-and-data-exchanged"
  | "hexadecimal-steps"
  | "no-derivation"
  | "other-derivation"
  | "certificate-decoded"
  | "numbers-as-text"
  | "other-data";

/** What happened to one character of a text: `unknown` where more than one is concerned, or it is not known which. */
export type Edit = "inserted" | "missing" | "replaced" | "case" | "exchanged" | "foreign" | "unknown";

/** Where and how a text was damaged. */
export interface DamageParams {
  /** What happened. */
  edit: Edit;
  /** The place of the character in the text, from 1; of one that is missing, of that before which it stood. Absent where it is not known. */
  at?: number;
  /** The last place that it may have, where it is one of several. */
  until?: number;
  /** How many characters are concerned, where it is more than one. */
  count?: number;
  /** The character that stands there, where there is one. */
  character?: string;
  /** The character that belongs there, where it is known. */
  wanted?: string;
  /** How many characters the text should have, where that is known. */
  length?: number;
}

/** In what only two names differ that people or programs take for one, or what a name was mistaken for. */
export type NameDifference =
  | "letter-case"
  | "whitespace"
  | "unicode-form"
  | "percent-encoding"
  | "leading-zeros"
  | "number-form"
  | "rounded"
  | "32-bits"
  | "invisible"
  | "quotes"
  | "case-and-whitespace"
  | "look-alike"
  | "punctuation"
  | "more-around"
  | "given-more-around"
  | "literal"
  | "empty"
  | "star"
  | "other-name"
  | "other-field"
  | "app-id"
  | "certificate"
  | "token"
  | "around"
  | "given-literal"
  | "given-app-id"
  | "given-token";

/** The first character in which two names differ, each empty where one of them ends before it. */
export interface DifferentCharacter {
  /** Which character it is, from 1. */
  at: number;
  /** The character in the name that was given. */
  expected: string;
  /** The character in the token. */
  actual: string;
}

/** In what form a certificate made a token, other than as it was given. */
export type CertificateForm = "upper-case" | "lower-case" | "quotes" | "whitespace" | "line-break" | "literal";

/** What stands around a certificate that was given. */
export type CertificateWrapping = "name" | "quotes" | "whitespace";

/** Where one mistake was made. */
export interface PlacesParams {
  /** In how many places. */
  count: number;
  /** The paths of the first of them, 20 at most. */
  places: readonly string[];
}

/** A mistake in the privileges of a token. */
export interface PrivilegesParams extends PlacesParams {
  /** The privileges, each once and by its service, as `rtc joinChannel`: 20 at most. */
  privileges: readonly string[];
}

/** What a finding about a name says: what was given, and what the token has, as far as it shows it. */
export interface NameParams extends Partial<PlacesParams> {
  /** The name that was given; empty for no channel, or for uid 0. */
  expected: string;
  /** The name in the token, where it holds it, or where it was found by its checksum. */
  actual?: string;
  /** Further names of the token, of other services, that do not fit either. */
  others?: readonly string[];
  /** How the two were compared; `none` where the token names no channel or user at all. */
  by: "text" | "pattern" | "checksum" | "none";
  /** In what only they differ, where the eye misses it, or what the name in the token was mistaken for. */
  difference?: NameDifference;
  /** The first character in which they differ, where little else does. */
  character?: DifferentCharacter;
}

/** A token in a text that is not the token alone. */
export interface WrappedParams {
  /** What stands around it and was done to it. */
  around: readonly Wrapping[];
  /** Its first character in the text, in UTF-16 units. */
  start: number;
  /** The place after its last character. */
  end: number;
  /** How long the text is. */
  length: number;
  /** Where the other tokens of the text are. */
  others: readonly TokenPlace[];
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
  /** A part of the token was replaced by asterisks, dots or words, from the character `at` (from 1) on, for `length` characters. */
  "text-masked": { at: number; length: number };
  /** Characters of the token were lost, added or changed. */
  "text-damaged": DamageParams;
  /**
   * The token was not built as any official code builds it; `isRight` where its content is right apart from the signs, and
   * `certificate` where one of those given is proved to be the right one.
   */
  "home-made": { version: Version; signs: readonly HomemadeSign[]; isRight: boolean; certificate?: "right" };
  /** The text is not the token alone. */
  "text-wrapped": WrappedParams;
  /** The text is empty, or a placeholder of a program or sample. */
  "text-is-placeholder": Record<never, never>;
  /** The text is an App ID or an App Certificate. */
  "text-is-id": { id: "appId" | "appCertificate" | "unknown" };
  /** The text is a JSON Web Token. */
  "text-is-jwt": Record<never, never>;
  /** The text is a token of the Interactive Whiteboard, by its prefix: for its whole project (`sdk`), one room, or one file conversion task. */
  "text-is-whiteboard-token": { kind: "sdk" | "room" | "task" };
  /** The text is an answer or a message of a server, or words without a token. */
  "text-is-error-message": Partial<MessageParams>;
  /** The text is what an SDK or API says. */
  "text-is-sdk-message": MessageParams;
  // The signature
  /** None of the certificates made the token; with `signsNames`, a wrong name looks the same. */
  "signature-invalid": { certificates: number; signsNames: boolean };
  /**
   * A certificate is not 32 hexadecimal characters, but `length`; `index` is its place among those given, `around` what stands around a certificate
   * in it, and `made` that this made the token.
   */
  "certificate-malformed": {
    index: number;
    certificates: number;
    length: number;
    around?: CertificateWrapping;
    made?: true;
  };
  /** A certificate made the token, but in another form than it is given. */
  "certificate-altered": { index: number; certificates: number; form: CertificateForm };
  /** App ID and App Certificate stand in each other's place, or the one stands in both. */
  "credentials-exchanged": {
    which: "both" | "certificate-is-app-id" | "app-id-is-certificate" | "signed-with-app-id" | "certificate-in-token";
  };
  /** An App ID or App Certificate is one that Agora's samples and tests publish; `which` is what has it. */
  "sample-credentials": { which: "token" | "appId" | "certificate" | "signature" | "both" };
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
  /** The token expires within the 30 seconds in which SDKs of RTC and RTM warn. */
  "expires-soon": { expiresAt: UnixSeconds; now: UnixSeconds };
  /** The token was made more than 24 hours ago, and asks for longer. */
  "older-than-24-hours": { issuedAt: UnixSeconds; now: UnixSeconds };
  /** The token begins later. */
  "not-yet-valid": { notBefore: UnixSeconds; now: UnixSeconds };
  /** A Unix time is before Agora or after the year 2100, as one in milliseconds may be that was cut to 32 bits. */
  "time-implausible": PlacesParams & { time: UnixSeconds };
  /** The token has a lifetime of 0 seconds. */
  "lifetime-zero": Record<never, never>;
  /**
   * The token has a lifetime of more than the 24 hours that Agora grants; with `milliseconds`, it looks like a shorter one that was
   * given in milliseconds.
   */
  "lifetime-over-24-hours": { lifetime: Seconds; milliseconds?: true };
  /** A duration is so large that it looks like a Unix time; with `milliseconds`, like one in milliseconds, cut to 32 bits. */
  "absolute-time-as-duration": PlacesParams & { seconds: Seconds; milliseconds?: true };
  /** A Unix time is so small that it looks like a duration. */
  "duration-as-absolute-time": PlacesParams & { time: UnixSeconds };
  /** Privileges expired, the first at `expiresAt`; `needed` where the intent takes one of them. */
  "privilege-expired": PrivilegesParams & { expiresAt: UnixSeconds; now: UnixSeconds; needed: boolean };
  /** Privileges expire before the token, the first `before` seconds before it. */
  "privilege-ends-early": PrivilegesParams & { before: Seconds };
  /** The token expires before privileges, `before` seconds before the last of them; `milliseconds` as above. */
  "token-ends-before-privilege": PrivilegesParams & { before: Seconds; milliseconds?: true };
  /** Privileges have 0 seconds. */
  "privilege-zero": PrivilegesParams;
  // Channel, user and service
  /** The token is for another channel. */
  "channel-mismatch": NameParams;
  /** The token is for another user. */
  "user-mismatch": NameParams;
  /** Channel and user stand in each other's place: these are those that were given. */
  "names-exchanged": { channel: string; user: string; by: "text" | "checksum" };
  /** The token names a user, and the join gives none. */
  "join-without-user": { actual?: string; by: "text" | "pattern" | "checksum" };
  /** The uid given is no number from 0 to 2³²−1; `uid` is the one of its last 32 bits. */
  "uid-out-of-range": { given: string; uid: string };
  /** A uid stands against an account; `given` is which of them was given. */
  "uid-against-account": Partial<PlacesParams> & { expected: string; actual: string; given: "uid" | "account" };
  /** The channel is a text such as `undefined`, which programs write for a missing value. */
  "literal-channel": Partial<PlacesParams> & { actual: string; kind: LiteralKind };
  /** The user is such a text. */
  "literal-account": Partial<PlacesParams> & { actual: string; kind: LiteralKind };
  /** The user looks like a number and is no uid; `uid` is the uid that it may be meant for. */
  "number-as-account": Partial<PlacesParams> & { actual: string; uid?: string };
  /** The user of a Chat token looks like the UUID of a user, not like the user name. */
  "chat-user-uuid": { expected: string; actual: string };
  /**
   * A 006 has the RTM user where official code does not put it, and where people report that it logs in; or a 007 has none, as
   * one of Agora's samples makes it.
   */
  "rtm-user-elsewhere": { expected?: string; place: "channel" | "user" | "nowhere" };
  /** The user of a login stands in the channel of an RTC token. */
  "user-in-channel-field": { actual: string };
  /** The token is not for anyone, as the source token of a media relay must be; `actual` is its user, where it holds it. */
  "relay-source-user": { actual?: string };
  /** The token is for anyone, which preloading does not take. */
  "preload-for-anyone": Record<never, never>;
  /** The token is for an account, and its purpose takes only uids. */
  "account-where-uid-is-needed": { actual: string; intent: Intent };
  /** The token is not for the service, or any of the services, that are wanted. */
  "service-missing": { expected: readonly string[]; actual: readonly string[] };
  /** The token lacks privileges that the intent takes. */
  "privilege-missing": PrivilegesParams;
  /** The token lacks privileges to publish, which are enforced only with co-host authentication. */
  "publish-privilege-missing": PrivilegesParams;
  /** The token is an administrator's, for the whole app. */
  "app-level-token": PlacesParams & { services: readonly string[] };
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
  /** Texts are not UTF-8. */
  "text-not-utf8": PlacesParams;
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

/** How many places and names one finding lists. */
const LISTED = 20;

/** Where one mistake was made, as params. */
export function placesOf(paths: readonly string[]): PlacesParams {
  return { count: paths.length, places: paths.filter((path) => path !== "").slice(0, LISTED) };
}

/** The privileges in which one mistake was made, as params. */
export function privilegesOf(
  found: readonly { readonly service: string; readonly name: string; readonly path: string }[],
): PrivilegesParams {
  const privileges = [...new Set(found.map(({ service, name }) => `${service} ${name}`.trim()))];
  return { ...placesOf(found.map(({ path }) => path)), privileges: privileges.slice(0, LISTED) };
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
  /** The finding of which SDKs say what they say of it, where the table of messages names that one only. */
  readonly saidAs?: FindingCode;
  /** Findings that are but its consequences: beside it they are left out. None is worse than it. */
  readonly explains?: readonly FindingCode[];
}

const INVALID = 110;
const EXPIRED = 109;

/**
 * What is known of each kind of finding. Its words are in the catalogue. The order is that in which findings of one severity are
 * given: what should be put right first, and a cause before what follows from it.
 */
export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  "unreadable": { severity: "error", certainty: "code", sdk: INVALID },
  "text-cut": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-altered": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-masked": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-damaged": { severity: "error", certainty: "inferred", sdk: INVALID },
  "home-made": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-wrapped": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-placeholder": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-id": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-jwt": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-whiteboard-token": { severity: "error", certainty: "code", sdk: INVALID },
  "text-is-error-message": { severity: "error", certainty: "inferred", sdk: INVALID },
  "text-is-sdk-message": { severity: "error", certainty: "code", sdk: INVALID },
  "credentials-exchanged": {
    saidAs: "signature-invalid",
    severity: "error",
    certainty: "inferred",
    sdk: INVALID,
    explains: ["app-id-mismatch", "certificate-malformed", "signature-invalid", "sample-credentials"],
  },
  "sample-credentials": { saidAs: "app-id-mismatch", severity: "warning", certainty: "code", sdk: INVALID },
  "certificate-malformed": { severity: "error", certainty: "documented" },
  "certificate-altered": {
    saidAs: "signature-invalid",
    severity: "error",
    certainty: "code",
    sdk: INVALID,
    explains: ["signature-invalid"],
  },
  "app-id-malformed": { severity: "error", certainty: "documented", sdk: 101 },
  "app-id-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "signature-invalid": { severity: "error", certainty: "code", sdk: INVALID },
  "certificate-missing": { severity: "warning", certainty: "code" },
  "input-missing": { severity: "warning", certainty: "code" },
  "no-service": { severity: "error", certainty: "inferred", sdk: INVALID },
  "names-exchanged": { saidAs: "user-mismatch", severity: "error", certainty: "inferred", sdk: INVALID },
  "user-in-channel-field": { severity: "error", certainty: "inferred", sdk: INVALID },
  "service-missing": { severity: "error", certainty: "code", sdk: INVALID, explains: ["input-missing"] },
  "join-without-user": { severity: "error", certainty: "reported", sdk: INVALID },
  "relay-source-user": { severity: "error", certainty: "documented", leavesOpen: true },
  "preload-for-anyone": { severity: "error", certainty: "documented" },
  "account-where-uid-is-needed": { severity: "error", certainty: "documented", explains: ["uid-against-account"] },
  "channel-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "user-mismatch": { severity: "error", certainty: "documented", sdk: INVALID },
  "uid-out-of-range": { severity: "error", certainty: "code", sdk: 121 },
  "uid-against-account": { severity: "error", certainty: "documented", sdk: INVALID },
  "wildcard-as-name": { severity: "warning", certainty: "code" },
  "literal-channel": { saidAs: "channel-mismatch", severity: "warning", certainty: "inferred", sdk: INVALID },
  "literal-account": { severity: "warning", certainty: "inferred", sdk: INVALID },
  "chat-user-uuid": { saidAs: "user-mismatch", severity: "warning", certainty: "documented", leavesOpen: true },
  "rtm-user-elsewhere": { saidAs: "user-in-channel-field", severity: "warning", certainty: "reported", leavesOpen: true },
  "number-as-account": { severity: "info", certainty: "code" },
  "duration-as-absolute-time": { severity: "error", certainty: "inferred", sdk: EXPIRED },
  "absolute-time-as-duration": { severity: "warning", certainty: "inferred" },
  "time-implausible": { severity: "warning", certainty: "inferred" },
  "not-yet-valid": { severity: "error", certainty: "inferred" },
  "older-than-24-hours": {
    severity: "error",
    certainty: "documented",
    sdk: EXPIRED,
    explains: ["expired", "privilege-expired", "lifetime-over-24-hours"],
  },
  "expired": { severity: "error", certainty: "documented", sdk: EXPIRED, explains: ["privilege-expired"] },
  "privilege-expired": { severity: "warning", certainty: "documented", sdk: EXPIRED },
  "expires-soon": { severity: "warning", certainty: "documented" },
  "lifetime-zero": { severity: "warning", certainty: "inferred", leavesOpen: true },
  "lifetime-over-24-hours": { severity: "warning", certainty: "documented" },
  "token-ends-before-privilege": { severity: "warning", certainty: "documented" },
  "privilege-missing": { severity: "error", certainty: "documented", sdk: INVALID, leavesOpen: true },
  "publish-privilege-missing": { severity: "warning", certainty: "documented", leavesOpen: true },
  "privilege-ends-early": { severity: "info", certainty: "documented" },
  "privilege-zero": { severity: "info", certainty: "documented" },
  "app-level-token": { severity: "warning", certainty: "documented" },
  "wildcard-channel": { severity: "info", certainty: "documented" },
  "wildcard-user": { severity: "info", certainty: "documented" },
  "wildcard-pattern": { severity: "info", certainty: "documented" },
  "against-documented-rules": { severity: "warning", certainty: "documented" },
  "legacy-format": { severity: "warning", certainty: "documented" },
  "other-certificate": { severity: "info", certainty: "documented" },
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
