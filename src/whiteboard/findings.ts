import { PORTS, type WhiteboardSigning } from "./ports.ts";
import type { Milliseconds, UnixMilliseconds, WhiteboardKind } from "./types.ts";

/** What a finding says, by its code. */
export interface WhiteboardParams {
  /** The text is no whiteboard token, or cannot be read as one. */
  "unreadable": { reason: string };
  /** Something stands around the token. */
  "text-around": { what: "whitespace" | "quotes" };
  /** The text is not what a builder writes of its content. */
  "not-canonical": object;
  /** A key is absent. */
  "field-missing": { field: string };
  /** The role is none of the three. */
  "role-unknown": { isWord: boolean };
  /** The signature is not 64 lower-case hexadecimal digits. */
  "signature-malformed": { length: number };
  /** The time has ten digits: seconds. */
  "expiry-in-seconds": { expireAt: UnixMilliseconds };
  /** The time has so many digits that a lifespan was joined to it as a text. */
  "expiry-joined": { digits: number };
  /** The time is no whole number of milliseconds. */
  "expiry-malformed": object;
  /** It has expired. */
  "expired": { expireAt: UnixMilliseconds; now: UnixMilliseconds };
  /** It never expires. */
  "never-expires": object;
  /** It is valid for less than a minute. */
  "lifespan-short": { lifespan: Milliseconds };
  /** A token for the project names a room or task: the prefix may have been exchanged. */
  "uuid-unexpected": object;
  /** It is of another kind than the one wanted. */
  "kind-mismatch": { expected: WhiteboardKind; actual: WhiteboardKind };
  /** It is for another room or task. */
  "uuid-mismatch": object;
  /** It is of another project. */
  "access-key-mismatch": object;
  /** The nonce has a hardware address. */
  "nonce-address": object;
  /** It is for the whole project. */
  "whole-project": object;
  /** The secret key did not make it. */
  "signature-mismatch": object;
  /** The secret key made it, otherwise than the service wants. */
  "signed-otherwise": { signing: WhiteboardSigning };
}

/** The codes of the findings. */
export type WhiteboardFindingCode = keyof WhiteboardParams;

/** How much a finding matters: an `error` keeps the token from working, a `warning` may, an `info` explains. */
export type WhiteboardSeverity = "error" | "warning" | "info";

/** A code and its params. */
export type WhiteboardObservation = {
  [Code in WhiteboardFindingCode]: {
    /** What is found: stable. */
    code: Code;
    /** The values in question. */
    params: WhiteboardParams[Code];
    /** The key in the token, where there is one. */
    field?: string;
  };
}[WhiteboardFindingCode];

/** One thing that is found about a token. */
export type WhiteboardFinding = WhiteboardObservation & {
  /** How much it matters. */
  severity: WhiteboardSeverity;
  /** What it says: one sentence, without keys and tokens. */
  message: string;
  /** What to do: one sentence. */
  advice: string;
};

type Row<Params> = readonly [severity: WhiteboardSeverity, message: (params: Params) => string, advice: string];

const utc = (moment: UnixMilliseconds) => new Date(moment).toISOString().replace("T", " ").replace(/\.\d+Z/, " UTC");

