import { AgoraTokenError } from "../errors.ts";
import { uidText } from "../formats/common.ts";
import { onlyKeys, u32 } from "../validate.ts";

// What the official builders of all formats do with their arguments.

/** How arguments are checked, by name. */
type Checks = Readonly<Record<string, (field: string, value: unknown) => unknown>>;

/** The arguments that a table of checks gives. */
export type Checked<Table extends Checks> = { readonly [name in keyof Table]: ReturnType<Table[name]> };

/**
 * The arguments of a builder, each checked.
 *
 * @param checks The checks of the table that the builder is in.
 * @param names The arguments that it takes.
 * @param args The arguments by name.
 * @throws {AgoraTokenError} `unknown-field` for another argument; what the checks throw.
 */
export function checkedArguments<Table extends Checks>(
  checks: Table,
  names: readonly (keyof Table & string)[],
  args: Readonly<Record<string, unknown>>,
): Partial<Checked<Table>> {
  onlyKeys(args, names);
  const checked: Record<string, unknown> = {};
  for (const name of names) checked[name] = checks[name]!(name, args[name]);
  return checked as Partial<Checked<Table>>;
}

/**
 * Arguments in the official order, by name.
 *
 * @param names The arguments that a builder takes after App ID and certificate.
 * @param values Their values.
 * @throws {AgoraTokenError} `unknown-field` for more values than it takes.
 */
export function namedArguments(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  if (values.length > names.length) {
    const expected = ["appId", "appCertificate", ...names].join(", ");
    throw new AgoraTokenError("unknown-field", `Too many arguments: wanted ${expected}`, { field: "arguments", expected });
  }
  return Object.fromEntries(values.map((value, index) => [names[index], value]));
}

/** A user: a number is a uid, 0 to 4,294,967,295 (0 means anyone); a string is an account or user id as it is. */
export type User = string | number;

/** A user as text: a uid, or an account as it is. */
export function userText(field: string, value: unknown): string {
  return typeof value === "string" ? value : uidText(u32(field, value));
}
