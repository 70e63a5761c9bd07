import type { Inspection, Span } from "../mod.ts";
import { SERVICES } from "../src/access_token2/services.ts";
import { T } from "./texts.ts";
import { traceDeflate } from "./deflate_trace.ts";

/** What a span belongs to: it has a colour and a pattern of its own. */
export type Group = "version" | "signature" | "envelope" | "service-a" | "service-b" | "unknown" | "fault";

/** The group of a span. Services take turns, so that neighbours differ. */
export function groupOf({ path, type }: Span): Group {
  if (type === "fault" || type === "unknown") return type;
  if (path === "version" || path === "signature") return path;
  const index = /^services\[(\d+)\]/.exec(path)?.[1];
  if (index !== undefined) return Number(index) % 2 === 0 ? "service-a" : "service-b";
  return /^(message\.)?(privileges|extra)/.test(path) ? "service-a" : "envelope";
}

/** The name of a field for people. */
export function labelOf({ path }: Pick<Span, "path">): string {
  const isDuration = path.startsWith("services["); // before 007, a privilege has a time
  const own = path.replace(/^services\[\d+\]\./, "");
  const privilege = /^privileges\.(\w+)$/.exec(own)?.[1];
  return T.fields[own] ??
    (privilege === "count"
      ? T.privilegeCount
      : privilege !== undefined
      ? isDuration ? T.privilegeLife(privilege) : T.privilegeEnd(privilege)
      : /^privileges\[\d+\]$/.test(own)
      ? T.privilege
      : own);
}

/** A text in which nothing is invisible or turns the direction of writing: a token may hold anything. */
export function visible(text: string): string {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
  return text.replace(hidden, (character) => {
    const hex = character.codePointAt(0)!.toString(16).padStart(4, "0");
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
  });
}

/** What a number stands for, where it is the number of a service or a privilege. */
export function numberMeaning({ path, value }: Span, { token, partial }: Inspection): string | undefined {
  const data = token ?? partial;
  if (data?.version !== "007") return undefined;
  const [, index, field] = /^services\[(\d+)\]\.(type|privileges\[\d+\])$/.exec(path) ?? [];
  if (index === undefined) return undefined;
  const type = data.services?.[Number(index)]?.type;
  const service = SERVICES.find(({ name }) => name === type);
  if (field === "type") return service === undefined ? T.unknownService : `${service.title}: ${service.about}`;
  return Object.entries(service?.privileges ?? {}).find(([, number]) => number === value)?.[0];
}

/** What a field means, in a few words: from the table of services, or the texts. */
export function meaningOf(span: Span, inspection: Inspection): string {
  const number = numberMeaning(span, inspection);
  if (number !== undefined) return number;
  const data = inspection.token ?? inspection.partial;
  const [, index, field] = /^services\[(\d+)\]\.(\w+)/.exec(span.path) ?? [];
  if (index !== undefined && data?.version === "007") {
    const type = data.services?.[Number(index)]?.type;
    const about = SERVICES.find(({ name }) => name === type)?.fields.find(({ name }) => name === field)?.about;
    if (about !== undefined) return about;
  }
  return T.meanings[span.path] ?? T.meanings[span.type] ?? "";
}

/** A stretch of the token's text, with the spans that it encodes; none where it is packing. */
export interface TextSegment {
  /** The first character. */
  start: number;
  /** Behind the last character. */
  end: number;
  /** The places of the spans in the inspection. */
  spans: number[];
  /** Whether it is what the text has from a character on that cannot stand there. */
  isFault?: boolean;
}

/** Which characters of a token's text hold which spans: by column, by base64, or by following the compressed bits. */
export function textSegments(text: string, { version, bytes, spans }: Inspection): TextSegment[] {
  const owner = new Int32Array(bytes.length).fill(-1);
  spans.forEach(({ start, end }, index) => owner.fill(index, start, end));
  const plain = version === "006" ? 35 : 3;
  const isBase64 = version === "007" || version === "006" || version === "005";
  const whole = isBase64 ? plain + text.slice(plain).search(/[^A-Za-z0-9+/]|$/) : text.length;
  const end = /^=*$/.test(text.slice(whole)) ? text.length : whole;
  const perCharacter = version === "007"
    ? [[], [], [], ...packedOwners(text.slice(3, whole), owner)]
    : isBase64
    ? base64Owners(text.slice(0, whole), plain, owner)
    : Array.from(text, (_, at) => [owner[at] ?? -1]);
  const segments: TextSegment[] = [];
  for (let at = 0; at < end; at++) {
    const own = (perCharacter[at] ?? []).filter((index) => index >= 0);
    const last = segments.at(-1);
    const isPrefixEnd = version === "007" && at === 3;
    if (last !== undefined && !isPrefixEnd && sameList(last.spans, own)) last.end = at + 1;
    else segments.push({ start: at, end: at + 1, spans: own });
  }
  if (end < text.length) segments.push({ start: end, end: text.length, spans: [], isFault: true });
  return segments;
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** Four characters of base64 are three bytes, so that a character may belong to two. */
function base64Owners(text: string, plain: number, owner: Int32Array): number[][] {
  return Array.from(text, (_, at) => {
    if (at < plain) return [owner[at] ?? -1];
    const [first, last] = [(6 * (at - plain)) >> 3, (6 * (at - plain) + 5) >> 3];
    return [...new Set([owner[plain + first] ?? -1, owner[plain + last] ?? -1])];
  });
}

/** The characters that hold bits of a span. A symbol of the compressed stream makes neighbours, so that these are ranges. */
function packedOwners(base64: string, owner: Int32Array): number[][] {
  const stream = bytesOf(base64).subarray(2); // behind the zlib header
  const { bits, length } = traceDeflate(stream, owner.length);
  const [first, last] = [new Int32Array(base64.length).fill(-1), new Int32Array(base64.length).fill(-1)];
  for (let byte = 0; byte < length; byte++) {
    for (let bit = bits[2 * byte]! + 16; bit < bits[2 * byte + 1]! + 16; bit++) {
      // Base64 counts a byte's bits from the highest, DEFLATE from the lowest.
      const at = Math.floor(((bit & ~7) + 7 - (bit & 7)) / 6);
      if (first[at] === -1) first[at] = owner[byte]!;
      last[at] = Math.max(last[at]!, owner[byte]!);
    }
  }
  return Array.from(
    first,
    (from, at) => from < 0 ? [] : Array.from({ length: last[at]! - from + 1 }, (_, more) => from + more),
  );
}

/** The bytes of a base64 text without padding; a last character that is no byte is left out. */
function bytesOf(base64: string): Uint8Array {
  const whole = base64.length % 4 === 1 ? base64.slice(0, -1) : base64;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}
