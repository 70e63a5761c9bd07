import type { ParsedToken007 } from "../../formats/access_token2/types.ts";
import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import type { HomemadeSign } from "../findings.ts";
import { hasZlibHeader } from "./extent.ts";
import { decoded, isHex, type Layer, LEAST_CONTENT, unpacked } from "./layers.ts";
import { characters, type Shape, shapeOf } from "./shape.ts";

// Was the text built by code that does not follow the format? A copy, a log or a URL takes characters away or changes them; it never
// adds an App ID, another compression or another byte order. The signs are read one by one, and what they say is combined.

/** How many bytes digests have: MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
const DIGESTS = [16, 20, 32, 48, 64];
/** What is hardly in compressed bytes, and so tells that others were written: zeros of several numbers, or a longer text. */
const PLAIN = /\0\0[^]*\0\0|[\w-]{12}/;

/** What was read of a text that begins like a token. */
export interface Homemade {
  /** In what it differs from every official token. */
  readonly signs: readonly HomemadeSign[];
  /** The content as a 007, where it is one apart from its packing and its signature. */
  readonly token?: ParsedToken007;
  /** Whether only the code that built it can have caused the signs; without it, damage may look the same. */
  readonly isSure: boolean;
}

/**
 * Reads the signs of a text that begins like a token of a version and could not be read as one.
 *
 * @returns Nothing where there is no sign.
 */
export function homemade(text: string, version: "007" | "006"): Homemade | undefined {
  const body = text.slice(3).replaceAll(/\s/g, "");
  const [, appId, separator = "", after = ""] = /^[^\w+/=-]?([0-9a-f]{32})([.:|,;~_-]?)(.*)$/i.exec(body) ?? [];
  const inClear = appId === undefined ? undefined : read(after);
  // Hexadecimal text may begin with 32 digits that are no App ID.
  const asWhole = inClear === undefined || version === "007" && !isKnown(inClear) && isHex(body) ? read(body) : undefined;
  if (inClear === undefined || asWhole !== undefined && isKnown(asWhole)) return combined(asWhole!, version, []);
  // Where a 006 has a sign between its parts, none of base64 was changed to it.
  const isSeparated = separator !== "" && !/^A[A-D]/.test(after);
  return combined(inClear, version, version === "007" ? ["app-id-in-clear"] : isSeparated ? ["other-content"] : []);
}

/** What was read of the encoded part. */
interface Encoded {
  /** Signs of the encoding. */
  readonly encoding: readonly HomemadeSign[];
  /** How it is compressed, or encoded again, from outside in. */
  readonly layers: readonly Layer[];
  /** What is in the innermost. */
  readonly shape: Shape;
  /** Whether it may be zlib that was damaged. */
  readonly beginsAsZlib: boolean;
  /** Whether it is padded, so that its end is there. */
  readonly isPadded: boolean;
  /** How many bytes it has. */
  readonly length: number;
  /** Whether what is in the innermost layer was never compressed, as far as its bytes tell. */
  readonly isPlain: boolean;
}

/** Whether what was read can be no other bytes. */
function isKnown({ layers, shape }: Encoded): boolean {
  return layers.length > 0 || shape.isKnown;
}

function read(encoded: string): Encoded {
  const isJson = encoded.startsWith("{");
  const { bytes, sign } = isJson ? { bytes: new TextEncoder().encode(encoded) } : decoded(encoded);
  const { content, layers } = unpacked(bytes);
  return {
    encoding: sign === undefined ? [] : [sign],
    layers,
    shape: shapeOf(content),
    beginsAsZlib: hasZlibHeader(bytes),
    isPadded: encoded.endsWith("=") && decodeCanonicalBase64(encoded, 0).error === undefined,
    length: bytes.length,
    isPlain: PLAIN.test(characters(content)),
  };
}

/** What the signs say together. */
function combined(
  { encoding, layers, shape, beginsAsZlib, isPadded, length, isPlain }: Encoded,
  version: "007" | "006",
  before: readonly HomemadeSign[],
): Homemade | undefined {
  const isCompressed = layers.some((layer) => ["zlib", "gzip", "raw-deflate", "wrong-checksum"].includes(layer));
  const packing: HomemadeSign[] = layers.filter((layer) => layer !== "zlib");
  if (layers.filter((layer) => layer === "zlib").length > 1) packing.push("encoded-twice");
  if (version === "006" && isCompressed) packing.unshift("compressed");
  // What begins as it should and breaks later was damaged.
  if (version === "007" && beginsAsZlib && layers.length === 0 && before.length === 0) return undefined;
  const { token } = shape;
  const isRight = version === "007" && token !== undefined && shape.signs.length === 0;
  // The alphabet of URLs alone is no sign: a proxy or a library may have changed it.
  const isOtherwiseRight = isRight && layers.join() === "zlib" && encoding.every((sign) => sign === "url-safe-base64");
  if (isOtherwiseRight && before.length === 0) return undefined;
  const isUnseen = packing.some((sign) => sign === "json" || sign === "partly-compressed" || sign === "bytes-as-text");
  const isNotCompressed = version === "007" && !isCompressed && !isUnseen;
  const signs = new Set([
    ...before,
    ...encoding,
    ...packing,
    ...(isNotCompressed ? ["not-compressed" as const] : []),
    ...shape.signs,
  ]);
  const strong = [...before, ...packing, ...encoding.filter((sign) => sign !== "url-safe-base64")];
  // An App ID that stands in no field of its own may stand in a stream of zlib that does not compress, and whose head was damaged.
  const isShaped = version === "007" ? shape.isKnown : isPadded || shape.signs.length > 0;
  const isSure = strong.length > 0 || isCompressed || isShaped;
  // Of a compressed part that lost its beginning, only bytes without a pattern are left.
  const isDigest = isPadded && DIGESTS.includes(length);
  const isNothing = !isDigest && (length < LEAST_CONTENT || version === "007" && !isPlain);
  if (!isSure && (isNothing || version === "006" && shape.isKnown)) return undefined;
  const isOther = version === "006" ? token !== undefined : before.length === 0 && !shape.isKnown && !isUnseen;
  if (isOther || signs.size === 0) signs.add("other-content");
  return { signs: [...signs], ...(version === "007" && token !== undefined ? { token } : {}), isSure };
}
