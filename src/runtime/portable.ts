import { AgoraTokenError } from "../errors.ts";
import { type Bytes, concatBytes } from "../bytes/bytes.ts";
import type { Engine } from "./engine.ts";

/** WebCrypto, CompressionStream and DecompressionStream: browsers, workers, Deno, Bun and Node. */
export const portableEngine: Engine = {
  async hmac(hash, key, message) {
    const subtle = globalThis.crypto?.subtle;
    if (subtle === undefined) {
      throw new AgoraTokenError("crypto-unavailable", "WebCrypto is missing: serve the page over https or from localhost");
    }
    const imported = await subtle.importKey("raw", key, { name: "HMAC", hash }, false, ["sign"]);
    return new Uint8Array(await subtle.sign("HMAC", imported, message));
  },

  async deflate(bytes) {
    const { bytes: deflated, whole } = await throughStream(bytes, new CompressionStream("deflate"), Infinity);
    if (!whole) throw new Error("CompressionStream failed");
    return deflated;
  },
};

/** What came out of a stream. */
export interface Streamed {
  /** The bytes until the end or the fault; none where the output passed the limit. */
  bytes: Bytes;
  /** Whether the stream ended, and the input with it. Deno's streams also say so of a truncated one. */
  whole: boolean;
  /** Whether the output passed the limit. */
  tooLarge: boolean;
}

/**
 * The bytes after a stream of the runtime. One write, because Deno's deflate adds a block for each. Output is counted as it comes, so that a zip bomb is never inflated.
 */
export async function throughStream(
  bytes: Bytes,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Streamed> {
  const chunks: Bytes[] = [];
  let length = 0;
  const output = (stream.readable as ReadableStream<Bytes>).getReader();
  const input = (stream.writable as WritableStream<Bytes>).getWriter();
  // The read loop reports the error; these promises reject with the same one.
  input.write(bytes).catch(() => {});
  input.close().catch(() => {});
  try {
    for (;;) {
      const { done, value } = await output.read();
      if (done) return { bytes: concatBytes(chunks), whole: true, tooLarge: false };
      length += value.length;
      if (length > limit) {
        output.cancel().catch(() => {});
        return { bytes: new Uint8Array(0), whole: false, tooLarge: true };
      }
      chunks.push(value);
    }
  } catch {
    return { bytes: concatBytes(chunks), whole: false, tooLarge: false };
  }
}
