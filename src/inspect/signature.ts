import { equalBytes, utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
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
import { invalidType, isHexId, string } from "../validate.ts";
import { type Expected, namesFor, rightsFor } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";

/** Certificates to verify against: one, several, or a lookup by the App ID that the token names. */
export type Certificates =
  | string
  | readonly string[]
  | ((appId: string) => readonly string[] | undefined | Promise<readonly string[] | undefined>);

/** The names that a token signs and does not hold. */
interface SignedNames {
  channelName?: string;
  uid?: string;
  service?: string;
}

/** How one format is signed. */
interface Signing<Token> {
  /** The names that it signs and that must be known; a record of the name as callers give it. */
  readonly needs: readonly (keyof SignedNames)[];
  /** The signature in the token. */
  readonly signature: (token: Token) => Uint8Array;
  /** The signature that a certificate makes, over the bytes as received. */
  readonly sign: (token: Token, certificate: string, names: Required<SignedNames>, engine: Engine) => Awaitable<Uint8Array>;
}

const text = ({ signature }: { signature: string }): Uint8Array => utf8(signature);

/** The keys of fixed columns. */
function columns(version: ColumnVersion, needs: Signing<ParsedColumnToken>["needs"]): Signing<ParsedColumnToken> {
  return {
    needs,
    signature: text,
    async sign(token, certificate, { channelName, uid, service }, engine) {
      const given = version === "004" ? { uid: Number(uid), service: serviceCode(service) } : {};
      return utf8(await signColumns(version, { ...token, channelName, ...given }, certificate, engine));
    },
  };
}

/** How each format is signed. Only 007 holds all that it signs. */
const SIGNING: { readonly [V in Version]: Signing<Extract<ParsedToken, { version: V }>> } = {
  "007": {
    needs: [],
    signature: (token) => token.signature,
    sign: (token, certificate, _names, engine) => sign007(token.signedPart, token, certificate, engine),
  },
  "006": {
    needs: ["channelName", "uid"],
    signature: (token) => token.signature,
    sign: (token, certificate, names, engine) => sign006(token, names, certificate, engine),
  },
  "005": {
    needs: ["channelName", "uid"],
    signature: text,
    sign: async (token, certificate, { channelName, uid }, engine) =>
      utf8(await sign005(token.signedParts, { channelName, uid: Number(uid) }, certificate, engine)),
  },
  "004": /* @__PURE__ */ columns("004", ["channelName", "uid", "service"]),
  "003": /* @__PURE__ */ columns("003", ["channelName"]),
  "002": /* @__PURE__ */ columns("002", ["channelName"]),
  "001": /* @__PURE__ */ columns("001", ["channelName"]),
  "signaling": {
    needs: ["uid"],
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
  const { needs, signature, sign } = SIGNING[token.version] as Signing<ParsedToken>;
  if (certificates.length === 0) observations.push(observed("certificate-missing", {}));
  const { names, missing, excluded = [] } = signedNames(token, view, expected, needs);
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
          ...(attempt > 0 ? [observed("wildcard-user", {})] : []),
        ],
      };
    }
  }
  // Names whose checksums fit are not what is wrong.
  const signsNames = needs.length > 0 && token.version !== "006";
  observations.push(observed("signature-invalid", { certificates: certificates.length, signsNames }, { field: "signature" }));
  for (const [index, certificate] of certificates.entries()) {
    if (isHexId(certificate)) continue;
    observations.push(
      observed("certificate-malformed", { index, certificates: certificates.length }, { field: "certificates" }),
    );
  }
  return { signature: "invalid", observations };
}

/** The names to try, the likeliest first, and why a checksum excludes them where one does. */
function signedNames(
  token: ParsedToken,
  view: TokenView,
  expected: Expected,
  needs: Signing<ParsedToken>["needs"],
): { names: Required<SignedNames>[]; missing: string[]; excluded?: Observation[] } {
  const { channelName, user } = namesFor(view, expected);
  let isLogin = false;
  const known: SignedNames = {};
  const asks: Record<keyof SignedNames, string> = { channelName: "channelName", uid: "uid", service: "service" };
  if (token.version === "006") {
    asks.uid = "user";
    // An RTM login has the account in the channel's place (legacy notes §1.4). A token may be for a channel as well.
    isLogin = token.privileges.rtmLogin !== undefined && channelName === undefined &&
      (rightsFor(view, expected).every(({ channel }) => channel === undefined) ||
        user !== undefined && crc32(utf8(user)) === token.crcChannelName);
    // The checksum of no user is 0: of a token for anyone in a channel, no user need be given, and any may be. A few users
    // have that checksum as well, as the uid 863045057.
    const isForAnyone = token.crcUid === 0 && view.rights.some(({ channel }) => channel !== undefined) &&
      (user === undefined || crc32(utf8(user)) !== 0);
    Object.assign(known, isLogin ? { channelName: user, uid: "" } : { channelName, uid: isForAnyone ? "" : user });
  } else if (token.version === "signaling") {
    asks.uid = "account";
    Object.assign(known, { uid: expected.account });
  } else {
    const isService = expected.service !== undefined && Object.hasOwn(SERVICE_CODES_004, expected.service);
    Object.assign(known, {
      channelName,
      ...(expected.uid === undefined ? {} : { uid: String(Number(expected.uid)) }),
      ...(isService ? { service: expected.service } : {}),
    });
  }
  const missing = needs.filter((name) => known[name] === undefined).map((name) => asks[name]);
  if (missing.length > 0) return { names: [], missing };
  const names = { channelName: "", uid: "", service: "", ...known };
  if (token.version === "006") {
    const excludedBy = (field: "crcChannelName" | "crcUid", what: "channel" | "user", expected: string) =>
      crc32(utf8(expected)) === token[field] ? [] : [observed(`${what}-mismatch`, { expected, by: "checksum" }, { field })];
    const excluded = [
      ...excludedBy("crcChannelName", isLogin ? "user" : "channel", names.channelName),
      ...excludedBy("crcUid", "user", names.uid),
    ];
    return { names: token.crcUid === 0 && names.uid !== "" ? [names, { ...names, uid: "" }] : [names], missing, excluded };
  }
  // A key for uid 0 is for anyone, and only its signature tells.
  return { names: needs.includes("uid") && token.version !== "signaling" ? [names, { ...names, uid: "0" }] : [names], missing };
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
