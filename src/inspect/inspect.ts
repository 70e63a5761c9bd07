import { MAX_PAYLOAD } from "../formats/access_token2/pack.ts";
import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { integer, onlyKeys, record, string } from "../validate.ts";
import { engine } from "../runtime/choose.ts";
import type { Reading } from "../bytes/reader.ts";
import type { Span } from "../bytes/span.ts";
import { type Finding, finding } from "./findings.ts";
import type { Format } from "./format.ts";
import { detectFormat, type ParsedToken, type Version } from "./formats.ts";

/** Options of every function that reads a token. */
export interface ReadOptions {
  /** The largest content that is read, in bytes; 1 MiB if omitted. A compressed token is measured while it inflates. */
  maxPayload?: number;
}

/** Everything that can be seen in a text, whether or not it is a whole token. */
export interface Inspection {
  /** The format, where the text is of a known one. */
  version?: Version;
  /** The name of the format, as `AccessToken2`. */
  title?: string;
  /** The token, where all of it could be read. */
  token?: ParsedToken;
  /** What could be read before the fault, where there is one. */
  partial?: Partial<ParsedToken>;
  /**
   * The bytes that the spans describe: for 007 the inflated payload; for 006 and 005 the characters before the base64, then
   * what it decodes to; for the others the characters of the text.
   */
  bytes: Uint8Array<ArrayBuffer>;
  /** The fields of `bytes`: in order, without gap or overlap, also up to and behind a fault. */
  spans: Span[];
  /** What there is to say about the content. */
  findings: Finding[];
  /** Why the text is not a whole token. */
  error?: AgoraTokenError;
}

/**
 * Reads a token of any version into data. It proves nothing: anyone can make a token that parses. `verifyToken` says
 * whether it is genuine and alive.
 *
 * @param text The token.
 * @param options The size bound.
 * @returns The data; its `version` tells the formats apart.
 * @throws {AgoraTokenError} For a text that is not one whole, canonically encoded token; `code` and `offset` tell why and where.
 *
 * @example What does this token allow?
 * ```ts
 * import { parseToken, RtmTokenBuilder2 } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const text = await RtmTokenBuilder2.buildToken("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210", "bob", 60);
 * const token = await parseToken(text);
 * assertEquals(token.version === "007" && token.services, [{ type: "rtm", userId: "bob", privileges: { login: 60 } }]);
 * ```
 */
export async function parseToken(text: string, options: ReadOptions = {}): Promise<ParsedToken> {
  const { reading } = await readToken(text, options);
  if (reading.error !== undefined) throw reading.error;
  return reading.token as ParsedToken;
}

/**
 * Reads as much of a text as can be read: data, bytes and named spans, and the fault where there is one. Never throws on
 * content, and proves nothing.
 *
 * @param text The text.
 * @param options The size bound.
 * @returns What is there.
 *
 * @example Where does a damaged token break?
 * ```ts
 * import { inspectToken } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const { error } = await inspectToken("007eJw=");
 * assertEquals(error?.code, "malformed-zlib");
 * ```
 */
export async function inspectToken(text: string, options: ReadOptions = {}): Promise<Inspection> {
  return inspectionOf(await readToken(text, options, []));
}

/** What one reading of a text shows. */
export function inspectionOf({ format, spans, reading: { token, bytes, error } }: Read): Inspection {
  const version = format === undefined ? {} : { version: format.version, title: format.title };
  if (error !== undefined) return { ...version, partial: token, bytes, spans, findings: [unreadable(error)], error };
  const findings = format!.remarks(token as ParsedToken);
  const byPath = spansByPath(spans);
  for (const found of findings) {
    const span = byPath.get(found.field);
    if (span !== undefined) found.span = { start: span.start, end: span.end };
  }
  return { ...version, token: token as ParsedToken, bytes, spans, findings };
}

/** The first span of each path. */
export function spansByPath(spans: readonly Span[]): Map<string | undefined, Span> {
  return new Map(spans.toReversed().map((span) => [span.path, span]));
}

/** One reading of a text: all that is said of it comes from here. */
export interface Read {
  /** What was read. */
  text: string;
  /** The format, where the text has one. */
  format?: Format<Version, ParsedToken>;
  /** What the format read. */
  reading: Reading<ParsedToken>;
  /** The fields in their order, where they were wanted. */
  spans: Span[];
}

/**
 * Reads a text.
 *
 * @param spans Takes the fields in their order; without it, nobody wants them.
 */
export async function readToken(
  text: string,
  options: { maxPayload?: number | undefined },
  spans?: Span[],
): Promise<Read> {
  const { maxPayload = MAX_PAYLOAD } = record("options", options) as typeof options;
  onlyKeys(options, ["maxPayload"], "options.");
  integer("maxPayload", maxPayload, 1, Number.MAX_SAFE_INTEGER);
  const format = detectFormat(string("text", text));
  if (format instanceof AgoraTokenError) {
    const bytes: Bytes = new Uint8Array(0);
    return { text, reading: { token: {}, bytes, error: format }, spans: [] };
  }
  return { text, format, reading: await format.read(text, maxPayload, engine(), spans), spans: spans ?? [] };
}

/** A fault of the reading, as a finding. */
export function unreadable({ message, field, offset, expected, actual }: AgoraTokenError): Finding {
  return finding("unreadable", `${message}.`, {
    ...(field === undefined ? {} : { field }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(offset === undefined ? {} : { span: { start: offset, end: offset } }),
  });
}
