import {
  type CertificateForm,
  type CertificateWrapping,
  type DamageParams,
  type Finding,
  type FindingCode,
  type FindingParams,
  FINDINGS,
  type HomemadeSign,
  type NameDifference,
  type Observation,
  severityOf,
  type TokenPlace,
  type Wrapping,
} from "./findings.ts";
import { type LiteralKind, literalKind } from "./literals.ts";
import type { SdkView } from "./sdk.ts";
import { capital, characterName, fieldName, inUnits, listed, privilegeNames, serviceNames, utc, visible } from "./words.ts";

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

/** How the name in a token came to be another than the one given. */
const DIFFERENCES: Readonly<Record<NameDifference, string>> = {
  "letter-case": "They differ only in letter case.",
  "whitespace": "They differ only in whitespace.",
  "unicode-form": "They differ only in Unicode form.",
  "percent-encoding": "They differ only in percent-encoding.",
  "leading-zeros": "They differ only in leading zeros: to a number these are nothing, in the text of a token they count.",
  "number-form": "As numbers they are the same, as texts they are not: only the plain digits are a uid.",
  "rounded":
    "A program rounded it: JavaScript and others hold a number of 16 digits and more only roughly, so that such an id must stay a text.",
  "32-bits": "Cut to 32 bits without a sign, as a uid is, they are the same number.",
  "invisible": "They differ only in invisible characters.",
  "quotes": "They differ only in quotes around the name.",
  "case-and-whitespace": "They differ only in letter case, and in whitespace or invisible characters.",
  "look-alike": "They differ only in characters that look alike.",
  "punctuation": "They differ only in signs that are neither letters nor digits.",
  "more-around": "The name that was given stands in it, with other text around it.",
  "given-more-around": "The name in the token stands in what is given, with other text around it.",
  "literal": "A program writes such a text where it has no name.",
  "empty": "That an empty name of a 006 stands for any is documented nowhere.",
  "star": "Agora documents a * as a pattern for 007 only.",
  "other-name": "It is the other name that was given: arguments were exchanged.",
  "other-field": "A 006 for RTM has its user in the channel's field, and nothing in the user's.",
  "app-id": "It is the App ID: arguments were exchanged.",
  "certificate": "It is the App Certificate: arguments were exchanged. In a token or a client it is no secret any more.",
  "token": "It is a token: arguments were exchanged.",
  "around": "What is given has a name, quotes or other text around it.",
  "given-literal": "What is given is a text that a program writes where it has no name.",
  "given-app-id": "What is given is the App ID: arguments were exchanged.",
  "given-token": "What is given is a token: arguments were exchanged.",
};

/** What a text comes from that stands in place of a name. */
const LITERAL: Readonly<Record<LiteralKind, string>> = {
  "not-set": "a program wrote a value that was not set",
  "zero": "a program wrote the number 0 as a text",
  "object": "a program wrote an object, or its value in a wrapper, where a name belongs",
  "template": "a template or variable was not filled in",
};

/** The same of a channel or a user: only as a user the number 0 is another thing than the text. */
function literal(kind: LiteralKind, what: "channel" | "user"): string {
  return LITERAL[kind] + (kind === "zero" && what === "user" ? ", which is an account of that name and not uid 0" : "");
}

/** What stands around a token and was done to it, in words. */
export const WRAPPINGS: Readonly<Record<Wrapping, string>> = {
  whitespace: "whitespace around it",
  quotes: "quotes around it",
  authorization: "an authorization scheme before it",
  json: "JSON around it",
  url: "a URL around it",
  name: "a name before it",
  words: "other text around it",
  colours: "terminal colours in it",
  invisible: "invisible characters in it",
  escapes: "backslashes before characters in it",
  "percent-encoding": "percent-encoded characters in it",
  entities: "HTML entities in it",
  base64: "base64 instead of the token",
  mail: "the encoding of a mail in it (quoted-printable)",
  "string-parts": "the quotes of string literals in it",
  "line-breaks": "line breaks in it",
  tags: "HTML tags in it",
  spaces: "spaces instead of plus signs, as of a URL that was not encoded",
  "url-safe-base64": "- and _ instead of + and / (the URL-safe alphabet)",
  padding: "no padding: the equals signs at its end are missing",
};

