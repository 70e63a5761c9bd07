import type { Span } from "../bytes/span.ts";
import type { AgoraTokenError } from "../errors.ts";
import type { ParsedToken, Version } from "../formats/detect.ts";
import { type TokenView, viewToken } from "../formats/view.ts";
import { rendered } from "./catalogue.ts";
import type { Finding, Observation } from "./findings.ts";
import { type Read, type ReadOptions, readOptions, readToken } from "./parse.ts";
import { form } from "./rules/form.ts";
import { unreadable } from "./text/explain.ts";
import { lifetimes } from "./rules/validity.ts";

/** What every inspection shows. */
export interface Inspected {
  /** Who may do what, where, and until when; of a text that is not a whole token, as far as it could be read. */
  view: TokenView;
  /**
   * The bytes that the spans describe: for 007 the inflated payload; for 006 and 005 the characters before the base64, then
   * what it decodes to; for the others the characters of the text.
   */
  bytes: Uint8Array<ArrayBuffer>;
  /** The fields of `bytes`: in order, without gap or overlap, also up to and after a fault. */
  spans: Span[];
  /** What there is to say about the content. */
  findings: Finding[];
}

/** What is in a text that is a whole token. */
export interface InspectedToken extends Inspected {
  /** The format. */
  version: Version;
  /** The name of the format, as `AccessToken2`. */
  title: string;
  /** The token. */
  token: ParsedToken;
  /** Absent: all of it could be read. */
  partial?: undefined;
  /** Absent: all of it could be read. */
  error?: undefined;
}

/** What is in a text that is not a whole token. */
export interface InspectedText extends Inspected {
  /** The format, where the text is of a known one. */
  version?: Version;
  /** The name of the format, as `AccessToken2`. */
  title?: string;
  /** Absent: not all of it could be read. */
  token?: undefined;
  /** What could be read before the fault. */
  partial: Partial<ParsedToken>;
  /** Why the text is not a whole token. */
  error: AgoraTokenError;
}

/** Everything that can be seen in a text, told apart by `error` or `token`. */
export type Inspection = InspectedToken | InspectedText;

/**
 * Reads as much of a text as can be read: data, bytes and named spans, and the fault where there is one. Never throws on
 * content, and proves nothing.
 *
 * @param text The text.
 * @param options The bounds of size.
 * @returns What is there.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument or option that is none.
 *
 * @example Where does a damaged token break?
 * ```ts
 * import { inspectToken } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const { error } = await inspectToken("007eJw=");
 * assertEquals(error?.code, "malformed-zlib");
 * ```
 */
export async function inspectToken(text: string, options: ReadOptions = {}): Promise<Inspection> {
  return inspectionOf(await readToken(text, readOptions(options), []));
}

/** What one reading of a text shows. */
export function inspectionOf({ format, spans, reading: { token, bytes, error, isUnordered } }: Read): Inspection {
  const view = viewToken(token);
  const say = (observations: readonly Observation[]) => located(observations, spans).map((found) => rendered(found));
  if (error !== undefined || format === undefined) {
    const named = format === undefined ? {} : { version: format.version, title: format.title };
    return { ...named, partial: token, view, bytes, spans, findings: say([unreadable(error!)]), error: error! };
  }
  const whole = token as ParsedToken;
  const found: Observation[] = [];
  form(whole, isUnordered, found);
  lifetimes(view, found);
  const findings = say(found);
  return { version: whole.version, title: format.title, token: whole, view, bytes, spans, findings };
}

/** The observations with the bytes of their fields: those of the first span of each path. */
export function located(observations: readonly Observation[], spans: readonly Span[]): Observation[] {
  const wanted = new Set(observations.flatMap(({ span, field }) => span === undefined && field !== undefined ? [field] : []));
  const byPath = new Map<string, Span>();
  // There may be far more spans than observations: most have another length, which costs less to compare.
  const lengths = new Set([...wanted].map((path) => path.length));
  for (const span of spans) {
    if (byPath.size === wanted.size) break;
    if (lengths.has(span.path.length) && wanted.has(span.path) && !byPath.has(span.path)) byPath.set(span.path, span);
  }
  return observations.map((found) => {
    const span = found.span ?? (found.field === undefined ? undefined : byPath.get(found.field));
    return span === undefined ? found : { ...found, span: { start: span.start, end: span.end } };
  });
}
