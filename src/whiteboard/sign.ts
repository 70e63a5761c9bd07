import { utf8 } from "../bytes/bytes.ts";
import { encodeHex } from "../bytes/hex.ts";
import { engine } from "../runtime/choose.ts";

/** The keys and values that are signed: all of a token but `sig`. */
export type Fields = Iterable<readonly [key: string, value: string]>;

/** In the order of their UTF-16 units, as JavaScript sorts and as every key in use sorts everywhere. */
export function sortedFields(fields: Fields): (readonly [key: string, value: string])[] {
  return [...fields].sort(([a], [b]) => a < b ? -1 : 1);
}

/** JSON without spaces of pairs in their order, each value as `write` gives it. */
export function jsonOf(
  pairs: Fields,
  write: (value: string, key: string) => string = (value) => JSON.stringify(value),
): string {
  return `{${[...pairs].map(([key, value]) => `${JSON.stringify(key)}:${write(value, key)}`).join(",")}}`;
}

/** The signature: HMAC-SHA256 of the text, in hexadecimal. The text is that of the JSON, not that of the query in the token. */
export async function sign(text: string, secretKey: string): Promise<string> {
  return encodeHex(await engine().hmac("SHA-256", utf8(secretKey), utf8(text)));
}
