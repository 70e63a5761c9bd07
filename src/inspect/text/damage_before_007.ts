import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import type { AgoraTokenError } from "../../errors.ts";
import { read006 } from "../../formats/access_token.ts";
import type { ParsedToken, Version } from "../../formats/detect.ts";
import { type ColumnVersion, hasColumnsOf, lengthOf } from "../../formats/dynamic_keys/columns.ts";
import { sizeOf005 } from "../../formats/dynamic_keys/dynamic_key5.ts";
import { type Observation, observed } from "../findings.ts";
import { countOf, cut, foreignAt, isInOneCase, LIMIT, placeOf, withoutRest } from "./damage.ts";
import { ALPHABET, repairByForm } from "./repair.ts";

// The tokens before 007 have no checksum: their form tells what is missing, and a certificate what was changed in a signature.

/** How a text of a version before 007 that has no checksum is known to be damaged: by its form. */
interface Form {
  /** Whether a text has it. */
  readonly isWhole: (text: string) => boolean;
  /** By how many characters a text is too long, or with a number below 0 too short, as far as its length tells. */
  readonly excess: (length: number) => number;
  /** How many characters a whole one has, where all have as many. */
  readonly length?: number;
  /** The characters that are worth trying where one is missing. */
  readonly worthTrying?: (text: string) => (at: number) => string;
}

/** The forms by version. */
export const FORMS: { readonly [V in Exclude<Version, "007" | "signaling">]: Form } = {
  "006": {
    isWhole: (text) => {
      // Nearly all that is tried is excluded by the length of the message, which costs less to look at.
      if (!endsAsBase64(text)) return false;
      const { bytes } = decodeCanonicalBase64(text.slice(35), 35);
      if (!canBegin006(bytes, bytes.length)) return false;
      const { token, error } = read006(text, LIMIT, true);
      return error === undefined && token.trailingBytes === 0 && Object.keys(token.privileges!).length > 0;
    },
    // The bytes of a signature can be any, and what follows them is only right where it was before.
    worthTrying: (text) => (at) =>
      at > 37 && at < FIRST_CHECKED_006 - 1 ? "A" : canBegin006(bytesBefore(text, at)) ? ALPHABET : "",
    // 107 characters, and 8 for each privilege.
    excess: (length) => ((length - 107 + 4) & 7) - 4,
  },
  "005": {
    isWhole: (text) => {
      // Thousands are tried: to read every entry of each would take seconds.
      if (!endsAsBase64(text)) return false;
      const { bytes, error } = decodeCanonicalBase64(text.slice(3), 3, true);
      return error === undefined && sizeOf005(bytes) === bytes.length && hasLengths005(bytes) &&
        /^[0-9A-F]{40}$/.test(String.fromCharCode(...bytes.subarray(4, 44)));
    },
    excess: (length) => ((length - 107 + 2) & 3) - 2,
  },
  "004": /* @__PURE__ */ columns("004"),
  "003": /* @__PURE__ */ columns("003"),
  "002": /* @__PURE__ */ columns("002"),
  "001": /* @__PURE__ */ columns("001"),
};

function columns(version: ColumnVersion): Form {
  const length = lengthOf(version);
  return {
    worthTrying: () => () => "0123456789abcdef",
    isWhole: (text) => hasColumnsOf(version, text),
    excess: (actual) => actual - length,
    length,
  };
}

/** Whether a text ends as canonical base64 does: thousands are tried, and an error for each would take longer than all else. */
function endsAsBase64(text: string): boolean {
  const isEnd = /^(?:[\w+/]{4}|[\w+/]{2}[AEIMQUYcgkosw048]=|[\w+/][AQgw]==)$/.test(text.slice(-4));
  return isEnd && text.indexOf("=") >>> 0 >= text.length - 2;
}

/** Whether the signature and the App ID of a 005 have their lengths. */
function hasLengths005(bytes: Uint8Array): boolean {
  return bytes[2] === 40 && bytes[3] === 0 && bytes[44] === 16 && bytes[45] === 0;
}

/** The character of a 006 that holds the first byte of which anything is known after its App ID: the length of the message. */
const FIRST_CHECKED_006 = 92;

/** The bytes of a 006 before a place in its text. */
function bytesBefore(text: string, at: number): Uint8Array {
  return decodeCanonicalBase64(withoutRest(text.slice(35, at)), 35).bytes;
}

/** Whether the content of a 006 can begin with some bytes, as far as they are there: with them alone, where a length is given. */
function canBegin006(bytes: Uint8Array, length?: number): boolean {
  const number = (at: number) => bytes.length < at + 2 ? undefined : bytes[at]! | bytes[at + 1]! << 8;
  const [signature = 32, message = 16, count = (message - 10) / 6] = [number(0), number(42), number(52)];
  const isSized = signature === 32 && count > 0 && count < 64 && message === 10 + 6 * count;
  if (!isSized || length !== undefined && length !== 44 + message) return false;
  for (let index = 0; index < count; index++) {
    if ((number(54 + 6 * index) ?? 0) > HIGHEST_PRIVILEGE) return false;
  }
  return true;
}

/** The highest number of a privilege of 006: to log in to RTM. */
const HIGHEST_PRIVILEGE = 1000;

