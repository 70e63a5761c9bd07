import { encodeHex } from "@std/encoding/hex";
import { errors, importJWK, importSPKI, jwtVerify } from "jose";
import type { JWK, JWTVerifyGetKey } from "jose";
import { AgoraTokenError } from "../../errors.ts";
import { isLoopbackHost } from "../http/address.ts";
import { utf8 } from "../../bytes/bytes.ts";
import type { Seconds } from "../../formats/common.ts";
import { array, defined, integer, record, refuse, string, U32_MAX } from "../../validate.ts";
import { fieldsFrom, optional } from "../fields.ts";
import { all, settled } from "../problems.ts";
import type { Caller } from "./caller.ts";
import { grantChecks, RATE_LIMIT, remarksOn } from "./grant_from.ts";
import { isGuessable } from "./guessable.ts";
import { publishedKeys } from "./jwks.ts";

/** The algorithms that fit each kind of key. A public key never verifies an HMAC: everybody would have its secret. */
const SECRET_ALGORITHMS = { HS256: 32, HS384: 48, HS512: 64 }; // with the shortest secret in bytes (RFC 7518, 3.2)
const PUBLIC_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** How long the keys of an issuer are used while it does not answer, where the file does not say it: 6 hours. */
const KEYS_MAX_AGE: Seconds = 21_600;

/** How long a JWT may still be valid, where the file does not say it: 24 hours. */
const MAX_VALIDITY: Seconds = 86_400;

/** How each kind of key is read. */
const KEYS = { secret: secretKey, publicKey, jwksUrl: remoteKeys } as const;

/** The fields that depend on each other, which {@linkcode verification} reads. */
const apart = () => undefined;
const VERIFICATION = { secret: apart, publicKey: apart, jwksUrl: apart, algorithms: apart, keysMaxAge: apart };

const TEXTS = {
  type: optional(someText),
  issuer: someText,
  audience: someText,
  uidClaim: optional(someText),
  grantClaim: optional(someText),
};

/** What a user may have where neither the file nor the JWT says it; and nobody but itself. */
const DEFAULT_GRANT = { services: ["rtc", "rtm"], channels: ["*"], roles: ["publisher", "subscriber"], maxExpire: 3600 };

/** Finds the caller of a JWT; nobody where it is not genuine, not valid now, or not for this server. */
export type FindByJwt = (jwt: string) => Promise<Caller | undefined>;

/** How users are found, and remarks on the file for whoever wrote it. */
export interface JwtUsers {
  readonly findByJwt: FindByJwt;
  readonly remarks: readonly string[];
}

/** Reads the `jwt` of the access file: how the app's own users are authenticated, and which tokens they may have. */
export async function jwtFrom(data: unknown, now: () => Date): Promise<JwtUsers> {
  const fields = record("jwt", data);
  const hasUid = fields.uidClaim !== undefined;
  const grants = grantChecks(hasUid ? ["sub", "uid"] : ["sub"]);
  const maxValidity = (path: string, value: unknown) => integer(path, value, 1, 31_536_000);
  const checks = { ...VERIFICATION, ...TEXTS, maxValidity, rateLimit: RATE_LIMIT, ...grants };
  // In a token, uid 7 and account "7" are one user: where uids count, a subject that looks like one must not count too.
  const defaults = { ...DEFAULT_GRANT, maxValidity: MAX_VALIDITY, users: [hasUid ? "{uid}" : "{sub}"] };
  const key = await settled(() => verification(fields));
  const [read, { algorithms, getKey }] = all([() => fieldsFrom("jwt.", fields, checks, defaults, all), key]);
  const { issuer, audience, type, maxValidity: most, uidClaim, grantClaim, rateLimit, ...defaultGrant } = read;

  const findByJwt: FindByJwt = async (jwt) => {
    try {
      const currentDate = now();
      const options = { issuer, audience, algorithms, requiredClaims: ["exp"], currentDate, ...defined({ typ: type }) };
      const { payload, protectedHeader } = await jwtVerify(jwt, getKey, options);
      if (type === undefined && isOfOtherKind(protectedHeader.typ) || APART.some((claim) => claim in payload)) return undefined;
      if (!(payload.exp! - currentDate.getTime() / 1000 <= most)) return undefined;
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
  const isWeak = typeof fields.secret === "string" && isGuessable(fields.secret);
  const remarks = isWeak ? ['"jwt.secret" may be guessed: make one with openssl rand -base64 48'] : [];
  return { findByJwt, remarks: [...remarks, ...remarksOn("jwt", defaultGrant)] };
}

/** Claims of what is no access token: one that takes a proof of its sender (RFC 7800), and a report such as a logout (RFC 8417). */
const APART = ["cnf", "events"];

/** Whether a JWT says that it is of a kind that gives no access, such as `logout+jwt` (RFC 8725, 3.11); most have no kind. */
function isOfOtherKind(typ: unknown): boolean {
  return typeof typ === "string" && typ.includes("+") && !/(^|[-/])at\+jwt$/i.test(typ);
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
  if (kind !== "jwksUrl" && fields.keysMaxAge !== undefined) refuse("jwt.keysMaxAge", 'absent where there is no "jwksUrl"');
  const keepFor = integer("jwt.keysMaxAge", fields.keysMaxAge ?? KEYS_MAX_AGE, 600, 604_800);
  return { algorithms, getKey: await KEYS[kind](`jwt.${kind}`, fields[kind], algorithms, keepFor) };
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

function remoteKeys(path: string, given: unknown, _algorithms: string[], keepFor: Seconds): JWTVerifyGetKey {
  const url = URL.canParse(string(path, given)) ? new URL(given as string) : refuse(path, "a URL");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url.hostname))) refuse(path, "an https URL");
  return publishedKeys(url, keepFor);
}

/** What identifies a user in logs: the same on every server, and not the user's name. */
async function nameFor(issuer: string, sub: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(JSON.stringify([issuer, sub])));
  return `jwt:${encodeHex(new Uint8Array(digest, 0, 8))}`;
}
