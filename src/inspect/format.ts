import type { AgoraTokenError } from "../errors.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { Engine } from "../wire/engine.ts";
import type { Span } from "../wire/span.ts";
import type { Finding } from "./findings.ts";

/** What is known about a token from outside it. */
export interface Given {
  /** The channel that is joined. */
  channelName?: string;
  /** The numeric uid of the user. */
  uid?: number | string;
  /** The user account, or the RTM or Chat user id. */
  account?: string;
  /** The service wanted, by name. */
  service?: string;
}

/** What one reading of a text gives: the data, and where it lies. */
export interface Reading<Token> {
  /** The data; what was readable before the fault where there is an `error`. */
  token: Partial<Token>;
  /** The bytes that the spans describe. */
  bytes: Bytes;
  /** Why the reading stopped. */
  error?: AgoraTokenError;
}

/** When a token works, in Unix seconds: `from ≤ now < until`. */
export interface Life {
  /** The first second, where the token has one. */
  from?: number;
  /** The second at which it is over, where the token has one. */
  until?: number;
}

/** One token format: everything that reading and verifying need to know of it. */
export interface Format<Version extends string, Token> {
  /** The version, as in the data. */
  readonly version: Version;
  /** What it looks like, for the error that lists what was tried. */
  readonly looks: string;
  /** Whether a text is meant to be of this format. */
  matches(text: string): boolean;
  /** Reads a text; records spans where a list is given. Never throws on content. */
  read(text: string, maxPayload: number, engine: Engine, spans?: Span[]): Promise<Reading<Token>>;
  /** The inputs without which nothing can be verified, and that are not given. */
  missing(token: Token, given: Given): string[];
  /** The signature in the token. */
  signature(token: Token): Uint8Array;
  /** The signature that a certificate makes, over the bytes as received. */
  sign(token: Token, appCertificate: string, given: Given, engine: Engine): Promise<Bytes>;
  /** When the token works. */
  life(token: Token): Life;
  /** What can be said of the content alone. */
  remarks(token: Token): Finding[];
  /** What can be said of the content at a time. */
  aging(token: Token, now: number): Finding[];
  /** Where the content disagrees with what is known from outside. */
  mismatches(token: Token, given: Given): Finding[];
}
