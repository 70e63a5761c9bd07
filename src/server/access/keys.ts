import { decodeHex } from "@std/encoding/hex";
import { equalBytes, utf8 } from "../../bytes/bytes.ts";
import { sha256 } from "../../runtime/sha256.ts";
import { array, boolean, record, refuse, string } from "../../validate.ts";
import { fieldsFrom, optional } from "../fields.ts";
import { all } from "../problems.ts";
import type { Caller } from "./caller.ts";
import { grantChecks, RATE_LIMIT } from "./grant_from.ts";

/** The fewest characters of a key that is compared: 128 bits in base64url. Digests do not show how long a key is. */
const MIN_KEY = 22;

/** An API key, of which only the digest is kept. */
export interface Key {
  digest: Uint8Array;
  /** Whether it may stand in a path. */
  inPath: boolean;
  caller: Caller;
}

/** Reads the `keys` of the access file. */
export function keysFrom(data: unknown): Key[] {
  const keys: Key[] = [];
  const checks = {
    id(path: string, value: unknown) {
      if (!/^[\w.-]{1,64}$/.test(string(path, value))) refuse(path, "1 to 64 letters, digits and _.-");
      const id = `key:${value}`;
      return keys.some(({ caller }) => caller.id === id) ? refuse(path, "the id of no key before it", id) : id;
    },
    sha256(path: string, value: unknown) {
      if (!/^[0-9a-f]{64}$/i.test(string(path, value))) refuse(path, "the SHA-256 of the key: 64 hexadecimal characters");
      const bytes = decodeHex(value as string);
      return keys.some(({ digest }) => equalBytes(digest, bytes)) ? refuse(path, "the digest of no key before it") : bytes;
    },
    path: optional(boolean),
    rateLimit: RATE_LIMIT,
    ...grantChecks([]),
  };
  all(
    array("keys", data).map((entry, index) => () => {
      const path = `keys[${index}]`;
      const read = fieldsFrom(`${path}.`, record(path, entry), checks, { maxExpire: 3600 }, all);
      const { id, sha256: digest, path: inPath = false, rateLimit, ...given } = read;
      const grant = { ...given, inspect: given.inspect ?? !inPath }; // a key in a path is in every copy of an app
      if (inPath && grant.appLevel) refuse(`${path}.appLevel`, "absent where the key may stand in a path");
      keys.push({ digest, inPath, caller: { id, grant, placeholders: {}, rateLimit } });
    }),
  );
  return keys;
}

/** Finds a key among those that are known. */
export function findKey(keys: readonly Key[], key: string): Key | undefined {
  if (key.length < MIN_KEY) return undefined;
  const digest = sha256(utf8(key)); // WebCrypto's, which is asynchronous, takes 20 µs
  // Every digest is compared to its end, so that the time does not show which one fits.
  return keys.filter((known) => equalBytes(known.digest, digest))[0];
}
