import { repeatedPrefixes } from "./prefix.ts";
import type { Wrapping } from "../findings.ts";

// What programs and people do to a text in which a token stands, undone: each kind in one pass, and so in linear time.

/** A part that was replaced or removed. */
interface Edit {
  /** What had been done. */
  readonly what: Wrapping;
  /** Where its replacement stands, and how many characters that has. */
  readonly at: number;
  readonly length: number;
  /** Where it stood in the text before. */
  readonly from: number;
  readonly to: number;
}

/** A text, and how it was made from another. */
export interface Layer {
  /** The text. */
  readonly text: string;
  /** What was replaced, in order. */
  readonly edits: readonly Edit[];
  /** The text that it was made from; absent for the text as it was given. */
  readonly below?: Layer;
}

/** A place in the text as it was given, and what had been done to the characters there. */
export interface Origin {
  /** The first character. */
  start: number;
  /** After the last character. */
  end: number;
  /** What was undone, outermost first. */
  undone: Wrapping[];
}

/** One way of changing a text: the pattern has no group of its own; `plain` gives what stood there, or nothing to leave it. */
type Row = readonly [what: Wrapping, pattern: string, plain: (match: string) => string | undefined];

const nothing = () => "";

const utf8Text = /* @__PURE__ */ new TextDecoder();

/** The characters that HTML names and that stand in tokens or next to them. */
// deno-fmt-ignore
const ENTITIES: Readonly<Record<string, string>> = {
  plus: "+", equals: "=", sol: "/", amp: "&", quot: '"', apos: "'", lt: "<", gt: ">", nbsp: " ", colon: ":",
  NewLine: "\n", Tab: "\t", lowbar: "_", num: "#", quest: "?", shy: "\u00ad",
};

/** A character by its number in hexadecimal. A control character is left as it is written: nobody writes one next to a token. */
function character(hex: string): string | undefined {
  const code = parseInt(hex, 16);
  return code > 0x10ffff || code < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(code)
    ? undefined
    : String.fromCodePoint(code);
}

