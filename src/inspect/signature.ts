import { type Bytes, equalBytes, utf8 } from "../bytes/bytes.ts";
import { sign006 } from "../formats/access_token.ts";
import { sign007 } from "../formats/access_token2/pack.ts";
import type { ParsedToken, Version } from "../formats/detect.ts";
import {
  type ColumnVersion,
  type ParsedColumnToken,
  SERVICE_CODES_004,
  serviceCode,
  signColumns,
} from "../formats/dynamic_keys/columns.ts";
import { sign005 } from "../formats/dynamic_keys/dynamic_key5.ts";
import { signSignaling } from "../formats/signaling.ts";
import type { TokenView } from "../formats/view.ts";
import { engine } from "../runtime/choose.ts";
import { type Awaitable, chain, type Engine } from "../runtime/engine.ts";
import { defined, invalidType, isHexId, string } from "../validate.ts";
import { exchangedCredentials, otherSigner, wrappedIds } from "./credentials.ts";
import { type Expected, namesFor } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";
import { damagedSignature } from "./text/damage_before_007.ts";
import { type Candidates, candidates006, IN_TOKEN, named, type SignedNames } from "./signed_names.ts";

/** Certificates to verify against: one, several, or a lookup by the App ID that the token names. */
export type Certificates =
  | string
  | readonly string[]
  | ((appId: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>);

/** How one format is signed. */
interface Signing<Token> {
  /** The names that it may have been signed for. */
  readonly candidates: (token: Token, view: TokenView, expected: Expected) => Candidates;
  /** The signature in the token. */
  readonly signature: (token: Token) => Uint8Array;
  /** The signature that a certificate makes, over the bytes as received. The next call may use its buffer again. */
  readonly sign: (token: Token, certificate: string, names: SignedNames, engine: Engine) => Awaitable<Uint8Array>;
}

const text = ({ signature }: { signature: string }): Uint8Array => utf8(signature);

/** The candidates, and then the same for uid 0: a key for that is for anyone, and only its signature tells. */
function orAnyone({ names, ...rest }: Candidates): Candidates {
  return { ...rest, names: names.flatMap((given) => [given, { ...given, uid: "0" }]) };
}

/** The uid given, as its digits. */
function uidOf({ uid }: Expected): string | undefined {
  return uid === undefined ? undefined : String(Number(uid));
}

/** The keys of fixed columns that hold their user. */
function columns(version: ColumnVersion): Signing<ParsedColumnToken> {
  return {
    candidates: (_token, view, expected) => {
      const { channelName } = namesFor(view, expected);
      return named({ channelName }, { channelName: "channelName" });
    },
    signature: text,
    sign: async (token, certificate, { channelName }, engine) =>
      utf8(await signColumns(version, { ...token, channelName }, certificate, engine)),
  };
}

/** Where a synchronous engine puts the signature of a 007: it is compared at once, and a new buffer costs as much as a block. */
const made: Bytes = /* @__PURE__ */ new Uint8Array(32);

/** How each format is signed. Only 007 holds all that it signs. */
const SIGNING: { readonly [V in Version]: Signing<Extract<ParsedToken, { version: V }>> } = {
  "007": {
    candidates: () => IN_TOKEN,
    signature: (token) => token.signature,
    sign: (token, certificate, _names, engine) => sign007(token.signedPart, token, certificate, engine, made),
  },
  "006": {
    candidates: candidates006,
    signature: (token) => token.signature,
    sign: (token, certificate, names, engine) => sign006(token, names, certificate, engine),
  },
  "005": {
    candidates(_token, view, expected) {
      const { channelName } = namesFor(view, expected);
      return orAnyone(named({ channelName, uid: uidOf(expected) }, { channelName: "channelName", uid: "uid" }));
    },
    signature: text,
    sign: async (token, certificate, { channelName, uid }, engine) =>
      utf8(await sign005(token.signedParts, { channelName, uid: Number(uid) }, certificate, engine)),
  },
  "004": {
    candidates(_token, view, expected) {
      const { channelName } = namesFor(view, expected);
      const service = Object.keys(SERVICE_CODES_004).find((name) => name === expected.service);
      const needs = { channelName: "channelName", uid: "uid", service: "service" };
      return orAnyone(named({ channelName, uid: uidOf(expected), service }, needs));
    },
    signature: text,
    async sign(token, certificate, { channelName, uid, service }, engine) {
      const values = { ...token, channelName, uid: Number(uid), service: serviceCode(service) };
      return utf8(await signColumns("004", values, certificate, engine));
    },
  },
  "003": /* @__PURE__ */ columns("003"),
  "002": /* @__PURE__ */ columns("002"),
  "001": /* @__PURE__ */ columns("001"),
  "signaling": {
    candidates: (_token, _view, { account }) => named({ uid: account }, { uid: "account" }),
    signature: text,
    sign: (token, certificate, { uid }) => utf8(signSignaling(token, uid, certificate)),
  },
};

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
