import { detectFormat } from "../src/formats/detect.ts";
import { type Unwrapped, unwrapToken } from "../src/inspect/unwrap.ts";
import { AgoraTokenError } from "../src/errors.ts";

/** The longest text that is read, in characters. Tokens have a few hundred; a paste may be a whole log by mistake. */
export const LONGEST_PASTE = 200_000;

/** The token in a pasted text, and whether it stood between other words, which are then no fault of the token. */
export interface Pasted extends Unwrapped {
  isFound: boolean;
}

/** Text that begins as a token does. A URL percent-encodes some characters of base64. */
const TOKEN = /(?<![A-Za-z0-9+/])(?:00[3-7](?:[A-Za-z0-9+/=]|%2B|%2F|%3D){20,}|1:[0-9a-f]{32}:\d{1,10}:[0-9a-f]{32})/gi;

/** Keys 001 and 002 have no prefix: they are known by their length and columns, with a time from 2001 to 2033. */
const KEY = /(?:\b|(?<=%[\da-f]{2}))[\da-f]{40}[\da-f]{32}1\d{9}[\da-f]{8}(?:\d{20})?\b/gi;

/** Other words after a token and a space: they follow its padding, or have characters that no token has. */
const MORE = /=\s+\S|^\S*\s[^]*?(?:[^A-Za-z\d+/=\s]|=\w)/;

/**
 * The token in what was pasted: as it stands, out of the quotes, JSON or URL around it, or else the longest part of the text
 * that looks like a token: in a line of code, a log, a setting, a command.
 */
export function tokenOf(paste: string): Pasted {
  const unwrapped = unwrapToken(paste);
  const seen = unwrapped.token.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  // JSON may escape some characters, and JSON within JSON more than once.
  const plain = seen.replace(/\\+u00([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\+\//g, "/");
  const like = isToken(unwrapped.token) && !MORE.test(seen) ? [] : [TOKEN, KEY];
  const found = like.flatMap((like) => plain.match(like) ?? []).filter(isToken).sort((a, b) => b.length - a.length)[0];
  if (found !== undefined) {
    const token = found.replace(/%(2B|2F|3D)/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return { token, stripped: ["words"], isFound: true };
  }
  return isToken(seen.trim()) && seen !== unwrapped.token
    ? { token: seen.trim(), stripped: [...unwrapped.stripped, "invisible"], isFound: false }
    : { ...unwrapped, isFound: false };
}

function isToken(text: string): boolean {
  return !(detectFormat(text) instanceof AgoraTokenError);
}