/** What is written in place of a character. No token has any of it, so to undo it never changes a token. */
const ESCAPES: readonly Row[] = [
  ["colours", "(?:\\x1b|\\^\\[|␛)\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)", nothing],
  ["invisible", "[\\p{Default_Ignorable_Code_Point}\\0]", nothing], // NUL: of UTF-16 that was read as another encoding
  [
    "escapes",
    "\\\\(?:u[\\da-fA-F]{4}|[ux]\\{[\\da-fA-F]{1,6}\\}|x[\\da-fA-F]{2}|[nrtfv]|0?[4-7][0-7]|1[0-7]{2}|0(?:1[2-5]|33)|e(?=\\[)|[!-\\/:-@\\[-`\\{-~])",
    (match) => {
      const letter = match[1]!;
      if (/\d/.test(letter)) return character(parseInt(match.slice(1), 8).toString(16));
      if (match.length > 2) return character(match.slice(2).replace(/[{}]/g, ""));
      return { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", e: "\x1b" }[letter] ?? letter;
    },
  ],
  ["percent-encoding", "%(?:u00)?[0-7][\\da-fA-F]", (match) => character(match.slice(-2))],
  [
    "percent-encoding",
    "%[c-fC-F][\\da-fA-F](?:%[89abAB][\\da-fA-F]){1,3}",
    (match) => utf8Text.decode(Uint8Array.from(match.slice(1).split("%"), (hex) => parseInt(hex, 16))),
  ],
  ["entities", "&(?:#\\d{1,7}|#[xX][\\da-fA-F]{1,6}|[A-Za-z]{2,7});", (match) => {
    const name = match.slice(1, -1);
    if (name[0] !== "#") return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    return character(/x/i.test(name) ? name.slice(2) : Number(name.slice(1)).toString(16));
  }],
  // A Secret of Kubernetes, and other places that hold a whole token in base64: it begins with that of 003 to 007 or NETLESS. Or JSON in it.
  ["base64", "(?<![\\w+/-])(?:MDA[0-3z]|TkVUTEVTU|eyJ)[\\w+/-]{20,}={0,2}", (match) => {
    const base64 = match.replaceAll("-", "+").replaceAll("_", "/").replace(/={1,2}$/, "");
    const text = base64.length % 4 === 1 ? "" : atob(base64);
    // deno-lint-ignore no-control-regex -- what no text has
    return /^(?:[!-~]+\s*|\{"[^\0-\x08\x0e-\x1f]+)$/.test(text) ? text : undefined;
  }],
];

const BREAK = "(?:\\r\\n|[\\n\\r\\v\\f\\x85\\u2028\\u2029])";
const BLANK = "[ \\t\\xa0\\u3000]";

/** Breaks of lines, with what continues a line before them, and the marks of a quotation, comment or table after them. */
function breaks(continued: string, marks: string): Row {
  const after = `(?:[ \\t\\xa0\\u3000>|│┃║*]${marks})*`;
  return ["line-breaks", `(?<!${BLANK})${BLANK}*(?:[|│║↵⏎${continued}]${BLANK}*)?(?:${BREAK}${after})+`, nothing];
}

/** What stands between the parts of string literals. Every pattern looks at a run of whitespace once. */
function literals(): readonly Row[] {
  const quotes = "[\"'`“”‘’]";
  const joints = [
    "(?:\\+\\+|<>|\\.{3}|\\|\\||\\.\\.|\\/\\/|[+.&~^\\\\](?:\\s*_(?=\\s))?)", // "a" + "b", "a" . "b", "a" & _ "b"
    "(?:\\)(?:\\s*;)?\\s*(?:[\\w$]{1,40}\\s*)?)?(?:\\.|->)(?:append|Append|concat|Concat|push_str|add|write)\\s*\\(", // "a").append("b"
    "(?:;\\s*)?[\\w.$]{1,40}\\s*(?:[+.]|<<)=", // "a"; name += "b"
    "<<", // "a" << "b"
  ];
  const comment = "(?:(?:\\/\\/|#|--)[^\\n]{0,200}\\n\\s*)?"; // "a" + // the first part
  const next = `${comment}[fFrRbBuUL@$]{0,2}${quotes}{1,3}`;
  return [
    ["string-parts", `${quotes}{1,3}(?:\\s*(?:${joints.join("|")})\\s*${next})+`, nothing],
    ["string-parts", `${quotes}{1,3}\\s*${next}`, nothing], // "a" "b"
    // The items of a list, and code of other kinds: [s appendString:@"b"]. Other lists have texts of their own.
    ["string-parts", `(?<=[\\w+/:-]{16})${quotes}{1,3}[^"'\`“”‘’]{0,60}${quotes}{1,3}(?=[\\w+/=:-])`, nothing],
  ];
}

/** What stands between the parts of a token. */
const JOINTS: readonly Row[] = /* @__PURE__ */ (() => [
  ...literals(),
  breaks("\\\\^`", "|[#\\\\^`](?=\\s)"), // as shells and programs continue lines, too
  ["tags", "<\\/?(?:w?br|b|i|u|em|strong|span|code|mark|font|p|div)\\b[^<>]{0,60}>", nothing] as const,
])();

/** The breaks that terminals and mail programs make last, and so also within an escape or between the parts of a token. */
const WRAPS: readonly (readonly Row[])[] = /* @__PURE__ */ (() => [
  [["line-breaks", `${BREAK}+`, nothing] as const],
  [breaks("", "")],
])();

/** A mail as it is transported: RFC 2045 §6.7. */
const MAIL: readonly Row[] = [["mail", "=\\r?\\n", nothing]];

/** How often a text may have been escaped. */
const MOST_ROUNDS = 8;

/** A text without escapes, and without what joins the parts of string literals. */
export function plainOf(text: string): Layer {
  return changed(unescaped({ text, edits: [] }), literals().slice(0, 1));
}

/** The texts in which a token may stand as a client takes it, each made from `text`. */
export function layersOf(text: string): Layer[] {
  const given: Layer = { text, edits: [] };
  const starts = [given, ...[...WRAPS, MAIL].map((rows) => changed(given, rows)), edited(given, repeatedPrefixes(text))];
  return [...new Set(starts)].flatMap((start) => {
    const plain = unescaped(start);
    const joined = changed(plain, JOINTS);
    const again = unescaped(joined);
    return [...new Set([plain, joined, again === joined ? joined : changed(again, JOINTS)])];
  });
}

/** A text without escapes, however often it was escaped. */
function unescaped(layer: Layer): Layer {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = changed(layer, ESCAPES);
    if (next === layer) break;
    layer = next;
  }
  return layer;
}

/** A part of a text, and what takes its place. */
type Match = Pick<Edit, "what" | "from" | "to"> & { readonly replacement: string };

/** A text with every match of the rows replaced. */
function changed(below: Layer, rows: readonly Row[]): Layer {
  const pattern = new RegExp(rows.map(([, pattern]) => `(${pattern})`).join("|"), "gu");
  const matches: Match[] = [];
  for (let match = pattern.exec(below.text); match !== null; match = pattern.exec(below.text)) {
    const row = match.findIndex((group, index) => index > 0 && group !== undefined) - 1;
    const [what, , plain] = rows[row]!;
    const replacement = plain(match[0]);
    if (replacement !== undefined) matches.push({ what, from: match.index, to: match.index + match[0].length, replacement });
  }
  return edited(below, matches);
}

/** A text with parts replaced; the same layer where there are none. */
function edited(below: Layer, matches: readonly Match[]): Layer {
  if (matches.length === 0) return below;
  const edits: Edit[] = [];
  const parts: string[] = [];
  let [kept, at] = [0, 0];
  for (const { what, from, to, replacement } of matches) {
    parts.push(below.text.slice(kept, from), replacement);
    at += from - kept;
    edits.push({ what, at, length: replacement.length, from, to });
    at += replacement.length;
    kept = to;
  }
  parts.push(below.text.slice(kept));
  return { text: parts.join(""), edits, below };
}

/** Where a part of a layer's text stands in the text as it was given. */
export function originOf(layer: Layer, start: number, end: number): Origin {
  const undone: Wrapping[] = [];
  for (let at = layer; at.below !== undefined; at = at.below) {
    const { edits } = at;
    const first = firstFrom(edits, start);
    for (let i = first; i < edits.length && edits[i]!.at <= end; i++) {
      const { what, at, length } = edits[i]!;
      // Next to the token, an escaped quote or a colour belongs to it; a line break does not.
      const isJoint = JOINTS.some(([joint]) => joint === what);
      if (!isJoint || at > start && at + length < end) undone.push(what);
    }
    [start, end] = [placeBelow(edits, start).from, placeBelow(edits, end - 1).to];
  }
  return { start, end, undone: [...new Set(undone.reverse())] };
}

/** Whether something was removed before a character of a layer's text, so that it did not follow the one before it. */
export function isJoint(layer: Layer, place: number): boolean {
  for (let at = layer; at.below !== undefined; at = at.below) {
    for (let i = firstFrom(at.edits, place); i < at.edits.length && at.edits[i]!.at <= place; i++) {
      if (at.edits[i]!.length === 0) return true;
    }
    place = placeBelow(at.edits, place).from;
  }
  return false;
}

/** The index of the first edit that ends at or after a place. */
function firstFrom(edits: readonly Edit[], place: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { at, length } = edits[middle]!;
    if (at + length < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where one character stands in the text below. */
function placeBelow(edits: readonly Edit[], place: number): { from: number; to: number } {
  let index = firstFrom(edits, place);
  // Parts that end here stand before the character.
  while (index < edits.length && edits[index]!.at + edits[index]!.length <= place) index++;
  const edit = edits[index];
  if (edit !== undefined && edit.at <= place) return edit;
  const before = edits[index - 1];
  const from = before === undefined ? place : before.to + place - before.at - before.length;
  return { from, to: from + 1 };
}
