import { encodeHex } from "./hex.ts";
import { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
import { type Bytes, equalBytes, utf8 } from "./bytes.ts";
import { pathOf, pathWithin, type Span, type SpanType } from "./span.ts";

// A byte order mark is part of the text and is kept. Marked as pure, so that bundlers drop it where nothing is read.
const lenientText = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** How many texts that are not UTF-8 are kept as bytes: those of a forged token may be as many as its bytes. */
const MOST_UNDECODED = 100;

/**
 * Reads little-endian fields one after the other and never past the end. Given a list, it records each field as a
 * {@linkcode Span}; without one, reading costs nothing more.
 */
export class Reader {
  /** Whether the entries of a map, or the services, are in another order than the official code packs them in. */
  isUnordered = false;
  /** Raw bytes of the texts that are not UTF-8, by path: of the first hundred. */
  readonly undecoded: Record<string, Bytes> = {};
  #undecodedCount = 0;
  readonly #bytes: Bytes;
  readonly #spans: Span[] | undefined;
  readonly #path: (string | number)[] = [];
  /** The path of what is entered; made when a field in it first wants it. */
  #entered: string | undefined;
  #position = 0;
  #end: number;

  constructor(bytes: Bytes, spans?: Span[]) {
    this.#bytes = bytes;
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

  /** What follows is in this part of the data: a field, or the index of an entry. */
  enter(part: string | number): void {
    this.#path.push(part);
    this.#entered = undefined;
  }

  /** The part entered last ends. */
  leave(): void {
    this.#path.pop();
    this.#entered = undefined;
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
  path(field: string | number): string {
    this.#entered ??= pathOf(this.#path);
    return pathWithin(this.#entered, field);
  }

  /** An unsigned 16-bit number. */
  u16(field: string | number): number {
    const at = this.#take(field, 2);
    const value = this.#bytes[at]! | this.#bytes[at + 1]! << 8;
    this.#record(field, "u16", at, value);
    return value;
  }

  /** A signed 16-bit number. */
  i16(field: string | number): number {
    const at = this.#take(field, 2);
    const value = (this.#bytes[at]! | this.#bytes[at + 1]! << 8) << 16 >> 16;
    this.#record(field, "i16", at, value);
    return value;
  }

  /** An unsigned 32-bit number. */
  u32(field: string | number): number {
    const at = this.#take(field, 4);
    const bytes = this.#bytes;
    const value = (bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16 | bytes[at + 3]! << 24) >>> 0;
    this.#record(field, "u32", at, value);
    return value;
  }

  /** Length-prefixed raw bytes, in the buffer itself. */
  bytes(field: string | number): Bytes {
    const start = this.#position;
    const at = this.#prefixed(field);
    const value = this.#bytes.subarray(at, this.#position);
    if (this.#spans !== undefined) this.#record(field, "bytes", start, encodeHex(value));
    return value;
  }

  /** Length-prefixed UTF-8 text. Bytes that are not UTF-8 read as U+FFFD and are kept in {@linkcode undecoded}. */
  str(field: string | number): string {
    const start = this.#position;
    const at = this.#prefixed(field);
    const text = asciiText(this.#bytes, at, this.#position) ?? this.#unicode(field, at);
    this.#record(field, "str", start, text);
    return text;
  }

  #unicode(field: string | number, at: number): string {
    const raw = this.#bytes.subarray(at, this.#position);
    const text = lenientText.decode(raw);
    if (this.#undecodedCount === MOST_UNDECODED) return text;
    // U+FFFD may also stand in the text itself. (A decoder that throws takes 20 µs for each text that is not UTF-8.)
    if (!text.includes("\ufffd") || equalBytes(utf8(text), raw)) return text;
    this.#undecodedCount++;
    this.undecoded[this.path(field)] = raw.slice();
    return text;
  }

  /** A field of fixed width, without a length before it: `length` characters that are `valid`. */
  chars(name: string, length: number, valid: (text: string) => boolean, expected: string): string {
    const start = this.#position;
    const text = lenientText.decode(this.#bytes.subarray(this.#take(name, length), this.#position));
    if (!valid(text)) {
      this.#position = start;
      const field = this.path(name);
      throw this.#error("malformed-field", field, `"${field}" at byte ${start} must be ${expected}`, { expected });
    }
    this.#record(name, "chars", start, text);
    return text;
  }

  /** All remaining bytes, as one span; no span where none remain. */
  rest(name: string, type: "unknown" | "fault"): Bytes {
    const start = this.#position;
    const value = this.#bytes.subarray(this.#take(name, this.remaining), this.#position);
    if (value.length > 0) this.#record(name, type, start);
    return value;
  }

  /** Takes the length of a field, and as many bytes; returns where they are. */
  #prefixed(field: string | number): number {
    const start = this.#take(field, 2);
    const length = this.#bytes[start]! | this.#bytes[start + 1]! << 8;
    if (length <= this.remaining) return this.#take(field, length);
    // The field begins at its length: where it is truncated, the length is unread again.
    this.#position = start;
    return this.#take(field, 2 + length);
  }

  /** Takes some bytes; returns where they are. */
  #take(field: string | number, length: number): number {
    const start = this.#position;
    if (length > this.remaining) {
      const path = this.path(field);
      const expected = `${length} bytes`;
      const message = `The content ends inside "${path}" at byte ${start}: ${expected} are wanted, ${this.remaining} are left`;
      throw this.#error("truncated", path, message, { expected, actual: `${this.remaining} bytes` });
    }
    this.#position = start + length;
    return start;
  }

  /** All remaining bytes, as the fault of a field by its full path. */
  fault(path: string): void {
    this.#path.length = 0;
    this.#entered = undefined;
    this.rest(path, "fault");
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

  #record(field: string | number, type: SpanType, start: number, value?: number | string): void {
    if (this.#spans === undefined) return;
    const span: Span = { path: this.path(field), type, start, end: this.#position };
    if (value !== undefined) span.value = value;
    this.#spans.push(span);
  }
}

/** The text of bytes that are all ASCII; `undefined` for others, and for a long text, which `TextDecoder` decodes faster. */
function asciiText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > 64) return undefined;
  for (let at = start; at < end; at++) if (bytes[at]! > 0x7f) return undefined;
  let text = "";
  let at = start;
  // Eight at a time: each addition makes a string.
  for (; at + 8 <= end; at += 8) {
    text += String.fromCharCode(
      bytes[at]!,
      bytes[at + 1]!,
      bytes[at + 2]!,
      bytes[at + 3]!,
      bytes[at + 4]!,
      bytes[at + 5]!,
      bytes[at + 6]!,
      bytes[at + 7]!,
    );
  }
  for (; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
