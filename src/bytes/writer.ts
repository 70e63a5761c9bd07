import { type Bytes, utf8 } from "./bytes.ts";
import { pathOf } from "./span.ts";
import { array, integer, record, refuse, string, U16_MAX, U32_MAX } from "../validate.ts";

/**
 * Writes little-endian fields into a growing buffer, and refuses every value that its field cannot hold. Paths of fields are
 * made for errors only.
 */
export class Writer {
  #bytes: Bytes = new Uint8Array(512);
  #length = 0;
  readonly #path: (string | number)[] = [];

  /** Forgets what was written, but for room for `length` bytes at the start; the buffer is used again. */
  restart(length: number): this {
    this.#length = length;
    this.#path.length = 0;
    return this;
  }

  /** What follows is in this part of the data: a field, or the index of an entry. */
  enter(part: string | number): void {
    this.#path.push(part);
  }

  /** The part entered last ends. */
  leave(): void {
    this.#path.pop();
  }

  /** The path of the part at hand, or of a field in it. */
  path(field?: string | number): string {
    return pathOf(field === undefined ? this.#path : [...this.#path, field]);
  }

  /** An object that is a field. */
  record(field: string | number, value: unknown): Record<string, unknown> {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return record(this.path(field), value);
  }

  /** An array that is a field. */
  array(field: string | number, value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : array(this.path(field), value);
  }

  /** An unsigned 16-bit number. */
  u16(field: string | number, value: unknown): void {
    const number = this.#integer(field, value, 0, U16_MAX);
    const at = this.#grow(2); // before the bytes are used: growing replaces them
    this.#bytes[at] = number;
    this.#bytes[at + 1] = number >>> 8;
  }

  /** A signed 16-bit number. */
  i16(field: string | number, value: unknown): void {
    this.u16(field, this.#integer(field, value, -0x8000, 0x7fff) & U16_MAX);
  }

  /** An unsigned 32-bit number. */
  u32(field: string | number, value: unknown): void {
    const number = this.#integer(field, value, 0, U32_MAX);
    const at = this.#grow(4);
    const bytes = this.#bytes;
    bytes[at] = number;
    bytes[at + 1] = number >>> 8;
    bytes[at + 2] = number >>> 16;
    bytes[at + 3] = number >>> 24;
  }

  /** Length-prefixed raw bytes, 65,535 at most. */
  bytes(field: string | number, value: Uint8Array): void {
    this.u16(field, this.#size(field, value.length));
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  /** Length-prefixed UTF-8 text, 65,535 bytes at most. A lone surrogate becomes U+FFFD, as in the official JavaScript code. */
  str(field: string | number, value: unknown): void {
    const text = typeof value === "string" ? value : string(this.path(field), value);
    const start = this.#grow(2 + text.length);
    const bytes = this.#bytes;
    let size = 0;
    for (let at = start + 2; size < text.length; size++) {
      const unit = text.charCodeAt(size);
      if (unit > 0x7f) return this.#unicode(field, text, start);
      bytes[at++] = unit;
    }
    this.#size(field, size);
    bytes[start] = size;
    bytes[start + 1] = size >>> 8;
  }

  /** The bytes written, in the buffer itself. */
  written(): Bytes {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The bytes written. */
  finish(): Bytes {
    return this.#bytes.slice(0, this.#length);
  }

  /** A text that is not ASCII. */
  #unicode(field: string | number, text: string, start: number): void {
    this.#length = start;
    this.bytes(field, utf8(text));
  }

  #integer(field: string | number, value: unknown, min: number, max: number): number {
    if (Number.isInteger(value) && value as number >= min && value as number <= max) return value as number;
    return integer(this.path(field), value, min, max);
  }

  #size(field: string | number, size: number): number {
    return size > U16_MAX ? refuse(this.path(field), `at most ${U16_MAX} bytes`, `${size} bytes`) : size;
  }

  /** Makes room for `size` more bytes and returns where they go. */
  #grow(size: number): number {
    const start = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return start;
  }
}
