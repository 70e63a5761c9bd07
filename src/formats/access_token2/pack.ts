import { encodeBase64 } from "../../bytes/base64.ts";
import { type Bytes, u32le, utf8 } from "../../bytes/bytes.ts";
import { Writer } from "../../bytes/writer.ts";
import { hexId, refuse } from "../../validate.ts";
import { type Awaitable, type Engine, isSynchronous, type SynchronousEngine } from "../../runtime/engine.ts";
import { writeSignedPart } from "./encode.ts";
import { keepKey, keptKey } from "./kept_keys.ts";
import { MAX_TEXT } from "../common.ts";
import type { Token007 } from "./types.ts";

/** The version prefix, outside the base64. */
export const PREFIX = "007";

/** The largest payload that is read unless the caller sets another bound, and so the largest that is packed: 256 KiB. */
export const MAX_PAYLOAD = 256 * 1024;

/** What precedes the signed part: the length of the signature in two bytes, and the signature. */
const SIGNATURE_HEAD = 34;

/** The numbers of a token that are keys. */
type Numbers = Pick<Token007, "issueTs" | "salt">;

/**
 * The signature of a signed part (format notes §3): a chain of three HMAC-SHA256. The time is the first key and the
 * certificate its message, in this order.
 *
 * @param into Where a synchronous engine puts it; new bytes if omitted.
 */
export function sign007(
  signedPart: Bytes,
  numbers: Numbers,
  appCertificate: string,
  engine: Engine,
  into?: Bytes,
): Awaitable<Bytes> {
  if (!isSynchronous(engine)) return signLater(signedPart, numbers, appCertificate, engine);
  const signature = into ?? new Uint8Array(32);
  const byTime = keptKey(numbers.issueTs, appCertificate) ?? firstKey(numbers, appCertificate, engine, signature);
  return signFrom(byTime, signedPart, numbers, engine, signature);
}

async function signLater(
  signedPart: Bytes,
  { issueTs, salt }: Numbers,
  appCertificate: string,
  engine: Engine,
): Promise<Bytes> {
  const byTime = await engine.hmac("SHA-256", u32le(issueTs), utf8(appCertificate));
  const bySalt = await engine.hmac("SHA-256", u32le(salt), byTime);
  return await engine.hmac("SHA-256", bySalt, signedPart);
}

// One call at a time uses these: nothing waits. A new buffer costs as much as the hashing of a block (Deno).
const number = /* @__PURE__ */ new Uint8Array(4);
const certificate = /* @__PURE__ */ new Uint8Array(32);

/** The first HMAC. */
function firstKey({ issueTs }: Numbers, appCertificate: string, engine: SynchronousEngine, into: Bytes): Bytes {
  const key = engine.hmac("SHA-256", u32le(issueTs, number), utf8(appCertificate, certificate), into);
  certificate.fill(0); // no copy of it stays
  return key;
}

/** The other two. */
function signFrom(byTime: Bytes, signedPart: Bytes, { salt }: Numbers, engine: SynchronousEngine, into: Bytes): Bytes {
  const bySalt = engine.hmac("SHA-256", u32le(salt, number), byTime, into);
  return engine.hmac("SHA-256", bySalt, signedPart, into);
}

/** The writer that packs with a synchronous engine. Absent while it is in use: reading a value may run code that packs a token. */
let idle: Writer | undefined;

/** The largest payload that leaves its buffer to the next. */
const SMALL = 4096;

/**
 * Packs a token as the official code does: sign, compress, encode. With a synchronous engine, at once.
 *
 * @throws {AgoraTokenError} For what cannot be a token; see {@linkcode writeSignedPart}.
 */
export function pack007(token: Token007, appCertificate: string, engine: SynchronousEngine): string;
export function pack007(token: Token007, appCertificate: string, engine: Engine): Awaitable<string>;
export function pack007(token: Token007, appCertificate: string, engine: Engine): Awaitable<string> {
  hexId("appCertificate", appCertificate);
  const writer = idle ?? new Writer();
  idle = undefined;
  writeSignedPart(writer.restart(SIGNATURE_HEAD), token);
  const payload = writer.written();
  const { length } = payload;
  if (length > MAX_PAYLOAD) refuse("services", `small enough for a payload of ${MAX_PAYLOAD} bytes`, `${length} bytes`);
  payload[0] = SIGNATURE_HEAD - 2;
  payload[1] = 0;
  if (!isSynchronous(engine)) return packLater(payload, token, appCertificate, engine);
  let byTime = keptKey(token.issueTs, appCertificate);
  if (byTime === undefined) {
    byTime = firstKey(token, appCertificate, engine, new Uint8Array(32));
    keepKey(token.issueTs, appCertificate, byTime);
  }
  signFrom(byTime, payload.subarray(SIGNATURE_HEAD), token, engine, payload.subarray(2, SIGNATURE_HEAD));
  const text = PREFIX + encodeBase64(engine.deflate(payload, true));
  if (length <= SMALL) idle = writer;
  return ofBoundedLength(text);
}

async function packLater(payload: Bytes, token: Token007, appCertificate: string, engine: Engine): Promise<string> {
  payload.set(await signLater(payload.subarray(SIGNATURE_HEAD), token, appCertificate, engine), 2);
  return ofBoundedLength(PREFIX + encodeBase64(await engine.deflate(payload)));
}

/** A token that can be read again. */
function ofBoundedLength(text: string): string {
  const { length } = text;
  return length <= MAX_TEXT ? text : refuse("services", `small enough for a token of ${MAX_TEXT} characters`, `${length}`);
}
