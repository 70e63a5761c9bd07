import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import { type Reading, withError } from "../../bytes/reading.ts";
import type { Span } from "../../bytes/span.ts";
import type { Awaitable } from "../../runtime/engine.ts";
import { inflateExactly, type Opened } from "../../runtime/zlib.ts";
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
): Awaitable<Reading<ParsedToken007>> {
  const base64 = decodeCanonicalBase64(text.slice(PREFIX.length), PREFIX.length, atOnce || undefined);
  const opened = inflateExactly(base64.bytes, limit, atOnce);
  // A broken text or stream explains a short payload better than the short payload does.
  const decoded = ({ bytes, error }: Opened) => withError(decodePayload(bytes, spans), base64.error ?? error);
  return opened instanceof Promise ? opened.then(decoded) : decoded(opened);
}