/** A duration in a sentence. */
function inWords(seconds: number): string {
  return inUnits(seconds).map(({ unit, count }) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" and ");
}

/** In what a home-made token differs from an official one, in words. */
const SIGNS: Readonly<Record<HomemadeSign, string>> = {
  "app-id-in-clear": "the App ID stands in clear after the version, as in 006, and belongs inside the compressed part",
  "url-safe-base64": "the base64 is in the alphabet of URLs, with - and _",
  "hexadecimal": "it is hexadecimal text, not base64",
  "encoded-twice": "it is encoded or compressed twice",
  "bytes-as-text": "its bytes were made into text and back, which changes all that are not ASCII",
  "json": "it holds JSON, which no token does",
  "not-compressed": "the content is not compressed",
  "raw-deflate": "it is raw deflate, without zlib's header and checksum",
  "gzip": "it is gzip, not zlib",
  "partly-compressed": "only a part of the content is compressed, not all of it",
  "wrong-checksum": "the checksum at the end is not Adler-32, that of zlib",
  "compressed": "the content is compressed, as it is only in 007",
  "big-endian": "numbers are big-endian instead of little-endian",
  "lengths-of-32-bits": "lengths have 32 bits instead of 16",
  "other-order": "the fields are in another order: the signature comes first, and then the App ID",
  "other-content": "the fields are not those of the format",
  "signature-hexadecimal": "the signature is 64 hexadecimal letters instead of 32 bytes",
  "signature-length": "the signature does not have 32 bytes",
  "key-and-data-exchanged": "key and data of the HMACs are exchanged",
  "hexadecimal-steps": "each HMAC is passed on as hexadecimal text instead of bytes",
  "no-derivation": "the certificate signs directly: no key is derived from it with time and salt",
  "other-derivation": "the signing key is derived from other values, or in another order",
  "certificate-decoded": "the certificate is decoded from hexadecimal instead of taken as its 32 letters",
  "numbers-as-text": "numbers are signed as text instead of bytes",
  "other-data": "what is signed is not what the format signs",
};

/** One character in a sentence, with its number where it is none of a token. */
const character = (text: string) => /^[!-~]$/.test(text) ? text : characterName(text);

/** What happened to a damaged token. */
function damaged({ edit, at, until, count = 1, character: is, wanted, length }: DamageParams): string {
  const place = at === undefined
    ? undefined
    : until === undefined
    ? `character ${at}`
    : `one of the characters ${at} to ${until}`;
  const many = count === 1 ? "One character is" : `${count} characters are`;
  const size = length === undefined ? "" : ` A whole one has ${length} characters.`;
  const what = {
    inserted: () => `${many} too many${place === undefined ? "" : count === 1 ? `: ${place}` : ` from ${place} on`}`,
    missing: () =>
      `${many} missing${place === undefined ? "" : ` before ${place}`}` +
      (wanted === undefined ? "" : `: ${wanted}`),
    replaced: () =>
      `${place === undefined ? "A character" : capital(place)} was replaced` +
      (is === undefined ? "" : `: it is ${character(is)}`) +
      (wanted === undefined ? "" : `, and should be ${character(wanted)}`),
    case: () =>
      at === undefined
        ? "All letters are in one case, and a token has letters of both"
        : `Character ${at} is in the wrong case: it is ${character(is!)}, and should be ${character(wanted!)}`,
    exchanged: () => `The characters ${at} and ${at! + 1} are exchanged`,
    foreign: () => `Character ${at} is ${character(is!)}, which can stand in no token`,
    unknown: () =>
      at === undefined
        ? "Characters were lost or changed within it: all of it can be read, and its checksum is wrong"
        : `Characters were lost or changed at or before character ${at}: nothing can be read from there on`,
  }[edit]();
  return `The token is damaged. ${what}.${size}`;
}

/** A name in a sentence: what is invisible in it is written by its number. */
const quoted = (name: string) => visible(JSON.stringify(name));

