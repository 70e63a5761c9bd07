import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import type { AgoraTokenError } from "../../errors.ts";
import { read006 } from "../../formats/access_token.ts";
import type { ParsedToken, Version } from "../../formats/detect.ts";
import { type ColumnVersion, hasColumnsOf, lengthOf, readColumns } from "../../formats/dynamic_keys/columns.ts";
import { read005 } from "../../formats/dynamic_keys/dynamic_key5.ts";
import { engine } from "../../runtime/choose.ts";
import { defined } from "../../validate.ts";
import { type DamageParams, type Observation, observed } from "../findings.ts";
import { extentOf, hasZlibHeader } from "./extent.ts";
import { isWhole007, repair007, repairByForm } from "./repair.ts";

// What happened to a token on its way, and where: places count characters from 1, as people do.

/** The largest content that is looked at, in bytes. */
const LIMIT = 65_536;
/** Characters of base64 after which a text is no word or number any more. */
const LEAST_LENGTH = 60;

/** What stands where a part of a token was taken away, by a log, a document or a program that hides secrets. */
const MASK =
  /[*•●█∗×]{2,}|\.{2,}|…+|x{4,}|X{4,}|-{3,}|_{3,}|#{2,}|~{2,}|\[[^\]]{0,40}\]|<[^>]{0,40}>|\{[^}]{0,40}\}|\([^)]{0,40}\)/u;

/** A part that is hidden or left out. */
export function masked(text: string): Observation | undefined {
  const found = MASK.exec(text);
  return found === null ? undefined : observed("text-masked", { at: found.index + 1, length: found[0].length });
}

/**
 * How a text that begins like a 007 was damaged.
 *
 * @param isThorough Whether the one edit that repairs it is looked for, which takes a while.
 * @returns Nothing where the text is too short to say.
 */
export function damage007(text: string, isThorough: boolean): Observation | undefined {
  const body = text.slice(3);
  const foreign = foreignAt(text, /[^A-Za-z0-9+/=]/, 3) ?? foreignAt(withoutPadding(text), /=/, 3);
  if (foreign !== undefined) return observed("text-damaged", foreign);
  if (isInOneCase(body)) return observed("text-damaged", { edit: "case" });
  const letters = withoutPadding(body);
  const padding = body.length - letters.length;
  const { bytes } = decodeCanonicalBase64(letters.slice(0, letters.length - letters.length % 4), 0);
  const whole = letters.length % 4 === 1 ? undefined : wholeBytes(letters);
  if (whole !== undefined && isWhole007(whole)) {
    const wanted = (4 - letters.length % 4) % 4;
    if (padding < wanted) return cut(text);
    const count = padding - wanted;
    return observed("text-damaged", {
      edit: "inserted",
      at: text.length - count + 1,
      character: "=",
      ...(count > 1 ? { count } : {}),
    });
  }
  const edit = isThorough ? repair007(text) : undefined;
  if (edit?.edit === "missing" && edit.at === text.length + 1) return cut(text);
  if (edit !== undefined) return observed("text-damaged", edit);
  if (bytes.length < 2) return /^e[JAFN]?/.test(body) && padding === 0 ? cut(text) : undefined;
  if (!hasZlibHeader(bytes)) {
    return letters.length < LEAST_LENGTH ? undefined : observed("text-damaged", { edit: "unknown", at: 4 });
  }
  const { stream: { end, fault }, plausible, isPlausible } = extentOf(whole ?? bytes, LIMIT);
  const characterOf = (offset: number) => Math.min(text.length, 4 + Math.floor(offset * 4 / 3));
  // A copy that lost its end lost the padding, and all that is there can be the beginning of a token.
  if (fault === "truncated" && padding === 0 && isPlausible) return cut(text);
  if (fault === undefined) {
    const at = 4 + Math.ceil(end * 4 / 3);
    return observed("text-damaged", { edit: "inserted", at, ...countOf(text.length - at + 1) });
  }
  if (fault === "too-large") return undefined;
  if (fault === "checksum" && isPlausible) return observed("text-damaged", { edit: "unknown" });
  return observed("text-damaged", { edit: "unknown", at: characterOf(plausible) });
}

