import { U32_MAX } from "../validate.ts";
import type { DifferentCharacter, NameDifference } from "./findings.ts";
import { literalKind } from "./literals.ts";

// In what do two names differ that should be one? People see a name, services compare its bytes.

/** Names as they are without what people do not see or do not count. */
type Reduction = (name: string) => string | undefined;

/** In what names differ, and without what they are equal. The first that makes them equal says it. */
const REDUCTIONS: readonly (readonly [NameDifference, Reduction])[] = [
  ["letter-case", (name) => name.toLowerCase()],
  ["whitespace", (name) => name.replaceAll(/\s/g, "")],
  ["unicode-form", (name) => name.normalize()],
  ["percent-encoding", decoded],
  ["leading-zeros", (name) => /^\d+$/.test(name) ? name.replace(/^0+(?=\d)/, "") : undefined],
  ["number-form", asNumber],
  // A floating-point number does not hold all digits of a long one.
  ["rounded", (name) => /^-?\d{16,30}$/.test(name) ? String(Number(name)) : undefined],
  ["32-bits", (name) => /^-?\d{1,30}$/.test(name) ? String(BigInt.asUintN(32, BigInt(name))) : undefined],
  ["invisible", (name) => name.replaceAll(INVISIBLE, "")],
  ["quotes", unquoted],
  ["case-and-whitespace", (name) => name.toLowerCase().replaceAll(INVISIBLE, "")],
  ["look-alike", skeleton],
];

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\s]/gu;
const QUOTES = "\"'`´‘’‚‛“”„‟«»‹›「」『』";

/** Characters that look like another, each group first the one that people mean. */
export const LOOK_ALIKES: readonly string[] = /* @__PURE__ */ (
  "-‐‑‒–—―−﹘⁃ー \"“”„‟«» '‘’‚‛`´ʼ′ .․。 /∕⁄ :：∶ aаα bЬ cсϲ dԁ eе gɡ hһ iіıι jј kκк l1I|ІӏΙ mм nո oO0оОοΟօ " +
  "pрρ qԛ sѕ tт uսυ vνѵ wԝω xхχ yуγ zᴢ AАΑ BВΒ CСϹ EЕΕ HНΗ JЈ KКΚ MМΜ NΝ PРΡ SЅ TТΤ XХΧ YУΥ ZΖ 0٠۰० " +
  "1١۱१ 2٢۲२ 3٣۳३ 4٤۴४ 5٥۵५ 6٦۶६ 7٧۷७ 8٨۸८ 9٩۹९"
).split(" ");

/** The character that people mean by another. */
const MEANT: ReadonlyMap<string, string> = /* @__PURE__ */ meantByAlike();

function meantByAlike(): Map<string, string> {
  return new Map(
    LOOK_ALIKES.toReversed().flatMap(([meant = "", ...others]) => others.map((other): [string, string] => [other, meant])),
  );
}

/** A name in which characters that look alike are one: full-width forms, accents and letters of other scripts too. */
export function skeleton(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll(INVISIBLE, "");
  const meant = (character: string) => MEANT.get(character) ?? character;
  return [...plain].map((character) => meant(meant(character))).join("").toLowerCase();
}

/** A name without the percent-encoding of URLs; as it is, where that is malformed. */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}

