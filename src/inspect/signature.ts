import { equalBytes, utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import { sign006 } from "../formats/access_token.ts";
import { sign007 } from "../formats/access_token2/pack.ts";
import type { ParsedToken, Version } from "../formats/detect.ts";
import type { ParsedToken006 } from "../formats/legacy_types.ts";
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
import { type Expected, namesFor, rightsFor } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";

/** Certificates to verify against: one, several, or a lookup by the App ID that the token names. */
export type Certificates =
  | string
  | readonly string[]
  | ((appId: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>);

/** The names that a token signs, with those that it does not hold. */
interface SignedNames {
  readonly channelName: string;
  readonly uid: string;
  readonly service: string;
}

/** The names to try for a token, the likeliest first; or why none can be tried. */
interface Candidates {
  readonly names: readonly SignedNames[];
  /** What is signed and not given, as callers name it. */
  readonly missing?: readonly string[];
  /** Where a checksum excludes what is given. */
  readonly excluded?: readonly Observation[];
}

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

/** No names: all that is signed stands in the token. */
const NO_NAMES: SignedNames = { channelName: "", uid: "", service: "" };

/** The names that a format needs, where all are given. */
function named(
  names: { [Name in keyof SignedNames]?: string | undefined },
  needs: Readonly<Record<string, string>>,
): Candidates {
  const missing = Object.keys(needs).filter((name) => names[name as keyof SignedNames] === undefined).map((name) =>
    needs[name]!
  );
  return missing.length > 0 ? { names: [], missing } : { names: [{ ...NO_NAMES, ...defined(names) } as SignedNames] };
}

/** The candidates, and then the same for uid 0: a key for that is for anyone, and only its signature tells. */
function orAnyone({ names, ...rest }: Candidates): Candidates {
  return { ...rest, names: names.flatMap((given) => [given, { ...given, uid: "0" }]) };
}

/** The uid given, as its digits. */
function uidOf({ uid }: Expected): string | undefined {
  return uid === undefined ? undefined : String(Number(uid));
}

/**
 * The names of a 006, held to its checksums. An RTM login has the account in the channel's place (legacy notes §1.4); a token may
 * be for a channel as well. The checksum of no user is 0: of a token for anyone in a channel, no user need be given, and any may
 * be. A few users have that checksum as well, as the uid 863045057.
 */
function candidates006(token: ParsedToken006, view: TokenView, expected: Expected): Candidates {
  const { channelName, user } = namesFor(view, expected);
  const crcUser = user === undefined ? undefined : crc32(utf8(user));
  const isLogin = token.privileges.rtmLogin !== undefined && channelName === undefined &&
    (rightsFor(view, expected).every(({ channel }) => channel === undefined) || crcUser === token.crcChannelName);
  const isForAnyone = token.crcUid === 0 && crcUser !== 0 && view.rights.some(({ channel }) => channel !== undefined);
  const given = isLogin ? { channelName: user, uid: "" } : { channelName, uid: isForAnyone ? "" : user };
  const { names, missing } = named(given, { channelName: "channelName", uid: "user" });
  const [first] = names;
  if (first === undefined) return { names, ...defined({ missing }) };
  const excludedBy = (field: "crcChannelName" | "crcUid", what: "channel" | "user", expected: string) =>
    crc32(utf8(expected)) === token[field] ? [] : [observed(`${what}-mismatch`, { expected, by: "checksum" }, { field })];
  const excluded = [
    ...excludedBy("crcChannelName", isLogin ? "user" : "channel", first.channelName),
    ...excludedBy("crcUid", "user", first.uid),
  ];
  return { names: token.crcUid === 0 && first.uid !== "" ? [first, { ...first, uid: "" }] : names, excluded };
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
 */
export async function checkSignature(
  token: ParsedToken,
  view: TokenView,
  certificates: readonly string[],
  expected: Expected,
): Promise<SignatureCheck> {
  const observations: Observation[] = [];
  const { candidates, signature, sign } = SIGNING[token.version] as Signing<ParsedToken>;
  if (certificates.length === 0) observations.push(observed("certificate-missing", {}));
  const { names, missing = [], excluded = [] } = candidates(token, view, expected);
  if (missing.length > 0) observations.push(observed("input-missing", { version: token.version, inputs: missing }));
  // Names that a checksum excludes say nothing of the certificates.
  observations.push(...excluded);
  if (observations.length > 0) return { signature: "uncheckable", observations };
  // A project's App ID is 32 hexadecimal characters, so nobody's certificate makes a token for another (format notes §6).
  const possible = isHexId(token.appId);
  for (const [attempt, candidate] of names.entries()) {
    for (const [index, certificate] of certificates.entries()) {
      if (!possible || !isHexId(certificate)) continue;
      if (!equalBytes(signature(token), await sign(token, certificate, candidate, engine()))) continue;
      const others = { index, certificates: certificates.length };
      return {
        signature: "valid",
        certificateIndex: index,
        observations: [
          ...(index > 0 ? [observed("other-certificate", others)] : []),
          ...(attempt > 0 ? [observed("wildcard-user", { actual: "" })] : []),
        ],
      };
    }
  }
  // A wrong name looks like a wrong certificate where names are only signed; names whose checksums fit are not what is wrong.
  const signsNames = view.rights.some(({ channel, user }) => [channel, user].some((name) => name?.kind === "signed-only"));
  observations.push(observed("signature-invalid", { certificates: certificates.length, signsNames }, { field: "signature" }));
  for (const [index, certificate] of certificates.entries()) {
    if (isHexId(certificate)) continue;
    observations.push(
      observed("certificate-malformed", { index, certificates: certificates.length }, { field: "certificates" }),
    );
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
