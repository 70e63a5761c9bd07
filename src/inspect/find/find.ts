import type { Version } from "../../formats/detect.ts";
import { MAX_TEXT } from "../../formats/common.ts";
import { onlyKeys, record, tooLong } from "../../validate.ts";
import { aroundOf } from "./around.ts";
import { ENDS, START, type Work } from "./ends.ts";
import { isJoint, type Layer, layersOf, originOf } from "./undo.ts";
import type { Wrapping } from "../findings.ts";

/** A token in a text. */
export interface FoundToken {
  /** The token as a client takes it. */
  token: string;
  /** Its format; that of a whiteboard token is read by `./whiteboard`, and by nothing of this entry. */
  version: Version | "whiteboard";
  /** Its first character in the text, in UTF-16 units. */
  start: number;
  /** The place after its last character. */
  end: number;
  /** The characters of the text from `start` to `end`: the token, or what became of it. */
  asFound: string;
  /** What stands around it, and what had been done to it. Empty where the text is the token. */
  wrappings: Wrapping[];
}

/** Options of {@linkcode findTokens}. */
export interface FindOptions {
  /** The longest text that is searched, in characters (UTF-16 units); 65,536 if omitted. */
  maxText?: number;
}

/**
 * Finds every token in a text of any kind: a line of a log or of code, JSON, a URL, a setting, a table, a mail. What was done to
 * it is undone: escapes, percent-encoding, HTML entities, colours of a terminal, line breaks, string literals in parts, the
 * URL-safe alphabet, lost padding. Only what then decodes is a token: a damaged one is not found (`diagnoseToken` says what is
 * wrong with it). Takes time in proportion to the text: that of a stranger should be bounded, a log of one's own need not be.
 *
 * @param text The text, of at most 65,536 characters unless the options say more.
 * @param options The bound of size.
 * @returns The tokens in the order in which they stand in the text; the same token twice where it stands there twice.
 * @throws {AgoraTokenError} `invalid-type` for a value that is no string, `too-large` for a longer text; and for options that are none.
 *
 * @example Which tokens are in this line of a log?
 * ```ts
 * import { findTokens } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const token = "1:0123456789abcdef0123456789abcdef:1795600000:2af39b4e4b39ee2b0dfe8b4ba22a44d2";
 * assertEquals(findTokens(`login with "${token}", retry 2`).map(({ token, start }) => [token, start]), [[token, 12]]);
 * ```
 */
export function findTokens(text: string, options: FindOptions = {}): FoundToken[] {
  const { maxText = MAX_TEXT } = record("options", options) as FindOptions;
  onlyKeys(options, ["maxText"], "options.");
  const error = tooLong("text", text, maxText);
  if (error !== undefined) throw error;
  const work = { left: 2 * text.length + 256 * 1024 };
  const known = new Set<number>();
  const found = layersOf(text).flatMap((layer) => tokensOf(layer, work, known)).sort((a, b) => a.start - b.start);
  return apart(found).map(({ token, version, start, end, undone }) => {
    const wrappings = [...aroundOf(text, start, end), ...undone];
    return { token, version, start, end, asFound: text.slice(start, end), wrappings };
  });
}

/** A token of one layer. */
interface Candidate extends Omit<FoundToken, "asFound" | "wrappings"> {
  undone: Wrapping[];
}

/** Of those that overlap, the one that needed no padding, or else the longer, or else the first. */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    const last = kept.at(-1);
    if (last === undefined || last.end <= candidate.start) {
      kept.push(candidate);
      continue;
    }
    const length = candidate.end - candidate.start - (last.end - last.start);
    if (isWhole(candidate) === isWhole(last) ? length > 0 : isWhole(candidate)) kept[kept.length - 1] = candidate;
  }
  return kept;
}

/**
 * Looks through the text of a layer.
 *
 * @param known Where tokens start that were found in other layers, and whose checksum is right: they are read once.
 */
function tokensOf(layer: Layer, work: Work, known: Set<number>): Candidate[] {
  const { text } = layer;
  const found: Candidate[] = [];
  const search = { text, work, isJoint: (place: number) => isJoint(layer, place) };
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null; match = START.exec(text)) {
    const { index } = match;
    START.lastIndex = index + 1;
    if (known.size > 0 && known.has(originOf(layer, index, index + 1).start)) continue;
    const ended = ENDS[match[0]]!(search, index);
    if (ended === undefined) continue;
    START.lastIndex = ended.end;
    const { token, version } = ended;
    const { start, end, undone } = originOf(layer, index, ended.end);
    found.push({ token, version, start, end, undone: [...undone, ...ended.undone] });
    if (version === "007" && isWhole(found.at(-1)!)) known.add(start);
  }
  return found;
}

/** Whether its padding is there: if not, another layer may have it. */
function isWhole({ undone }: Candidate): boolean {
  return !undone.includes("padding");
}
