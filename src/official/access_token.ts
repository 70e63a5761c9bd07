/**
 * The export names, arguments and synchronous returns of npm `agora-access-token` 2.x, which makes tokens of format 006, as ES
 * modules with types, for Deno, Bun and Node 22.3 or newer. Every time is a Unix time.
 *
 * ```ts
 * import { RtcRole, RtcTokenBuilder } from "@agoratoken/agoratoken/access-token";
 * import { assert } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const inAnHour = Math.floor(Date.now() / 1000) + 3600;
 * const token = RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1001, RtcRole.PUBLISHER, inAnHour);
 * assert(token.startsWith("006"));
 * ```
 *
 * Limitations:
 *
 * - A bad value throws an `AgoraTokenError` that names it, where `agora-access-token` packs something else or throws an error of
 *   Node. `docs/compat.md` lists every difference.
 * - Agora recommends AccessToken2 (007): `./compat`, or `buildToken` of the main entry.
 * - Browsers, and workers without `node:crypto`, have no synchronous cryptography: every builder here throws the code
 *   `crypto-unavailable` there. Use the asynchronous builders of `./legacy`.
 *
 * @module
 */
import { pack006 } from "../formats/access_token.ts";
import type { UnixSeconds } from "../formats/common.ts";
import type { Token006 } from "../formats/legacy_types.ts";
import { namedArguments, userText } from "./arguments.ts";
import { buildLegacy, LEGACY_BUILDERS, RtcRole006 as RtcRole } from "./legacy/builders.ts";
import { chosenEngine } from "./synchronous.ts";

export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "../errors.ts";
// `Role` is the name in the package's own file `src/RtcTokenBuilder`.
export { RtcRole, RtcRole as Role };
export { AccessToken, priviledges, version } from "./access_token006.ts";
export type { UnixSeconds } from "../formats/common.ts";

/** The builders of RTC tokens, synchronous. */
export interface RtcTokenBuilderFamily {
  /**
   * A token for one uid in a channel, with the same end for each privilege that its role has.
   *
   * Source: npm agora-access-token 2.0.4, `src/RtcTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param uid The user, 0 to 4,294,967,295; 0 means anyone. A string is an account.
   * @param role 0 (attendee), 1 (publisher) and 101 (admin) publish; every other number from −32,768 to 32,767 only joins.
   * @param privilegeExpiredTs When each privilege ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself
   * ends 24 hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: string | number,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): string;
  /**
   * A token for one user account in a channel, with the same end for each privilege that its role has.
   *
   * Source: npm agora-access-token 2.0.4, `src/RtcTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param channelName The channel. It is signed, and the token holds its CRC-32; any length.
   * @param account The user account; `""` means anyone. A number is a uid. It is signed, and the token holds its CRC-32.
   * @param role 0 (attendee), 1 (publisher) and 101 (admin) publish; every other number from −32,768 to 32,767 only joins.
   * @param privilegeExpiredTs When each privilege ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself
   * ends 24 hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildTokenWithAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string | number,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): string;
}

/** The builder of RTM tokens, synchronous. */
export interface RtmTokenBuilderFamily {
  /**
   * A token for logging in to RTM.
   *
   * Source: npm agora-access-token 2.0.4, `src/RtmTokenBuilder.js`.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param account The RTM user id. It is signed, and the token holds its CRC-32. A number is read as its decimal
   * digits, and 0 as `""`.
   * @param role Ignored, as in `agora-access-token`.
   * @param privilegeExpiredTs When the login ends: Unix time, 0 to 4,294,967,295, not seconds from now. The token itself ends 24
   * hours from now.
   * @returns The token; its text begins with `006`.
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `unknown-field` (too many
   * arguments), `crypto-unavailable` (no synchronous cryptography).
   */
  buildToken(
    appId: string,
    appCertificate: string,
    account: string | number,
    role: number,
    privilegeExpiredTs: UnixSeconds,
  ): string;
}

/** The role of RTM tokens. */
export const RtmRole: {
  /** A user. */
  readonly Rtm_User: 1;
} = { Rtm_User: 1 };

/** RTC tokens of format 006. */
export const RtcTokenBuilder: RtcTokenBuilderFamily = {
  buildTokenWithUid: (appId, appCertificate, ...values) => rtc(appId, appCertificate, values),
  buildTokenWithAccount: (appId, appCertificate, ...values) => rtc(appId, appCertificate, values),
};

/** RTM tokens of format 006. */
export const RtmTokenBuilder: RtmTokenBuilderFamily = {
  buildToken(appId, appCertificate, ...values) {
    const { account, privilegeExpiredTs } = namedArguments(["account", "role", "privilegeExpiredTs"], values);
    return pack("rtm", appId, appCertificate, { account: userText("account", account), privilegeExpiredTs });
  },
};

function rtc(appId: string, appCertificate: string, values: readonly unknown[]): string {
  return pack("rtc", appId, appCertificate, namedArguments(LEGACY_BUILDERS["006"]!.rtc!.args, values));
}

function pack(builder: string, appId: string, appCertificate: string, args: Record<string, unknown>): string {
  return pack006(buildLegacy("006", builder, appId, args) as Token006, appCertificate, chosenEngine());
}

/** The names of npm `agora-access-token` in one object, as its default import has them. */
const everything: {
  RtcTokenBuilder: RtcTokenBuilderFamily;
  RtcRole: typeof RtcRole;
  RtmTokenBuilder: RtmTokenBuilderFamily;
  RtmRole: typeof RtmRole;
} = { RtcTokenBuilder, RtcRole, RtmTokenBuilder, RtmRole };

export default everything;
