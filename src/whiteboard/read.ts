import { AgoraTokenError } from "../errors.ts";
import { PREFIXES, type WhiteboardKind } from "./types.ts";

// The envelope: a prefix, and in base64 a query of keys and values, each percent-encoded.

/** A token as it stands, before anything is asked of its keys. */
export interface Envelope {
  /** By the prefix. */
  kind: WhiteboardKind;
  /** Every key but `sig`, in the order of the token. */
  fields: Map<string, string>;
  /** The value of `sig`. */
  signature?: string;
  /** Whether the text is the one that a builder writes of these bytes: no padding, the URL-safe alphabet, no stray bits. */
  isCanonical: boolean;
}

/** The longest token that is read, in characters: they have about 250. */
const LONGEST = 65_536;

/** Reads the envelope of a token; throws what is wrong with it. */
export function readEnvelope(text: string): Envelope {
  if (text.length > LONGEST) {
    throw new AgoraTokenError("too-large", `The token has more than ${LONGEST} characters`, { expected: `at most ${LONGEST}` });
  }
  const found = Object.entries(PREFIXES).find(([, prefix]) => text.startsWith(prefix));
  if (found === undefined) {
    const expected = `${Object.values(PREFIXES).join(", ")} in capitals, and base64`;
    throw new AgoraTokenError("unknown-format", `The text is no whiteboard token: wanted ${expected}`, { expected });
  }
  const [kind, prefix] = found as [WhiteboardKind, string];
  const encoded = text.slice(prefix.length);
  const bytes = bytesOf(encoded);
  return {
    kind,
    ...fieldsOf(textOf(bytes, "malformed-base64", "bytes that are not UTF-8")),
    isCanonical: base64Url(bytes) === encoded,
  };
}

/** The text of a token: the counterpart of {@linkcode readEnvelope}. */
export function writeEnvelope(kind: WhiteboardKind, pairs: readonly (readonly [key: string, value: string])[]): string {
  const query = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join("&");
  return PREFIXES[kind] + base64Url(new TextEncoder().encode(query));
}

/** The bytes of base64 in either alphabet, with or without padding. */
function bytesOf(encoded: string): Uint8Array {
  const body = encoded.replace(/={1,2}$/, "");
  const other = body.search(/[^\w+/-]/);
  if (other >= 0) throw malformed("malformed-base64", `a character outside base64 after ${other} characters of it`);
  if (body.length % 4 === 1) {
    throw malformed("malformed-base64", "a length that base64 does not have, as when it was not copied whole");
  }
  const binary = atob(body.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function base64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function textOf(bytes: Uint8Array, code: "malformed-base64" | "malformed-field", actual: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed(code, actual);
  }
}

/** The pairs of a query. Empty ones mean nothing; a key alone has an empty value. */
function fieldsOf(query: string): Pick<Envelope, "fields" | "signature"> {
  const fields = new Map<string, string>();
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const [key = "", ...value] = pair.split("=");
    const name = decoded(key);
    if (fields.has(name)) throw malformed("malformed-field", "a key twice", /^\w{1,20}$/.test(name) ? name : undefined);
    fields.set(name, decoded(value.join("=")));
  }
  if (!["ak", "role", "nonce", "sig"].some((key) => fields.has(key))) {
    throw malformed("malformed-field", "no keys of such a token");
  }
  const signature = fields.get("sig");
  fields.delete("sig");
  return { fields, ...(signature === undefined ? {} : { signature }) };
}

/** A key or value without percent-encoding. A plus sign is a space: Python and Ruby write one so, and every port encodes a plus sign. */
function decoded(text: string): string {
  const plain = text.replaceAll("+", " ");
  if (!plain.includes("%")) return plain;
  try {
    return decodeURIComponent(plain);
  } catch {
    throw malformed("malformed-field", "broken percent-encoding");
  }
}

function malformed(code: "malformed-base64" | "malformed-field", actual: string, field?: string): AgoraTokenError {
  return new AgoraTokenError(code, `The whiteboard token cannot be read: it has ${actual}`, { field, actual });
}
