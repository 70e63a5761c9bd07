import { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "./bytes.ts";
import type { Engine } from "./engine.ts";

/** What a zlib stream held, and what is wrong with it. */
export interface Opened {
  /** The inflated bytes, or those before the fault. */
  bytes: Bytes;
  /** Why the stream is refused. */
  error?: AgoraTokenError;
}

/**
 * Inflates exactly one zlib stream (RFC 1950). The streams of the runtimes differ: Deno's takes a cut or empty one, older
 * Node takes bytes after the end. The checksum that ends the stream, compared here with the output, refuses all of these.
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
  const { bytes: output, whole, tooLarge } = await engine.inflate(bytes, limit);
  if (tooLarge) {
    const error = new AgoraTokenError("too-large", `The content inflates to more than ${limit} bytes`, {
      expected: `at most ${limit} bytes`,
    });
    return { bytes: output, error };
  }
  if (!whole) return { bytes: output, error: malformed("damaged, cut short, or followed by other bytes") };
  if (bytes.length < 6) return { bytes: output, error: malformed("cut short") };
  const stored = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0);
  if (stored !== adler32(output)) {
    return { bytes: output, error: malformed("its checksum is missing or does not match its content") };
  }
  return { bytes: output };
}

function malformed(what: string): AgoraTokenError {
  return new AgoraTokenError("malformed-zlib", `The compressed part is not one whole zlib stream: ${what}`, {
    expected: "one whole zlib stream",
    actual: what,
  });
}

/** RFC 1950 §8.2. Sums stay exact for 3,800 bytes at a time before they need the modulus. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += 3800) {
    const end = Math.min(start + 3800, bytes.length);
    for (let i = start; i < end; i++) b += a += bytes[i]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
