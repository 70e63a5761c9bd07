import { utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import { uidText } from "../formats/common.ts";
import type { ParsedToken006 } from "../formats/legacy_types.ts";
import type { Name, TokenView } from "../formats/view.ts";
import { defined } from "../validate.ts";
import { type Expected, fits, namesFor, rightsFor } from "./expected.ts";
import { type Observation, observed } from "./findings.ts";
import { INTENTS } from "./intents.ts";
import { withoutService } from "./rules/binding.ts";
import { misfits } from "./rules/misfits.ts";

// The names that a token before 007 may have been signed for: it does not hold them.

/** The names that a token signs, with those that it does not hold. */
export interface SignedNames {
  readonly channelName: string;
  readonly uid: string;
  readonly service: string;
}

/** The names to try for a token, the likeliest first; or why none can be tried. */
export interface Candidates {
  readonly names: readonly SignedNames[];
  /** What is signed and not given, as callers name it. */
  readonly missing?: readonly string[];
  /** Where a checksum excludes what is given. */
  readonly excluded?: readonly Observation[];
}

const NO_NAMES: SignedNames = { channelName: "", uid: "", service: "" };

/** No names but those in the token: all that is signed stands in it. */
export const IN_TOKEN: Candidates = { names: [NO_NAMES] };

/** The names that a format needs, where all are given. */
export function named(
  names: { [Name in keyof SignedNames]?: string | undefined },
  needs: Readonly<Record<string, string>>,
): Candidates {
  const missing = Object.keys(needs).filter((name) => names[name as keyof SignedNames] === undefined).map((name) =>
    needs[name]!
  );
  return missing.length > 0 ? { names: [], missing } : { names: [{ ...NO_NAMES, ...defined(names) } as SignedNames] };
}

/**
 * The names of a 006, held to its checksums. An RTM login has the account in the channel's place (legacy notes §1.4); a token may
 * be for a channel as well. The checksum of no user is 0: of a token for anyone in a channel, no user need be given, and any may
 * be. A few users have that checksum as well, as the uid 863045057.
 */
export function candidates006(token: ParsedToken006, view: TokenView, expected: Expected): Candidates {
  const { user } = namesFor(view, expected);
  const crcUser = user === undefined ? undefined : crc32(utf8(user));
  const isForAnyone = token.crcUid === 0 && crcUser !== 0 && view.rights.some(({ channel }) => channel !== undefined);
  const given = loginNames(token, view, expected) ?? channelNames(view, expected, isForAnyone);
  const { isLogin = false, ...signed } = given;
  const { names, missing } = named(signed, { channelName: "channelName", uid: "user" });
  const [first] = names;
  if (first === undefined) return { names, ...defined({ missing }) };
  const mismatches = excluded006(token, first, isLogin, expected);
  const { intent } = expected;
  // That it is for another service says it all: it names others.
  const isForOther = intent !== undefined && mismatches.length > 0 && rightsFor(view, expected).length === 0;
  const excluded = isForOther ? [withoutService(view, INTENTS[intent].services, expected)] : mismatches;
  return { names: token.crcUid === 0 && first.uid !== "" ? [first, { ...first, uid: "" }] : names, excluded };
}

interface Names006 {
  readonly channelName?: string | undefined;
  readonly uid?: string | undefined;
  /** Whether the user stands in the channel's place. */
  readonly isLogin?: boolean;
}

function channelNames(view: TokenView, expected: Expected, isForAnyone: boolean): Names006 {
  const { channelName, user } = namesFor(view, expected);
  return { channelName, uid: isForAnyone ? "" : user };
}

/**
 * The names of a token that is used to log in; none where it is used for a channel. Besides the place of official code, two others
 * are reported to work: an RTC token whose channel is the user's name, and a token without a channel.
 */
function loginNames(token: ParsedToken006, view: TokenView, expected: Expected): Names006 | undefined {
  const { channelName, user } = namesFor(view, expected);
  if (channelName !== undefined) return undefined;
  const isInChannelField = user !== undefined && crc32(utf8(user)) === token.crcChannelName;
  const ofService = rightsFor(view, expected);
  if (token.privileges.rtmLogin === undefined) {
    if (!isInChannelField || ofService.length > 0) return undefined;
    const uid = expected.uid === undefined ? undefined : uidText(Number(expected.uid));
    return { channelName: user, uid: token.crcUid === 0 ? "" : uid };
  }
  if (!isInChannelField && ofService.some(({ channel }) => channel !== undefined)) return undefined;
  if (token.crcChannelName === 0 && token.crcUid !== 0) return { channelName: "", uid: user };
  return { channelName: user, uid: "", isLogin: true };
}

/** Where a checksum excludes the names that are given. */
function excluded006(
  { appId, crcChannelName, crcUid }: ParsedToken006,
  { channelName, uid }: SignedNames,
  isLogin: boolean,
  expected: Expected,
): Observation[] {
  const first: Name = { kind: "checksum", path: "crcChannelName", crc32: crcChannelName };
  const second: Name = { kind: "checksum", path: "crcUid", crc32: crcUid };
  if (!isLogin) return misfits({ channel: first, user: second }, { channelName, user: uid }, appId, expected);
  const isInUserField = crcUid !== 0 && fits(second, channelName) && !fits(first, channelName);
  const inUserField = { expected: channelName, by: "checksum", difference: "other-field" } as const;
  if (isInUserField) return [observed("user-mismatch", inUserField, { field: "crcChannelName" })];
  const found = misfits({ user: first }, { user: channelName }, appId, expected);
  if (found.length > 0 || crcUid === 0) return found;
  return [observed("user-mismatch", { ...inUserField, expected: "" }, { field: "crcUid" })];
}
