import { encodeBase64 } from "../../bytes/base64.ts";
import { inflate } from "../../bytes/inflate.ts";
import { read006 } from "../../formats/access_token.ts";
import { decodePayload } from "../../formats/access_token2/decode.ts";
import type { Version } from "../../formats/detect.ts";
import { type ColumnVersion, hasColumnsOf } from "../../formats/dynamic_keys/columns.ts";
import { read005, sizeOf005 } from "../../formats/dynamic_keys/dynamic_key5.ts";
import { readSignaling } from "../../formats/signaling.ts";
import type { Wrapping } from "../findings.ts";

// Where a token that begins at a place of a text ends: its content says so, whatever follows it.

/** A token that was read to its end. */
export interface Ended {
  /** The token as a client takes it. */
  token: string;
  /** Its format. */
  version: Version | "whiteboard";
  /** The place in the text after its last character. */
  end: number;
  /** What had been done to it. */
  undone: Wrapping[];
}

/**
 * How much may still be looked at in vain, in characters and bytes. A text can be made in which every few characters begin something
 * that long looks like a token; from some point on, only tokens of {@linkcode ALWAYS} characters are found in it.
 */
export interface Work {
  /** What is left of it. */
  left: number;
}

/** A text that is searched. */
export interface Search {
  /** The text. */
  readonly text: string;
  /** How much may still be looked at in vain. */
  readonly work: Work;
  /** Whether a character did not follow the one before it in the text as it was given. */
  readonly isJoint: (place: number) => boolean;
}

const ALWAYS = 1024;

/** How a token can begin. The keys 001 and 002 have no version: they are known by their columns, with a time from 2001 to 2033. */
export const START: RegExp =
  /(?=\d{0,39}[a-f])(?=[\da-f]{40}[\dA-Fa-f]{32}1\d{9}[\da-f]{8})|007(?=[\w+/-]{3})|006(?=[\dA-Fa-f]{32}IA)|005(?=[\w+/-]{3}o)|00[34](?=\d{0,39}[a-f])(?=[\da-f]{40}[\dA-Fa-f]{32}\d{10})|1:(?=[\dA-Fa-f]{32}:)|NETLESS(?:SDK|ROOM|TASK)_(?=YWs9)/g;

type End = (search: Search, start: number) => Ended | undefined;

/** How the end is found, by what {@linkcode START} matches. */
export const ENDS: Readonly<Record<string, End>> = {
  "": unnamed,
  "007": compressed,
  "006": measured,
  "005": listed,
  "004": /* @__PURE__ */ columns("004"),
  "003": /* @__PURE__ */ columns("003"),
  "1:": signaling,
  "NETLESSSDK_": whiteboard,
  "NETLESSROOM_": whiteboard,
  "NETLESSTASK_": whiteboard,
};

const WIDTHS: Readonly<Record<ColumnVersion, number>> = { "001": 90, "002": 110, "003": 113, "004": 103 };

/** A key of fixed columns, which stands alone: its characters are also those of other numbers. */
function columns(version: ColumnVersion): End {
  return (search, start) => {
    const end = start + WIDTHS[version];
    if (!isApart(search, start) || !isApart(search, end)) return undefined;
    const token = search.text.slice(start, end);
    return hasColumnsOf(version, token) ? { token, version, end, undone: [] } : undefined;
  };
}

/** A key without a version, or one whose version only looks like its first digits. */
function unnamed(search: Search, start: number): Ended | undefined {
  const { text } = search;
  const found = columns("002")(search, start) ?? columns("001")(search, start);
  return found ?? (text.startsWith("00", start) ? ENDS[text.slice(start, start + 3)]?.(search, start) : undefined);
}

function signaling(search: Search, start: number): Ended | undefined {
  const [token] = /^1:[\dA-Fa-f]{32}:\d{1,10}:[\da-f]{32}/.exec(search.text.slice(start, start + 78)) ?? [];
  const isLater = /\d/.test(search.text.charAt(start - 1)) && !search.isJoint(start); // as 11:…
  if (token === undefined || isLater || !isApart(search, start + token.length)) return undefined;
  const { error } = readSignaling(token, Infinity, true);
  return error === undefined ? { token, version: "signaling", end: start + token.length, undone: [] } : undefined;
}

/** The content of a whiteboard token: that of all characters which go on, or up to the signature or the UUID after it. */
const QUERIES = [
  /^ak=[\w.!~*'()%+&=-]*&sig=[\da-f]{64}(?:&[\w.!~*'()%+&=-]*)?$/,
  /^ak=[\w.!~*'()%+&=-]*?&sig=[\da-f]{64}(?:&uuid=(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}))?/,
];

/** A token of the whiteboard: its query says where it ends. */
function whiteboard(search: Search, start: number): Ended | undefined {
  const { text } = search;
  const head = text.indexOf("_", start) + 1 - start;
  const run = runAt(search, start, head, ALWAYS);
  const binary = binaryOf(run);
  const [query] = QUERIES[0]!.exec(binary) ?? QUERIES[1]!.exec(binary) ?? [];
  const isNamed = head === 11 || query?.includes("&uuid="); // NETLESSSDK_ is the shortest, and for no room
  const content = query === undefined ? "" : btoa(query).replaceAll("=", "");
  if (query !== undefined && isNamed && content === standard(run.slice(0, content.length))) {
    const end = start + head + content.length;
    return { token: text.slice(start, end), version: "whiteboard", end, undone: [] };
  }
  search.work.left -= run.length;
  return undefined;
}

