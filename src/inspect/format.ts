import { uidText } from "../formats/common.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Awaitable, Engine } from "../runtime/engine.ts";
import type { Reading } from "../bytes/reader.ts";
import type { Span } from "../bytes/span.ts";
import type { Finding } from "./findings.ts";

/** What is known about a token from outside it. */
export interface Given {
  /** The channel that is joined. */
  channelName?: string;
  /** The numeric uid of the user, as a number or digits; 0 (or no digits) stands for anyone. */
  uid?: number | string;
  /** The user account, or the RTM or Chat user id. */
  account?: string;
  /** The service wanted, by name: `rtc`, `rtm`, … for 007; `mediaChannel`, `recording`, … for the keys 004 and 005. */
  service?: string;
}

/** The user that is given, as 007 and 006 write it; `""` is anyone. */
export function userText({ uid, account }: Given): string | undefined {
  return account ?? (uid === undefined ? undefined : uidText(Number(uid)));
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
  /** Its name for people. */
  readonly title: string;
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
  sign(token: Token, appCertificate: string, given: Given, engine: Engine): Awaitable<Bytes>;
  /** When the token works. */
  life(token: Token): Life;
  /** What can be said of the content alone. */
  remarks(token: Token): Finding[];
  /** What can be said of the content at a time. */
  aging(token: Token, now: number): Finding[];
  /** Where the content disagrees with what is known from outside. */
  mismatches(token: Token, given: Given): Finding[];
}
