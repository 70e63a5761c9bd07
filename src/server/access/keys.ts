import { decodeHex } from "@std/encoding/hex";
import { equalBytes, utf8 } from "../../bytes/bytes.ts";
import { array, record, refuse, string } from "../../validate.ts";
import type { Caller } from "./access.ts";
import { type Check, grantFrom, rateLimitFrom } from "./grant_from.ts";

/** The fewest characters of a key that is looked at: 128 bits in base64url. Digests do not show how long a key is. */
const MIN_KEY = 22;

interface Key {
  digest: Uint8Array;
  inPath: boolean;
  caller: Caller;
}

/** API keys: finds the caller of a key. Only digests are kept. */
export interface Keys {
  /** Whether a key may stand in a path. */
  inPath: boolean;
  /** The caller that a key belongs to, if it may stand where it was. */
  find: (key: string, inPath: boolean) => Promise<Caller | undefined>;
}

/** Reads the keys of the access file. */
export function keysFrom(data: unknown, check: Check): Keys {
  const keys = (check(() => array("keys", data)) ?? []).map((entry, index): Key | undefined => {
    const path = `keys[${index}].`;
    const fields = check(() => record(`keys[${index}]`, entry));
    if (fields === undefined) return undefined;
    const id = check(() => {
      if (!/^[\w.-]{1,64}$/.test(string(`${path}id`, fields.id))) refuse(`${path}id`, "1 to 64 letters, digits and _.-");
      return fields.id as string;
    });
    const digest = check(() => {
      if (!/^[0-9a-f]{64}$/i.test(string(`${path}sha256`, fields.sha256))) {
        refuse(`${path}sha256`, "the SHA-256 of the key: 64 hexadecimal characters");
      }
      return decodeHex(fields.sha256 as string);
    });
    const inPath = check(() => {
      const { path: inPath = false } = fields;
      if (typeof inPath !== "boolean") refuse(`${path}path`, "true or false");
      if (inPath && fields.appLevel === true) refuse(`${path}appLevel`, "absent where the key may stand in a path");
      return inPath;
    });
    const limit = check(() => rateLimitFrom(path, fields));
    const grant = grantFrom(path, fields, { maxExpire: 3600 }, [], ["id", "sha256", "path", "rateLimit"], check);
    if (id === undefined || digest === undefined || inPath === undefined || !grant || !limit) return undefined;
    return { digest, inPath, caller: { id: `key:${id}`, grant, placeholders: {}, ...limit } };
  }).filter((key) => key !== undefined);
  keys.forEach(({ digest, caller }, index) => {
    check(() => {
      const before = keys.slice(0, index);
      if (before.some((other) => other.caller.id === caller.id)) refuse("keys", "keys with an id each", `${caller.id} again`);
      if (before.some((other) => equalBytes(other.digest, digest))) {
        refuse("keys", "keys with a digest each", `${caller.id} again`);
      }
    });
  });
  return {
    inPath: keys.some(({ inPath }) => inPath),
    find: async (key, inPath) => {
      if (key.length < MIN_KEY) return undefined;
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(key)));
      // Every digest is compared to its end, whichever fits.
      const found = keys.filter((known) => equalBytes(known.digest, digest))[0];
      return found !== undefined && (!inPath || found.inPath) ? found.caller : undefined;
    },
  };
}
