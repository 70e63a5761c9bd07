import type { Span } from "../mod.ts";
import { SERVICES } from "../src/formats/access_token2/services.ts";
import type { ShownInspection } from "./shown.ts";
import { inflate } from "../src/bytes/inflate.ts";
import { language, T } from "./language.ts";

/** The group of a span, which has its own colour and pattern. */
export type Group = "version" | "signature" | "envelope" | "service-a" | "service-b" | "unknown" | "fault";

/** The group of a span. The groups of services alternate, so that neighbours differ. */
export function groupOf({ path, type }: Span): Group {
  if (type === "fault" || type === "unknown") return type;
  if (path === "version" || path === "signature") return path;
  if (path === "prefix") return "version"; // that of a whiteboard token
  const index = /^services\[(\d+)\]/.exec(path)?.[1];
  if (index !== undefined) return Number(index) % 2 === 0 ? "service-a" : "service-b";
  return /^(message\.)?(privileges|extra)/.test(path) ? "service-a" : "envelope";
}

/** The name of a field for people. */
export function labelOf({ path }: Pick<Span, "path">): string {
  const isDuration = path.startsWith("services["); // before 007, a privilege has a time
  const own = path.replace(/^services\[\d+\]\./, "");
  const privilege = /^privileges\.(\w+)$/.exec(own)?.[1];
  return T.fields[own] ?? T.whiteboard.fields[own] ??
    (privilege === "count"
      ? T.privilegeCount
      : privilege !== undefined
      ? isDuration ? T.privilegeLife(privilege) : T.privilegeEnd(privilege)
      : /^privileges\[\d+\]$/.test(own)
      ? T.privilege
      : own);
}

/** The name of a number that is the type of a service or a privilege. */
export function numberMeaning({ path, value }: Span, { token, partial }: ShownInspection): string | undefined {
  const data = token ?? partial;
  if (data?.version !== "007") return undefined;
  const [, index, field] = /^services\[(\d+)\]\.(type|privileges\[\d+\])$/.exec(path) ?? [];
  if (index === undefined) return undefined;
  const type = data.services?.[Number(index)]?.type;
  if (field === "type") {
    const words = type && language.services[type];
    return words === undefined ? T.unknownService : T.fact(words.title, words.about);
  }
  const privileges = SERVICES.find(({ name }) => name === type)?.privileges ?? {};
  return Object.keys(privileges).find((name) => privileges[name] === value);
}

/** What a field means, in a few words: from the table of services, or the texts. */
export function meaningOf(span: Span, inspection: ShownInspection): string {
  if (inspection.version === "whiteboard") return inspection.meanings[span.path] ?? "";
  const number = numberMeaning(span, inspection);
  if (number !== undefined) return number;
  const data = inspection.token ?? inspection.partial;
  const [, index, field] = /^services\[(\d+)\]\.(\w+)/.exec(span.path) ?? [];
  if (index !== undefined && data?.version === "007") {
    const type = data.services?.[Number(index)]?.type;
    const about = type && language.services[type].fields[field!];
    if (about !== undefined) return about;
  }
  return T.meanings[span.path] ?? T.meanings[span.type] ?? "";
}

/** A part of the token's text, with the spans that it encodes; none for what packing adds. */
export interface TextSegment {
  /** The first character. */
  start: number;
  /** After the last character. */
  end: number;
  /** The indexes of the spans in the inspection. */
  spans: number[];
  /** Whether it is the rest of the text from a character that is not allowed. */
  isFault?: boolean;
}

/** Which characters of a token's text encode which spans: by column, by base64, or by tracing the compressed bits. */
export function textSegments(text: string, { version, bytes, spans }: ShownInspection): TextSegment[] {
  const owner = new Int32Array(bytes.length);
  spans.forEach(({ start, end }, index) => owner.fill(index, start, end));
  const isWhiteboard = version === "whiteboard";
  const plain = isWhiteboard ? spans[0]?.end ?? 0 : version === "006" ? 35 : 3;
  const isBase64 = isWhiteboard || version === "007" || version === "006" || version === "005";
  const whole = isBase64 ? plain + text.slice(plain).search(isWhiteboard ? /=|$/ : /[^A-Za-z0-9+/]|$/) : text.length;
  const end = /^=*$/.test(text.slice(whole)) ? text.length : whole;

  // A character encodes neighbouring bytes, so its spans are a range; after the end it has none.
  const [first, last] = [new Int32Array(end + 1).fill(-1), new Int32Array(end + 1).fill(-1)];
  const hold = (at: number, byte: number) => {
    if (byte >= owner.length || at >= end) return;
    if (first[at] === -1) first[at] = owner[byte]!;
    last[at] = Math.max(last[at]!, owner[byte]!);
  };
  if (version === "007") {
    holdPacked(text.slice(plain, whole), owner.length, (at, byte) => hold(plain + at, byte));
  } else {
    const columns = isBase64 ? plain : whole;
    for (let at = 0; at < columns; at++) hold(at, at);
    // Four characters of base64 are three bytes, so that a character may belong to two.
    for (let at = columns; at < whole; at++) {
      hold(at, plain + ((6 * (at - plain)) >> 3));
      hold(at, plain + ((6 * (at - plain) + 5) >> 3));
    }
  }

  const segments: TextSegment[] = [];
  for (let start = 0, at = 1; at <= end; at++) {
    const isPrefixEnd = version === "007" && at === plain;
    if (at < end && first[at] === first[start] && last[at] === last[start] && !isPrefixEnd) continue;
    const from = first[start]!;
    segments.push({
      start,
      end: at,
      spans: from < 0 ? [] : Array.from({ length: last[start]! - from + 1 }, (_, i) => from + i),
    });
    start = at;
  }
  if (end < text.length) segments.push({ start: end, end: text.length, spans: [], isFault: true });
  return segments;
}

/** The most bytes that a block of DEFLATE gives at once. */
const LARGEST_PART = 65_535;

/** Which characters have bits of which byte of the output, up to a number of bytes. */
function holdPacked(base64: string, limit: number, hold: (at: number, byte: number) => void): void {
  const stream = bytesOf(base64).subarray(2); // after the zlib header
  const bits = new Uint32Array(2 * limit);
  const length = Math.min(limit, inflate(stream, limit + LARGEST_PART, "raw", bits).bytes.length);
  for (let byte = 0; byte < length; byte++) {
    for (let bit = bits[2 * byte]! + 16; bit < bits[2 * byte + 1]! + 16; bit++) {
      // Base64 counts a byte's bits from the highest, DEFLATE from the lowest.
      hold(Math.floor(((bit & ~7) + 7 - (bit & 7)) / 6), byte);
    }
  }
}

/** The bytes of a base64 text without padding; a last character that makes no whole byte is ignored. */
function bytesOf(base64: string): Uint8Array {
  const whole = base64.length % 4 === 1 ? base64.slice(0, -1) : base64;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}
