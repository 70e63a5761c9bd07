import { decodeHex, encodeHex } from "@std/encoding/hex";
import { numbered } from "../access_token2/services.ts";
import { decodeCanonicalBase64, encodeBase64 } from "../wire/base64.ts";
import { concatBytes, utf8 } from "../wire/bytes.ts";
import { hexId, integer, onlyKeys, record, refuse, string, U16_MAX } from "../wire/check.ts";
import type { Engine } from "../wire/engine.ts";
import { readFields, type Reading, reading } from "../wire/reader.ts";
import type { Span } from "../wire/span.ts";
import { Writer } from "../wire/writer.ts";
import { modulo32 } from "./dynamic_key.ts";
import type { DynamicKeyService, ParsedToken005, Token005 } from "./types.ts";

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
  token: Pick<Token005, "service" | "appId" | "unixTs" | "randomInt" | "expiredTs" | "extra">,
  { channelName, uid }: { channelName: string; uid: number },
  appCertificate: string,
  engine: Engine,
): Promise<string> {
  const message = new Writer();
  message.u16("service", serviceNumber(token.service));
  writeHead(message, token);
  message.str("channelName", channelName);
  message.u32("uid", modulo32("uid", uid));
  writeTail(message, token);
  return encodeHex(await engine.hmac("SHA-1", decodeHex(appCertificate), message.finish())).toUpperCase();
}

/** Packs a DynamicKey5, extra entries in ascending order as the majority of the official code. */
export async function pack005(token: Token005, appCertificate: string, engine: Engine): Promise<string> {
  onlyKeys(token, ["version", "service", "appId", "unixTs", "randomInt", "channelName", "uid", "expiredTs", "extra"]);
  hexId("appId", token.appId);
  hexId("appCertificate", appCertificate);
  string("channelName", token.channelName);
  const content = new Writer();
  content.u16("service", serviceNumber(token.service));
  content.str("signature", await sign005(token, token, appCertificate, engine));
  writeHead(content, token);
  writeTail(content, token);
  return `005${encodeBase64(content.finish())}`;
}

/** Reads a DynamicKey5. The spans are over its version and the decoded content behind it. */
export function read005(text: string, spans?: Span[]): Reading<ParsedToken005> {
  const { bytes: content, error } = decodeCanonicalBase64(text.slice(3), 3);
  const bytes = concatBytes([utf8(text.slice(0, 3)), content]);
  const token: Partial<ParsedToken005> = { version: "005" };
  const fault = readFields(bytes, spans, (reader) => {
    token.undecoded = reader.undecoded;
    reader.chars("version", 3, (chars) => chars === "005", "005");
    token.service = serviceName(reader.u16("service"));
    token.signature = reader.str("signature");
    token.appId = encodeHex(reader.bytes("appId"));
    token.unixTs = reader.u32("unixTs");
    token.randomInt = reader.u32("randomInt");
    token.expiredTs = reader.u32("expiredTs");
    const extra: Record<string, string> = token.extra = {};
    const count = reader.u16("extra.count");
    for (let i = 0; i < count; i++) {
      const key = String(reader.u16(`extra[${i}]`));
      extra[key] = reader.str(`extra.${key}`);
    }
    token.trailingBytes = reader.rest("trailing", "unknown").length;
  });
  return reading(token, bytes, error ?? fault);
}

function serviceName(number: number): DynamicKeyService | number {
  return (Object.keys(SERVICES_005) as DynamicKeyService[]).find((name) => SERVICES_005[name] === number) ?? number;
}

function serviceNumber(service: unknown): number {
  if (typeof service === "number") return integer("service", service, 0, U16_MAX);
  if (typeof service !== "string" || !Object.hasOwn(SERVICES_005, service)) {
    refuse("service", `a number or one of ${Object.keys(SERVICES_005).join(", ")}`);
  }
  return SERVICES_005[service as DynamicKeyService];
}

/** The fields that stand before channel and user in the signed message. */
function writeHead(writer: Writer, { appId, unixTs, randomInt }: Pick<Token005, "appId" | "unixTs" | "randomInt">): void {
  writer.bytes("appId", decodeHex(appId));
  writer.u32("unixTs", unixTs);
  writer.u32("randomInt", modulo32("randomInt", randomInt));
}

/** The fields that stand behind them. */
function writeTail(writer: Writer, { expiredTs, extra }: Pick<Token005, "expiredTs" | "extra">): void {
  writer.u32("expiredTs", expiredTs);
  const entries = numbered("extra", record("extra", extra), {});
  writer.u16("extra.count", entries.length);
  for (const [key, value, path] of entries) {
    writer.u16(path, key);
    writer.str(path, value);
  }
}
