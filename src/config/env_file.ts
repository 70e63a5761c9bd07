import { parse } from "@std/dotenv/parse";
import { refuse } from "../validate.ts";
import type { Variables } from "./credentials.ts";

/** Stands for `$` while a file is parsed: a private character of Unicode, which no value has. */
const DOLLAR = "\uE024";

/**
 * The variables of an env file, which is UTF-8 text with or without a byte order mark. A `$` in a value is a `$`: `@std/dotenv`
 * would expand `$NAME`, which fails where Deno may not read that variable, and which Node and Bun do not do.
 *
 * @param bytes The file.
 * @param names The variables that are read; nothing else of the file counts.
 * @throws {AgoraTokenError} Where it is not UTF-8, such as what PowerShell's `>` writes: its variables would be lost without an error.
 */
export function envVariables(bytes: Uint8Array, names: readonly string[]): Variables {
  const values = parse(textOf(bytes).replaceAll("$", DOLLAR));
  const known = names.filter((name) => Object.hasOwn(values, name));
  return Object.fromEntries(known.map((name) => [name, values[name]!.replaceAll(DOLLAR, "$")]));
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Refused below: bytes that are no UTF-8 are all that fails here.
  }
  return refuse("env file", "UTF-8 text: save it as UTF-8 again");
}
