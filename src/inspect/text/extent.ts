import type { Bytes } from "../../bytes/bytes.ts";
import { inflate, type InflatedStream } from "../../bytes/inflate.ts";
import type { Span } from "../../bytes/span.ts";
import { decodePayload } from "../../formats/access_token2/decode.ts";
import { isHexId } from "../../validate.ts";

/** The fields that hold a name. */
const NAMES = ["channelName", "uid", "account", "userId", "roomUuid", "userUuid"];
/** No name is longer, in bytes. */
const LONGEST_NAME = 1024;

/** How much of a damaged 007 can be read. */
export interface Extent {
  /** Where the reading stopped, and why. */
  readonly stream: InflatedStream;
  /** The offset in the compressed bytes up to which what they hold can be the content of a token. */
  readonly plausible: number;
  /** Whether all that could be inflated can be the content of a token. */
  readonly isPlausible: boolean;
}

/**
 * Reads a damaged 007 as far as it goes. Damage in the middle makes all after it random, which inflates for a while, and is no token.
 *
 * @param limit The largest content that is looked at, in bytes.
 */
export function extentOf(bytes: Bytes, limit: number): Extent {
  const stream = inflate(bytes, limit);
  const good = plausibleLength(stream.bytes);
  if (good === stream.bytes.length) return { stream, plausible: stream.end, isPlausible: true };
  // The first byte after which more than that inflates: the output only grows with the input.
  let [low, high] = [0, stream.end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inflate(bytes.subarray(0, middle), limit).bytes.length > good) high = middle;
    else low = middle + 1;
  }
  return { stream, plausible: low, isPlausible: false };
}

/** How many bytes of a content, from its start, can be those of a token. */
function plausibleLength(content: Bytes): number {
  const spans: Span[] = [];
  const { token } = decodePayload(content, spans);
  const wrong = spans.find(({ path, type, value, start, end }) => {
    if (type === "fault") return !canGoOn(content.subarray(start), path);
    if (type === "unknown") return true;
    if (path === "signature") return end - start !== 34;
    if (path === "appId") return !isHexId(String(value));
    if (/\.count$|^serviceCount$/.test(path)) return Number(value) > 64 || path === "serviceCount" && value === 0;
    // deno-lint-ignore no-control-regex -- a name holds no control characters
    return path in (token.undecoded ?? {}) || type === "str" && /[\x00-\x1f\x7f]/.test(String(value));
  });
  return wrong?.start ?? content.length;
}

/** Whether a field that is not all there can be one of a token, as far as it is there. */
function canGoOn(bytes: Bytes, path: string): boolean {
  if (bytes.length < 2) return true;
  const length = bytes[0]! | bytes[1]! << 8;
  const name = path.split(".").at(-1)!;
  if (name === "signature") return length === 32;
  if (name === "appId") return length === 32 && /^[0-9a-f]*$/i.test(String.fromCharCode(...bytes.subarray(2)));
  return !NAMES.includes(name) || length <= LONGEST_NAME;
}

/** Whether bytes begin as a zlib stream (RFC 1950 §2.2): deflate, and a multiple of 31. */
export function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x8f) === 0x08 && ((method << 8) | flags) % 31 === 0;
}
