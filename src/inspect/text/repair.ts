import type { Bytes } from "../../bytes/bytes.ts";
import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import { inflate, type InflatedStream } from "../../bytes/inflate.ts";
import { decodePayload } from "../../formats/access_token2/decode.ts";
import { PREFIX } from "../../formats/access_token2/pack.ts";
import { isHexId } from "../../validate.ts";
import type { DamageParams } from "../findings.ts";
import { extentOf } from "./extent.ts";

// The one edit that makes a damaged text a token again. A 007 has a checksum, so that it can be known; the texts before it have none,
// and only their form tells where a character is too many or missing.

/** The longest text for which an edit is looked for, in characters. */
export const LONGEST_REPAIR = 512;
/** The most edits that are tried, and the most bytes that all of them inflate to together. */
const MOST_CANDIDATES = 50_000;
const MOST_INFLATED = 4_000_000;
/** As many bytes take as long as reading the codes of a block that has its own. */
const BYTES_OF_CODES = 400;
/** The largest content of a token of {@linkcode LONGEST_REPAIR}, so that no candidate takes long. */
const LARGEST_CONTENT = 4096;
/** A few characters may stand twice by chance. */
const SHORTEST_STRETCH = 4;

/** The characters of base64. */
export const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Characters that are taken for each other by people and by the recognition of text. */
const LOOK_ALIKES = ["0OoQD", "Il1i/t", "5Ss", "8B", "2Zz", "6Gb", "9gq", "Vv", "Uu", "Cc", "Xx", "Kk", "Ww", "mn", "hn", "4A"];

/** Whether bytes are one whole stream with the content of a 007. */
export function isWhole007(bytes: Bytes): boolean {
  return isWhole(bytes, inflate(bytes, LARGEST_CONTENT));
}

function isWhole(bytes: Bytes, { bytes: content, end, fault }: InflatedStream): boolean {
  if (fault !== undefined || end !== bytes.length) return false;
  const { token, error } = decodePayload(content);
  return error === undefined && token.signature!.length === 32 && isHexId(token.appId!);
}

/**
 * The one edit that makes the checksum of a damaged 007 right: a character inserted, missing, replaced or in the other case, or two
 * neighbours exchanged; or a stretch that stands twice. The length of base64 is a multiple of four, so that it tells which of these are possible.
 *
 * @param text A text of at most {@linkcode LONGEST_REPAIR} characters, of the alphabet of base64 after its version.
 */
export function repair007(text: string): DamageParams | undefined {
  const [, letters = "", padding = ""] = /^([A-Za-z0-9+/]*)(=*)$/.exec(text.slice(PREFIX.length)) ?? [];
  if (letters === "" || text.length > LONGEST_REPAIR) return undefined;
  const values = Uint8Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  const edits = EDITS[(letters.length + padding.length) % 4]!;
  let [tried, inflated] = [0, 0];
  for (const { values: edited, params } of edits(values, placesIn(values))) {
    if (tried++ === MOST_CANDIDATES || inflated > MOST_INFLATED) break;
    const bytes = bytesOf(edited);
    // Official code writes a window of 32 KiB; a smaller one in the header inflates to the same.
    if (bytes.length * 8 > edited.length * 6 || bytes[0] !== 0x78) continue;
    const stream = inflate(bytes, LARGEST_CONTENT);
    inflated += stream.bytes.length + ((bytes[2]! & 6) === 4 ? BYTES_OF_CODES : 0);
    if (isWhole(bytes, stream)) return { ...params, at: params.at! + PREFIX.length + 1 };
  }
  return doubled(text);
}

/** A stretch of at least {@linkcode SHORTEST_STRETCH} characters that stands twice, one after the other, and that is one too many. */
function doubled(text: string): DamageParams | undefined {
  for (let count = SHORTEST_STRETCH; 2 * count <= text.length; count++) {
    for (let at = PREFIX.length, alike = 0; at + count < text.length; at++) {
      alike = text[at] === text[at + count] ? alike + 1 : 0;
      if (alike !== count) continue;
      const whole = text.slice(PREFIX.length, at + 1) + text.slice(at + 1 + count);
      const { bytes, error } = decodeCanonicalBase64(whole, PREFIX.length);
      if (error === undefined && isWhole007(bytes)) return { edit: "inserted", at: at + 2, count };
    }
  }
  return undefined;
}

/** How many characters before that where the content cannot be one an edit may be: numbers and signatures can be any bytes. */
const UNSEEN = 60;