/** A name that does not fit: of a channel or of a user. */
function mismatch(what: "channel" | "user", nothing: string) {
  return ({ expected, actual, others = [], by, difference, character }: FindingParams["channel-mismatch"]): string => {
    const other = expected === "" ? nothing : quoted(expected);
    if (by === "pattern") {
      const more = " It would fit without regard to letter case; whether Agora regards it is documented nowhere.";
      return `The token is for the ${what}s that fit the pattern ${quoted(actual!)}, and ${other} does not.` +
        (difference === undefined ? "" : more);
    }
    const kind = difference === "literal" ? literalKind(actual!) : undefined;
    const why = difference === undefined
      ? ""
      : ` ${kind === undefined ? DIFFERENCES[difference] : `${capital(literal(kind, what))}.`}`;
    const where = character === undefined
      ? ""
      : ` At character ${character.at} it has ${characterName(character.actual)} where ${
        characterName(character.expected)
      } is wanted.`;
    if (by === "none") return `The token names no ${what}, so it is not for ${other}.`;
    if (actual === undefined) {
      const otherThan = expected === "" ? `some ${what}, and not for` : `another ${what} than`;
      return `The token is for ${otherThan} ${other}: the checksums differ.${why}`;
    }
    if (by === "checksum") {
      const name = actual === "" ? "the empty text" : quoted(actual);
      return `The token is for another ${what} than ${other}: its checksum is that of ${name}.${why}${where}`;
    }
    const star = actual.includes("*") ? " A * stands for other characters in RTC and 007 only." : "";
    return `The token is for the ${what} ${
      [actual, ...others].map(quoted).join(" or ")
    }, not for ${other}.${why}${where}${star}`;
  };
}

/** App ID and certificate that were exchanged. Neither is repeated: the one may be the other. */
const EXCHANGED: Readonly<Record<FindingParams["credentials-exchanged"]["which"], string>> = {
  "both": "App ID and App Certificate are exchanged: either in the code that built the token or in what is given here.",
  "certificate-is-app-id":
    "What is given as App Certificate stands in the token as its App ID: the one was taken for the other.",
  "app-id-is-certificate": "What is given as App ID is the App Certificate.",
  "signed-with-app-id": "The token was signed with an App ID as its App Certificate.",
  "certificate-in-token": "The App Certificate stands in the token where its App ID belongs.",
};

/** Where a sample's credentials are. */
const SAMPLE: Readonly<Record<FindingParams["sample-credentials"]["which"], string>> = {
  token: "The App ID of the token is one that Agora's samples publish: it is nobody's project.",
  appId: "The App ID that is used is one that Agora's samples publish, not that of the token's project.",
  certificate: "The certificate given is one that Agora's samples publish, not that of the token's project.",
  signature: "The token was signed with the certificate that Agora's samples publish.",
  both: "App ID and certificate of the token are those that Agora's samples publish: it is nobody's project.",
};

/** In what form a certificate made a token. */
const FORMS: Readonly<Record<CertificateForm, string>> = {
  "upper-case": "in upper case",
  "lower-case": "in lower case",
  "quotes": "with quotes around it",
  "whitespace": "with whitespace around it",
  "line-break": "with a line break after it",
  "literal": "replaced by a text such as undefined, which a program writes for a value that is not set",
};

/** What stands around a certificate. */
const AROUND: Readonly<Record<CertificateWrapping, string>> = {
  name: "the name of its variable before it, or other text",
  quotes: "quotes or other characters around it",
  whitespace: "whitespace around it",
};

/** What each kind of whiteboard token is for. */
const WHITEBOARD: Readonly<Record<FindingParams["text-is-whiteboard-token"]["kind"], string>> = {
  sdk: "its whole project (NETLESSSDK_)",
  room: "one room (NETLESSROOM_)",
  task: "one file conversion task (NETLESSTASK_)",
};

/** What a message means, and where it has several meanings, the first of them. */
function meant(meanings: readonly string[]): string {
  const more = meanings.length > 5 ? [`And ${meanings.length - 5} more meanings.`] : [];
  return [...meanings.slice(0, 5), ...more].map((meaning) => ` ${meaning}`).join("");
}