/**
 * How a text that begins like a token before 007 was damaged.
 *
 * @param error Why it could not be read.
 */
export function damageBefore007(
  text: string,
  version: Exclude<Version, "007" | "signaling">,
  error: AgoraTokenError,
  isThorough: boolean,
): Observation | undefined {
  const { isWhole, excess, length, worthTrying } = FORMS[version];
  const sized = length === undefined ? {} : { length };
  const appId = version === "006" ? damagedAppId(text) : undefined;
  if (appId !== undefined) return appId;
  const head = version === "006" ? 35 : 3;
  if (length === undefined && isInOneCase(text.slice(head))) return observed("text-damaged", { edit: "case" });
  const foreign = foreignAt(text, version === "006" || version === "005" ? /[^A-Za-z0-9+/=]/ : /[^0-9A-Fa-f]/, 3);
  if (foreign !== undefined) return observed("text-damaged", foreign);
  const by = excess(text.length);
  // Where the last may as well be the one that is missing, it is a cut: that is what most often happens.
  if (isThorough && by === -1 && [...ALPHABET].some((character) => isWhole(text + character))) return cut(text, placeOf(error));
  const edit = isThorough && Math.abs(by) === 1
    ? repairByForm(text, by > 0 ? "inserted" : "missing", isWhole, worthTrying?.(text))
    : undefined;
  if (edit !== undefined) return observed("text-damaged", { ...edit, ...sized });
  const isCut = error.code === "truncated" || error.code === "malformed-base64" && !text.endsWith("=");
  if (isCut && version === "006" && !canBegin006(decodeCanonicalBase64(withoutRest(text.slice(35)), 35).bytes)) {
    return observed("text-damaged", { edit: "unknown", at: FIRST_CHECKED_006 });
  }
  if (isCut && version === "005" && text.length > 6 && text[6] !== "o") { // the length of its signature: 40
    return observed("text-damaged", { edit: "unknown", at: 4 });
  }
  if (isCut) return cut(text, placeOf(error));
  if (length !== undefined && by !== 0) {
    return observed("text-damaged", { edit: by > 0 ? "inserted" : "missing", ...countOf(Math.abs(by)), ...sized });
  }
  return error.offset === undefined
    ? undefined
    : observed("text-damaged", { edit: "unknown", at: error.offset + 1 }, placeOf(error));
}

/** Where the text begins that holds a signature, how many bits of it come before the signature, and how many bits a character holds. */
const SIGNATURES: { readonly [V in Version]?: readonly [from: number, before: number, bits: 6 | 8] } = {
  "006": [35, 16, 6],
  "005": [3, 32, 6],
  "004": [3, 0, 8],
  "003": [3, 0, 8],
  "002": [0, 0, 8],
  "001": [0, 0, 8],
};

/**
 * The character of a signature that was changed, where a certificate made almost the same: two signatures are never alike by chance.
 * Only a 007 has a checksum, which tells it sooner.
 */
export function damagedSignature({ version }: ParsedToken, given: Uint8Array, made: Uint8Array): Observation | undefined {
  const [from, before = 0, bits = 8] = SIGNATURES[version] ?? [];
  const different = [...made.keys()].filter((index) => given[index] !== made[index]);
  if (from === undefined || given.length !== made.length || different.length > 3) return undefined;
  const characterOf = (bit: number) => from + Math.floor((before + bit) / bits) + 1;
  const at = characterOf(different[0]! * 8);
  const last = characterOf(different.at(-1)! * 8 + 7);
  return observed("text-damaged", { edit: "replaced", at, ...(last > at ? { until: last } : {}) }, { field: "signature" });
}

/** What is wrong with the App ID of a 006, or with the beginning of its base64: always IA and one of A to D, and I is no hexadecimal digit. */
function damagedAppId(text: string): Observation | undefined {
  const [, digits = "", after = ""] = /^006([0-9a-f]*)(.*)$/is.exec(text) ?? [];
  if (after === "") return digits.length < 32 ? cut(text) : undefined;
  const by = digits.length - 32;
  if (by !== 0 && /^IA[A-D]/.test(after)) {
    const until = digits.length + (by > 0 ? 3 : 4);
    const place = { at: 4, ...(until > 4 ? { until } : {}) };
    return observed("text-damaged", { edit: by > 0 ? "inserted" : "missing", ...place, ...countOf(Math.abs(by)) });
  }
  const other = digits.length < 32 && /^IA[A-D]/.test(text.slice(35));
  if (other) return observed("text-damaged", { edit: "replaced", at: digits.length + 4, character: after[0]! });
  const [, first, second] = /^(?:([^I])A|I([^A]))[A-D]/.exec(text.slice(35)) ?? [];
  if (by >= 0 && first !== undefined) {
    return observed("text-damaged", { edit: "replaced", at: 36, character: first, wanted: "I" });
  }
  if (by === 0 && second !== undefined) {
    return observed("text-damaged", { edit: "replaced", at: 37, character: second, wanted: "A" });
  }
  // Of base64 without an App ID before it, so many would not all be hexadecimal digits.
  return by < 0 && digits.length >= 8 ? observed("text-damaged", { edit: "unknown", at: digits.length + 4 }) : undefined;
}
