import { array, onlyKeys } from "../validate.ts";

// Objects are read by a table: each of their fields, and its check.

/** Reads the value of a field, which is `undefined` where it is absent; errors name its path. */
export type Check<T> = (path: string, value: unknown) => T;

/** The checks of an object's fields. */
export type Checks<T> = { readonly [Name in keyof T]-?: Check<T[Name]> };

/** A field that may be absent. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (path, value) => value === undefined ? undefined : check(path, value);
}

/** A field that is a list. */
export function listOf<T>(check: Check<T>): Check<T[]> {
  return (path, value) => array(path, value).map((entry, index) => check(`${path}[${index}]`, entry));
}

/**
 * Reads the fields of an object into a new one, without those that are absent.
 *
 * @param prefix What stands before a name in its path, as `keys[0].`.
 * @param checks Every field that the object may have.
 * @param defaults The values of fields that are absent.
 * @param run Runs the checks: up to the first that refuses, or {@linkcode all}.
 * @throws {AgoraTokenError} For unknown fields, and as the checks do.
 */
export function fieldsFrom<T>(
  prefix: string,
  fields: Readonly<Record<string, unknown>>,
  checks: Checks<T>,
  defaults: Readonly<Record<string, unknown>> = {},
  run = (checks: (() => unknown)[]) => checks.map((check) => check()),
): T {
  const names = Object.keys(checks) as (keyof T & string)[];
  const [, ...values] = run([
    () => onlyKeys(fields, names, prefix),
    ...names.map((name) => () => checks[name](prefix + name, fields[name] === undefined ? defaults[name] : fields[name])),
  ]);
  const entries = names.map((name, index) => [name, values[index]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T;
}