/** The places that an edit may have, the likeliest first. */
function placesIn(values: Uint8Array): number[] {
  const { stream: { end, fault }, plausible } = extentOf(bytesOf(values), LARGEST_CONTENT);
  const placeOf = (offset: number) => Math.ceil(offset * 4 / 3);
  // What cannot be is read after the edit, never before it; and a stream without its end lost its way soon after the edit.
  const last = fault === "malformed" ? Math.min(values.length, placeOf(end) + 1) : values.length;
  const first = fault === "malformed" || fault === "truncated" ? Math.max(0, placeOf(plausible) - UNSEEN) : 0;
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

/** What the length of a text leaves possible, by its rest after a division by four. */
const EDITS = [changed, shorter, function* (): Generator<Candidate> {}, longer];

/** A text with one edit; places count from 0 after the version. */
interface Candidate {
  readonly values: Uint8Array;
  readonly params: DamageParams;
}

/** With one character less. Of equal neighbours one is enough. */
function* shorter(values: Uint8Array, places: readonly number[]): Generator<Candidate> {
  for (const at of places) {
    if (at === values.length || values[at] === values[at + 1]) continue;
    const edited = new Uint8Array(values.length - 1);
    edited.set(values.subarray(0, at));
    edited.set(values.subarray(at + 1), at);
    yield { values: edited, params: { edit: "inserted", at, character: ALPHABET[values[at]!]! } };
  }
}

/** With one character more. */
function* longer(values: Uint8Array, places: readonly number[]): Generator<Candidate> {
  const edited = new Uint8Array(values.length + 1);
  for (const at of places) {
    edited.set(values.subarray(0, at));
    edited.set(values.subarray(at), at + 1);
    for (let value = 0; value < 64; value++) {
      if (value === values[at]) continue;
      edited[at] = value;
      yield { values: edited, params: { edit: "missing", at, wanted: ALPHABET[value]! } };
    }
  }
}

/** With as many characters: the other case, exchanged neighbours, look-alikes, and then any other. */
function* changed(values: Uint8Array, all: readonly number[]): Generator<Candidate> {
  const edited = values.slice();
  const places = all.filter((at) => at < values.length);
  const replaced = function* (at: number, edit: "case" | "replaced", wanted: readonly number[]): Generator<Candidate> {
    const character = ALPHABET[values[at]!]!;
    for (const value of wanted) {
      edited[at] = value;
      yield { values: edited, params: { edit, at, character, wanted: ALPHABET[value]! } };
    }
    edited[at] = values[at]!;
  };
  for (const at of places) yield* replaced(at, "case", OTHER_CASE[values[at]!]!);
  for (const at of places) {
    if (at === 0 || values[at] === values[at - 1]) continue;
    edited.set([values[at]!, values[at - 1]!], at - 1);
    yield { values: edited, params: { edit: "exchanged", at: at - 1 } };
    edited.set(values.subarray(at - 1, at + 1), at - 1);
  }
  for (const likely of [true, false]) {
    for (const at of places) yield* replaced(at, "replaced", (likely ? ALIKE : UNLIKE)[values[at]!]!);
  }
}

const valuesOf = (text: string) => Array.from(text, (character) => ALPHABET.indexOf(character));
/** For each character the one in the other case, those that look like it, and all others. */
const OTHER_CASE: readonly (readonly number[])[] = /* @__PURE__ */ Array.from(ALPHABET, (character) => {
  const other = character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
  return other === character ? [] : valuesOf(other);
});
const ALIKE: readonly (readonly number[])[] = /* @__PURE__ */ Array.from(
  ALPHABET,
  (character, value) =>
    valuesOf([...new Set(LOOK_ALIKES.filter((group) => group.includes(character)).join(""))].join(""))
      .filter((other) => other !== value && !OTHER_CASE[value]!.includes(other)),
);
const UNLIKE: readonly (readonly number[])[] = /* @__PURE__ */ Array.from(
  ALPHABET,
  (_, value) =>
    valuesOf(ALPHABET).filter((other) =>
      other !== value && !OTHER_CASE[value]!.includes(other) && !ALIKE[value]!.includes(other)
    ),
);

/** The bytes of values of six bits; one more where bits are left over that are not 0, as no canonical text has them. */
function bytesOf(values: Uint8Array): Bytes {
  const rest = values.length % 4;
  const stray = rest === 1 || rest === 2 && (values.at(-1)! & 15) !== 0 || rest === 3 && (values.at(-1)! & 3) !== 0;
  const bytes = new Uint8Array((values.length * 6 >> 3) + (stray ? 1 : 0));
  for (let at = 0, to = 0; at < values.length; at += 4, to += 3) {
    const group = values[at]! << 18 | (values[at + 1] ?? 0) << 12 | (values[at + 2] ?? 0) << 6 | (values[at + 3] ?? 0);
    bytes[to] = group >> 16;
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes;
}

/**
 * The places of the one character that is too many, or missing, in a text that only its form shows to be damaged.
 *
 * @param edit Which of both: what the length says.
 * @param isWhole Whether a text is a whole token.
 * @param worthTrying The characters that are worth trying at a place, from 0, where one is missing: where no form depends on it, any one.
 */
export function repairByForm(
  text: string,
  edit: "inserted" | "missing",
  isWhole: (text: string) => boolean,
  worthTrying: (at: number) => string = () => ALPHABET,
): DamageParams | undefined {
  if (text.length > LONGEST_REPAIR) return undefined;
  const places: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const rest = edit === "inserted" ? text.slice(at + 1) : text.slice(at);
    const wanted = edit === "inserted" ? at < text.length ? [""] : [] : worthTrying(at);
    for (const character of wanted) {
      if (!isWhole(text.slice(0, at) + character + rest)) continue;
      places.push(at + 1);
      break;
    }
  }
  const [at] = places;
  if (at === undefined) return undefined;
  return { edit, at, ...(places.length > 1 ? { until: places.at(-1)! } : {}) };
}
