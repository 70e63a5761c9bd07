import { encodeHex } from "@std/encoding/hex";
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, importJWK, importSPKI, jwtVerify } from "jose";
import type { FetchImplementation, JWK, JWTVerifyGetKey } from "jose";
import { AgoraTokenError } from "../../errors.ts";
import { isLoopbackHost } from "../http/address.ts";
import { utf8 } from "../../bytes/bytes.ts";
import { array, record, refuse, string, U32_MAX } from "../../validate.ts";
import type { Attempt } from "../problems.ts";
import type { Caller } from "./caller.ts";
import { grantFrom, rateLimitFrom } from "./grant_from.ts";

/** The algorithms that fit each kind of key. A public key never verifies an HMAC: everybody would have its secret. */
const SECRET_ALGORITHMS = { HS256: 32, HS384: 48, HS512: 64 }; // with the shortest secret in bytes (RFC 7518, 3.2)
const PUBLIC_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** How long the server waits before it asks an issuer again whose keys could not be fetched, in milliseconds. */
const COOLDOWN = 5000;

const KEY_FIELDS = ["secret", "publicKey", "jwksUrl"] as const;
const FIELDS = [...KEY_FIELDS, "algorithms", "issuer", "audience", "uidClaim", "grantClaim", "rateLimit"];

/** Finds the caller of a JWT; nobody where it is not genuine, not valid now, or not for this server. */
export type FindByJwt = (jwt: string) => Promise<Caller | undefined>;

/** Reads the `jwt` of the access file: how the app's own users are authenticated. */
export async function jwtFrom(data: unknown, attempt: Attempt, now: () => Date): Promise<FindByJwt | undefined> {
  const fields = attempt(() => record("jwt", data));
  if (fields === undefined) return undefined;
  const text = (name: string) =>
    attempt(() => string(`jwt.${name}`, fields[name]) || refuse(`jwt.${name}`, "text that is not empty"));
  const [issuer, audience] = [text("issuer"), text("audience")];
  const uidClaim = fields.uidClaim === undefined ? undefined : text("uidClaim");
  const grantClaim = fields.grantClaim === undefined ? undefined : text("grantClaim");
  const limit = attempt(() => rateLimitFrom("jwt.", fields));
  const placeholders = uidClaim === undefined ? ["sub"] : ["sub", "uid"];
  const defaultGrant = grantFrom(
    "jwt.",
    fields,
    {
      services: ["rtc", "rtm"],
      channels: ["*"],
      // In a token, uid 7 and account "7" are one user: where uids count, a subject that looks like one must not count too.
      users: [uidClaim === undefined ? "{sub}" : "{uid}"],
      roles: ["publisher", "subscriber"],
      maxExpire: 3600,
    },
    placeholders,
    FIELDS,
    attempt,
  );
  const kinds = KEY_FIELDS.filter((name) => fields[name] !== undefined);
  const kind = attempt(() =>
    kinds.length === 1 ? kinds[0]! : refuse("jwt", `an object with exactly one of ${KEY_FIELDS.join(", ")}`)
  );
  if (kind === undefined) return undefined;
  const algorithms = attempt(() => algorithmsOf(fields.algorithms, kind));
  const key = algorithms && await verificationKey(kind, fields[kind], algorithms, attempt);
  if (!issuer || !audience || !defaultGrant || !key || !limit) return undefined;

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
        ? defaultGrant
        : grantFrom(`${grantClaim}.`, record(grantClaim!, own), defaultGrant, placeholders, [], (read) => read())!;
      return { id: await nameFor(issuer, sub), grant, placeholders: values, ...limit };
    } catch (error) {
      // What is no JWT, and a JWT with a grant that cannot be read.
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

/** The key that the signatures of JWTs are verified with. */
async function verificationKey(
  kind: (typeof KEY_FIELDS)[number],
  given: unknown,
  algorithms: string[],
  attempt: Attempt,
): Promise<JWTVerifyGetKey | undefined> {
  const path = `jwt.${kind}`;
  if (kind === "secret") {
    return attempt(() => {
      const secret = utf8(string(path, given));
      if (/^-----BEGIN|^\s*\{/.test(given as string)) refuse(path, "a secret, not a public key or a JWK");
      const least = Math.max(...algorithms.map((name) => SECRET_ALGORITHMS[name as keyof typeof SECRET_ALGORITHMS]));
      if (secret.length < least) refuse(path, `${least} bytes long or longer`, `${secret.length} bytes`);
      return () => secret;
    });
  }
  if (kind === "jwksUrl") return attempt(() => remoteKeys(path, string(path, given)));
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
      attempt(() => refuse(path, `a public key for ${algorithm}, ${form}`));
      return undefined;
    }
  }
  return ({ alg }) => keys.get(alg!)!;
}

/** The keys that the issuer publishes. If they cannot be fetched, that is not the caller's fault. */
function remoteKeys(path: string, given: string): JWTVerifyGetKey {
  const url = URL.canParse(given) ? new URL(given) : refuse(path, "a URL");
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
