/** Why a value or a token was refused: stable strings that callers may branch on. */
export type AgoraTokenErrorCode =
  /** A value has the wrong JavaScript type, as a number where text is wanted. */
  | "invalid-type"
  /** A value is outside its range, of the wrong form, or against Agora's documented rules. */
  | "invalid-value"
  /** An object has a field that nothing reads. */
  | "unknown-field"
  /** The text is none of the known token formats. */
  | "unknown-format"
  /** The base64 part is not canonical base64. */
  | "malformed-base64"
  /** The compressed part is not one whole zlib stream. */
  | "malformed-zlib"
  /** A field of fixed width holds characters that it cannot hold, or others follow the last one. */
  | "malformed-field"
  /** The text or its content ends in the middle of a field, as when a copy cuts it. */
  | "truncated"
  /** The content is larger than the caller's bound. */
  | "too-large"
  /** The runtime lacks what is needed: WebCrypto (a page neither https nor localhost), or a synchronous one for `compat`. */
  | "crypto-unavailable"
  /** Of the client: no token came from the server. */
  | "token-unavailable"
  /** Of the token server: who calls is not known. */
  | "unauthorized"
  /** Of the token server: it does not make such tokens, or not for this caller. */
  | "forbidden"
  /** Of the token server: the caller asks too often. */
  | "too-many-requests"
  /** Of the token server: something that it depends on is out of reach. */
  | "service-unavailable"
  /** Of the token server: the request's body did not arrive in time. */
  | "request-timeout"
  /** Of the token server: the request's body is too large. */
  | "content-too-large"
  /** Of the token server: the request's body is not of a type that can be JSON. */
  | "unsupported-media-type";

/** Where a fault lies and what was wrong, for code that shows it. Never holds a certificate, key or token. */
export interface AgoraTokenErrorDetails {
  /** The path of the field, as `services[0].uid`. */
  field?: string;
  /** The byte offset of the fault in the bytes that the spans of an `Inspection` describe. */
  offset?: number;
  /** What is wanted, in words. */
  expected?: string;
  /** What was found, in words. */
  actual?: string;
  /** Everything that is wrong, one sentence each, where several things are refused at once. */
  problems?: readonly string[];
  /** The error that led to this one. */
  cause?: unknown;
}

/** The one error for every bad value, wrong type and unreadable token. Its `code` says which, and never changes. */
export class AgoraTokenError extends Error {
  /** The name, for logs. */
  override readonly name: string = "AgoraTokenError";
  /** The stable reason. */
  readonly code: AgoraTokenErrorCode;
  /** The path of the field, as `services[0].uid`, where there is one. */
  declare readonly field?: string;
  /** The byte offset of the fault in the decoded bytes, where there is one. */
  declare readonly offset?: number;
  /** What is wanted, in words. */
  declare readonly expected?: string;
  /** What was found, in words. */
  declare readonly actual?: string;
  /** Everything that is wrong, one sentence each: of `loadAccess` and `loadConfig`. */
  declare readonly problems?: readonly string[];

  /**
   * Makes the error.
   *
   * @param code The stable reason.
   * @param message One sentence; it must not repeat a certificate, key or token.
   * @param details Where and what.
   */
  constructor(code: AgoraTokenErrorCode, message: string, { cause, ...details }: AgoraTokenErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, details);
  }
}

/** The error for a value of the wrong JavaScript type. */
export function invalidType(field: string, expected: string, value: unknown): AgoraTokenError {
  const type = value === undefined ? "nothing" : `a value of type ${typeof value}`;
  const actual = value === null ? "null" : Array.isArray(value) ? "an array" : type;
  return new AgoraTokenError("invalid-type", `"${field}" must be ${expected}, got ${actual}`, { field, expected, actual });
}

/** The same error about a field that lies deeper: `prefix` goes before its path. Other errors stay as they are. */
export function withPrefix(error: unknown, prefix: string): unknown {
  return renamed(error, (field) => prefix === "" ? field : `${prefix}.${field}`);
}

/** The same error about the field under another name, as the caller knows it. Other errors stay as they are. */
export function renamed(error: unknown, rename: (field: string) => string): unknown {
  if (!(error instanceof AgoraTokenError) || error.field === undefined) return error;
  const { code, message, field: before, offset, expected, actual, cause } = error;
  const field = rename(before);
  const details = Object.entries({ field, offset, expected, actual, cause }).filter(([, value]) => value !== undefined);
  return new AgoraTokenError(code, message.replace(`"${before}"`, `"${field}"`), Object.fromEntries(details));
}
