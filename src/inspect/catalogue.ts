import type { Finding, FindingCode, FindingParams, NameDifference, Observation, Wrapping } from "./findings.ts";
import { FINDINGS, severityOf } from "./findings.ts";
import type { SdkView } from "./sdk.ts";
import { utc } from "./words.ts";

// The only place that holds the sentences of findings: another language is another table of the same type.

/** One sentence for each kind of finding, with the values that disagree. */
type Messages = { readonly [Code in FindingCode]: (params: FindingParams[Code]) => string };

/** What to do about each kind of finding; nothing for some that only explain. */
type Advice = { readonly [Code in FindingCode]?: string };

/** The words of every kind of finding, in one language. */
export interface Catalogue {
  /** What it says. */
  readonly messages: Messages;
  /** What to do. */
  readonly advice: Advice;
}

const DIFFERENCES: Readonly<Record<NameDifference, string>> = {
  "letter-case": "letter case",
  "whitespace": "whitespace",
  "unicode-form": "Unicode form",
  "percent-encoding": "percent-encoding",
};

/** What stands around a token, in words. */
export const WRAPPINGS: Readonly<Record<Wrapping, string>> = {
  whitespace: "whitespace around it",
  json: "JSON around it",
  quotes: "quotes around it",
  name: "a name and an equals sign before it",
  bearer: "a Bearer prefix",
  url: "a URL around it",
  words: "other text around it",
  invisible: "invisible characters in it",
};

/** A name in a sentence. */
const quoted = (name: string) => JSON.stringify(name);

/** A name that does not fit: of a channel or of a user. */
function mismatch(what: "channel" | "user", nothing: string) {
  return ({ expected, actual, by, difference }: FindingParams["channel-mismatch"]): string => {
    const other = expected === "" ? nothing : quoted(expected);
    const how = difference === undefined ? "" : ` They differ only in ${DIFFERENCES[difference]}.`;
    if (by === "pattern") {
      const more = " It would fit without regard to letter case; whether Agora regards it is documented nowhere.";
      return `The token is for the ${what}s that fit the pattern ${quoted(actual!)}, and ${other} does not.` +
        (difference === undefined ? "" : more);
    }
    if (by === "none") return `The token names no ${what}, so it is not for ${other}.`;
    const star = actual?.includes("*") ? " A * stands for other characters in RTC and 007 only." : "";
    return by === "checksum"
      ? `The token is for another ${what} than ${other}: the checksums differ.`
      : `The token is for the ${what} ${quoted(actual!)}, not for ${other}.${how}${star}`;
  };
}

/** What a message means, and where it has several meanings, the first of them. */
function meant(meanings: readonly string[]): string {
  const more = meanings.length > 5 ? [`And ${meanings.length - 5} more meanings.`] : [];
  return [...meanings.slice(0, 5), ...more].map((meaning) => ` ${meaning}`).join("");
}

