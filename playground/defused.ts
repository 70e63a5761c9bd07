import { AgoraTokenError, type LegacyToken, type ParsedToken, parseToken, type Token007 } from "../mod.ts";
import { decodeCanonicalBase64, encodeBase64 } from "../src/bytes/base64.ts";
import { pack007 } from "../src/formats/access_token2/pack.ts";
import { pack006 } from "../src/formats/access_token.ts";
import { packColumns } from "../src/formats/dynamic_keys/columns.ts";
import { pack005 } from "../src/formats/dynamic_keys/dynamic_key5.ts";
import { engine } from "../src/runtime/choose.ts";
import type { Engine } from "../src/runtime/engine.ts";
import { dataOf } from "./plan_of.ts";

/** Signs with zeros, and compresses as usual. */
const ZEROS: Engine = {
  hmac: (hash) => new Uint8Array(hash === "SHA-1" ? 20 : 32),
  deflate: (bytes) => engine().deflate(bytes),
};

/** The certificate that the packers ask for; with {@linkcode ZEROS} it signs nothing. */
const NONE = "0".repeat(32);

/** What the address of a shared token begins with. */
const SHARED = "shared/";

/**
 * The token without its signature: rebuilt from its fields, with zeros in place of the signature and nothing after its end. It
 * can be read, and lets nobody in.
 *
 * @returns `undefined` where a field cannot be rebuilt: an unknown service, or text that is not UTF-8.
 */
export async function defused(token: ParsedToken): Promise<string | undefined> {
  try {
    const text = await rebuilt(token);
    return text !== undefined && isDefused(await parseToken(text)) ? text : undefined;
  } catch (error) {
    if (error instanceof AgoraTokenError) return undefined;
    throw error;
  }
}

async function rebuilt(token: ParsedToken): Promise<string | undefined> {
  const undecoded = "undecoded" in token ? Object.keys(token.undecoded) : [];
  if (undecoded.length > 0) return undefined;
  // The names that a format does not hold are only signed, and nothing is signed here.
  const data = dataOf(token, { channelName: "", user: "", service: "" });
  switch (token.version) {
    case "007":
      return token.unknownServiceType === undefined ? await pack007(data as Token007, NONE, ZEROS) : undefined;
    case "006": {
      const text = await pack006(data as Extract<LegacyToken, { version: "006" }>, NONE, ZEROS);
      const { bytes } = decodeCanonicalBase64(text.slice(35), 0);
      const checksums = new DataView(bytes.buffer, bytes.byteOffset + 34, 8); // after the signature and its length; of names that are not in the token
      checksums.setUint32(0, token.crcChannelName, true);
      checksums.setUint32(4, token.crcUid, true);
      return text.slice(0, 35) + encodeBase64(bytes);
    }
    case "005":
      return await pack005(data as Extract<LegacyToken, { version: "005" }>, NONE, ZEROS);
    case "signaling":
      return `1:${token.appId}:${token.expiredTs}:${NONE}`;
    default:
      return await packColumns(data as Extract<LegacyToken, { version: "001" }>, NONE, ZEROS);
  }
}

/** Whether the signature of a token is nothing but zeros: one that was shared for reading. */
export function isDefused(token: ParsedToken | undefined): boolean {
  if (token === undefined) return false;
  const { signature } = token;
  return typeof signature === "string" ? /^0+$/.test(signature) : signature.length > 0 && signature.every((byte) => byte === 0);
}

/** The part of an address after `#` that shares a defused token. */
export function fragmentOf(defused: string): string {
  return SHARED + encodeURIComponent(defused);
}

/** The defused token that a part of an address shares. A token with a signature is not one: no link of this page holds it. */
export async function sharedIn(fragment: string): Promise<string | undefined> {
  if (!fragment.startsWith(SHARED)) return undefined;
  try {
    const text = decodeURIComponent(fragment.slice(SHARED.length));
    return isDefused(await parseToken(text)) ? text : undefined;
  } catch {
    return undefined; // not encoded as this page does it, or not a token
  }
}
