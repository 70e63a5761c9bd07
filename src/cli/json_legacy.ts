import { buildLegacy } from "../official/legacy/builders.ts";
import type { LegacyToken } from "../formats/legacy_types.ts";
import { onlyKeys, refuse, string } from "../validate.ts";

// The JSON of the command line for the formats before 007: the names of the vectors.

/** What `build --batch` takes with a `format`. */
export function legacyTokenOfJson(input: Record<string, unknown>): { token: LegacyToken; appCertificate: string } {
  const { format, builder, appId, appCertificate, ...rest } = input;
  // The table says `user` and `account`; the vectors say `uid` or `userAccount`.
  const renamed = format === "006" ? builder === "rtm" ? "account" : "user" : undefined;
  if (renamed !== undefined) {
    if (renamed in rest) onlyKeys(rest, Object.keys(rest).filter((key) => key !== renamed));
    const { uid, userAccount, ...others } = rest;
    if (renamed === "account" && uid !== undefined) onlyKeys({ uid }, ["userAccount"]);
    if ((uid === undefined) === (userAccount === undefined)) {
      refuse(
        renamed === "user" ? "uid" : "userAccount",
        renamed === "user" ? 'given, or "userAccount" instead of it' : "given",
      );
    }
    const user = uid === undefined ? string("userAccount", userAccount) : uid;
    return made({ ...others, [renamed]: user });
  }
  return made(rest);

  function made(args: Record<string, unknown>): { token: LegacyToken; appCertificate: string } {
    const token = buildLegacy(string("format", format), string("builder", builder), string("appId", appId), args);
    return { token, appCertificate: string("appCertificate", appCertificate) };
  }
}
