import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import type { Bytes } from "../../bytes/bytes.ts";
import type { AgoraTokenError } from "../../errors.ts";
import { defined } from "../../validate.ts";
import { type DamageParams, type Observation, observed } from "../findings.ts";

// What can be said of damage to a token of any version. Places count characters of the text from 1, as people do.

/** The largest content that is looked at, in bytes. */
export const LIMIT = 65_536;
/** Characters of base64 after which a text is no word or number any more. */
export const LEAST_LENGTH = 60;

/**
 * What stands where a part of a token was taken away, by a log, a document or a program that hides secrets: signs in a row, anything
 * in brackets, or a word.
 */
const MASK =
  /[*•●█∗×]{2,}|\.{2,}|…+|x{4,}|-{4,}|_{4,}|#{2,}|~{2,}|\[[^\]]{0,40}\]|<[^>]{0,40}>|\{[^}]{0,40}\}|\([^)]{0,40}\)|redacted|hidden|masked|omitted|truncated|shortened|省略|隐藏|截断/iu;

/** A part that is hidden or left out. */
export function masked(text: string): Observation | undefined {
  const found = MASK.exec(text);
  return found === null ? undefined : observed("text-masked", { at: found.index + 1, length: found[0].length });
}

/** The first character that cannot be there. */
export function foreignAt(text: string, pattern: RegExp, from: number): DamageParams | undefined {
  const index = text.slice(from).search(pattern);
  if (index < 0) return undefined;
  return { edit: "foreign", at: from + index + 1, character: String.fromCodePoint(text.codePointAt(from + index)!) };
}

/** Whether base64 has lost the case of its letters: by chance it has both. */
export function isInOneCase(base64: string): boolean {
  return base64.length >= LEAST_LENGTH && (!/[A-Z]/.test(base64) || !/[a-z]/.test(base64));
}

/** A text without the equals signs at its end; a regular expression would look at those elsewhere again and again. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === "=") end--;
  return text.slice(0, end);
}

/** The bytes of whole base64 whose padding is not looked at; nothing where it is not canonical apart from that. */
export function wholeBytes(letters: string): Bytes | undefined {
  const { bytes, error } = decodeCanonicalBase64(letters.padEnd(Math.ceil(letters.length / 4) * 4, "="), 0);
  return error === undefined ? bytes : undefined;
}

/** A count, where it is more than one. */
export const countOf = (count: number): Pick<DamageParams, "count"> => count > 1 ? { count } : {};

/** A text whose end is missing. */
export function cut(text: string, place: Pick<Observation, "field" | "span"> = {}): Observation {
  return observed("text-cut", { length: text.length }, place);
}

/** Where the reading stopped. */
export function placeOf({ field, offset }: AgoraTokenError): Pick<Observation, "field" | "span"> {
  return defined({ field, span: offset === undefined ? undefined : { start: offset, end: offset } });
}

/** Whole groups of base64. */
export function withoutRest(letters: string): string {
  return letters.slice(0, letters.length - letters.length % 4);
}
