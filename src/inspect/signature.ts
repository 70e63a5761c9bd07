import { equalBytes } from "../bytes/bytes.ts";
import type { ParsedToken } from "../formats/detect.ts";
import type { TokenView } from "../formats/view.ts";
import { engine } from "../runtime/choose.ts";
import { type Awaitable, chain } from "../runtime/engine.ts";
import { defined, invalidType, isHexId, string } from "../validate.ts";
import { exchangedCredentials, otherSigner, wrappedIds } from "./credentials.ts";
import type { Expected } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";
import type { SignedNames } from "./signed_names.ts";
import { SIGNING, type Signing } from "./signing.ts";
import { damagedSignature } from "./text/damage_before_007.ts";

/** Certificates to verify against: one, several, or a lookup by the App ID that the token names. */
export type Certificates =
  | string
  | readonly string[]
  | ((appId: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>);

/** What became of a signature. */
export interface SignatureCheck {
  /** `uncheckable` where something is missing, or where the names given cannot be those that were signed. */
  signature: "valid" | "invalid" | "uncheckable";
  /** The certificate that made the token, by its place among those given. */
  certificateIndex?: number;
  /** Why. */
  observations: Observation[];
}

/** What is tried for a token: each name with each certificate. */
interface Attempts {
  readonly token: ParsedToken;
  readonly signing: Signing<ParsedToken>;
  readonly names: readonly SignedNames[];
  readonly certificates: readonly string[];
  /** What of the signature is damaged, where one that was made is nearly the same. */
  near?: Observation | undefined;
}

/**
 * Tries the names that the token may have been signed for, each with the certificates in turn. A malformed certificate cannot
 * have made a token.
 *
 * @param explain Whether to find out what made a token that none of the certificates made, which takes more signatures.
 */
export function checkSignature(
  token: ParsedToken,
  view: TokenView,
  certificates: readonly string[],
  expected: Expected,
  explain = false,
): Awaitable<SignatureCheck> {
  const exchanged = exchangedCredentials(token, { appId: expected.appId, certificates });
  const observations = exchanged === undefined ? [] : [exchanged];
  const before = observations.length;
  const signing = SIGNING[token.version] as Signing<ParsedToken>;
  const { names, missing, excluded } = signing.candidates(token, view, expected);
  if (certificates.length === 0) observations.push(observed("certificate-missing", {}));
  if (missing !== undefined) observations.push(observed("input-missing", { version: token.version, inputs: missing }));
  // Names that a checksum excludes say nothing of the certificates.
  if (excluded !== undefined) observations.push(...excluded);
  if (observations.length > before) return { signature: "uncheckable", observations };
  const attempts: Attempts = { token, signing, names, certificates };
  // A project's App ID is 32 hexadecimal characters, so nobody's certificate makes a token for another (format notes §6).
  return chain(isHexId(token.appId) ? firstFit(attempts, 0) : undefined, (fitting) => {
    if (fitting !== undefined) return valid(attempts, fitting, expected);
    if (attempts.near !== undefined) return { signature: "invalid", observations: [attempts.near] };
    return explain && exchanged === undefined
      ? explained(attempts, view, expected)
      : { signature: "invalid", observations: [...observations, ...unexplained(attempts, view)] };
  });
}

/** The first attempt, from one on, whose signature is that of the token: at once, with a synchronous engine. */
function firstFit(attempts: Attempts, from: number): Awaitable<number | undefined> {
  const { token, signing, names, certificates } = attempts;
  for (let attempt = from; attempt < names.length * certificates.length; attempt++) {
    const certificate = certificates[attempt % certificates.length]!;
    if (!isHexId(certificate)) continue;
    const own = signing.sign(token, certificate, names[Math.floor(attempt / certificates.length)]!, engine());
    if (own instanceof Promise) return own.then((own) => fits(attempts, own) ? attempt : firstFit(attempts, attempt + 1));
    if (fits(attempts, own)) return attempt;
  }
  return undefined;
}

/** Whether a signature is that of the token; notes where it nearly is. */
function fits(attempts: Attempts, own: Uint8Array): boolean {
  const given = attempts.signing.signature(attempts.token);
  if (equalBytes(given, own)) return true;
  attempts.near ??= damagedSignature(attempts.token, given, own);
  return false;
}

/** The check of a token that an attempt made. */
function valid({ token, certificates }: Attempts, attempt: number, { appId }: Expected): SignatureCheck {
  const index = attempt % certificates.length;
  const observations: Observation[] = [];
  const exchanged = exchangedCredentials(token, { appId, certificates }, certificates[index]);
  if (exchanged !== undefined) observations.push(exchanged);
  if (index > 0) observations.push(observed("other-certificate", { index, certificates: certificates.length }));
  if (attempt >= certificates.length) observations.push(observed("wildcard-user", { actual: "" }));
  return { signature: "valid", certificateIndex: index, observations };
}

/** What made a token that no attempt made, or else what can be said of the certificates. */
async function explained(attempts: Attempts, view: TokenView, { appId }: Expected): Promise<SignatureCheck> {
  const { token, signing, names, certificates } = attempts;
  const isMadeWith = async (certificate: string) => {
    if (token.version === "005" && !isHexId(certificate)) return false; // its key is the bytes of the certificate
    for (const candidate of names) {
      // Compared at once: while others are awaited, the buffer may be used again.
      const isMade = chain(
        signing.sign(token, certificate, candidate, engine()),
        (own) => equalBytes(signing.signature(token), own),
      );
      if (await isMade) return true;
    }
    return false;
  };
  const causes = await otherSigner(token, { appId, certificates }, isMadeWith);
  return { signature: "invalid", observations: causes.length > 0 ? causes : unexplained(attempts, view) };
}

/** What can be said of certificates that did not make a token. */
function unexplained({ certificates }: Attempts, view: TokenView): Observation[] {
  const observations: Observation[] = [];
  // A wrong name looks like a wrong certificate where names are only signed; names whose checksums fit are not what is wrong.
  const signsNames = view.rights.some(({ channel, user }) => [channel, user].some((name) => name?.kind === "signed-only"));
  const malformed = [...certificates.entries()].filter(([, certificate]) => !isHexId(certificate));
  // What is no certificate cannot have made the token: that is no news of its own.
  if (malformed.length < certificates.length) {
    const params = { certificates: certificates.length, signsNames };
    observations.push(observed("signature-invalid", params, { field: "signature" }));
  }
  for (const [index, certificate] of malformed) {
    const around = wrappedIds(certificate)?.around;
    const params = { index, certificates: certificates.length, length: certificate.length, ...defined({ around }) };
    observations.push(observed("certificate-malformed", params, { field: "certificates" }));
  }
  return observations;
}

/** The certificates to try for an App ID: at once, where the lookup gives them so. */
export function certificatesFor(appId: string | undefined, certificates: Certificates): Awaitable<readonly string[]> {
  if (typeof certificates !== "function") return checked(certificates);
  if (appId === undefined) return [];
  const found = certificates(appId) ?? [];
  if (Array.isArray(found) || typeof found === "string") return checked(found);
  return Promise.resolve(found as Promise<readonly string[] | undefined>).then((found) => checked(found ?? []));
}

function checked(certificates: string | readonly string[]): readonly string[] {
  const list = typeof certificates === "string" ? [certificates] : certificates;
  if (!Array.isArray(list)) throw invalidType("certificates", "a string, an array or a function", list);
  for (let index = 0; index < list.length; index++) {
    if (typeof list[index] !== "string") string(`certificates[${index}]`, list[index]);
  }
  return list;
}
