/** Stand-in for `jsr:@std/encoding/hex`: the same code from its npm mirror, with types. @module */
import * as mirror from "npm:deno-std@1.4.0/encoding/hex.js";

/** Encodes bytes, or the UTF-8 bytes of a text, as lower-case hex. */
export const encodeHex: (src: string | Uint8Array | ArrayBuffer) => string = mirror.encodeHex;
/** Decodes hex into bytes. */
export const decodeHex: (src: string) => Uint8Array<ArrayBuffer> = mirror.decodeHex;
