/** How a span's bytes are read. Integers are little-endian. */
export type SpanType =
  /** Unsigned, 2 bytes. */
  | "u16"
  /** Unsigned, 4 bytes. */
  | "u32"
  /** Signed, 2 bytes. */
  | "i16"
  /** A 2-byte length, then that many bytes of UTF-8 text. */
  | "str"
  /** A 2-byte length, then that many raw bytes. */
  | "bytes"
  /** Characters at a fixed place, without a length. */
  | "chars"
  /** Bytes that belong to no known field: a service of an unknown type, or bytes after the last field. */
  | "unknown"
  /** All bytes from the field that could not be read. */
  | "fault";

/**
 * One field of a token: where its bytes are and what they mean. The spans of a token are in order, without gap or overlap,
 * and cover all its bytes, also where the reading stopped early.
 */
export interface Span {
  /** The path of the field, as `services[0].privileges.joinChannel`. */
  path: string;
  /** How the bytes are read. */
  type: SpanType;
  /** Offset of the first byte. */
  start: number;
  /** Exclusive end: the offset after the last byte. */
  end: number;
  /** The value as read: a number, a text, or raw bytes in hex. Absent for `unknown` and `fault`. */
  value?: number | string;
}

/** The path of a field: names, and the indexes of entries. */
export function pathOf(parts: readonly (string | number)[]): string {
  let path = "";
  for (const part of parts) path = pathWithin(path, part);
  return path;
}

/** The path of a field or an entry within what has a path. */
export function pathWithin(path: string, part: string | number): string {
  return typeof part === "number" ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`;
}
