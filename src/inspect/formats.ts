import type { ParsedToken007 } from "../access_token2/types.ts";
import { AgoraTokenError } from "../errors.ts";
import type { Format } from "./format.ts";
import { format007 } from "./format_007.ts";

/** A parsed token of any version, told apart by `version`. */
export type ParsedToken = ParsedToken007;

/** The versions, newest first. */
export type Version = ParsedToken["version"];

/** Every format: another one is another row. */
// deno-lint-ignore no-explicit-any -- a row is only ever given the tokens that it read
const FORMATS: readonly Format<Version, any>[] = [format007];

/** The format of a text, or why it has none. */
export function detectFormat(text: string): Format<Version, ParsedToken> | AgoraTokenError {
  const tried = FORMATS.map(({ looks }) => looks).join("; ");
  return FORMATS.find((format) => format.matches(text)) ??
    new AgoraTokenError("unknown-format", `The text is no Agora token: tried ${tried}`, { expected: tried });
}