/** Where the other tokens of a text are. */
function alsoAt(others: readonly TokenPlace[]): string {
  if (others.length === 0) return "";
  const more = others.length > 5 ? [`${others.length - 5} more`] : [];
  const places = [...others.slice(0, 5).map(({ version, start, end }) => `${version} at ${start + 1} to ${end}`), ...more];
  return ` The text has ${others.length + 1} tokens; the others, which are not judged: ${places.join(", ")}.`;
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
  "text-masked": ({ at, length }) =>
    `The token is not all there: from character ${at} on, a part of it is hidden or left out, and ${length} ` +
    `${length === 1 ? "character stands" : "characters stand"} in its place.`,
  "text-damaged": damaged,
  "home-made": ({ version, signs, isRight, certificate }) =>
    `No official code makes such a ${version} token: ${signs.map((sign) => SIGNS[sign]).join("; ")}. ` +
    `${isRight ? "Apart from that the content is right. " : ""}` +
    `${certificate === undefined ? "" : "The certificate is the right one. "}` +
    "The code that built it is at fault, not the copy.",
  "text-wrapped": ({ around, start, end, length, others }) => {
    const what = around.map((what) => WRAPPINGS[what]).join(" and ");
    if (end - start === length) return `The text is not the token as it was made: it has ${what}.`;
    return `The text is not the token alone: it has ${what}. ` +
      `The token is what stands at characters ${start + 1} to ${end} of ${length}.` +
      (length - (end - start) === 1 ? " One character is too many." : "") + alsoAt(others);
  },
  "text-is-placeholder": () => "The text is empty or a placeholder, not a token.",
  "text-is-id": ({ id }) => {
    const ids = { appId: "your App ID", appCertificate: "your App Certificate, which must stay on the server" };
    return `The text is ${id === "unknown" ? "an App ID or an App Certificate" : ids[id]}, not a token.`;
  },
  "text-is-jwt": () => "The text is a JSON Web Token: the token of another service.",
  "text-is-whiteboard-token": ({ kind }) =>
    `The text is a token of the Interactive Whiteboard, for ${WHITEBOARD[kind]}: another format, with a key pair of its own.`,
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
  "credentials-exchanged": ({ which }) => EXCHANGED[which],
  "sample-credentials": ({ which }) => SAMPLE[which],
  "certificate-malformed": ({ index, certificates, length, around, made }) => {
    const which = certificates === 1 ? "The certificate" : `Certificate ${index + 1} of ${certificates}`;
    if (around === undefined) {
      return `${which} is not 32 hexadecimal characters: it has ${length}${
        length === 32 ? ", not all of them hexadecimal" : ""
      }.`;
    }
    return `${which} is given with ${AROUND[around]}.${made ? " Without that it is the one that made the token." : ""}`;
  },
  "certificate-altered": ({ index, certificates, form }) => {
    const which = certificates === 1 ? "the certificate" : `certificate ${index + 1} of ${certificates}`;
    return `The token was made with ${which}, but ${FORMS[form]}: what signs is its text, letter by letter.`;
  },
  "certificate-missing": () => "The signature cannot be checked without a certificate.",
  "input-missing": ({ version, inputs }) =>
    `The signature of a ${version} token cannot be checked without: ${inputs.map(fieldName).join(", ")}.`,
  "other-certificate": ({ index, certificates }) =>
    `The token was made with certificate ${index + 1} of the ${certificates} given.`,
  "app-id-malformed": () => "The App ID is not 32 hexadecimal characters.",
  "app-id-mismatch": ({ actual, difference }) =>
    `The token is for the App ID ${actual}, not for the one that is used.` +
    (difference === undefined ? "" : ` ${DIFFERENCES[difference]}`),
  "expired": ({ expiresAt }) => `The token expired at ${utc(expiresAt)}.`,
  "expires-soon": ({ expiresAt }) => `The token expires soon, at ${utc(expiresAt)}.`,
  "older-than-24-hours": ({ issuedAt }) => `The token was made at ${utc(issuedAt)}; Agora ends every token after 24 hours.`,
  "not-yet-valid": ({ notBefore, now }) =>
    `The token begins at ${utc(notBefore)}: ${
      notBefore - now > 2_592_000
        ? "the clock that made it is wrong, or gave milliseconds for seconds"
        : "the clock that made it is ahead of this one"
    }.`,
  "time-implausible": ({ time, places }) =>
    `${capital(listed(places.map(fieldName)))}: the time ${time} is in the year ${new Date(time * 1000).getUTCFullYear()}. ` +
    "A time in milliseconds that was cut to 32 bits may look like that.",
  "lifetime-zero": () => "The token has a lifetime of 0 seconds. What that does is documented nowhere.",
  "lifetime-over-24-hours": ({ lifetime, milliseconds }) =>
    `The token has a lifetime of ${lifetime} seconds; Agora ends every token after 86400.` +
    (milliseconds ? ` It looks like ${inWords(lifetime / 1000)} in milliseconds.` : ""),
  "absolute-time-as-duration": ({ seconds, milliseconds, places }) =>
    `${capital(listed(places.map(fieldName)))}: the duration of ${seconds} seconds looks like an absolute time${
      milliseconds ? ", perhaps in milliseconds and cut to 32 bits" : ""
    }.`,
  "duration-as-absolute-time": ({ time, places }) =>
    `${capital(listed(places.map(fieldName)))}: the time ${time} looks like a duration${
      time > 31_622_400 ? ", or like a time in milliseconds that was cut to 32 bits" : ""
    }; as an absolute time it is long past.`,
  "privilege-expired": ({ privileges, count, expiresAt, needed }) =>
    `${capital(privilegeNames(privileges, count))}${needed ? `, needed here,` : ""} expired at ${utc(expiresAt)}.`,
  "privilege-ends-early": ({ privileges, count, before }) =>
    `The token outlasts ${privilegeNames(privileges, count)}, by ${before} seconds.`,
  "token-ends-before-privilege": ({ privileges, count, before, milliseconds }) =>
    `The token expires before ${privilegeNames(privileges, count)}, by ${before} seconds.` +
    (milliseconds ? " The privileges look as if they were given in milliseconds." : ""),
  "privilege-zero": ({ privileges, count }) =>
    `In ${privilegeNames(privileges, count)} stand 0 seconds, as the official builders write them by default. ` +
    "Agora's pages disagree on what that means.",
  "channel-mismatch": /* @__PURE__ */ mismatch("channel", "an empty name"),
  "user-mismatch": /* @__PURE__ */ mismatch("user", "uid 0 (no user given)"),
  "names-exchanged": ({ channel, user, by }) =>
    `Channel and user stand in each other's place in the token: ${
      by === "checksum" ? "by its checksums " : ""
    }it is for the channel ${quoted(user)} and the user ${quoted(channel)}.`,
  "join-without-user": ({ actual, by }) => {
    const user = actual === undefined
      ? "a user, of which it holds the checksum,"
      : by === "pattern"
      ? `users that fit the pattern ${quoted(actual)}`
      : `the user ${quoted(actual)}`;
    return `The token is for ${user} and the join gives none (uid 0), so that the service assigns another.`;
  },
  "uid-out-of-range": ({ given, uid }) =>
    given.startsWith("-") && Number(given) >= -0x8000_0000
      ? `The uid ${given} is a signed number: in tokens it is ${uid}, the unsigned number of the same 32 bits.`
      : `The number ${given} is no uid: a uid has 32 bits, to which it would be cut to ${uid}.`,
  "uid-against-account": ({ expected, actual, given }) =>
    given === "uid"
      ? `The token is for the account ${quoted(actual)}, but the number ${expected} is used as uid.`
      : `The token is for the uid ${actual}, but the account ${quoted(expected)} is used.`,
  "literal-channel": ({ actual, kind }) =>
    `The channel of the token is the text ${quoted(actual)}: ${literal(kind, "channel")}.`,
  "literal-account": ({ actual, kind }) => `The user of the token is the text ${quoted(actual)}: ${literal(kind, "user")}.`,
  "number-as-account": ({ actual, uid }) =>
    `The user ${quoted(actual)} looks like a number and is no uid: it is an account. As a uid it would be ${uid}.`,
  "chat-user-uuid": ({ expected, actual }) =>
    `The Chat token is for ${quoted(actual)}, which looks like the UUID of a user, not for the user name ${quoted(expected)}.`,
  "rtm-user-elsewhere": ({ expected, place }) =>
    place === "channel"
      ? `The token is for RTC, and its channel is the user ${
        quoted(expected!)
      }: a 006 for RTM has the user there too, so that it may ` +
        "log in, as a maintainer of Agora says."
      : place === "nowhere"
      ? `The RTM user of the token is empty, not ${
        quoted(expected!)
      }. One of Agora's samples logs in with such a token; that it holds ` +
        "for any user is documented nowhere."
      : "The token has no channel, and the RTM user in the user's field: official code writes it in the channel's field. People " +
        "report that such a token logs in.",
  "user-in-channel-field": ({ actual }) =>
    `The channel of this RTC token is ${quoted(actual)}: the user stands in the channel's field.`,
  "relay-source-user": ({ actual }) =>
    `The source token of a media relay is for uid 0; this one is for ${
      actual === undefined ? "one user" : `the user ${quoted(actual)}`
    }.`,
  "preload-for-anyone": () => "The token is for uid 0, that is for anyone; preloading takes a token that names the user.",
  "account-where-uid-is-needed": ({ actual, intent }) =>
    `The token is for the account ${quoted(actual)}; ${
      intent === "recording" ? "Cloud Recording" : "a media relay"
    } takes uids, which are numbers, and no accounts.`,
  "service-missing": ({ expected, actual }) =>
    `The token is not for ${serviceNames(expected).join(" or ")}` +
    `${actual.length === 0 ? "" : `: it is for ${serviceNames(actual).join(" and ")}`}.`,
  "privilege-missing": ({ privileges, count }) => `The token lacks ${privilegeNames(privileges, count)}.`,
  "publish-privilege-missing": ({ privileges, count }) =>
    `The token lacks ${privilegeNames(privileges, count)}: it is a subscriber's.`,
  "app-level-token": ({ services }) =>
    `The token is an administrator's ${serviceNames(services).join(" and ")} token for the whole app.`,
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
    `${capital(fieldName(path))} must be ${expected}${actual === undefined ? "" : `, got ${actual}`}.`,
  "legacy-format": ({ actual }) => `The token is of the old format ${actual}.`,
  "no-service": () => "The token has no service.",
  "unknown-service": ({ type }) => `Service type ${type} is not known: it and what follows it are not read.`,
  "trailing-bytes": ({ bytes }) => `${bytes} bytes follow the last field.`,
  "text-not-utf8": ({ places }) => `The text of ${listed(places.map(fieldName))} is not UTF-8.`,
  "not-canonical": () => "The fields are not in the order in which the official code packs them, or one is given twice.",
};

