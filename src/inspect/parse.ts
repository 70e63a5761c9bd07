import type { Bytes } from "../bytes/bytes.ts";
import type { Reading } from "../bytes/reading.ts";
import type { Span } from "../bytes/span.ts";
import { AgoraTokenError } from "../errors.ts";
import { MAX_PAYLOAD } from "../formats/access_token2/pack.ts";
import { MAX_TEXT } from "../formats/common.ts";
import { detectFormat, type Format, type ParsedToken } from "../formats/detect.ts";
import { readsAtOnce } from "../runtime/choose.ts";
import { type Awaitable, chain } from "../runtime/engine.ts";
import { integer, onlyKeys, record, tooLong } from "../validate.ts";

/** Options of every function that reads a token. The two bounds do not depend on each other: each is raised for itself. */
export interface ReadOptions {
  /** The longest text that is read, in characters (UTF-16 units); 65,536 if omitted. */
  maxText?: number;
  /** The largest content that is read, in bytes; 256 KiB if omitted. A compressed token is measured while it inflates. */
  maxPayload?: number;
}

/** The same, as they come out of the options of other functions. */
export type Bounds = { readonly [Name in keyof ReadOptions]?: number | undefined };

/** One reading of a text: all that is said of it comes from here. */
export interface Read {
  /** What was read. */
  readonly text: string;
  /** The format, where the text has one. */
  readonly format?: Format;
  /** What the format read. */
  readonly reading: Reading<ParsedToken>;
  /** The fields in their order, where they were recorded. */
  readonly spans: Span[];
}

/**
 * Reads a token of any version into data. It proves nothing: anyone can make a token that parses. `verifyToken` says
 * whether a certificate made it and whether it is valid now.
 *
 * @param text The token.
 * @param options The bounds of size.
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
  const read = readToken(text, readOptions(options));
  const { reading } = read instanceof Promise ? await read : read;
  if (reading.error !== undefined) throw reading.error;
  return reading.token as ParsedToken;
}

/** Options of reading, checked but for their values. */
export function readOptions(options: unknown): ReadOptions {
  const given = record("options", options);
  onlyKeys(given, ["maxText", "maxPayload"], "options.");
  return given;
}

/**
 * Reads a text once: at once, where the runtime can.
 *
 * @param options The bounds of size are read of it, and nothing else.
 * @param spans Takes the fields in their order; without it, none are recorded.
 */
export function readToken(
  text: string,
  { maxText = MAX_TEXT, maxPayload = MAX_PAYLOAD }: Bounds,
  spans?: Span[],
): Awaitable<Read> {
  integer("maxPayload", maxPayload, 1, Number.MAX_SAFE_INTEGER);
  const format = tooLong("text", text, maxText) ?? detectFormat(text);
  if (format instanceof AgoraTokenError) {
    const bytes: Bytes = new Uint8Array(0);
    return { text, reading: { token: {}, bytes, error: format }, spans: [] };
  }
  const reading = format.read(text, maxPayload, readsAtOnce(), spans);
  return chain(reading, (reading) => ({ text, format, reading, spans: spans ?? [] }));
}
