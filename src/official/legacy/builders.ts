import { issueTime, MAX_LIFETIME, type PrivilegesUntil, saltOf, type UnixSeconds } from "../../formats/common.ts";
import { array, i16, integer, oneOf, onlyKeys, record, string, U16_MAX, u32 } from "../../validate.ts";
import { keyOf } from "../../formats/names.ts";
import { PRIVILEGES_006 } from "../../formats/access_token.ts";
import { modulo32 } from "../../formats/dynamic_keys/columns.ts";
import type { LegacyToken, Privilege006, Token004, Token005, Token006 } from "../../formats/legacy_types.ts";
import { type Checked, checkedArguments, userText } from "../arguments.ts";

/** The roles of the 006 builders, in the numbering of C++, Java, Node and PHP (legacy notes §1.4). */
export const RtcRole006: {
  /** Joins and publishes; deprecated by Agora. */
  readonly ATTENDEE: 0;
  /** Joins and publishes. */
  readonly PUBLISHER: 1;
  /** Joins. */
  readonly SUBSCRIBER: 2;
  /** Joins and publishes; deprecated by Agora. */
  readonly ADMIN: 101;
} = { ATTENDEE: 0, PUBLISHER: 1, SUBSCRIBER: 2, ADMIN: 101 };

/** The privileges of each role of SimpleTokenBuilder (legacy notes §1.4). */
export const ROLE_PRIVILEGES = {
  attendee: [1, 2, 3, 4],
  publisher: [1, 2, 3, 4, 5, 6, 10, 11, 12],
  subscriber: [1, 7, 8, 9],
  admin: [1, 2, 3, 4, 101],
} as const;

/** The arguments of all builders after App ID and certificate, and how each is checked. */
const ARGUMENTS = {
  channelName: string,
  /** The user as text. */
  user: (_field: string, value: unknown) => userText("uid", value),
  /** The user as a number. */
  uid: modulo32,
  account: string,
  role: i16,
  roleName: presetOf,
  changes: (field: string, value: unknown) => array(field, value ?? []),
  privileges: array,
  privilegeExpiredTs: u32,
  joinChannelExpiredTs: u32,
  pubAudioExpiredTs: u32,
  pubVideoExpiredTs: u32,
  pubDataStreamExpiredTs: u32,
  unixTs: u32,
  randomInt: modulo32,
  expiredTs: u32,
  serviceType: (field: string, value: unknown) => integer(field, value, 0, U16_MAX),
  permission: string,
  extra: (field: string, value: unknown) => array(field, value ?? []),
  salt: (_field: string, value: unknown) => saltOf(value as number | undefined),
  /** The token's own end: 24 hours from now, as in all official code. */
  ts: (field: string, value: unknown = issueTime(undefined) + MAX_LIFETIME) => u32(field, value),
};

/** The arguments of a builder, checked. */
type Arguments = Checked<typeof ARGUMENTS> & { readonly appId: string };

/** A builder: its arguments in official order, and the token data that it returns. */
interface BuilderSpec {
  readonly args: readonly (keyof typeof ARGUMENTS)[];
  readonly build: (args: Arguments) => LegacyToken;
}

/**
 * The builders of every format before 007, by format and name: arguments → token data. The official families and the
 * command line read this table. All times are Unix times.
 */
export const LEGACY_BUILDERS: Readonly<Record<string, Readonly<Record<string, BuilderSpec>>>> = {
  "006": {
    accessToken: {
      args: ["channelName", "user", "privileges"],
      build: (a) => token006(a, changed({}, a.privileges, "privileges")),
    },
    rtc: {
      args: ["channelName", "user", "role", "privilegeExpiredTs"],
      build: (a) => token006(a, byRole(a.role, a.privilegeExpiredTs)),
    },
    rtcPrivileges: {
      args: ["channelName", "user", "joinChannelExpiredTs", "pubAudioExpiredTs", "pubVideoExpiredTs", "pubDataStreamExpiredTs"],
      build: (a) =>
        token006(a, {
          joinChannel: a.joinChannelExpiredTs,
          publishAudioStream: a.pubAudioExpiredTs,
          publishVideoStream: a.pubVideoExpiredTs,
          publishDataStream: a.pubDataStreamExpiredTs,
        }),
    },
    // The account is packed as the channel, and there is no user.
    rtm: {
      args: ["account", "privilegeExpiredTs"],
      build: (a) => token006({ ...a, channelName: a.account, user: "" }, { rtmLogin: a.privilegeExpiredTs }),
    },
    simple: {
      args: ["channelName", "user", "roleName", "changes"],
      build: (a) => token006(a, changed(a.roleName, a.changes, "changes")),
    },
  },
  dynamicKey: {
    generate: {
      args: ["channelName", "unixTs", "randomInt"],
      build: ({ appId, channelName, unixTs, randomInt }) => ({ version: "001", appId, channelName, unixTs, randomInt }),
    },
  },
  dynamicKey2: { generate: key(() => ({ version: "002" })) },
  dynamicKey3: { generate: key(() => ({ version: "003" })) },
  dynamicKey4: {
    mediaChannel: key(() => ({ version: "004", service: "mediaChannel" })),
    recording: key(() => ({ version: "004", service: "recording" })),
    publicSharing: key(() => ({ version: "004", service: "publicSharing" })),
  },
  dynamicKey5: {
    mediaChannel: key(() => ({ version: "005", service: "mediaChannel", extra: {} })),
    recording: key(() => ({ version: "005", service: "recording", extra: {} })),
    publicSharing: key(() => ({ version: "005", service: "publicSharing", extra: {} })),
    inChannelPermission: key(
      ({ permission }) => ({ version: "005", service: "inChannelPermission", extra: { "1": permission } }),
      "permission",
    ),
    generate: key((a) => ({ version: "005", service: a.serviceType, extra: extraOf(a.extra) }), "extra", "serviceType"),
  },
  signaling: {
    generate: {
      args: ["account", "expiredTs"],
      build: ({ appId, account, expiredTs }) => ({ version: "signaling", appId, account, expiredTs }),
    },
  },
};