/** The first character that cannot be there. */
function foreignAt(text: string, pattern: RegExp, from: number): DamageParams | undefined {
  const index = text.slice(from).search(pattern);
  if (index < 0) return undefined;
  return { edit: "foreign", at: from + index + 1, character: String.fromCodePoint(text.codePointAt(from + index)!) };
}

/** Whether base64 has lost the case of its letters: by chance it has both. */
function isInOneCase(base64: string): boolean {
  return base64.length >= LEAST_LENGTH && (!/[A-Z]/.test(base64) || !/[a-z]/.test(base64));
}

/** A text without the equals signs at its end; a regular expression would look at those elsewhere again and again. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === "=") end--;
  return text.slice(0, end);
}

/** The bytes of whole base64 whose padding is not looked at; nothing where it is not canonical apart from that. */
function wholeBytes(letters: string): ReturnType<typeof decodeCanonicalBase64>["bytes"] | undefined {
  const { bytes, error } = decodeCanonicalBase64(letters.padEnd(Math.ceil(letters.length / 4) * 4, "="), 0);
  return error === undefined ? bytes : undefined;
}

const countOf = (count: number): Pick<DamageParams, "count"> => count > 1 ? { count } : {};

/** A text whose end is missing. */
export function cut(text: string, place: Pick<Observation, "field" | "span"> = {}): Observation {
  return observed("text-cut", { length: text.length }, place);
}

/** How a text of a version before 007 that has no checksum is known to be damaged: by its form. */
interface Form {
  /** Whether a text has it. */
  readonly isWhole: (text: string) => boolean;
  /** By how many characters a text is too long, or with a number below 0 too short, as far as its length tells. */
  readonly excess: (length: number) => number;
  /** How many characters a whole one has, where all have as many. */
  readonly length?: number;
}

