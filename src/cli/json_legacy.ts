import { encodeHex } from "@std/encoding/hex";
import { numbered } from "../access_token2/services.ts";
import { PRIVILEGES_006 } from "../legacy/access_token.ts";
import { buildLegacy } from "../legacy/builders.ts";
import { SERVICES_005 } from "../legacy/dynamic_key5.ts";
import type { LegacyToken, ParsedLegacyToken } from "../legacy/types.ts";
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

/** What `parse --batch` prints. */
export function jsonOfLegacy(token: ParsedLegacyToken): Record<string, unknown> {
  switch (token.version) {
    case "006": {
      const { version, appId, signature, crcChannelName, crcUid, salt, ts, privileges, trailingBytes } = token;
      const entries = numbered("", privileges as Record<string, number>, PRIVILEGES_006);
      return {
        version,
        appId,
        signatureHex: encodeHex(signature),
        crcChannelName,
        crcUid,
        salt,
        ts,
        privileges: entries.map(([privilege, expireTimestamp]) => ({ privilege, expireTimestamp })),
        trailingBytes,
      };
    }
    case "005": {
      const { version, service, signature, appId, unixTs, randomInt, expiredTs, extra, trailingBytes } = token;
      return {
        version,
        serviceType: typeof service === "number" ? service : SERVICES_005[service],
        signatureHex: signature,
        appId: appId.toUpperCase(),
        unixTs,
        randomInt,
        expiredTs,
        extra: Object.entries(extra).map(([key, value]) => ({ key: Number(key), value })),
        trailingBytes,
      };
    }
    case "signaling": {
      const { version, appId, expiredTs, signature } = token;
      return { version, appId, expiredTs, md5Hex: signature };
    }
    default: {
      const { signature, ...rest } = token;
      return { ...rest, signatureHex: signature };
    }
  }
}
