import { pack007 } from "./access_token2/pack.ts";
import type { ParsedToken007, Token007 } from "./access_token2/types.ts";
import { pack006 } from "./access_token.ts";
import { packColumns } from "./dynamic_keys/columns.ts";
import { pack005 } from "./dynamic_keys/dynamic_key5.ts";
import { packSignaling } from "./signaling.ts";
import type { LegacyToken } from "./legacy_types.ts";
import { onlyKeys, record, refuse } from "../validate.ts";
import { engine } from "../runtime/choose.ts";

/** A token of any version as data, distinguished by `version`. */
export type Token = Token007 | LegacyToken;

/** The fields of a 007 token, and then those of a parsed one that say how it was packed: these are left aside. */
const FIELDS_007: readonly (keyof ParsedToken007)[] = [
  ...["version", "appId", "issueTs", "expire", "salt", "services"] as const,
  ...["signature", "signedPart", "serviceCount", "unknownServiceType", "trailingBytes", "undecoded"] as const,
];

/**
 * Packs a token of any version exactly as the official code packs it, without checking Agora's documented rules:
 * lifetimes over 24 hours, long names and times in the past are packed. For new tokens, use `buildToken`.
 *
 * Times differ by version: in 007 `expire` and the privileges are seconds from `issueTs`; in every format before, all times are
 * Unix times.
 *
 * @param token The data; issue time and salt are part of it.
 * @param appCertificate The project's secret: 32 hexadecimal characters.
 * @returns The token's text.
 * @throws {AgoraTokenError} For what cannot be a token. `invalid-type`: a value of the wrong JavaScript type; `unknown-field`:
 * a field that the format does not have; `invalid-value`: an App ID or certificate that is not 32 hexadecimal characters, no
 * service, a number outside its integer type, a text over 65,535 bytes, a payload over 256 KiB or a token over
 * 65,536 characters.
 *
 * @example A token with fixed time and salt
 * ```ts
 * import { packToken, parseToken } from "@agoratoken/agoratoken";
 * import { assertEquals } from "@std/assert";
 *
 * const text = await packToken({
 *   version: "007",
 *   appId: "0123456789abcdef0123456789abcdef",
 *   issueTs: 1700000000,
 *   expire: 600,
 *   salt: 1,
 *   services: [{ type: "chat", userId: "carol", privileges: { user: 600 } }],
 * }, "fedcba9876543210fedcba9876543210");
 * assertEquals((await parseToken(text)).version, "007");
 * ```
 */
export async function packToken(token: Token, appCertificate: string): Promise<string> {
  if (record("token", token).version !== "007") return await packLegacy(token as LegacyToken, appCertificate);
  onlyKeys(token, FIELDS_007);
  return await pack007(token as Token007, appCertificate, engine());
}

/** Packs a token of a version before 007, as {@linkcode packToken} does. */
export async function packLegacy(token: LegacyToken, appCertificate: string): Promise<string> {
  switch (token.version) {
    case "006":
      return await pack006(token, appCertificate, engine());
    case "005":
      return await pack005(token, appCertificate, engine());
    case "004":
    case "003":
    case "002":
    case "001":
      return await packColumns(token, appCertificate, engine());
    case "signaling":
      return packSignaling(token, appCertificate);
    default:
      return refuse("version", "one of 007, 006, 005, 004, 003, 002, 001, signaling");
  }
}