const FORMS: { readonly [V in Exclude<Version, "007" | "signaling">]: Form } = {
  "006": {
    isWhole: (text) => {
      const { token, error } = read006(text, LIMIT, engine());
      return error === undefined && token.trailingBytes === 0 && Object.keys(token.privileges!).length > 0;
    },
    // 107 characters, and 8 for each privilege.
    excess: (length) => ((length - 107 + 4) & 7) - 4,
  },
  "005": {
    isWhole: (text) => {
      const { token, error } = read005(text, LIMIT, engine());
      return error === undefined && token.trailingBytes === 0 && /^[0-9A-F]{40}$/.test(token.signature!) &&
        token.appId!.length === 32;
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
  return { isWhole: (text) => hasColumnsOf(version, text), excess: (actual) => actual - length, length };
}

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
  const { isWhole, excess, length } = FORMS[version];
  const sized = length === undefined ? {} : { length };
  const appId = version === "006" ? damagedAppId(text) : undefined;
  if (appId !== undefined) return appId;
  const head = version === "006" ? 35 : 3;
  if (length === undefined && isInOneCase(text.slice(head))) return observed("text-damaged", { edit: "case" });
  const foreign = foreignAt(text, version === "006" || version === "005" ? /[^A-Za-z0-9+/=]/ : /[^0-9A-Fa-f]/, 3);
  if (foreign !== undefined) return observed("text-damaged", foreign);
  const by = excess(text.length);
  const edit = isThorough && Math.abs(by) === 1 ? repairByForm(text, by > 0 ? "inserted" : "missing", isWhole) : undefined;
  // Where it may as well be the last that is missing, it is a cut: that is what most often happens.
  if (edit?.edit === "missing" && (edit.until ?? edit.at) === text.length + 1) return cut(text, placeOf(error));
  if (edit !== undefined) return observed("text-damaged", { ...edit, ...sized });
  if (error.code === "truncated" || error.code === "malformed-base64" && !text.endsWith("=")) return cut(text, placeOf(error));
  if (length !== undefined && by !== 0) {
    return observed("text-damaged", { edit: by > 0 ? "inserted" : "missing", ...countOf(Math.abs(by)), ...sized });
  }
  return error.offset === undefined
    ? undefined
    : observed("text-damaged", { edit: "unknown", at: error.offset + 1 }, placeOf(error));
}

/** Where the characters of a signature begin in a text, and how many bits of it each holds. */
const SIGNATURES: { readonly [V in Version]?: readonly [from: number, bits: 4 | 6 | 8] } = {
  // After version and App ID, and in the content after two bytes of length.
  "006": [35 + 2 * 8 / 6, 6],
  // After the version, and in the content after two bytes each of service and length.
  "005": [3 + 4 * 8 / 6, 6],
  "004": [3, 8],
  "003": [3, 8],
  "002": [0, 8],
  "001": [0, 8],
};

/**
 * The character of a signature that was changed, where a certificate made almost the same: two signatures are never alike by chance.
 * Only a 007 has a checksum, which tells it sooner.
 */
export function damagedSignature({ version }: ParsedToken, given: Uint8Array, made: Uint8Array): Observation | undefined {
  const [from, bits] = SIGNATURES[version] ?? [];
  const different = [...made.keys()].filter((index) => given[index] !== made[index]);
  if (from === undefined || given.length !== made.length || different.length > 3) return undefined;
  const at = Math.floor(from + different[0]! * 8 / bits!) + 1;
  const last = Math.floor(from + (different.at(-1)! * 8 + 7) / bits!) + 1;
  return observed("text-damaged", { edit: "replaced", at, ...(last > at ? { until: last } : {}) }, { field: "signature" });
}

/** What is wrong with the App ID of a 006 whose base64 begins later or earlier than it should: always with I, which is no hexadecimal digit. */
function damagedAppId(text: string): Observation | undefined {
  const [, digits = "", after = ""] = /^006([0-9a-f]*)(.*)$/is.exec(text) ?? [];
  if (after === "") return digits.length < 32 ? cut(text) : undefined;
  const by = digits.length - 32;
  if (by !== 0 && /^IA[A-D]/.test(after)) {
    const place = { at: 4, until: digits.length + (by > 0 ? 3 : 4) };
    return observed("text-damaged", { edit: by > 0 ? "inserted" : "missing", ...place, ...countOf(Math.abs(by)) });
  }
  const other = digits.length < 32 && /^IA[A-D]/.test(text.slice(35));
  return other ? observed("text-damaged", { edit: "replaced", at: digits.length + 4, character: after[0]! }) : undefined;
}

/** A token whose version is damaged, so that it begins like none; and a key without a version that has a character too many or too few. */
export function damagedHead(text: string, isThorough: boolean): Observation | undefined {
  const head = (version: string, at: number) => {
    const by = at - 3;
    const edit = by === 0
      ? { edit: "replaced", at: 1, until: 3 } as const
      : { edit: by > 0 ? "inserted" : "missing", at: 1 } as const;
    return observed("text-damaged", { ...edit, ...countOf(Math.abs(by)), ...(by === 0 ? {} : { wanted: version }) });
  };
  const zlib = text.slice(0, 6).search(/e[JAFN]/);
  if (zlib >= 0 && text.length < LIMIT) {
    const { bytes, error } = decodeCanonicalBase64(text.slice(zlib), 0);
    if (error === undefined && isWhole007(bytes)) return head("007", zlib);
  }
  const id = /^(.{0,5}?)([0-9a-f]{32}IA[A-D])/i.exec(text)?.[1];
  if (id !== undefined && FORMS["006"].isWhole("006" + text.slice(id.length))) return head("006", id.length);
  if (!isThorough || !/^[0-9a-f]{89,111}$/i.test(text)) return undefined;
  for (const version of ["001", "002"] as const) {
    const { excess, length } = FORMS[version];
    const by = excess(text.length);
    if (Math.abs(by) !== 1) continue;
    const isWhole = (key: string) => hasColumnsOf(version, key) && isRecent(readColumns(version, key).token.unixTs!);
    const edit = repairByForm(text, by > 0 ? "inserted" : "missing", isWhole);
    if (edit !== undefined) return observed("text-damaged", { ...edit, length: length! });
  }
  return undefined;
}

/** Whether a time is one at which such a key can have been made: from 2001 on. */
function isRecent(time: number): boolean {
  return time >= 1_000_000_000;
}

/** Where the reading stopped. */
export function placeOf({ field, offset }: AgoraTokenError): Pick<Observation, "field" | "span"> {
  return defined({ field, span: offset === undefined ? undefined : { start: offset, end: offset } });
}
