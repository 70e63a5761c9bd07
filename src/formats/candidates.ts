import { utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import type { ParsedToken006 } from "./legacy_types.ts";

/** The names whose checksums are those of a 006. */
export interface Candidates {
  /** The channels that match. A checksum has 32 bits: among very many names, a wrong one may match too. */
  channelNames: string[];
  /** The users that match; `""` (anyone) where the token is for no single user. */
  users: string[];
}

/**
 * Finds, among several names, those that a 006 may be for: it holds only their CRC-32. For an RTM token, give the accounts as
 * channels.
 *
 * @param token The parsed token.
 * @param names The channels and the users (uids in decimal, or accounts) to compare.
 * @returns Those that match, in the order given.
 *
 * @example Which of our channels is this token for?
 * ```ts
 * import { parseToken } from "@agoratoken/agoratoken";
 * import { matchCandidates, type ParsedToken006, RtcTokenBuilder } from "@agoratoken/agoratoken/legacy";
 * import { assertEquals } from "@std/assert";
 *
 * const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
 * const text = await RtcTokenBuilder.buildTokenWithUid(...ids, "stage", 7, 1, 1700003600);
 * const token = await parseToken(text) as ParsedToken006;
 * assertEquals(matchCandidates(token, { channelNames: ["lobby", "stage"], users: ["7", "8"] }), {
 *   channelNames: ["stage"],
 *   users: ["7"],
 * });
 * ```
 */
export function matchCandidates(
  token: Pick<ParsedToken006, "crcChannelName" | "crcUid">,
  { channelNames = [], users = [] }: {
    /** The channels to compare. */
    channelNames?: readonly string[];
    /** The users to compare. */
    users?: readonly string[];
  },
): Candidates {
  const matches = (crc: number) => (name: string) => crc32(utf8(name)) === crc;
  return {
    channelNames: channelNames.filter(matches(token.crcChannelName)),
    users: token.crcUid === 0 ? [""] : users.filter(matches(token.crcUid)),
  };
}