/**
 * The token that a builder makes from named arguments.
 *
 * @param format The format in {@linkcode LEGACY_BUILDERS}, as `006`.
 * @param builder The builder's name, as `rtc`.
 * @param appId The project.
 * @param args Its arguments by name; `salt` and `ts` of 006 may be left out: a random number, and 24 hours from now.
 * @returns The data.
 * @throws {AgoraTokenError} `invalid-value` for an unknown format or builder, or a value outside its range; `unknown-field` for
 * an unknown argument; `invalid-type`.
 */
export function buildLegacy(
  format: string,
  builder: string,
  appId: string,
  args: Readonly<Record<string, unknown>>,
): LegacyToken {
  const { args: taken, build } = oneOf("builder", oneOf("format", LEGACY_BUILDERS, format), builder);
  const names = format === "006" ? [...taken, "salt", "ts"] as const : taken;
  return build({ appId, ...checkedArguments(ARGUMENTS, names, args) } as Arguments);
}

function token006(
  { appId, channelName, user, salt, ts }: Arguments,
  privileges: PrivilegesUntil<Privilege006>,
): Token006 {
  return { version: "006", appId, channelName, uid: user, salt, ts, privileges };
}

/** Attendee, publisher and admin publish; every other number only joins. */
function byRole(role: number, end: UnixSeconds): PrivilegesUntil<Privilege006> {
  const publishers: readonly number[] = [RtcRole006.ATTENDEE, RtcRole006.PUBLISHER, RtcRole006.ADMIN];
  if (!publishers.includes(role)) return { joinChannel: end };
  return { joinChannel: end, publishAudioStream: end, publishVideoStream: end, publishDataStream: end };
}

/** The privileges of a role of SimpleTokenBuilder, each with an end of 0. */
export function presetOf(field: string, role: unknown): Record<string, number> {
  const privileges = oneOf<readonly number[]>(field, ROLE_PRIVILEGES, string(field, role));
  return Object.fromEntries(privileges.map((privilege) => [keyOf(privilege, PRIVILEGES_006), 0]));
}

/** Privileges with those of `{privilege, expireTimestamp}` set, and those of `{privilege, remove: true}` removed. */
function changed(preset: Record<string, number>, changes: readonly unknown[], field: string): PrivilegesUntil<Privilege006> {
  const privileges = { ...preset };
  for (const [index, entry] of changes.entries()) {
    const path = `${field}[${index}]`;
    const { privilege, expireTimestamp, remove } = record(path, entry);
    onlyKeys(entry as object, ["privilege", "expireTimestamp", "remove"], `${path}.`);
    const key = keyOf(integer(`${path}.privilege`, privilege, 0, U16_MAX), PRIVILEGES_006);
    if (remove === true) delete privileges[key];
    else privileges[key] = u32(`${path}.expireTimestamp`, expireTimestamp);
  }
  return privileges;
}

function extraOf(entries: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(entries.map((entry, index) => {
    const path = `extra[${index}]`;
    const { key, value } = record(path, entry);
    onlyKeys(entry as object, ["key", "value"], `${path}.`);
    return [integer(`${path}.key`, key, 0, U16_MAX), string(`${path}.value`, value)];
  }));
}

/** A dynamic key with a user and an end: what is its own, and the arguments for it. */
function key(
  own: (
    args: Arguments,
  ) => { version: "002" | "003" } | Pick<Token004, "version" | "service"> | Pick<Token005, "version" | "service" | "extra">,
  ...more: (keyof typeof ARGUMENTS)[]
): BuilderSpec {
  return {
    args: ["channelName", "unixTs", "randomInt", "uid", "expiredTs", ...more],
    build: (args) => {
      const { appId, channelName, unixTs, randomInt, uid, expiredTs } = args;
      return { ...own(args), appId, channelName, unixTs, randomInt, uid, expiredTs };
    },
  };
}
