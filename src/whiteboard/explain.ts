import { AgoraTokenError } from "../errors.ts";
import { integer, oneOf, onlyKeys, record, string } from "../validate.ts";
import { type WhiteboardFinding, type WhiteboardObservation, worded } from "./findings.ts";
import { factsOfNonce } from "./nonce.ts";
import { type Envelope, readEnvelope } from "./read.ts";
import { rightsOf, type WhiteboardRight } from "./rights.ts";
import {
  hasUuid,
  PREFIXES,
  ROLES,
  type UnixMilliseconds,
  type WhiteboardKind,
  type WhiteboardRole,
  type WhiteboardToken,
} from "./types.ts";

/** Options of {@linkcode explainWhiteboardToken}. */
export interface ExplainWhiteboardOptions {
  /** What the token must be for: its prefix is not signed, so that another kind can be made of it. */
  kind?: WhiteboardKind;
  /** The room or task that the token is to be used for. */
  uuid?: string;
  /** The access key of the project that the token is to be used for. */
  accessKey?: string;
  /** The time; the clock of this machine if omitted. */
  now?: UnixMilliseconds;
}

/** What a token says about itself, and what is wrong with it. It proves nothing: anyone can write a token. */
export interface WhiteboardExplanation {
  /** Its content; absent where the text is no whole token. */
  token?: WhiteboardToken;
  /** When it was made, where its nonce says so. */
  issuedAt?: UnixMilliseconds;
  /** What its bearer may do: in a room's token in that room, in a task's for that task. `WHITEBOARD_RIGHTS` has the words. */
  rights: readonly WhiteboardRight[];
  /** What is found, the worst first. */
  findings: readonly WhiteboardFinding[];
}

/** The largest number of milliseconds that a `Date` has. */
const LAST = 8.64e15;

/**
 * Says what a text is that should be a whiteboard token: its content, what its bearer may do, and what is wrong with it. It does not check the
 * signature: `verifyWhiteboardToken` does.
 *
 * @param text The token. Whitespace and quotes around it are removed, and reported.
 * @param options What is known from outside.
 * @returns The explanation; never an exception because of what the text contains.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field` for an argument that is none.
 *
 * @example Why does this token not work?
 * ```ts
 * import { explainWhiteboardToken } from "@agoratoken/agoratoken/whiteboard";
 * import { assertEquals } from "@std/assert";
 *
 * const { findings: [finding] } = explainWhiteboardToken("NETLESSROOM_YWs9YSZub25jZT0xJnJvbGU9MCZ1dWlkPWI");
 * assertEquals(finding?.message, "The token has no sig.");
 * ```
 */
export function explainWhiteboardToken(text: string, options: ExplainWhiteboardOptions = {}): WhiteboardExplanation {
  onlyKeys(record("options", options), ["kind", "uuid", "accessKey", "now"]);
  return explained(readPasted(text), options);
}

/** A text that was read. */
export type ReadWhiteboard =
  & { readonly around: readonly WhiteboardObservation[] }
  & (
    | { readonly envelope: Envelope; readonly error?: never }
    | { readonly envelope?: never; readonly error: AgoraTokenError }
  );

/** Reads a text without what stands around it. */
export function readPasted(text: string): ReadWhiteboard {
  const bare = string("text", text).trim();
  const [, quoted] = /^"([^]*)"$/.exec(bare) ?? /^'([^]*)'$/.exec(bare) ?? [];
  const what = quoted !== undefined ? "quotes" : bare !== text ? "whitespace" : undefined;
  const around = what === undefined ? [] : [{ code: "text-around", params: { what } } as const];
  try {
    return { around, envelope: readEnvelope(quoted ?? bare) };
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    return { around, error };
  }
}