/** The sentences of every kind of finding, in English. */
const MESSAGES: Messages = {
  "unreadable": ({ detail }) => `${detail}.`,
  "text-cut": ({ length }) => `The token looks cut: it has ${length} characters, and its last field is not complete.`,
  "text-altered": ({ by }) =>
    ({
      "percent-encoding": "The token is percent-encoded: it was encoded for a URL and not decoded again.",
      "whitespace":
        "Whitespace or line breaks stand in the token: a plus sign was not encoded in a URL, or a copy broke the line.",
      "url-safe-base64": "The token is in the URL-safe alphabet: - and _ stand for + and /.",
    })[by],
  "text-wrapped": ({ around }) =>
    `The text is not the token alone: it has ${around.map((what) => WRAPPINGS[what]).join(" and ")}.`,
  "text-is-placeholder": () => "The text is empty or a placeholder, not a token.",
  "text-is-id": ({ id }) => {
    const ids = { appId: "your App ID", appCertificate: "your App Certificate, which must stay on the server" };
    return `The text is ${id === "unknown" ? "an App ID or an App Certificate" : ids[id]}, not a token.`;
  },
  "text-is-jwt": () => "The text is a JSON Web Token: the token of another service.",
  "text-is-error-message": ({ meanings = [] }) =>
    "The text holds no token: it may be an answer or an error message of a server, or words or code without the token." +
    meant(meanings),
  "text-is-sdk-message": ({ meanings }) => `The text holds no token: it is a message of an SDK or API.${meant(meanings)}`,
  // Before 007, names from outside are signed as well, so that a wrong name looks like a wrong certificate.
  "signature-invalid": ({ certificates, signsNames }) => {
    const names = signsNames ? " for the channel, user and service that are given: the names or the certificate are wrong" : "";
    return certificates === 1
      ? `The certificate did not make this token${names}.`
      : `None of the ${certificates} certificates made this token${names}.`;
  },
  "certificate-malformed": ({ index, certificates }) =>
    `Certificate ${index + 1} of ${certificates} is not 32 hexadecimal characters.`,
  "certificate-missing": () => "The signature cannot be checked without a certificate.",
  "input-missing": ({ version, inputs }) =>
    `The signature of a ${version} token cannot be checked without: ${
      inputs.map((name) => name === "user" ? "uid or account" : name).join(", ")
    }.`,
  "other-certificate": ({ index, certificates }) =>
    `The token was made with certificate ${index + 1} of the ${certificates} given.`,
  "app-id-malformed": () => "The App ID is not 32 hexadecimal characters.",
  "app-id-mismatch": ({ actual, difference }) =>
    `The token is for the App ID ${actual}, not for the one that is used.` +
    (difference === undefined ? "" : ` They differ only in ${DIFFERENCES[difference]}.`),
  "expired": ({ expiresAt }) => `The token expired at ${utc(expiresAt)}.`,
  "expires-soon": ({ expiresAt }) => `The token expires soon, at ${utc(expiresAt)}: the SDK warns 30 seconds before.`,
  "older-than-24-hours": ({ issuedAt }) => `The token was made at ${utc(issuedAt)}; Agora ends every token after 24 hours.`,
  "not-yet-valid": ({ notBefore }) => `The token begins at ${utc(notBefore)}: the clock that made it is ahead of this one.`,
  "lifetime-zero": () => "The token has a lifetime of 0 seconds. What that does is documented nowhere.",
  "lifetime-over-24-hours": ({ lifetime }) =>
    `The token has a lifetime of ${lifetime} seconds; Agora ends every token after 86400.`,
  "absolute-time-as-duration": ({ path, seconds }) =>
    `The duration "${path}" is ${seconds} seconds, which looks like an absolute time.`,
  "duration-as-absolute-time": ({ path, time }) =>
    `The time "${path}" is ${time}, which looks like a duration: as a time it is long past.`,
  "privilege-expired": ({ service, privilege, expiresAt, needed }) =>
    `The privilege ${service} ${privilege}${needed ? ", which is needed," : ""} expired at ${utc(expiresAt)}.`,
  "privilege-ends-early": ({ service, privilege, before }) =>
    `The privilege ${service} ${privilege} expires ${before} seconds before the token.`,
  "privilege-zero": ({ service, privilege }) =>
    `The privilege ${service} ${privilege} has 0 seconds, as the official builders write it by default. ` +
    "Agora's pages disagree on what that means.",
  "channel-mismatch": /* @__PURE__ */ mismatch("channel", "no channel"),
  "user-mismatch": /* @__PURE__ */ mismatch("user", "uid 0 (the service chooses one)"),
  "uid-against-account": ({ expected, actual, given }) =>
    given === "uid"
      ? `The token is for the account ${quoted(actual)}, but the number ${expected} is used as uid.`
      : `The token is for the uid ${actual}, but the account ${quoted(expected)} is used.`,
  "literal-account": ({ actual }) => `The user is the text ${quoted(actual)}, as a program writes a value that is not set.`,
  "user-in-channel-field": ({ actual }) =>
    `The channel of this RTC token is ${quoted(actual)}: the user stands in the channel's field.`,
  "service-missing": ({ expected, actual }) =>
    `The token is not for ${expected.join(" or ")}${actual.length === 0 ? "" : `: it is for ${actual.join(", ")}`}.`,
  "privilege-missing": ({ service, privilege }) => `The token does not allow ${service} ${privilege}.`,
  "publish-privilege-missing": ({ service, privilege }) =>
    `The token does not allow ${service} ${privilege}: it is a subscriber's.`,
  "app-level-token": ({ service }) => `The token is an administrator's ${service} token for the whole app.`,
  "wildcard-channel": ({ actual }) =>
    `The token is valid for any channel: its channel is ${actual === "" ? "empty" : quoted(actual)}.`,
  "wildcard-user": ({ actual }) =>
    actual === ""
      ? "The token is valid for any user: it is for the uid 0."
      : `The token is valid for any user, with a uid or an account: its user is the text ${quoted(actual)}.`,
  "wildcard-pattern": ({ of, actual, fits }) =>
    `The token is valid for all ${of}s that fit the pattern ${quoted(actual)}${
      fits === undefined ? "" : `, as ${quoted(fits)} does`
    }: each * stands for any characters, also for none.`,
  "wildcard-as-name": ({ of, expected }) =>
    `No ${of} can have the name ${quoted(expected)}: a * belongs in tokens only, and is not a character of names.`,
  "against-documented-rules": ({ path, expected, actual }) =>
    `"${path}" must be ${expected}${actual === undefined ? "" : `, got ${actual}`}.`,
  "legacy-format": ({ actual }) => `The token is of the old format ${actual}.`,
  "no-service": () => "The token has no service.",
  "unknown-service": ({ type }) => `Service type ${type} is not known: it and what follows it are not read.`,
  "trailing-bytes": ({ bytes }) => `${bytes} bytes follow the last field.`,
  "text-not-utf8": ({ path }) => `The text of "${path}" is not UTF-8.`,
  "not-canonical": () => "The fields are not in the order in which the official code packs them, or one is given twice.",
};

