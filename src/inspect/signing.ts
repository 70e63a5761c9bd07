import { type Bytes, utf8 } from "../bytes/bytes.ts";
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
import type { Awaitable, Engine } from "../runtime/engine.ts";
import { type Expected, namesFor } from "./expected.ts";
import { type Candidates, candidates006, IN_TOKEN, named, type SignedNames } from "./signed_names.ts";

/** How one format is signed. */
export interface Signing<Token> {
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
export const SIGNING: { readonly [V in Version]: Signing<Extract<ParsedToken, { version: V }>> } = {
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
