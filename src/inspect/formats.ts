import type { ParsedToken007 } from "../formats/access_token2/types.ts";
import { AgoraTokenError } from "../errors.ts";
import type { ParsedLegacyToken } from "../formats/legacy_types.ts";
import type { Format } from "./format.ts";
import { format007 } from "./format_007.ts";
import { format001, format002, format003, format004, format005, format006, formatSignaling } from "./formats_legacy.ts";

/** A parsed token of any version, told apart by `version`. */
export type ParsedToken = ParsedToken007 | ParsedLegacyToken;

/** The versions, newest first. */
export type Version = ParsedToken["version"];

/**
 * Every format, in the order in which a text is tried: those without a version prefix first, by their exact form, since a
 * signature may begin with the digits of another version.
 */
// deno-lint-ignore no-explicit-any -- a row is only ever given the tokens that it read
const FORMATS: readonly Format<Version, any>[] = [
  format001,
  format002,
  format007,
  format006,
  format005,
  format004,
  format003,
  formatSignaling,
];

/** The format of a text, or why it has none. */
export function detectFormat(text: string): Format<Version, ParsedToken> | AgoraTokenError {
  const tried = FORMATS.map(({ version, looks }) => `${version} (${looks})`).join("; ");
  return FORMATS.find((format) => format.matches(text)) ??
    new AgoraTokenError("unknown-format", `The text is no Agora token; tried: ${tried}`, { expected: tried });
}
