import { encodeHex } from "@std/encoding/hex";
import { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
import { defined } from "../validate.ts";
import { decodeCanonicalBase64 } from "./base64.ts";
import { type Bytes, concatBytes, utf8 } from "./bytes.ts";
import type { Span, SpanType } from "./span.ts";

// A byte order mark is part of the text and is kept. Marked as pure, so that bundlers drop them where nothing is read.
const strictText = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientText = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads little-endian fields one after the other and never past the end. Given a list, it records each field as a
 * {@linkcode Span}; without one, reading costs nothing more.
 */
export class Reader {
  /** Raw bytes of the texts that are not UTF-8, by path. */
  readonly undecoded: Record<string, Bytes> = {};
  readonly #bytes: Bytes;
  readonly #view: DataView;
  readonly #spans: Span[] | undefined;
  readonly #path: string[] = [];
  #position = 0;
  #end: number;

  constructor(bytes: Bytes, spans?: Span[]) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#spans = spans;
    this.#end = bytes.length;
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.#position;
  }

  /** How many bytes remain. */
  get remaining(): number {
    return this.#end - this.#position;
  }

  /** Puts `segment` before the paths of the fields that `read` reads. */
  within<T>(segment: string, read: () => T): T {
    this.#path.push(segment);
    try {
      return read();
    } finally {
      this.#path.pop();
    }
  }

  /** Lets `read` read at most the next `length` bytes: a message within the content. */
  bounded<T>(name: string, length: number, read: () => T): T {
    if (length > this.remaining) this.#take(name, length);
    const end = this.#end;
    this.#end = this.#position + length;
    try {
      return read();
    } finally {
      this.#end = end;
    }
  }

  /** The full path of a field at this place. */
  path(name: string): string {
    return [...this.#path, name].join(".").replaceAll(".[", "[");
  }

  /** An unsigned 16-bit number. */
  u16(name: string): number {
    return this.#number(name, "u16", 2, (at) => this.#view.getUint16(at, true));
  }

  /** A signed 16-bit number. */
  i16(name: string): number {
    return this.#number(name, "i16", 2, (at) => this.#view.getInt16(at, true));
  }

  /** An unsigned 32-bit number. */
  u32(name: string): number {
    return this.#number(name, "u32", 4, (at) => this.#view.getUint32(at, true));
  }

  /** Length-prefixed raw bytes. */
  bytes(name: string): Bytes {
    const start = this.#position;
    const value = this.#prefixed(name);
    this.#record(name, "bytes", start, () => encodeHex(value));
    return value;
  }

  /** Length-prefixed UTF-8 text. Bytes that are not UTF-8 read as U+FFFD and are kept in {@linkcode undecoded}. */
  str(name: string): string {
    const start = this.#position;
    const raw = this.#prefixed(name);
    let text: string;
    try {
      text = strictText.decode(raw);
    } catch {
      text = lenientText.decode(raw);
      this.undecoded[this.path(name)] = raw.slice();
    }
    this.#record(name, "str", start, () => text);
    return text;
  }

  /** A field of fixed width, without a length before it: `length` characters that are `valid`. */
  chars(name: string, length: number, valid: (text: string) => boolean, expected: string): string {
    const start = this.#position;
    const text = lenientText.decode(this.#take(name, length));
    if (!valid(text)) {
      this.#position = start;
      const field = this.path(name);
      throw this.#error("malformed-field", field, `"${field}" at byte ${start} must be ${expected}`, { expected });
    }
    this.#record(name, "chars", start, () => text);
    return text;
  }

  /** All remaining bytes, as one span; no span where none remain. */
  rest(name: string, type: "unknown" | "fault"): Bytes {
    const start = this.#position;
    const value = this.#take(name, this.remaining);
    if (value.length > 0) this.#record(name, type, start);
    return value;
  }

  #number(name: string, type: SpanType, size: number, read: (at: number) => number): number {
    const start = this.#position;
    this.#take(name, size);
    const value = read(start);
    this.#record(name, type, start, () => value);
    return value;
  }

  #prefixed(name: string): Bytes {
    const start = this.#position;
    this.#take(name, 2);
    const length = this.#view.getUint16(start, true);
    // The field begins at its length: where it is truncated, the length is unread again.
    if (length > this.remaining) {
      this.#position = start;
      return this.#take(name, 2 + length);
    }
    return this.#take(name, length);
  }

  #take(name: string, length: number): Bytes {
    const start = this.#position;
    if (length > this.remaining) {
      const field = this.path(name);
      const expected = `${length} bytes`;
      const message = `The content ends inside "${field}" at byte ${start}: ${expected} are wanted, ${this.remaining} are left`;
      throw this.#error("truncated", field, message, { expected, actual: `${this.remaining} bytes` });
    }
    this.#position = start + length;
    return this.#bytes.subarray(start, this.#position);
  }

  /** Refuses bytes after the last field, for formats that allow none. */
  finish(): void {
    if (this.remaining === 0) return;
    const message = `${this.remaining} bytes follow the last field at byte ${this.#position}`;
    throw this.#error("malformed-field", "trailing", message);
  }

  /** An error at this place. */
  #error(code: AgoraTokenErrorCode, field: string, message: string, details?: AgoraTokenErrorDetails): AgoraTokenError {
    return new AgoraTokenError(code, message, { field, offset: this.#position, ...details });
  }

  #record(name: string, type: SpanType, start: number, value?: () => number | string): void {
    this.#spans?.push({ path: this.path(name), type, start, end: this.#position, ...defined({ value: value?.() }) });
  }
}

/** What reading a text gives: the data, and the bytes it was read from. */
export interface Reading<Token> {
  /** The data; with an `error`, what was read before it. */
  token: Partial<Token>;
  /** The bytes that the spans describe. */
  bytes: Bytes;
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
    return { token, bytes };
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    reader.rest(error.field ?? "", "fault");
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
