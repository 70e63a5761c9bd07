import type { Bytes } from "../bytes/bytes.ts";
import type { SynchronousEngine } from "./engine.ts";

// The parts of `node:crypto` and `node:zlib` in use.

interface Crypto {
  hash?(name: string, bytes: Uint8Array, encoding: "latin1"): string;
}

interface Zlib {
  deflateSync(bytes: Uint8Array, options: { chunkSize: number }): Uint8Array;
  inflateSync(
    bytes: Uint8Array,
    options: { info: true; maxOutputLength: number; finishFlush?: number },
  ): { buffer: Uint8Array; engine?: { bytesWritten: number } };
}

/** The block of SHA-1 and SHA-256, in bytes. */
const BLOCK = 64;

/** How many bytes zlib allocates at a time: a token is short, and the default of 16 KiB for each adds up. */
const CHUNK = 1024;

/** zlib's flush mode that returns what there is, so that a truncated stream is not an error. */
const Z_SYNC_FLUSH = 2;

/**
 * The engine over `node:crypto` and `node:zlib`, in Deno, Bun and Node 22.3 or newer; `undefined` elsewhere. The modules
 * are looked up at run time, and not imported, so that the same source bundles for browsers and workers.
 */
export function synchronousEngine(): SynchronousEngine | undefined {
  const crypto = builtin("node:crypto") as Crypto | undefined;
  const zlib = builtin("node:zlib") as Zlib | undefined;
  if (crypto?.hash === undefined || zlib === undefined) return undefined;
  // Deno 2.2 to 2.4.0 do not report how much of a stream they read.
  const { engine: trial } = zlib.inflateSync(zlib.deflateSync(new Uint8Array(1), { chunkSize: CHUNK }), {
    info: true,
    maxOutputLength: 1,
  });
  if (trial === undefined) return undefined;
  const digest = (hash: string, bytes: Bytes) => latin1(crypto.hash!(hash === "SHA-1" ? "sha1" : "sha256", bytes, "latin1"));
  return {
    // RFC 2104 over whole hashes: `createHmac` makes a stream of each, which costs several times the time and the memory.
    hmac(hash, key, message) {
      const short = key.length > BLOCK ? digest(hash, key) : key;
      const padded = (pad: number, rest: Bytes) => {
        const bytes = new Uint8Array(BLOCK + rest.length).fill(pad, 0, BLOCK);
        for (let i = 0; i < short.length; i++) bytes[i]! ^= short[i]!;
        bytes.set(rest, BLOCK);
        return digest(hash, bytes);
      };
      return padded(0x5c, padded(0x36, message));
    },

    deflate: (bytes) => plain(zlib.deflateSync(bytes, { chunkSize: CHUNK })),

    inflate(bytes, limit) {
      const options = { info: true, maxOutputLength: limit } as const;
      try {
        const { buffer, engine } = zlib.inflateSync(bytes, options);
        return { bytes: plain(buffer), whole: engine?.bytesWritten === bytes.length, tooLarge: false };
      } catch (error) {
        const { code } = error as { code?: string };
        if (code !== "Z_BUF_ERROR") {
          return { bytes: new Uint8Array(0), whole: false, tooLarge: code === "ERR_BUFFER_TOO_LARGE" };
        }
        // The stream ends early: the content before the end shows where.
        const { buffer } = zlib.inflateSync(bytes, { ...options, finishFlush: Z_SYNC_FLUSH });
        return { bytes: plain(buffer), whole: false, tooLarge: false };
      }
    },
  };
}

/** A module of the runtime, or `undefined` where it has none. */
function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  try {
    return process?.getBuiltinModule?.(name);
  } catch {
    return undefined; // Next.js Edge has a `process` that throws
  }
}

/** The bytes of a text that has one character for each. */
function latin1(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A copy that is not a `Buffer`: those may share their memory, and their `slice` does not copy. */
function plain(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
