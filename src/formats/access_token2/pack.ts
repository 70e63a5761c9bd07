import { encodeBase64 } from "../../bytes/base64.ts";
import { type Bytes, concatBytes, u32le, utf8 } from "../../bytes/bytes.ts";
import { hexId, refuse } from "../../validate.ts";
import { type Awaitable, chain, type Engine, type SynchronousEngine } from "../../runtime/engine.ts";
import { encodeSignedPart } from "./encode.ts";
import type { Token007 } from "./types.ts";

/** The version prefix, outside the base64. */
export const PREFIX = "007";

/** The largest payload that is read, and so the largest that is packed: 1 MiB, unless the caller sets another bound. */
export const MAX_PAYLOAD = 1024 * 1024;

/** Signature length prefix and signature: what precedes the signed part. */
const SIGNATURE_HEAD = 34;

/**
 * The signature of a signed part (format notes §3): a chain of three HMAC-SHA256. The time is the first key and the
 * certificate its message, in this order.
 */
export function sign007(
  signedPart: Bytes,
  { issueTs, salt }: { issueTs: number; salt: number },
  appCertificate: string,
  engine: Engine,
): Awaitable<Bytes> {
  const byTime = engine.hmac("SHA-256", u32le(issueTs), utf8(appCertificate));
  const bySalt = chain(byTime, (byTime) => engine.hmac("SHA-256", u32le(salt), byTime));
  return chain(bySalt, (bySalt) => engine.hmac("SHA-256", bySalt, signedPart));
}

/**
 * Packs a token as the official code does: sign, compress, encode. With a synchronous engine, at once.
 *
 * @throws {AgoraTokenError} For what cannot be a token; see {@linkcode encodeSignedPart}.
 */
export function pack007(token: Token007, appCertificate: string, engine: SynchronousEngine): string;
export function pack007(token: Token007, appCertificate: string, engine: Engine): Awaitable<string>;
export function pack007(token: Token007, appCertificate: string, engine: Engine): Awaitable<string> {
  hexId("appCertificate", appCertificate);
  const signedPart = encodeSignedPart(token);
  const size = SIGNATURE_HEAD + signedPart.length;
  if (size > MAX_PAYLOAD) refuse("services", `small enough for a payload of ${MAX_PAYLOAD} bytes`, `${size} bytes`);
  const signature = sign007(signedPart, token, appCertificate, engine);
  const payload = chain(signature, (signature) => concatBytes([Uint8Array.of(32, 0), signature, signedPart]));
  return chain(chain(payload, (payload) => engine.deflate(payload)), (stream) => PREFIX + encodeBase64(stream));
}
