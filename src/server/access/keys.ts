import { decodeHex } from "@std/encoding/hex";
import { equalBytes, utf8 } from "../../bytes/bytes.ts";
import { array, boolean, record, refuse, string } from "../../validate.ts";
import type { Attempt } from "../problems.ts";
import type { Caller } from "./caller.ts";
import { grantFrom, rateLimitFrom } from "./grant_from.ts";

/** The fewest characters of a key that is compared: 128 bits in base64url. Digests do not show how long a key is. */
const MIN_KEY = 22;

interface Key {
  digest: Uint8Array;
  inPath: boolean;
  caller: Caller;
}

/** The API keys, of which only digests are kept. */
export interface Keys {
  /** Whether a key may stand in a path. */
  inPath: boolean;
  /** The caller of a key, if the key may stand where it stood: in the path, or not. */
  find: (key: string, inPath: boolean) => Promise<Caller | undefined>;
}

/** Reads the `keys` of the access file. */
export function keysFrom(data: unknown, attempt: Attempt): Keys {
  const keys = (attempt(() => array("keys", data)) ?? []).map((entry, index): Key | undefined => {
    const path = `keys[${index}].`;
    const fields = attempt(() => record(`keys[${index}]`, entry));
    if (fields === undefined) return undefined;
    const id = attempt(() => {
      if (!/^[\w.-]{1,64}$/.test(string(`${path}id`, fields.id))) refuse(`${path}id`, "1 to 64 letters, digits and _.-");
      return fields.id as string;
    });
    const digest = attempt(() => {
      if (!/^[0-9a-f]{64}$/i.test(string(`${path}sha256`, fields.sha256))) {
        refuse(`${path}sha256`, "the SHA-256 of the key: 64 hexadecimal characters");
      }
      return decodeHex(fields.sha256 as string);
    });
    const inPath = attempt(() => {
      const inPath = fields.path === undefined ? false : boolean(`${path}path`, fields.path);
      if (inPath && fields.appLevel === true) refuse(`${path}appLevel`, "absent where the key may stand in a path");
      return inPath;
    });
    const limit = attempt(() => rateLimitFrom(path, fields));
    const grant = grantFrom(path, fields, { maxExpire: 3600 }, [], ["id", "sha256", "path", "rateLimit"], attempt);
    if (id === undefined || digest === undefined || inPath === undefined || !grant || !limit) return undefined;
    return { digest, inPath, caller: { id: `key:${id}`, grant, placeholders: {}, ...limit } };
  }).filter((key) => key !== undefined);
  keys.forEach(({ digest, caller }, index) => {
    attempt(() => {
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
      // Every digest is compared to its end, so that the time does not show which one fits.
      const found = keys.filter((known) => equalBytes(known.digest, digest))[0];
      return found !== undefined && (!inPath || found.inPath) ? found.caller : undefined;
    },
  };
}
