import { AgoraTokenError } from "../errors.ts";
import { decodeCanonicalBase64 } from "./base64.ts";
import { type Bytes, concatBytes, utf8 } from "./bytes.ts";
import { Reader } from "./reader.ts";
import type { Span } from "./span.ts";

/** What reading a text gives: the data, and the bytes it was read from. */
export interface Reading<Token> {
  /** The data; with an `error`, what was read before it. */
  token: Partial<Token>;
  /** The bytes that the spans describe. */
  bytes: Bytes;
  /** Whether what was read is in another order than the official code packs it in. */
  isUnordered?: boolean;
  /** Why the reading stopped. */
  error?: AgoraTokenError;
}

/** A reading, with an error that comes before its own, if there is one. */
export function withError<Token>(reading: Reading<Token>, error: AgoraTokenError | undefined): Reading<Token> {
  return error === undefined ? reading : { ...reading, error };
}

/**
 * Reads fields up to the end or the first error. The bytes that an error leaves unread become one span, named after the field
 * that could not be read.
 *
 * @param token Where `read` puts what it reads.
 */
export function readFields<Token>(
  token: Partial<Token>,
  bytes: Bytes,
  spans: Span[] | undefined,
  read: (reader: Reader) => void,
): Reading<Token> {
  const reader = new Reader(bytes, spans);
  try {
    read(reader);
    return { token, bytes, isUnordered: reader.isUnordered };
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    reader.fault(error.field ?? "");
    return { token, bytes, error };
  }
}

/** Reads the fields of a text that is base64 after its first `head` characters, of at most `limit` bytes in all. */
export function readBase64Fields<Token>(
  token: Partial<Token>,
  [text, head]: readonly [string, number],
  limit: number,
  spans: Span[] | undefined,
  read: (reader: Reader, bytes: Bytes) => void,
): Reading<Token> {
  const { bytes: content, error } = decodeCanonicalBase64(text.slice(head), head);
  const bytes = concatBytes([utf8(text.slice(0, head)), content]);
  const reading = readFields(token, bytes, spans, (reader) => read(reader, bytes));
  if (error !== undefined || bytes.length <= limit) return withError(reading, error);
  const message = `The content has ${bytes.length} bytes, more than ${limit}`;
  return withError(reading, new AgoraTokenError("too-large", message, { expected: `at most ${limit} bytes` }));
}