/** What to do about it. */
const ADVICE: Advice = {
  "unreadable": "Request a new token from the token server, and pass its text on unchanged.",
  "text-cut": "Copy the whole token: a double click often selects only a part of it.",
  "text-altered": "Percent-encode the token where it goes through a URL, and decode it once; keep line breaks out of it.",
  "text-wrapped": "Pass the token alone: trim it, and read it out of the JSON or the URL.",
  "text-is-placeholder": "Fetch a token before joining, and wait for it.",
  "text-is-id": "Pass a token; the App Certificate must never reach a client.",
  "text-is-jwt": "Request a token from your Agora token server; this is the token of another service.",
  "text-is-error-message": "Check the status of the token server's answer before using its body.",
  "text-is-sdk-message": "Give the token itself, to see which of the message's causes it is.",
  "signature-invalid":
    "Compare App ID and App Certificate with the console: the token was made with another certificate, or changed.",
  "certificate-malformed": "Copy the App Certificate from the console: 32 hexadecimal characters.",
  "certificate-missing": "Give the App Certificate of the token's project.",
  "input-missing": "Give the channel, user or service that the token was made for: they are signed, but not in the token.",
  "other-certificate": "This is fine while both are enabled in the console, as during a rotation.",
  "app-id-malformed": "Build the token with the App ID of the console: 32 hexadecimal characters.",
  "app-id-mismatch": "Use one project throughout: the App ID of the client must be that of the token.",
  "expired": "Get a new token and call renewToken, or join again with it.",
  "expires-soon": "Get a new token now and call renewToken.",
  "older-than-24-hours": "Make tokens when they are requested: one must be used within 24 hours of being made.",
  "not-yet-valid": "Set the clock of the token server, or of this machine.",
  "lifetime-zero": "Build the token with a lifetime of 1 to 86400 seconds.",
  "lifetime-over-24-hours": "Renew the token before 24 hours are over.",
  "absolute-time-as-duration": "Give seconds from now: in 007 no time is absolute. The builders of 006 took absolute times.",
  "duration-as-absolute-time": "Give an absolute Unix time: before 007 every time was one. Add the duration to the time now.",
  "privilege-expired": "Get a new token and call renewToken.",
  "privilege-ends-early": "Renew the token before its first privilege expires.",
  "privilege-zero": "Give privileges the lifetime of the token, to be sure of what they mean.",
  "channel-mismatch": "Join the channel that the token was made for, or request a token for this one.",
  "user-mismatch": "Join as the user that the token was made for, or request a token for this one.",
  "uid-against-account": "Use uids on both sides, or accounts on both sides: all users of a channel use the one or the other.",
  "literal-account":
    "Pass the uid as a number to the builder, and check that it is set: 0 as a number means anyone, as text it does not.",
  "user-in-channel-field": "Request an RTM token: an RTC token whose channel is the user's name does not log in.",
  "service-missing": "Request a token with this service.",
  "privilege-missing": "Request a token with this privilege.",
  "publish-privilege-missing":
    "Request a publisher's token. Without co-host authentication Agora does not enforce it, so that it may work now and fail later.",
  "app-level-token": "Keep it on the server: it is an administrator's key for REST calls. Give clients a user token.",
  "wildcard-channel":
    "Name the channel, unless the user may join every channel of the project. Agora documents such tokens for an audience only.",
  "wildcard-user":
    "Name the user, unless anyone who gets hold of the token may use it. In 007 the uid 0 is the empty text and the account * the " +
    "text *: both mean anyone, but to preload channels a token must not have the uid 0.",
  "wildcard-pattern":
    "Use it for an audience only: who publishes needs a token that names channel and user. Agora documents patterns for RTC and " +
    "007; it does not say whether case matters, whether ? or an escape exists, whether a pattern is held against the digits of a " +
    "uid, and whether RTM, Chat, media relay, Cloud Recording or ConvoAI know patterns.",
  "wildcard-as-name": "Join by the full name of the channel and user: a token with a * is valid for every name that fits it.",
  "against-documented-rules": "Keep to what Agora documents: the token may be refused, or stop working.",
  "legacy-format": "Build AccessToken2 (007). RTC SDKs that take 007 take 006 too; Chat and newer services take only 007.",
  "no-service": "Build the token with at least one service.",
  "unknown-service": "Update this tool if the service is new.",
  "trailing-bytes": "Check the code that builds the token: nothing reads these bytes.",
  "text-not-utf8": "Build names from UTF-8 text.",
  "not-canonical": "It verifies all the same; the code that built it is not the official one, or a port that differs.",
};

