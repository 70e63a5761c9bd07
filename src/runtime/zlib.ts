import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { adler32 } from "../bytes/adler32.ts";
import { inflate } from "../bytes/inflate.ts";
import type { Awaitable } from "./engine.ts";
import { streamFrom, throughStream } from "./portable.ts";

/** The content of a zlib stream, and what is wrong with it. */
export interface Opened {
  /** The inflated bytes, or those before the fault. */
  bytes: Bytes;
  /** Why the stream is refused. */
  error?: AgoraTokenError;
}

/**
 * Inflates exactly one zlib stream (RFC 1950); at once by our own code, or by a stream of the runtime, as in browsers. Those differ in
 * what they accept: Deno's one that is truncated, empty or without a last block, older Node's one with bytes after the end. Of what is
 * damaged some give a part, and Deno's keep their memory until a finalizer runs. So in every runtime our own code says whether it is
 * one whole stream, of an allowed size, and what else it is; only then a stream of the runtime inflates it.
 *
 * @param bytes The stream.
 * @param limit The largest output, in bytes.
 * @param atOnce Whether to do it at once, by our own code alone.
 */
export function inflateExactly(bytes: Bytes, limit: number, atOnce: boolean): Awaitable<Opened> {
  const own = inflateAtOnce(bytes, limit);
  const stream = atOnce || own.error !== undefined ? undefined : streamFrom(() => new DecompressionStream("deflate"));
  return stream === undefined ? own : throughStream(bytes, stream).then((bytes) => ({ bytes }));
}

function inflateAtOnce(bytes: Bytes, limit: number): Opened {
  const header = bytes.length < 2 ? undefined : (bytes[0]! << 8) | bytes[1]!;
  if (header === undefined || (bytes[0]! & 0x8f) !== 0x08 || header % 31 !== 0) {
    return { bytes: new Uint8Array(0), error: malformed("no zlib header") };
  }
  const { bytes: content, end, fault } = inflate(bytes, limit);
  if (fault === undefined && end === bytes.length) return { bytes: content };
  // Of a stream that is cut, what comes before the end; of one that is damaged, nothing.
  const isRead = fault === undefined || fault === "truncated";
  const output = isRead ? content : new Uint8Array(0);
  const refused = (error: AgoraTokenError) => ({ bytes: output, error });
  if (fault === "too-large") {
    const message = `The content inflates to more than ${limit} bytes`;
    return refused(new AgoraTokenError("too-large", message, { expected: `at most ${limit} bytes` }));
  }
  // A damaged stream has no output; one with output ended early, or has its checksum with bytes after it.
  if (output.length === 0) return refused(malformed("it is damaged"));
  const checksum = adler32(output);
  for (let at = 2; at + 4 < bytes.length; at++) {
    if (u32At(bytes, at) === checksum) {
      return refused(malformed(`${bytes.length - at - 4} bytes follow its end`));
    }
  }
  const message = "The compressed part ends early, as when a token was not copied whole";
  return refused(new AgoraTokenError("truncated", message, { expected: "one whole zlib stream" }));
}

/** A big-endian number. */
function u32At(bytes: Bytes, at: number): number {
  return (bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!) >>> 0;
}

function malformed(actual: string): AgoraTokenError {
  const expected = "one whole zlib stream";
  return new AgoraTokenError("malformed-zlib", `The compressed part is not ${expected}: ${actual}`, { expected, actual });
}
