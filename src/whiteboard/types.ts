/** What a token is for: the whole project (`sdk`), one room, or one file conversion task. Its prefix says so, and is not signed. */
export type WhiteboardKind = "sdk" | "room" | "task";

/** What the bearer may do, from most to least: `0`, `1` and `2` in a token. */
export type WhiteboardRole = "admin" | "writer" | "reader";

/** A duration in milliseconds, as whiteboard tokens have it: not seconds, as all other tokens of Agora. */
export type Milliseconds = number;

/** A moment: milliseconds since 1 January 1970 UTC, as `Date.now()` gives it. */
export type UnixMilliseconds = number;

/** The content of a whiteboard token. */
export interface WhiteboardToken {
  /** What it is for, by its prefix. */
  kind: WhiteboardKind;
  /** The Access Key (AK) of the project, which says whose token it is and is no secret. */
  accessKey: string;
  /** What its bearer may do. */
  role: WhiteboardRole;
  /** The room or task. */
  uuid?: string;
  /** What makes equal tokens differ: most often a UUID. */
  nonce: string;
  /** When it expires, in **milliseconds**; absent where it never does. */
  expireAt?: UnixMilliseconds;
  /** Every signed key and its value as they stand in the token, also those that this library has no name for. */
  fields: Readonly<Record<string, string>>;
  /** The signature: HMAC-SHA256 as 64 lower-case hexadecimal digits. */
  signature: string;
}

/** The prefix of each kind. */
export const PREFIXES: Readonly<Record<WhiteboardKind, string>> = {
  sdk: "NETLESSSDK_",
  room: "NETLESSROOM_",
  task: "NETLESSTASK_",
};

/** Each role as a token has it. */
export const ROLES: Readonly<Record<WhiteboardRole, string>> = { admin: "0", writer: "1", reader: "2" };

/** The kinds whose tokens name a room or task. */
export function hasUuid(kind: WhiteboardKind): boolean {
  return kind !== "sdk";
}
