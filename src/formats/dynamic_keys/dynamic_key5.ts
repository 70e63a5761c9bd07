import { decodeHex, encodeHex } from "../../bytes/hex.ts";
import { encodeBase64 } from "../../bytes/base64.ts";
import { type Bytes, concatBytes } from "../../bytes/bytes.ts";
import { hexId, integer, oneOf, onlyKeys, string, U16_MAX } from "../../validate.ts";
import type { Engine } from "../../runtime/engine.ts";
import { readMap, writeMap } from "../names.ts";
import { readBase64Fields, type Reading } from "../../bytes/reading.ts";
import type { Span } from "../../bytes/span.ts";
import { Writer } from "../../bytes/writer.ts";
import { modulo32 } from "./columns.ts";
import type { DynamicKeyService, ParsedToken005, Token005 } from "../legacy_types.ts";

/** The services of 005 by name (legacy notes §3). */
export const SERVICES_005: Readonly<Record<DynamicKeyService, number>> = {
  mediaChannel: 1,
  recording: 2,
  publicSharing: 3,
  inChannelPermission: 4,
};

/**
 * The signature (legacy notes §3): HMAC-SHA1 under the 16 bytes of the certificate, in upper-case hex. It is over the
 * fields of the key and, between them, channel and user, which the key does not hold.
 */
export async function sign005(
  [before, after]: readonly [Bytes, Bytes],
  { channelName, uid }: { channelName: string; uid: number },
  appCertificate: string,
  engine: Engine,
): Promise<string> {
  const names = new Writer();
  names.str("channelName", channelName);
  names.u32("uid", modulo32("uid", uid));
  const message = concatBytes([before, names.finish(), after]);
  return encodeHex(await engine.hmac("SHA-1", decodeHex(appCertificate), message)).toUpperCase();
}

/** Packs a DynamicKey5, extra entries in ascending order, as most official code does. */
export async function pack005(token: Token005, appCertificate: string, engine: Engine): Promise<string> {
  onlyKeys(token, ["version", "service", "appId", "unixTs", "randomInt", "channelName", "uid", "expiredTs", "extra"]);
  hexId("appId", token.appId);
  hexId("appCertificate", appCertificate);
  string("channelName", token.channelName);
  const parts = encodeParts005(token);
  const signature = new Writer();
  signature.str("signature", await sign005(parts, token, appCertificate, engine));
  // The signature is packed after the service, which is the first two bytes.
  const [before, after] = parts;
  return `005${encodeBase64(concatBytes([before.subarray(0, 2), signature.finish(), before.subarray(2), after]))}`;
}

/** What is signed before and after channel and user. */
export function encodeParts005(
  { service, appId, unixTs, randomInt, expiredTs, extra }: Omit<Token005, "version" | "channelName" | "uid">,
): [Bytes, Bytes] {
  const before = new Writer();
  before.u16("service", serviceNumber(service));
  before.bytes("appId", decodeHex(appId));
  before.u32("unixTs", unixTs);
  before.u32("randomInt", modulo32("randomInt", randomInt));
  const after = new Writer();
  after.u32("expiredTs", expiredTs);
  writeMap(after, "extra", extra, {}, (writer, key, value) => writer.str(key, value));
  return [before.finish(), after.finish()];
}

/** Reads a DynamicKey5. The spans are over its version and the decoded content after it. */
export function read005(text: string, limit: number, _atOnce: boolean, spans?: Span[]): Reading<ParsedToken005> {
  const token: Partial<ParsedToken005> = { version: "005" };
  return readBase64Fields(token, [text, 3], limit, spans, (reader, bytes) => {
    token.undecoded = reader.undecoded;
    reader.chars("version", 3, (chars) => chars === "005", "005");
    token.service = serviceName(reader.u16("service"));
    token.signature = reader.str("signature");
    const start = reader.position;
    token.appId = encodeHex(reader.bytes("appId"));
    token.unixTs = reader.u32("unixTs");
    token.randomInt = reader.u32("randomInt");
    const middle = reader.position;
    token.expiredTs = reader.u32("expiredTs");
    readMap(reader, "extra", token.extra = {}, {}, (reader, key) => reader.str(key));
    const before = concatBytes([bytes.subarray(3, 5), bytes.subarray(start, middle)]);
    token.signedParts = [before, bytes.slice(middle, reader.position)];
    token.trailingBytes = reader.rest("trailing", "unknown").length;
  });
}

/** How many bytes a 005 has at least, as far as they are there: 76 before its entries, each a key and a text after its length. */
export function sizeOf005(bytes: Uint8Array): number {
  const u16 = (at: number) => bytes[at]! | (bytes[at + 1]! << 8);
  let size = 76;
  if (bytes.length < size) return size;
  for (let left = u16(74); left > 0 && size <= bytes.length; left--) size += 4 + (size + 4 <= bytes.length ? u16(size + 2) : 0);
  return size;
}

function serviceName(number: number): DynamicKeyService | number {
  return (Object.keys(SERVICES_005) as DynamicKeyService[]).find((name) => SERVICES_005[name] === number) ?? number;
}

function serviceNumber(service: unknown): number {
  if (typeof service === "number") return integer("service", service, 0, U16_MAX);
  return oneOf("service", SERVICES_005, service, "a number or ");
}