/** What to do about it. */
const ADVICE: Advice = {
  "unreadable": "Request a new token from the token server, and pass its text on unchanged.",
  "text-cut": "Copy the whole token: a double click often selects only a part of it.",
  "text-altered": "Percent-encode the token where it goes through a URL, and decode it once; keep line breaks out of it.",
  "text-masked": "Take the token from where it is whole: before a log or a document shortens it or hides a part.",
  "text-damaged": "Transfer the token as text, without typing it or passing it through anything that changes it.",
  "home-made":
    "Build the token with an official builder or with this library. To ask for it or to copy it again changes nothing.",
  "text-wrapped":
    "Pass the token alone, as the builder made it: read it out of what is around it, and undo what was done to it.",
  "text-is-placeholder": "Fetch a token before joining, and wait for it.",
  "text-is-id": "Pass a token; the App Certificate must never reach a client.",
  "text-is-jwt": "Request a token from your Agora token server; this is the token of another service.",
  "text-is-whiteboard-token":
    "Use it for the whiteboard only, and request a token of the project for everything else. What is in it and whether it is valid, " +
    "the entry ./whiteboard of this library says.",
  "text-is-error-message": "Check the status of the token server's answer before using its body.",
  "text-is-sdk-message": "Give the token itself, to see which of the message's causes it is.",
  "signature-invalid":
    "Compare App ID and App Certificate with the console: the token was made with another certificate, or changed.",
  "credentials-exchanged":
    "Compare both with the console, and the order of arguments with the builder's: the App ID first. If the certificate stands in a " +
    "token or in a client, it is no secret any more: change it in the console.",
  "sample-credentials": "Use App ID and App Certificate of your own project throughout: those of a sample are an example.",
  "certificate-malformed":
    "Pass the App Certificate alone, as the console shows it: 32 hexadecimal characters, without a name, an equals sign or quotes.",
  "certificate-altered":
    "Give the token server the App Certificate as the console shows it: letter case, quotes and whitespace count.",
  "certificate-missing": "Give the App Certificate of the token's project.",
  "input-missing": "Give the channel, user or service that the token was made for: they are signed, but not in the token.",
  "other-certificate": "This is fine while both are enabled in the console, as during a rotation.",
  "app-id-malformed": "Build the token with the App ID of the console: 32 hexadecimal characters.",
  "app-id-mismatch": "Use one project throughout: the App ID of the client must be that of the token.",
  "expired": "Get a new token and call renewToken, or join or log in again with it.",
  "expires-soon": "Get a new token now and call renewToken.",
  "older-than-24-hours": "Make tokens when they are requested: one must be used within 24 hours of being made.",
  "not-yet-valid": "Set the clock of the token server, or of this machine.",
  "lifetime-zero": "Build the token with a lifetime of 1 to 86400 seconds.",
  "lifetime-over-24-hours": "Give seconds, 86400 at most, and renew the token before they are over.",
  "absolute-time-as-duration": "Give seconds from now: in 007 no time is absolute. The builders of 006 took absolute times.",
  "duration-as-absolute-time": "Give an absolute Unix time: before 007 every time was one. Add the duration to the time now.",
  "privilege-expired": "Get a new token and call renewToken.",
  "time-implausible": "Give Unix times in whole seconds, not in milliseconds: Math.floor(Date.now() / 1000) in JavaScript.",
  "token-ends-before-privilege":
    "Give the token and its privileges the same lifetime: after the token's end a user stays in the channel without any callback, and " +
    "does not get in again once disconnected.",
  "privilege-ends-early": "Renew the token before its first privilege expires.",
  "privilege-zero": "Give privileges the lifetime of the token, to be sure of what they mean.",
  "channel-mismatch": "Join the channel that the token was made for, or request a token for this one.",
  "names-exchanged": "Compare the order of arguments with the builder's: first the channel, then the user.",
  "join-without-user": "Join with the user that the token was made for, or request a token for uid 0.",
  "user-mismatch": "Join as the user that the token was made for, or request a token for this one.",
  "uid-out-of-range":
    "Build tokens for the unsigned number, from 1 to 4294967295. The Web SDK takes no other; SDKs for Java show it as a signed one.",
  "uid-against-account": "Use uids on both sides, or accounts on both sides: all users of a channel use the one or the other.",
  "literal-channel": "Check that the channel is set before the token is built, and that it is a text.",
  "literal-account":
    "Check that the user is set before the token is built. A uid is passed to the builder as a number: 0 as a number means anyone, as " +
    "a text it does not.",
  "number-as-account":
    "Join with this text as user account, or build the token for a uid: a whole number from 1 to 4294967295 in plain digits.",
  "chat-user-uuid":
    "Build the token for the user name: older pages of Agora Chat and its sample server took the UUID, newer ones take the name with " +
    "which the SDK logs in.",
  "rtm-user-elsewhere":
    "Request an RTM token, built as official code builds it: that it works otherwise is documented nowhere.",
  "user-in-channel-field": "Request an RTM token: an RTC token whose channel is the user's name does not log in.",
  "relay-source-user":
    "Request a token for the source channel and uid 0, besides the one that you join with. Destinations have tokens of their own.",
  "preload-for-anyone": "Preload with the token, the channel and the user of the later join.",
  "account-where-uid-is-needed":
    "Request a token for a uid of its own: for the recorder, or for the user in the destination channel.",
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
  "legacy-format":
    "Build AccessToken2 (007) for new code. RTC SDKs that take 007 take 006 too, and users of both meet in one channel; Chat and " +
    "ConvoAI have never had another format than 007.",
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
