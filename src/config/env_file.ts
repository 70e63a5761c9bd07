import { parse } from "@std/dotenv/parse";
import type { Variables } from "./credentials.ts";
import { refuse } from "../validate.ts";

/**
 * The variables of an env file, which is UTF-8 text with or without a byte order mark.
 *
 * @param bytes The file.
 * @throws {AgoraTokenError} Where it is not UTF-8, such as what PowerShell's `>` writes: its variables would be lost without an error.
 */
export function envVariables(bytes: Uint8Array): Variables {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return parse(text);
  } catch {
    // Refused below.
  }
  return refuse("env file", "UTF-8 text: save it as UTF-8 again");
}
