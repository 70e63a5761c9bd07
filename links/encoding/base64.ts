/** Stand-in for `jsr:@std/encoding/base64`: the same code from its npm mirror, with types. @module */
import * as mirror from "npm:deno-std@1.4.0/encoding/base64.js";

/** Encodes bytes, or the UTF-8 bytes of a text, as base64. */
export const encodeBase64: (data: ArrayBuffer | Uint8Array | string) => string = mirror.encodeBase64;
/** Decodes base64 into bytes. */
export const decodeBase64: (b64: string) => Uint8Array<ArrayBuffer> = mirror.decodeBase64;
