import { md5 } from "@noble/hashes/legacy.js";
import { encodeHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/bytes.ts";
import { hexId, isHexId, onlyKeys, string, u32, U32_MAX } from "../validate.ts";
import type { UnixSeconds } from "./common.ts";
import { readFields, type Reading } from "../bytes/reading.ts";
import type { Span } from "../bytes/span.ts";
import type { ParsedTokenSignaling, TokenSignaling } from "./legacy_types.ts";

/** The checksum (legacy notes §4): MD5 over account, App ID, certificate and time as one text, in lower-case hex. */
export function signSignaling(
  { appId, expiredTs }: { appId: string; expiredTs: UnixSeconds },
  account: string,
  appCertificate: string,
): string {
  return encodeHex(md5(utf8(account + appId + appCertificate + expiredTs)));
}

/** Packs a SignalingToken. */
export function packSignaling(token: TokenSignaling, appCertificate: string): string {
  onlyKeys(token, ["version", "appId", "account", "expiredTs"]);
  const appId = hexId("appId", token.appId);
  hexId("appCertificate", appCertificate);
  const expiredTs = u32("expiredTs", token.expiredTs);
  return `1:${appId}:${expiredTs}:${signSignaling({ appId, expiredTs }, string("account", token.account), appCertificate)}`;
}

/** Reads a SignalingToken; the spans are over its text, each with the colon after it. */
export function readSignaling(text: string, _limit: number, _atOnce: boolean, spans?: Span[]): Reading<ParsedTokenSignaling> {
  const token: Partial<ParsedTokenSignaling> = { version: "signaling" };
  return readFields(token, utf8(text), spans, (reader) => {
    reader.chars("version", 2, (chars) => chars === "1:", "1:");
    const isAppId = (chars: string) => isHexId(chars.slice(0, -1)) && chars.endsWith(":");
    token.appId = reader.chars("appId", 33, isAppId, "32 hexadecimal characters and a colon").slice(0, -1);
    const width = text.slice(35).search(/:|$/) + 1;
    const isTime = (chars: string) => /^(0|[1-9]\d{0,9}):$/.test(chars) && parseInt(chars) <= U32_MAX;
    token.expiredTs = parseInt(reader.chars("expiredTs", width, isTime, `a decimal number up to ${U32_MAX} and a colon`));
    const isMd5 = (chars: string) => /^[0-9a-f]{32}$/.test(chars);
    token.signature = reader.chars("signature", 32, isMd5, "32 lower-case hexadecimal characters");
    reader.finish();
  });
}
