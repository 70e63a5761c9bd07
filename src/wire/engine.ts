import { AgoraTokenError } from "../errors.ts";
import { type Bytes, concatBytes } from "./bytes.ts";

/** A value now, or later. An engine that is synchronous throughout serves the synchronous API as well. */
export type Awaitable<T> = T | Promise<T>;

/** What came out of a zlib stream; `whole` is false when it broke, ended early, or passed the limit. */
export interface Inflated {
  /** The bytes until the end or the fault. */
  bytes: Bytes;
  /** Whether the stream was read to its end. */
  whole: boolean;
  /** Whether the output reached more than the limit; it is cut there. */
  tooLarge: boolean;
}

/**
 * What sealing and opening need of the runtime; everything else is plain functions over data. The portable engine below is
 * asynchronous. A runtime with synchronous means gets an engine whose methods return plain values, and the same callers
 * work with it.
 */
export interface Engine {
  /** HMAC of `message` under a key of one byte or more. */
  hmac(hash: "SHA-1" | "SHA-256", key: Bytes, message: Bytes): Awaitable<Bytes>;
  /** One zlib stream (RFC 1950) of `bytes`. */
  deflate(bytes: Bytes): Awaitable<Bytes>;
  /** Inflates a zlib stream up to `limit` bytes of output. */
  inflate(bytes: Bytes, limit: number): Awaitable<Inflated>;
}

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
    const { bytes: deflated, whole } = await pipe(bytes, new CompressionStream("deflate"), Infinity);
    if (!whole) throw new Error("CompressionStream failed");
    return deflated;
  },

  inflate(bytes, limit) {
    return pipe(bytes, new DecompressionStream("deflate"), limit);
  },
};

/** One write, because Deno's deflate adds a block for each; chunks are counted as they come, so a bomb never unfolds. */
async function pipe(bytes: Bytes, stream: CompressionStream | DecompressionStream, limit: number): Promise<Inflated> {
  const chunks: Bytes[] = [];
  let length = 0;
  const output = (stream.readable as ReadableStream<Bytes>).getReader();
  const input = (stream.writable as WritableStream<Bytes>).getWriter();
  // The read loop reports the fault; these promises reject with the same one.
  input.write(bytes).catch(() => {});
  input.close().catch(() => {});
  try {
    for (;;) {
      const { done, value } = await output.read();
      if (done) return { bytes: concatBytes(chunks), whole: true, tooLarge: false };
      length += value.length;
      if (length > limit) {
        chunks.push(value.subarray(0, value.length - (length - limit)));
        output.cancel().catch(() => {});
        return { bytes: concatBytes(chunks), whole: false, tooLarge: true };
      }
      chunks.push(value);
    }
  } catch {
    return { bytes: concatBytes(chunks), whole: false, tooLarge: false };
  }
}
