import type { Reader } from "../bytes/reader.ts";
import type { Writer } from "../bytes/writer.ts";
import { AgoraTokenError } from "../errors.ts";
import { refuse, shownKey, U16_MAX } from "../validate.ts";

// In the data a key is a name, or a number without a name; on the wire it is a number.

/**
 * The entries of a map keyed by name or by number, in ascending order of the number.
 *
 * @throws {AgoraTokenError} `invalid-value`: a key that is neither, or one number under two keys.
 */
export function numbered<T>(
  field: string,
  map: Readonly<Record<string, T>>,
  names: Readonly<Record<string, number>>,
): [number, T, path: string, key: string][] {
  const entries = new Map<number, [number, T, string, string]>();
  for (const [key, value] of Object.entries(map)) {
    const path = `${field}.${key}`;
    const number = Object.hasOwn(names, key) ? names[key]! : numberOfKey(`${field}.${shownKey(key)}`, key, names);
    if (entries.has(number)) refuse(path, "given once, by name or by number");
    entries.set(number, [number, value, path, key]);
  }
  return [...entries.values()].sort(([a], [b]) => a - b);
}

function numberOfKey(path: string, key: string, names: Readonly<Record<string, number>>): number {
  if (/^(0|[1-9]\d{0,4})$/.test(key) && Number(key) <= U16_MAX) return Number(key);
  const expected = ["a number from 0 to 65535", ...Object.keys(names)].join(", ");
  throw new AgoraTokenError("invalid-value", `"${path}" has an unknown name: wanted ${expected}`, { field: path, expected });
}

/** The key of a number: its name, or the number in decimal. */
export function keyOf(number: number, names: Readonly<Record<string, number>>): string {
  for (const name in names) if (names[name] === number) return name;
  return String(number);
}

/** Writes a map: how many entries it has, then the number and the value of each, in ascending order. */
export function writeMap(
  writer: Writer,
  field: string,
  map: unknown,
  names: Readonly<Record<string, number>>,
  write: (writer: Writer, key: string, value: unknown) => void,
): void {
  const entries = writer.record(field, map);
  writer.enter(field);
  let keys = Object.keys(entries);
  // Most maps are in order already, and have names only.
  if (!isAscending(keys, names)) keys = numbered(writer.path(), entries, names).map(([, , , key]) => key);
  writer.u16("count", keys.length);
  for (const key of keys) {
    writer.u16(key, Object.hasOwn(names, key) ? names[key] : Number(key));
    write(writer, key, entries[key]);
  }
  writer.leave();
}

/** Whether all keys are names, in ascending order of their numbers. */
function isAscending(keys: readonly string[], names: Readonly<Record<string, number>>): boolean {
  let last = -1;
  for (const key of keys) {
    if (!Object.hasOwn(names, key) || names[key]! <= last) return false;
    last = names[key]!;
  }
  return true;
}

/**
 * Reads a map into `map`, which at an error holds the entries before it. An entry given twice: the last one wins, as in most
 * official parsers (format notes §8, legacy notes §6).
 */
export function readMap<T>(
  reader: Reader,
  field: string,
  map: Record<string, T>,
  names: Readonly<Record<string, number>>,
  read: (reader: Reader, key: string) => T,
): Record<string, T> {
  reader.enter(field);
  const count = reader.u16("count");
  let last = -1;
  for (let i = 0; i < count; i++) {
    const number = reader.u16(i);
    if (number <= last) reader.isUnordered = true;
    last = number;
    const key = keyOf(number, names);
    map[key] = read(reader, key);
  }
  reader.leave();
  return map;
}
