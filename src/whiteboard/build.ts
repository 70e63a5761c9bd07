import { invalidType, oneOf, onlyKeys, record, refuse, string } from "../validate.ts";
import { writeEnvelope } from "./read.ts";
import { jsonOf, sign, sortedFields } from "./sign.ts";
import {
  hasUuid,
  type Milliseconds,
  PREFIXES,
  ROLES,
  type UnixMilliseconds,
  type WhiteboardKind,
  type WhiteboardRole,
} from "./types.ts";

/** What {@linkcode buildWhiteboardToken} builds from. */
export interface WhiteboardOptions {
  /** What the token is for. An `sdk` token is for the whole project: it must not reach a client. */
  kind: WhiteboardKind;
  /** The Access Key (AK) of the project's whiteboard; it is not the App ID. */
  accessKey: string;
  /** The Secret Key (SK) of the project's whiteboard; it is not the App Certificate. Keep it on the server. */
  secretKey: string;
  /** What the bearer may do. */
  role: WhiteboardRole;
  /** The room or task: wanted for these kinds, and refused for `sdk`. */
  uuid?: string;
  /**
   * How long the token is valid, in **milliseconds** from `now`, 1,000 at least: `3_600_000` is one hour. `"permanent"` for a token that never
   * expires, which only disabling the key pair ends.
   */
  lifespan: Milliseconds | "permanent";
  /** When it is made; now if omitted. */
  now?: UnixMilliseconds;
  /** What makes equal tokens differ: any text, which no other token has; a random UUID if omitted. */
  nonce?: string;
}

/** The shortest lifespan: whoever gives less means seconds, as samples of older pages do. */
const SHORTEST: Milliseconds = 1000;

/** The last moment of 13 digits, in the year 2286: a reader takes more digits for a mistake. */
const LAST: UnixMilliseconds = 9_999_999_999_999;

/**
 * Builds a token of the Interactive Whiteboard, and refuses what cannot work.
 *
 * @param options Kind, key pair, role, room or task, and lifespan.
 * @returns The token: `NETLESSSDK_`, `NETLESSROOM_` or `NETLESSTASK_`, and base64.
 * @throws {AgoraTokenError} `invalid-type`, `invalid-value` or `unknown-field`; `field` names what is wrong.
 *
 * @example A writer's token for a room and one hour
 * ```ts
 * import { buildWhiteboardToken } from "@agoratoken/agoratoken/whiteboard";
 * import { assertMatch } from "@std/assert";
 *
 * const token = await buildWhiteboardToken({
 *   kind: "room",
 *   accessKey: "agoratokenAK0001",
 *   secretKey: "fakeSecretAccessKey0123456789abc", // stays on the server
 *   role: "writer",
 *   uuid: "0123456789abcdef0123456789abcdef",
 *   lifespan: 3_600_000, // milliseconds
 * });
 * assertMatch(token, /^NETLESSROOM_/);
 * ```
 */
export async function buildWhiteboardToken(options: WhiteboardOptions): Promise<string> {
  const { kind, accessKey, secretKey, role, uuid, lifespan, now, nonce } = record(
    "options",
    options,
  ) as unknown as WhiteboardOptions;
  oneOf("kind", PREFIXES, kind);
  const uuids = hasUuid(kind) ? ["uuid"] : [];
  onlyKeys(options, ["kind", "accessKey", "secretKey", "role", ...uuids, "lifespan", "now", "nonce"]);
  const expireAt = lifespan === "permanent"
    ? undefined
    : moment("now", now ?? Date.now(), 0) + moment("lifespan", lifespan, SHORTEST);
  if (expireAt !== undefined && expireAt > LAST) {
    refuse("lifespan", `such that the token expires before the year 2286`, String(lifespan));
  }
  const fields = {
    ak: name("accessKey", accessKey),
    ...(expireAt === undefined ? {} : { expireAt: String(expireAt) }),
    nonce: nonce === undefined ? crypto.randomUUID() : name("nonce", nonce),
    role: oneOf("role", ROLES, role),
    ...(hasUuid(kind) ? { uuid: name("uuid", uuid) } : {}),
  };
  return await packWhiteboardToken(kind, fields, name("secretKey", secretKey));
}

/**
 * Packs exactly these fields and signs them, as npm `netless-token` does: any key and any text, in the names of the wire (`ak`,
 * `expireAt`, `nonce`, `role`, `uuid`). It checks only what the format can hold.
 *
 * @param kind What the token is for: its prefix.
 * @param fields Every key but `sig`; the values are texts, also times and the role.
 * @param secretKey The Secret Key (SK): any text but the empty one.
 * @returns The token.
 * @throws {AgoraTokenError} `invalid-type` or `invalid-value`; `field` names what is wrong.
 */
export async function packWhiteboardToken(
  kind: WhiteboardKind,
  fields: Readonly<Record<string, string>>,
  secretKey: string,
): Promise<string> {
  oneOf("kind", PREFIXES, kind);
  const pairs = sortedFields(
    Object.entries(record("fields", fields)).map(([key, value]) => {
      if (key === "sig") refuse("fields.sig", "absent: it is computed");
      if (/\p{Surrogate}/u.test(key + "\n" + string(`fields.${key}`, value))) refuse(`fields.${key}`, "well-formed Unicode");
      return [key, value as string] as const;
    }),
  );
  if (string("secretKey", secretKey) === "") refuse("secretKey", "the Secret Key of the whiteboard", "an empty text");
  const signature = await sign(jsonOf(pairs), secretKey);
  return writeEnvelope(kind, sortedFields([...pairs, ["sig", signature]]));
}

/** A text that is not empty, and that has no whitespace around it, as a value that was not copied cleanly has. Never repeated. */
function name(field: string, value: unknown): string {
  const text = string(field, value);
  if (text.trim() === "") refuse(field, "not empty");
  if (text.trim() !== text) refuse(field, "without whitespace around it");
  return text;
}

/** A whole number of milliseconds. */
function moment(field: string, value: unknown, least: number): number {
  if (typeof value !== "number") throw invalidType(field, "a number", value);
  if (!Number.isInteger(value) || value < least) refuse(field, `whole milliseconds, ${least} at least`, String(value));
  return value;
}
