import { encodeHex } from "@std/encoding/hex";
import { type Bytes, equalBytes, utf8 } from "../bytes/bytes.ts";
import { issueTime, type Seconds, type UnixSeconds } from "../formats/common.ts";
import { engine } from "../runtime/choose.ts";
import { integer, invalidType, onlyKeys, record, refuse, string, U32_MAX } from "../validate.ts";
import { type NotificationRefusalCode, REFUSALS } from "./refusals.ts";

/** A notification of Agora, as its documentation describes it; products add fields. */
export interface AgoraNotification {
  /** Which notification: with `notifyMs` it tells repeats apart. */
  noticeId: string;
  /** The product: 1 RTC, 2 Push Stream to CDN, 3 Cloud Recording, 4 Cloud Player, 5 RTMP Converter, 17 ConvoAI. */
  productId: number;
  /** What happened, by the numbers of the product. */
  eventType: number;
  /** When this attempt was sent: Unix **milliseconds**. A retry has a new time. */
  notifyMs: number;
  /** What happened, by the documentation of the product. */
  payload: unknown;
  /** The session, for some products. */
  sid?: string;
}

/** Options of {@linkcode verifyNotification}. */
export interface NotificationOptions {
  /** How long ago it may have been sent, and how far in the future: 1 to 2³²−1 seconds. If omitted, the time is not checked. */
  maxAge?: Seconds;
  /** The time; the clock of this machine if omitted. */
  now?: UnixSeconds;
}

/** Why a notification was refused. */
export interface NotificationRefusal {
  /** It is not to be trusted. */
  ok: false;
  /** The stable reason. */
  code: NotificationRefusalCode;
  /** What is wrong: one sentence, without the secret and the signature. For the log, not for the answer. */
  message: string;
  /** What to do: one sentence. */
  advice: string;
}

/** A notification that Agora signed, or why it was refused. */
export type NotificationVerification = { ok: true; notification: AgoraNotification } | NotificationRefusal;

/** The headers of a request: those of Fetch, or an object as Node, Express and AWS Lambda have it, in any case of letters. */
export type NotificationHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The two signatures, each HMAC over the raw body with the secret as text. The digits are those of the hexadecimal form. */
const SIGNATURES = [
  { header: "Agora-Signature-V2", hash: "SHA-256", digits: 64 },
  { header: "Agora-Signature", hash: "SHA-1", digits: 40 },
] as const;

/** The largest body that is parsed to find out why its signature is wrong, in bytes: a forged request must stay cheap. */
const MOST_REWRITTEN = 65_536;

/**
 * Says whether Agora signed a notification (webhook), in constant time, over the bytes of the body as they were received.
 *
 * Every signature that the request has must be right, and it must have one: `Agora-Signature-V2` (HMAC-SHA256) or
 * `Agora-Signature` (HMAC-SHA1). A recorded request can be sent again: give `maxAge` to refuse old ones, and remember `noticeId`
 * and `notifyMs` where a repeat does harm. Takes time in proportion to the body, whose size the caller must limit.
 *
 * Source: Agora, “Receive webhook notifications” (docs/facts.md, Notifications).
 *
 * @param body The raw body, as bytes: never text or JSON that was parsed and written again, whose bytes are others.
 * @param headers The headers of the request.
 * @param secret The secret of the notification configuration, as the console shows it; it is not the App Certificate.
 * @param options How old it may be.
 * @returns The notification, or why it was refused; never an exception because of what a request contains.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument that is none, such as a body that
 * was parsed or an empty secret.
 *
 * @example The notification of Agora's documentation
 * ```ts
 * import { verifyNotification } from "@agoratoken/agoratoken/notifications";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const body = new TextEncoder().encode(
 *   '{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,' +
 *     '"payload":{"a":"1","b":2},"productId":1}',
 * );
 * const headers = { "agora-signature-v2": "de96da5acf03b0021ac3b4fa2225e7ae6f3533a30d50bb02c08ea4fa748bda24" };
 * const verified = await verifyNotification(body, headers, "secret");
 * assert(verified.ok);
 * assertEquals(verified.notification.eventType, 10);
 * ```
 */
