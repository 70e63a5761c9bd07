import { type Bytes, utf8 } from "./bytes.ts";
import { integer, refuse, string, U16_MAX, U32_MAX } from "../validate.ts";

/** Writes little-endian fields into a growing buffer, and refuses every value that its field cannot hold. */
export class Writer {
  #bytes: Bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** An unsigned 16-bit number. */
  u16(field: string, value: unknown): void {
    const checked = integer(field, value, 0, U16_MAX);
    const at = this.#grow(2); // before the view is used: growing replaces it
    this.#view.setUint16(at, checked, true);
  }

  /** A signed 16-bit number. */
  i16(field: string, value: unknown): void {
    const checked = integer(field, value, -0x8000, 0x7fff);
    const at = this.#grow(2);
    this.#view.setInt16(at, checked, true);
  }

  /** An unsigned 32-bit number. */
  u32(field: string, value: unknown): void {
    const checked = integer(field, value, 0, U32_MAX);
    const at = this.#grow(4);
    this.#view.setUint32(at, checked, true);
  }

  /** Length-prefixed raw bytes, 65,535 at most. */
  bytes(field: string, value: Uint8Array): void {
    if (value.length > U16_MAX) refuse(field, `at most ${U16_MAX} bytes`, `${value.length} bytes`);
    this.u16(field, value.length);
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  /** Length-prefixed UTF-8 text, 65,535 bytes at most. */
  str(field: string, value: unknown): void {
    this.bytes(field, utf8(string(field, value)));
  }

  /** The bytes written. */
  finish(): Bytes {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room for `size` more bytes and returns where they go. */
  #grow(size: number): number {
    const start = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
