import type { Bytes } from "./bytes.ts";
import type { SynchronousEngine } from "./engine.ts";

// What is used of `node:crypto` and `node:zlib`, in their own words.

interface Crypto {
  createHmac(hash: string, key: Uint8Array): { update(message: Uint8Array): { digest(): Uint8Array } };
}

interface Zlib {
  deflateSync(bytes: Uint8Array, options: { chunkSize: number }): Uint8Array;
  inflateSync(
    bytes: Uint8Array,
    options: { info: true; maxOutputLength: number; finishFlush?: number },
  ): { buffer: Uint8Array; engine?: { bytesWritten: number } };
}

/** What zlib allocates at a time: a token is short, and its usual 16 KiB for each are soon much. */
const CHUNK = 1024;

/** zlib's flush that gives out what there is, so that a cut stream is no error. */
const Z_SYNC_FLUSH = 2;

/**
 * The engine over `node:crypto` and `node:zlib`, in Deno, Bun and Node 22.3 or newer; nothing elsewhere. They are asked for
 * while the program runs, and not imported, so that the same source bundles for browsers and workers.
 */
export function synchronousEngine(): SynchronousEngine | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const crypto = process?.getBuiltinModule?.("node:crypto") as Crypto | undefined;
  const zlib = process?.getBuiltinModule?.("node:zlib") as Zlib | undefined;
  if (crypto === undefined || zlib === undefined) return undefined;
  // Deno 2.2 to 2.4.0 do not say how much of a stream they read.
  const { engine: trial } = zlib.inflateSync(zlib.deflateSync(new Uint8Array(1), { chunkSize: CHUNK }), {
    info: true,
    maxOutputLength: 1,
  });
  if (trial === undefined) return undefined;
  return {
    hmac: (hash, key, message) => plain(crypto.createHmac(hash.replace("-", ""), key).update(message).digest()),

    deflate: (bytes) => plain(zlib.deflateSync(bytes, { chunkSize: CHUNK })),

    inflate(bytes, limit) {
      const nothing = new Uint8Array(0);
      try {
        const { buffer, engine } = zlib.inflateSync(bytes, { info: true, maxOutputLength: limit });
        return { bytes: plain(buffer), whole: engine?.bytesWritten === bytes.length, tooLarge: false };
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === "ERR_BUFFER_TOO_LARGE") return { bytes: nothing, whole: false, tooLarge: true };
        if (code !== "Z_BUF_ERROR") return { bytes: nothing, whole: false, tooLarge: false };
        // The stream ends early: what came before the end shows where.
        const { buffer } = zlib.inflateSync(bytes, { info: true, maxOutputLength: limit, finishFlush: Z_SYNC_FLUSH });
        return { bytes: plain(buffer), whole: false, tooLarge: false };
      }
    },
  };
}

/** A copy that is no `Buffer`: those may share their memory with others, and slice without copying. */
function plain(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