/** A number as programs write it: `1001.0`, `1e3`, `1,001`, `0x3e9`, `+7`. */
function asNumber(name: string): string | undefined {
  if (name.length > 40 || !/^[+-]?(0x[\da-f]+|\d[\d,_']*(\.\d*)?(e[+-]?\d+)?)$/i.test(name)) return undefined;
  const plain = name.replaceAll(/[,_']/g, "");
  return /^-?\d+$/.test(plain) ? String(BigInt(plain)) : String(Number(plain));
}

/** A name without the quotes around it. */
export function unquoted(name: string): string {
  const isQuote = (character: string | undefined) => character !== undefined && QUOTES.includes(character);
  let [start, end] = [0, name.length];
  while (start < end && isQuote(name[start])) start++;
  while (end > start && isQuote(name[end - 1])) end--;
  return name.slice(start, end);
}

/** The longest name that is compared with another, in characters: nobody takes one for the other that is longer. */
export const LONGEST_COMPARED = 2000;

/** In what only two names differ, if people or programs take them for one. */
export function differenceOf(given: string, actual: string): NameDifference | undefined {
  if (Math.max(given.length, actual.length) > LONGEST_COMPARED) return undefined;
  if (given === "" || actual === "" || given === actual) return undefined;
  return REDUCTIONS.find(([, reduce]) => {
    const reduced = reduce(given);
    return reduced !== undefined && reduced !== "" && reduced === reduce(actual);
  })?.[0];
}

/** What else two names have in common, if they have. */
function likenessOf(given: string, actual: string): NameDifference | undefined {
  const [a, b] = [given, actual].map((name) => name.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, ""));
  if (a !== "" && a === b) return "punctuation";
  return isWithin(given, actual) ? "more-around" : isWithin(actual, given) ? "given-more-around" : undefined;
}

/** Whether a name stands in a text as programs write values: between signs that are not usual in names, or at an end of it. */
function isWithin(name: string, text: string): boolean {
  const at = name.length < 2 ? -1 : text.indexOf(name);
  const isEnd = (character: string | undefined) => character === undefined || /[^\p{L}\p{N}\p{M} _.-]/u.test(character);
  return at >= 0 && isEnd(text[at - 1]) && isEnd(text[at + name.length]);
}

/** Differences of single characters. */
const NEAR: readonly (NameDifference | undefined)[] = [
  "letter-case",
  "whitespace",
  "unicode-form",
  "invisible",
  "look-alike",
  "punctuation",
];

/** The first character in which two names differ, where single ones do: of those that look alike, none that differs in case only. */
export function whereDifferent(given: string, actual: string, difference?: NameDifference): { character?: DifferentCharacter } {
  if (!NEAR.includes(difference)) return {};
  const [a, b] = [[...given], [...actual]];
  const compared = (character?: string) => difference === "look-alike" ? character?.toLowerCase() : character;
  const found = a.findIndex((character, index) => compared(character) !== compared(b[index]));
  const index = found < 0 ? a.length : found;
  return { character: { at: index + 1, expected: a[index] ?? "", actual: b[index] ?? "" } };
}

/** What the names of a token can be taken from by mistake. */
export interface OtherNames {
  /** The other name that is given: of a channel the user, of a user the channel. */
  readonly other: string | undefined;
  /** The App ID. */
  readonly appId: string;
}

const LIKE_A_TOKEN =
  /00[3-7](?:(?:[^\w+/=\r\n-]{0,8}[\r\n]{1,4}[^\w+/=\r\n-]{0,8})?[\w+/-]){90,}=*|(?<![\dA-Fa-f])[\da-f]{40}[\dA-Fa-f]{32}\d{10}[\da-f]{8}(?:\d{20})?|1:[\dA-Fa-f]{32}:\d{1,10}:[\da-f]{32}/g;

/** A name without what looks like a token in it, broken in lines or not: a name is never that long. */
export function withoutTokens(name: string): string {
  return name.replaceAll(LIKE_A_TOKEN, "…");
}

/** How a name came to be another, where that can be seen. */
export function mistakenFor(given: string, actual: string, { other, appId }: OtherNames): NameDifference | undefined {
  if (actual === appId && appId !== "") return "app-id";
  if (actual === other && other !== "") return "other-name";
  if (Math.max(given.length, actual.length) > LONGEST_COMPARED) return undefined;
  if (withoutTokens(actual) !== actual) return "token";
  return differenceOf(given, actual) ?? (literalKind(actual) === undefined ? likenessOf(given, actual) : "literal");
}

/** What was given in place of a name, where that can be seen. */
export function mistakenGiven(given: string, { appId }: OtherNames): NameDifference | undefined {
  if (given === appId && appId !== "") return "given-app-id";
  if (given.length > LONGEST_COMPARED) return undefined;
  if (withoutTokens(given) !== given) return "given-token";
  return literalKind(given) === undefined ? undefined : "given-literal";
}

/** Whether a text is a uid as Agora writes it: 1 to 2³²−1, without leading zeros. */
export function isUidText(name: string): boolean {
  return /^[1-9]\d{0,9}$/.test(name) && Number(name) <= U32_MAX;
}

/**
 * The uid that a text is meant for that looks like a number and is no uid: without leading zeros or fraction, and cut to 32 bits
 * without a sign. Nothing for any other text, uids included.
 */
export function uidOfNumber(name: string): string | undefined {
  const number = isUidText(name) ? undefined : asNumber(name);
  return number !== undefined && /^-?\d+$/.test(number) ? String(BigInt.asUintN(32, BigInt(number))) : undefined;
}
