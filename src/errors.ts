/** Why a value or a token was refused: stable strings that callers may branch on. */
export type AgoraTokenErrorCode =
  /** A value has the wrong JavaScript type, as a number where a string is wanted. */
  | "invalid-type"
  /** A value is outside its range, of the wrong form, or against Agora's documented rules. */
  | "invalid-value"
  /** An object has a field that is unknown, or a call has more arguments than the function takes. */
  | "unknown-field"
  /** The text is not in any known token format. */
  | "unknown-format"
  /** The base64 part is not canonical base64. */
  | "malformed-base64"
  /** The compressed part is not one whole zlib stream. */
  | "malformed-zlib"
  /** A field of fixed width has characters that it cannot have, or characters follow the last field. */
  | "malformed-field"
  /** The text or its content ends in the middle of a field, as when a token was not copied whole. */
  | "truncated"
  /** The content is larger than the limit. */
  | "too-large"
  /**
   * The runtime has no WebCrypto (a page that is neither https nor localhost), or no synchronous cryptography for `./compat`.
   */
  | "crypto-unavailable"
  /** Client: the token server gave no token. */
  | "token-unavailable"
  /** Token server: the caller is not authenticated. */
  | "unauthorized"
  /** Token server: it does not make such tokens, or not for this caller. */
  | "forbidden"
  /** Token server: too many requests from this caller. */
  | "too-many-requests"
  /** Token server: something that it depends on cannot be reached. */
  | "service-unavailable"
  /** Token server: the request's body did not arrive in time. */
  | "request-timeout"
  /** Token server: the request's body is too large. */
  | "content-too-large"
  /** Token server: the request's body has a content type that is not JSON. */
  | "unsupported-media-type";

/** Where the error is and what is wrong, for programs. Never holds a certificate, key or token. */
export interface AgoraTokenErrorDetails {
  /** The path of the field, as `services[0].uid`. */
  field?: string;
  /** The byte offset of the error in the bytes that the spans of an `Inspection` describe. */
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

/**
 * The error for every bad value, wrong type and unreadable token. Branch on its `code`, which is stable; messages may change.
 */
export class AgoraTokenError extends Error {
  /** The name, for logs. */
  override readonly name: string = "AgoraTokenError";
  /** The stable reason. */
  readonly code: AgoraTokenErrorCode;
  /** The path of the field, as `services[0].uid`, where there is one. */
  declare readonly field?: string;
  /** The byte offset of the error in the decoded bytes, where there is one. */
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
   * @param message One sentence, without any certificate, key or token.
   * @param details The field or offset, and what was wanted and found.
   */
  constructor(code: AgoraTokenErrorCode, message: string, { cause, ...details }: AgoraTokenErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    for (const [key, value] of Object.entries(details)) if (value !== undefined) Object.assign(this, { [key]: value });
  }
}
