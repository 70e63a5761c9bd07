import { encodeHex } from "@std/encoding/hex";
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, importJWK, importSPKI, jwtVerify } from "jose";
import type { FetchImplementation, JWK, JWTVerifyGetKey } from "jose";
import { AgoraTokenError } from "../../errors.ts";
import { isLoopbackHost } from "../http/address.ts";
import { utf8 } from "../../bytes/bytes.ts";
import { array, record, refuse, string, U32_MAX } from "../../validate.ts";
import type { Caller } from "./access.ts";
import { type Check, grantFrom, rateLimitFrom } from "./grant_from.ts";

/** The algorithms that fit each kind of key: a public key never verifies an HMAC, of which it would be the secret. */
const SECRET_ALGORITHMS = { HS256: 32, HS384: 48, HS512: 64 }; // with the shortest secret in bytes (RFC 7518, 3.2)
const PUBLIC_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** How long an issuer whose keys could not be fetched is not asked again, in milliseconds. */
const COOLDOWN = 5000;

const KEY_FIELDS = ["secret", "publicKey", "jwksUrl"] as const;
const FIELDS = [...KEY_FIELDS, "algorithms", "issuer", "audience", "uidClaim", "grantClaim", "rateLimit"];

/** Finds the caller of a JWT; nobody where it is not genuine, not alive, or not for us. */
export type FindByJwt = (jwt: string) => Promise<Caller | undefined>;

/** Reads the `jwt` of the access file: how the app's own users are known. */
export async function jwtFrom(data: unknown, check: Check, now: () => Date): Promise<FindByJwt | undefined> {
  const fields = check(() => record("jwt", data));
  if (fields === undefined) return undefined;
  const text = (name: string) =>
    check(() => string(`jwt.${name}`, fields[name]) || refuse(`jwt.${name}`, "a text that is not empty"));
  const [issuer, audience] = [text("issuer"), text("audience")];
  const uidClaim = fields.uidClaim === undefined ? undefined : text("uidClaim");
  const grantClaim = fields.grantClaim === undefined ? undefined : text("grantClaim");
  const limit = check(() => rateLimitFrom("jwt.", fields));
  const placeholders = uidClaim === undefined ? ["sub"] : ["sub", "uid"];
  const usual = grantFrom(
    "jwt.",
    fields,
    {
      services: ["rtc", "rtm"],
      channels: ["*"],
      // On the wire, uid 7 and account "7" are one user: with a uid, a subject that looks like one must not count as well.
      users: [uidClaim === undefined ? "{sub}" : "{uid}"],
      roles: ["publisher", "subscriber"],
      maxExpire: 3600,
    },
    placeholders,
    FIELDS,
    check,
  );
  const kinds = KEY_FIELDS.filter((name) => fields[name] !== undefined);
  const kind = check(() =>
    kinds.length === 1 ? kinds[0]! : refuse("jwt", `an object with exactly one of ${KEY_FIELDS.join(", ")}`)
  );
  if (kind === undefined) return undefined;
  const algorithms = check(() => algorithmsOf(fields.algorithms, kind));
  const key = algorithms && await keyOf(kind, fields[kind], algorithms, check);
  if (!issuer || !audience || !usual || !key || !limit) return undefined;

  return async function findByJwt(jwt) {
    try {
      const options = { issuer, audience, algorithms, requiredClaims: ["exp"], currentDate: now() };
      const { payload } = await jwtVerify(jwt, key, options);
      const { sub } = payload;
      if (typeof sub !== "string" || sub === "") return undefined;
      const uid = uidClaim === undefined ? undefined : payload[uidClaim];
      const values = Number.isInteger(uid) && uid as number > 0 && uid as number <= U32_MAX ? { sub, uid: `${uid}` } : { sub };
      const own = grantClaim === undefined ? undefined : payload[grantClaim];
      const grant = own === undefined
        ? usual
        : grantFrom(`${grantClaim}.`, record(grantClaim!, own), usual, placeholders, [], (read) => read())!;
      return { id: await nameFor(issuer, sub), grant, placeholders: values, ...limit };
    } catch (error) {
      // A JWT that is not one, and a grant in it that cannot be read.
      if (error instanceof errors.JOSEError || error instanceof AgoraTokenError && error.code !== "service-unavailable") {
        return undefined;
      }
      throw error;
    }
  };
}

