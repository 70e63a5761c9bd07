import { assertEquals, assertRejects } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { AgoraTokenError } from "../../mod.ts";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { type Access, loadAccess } from "../../src/server/mod.ts";
import { SERVICES } from "../../src/formats/access_token2/services.ts";

/** An API key with a name that tests find where it must not be. */
export function apiKey(name: string): string {
  return `s3cr3t-key-${name}`.padEnd(40, "x");
}

/** The entry of a key in the access file. */
export async function entryOf(name: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(apiKey(name)));
  return { id: name, sha256: encodeHex(digest), ...ALL, ...more };
}

/** A grant of exactly what the examples of the contracts request. */
export const ALL = {
  services: SERVICES.map(({ name }) => name),
  channels: ["lobby", "test"],
  users: ["1001", "1234", "bob", "carol"],
  roles: ["publisher", "subscriber"],
  maxExpire: 86_400,
};

/** The keys of the tests' issuer: a pair, its public key as PEM and as JWK, and an unknown key. */
export const PAIR = await generateKeyPair("RS256", { extractable: true });
export const PEM = await exportSPKI(PAIR.publicKey);
export const JWK = await exportJWK(PAIR.publicKey);
export const STRANGER = await generateKeyPair("RS256");

/** The secret of the tests' other issuer. */
export const SECRET = "s3cr3t-jwt-".padEnd(48, "y");

export const ISSUER = "https://login.example";
export const AUDIENCE = "tokens";

/** How the tests' users are identified. */
export const BY_PEM = { publicKey: PEM, algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE };
export const BY_SECRET = { secret: SECRET, algorithms: ["HS256"], issuer: ISSUER, audience: AUDIENCE };

/** A JWT of the tests' issuer; a claim that is `undefined` in `change` is removed. */
export async function jwtOf(
  change: Record<string, unknown> = {},
  key: CryptoKey | Uint8Array = PAIR.privateKey,
  header: { alg: string } & Record<string, unknown> = { alg: "RS256" },
): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  return await new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: "ann", exp: seconds + 60, ...change })
    .setProtectedHeader(header).sign(key);
}

/** The access that a file gives. */
export async function accessOf(file: unknown): Promise<Access> {
  return await loadAccess(file);
}

/** The problems of a file that is refused. */
export async function problemsOf(file: unknown): Promise<readonly string[]> {
  const { code, message, problems = [], cause } = await assertRejects(async () => await loadAccess(file), AgoraTokenError);
  assertEquals([code, message, cause], ["invalid-value", problems.join("\n"), undefined]);
  return problems;
}
