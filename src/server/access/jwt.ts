import { encodeHex } from "@std/encoding/hex";
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, importJWK, importSPKI, jwtVerify } from "jose";
import type { FetchImplementation, JWK, JWTVerifyGetKey } from "jose";
import { AgoraTokenError } from "../../errors.ts";
import { isLoopbackHost } from "../http/address.ts";
import { utf8 } from "../../bytes/bytes.ts";
import { array, record, refuse, string, U32_MAX } from "../../validate.ts";
import { fieldsFrom, optional } from "../fields.ts";
import { all, settled } from "../problems.ts";
import type { Caller } from "./caller.ts";
import type { Grant } from "./grant.ts";
import { grantChecks, RATE_LIMIT } from "./grant_from.ts";

/** The algorithms that fit each kind of key. A public key never verifies an HMAC: everybody would have its secret. */
const SECRET_ALGORITHMS = { HS256: 32, HS384: 48, HS512: 64 }; // with the shortest secret in bytes (RFC 7518, 3.2)
const PUBLIC_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** How long the server waits before it asks an issuer again whose keys could not be fetched, in milliseconds. */
const COOLDOWN = 5000;

/** How each kind of key is read. */
const KEYS = { secret: secretKey, publicKey, jwksUrl: remoteKeys } as const;

/** The fields that depend on each other, which {@linkcode verification} reads. */
const apart = () => undefined;
const VERIFICATION = { secret: apart, publicKey: apart, jwksUrl: apart, algorithms: apart };

const TEXTS = { issuer: someText, audience: someText, uidClaim: optional(someText), grantClaim: optional(someText) };

/** What a user may have where neither the file nor the JWT says it; and nobody but itself. */
const DEFAULT_GRANT = { services: ["rtc", "rtm"], channels: ["*"], roles: ["publisher", "subscriber"], maxExpire: 3600 };

/** Finds the caller of a JWT; nobody where it is not genuine, not valid now, or not for this server. */
export type FindByJwt = (jwt: string) => Promise<Caller | undefined>;

/** Reads the `jwt` of the access file: how the app's own users are authenticated, and their grant. */
export async function jwtFrom(data: unknown, now: () => Date): Promise<{ findByJwt: FindByJwt; grant: Grant }> {
  const fields = record("jwt", data);
  const hasUid = fields.uidClaim !== undefined;
  const grants = grantChecks(hasUid ? ["sub", "uid"] : ["sub"]);
  const checks = { ...VERIFICATION, ...TEXTS, rateLimit: RATE_LIMIT, ...grants };
  // In a token, uid 7 and account "7" are one user: where uids count, a subject that looks like one must not count too.
  const defaults = { ...DEFAULT_GRANT, users: [hasUid ? "{uid}" : "{sub}"] };
  const key = await settled(() => verification(fields));
  const [read, { algorithms, getKey }] = all([() => fieldsFrom("jwt.", fields, checks, defaults, all), key]);
  const { issuer, audience, uidClaim, grantClaim, rateLimit, ...defaultGrant } = read;

  const findByJwt: FindByJwt = async (jwt) => {
    try {
      const options = { issuer, audience, algorithms, requiredClaims: ["exp"], currentDate: now() };
      const { payload } = await jwtVerify(jwt, getKey, options);
      const { sub } = payload;
      if (typeof sub !== "string" || sub === "") return undefined;
      const uid = uidClaim === undefined ? undefined : payload[uidClaim];
      // A star in a token stands for any name: who has one in the own name gets no token by it.
      if ([sub, uid].some((name) => typeof name === "string" && name.includes("*"))) return undefined;
      const isUid = Number.isInteger(uid) && uid as number > 0 && uid as number <= U32_MAX;
      const placeholders = isUid ? { sub, uid: `${uid}` } : { sub };
      const own = grantClaim === undefined ? undefined : payload[grantClaim];
      const grant = own === undefined
        ? defaultGrant
        : fieldsFrom(`${grantClaim}.`, record(grantClaim!, own), grants, defaultGrant);
      return { id: await nameFor(issuer, sub), grant, placeholders, rateLimit };
    } catch (error) {
      // What is no JWT, and a JWT with a grant that cannot be read.
      if (error instanceof errors.JOSEError || error instanceof AgoraTokenError && error.code !== "service-unavailable") {
        return undefined;
      }
      throw error;
    }
  };
  return { findByJwt, grant: defaultGrant };
}