/** The words of every finding. */
const CATALOGUE: { readonly [Code in WhiteboardFindingCode]: Row<WhiteboardParams[Code]> } = {
  "unreadable": ["error", ({ reason }) => `${reason}.`, "Copy the whole token, from NETLESS to its last letter."],
  "text-around": [
    "error",
    ({ what }) => what === "quotes" ? "Quotes stand around the token." : "Whitespace stands around the token.",
    "Pass the token alone: the REST API answers with a JSON text, which must be parsed.",
  ],
  "not-canonical": [
    "error",
    () => "The text of the token is not what builders write of its content: it was changed or cut, or padding was added.",
    "Use the token as it was built.",
  ],
  "field-missing": [
    "error",
    ({ field }) => `The token has no ${field}.`,
    "Copy the whole token; if it is whole, give its builder every argument.",
  ],
  "role-unknown": [
    "error",
    ({ isWord }) =>
      isWord ? "The role is a word, where a token has a digit." : "The role is not 0 (admin), 1 (writer) or 2 (reader).",
    "Build it with 0 for admin, 1 for writer or 2 for reader: only the REST API takes words.",
  ],
  "signature-malformed": [
    "error",
    ({ length }) =>
      length === 64
        ? "The signature is not in lower-case hexadecimal digits."
        : `The signature has ${length} characters, where 64 hexadecimal digits are wanted.`,
    "Copy the whole token, without a change of its letters.",
  ],
  "expiry-in-seconds": [
    "error",
    ({ expireAt }) => `The token expired on ${utc(expireAt)}: its time is in seconds, where milliseconds are wanted.`,
    "Give the builder a lifespan in milliseconds, and leave the time to it.",
  ],
  "expiry-joined": [
    "error",
    ({ digits }) =>
      `The time at which the token expires has ${digits} digits, where milliseconds have 13: it practically never expires.`,
    "Give the builder the lifespan as a number: the JavaScript port joins a text to the time.",
  ],
  "expiry-malformed": [
    "error",
    () => "The time at which the token expires is no whole number of milliseconds.",
    "Give the builder a whole number of milliseconds.",
  ],
  "expired": [
    "error",
    ({ expireAt, now }) => `The token expired on ${utc(expireAt)}, and it is ${utc(now)}.`,
    "Get a new token: who is in the room already stays there.",
  ],
  "never-expires": [
    "warning",
    () => "The token never expires: only disabling the key pair ends it, and with it all other tokens.",
    "Build it with a lifespan, in milliseconds.",
  ],
  "lifespan-short": [
    "warning",
    ({ lifespan }) => `The token is valid for only ${lifespan} milliseconds from when it was made.`,
    "Give the lifespan in milliseconds: 3600000 is one hour.",
  ],
  "uuid-unexpected": [
    "error",
    () => "The token is for the whole project, but names a room or task: its prefix may have been exchanged.",
    "Use a room's token with the prefix NETLESSROOM_, a task's with NETLESSTASK_.",
  ],
  "kind-mismatch": [
    "error",
    ({ expected, actual }) => `The token is of the kind ${actual}, where ${expected} is wanted.`,
    "Build a token of this kind: to exchange the prefix makes another token of it.",
  ],
  "uuid-mismatch": [
    "error",
    () => "The token is for another room or task than the one given.",
    "Build a token with this uuid: the service refuses it with “token access room forbidden”.",
  ],
  "access-key-mismatch": [
    "error",
    () => "The token has another access key than the one given.",
    "Use the key pair of the project in which the room was created.",
  ],
  "nonce-address": [
    "info",
    () => "The nonce has the hardware address of the machine that built the token.",
    "Build with a random nonce, if nobody should see it: the Python and Ruby ports take the address.",
  ],
  "whole-project": [
    "info",
    () => "The token is for the whole project.",
    "Keep it on the server, and give clients a room's token.",
  ],
  "signature-mismatch": [
    "error",
    () => "This secret key did not make the token, or the token was changed.",
    "Use the Secret Key (SK) that belongs to the token's access key: it is not the App Certificate.",
  ],
  "signed-otherwise": [
    "error",
    ({ signing }) => `The secret key made the token as a port with a known fault does: ${PORTS[signing].says}.`,
    "Build it with a fixed port, or with letters and digits only and the role as a text: whether the service takes such a token is not known.",
  ],
};

/** A finding with its words. */
export function worded(observation: WhiteboardObservation): WhiteboardFinding {
  const [severity, message, advice] = CATALOGUE[observation.code] as Row<object>;
  return { ...observation, severity, message: message(observation.params), advice } as WhiteboardFinding;
}
