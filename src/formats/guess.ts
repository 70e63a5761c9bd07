import { crc32 } from "../bytes/crc32.ts";
import { array, onlyKeys, record, refuse, string } from "../validate.ts";
import { type Candidates, matchCandidates } from "./candidates.ts";
import type { ParsedToken006 } from "./legacy_types.ts";
import { OBVIOUS_NAMES } from "./obvious_names.ts";

/** The names to try. */
export interface GuessOptions {
  /** The channels to try; the obvious names if omitted. */
  channelNames?: readonly string[];
  /** The users to try: uids in decimal, or accounts; the obvious ones if omitted. */
  users?: readonly string[];
}

/** The highest number that is tried as a name. */
const LAST_NUMBER = 100_000;

/**
 * Guesses the names whose checksums a 006 holds: from the names given, or from the obvious ones, which are some 300 names that
 * samples and people use, in capitals too, the numbers from 0 to 100,000, no name at all, and each other's names.
 *
 * In an RTM token the account stands in the channel's place, so `users` are tried there as well.
 *
 * @param token The parsed token.
 * @param options The names to try.
 * @returns Those that match, in the order in which they are tried: of some 100,000 names, a wrong one matches once in 40,000 tokens.
 * @throws {AgoraTokenError} `invalid-value` for a token without checksums; `invalid-type` or `unknown-field` for options that are
 * none.
 *
 * @example For whom is this 006?
 * ```ts
 * import { parseToken } from "@agoratoken/agoratoken";
 * import { guessNames, type ParsedToken006, RtcTokenBuilder } from "@agoratoken/agoratoken/legacy";
 * import { assertEquals } from "@std/assert";
 *
 * const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
 * const text = await RtcTokenBuilder.buildTokenWithUid(...ids, "lobby", 1001, 1, 1700003600);
 * const token = await parseToken(text) as ParsedToken006;
 * assertEquals(guessNames(token), { channelNames: ["lobby"], users: ["1001"] });
 * ```
 */
export function guessNames(
  token: Pick<ParsedToken006, "crcChannelName" | "crcUid"> & Partial<Pick<ParsedToken006, "appId" | "privileges">>,
  options: GuessOptions = {},
): Candidates {
  const { crcChannelName, crcUid, appId = "", privileges = {} } = record("token", token) as unknown as typeof token;
  if (crcChannelName === undefined || crcUid === undefined) refuse("token", "a 006: no other format holds checksums of names");
  onlyKeys(record("options", options), ["channelNames", "users"]);
  const channels = names("channelNames", options.channelNames);
  const users = names("users", options.users);
  const isLogin = privileges.rtmLogin !== undefined;
  const tried = {
    channelNames: channels === undefined
      ? obvious(crcChannelName, [...users ?? [], appId])
      : [...channels, ...isLogin ? users ?? [] : []],
    users: users ?? obvious(crcUid, [...channels ?? [], appId]),
  };
  const found = matchCandidates(token, tried);
  return { channelNames: [...new Set(found.channelNames)], users: [...new Set(found.users)] };
}

/** A list of names, checked. */
function names(field: string, list: readonly string[] | undefined): readonly string[] | undefined {
  return list === undefined ? undefined : array(field, list).map((name, index) => string(`${field}[${index}]`, name));
}

/** The obvious names, with the numbers that have the checksum in their place among them. */
function obvious(crc: number, others: readonly string[]): string[] {
  const inCapitals = OBVIOUS_NAMES.flatMap((name) => [name.toUpperCase(), name[0]!.toUpperCase() + name.slice(1)]);
  return ["", ...others, ...OBVIOUS_NAMES, ...inCapitals, ...numbersOf(crc).map(String)];
}

/**
 * The numbers up to the last whose decimal text has a checksum. Each costs one step, since it begins as a shorter one: `rest` is
 * what the checksum of its text is before the last inversion.
 */
function numbersOf(crc: number): number[] {
  const steps = Int32Array.from({ length: 256 }, (_, byte) => stepOf(byte));
  const wanted = ~crc;
  const found: number[] = [];
  const visit = (number: number, rest: number): void => {
    if (rest === wanted) found.push(number);
    const first = number * 10;
    for (let next = first; number > 0 && next < first + 10 && next <= LAST_NUMBER; next++) visit(next, after(rest, next));
  };
  const after = (rest: number, number: number) => rest >>> 8 ^ steps[(rest ^ 48 + number % 10) & 255]!;
  for (let digit = 0; digit < 10; digit++) visit(digit, after(-1, digit));
  return found.sort((a, b) => a - b);
}

/** What a byte adds to a CRC-32, which is in the checksum of one byte, inverted before and after (RFC 1952 §8). */
function stepOf(byte: number): number {
  return crc32(Uint8Array.of(byte ^ 0xff)) ^ 0xff000000;
}
