import { AgoraTokenError } from "./errors.ts";

/** The largest unsigned 16-bit number. */
export const U16_MAX = 0xffff;
/** The largest unsigned 32-bit number. */
export const U32_MAX = 0xffffffff;

/** Throws for a value, naming its field and what is wanted. `actual` must not be a secret. */
export function refuse(field: string, expected: string, actual?: string): never {
  const got = actual === undefined ? "" : `, got ${actual}`;
  throw new AgoraTokenError("invalid-value", `"${field}" must be ${expected}${got}`, { field, expected, actual });
}

/** Refuses what lacks a field, or the other that may stand in its place. */
export function missing(field: string, other?: string): never {
  const names = `"${field}"${other === undefined ? "" : ` or "${other}"`}`;
  throw new AgoraTokenError("invalid-value", `Missing ${names}`, { field, expected: "given" });
}

/** A whole number from `min` to `max`. */
export function integer(field: string, value: unknown, min: number, max: number): number {
  if (typeof value !== "number") throw invalidType(field, "a number", value);
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(field, `a whole number from ${min} to ${max}`, String(value));
  }
  return value;
}

/** An unsigned 32-bit number. */
export function u32(field: string, value: unknown): number {
  return integer(field, value, 0, U32_MAX);
}

/** A signed 16-bit number. */
export function i16(field: string, value: unknown): number {
  return integer(field, value, -0x8000, 0x7fff);
}

/** A string. */
export function string(field: string, value: unknown): string {
  if (typeof value !== "string") throw invalidType(field, "a string", value);
  return value;
}

/** The error for a text that is longer than the bound that the caller sets; nothing for any other. */
export function tooLong(field: string, text: unknown, maxText: unknown): AgoraTokenError | undefined {
  const { length } = string(field, text);
  if (length <= integer("maxText", maxText, 1, Number.MAX_SAFE_INTEGER)) return undefined;
  const expected = `at most ${maxText} characters`;
  const message = `"${field}" must have ${expected}, got ${length}: the option "maxText" raises the bound`;
  return new AgoraTokenError("too-large", message, { field, expected, actual: `${length} characters` });
}

/** A boolean. */
export function boolean(field: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw invalidType(field, "true or false", value);
  return value;
}

/** An object whose fields are to be read: not null, not an array. */
export function record(field: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidType(field, "an object", value);
  return value as Record<string, unknown>;
}

/** An array. */
export function array(field: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidType(field, "an array", value);
  return value;
}

/** The row of a table by its name. `or` says what else is wanted, for the error. */
export function oneOf<Row>(field: string, table: Readonly<Record<string, Row>>, name: unknown, or = ""): Row {
  if (typeof name === "string" && Object.hasOwn(table, name)) return table[name]!;
  return refuse(field, `${or}one of ${Object.keys(table).join(", ")}`);
}

/** The entries of an object that are there. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) given[key] = values[key];
  return given as never;
}

/** A key as messages show it: only what can be a name, since a certificate or an API key given instead is longer and has digits. */
export function shownKey(key: string): string {
  return /^([\w-]{1,20}|[a-z_-]{1,50})$/i.test(key) ? key : "…";
}

/** Refuses keys that nothing reads, so that a misspelt option is not ignored. */
export function onlyKeys(value: object, allowed: readonly string[], prefix = ""): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) {
      const field = prefix + shownKey(key);
      const expected = allowed.length === 0 ? "nothing" : `one of ${allowed.join(", ")}`;
      throw new AgoraTokenError("unknown-field", `Unknown field "${field}": wanted ${expected}`, { field, expected });
    }
  }
}

/** Whether a text has the form of an App ID or App Certificate: 32 hexadecimal characters, either case. */
export function isHexId(value: string): boolean {
  return /^[0-9a-fA-F]{32}$/.test(value);
}

/** An App ID or App Certificate. Messages never repeat the value. */
export function hexId(field: string, value: unknown): string {
  const text = string(field, value);
  if (!isHexId(text)) {
    refuse(
      field,
      "32 hexadecimal characters",
      text.length === 32 ? "32 characters that are not all hexadecimal" : `${text.length} characters`,
    );
  }
  return text;
}

/** The error for a value of the wrong JavaScript type. */
export function invalidType(field: string, expected: string, value: unknown): AgoraTokenError {
  const type = value === undefined ? "nothing" : `a value of type ${typeof value}`;
  const actual = value === null ? "null" : Array.isArray(value) ? "an array" : type;
  return new AgoraTokenError("invalid-type", `"${field}" must be ${expected}, got ${actual}`, { field, expected, actual });
}

/** The same error with `prefix` before the path of its field. Other errors are returned as they are. */
export function withPrefix(error: unknown, prefix: string): unknown {
  return renamed(error, (field) => prefix === "" ? field : `${prefix}.${field}`);
}

/** The same error with its field renamed, to the name that the caller knows. Other errors are returned as they are. */
export function renamed(error: unknown, rename: (field: string) => string): unknown {
  if (!(error instanceof AgoraTokenError) || error.field === undefined) return error;
  const field = rename(error.field);
  const message = error.message.replace(`"${error.field}"`, `"${field}"`);
  return new AgoraTokenError(error.code, message, { ...error, field, cause: error.cause });
}