function algorithmsOf(given: unknown, kind: (typeof KEY_FIELDS)[number]): string[] {
  const fitting = kind === "secret" ? Object.keys(SECRET_ALGORITHMS) : PUBLIC_ALGORITHMS;
  const algorithms = array("jwt.algorithms", given) as string[];
  if (algorithms.length === 0 || !algorithms.every((algorithm) => fitting.includes(algorithm))) {
    refuse("jwt.algorithms", `a list of some that fit "${kind}": ${fitting.join(", ")}`);
  }
  return algorithms;
}

async function keyOf(
  kind: (typeof KEY_FIELDS)[number],
  given: unknown,
  algorithms: string[],
  check: Check,
): Promise<JWTVerifyGetKey | undefined> {
  const path = `jwt.${kind}`;
  if (kind === "secret") {
    return check(() => {
      const secret = utf8(string(path, given));
      if (/^-----BEGIN|^\s*\{/.test(given as string)) refuse(path, "a secret, and not a key that others may know");
      const least = Math.max(...algorithms.map((name) => SECRET_ALGORITHMS[name as keyof typeof SECRET_ALGORITHMS]));
      if (secret.length < least) refuse(path, `${least} bytes long or longer`, `${secret.length} bytes`);
      return () => secret;
    });
  }
  if (kind === "jwksUrl") return check(() => remoteKeys(path, string(path, given)));
  const keys = new Map<string, Awaited<ReturnType<typeof importSPKI>>>();
  for (const algorithm of algorithms) {
    try {
      const isPrivate = typeof given === "object" && given !== null && "d" in given;
      if (isPrivate) throw new TypeError("not a public key");
      const key = typeof given === "string" ? await importSPKI(given, algorithm) : await importJWK(given as JWK, algorithm);
      if (key instanceof Uint8Array) throw new TypeError("not a public key");
      const { modulusLength = 2048 } = key.algorithm as { modulusLength?: number };
      if (modulusLength < 2048) throw new TypeError("too short to be safe"); // RFC 7518, 3.3
      keys.set(algorithm, key);
    } catch {
      const form = 'as PEM ("-----BEGIN PUBLIC KEY-----") or JWK, of 2048 bits or more where it is RSA';
      check(() => refuse(path, `a public key for ${algorithm}, ${form}`));
      return undefined;
    }
  }
  return ({ alg }) => keys.get(alg!)!;
}

/** The keys that the issuer publishes. That they cannot be had is no fault of the caller. */
function remoteKeys(path: string, given: string): JWTVerifyGetKey {
  const url = URL.canParse(given) ? new URL(given) : refuse(path, "a URL");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url.hostname))) refuse(path, "an https URL");
  let failedAt = -Infinity;
  // Anyone can send a JWT of an unknown key: while the issuer is away, not each of them may ask it. The keys that it has given
  // still serve.
  const ask: FetchImplementation = async (...request) => {
    if (performance.now() - failedAt < COOLDOWN) throw new Error("the issuer was asked just now");
    try {
      const response = await fetch(...request);
      const set = await response.json();
      createLocalJWKSet(set); // throws where it is none
      if (!response.ok) throw new Error("the issuer is not well");
      return Response.json(set);
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
  const keys = createRemoteJWKSet(url, { [customFetch]: ask });
  return async (header, jwt) => {
    try {
      return await keys(header, jwt);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      throw new AgoraTokenError("service-unavailable", "The keys of the issuer cannot be fetched");
    }
  };
}

/** What stands for a user in logs: the same everywhere, and not the user's name. */
async function nameFor(issuer: string, sub: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(JSON.stringify([issuer, sub])));
  return `jwt:${encodeHex(new Uint8Array(digest, 0, 8))}`;
}
