import { equalBytes, utf8 } from "../bytes/bytes.ts";
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
import type { Awaitable, Engine } from "../runtime/engine.ts";
import { defined, invalidType, isHexId, string } from "../validate.ts";
import { exchangedCredentials, otherSigner, wrappedIds } from "./credentials.ts";
import { type Expected, namesFor } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";
import { damagedSignature } from "./text/damage_before_007.ts";
import { type Candidates, candidates006, named, NO_NAMES, type SignedNames } from "./signed_names.ts";

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
  /** The signature that a certificate makes, over the bytes as received. */
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

/** How each format is signed. Only 007 holds all that it signs. */
const SIGNING: { readonly [V in Version]: Signing<Extract<ParsedToken, { version: V }>> } = {
  "007": {
    candidates: () => ({ names: [NO_NAMES] }),
    signature: (token) => token.signature,
    sign: (token, certificate, _names, engine) => sign007(token.signedPart, token, certificate, engine),
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

/**
 * Tries the names that the token may have been signed for, each with the certificates in turn. A malformed certificate cannot
 * have made a token.
 *
 * @param explain Whether to find out what made a token that none of the certificates made, which takes more signatures.
 */
export async function checkSignature(
  token: ParsedToken,
  view: TokenView,
  certificates: readonly string[],
  expected: Expected,
  explain = false,
): Promise<SignatureCheck> {
  const known = { appId: expected.appId, certificates };
  const observations = exchangedCredentials(token, known);
  const { candidates, signature, sign } = SIGNING[token.version] as Signing<ParsedToken>;
  const { names, missing = [], excluded = [] } = candidates(token, view, expected);
  const unknown = [
    ...(certificates.length === 0 ? [observed("certificate-missing", {})] : []),
    ...(missing.length > 0 ? [observed("input-missing", { version: token.version, inputs: missing })] : []),
    // Names that a checksum excludes say nothing of the certificates.
    ...excluded,
  ];
  observations.push(...unknown);
  if (unknown.length > 0) return { signature: "uncheckable", observations };
  // A project's App ID is 32 hexadecimal characters, so nobody's certificate makes a token for another (format notes §6).
  const possible = isHexId(token.appId);
  let near: Observation | undefined;
  for (const [attempt, candidate] of names.entries()) {
    for (const [index, certificate] of certificates.entries()) {
      if (!possible || !isHexId(certificate)) continue;
      const own = await sign(token, certificate, candidate, engine());
      if (!equalBytes(signature(token), own)) {
        near ??= damagedSignature(token, signature(token), own);
        continue;
      }
      const made = exchangedCredentials(token, known, certificate);
      if (index > 0) made.push(observed("other-certificate", { index, certificates: certificates.length }));
      if (attempt > 0) made.push(observed("wildcard-user", { actual: "" }));
      return { signature: "valid", certificateIndex: index, observations: made };
    }
  }
  if (near !== undefined) return { signature: "invalid", observations: [near] };
  const causes = explain && observations.length === 0
    ? await otherSigner(token, known, async (certificate) => {
      if (token.version === "005" && !isHexId(certificate)) return false; // its key is the bytes of the certificate
      for (const candidate of names) {
        if (equalBytes(signature(token), await sign(token, certificate, candidate, engine()))) return true;
      }
      return false;
    })
    : [];
  if (causes.length > 0) return { signature: "invalid", observations: causes };
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
  return { signature: "invalid", observations };
}

/** The certificates to try for an App ID. */
export async function certificatesFor(appId: string | undefined, certificates: Certificates): Promise<readonly string[]> {
  if (typeof certificates === "function" && appId === undefined) return [];
  const found = typeof certificates === "function" ? await certificates(appId!) ?? [] : certificates;
  const list = typeof found === "string" ? [found] : found;
  if (!Array.isArray(list)) throw invalidType("certificates", "a string, an array or a function", list);
  list.forEach((certificate, index) => string(`certificates[${index}]`, certificate));
  return list;
}