/** Whether no letter or digit goes on at a place. */
function isApart({ text, isJoint }: Search, place: number): boolean {
  return isJoint(place) || !/^[\dA-Za-z]{2}/.test(text.slice(Math.max(0, place - 1), place + 1));
}

/** A 007: its stream says where it ends. */
function compressed(search: Search, start: number): Ended | undefined {
  const [method = 0, flags = 0] = bytesOf(runAt(search, start, 3, 3));
  if ((method & 0x8f) !== 0x08 || ((method << 8) | flags) % 31 !== 0) return undefined; // no zlib header
  for (const run of runsAt(search, start, 3)) {
    const bytes = bytesOf(run);
    const { bytes: payload, end, fault } = inflate(bytes, Math.max(16 * ALWAYS, search.work.left));
    const isToken = fault === undefined && decodePayload(payload).error === undefined;
    if (isToken) return closed("007", search.text, start, 3, run, bytes.subarray(0, end));
    search.work.left -= bytes.length + payload.length;
    if (fault !== "truncated") return undefined;
  }
  return undefined;
}

/** A 006: its message says how long it is. */
function measured(search: Search, start: number): Ended | undefined {
  const head = bytesOf(runAt(search, start, 35, 60));
  if (head[0] !== 32 || head[1] !== 0 || head.length < 44) return undefined;
  const size = 44 + head[42]! + 256 * head[43]!;
  const length = Math.ceil(size / 3) * 4;
  if (length > Math.max(ALWAYS, search.work.left)) return undefined;
  const run = runAt(search, start, 35, length);
  search.work.left -= run.length;
  const bytes = bytesOf(run).subarray(0, size);
  const ended = bytes.length < size ? undefined : closed("006", search.text, start, 35, run, bytes);
  if (ended === undefined || read006(ended.token, Infinity, true).error !== undefined) return undefined;
  search.work.left += run.length;
  return ended;
}

/** A 005: its entries say where they end. */
function listed(search: Search, start: number): Ended | undefined {
  const head = bytesOf(runAt(search, start, 3, 64));
  const hasLengths = head[2] === 40 && head[3] === 0 && head[44] === 16 && head[45] === 0;
  if (!hasLengths || !/^[\dA-Fa-f]{40}$/.test(String.fromCharCode(...head.subarray(4, 44)))) return undefined;
  for (const run of runsAt(search, start, 3)) {
    const bytes = bytesOf(run);
    const size = sizeOf005(bytes);
    const ended = size > bytes.length ? undefined : closed("005", search.text, start, 3, run, bytes.subarray(0, size));
    if (ended !== undefined && read005(ended.token, Infinity, true).error === undefined) return ended;
    search.work.left -= bytes.length;
  }
  return undefined;
}

/** Longer and longer parts of the characters of base64 after a token's head, up to all of them. */
function* runsAt(search: Search, start: number, head: number): Generator<string> {
  for (let length = 64, before = -1;; length *= 4) {
    const run = runAt(search, start, head, Math.min(length, Math.max(ALWAYS, search.work.left)));
    if (run.length === before) return;
    yield run;
    before = run.length;
  }
}

/** The characters of base64 after a token's head, of either alphabet; in a query, a space may have been a plus sign. */
function runAt({ text }: Search, start: number, head: number, length: number): string {
  const room = text.slice(start + head, start + head + length);
  return (isInQuery(text, start) ? /^(?:[\w+/-]| (?=[\w+/= -]))*/ : /^[\w+/-]*/).exec(room)![0];
}

/** Whether a place is the value of a parameter, with a question mark or ampersand before its name, or first in the text and last or with one after it. */
function isInQuery(text: string, start: number): boolean {
  if (text[start - 1] !== "=") return false;
  const before = /([?&]|^)[\w.-]{1,40}=$/.exec(text.slice(Math.max(0, start - 42), start));
  return before !== null && (before[1] !== "" || /^[\w+/= -]+(?:&|$)/.test(text.slice(start)));
}

/** A token of base64 whose bytes are known, if it is written as they are: without stray bits, and with its padding or none at all. */
function closed(
  version: Version,
  text: string,
  start: number,
  head: number,
  run: string,
  bytes: Uint8Array,
): Ended | undefined {
  const encoded = encodeBase64(bytes);
  const content = encoded.replace(/={1,2}$/, "");
  const raw = run.slice(0, content.length);
  if (content !== standard(raw)) return undefined;
  const end = start + head + content.length;
  const signs = encoded.length - content.length;
  const rest = text.slice(end, end + 3 * signs);
  const padding = new RegExp(`^(?:(?:=3[Dd]){${signs}}|={0,${signs}})`).exec(rest)![0];
  const isBare = padding.length < signs;
  if (isBare && run.length > content.length) return undefined; // the run goes on: more bytes follow
  const undone = [
    [/ /.test(raw), "spaces"],
    [/[-_]/.test(raw), "url-safe-base64"],
    [padding.length > signs, "mail"],
    [isBare, "padding"],
  ] as const;
  return {
    token: text.slice(start, start + head) + encoded,
    version,
    end: end + padding.length,
    undone: undone.filter(([is]) => is).map(([, what]) => what),
  };
}

/** Either alphabet as the standard one, and the spaces of a query as plus signs. */
function standard(base64: string): string {
  return base64.replace(/[- ]/g, "+").replaceAll("_", "/");
}

/** The bytes of base64 of either alphabet, without padding; each as a character. */
function binaryOf(run: string): string {
  return atob(standard(run.length % 4 === 1 ? run.slice(0, -1) : run));
}

/** The same as bytes. */
function bytesOf(run: string): Uint8Array {
  const binary = binaryOf(run);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
