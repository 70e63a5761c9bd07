import { AgoraTokenError } from "../errors.ts";
import { type Bytes, concatBytes } from "../bytes/bytes.ts";
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
 * Inflates exactly one zlib stream (RFC 1950); at once, or by a stream of the runtime, as in browsers. Those differ: Deno's accepts
 * a truncated or empty one, older Node accepts bytes after the end. All of these are refused here, by comparing the stream's
 * checksum with the output. Deno's streams of what is damaged also keep their memory until a finalizer runs, which is not before a
 * program waits for more than promises; there everything is read at once.
 *
 * @param bytes The stream.
 * @param limit The largest output, in bytes.
 * @param atOnce Whether to do it at once, by our own code.
 */
export function inflateExactly(bytes: Bytes, limit: number, atOnce: boolean): Awaitable<Opened> {
  const header = bytes.length < 2 ? undefined : (bytes[0]! << 8) | bytes[1]!;
  if (header === undefined || (bytes[0]! & 0x8f) !== 0x08 || header % 31 !== 0) {
    return { bytes: new Uint8Array(0), error: malformed("no zlib header") };
  }
  const stream = atOnce ? undefined : streamFrom(() => new DecompressionStream("deflate"));
  if (stream !== undefined) return inflatedBy(stream, bytes, limit).then((inflated) => opened(bytes, limit, inflated));
  const { bytes: content, end, fault } = inflate(bytes, limit);
  const whole = fault === undefined && end === bytes.length;
  if (whole) return { bytes: content };
  // As the runtimes do: of a stream that is cut, what comes before the end; of one that is damaged, nothing.
  const isRead = fault === undefined || fault === "truncated";
  return opened(bytes, limit, { bytes: isRead ? content : new Uint8Array(0), whole, tooLarge: fault === "too-large" });
}

/** What came out of a stream. */
interface Inflated {
  /** The bytes until the end or the fault; none where the output passed the limit. */
  bytes: Bytes;
  /** Whether the stream ended, and the input with it. Deno's streams also say so of a truncated one. */
  whole: boolean;
  /** Whether the output passed the limit. */
  tooLarge: boolean;
}

/** Inflates by a stream of the runtime. Output is counted as it comes, so that a zip bomb is never inflated. */
async function inflatedBy(stream: DecompressionStream, bytes: Bytes, limit: number): Promise<Inflated> {
  const parts: Bytes[] = [];
  let length = 0;
  const take = (part: Bytes) => {
    length += part.length;
    if (length > limit) throw new RangeError();
    parts.push(part);
  };
  const whole = await throughStream(bytes, stream, take).then(() => true, () => false);
  const tooLarge = length > limit;
  return { bytes: tooLarge ? new Uint8Array(0) : concatBytes(parts), whole, tooLarge };
}

/** The content of a stream, held to its checksum. */
function opened(bytes: Bytes, limit: number, { bytes: output, whole, tooLarge }: Inflated): Opened {
  const refused = (error: AgoraTokenError) => ({ bytes: output, error });
  if (tooLarge) {
    const message = `The content inflates to more than ${limit} bytes`;
    return refused(new AgoraTokenError("too-large", message, { expected: `at most ${limit} bytes` }));
  }
  const checksum = adler32(output);
  if (whole && bytes.length >= 6 && u32At(bytes, bytes.length - 4) === checksum) return { bytes: output };
  // A damaged stream has no output; one with output ended early, or has its checksum with bytes after it.
  if (output.length === 0) return refused(malformed("it is damaged"));
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
