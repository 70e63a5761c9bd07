import { AgoraTokenError } from "../errors.ts";
import { type Bytes, equalBytes } from "../bytes/bytes.ts";
import { adler32, inflate } from "../bytes/inflate.ts";
import type { Engine, Inflated } from "./engine.ts";

/** The content of a zlib stream, and what is wrong with it. */
export interface Opened {
  /** The inflated bytes, or those before the fault. */
  bytes: Bytes;
  /** Why the stream is refused. */
  error?: AgoraTokenError;
}

/**
 * Inflates exactly one zlib stream (RFC 1950). The streams of the runtimes differ: Deno's accepts a truncated or
 * empty one, older Node accepts bytes after the end. All of these are refused here, by comparing the stream's checksum with the
 * output.
 *
 * @param bytes The stream.
 * @param limit The largest output, in bytes.
 * @param engine The engine that inflates.
 */
export async function inflateExactly(bytes: Bytes, limit: number, engine: Engine): Promise<Opened> {
  const header = bytes.length < 2 ? undefined : (bytes[0]! << 8) | bytes[1]!;
  if (header === undefined || (bytes[0]! & 0x8f) !== 0x08 || header % 31 !== 0) {
    return { bytes: new Uint8Array(0), error: malformed("no zlib header") };
  }
  const { bytes: output, whole, tooLarge } = await engine.inflate(bytes, limit) ?? inflateHere(bytes, limit);
  const refused = (error: AgoraTokenError) => ({ bytes: output, error });
  if (tooLarge) {
    const message = `The content inflates to more than ${limit} bytes`;
    return refused(new AgoraTokenError("too-large", message, { expected: `at most ${limit} bytes` }));
  }
  const checksum = new Uint8Array(4);
  new DataView(checksum.buffer).setUint32(0, adler32(output));
  if (whole && bytes.length >= 6 && equalBytes(bytes.subarray(-4), checksum)) return { bytes: output };
  // A damaged stream has no output; one with output ended early, or has its checksum with bytes after it.
  if (output.length === 0) return refused(malformed("it is damaged"));
  for (let at = 2; at + 4 < bytes.length; at++) {
    if (equalBytes(bytes.subarray(at, at + 4), checksum)) {
      return refused(malformed(`${bytes.length - at - 4} bytes follow its end`));
    }
  }
  const message = "The compressed part ends early, as when a token was not copied whole";
  return refused(new AgoraTokenError("truncated", message, { expected: "one whole zlib stream" }));
}

/** As an engine does, by our own inflater. It is called here, and by no engine, so that only what reads tokens contains it. */
function inflateHere(input: Bytes, limit: number): Inflated {
  const { bytes, end, fault } = inflate(input, limit);
  const damaged = fault !== undefined && fault !== "truncated";
  return {
    bytes: damaged ? new Uint8Array(0) : bytes,
    whole: fault === undefined && end === input.length,
    tooLarge: fault === "too-large",
  };
}

function malformed(actual: string): AgoraTokenError {
  const expected = "one whole zlib stream";
  return new AgoraTokenError("malformed-zlib", `The compressed part is not ${expected}: ${actual}`, { expected, actual });
}
