import { deflateShort, SHORT } from "./deflate.ts";
import type { SynchronousEngine } from "./engine.ts";
import { BLOCK, hmacSha256 } from "./sha256.ts";

// The parts of `node:crypto` and `node:zlib` in use.

interface Hmac {
  update(bytes: Uint8Array): Hmac;
  digest(): Uint8Array;
}

interface Crypto {
  createHmac?(hash: string, key: Uint8Array): Hmac;
}

interface Zlib {
  deflateSync(bytes: Uint8Array, options: { chunkSize: number }): Uint8Array;
}

/** How many bytes zlib allocates at a time: a token is short, and the default of 16 KiB for each adds up. */
const CHUNK = 1024;

/** The built-in modules in use, where they are: looked up, and not imported, so that the same source bundles for browsers. */
export function builtIns(): { createHmac: NonNullable<Crypto["createHmac"]>; zlib: Zlib } | undefined {
  const crypto = builtIn("node:crypto") as Crypto | undefined;
  const zlib = builtIn("node:zlib") as Zlib | undefined;
  const createHmac = crypto?.createHmac;
  return createHmac === undefined || zlib === undefined ? undefined : { createHmac, zlib };
}

/**
 * The engine of Deno, Bun and Node 22.3 or newer; `undefined` elsewhere.
 *
 * What is fastest was measured (docs/performance.md): our own HMAC-SHA256 in Deno and Node, that of the runtime in Bun; our own
 * deflate of short contents in all of them.
 */
export function synchronousEngine(): SynchronousEngine | undefined {
  const modules = builtIns();
  if (modules === undefined) return undefined;
  const { createHmac, zlib } = modules;
  const isBun = "Bun" in globalThis;
  return {
    isSynchronous: true,

    hmac(hash, key, message, into) {
      if (!isBun && hash === "SHA-256" && key.length <= BLOCK) return hmacSha256(key, message, into);
      const digest = createHmac(hash === "SHA-1" ? "sha1" : "sha256", key).update(message).digest();
      if (into === undefined) return new Uint8Array(digest); // a `Buffer` may share its memory, and its `slice` does not copy
      into.set(digest);
      return into;
    },

    deflate(bytes, isUsedAtOnce) {
      if (bytes.length > SHORT) return new Uint8Array(zlib.deflateSync(bytes, { chunkSize: CHUNK }));
      const stream = deflateShort(bytes);
      return isUsedAtOnce ? stream : stream.slice();
    },
  };
}

/** A module of the runtime, or `undefined` where it has none. */
export function builtIn(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  try {
    return process?.getBuiltinModule?.(name);
  } catch {
    return undefined; // Next.js Edge has a `process` that throws
  }
}