/** What a text that was read says. */
export function explained(
  { around, envelope, error }: ReadWhiteboard,
  { kind: wanted, uuid, accessKey, now = Date.now() }: ExplainWhiteboardOptions,
  more: readonly WhiteboardObservation[] = [],
): WhiteboardExplanation {
  if (wanted !== undefined) oneOf("kind", PREFIXES, wanted);
  const known = {
    kind: wanted,
    uuid: uuid === undefined ? undefined : string("uuid", uuid),
    accessKey: accessKey === undefined ? undefined : string("accessKey", accessKey),
    now: integer("now", now, 0, LAST),
  };
  if (envelope === undefined) {
    const unreadable = { code: "unreadable", params: { reason: error.message }, ...fieldOf(error) } as const;
    return { rights: [], findings: [worded(unreadable)] };
  }
  const { kind, fields } = envelope;
  const faults = formFaults(envelope);
  const token = faults.length > 0 ? undefined : tokenOf(envelope);
  const role = roleOf(fields);
  const { issuedAt, hasAddress } = factsOfNonce(fields.get("nonce") ?? "");
  const found = [...around, ...faults, ...more, ...useFaults(envelope, known, issuedAt)];
  if (hasAddress) found.push({ code: "nonce-address", params: {}, field: "nonce" });
  if (kind === "sdk") found.push({ code: "whole-project", params: {} });
  const order = ["error", "warning", "info"];
  return {
    ...(token === undefined ? {} : { token }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    rights: role === undefined ? [] : rightsOf(kind, role),
    findings: found.map(worded).sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
  };
}

function fieldOf({ field }: AgoraTokenError): { field?: string } {
  return field === undefined ? {} : { field };
}

/** In what a token is not whole, or has values that none can have. */
export function formFaults({ kind, fields, signature }: Envelope): WhiteboardObservation[] {
  const found: WhiteboardObservation[] = [];
  if (signature === undefined) found.push({ code: "field-missing", params: { field: "sig" }, field: "sig" });
  else if (!/^[\da-f]{64}$/.test(signature)) {
    found.push({ code: "signature-malformed", params: { length: signature.length }, field: "sig" });
  }
  const wanted = ["ak", "nonce", "role", ...(hasUuid(kind) ? ["uuid"] : [])];
  for (const field of wanted) if (!fields.get(field)) found.push({ code: "field-missing", params: { field }, field });
  const role = fields.get("role");
  if (role && roleOf(fields) === undefined) {
    found.push({ code: "role-unknown", params: { isWord: Object.hasOwn(ROLES, role) }, field: "role" });
  }
  const expireAt = fields.get("expireAt");
  const field = "expireAt";
  if (expireAt !== undefined && !/^\d{13}$/.test(expireAt)) {
    if (/^\d{10}$/.test(expireAt)) found.push({ code: "expiry-in-seconds", params: { expireAt: Number(expireAt) }, field });
    else if (/^\d{14,}$/.test(expireAt)) found.push({ code: "expiry-joined", params: { digits: expireAt.length }, field });
    else found.push({ code: "expiry-malformed", params: {}, field });
  }
  return found;
}

/** What is wrong with the use of a token, or may be. */
function useFaults(
  { kind, fields, isCanonical }: Envelope,
  known: { kind: WhiteboardKind | undefined; uuid: string | undefined; accessKey: string | undefined; now: UnixMilliseconds },
  issuedAt: UnixMilliseconds | undefined,
): WhiteboardObservation[] {
  const { uuid, accessKey, now } = known;
  const found: WhiteboardObservation[] = [];
  const isOther = (key: string, wanted: string | undefined) => {
    const value = fields.get(key);
    return value !== undefined && wanted !== undefined && value !== wanted;
  };
  if (!isCanonical) found.push({ code: "not-canonical", params: {} });
  if (kind === "sdk" && fields.has("uuid")) found.push({ code: "uuid-unexpected", params: {}, field: "uuid" });
  if (kind !== (known.kind ?? kind)) found.push({ code: "kind-mismatch", params: { expected: known.kind!, actual: kind } });
  if (kind !== "sdk" && isOther("uuid", uuid)) found.push({ code: "uuid-mismatch", params: {}, field: "uuid" });
  if (isOther("ak", accessKey)) found.push({ code: "access-key-mismatch", params: {}, field: "ak" });
  const expireAt = expireAtOf(fields);
  if (!fields.has("expireAt")) found.push({ code: "never-expires", params: {} });
  if (expireAt !== undefined && expireAt <= now) found.push({ code: "expired", params: { expireAt, now }, field: "expireAt" });
  const lifespan = expireAt === undefined || issuedAt === undefined ? Infinity : expireAt - issuedAt;
  if (lifespan >= 0 && lifespan < 60_000) found.push({ code: "lifespan-short", params: { lifespan }, field: "expireAt" });
  return found;
}

/** The content of a token without a fault of form. */
export function tokenOf({ kind, fields, signature }: Envelope): WhiteboardToken {
  const [uuid, expireAt] = [fields.get("uuid"), expireAtOf(fields)];
  return {
    kind,
    accessKey: fields.get("ak")!,
    role: roleOf(fields)!,
    ...(uuid === undefined ? {} : { uuid }),
    nonce: fields.get("nonce")!,
    ...(expireAt === undefined ? {} : { expireAt }),
    fields: Object.fromEntries(fields),
    signature: signature!,
  };
}

function roleOf(fields: ReadonlyMap<string, string>): WhiteboardRole | undefined {
  return (Object.keys(ROLES) as WhiteboardRole[]).find((role) => ROLES[role] === fields.get("role"));
}

function expireAtOf(fields: ReadonlyMap<string, string>): UnixMilliseconds | undefined {
  const text = fields.get("expireAt") ?? "";
  return /^\d{13}$/.test(text) ? Number(text) : undefined;
}