function someText(path: string, value: unknown): string {
  return string(path, value) || refuse(path, "text that is not empty");
}

/** How the signatures of JWTs are verified: by one kind of key, and algorithms that fit it. */
async function verification(fields: Record<string, unknown>): Promise<{ algorithms: string[]; getKey: JWTVerifyGetKey }> {
  const kinds = Object.keys(KEYS) as (keyof typeof KEYS)[];
  const [kind, ...others] = kinds.filter((name) => fields[name] !== undefined);
  if (kind === undefined || others.length > 0) return refuse("jwt", `an object with exactly one of ${kinds.join(", ")}`);
  const fitting = kind === "secret" ? Object.keys(SECRET_ALGORITHMS) : PUBLIC_ALGORITHMS;
  const algorithms = array("jwt.algorithms", fields.algorithms) as string[];
  if (algorithms.length === 0 || !algorithms.every((algorithm) => fitting.includes(algorithm))) {
    refuse("jwt.algorithms", `a list of some that fit "${kind}": ${fitting.join(", ")}`);
  }
  return { algorithms, getKey: await KEYS[kind](`jwt.${kind}`, fields[kind], algorithms) };
}

function secretKey(path: string, given: unknown, algorithms: string[]): JWTVerifyGetKey {
  const secret = utf8(string(path, given));
  if (/^-----BEGIN|^\s*\{/.test(given as string)) refuse(path, "a secret, not a public key or a JWK");
  const least = Math.max(...algorithms.map((name) => SECRET_ALGORITHMS[name as keyof typeof SECRET_ALGORITHMS]));
  if (secret.length < least) refuse(path, `${least} bytes long or longer`, `${secret.length} bytes`);
  return () => secret;
}

async function publicKey(path: string, given: unknown, algorithms: string[]): Promise<JWTVerifyGetKey> {
  const keys = new Map<string, CryptoKey>();
  for (const algorithm of algorithms) {
    try {
      const key = typeof given === "string" ? await importSPKI(given, algorithm) : await importJWK(given as JWK, algorithm);
      if (key instanceof Uint8Array || key.type !== "public") throw new TypeError("not a public key");
      const { modulusLength = 2048 } = key.algorithm as { modulusLength?: number };
      if (modulusLength < 2048) throw new TypeError("too short to be safe"); // RFC 7518, 3.3
      keys.set(algorithm, key);
    } catch {
      const form = 'as PEM ("-----BEGIN PUBLIC KEY-----") or JWK, of 2048 bits or more where it is RSA';
      refuse(path, `a public key for ${algorithm}, ${form}`);
    }
  }
  return ({ alg }) => keys.get(alg!)!;
}

/** The keys that the issuer publishes. If they cannot be fetched, that is not the caller's fault. */
function remoteKeys(path: string, given: unknown): JWTVerifyGetKey {
  const url = URL.canParse(string(path, given)) ? new URL(given as string) : refuse(path, "a URL");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url.hostname))) refuse(path, "an https URL");
  let failedAt = -Infinity;
  // Anyone can send a JWT of an unknown key: while the issuer does not answer, not each of them may cause a request to it. The
  // keys that were fetched before are still used.
  const ask: FetchImplementation = async (...request) => {
    if (performance.now() - failedAt < COOLDOWN) throw new Error("The issuer did not answer a moment ago");
    try {
      const response = await fetch(...request);
      const set = await response.json();
      createLocalJWKSet(set); // throws where it is none
      if (!response.ok) throw new Error("The issuer answered with an error");
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
      throw new AgoraTokenError("service-unavailable", "The keys of the issuer cannot be fetched", { cause: error });
    }
  };
}

/** What identifies a user in logs: the same on every server, and not the user's name. */
async function nameFor(issuer: string, sub: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(JSON.stringify([issuer, sub])));
  return `jwt:${encodeHex(new Uint8Array(digest, 0, 8))}`;
}