/** The words of every kind of finding, in English. */
export const ENGLISH: Catalogue = { messages: MESSAGES, advice: ADVICE };

/**
 * An observation as a finding, in words.
 *
 * @param sdk Whose numbers and messages to give; nobody's if omitted.
 */
export function rendered(observation: Observation, sdk?: SdkView, words: Catalogue = ENGLISH): Finding {
  const { code, params, field, span } = observation;
  const say = words.messages[code] as (params: unknown) => string;
  const severity = severityOf(observation);
  const { certainty, sdk: number } = FINDINGS[code];
  const { expected, actual } = params as { expected?: string | readonly string[]; actual?: string | readonly string[] };
  const { messages = sdk?.messagesOf(code) } = params as { messages?: readonly string[] };
  const finding = {
    code,
    params,
    severity,
    certainty,
    message: say(params),
    advice: words.advice[code],
    field,
    expected: typeof expected === "object" ? expected.join(" or ") : expected,
    actual: typeof actual === "object" ? actual.join(", ") || "none" : actual,
    sdkError: sdk?.isForRtc && severity !== "info" ? number : undefined,
    messages,
    span: span && { start: span.start, end: span.end },
  };
  return Object.fromEntries(Object.entries(finding).filter(([, value]) => value !== undefined)) as unknown as Finding;
}
