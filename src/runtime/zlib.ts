import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { adler32 } from "../bytes/adler32.ts";
import { inflate } from "../bytes/inflate.ts";

/** The content of a zlib stream, and what is wrong with it. */
export interface Opened {
  /** The inflated bytes, or those before the fault. */
  bytes: Bytes;
  /** Why the stream is refused. */
  error?: AgoraTokenError;
}

/**
 * Inflates exactly one zlib stream (RFC 1950), by our own code in every runtime. The streams of the runtimes differ: Deno's accepts a
 * truncated or empty one, older Node accepts bytes after the end. And in Deno what is damaged keeps its memory until a finalizer runs,
 * which is not before a program waits for more than promises: 80,000 damaged tokens in a loop took 2.5 GB.
 *
 * @param bytes The stream.
 * @param limit The largest output, in bytes.
 */
export function inflateExactly(bytes: Bytes, limit: number): Opened {
  const header = bytes.length < 2 ? undefined : (bytes[0]! << 8) | bytes[1]!;
  if (header === undefined || (bytes[0]! & 0x8f) !== 0x08 || header % 31 !== 0) {
    return { bytes: new Uint8Array(0), error: malformed("no zlib header") };
  }
  const { bytes: content, end, fault } = inflate(bytes, limit);
  const whole = fault === undefined && end === bytes.length;
  if (whole) return { bytes: content };
  // As the runtimes do: of a stream that is cut, what comes before the end; of one that is damaged, nothing.
  const isRead = fault === undefined || fault === "truncated";
  return opened(bytes, limit, { bytes: isRead ? content : new Uint8Array(0), whole, tooLarge: fault === "too-large" });
}

/** What came out of a stream: all of it or a part, and whether there is more than may be. */
interface Inflated {
  bytes: Bytes;
  whole: boolean;
  tooLarge: boolean;
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