export async function verifyNotification(
  body: Uint8Array | ArrayBuffer,
  headers: NotificationHeaders,
  secret: string,
  options: NotificationOptions = {},
): Promise<NotificationVerification> {
  const bytes = rawBytes(body);
  const given = record("headers", headers) as NotificationHeaders;
  if (string("secret", secret) === "") refuse("secret", "the secret of the notification configuration", "an empty text");
  onlyKeys(record("options", options), ["maxAge", "now"], "options.");
  const maxAge = options.maxAge === undefined ? Infinity : integer("options.maxAge", options.maxAge, 1, U32_MAX);
  const now = options.now === undefined ? issueTime(undefined) : integer("options.now", options.now, 0, U32_MAX);

  const signed = SIGNATURES.map((row) => ({ ...row, signature: headerOf(given, row.header) }))
    .filter(({ signature }) => signature !== undefined);
  if (signed.length === 0) return refused("signature-missing");
  for (const { header, digits, signature } of signed) {
    if (signature!.length !== digits || /[^\da-f]/.test(signature!)) return refused("signature-malformed", header);
  }
  for (const { header, hash, signature } of signed) {
    const isOf = async (bytes: Bytes, secret: string) =>
      equalBytes(utf8(encodeHex(await engine().hmac(hash, utf8(secret), bytes))), utf8(signature!));
    if (await isOf(bytes, secret)) continue;
    if (bytes.length === 0) return refused("body-empty");
    if (secret.trim() !== secret && secret.trim() !== "" && await isOf(bytes, secret.trim())) {
      return refused("secret-whitespace");
    }
    for (const rewritten of rewrittenForms(bytes)) if (await isOf(rewritten, secret)) return refused("body-rewritten");
    return refused("signature-mismatch", header);
  }

  const notification = notificationOf(bytes);
  if (notification === undefined) return refused("not-a-notification");
  const age = Math.round(now - notification.notifyMs / 1000);
  if (Math.abs(age) > maxAge) return refused("wrong-time", age > 0 ? `${age} seconds ago` : `${-age} seconds in the future`);
  return { ok: true, notification };
}

function refused(code: NotificationRefusalCode, value = ""): NotificationRefusal {
  const [message, advice] = REFUSALS[code];
  return { ok: false, code, message: message.replace("{0}", value), advice };
}

/** The bytes of a body, which must not be text or data: these were decoded, and so may have been changed. */
function rawBytes(body: unknown): Bytes {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);
  throw invalidType("body", "the raw bytes of the request as received, before any parser of bodies", body);
}

/** A header by its name in any case; where it stands several times, all of it, which is no signature. */
function headerOf(headers: NotificationHeaders, name: string): string | undefined {
  if (typeof headers.get === "function") return headers.get(name) ?? undefined;
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name.toLowerCase()).flatMap(([, value]) =>
    value
  );
  const texts = values.filter((value) => value !== undefined);
  return texts.length === 0 ? undefined : texts.join(", ");
}

/** What Agora may have sent, where a program parsed a body and wrote it again: JSON without spaces, in this order or sorted. */
function rewrittenForms(bytes: Bytes): Bytes[] {
  if (bytes.length > MOST_REWRITTEN) return [];
  try {
    const data = jsonOf(bytes);
    return [JSON.stringify(data), JSON.stringify(data, sorted)].map((text) => utf8(text));
  } catch {
    return []; // no JSON, or nested too deeply to write
  }
}

/** For `JSON.stringify`: objects with their keys in order. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

function jsonOf(bytes: Bytes): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

function notificationOf(bytes: Bytes): AgoraNotification | undefined {
  try {
    const data = jsonOf(bytes) as AgoraNotification;
    const isOne = typeof data.noticeId === "string" && [data.productId, data.eventType, data.notifyMs].every(Number.isFinite) &&
      data.payload !== undefined;
    return isOne ? data : undefined;
  } catch {
    return undefined;
  }
}
