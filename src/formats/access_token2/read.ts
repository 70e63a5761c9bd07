import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import { type Reading, withError } from "../../bytes/reading.ts";
import type { Span } from "../../bytes/span.ts";
import { inflateExactly } from "../../runtime/zlib.ts";
import { decodePayload } from "./decode.ts";
import { PREFIX } from "./pack.ts";
import type { ParsedToken007 } from "./types.ts";

/**
 * Reads an AccessToken2: text, compression, payload. Of a damaged token it gives what comes before the fault. The spans are
 * over the inflated payload.
 */
export function read007(
  text: string,
  limit: number,
  atOnce: boolean,
  spans?: Span[],
): Reading<ParsedToken007> {
  const base64 = decodeCanonicalBase64(text.slice(PREFIX.length), PREFIX.length, atOnce || undefined);
  const { bytes, error } = inflateExactly(base64.bytes, limit);
  // A broken text or stream explains a short payload better than the short payload does.
  return withError(decodePayload(bytes, spans), base64.error ?? error);
}
