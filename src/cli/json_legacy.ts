import { buildLegacy } from "../legacy/builders.ts";
import type { LegacyToken } from "../legacy/types.ts";
import { refuse, string } from "../wire/check.ts";

// The JSON of the command line for the formats before 007: the names of the vectors.

/** What `build --batch` takes with a `format`. */
export function legacyTokenOfJson(input: Record<string, unknown>): { token: LegacyToken; appCertificate: string } {
  const { format, builder, appId, appCertificate, ...rest } = input;
  const names = format === "006" && builder !== "rtm"
    ? userOfJson(rest)
    : format === "006"
    ? rename(rest, "userAccount", "account")
    : rest;
  return {
    token: buildLegacy(string("format", format), string("builder", builder), string("appId", appId), names),
    appCertificate: string("appCertificate", appCertificate),
  };
}

/** A user by `uid` (a number, where 0 means anyone) or `userAccount` (a text). */
function userOfJson({ uid, userAccount, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if ((uid === undefined) === (userAccount === undefined)) refuse("uid", 'given, or else "userAccount", and not both');
  return { ...rest, user: uid === undefined ? string("userAccount", userAccount) : uid };
}

function rename(input: Record<string, unknown>, from: string, to: string): Record<string, unknown> {
  const { [from]: value, ...rest } = input;
  return { ...rest, [to]: value };
}
