import { AgoraTokenError } from "../errors.ts";
import { type Bytes, concatBytes } from "../bytes/bytes.ts";
import { adler32 } from "../bytes/adler32.ts";
import type { Engine } from "./engine.ts";

/**
 * WebCrypto and CompressionStream: browsers, workers, Deno, Bun and Node. The Edge Runtime has no such streams: there the content
 * is stored.
 */
export const portableEngine: Engine = {
  async hmac(hash, key, message) {
    const subtle = globalThis.crypto?.subtle;
    if (subtle === undefined) {
      throw new AgoraTokenError(
        "crypto-unavailable",
        "WebCrypto is missing: serve the page over https or from localhost",
      );
    }
    const imported = await subtle.importKey(
      "raw",
      key,
      { name: "HMAC", hash },
      false,
      ["sign"],
    );
    return new Uint8Array(await subtle.sign("HMAC", imported, message));
  },

  async deflate(bytes) {
    const stream = streamFrom(() => new CompressionStream("deflate"));
    if (stream === undefined) return stored(bytes);
    return await throughStream(bytes, stream);
  },
};

/** A stream of the runtime, or nothing where there is none: its name is unknown, or, as in Next.js, that of what only throws. */
export function streamFrom<Stream>(make: () => Stream): Stream | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** A zlib stream of stored blocks (RFC 1951 §3.2.4): larger, and read by every reader. */
function stored(bytes: Bytes): Bytes {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start === 0 || start < bytes.length; start += 0xffff) {
    const block = bytes.subarray(start, start + 0xffff);
    const { length } = block;
    const isLast = start + length === bytes.length ? 1 : 0;
    parts.push(Uint8Array.of(isLast, length, length >> 8, ~length, ~length >> 8), block);
  }
  const checksum = adler32(bytes);
  return concatBytes([...parts, Uint8Array.of(checksum >> 24, checksum >> 16, checksum >> 8, checksum)]);
}

/** What comes out of a stream of the runtime. One write, because Deno's deflate adds a block for each. */
export async function throughStream(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  const output = (stream.readable as ReadableStream<Bytes>).getReader();
  const input = (stream.writable as WritableStream<Bytes>).getWriter();
  // The read loop reports the error; these promises reject with the same one.
  input.write(bytes).catch(() => {});
  input.close().catch(() => {});
  const parts: Bytes[] = [];
  for (let part = await output.read(); !part.done; part = await output.read()) parts.push(part.value);
  return concatBytes(parts);
}
