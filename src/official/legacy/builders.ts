import { type PrivilegesUntil, saltOf, uidText, type UnixSeconds } from "../../formats/common.ts";
import { AgoraTokenError } from "../../errors.ts";
import { array, integer, onlyKeys, record, string, U16_MAX, U32_MAX } from "../../validate.ts";
import { keyOf } from "../../formats/names.ts";
import { PRIVILEGES_006 } from "../../formats/access_token.ts";
import { modulo32 } from "../../formats/dynamic_keys/columns.ts";
import type { DynamicKeyService, LegacyToken, Privilege006, Token004, Token006 } from "../../formats/legacy_types.ts";

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

/** The arguments of all builders after App ID and certificate, checked. */
interface Arguments {
  channelName: string;
  /** The user as text. */
  user: string;
  /** The user as a number. */
  uid: number;
  account: string;
  role: number;
  roleName: keyof typeof ROLE_PRIVILEGES;
  changes: readonly unknown[];
  privileges: readonly unknown[];
  privilegeExpiredTs: UnixSeconds;
  joinChannelExpiredTs: UnixSeconds;
  pubAudioExpiredTs: UnixSeconds;
  pubVideoExpiredTs: UnixSeconds;
  pubDataStreamExpiredTs: UnixSeconds;
  unixTs: UnixSeconds;
  randomInt: number;
  expiredTs: UnixSeconds;
  serviceType: number;
  permission: string;
  extra: readonly unknown[];
  salt: number;
  ts: UnixSeconds;
}

/** A builder: its arguments in official order, and the token data that it returns. */
interface BuilderSpec {
  readonly args: readonly (keyof Arguments)[];
  readonly build: (appId: string, args: Arguments) => LegacyToken;
}

/** The privileges of each role of SimpleTokenBuilder (legacy notes §1.4). */
export const ROLE_PRIVILEGES = {
  attendee: [1, 2, 3, 4],
  publisher: [1, 2, 3, 4, 5, 6, 10, 11, 12],
  subscriber: [1, 7, 8, 9],
  admin: [1, 2, 3, 4, 101],
} as const;

const KEY_ARGS = ["channelName", "unixTs", "randomInt", "uid", "expiredTs"] as const;
const EXPIRIES = ["joinChannelExpiredTs", "pubAudioExpiredTs", "pubVideoExpiredTs", "pubDataStreamExpiredTs"] as const;

/**
 * The builders of every format before 007, by format and name: arguments → token data. The official families and the
 * command line read this table. All times are Unix times.
 */
export const LEGACY_BUILDERS: Readonly<Record<string, Readonly<Record<string, BuilderSpec>>>> = {
  "006": {
    accessToken: {
      args: ["channelName", "user", "privileges"],
      build: (appId, a) => token006(appId, a.channelName, a.user, a, changed({}, a.privileges, "privileges")),
    },
    rtc: {
      args: ["channelName", "user", "role", "privilegeExpiredTs"],
      build: (appId, a) => token006(appId, a.channelName, a.user, a, byRole(a.role, a.privilegeExpiredTs)),
    },
    rtcPrivileges: {
      args: ["channelName", "user", ...EXPIRIES],
      build: (appId, a) =>
        token006(appId, a.channelName, a.user, a, {
          joinChannel: a.joinChannelExpiredTs,
          publishAudioStream: a.pubAudioExpiredTs,
          publishVideoStream: a.pubVideoExpiredTs,
          publishDataStream: a.pubDataStreamExpiredTs,
        }),
    },
    // The account is packed in the place of the channel, and there is no user.
    rtm: {
      args: ["account", "privilegeExpiredTs"],
      build: (appId, a) => token006(appId, a.account, "", a, { rtmLogin: a.privilegeExpiredTs }),
    },
    simple: {
      args: ["channelName", "user", "roleName", "changes"],
      build: (appId, a) => token006(appId, a.channelName, a.user, a, changed(presetOf(a.roleName), a.changes, "changes")),
    },
  },
  dynamicKey: {
    generate: {
      args: ["channelName", "unixTs", "randomInt"],
      build: (appId, { channelName, unixTs, randomInt }) => ({ version: "001", appId, channelName, unixTs, randomInt }),
    },
  },
  dynamicKey2: { generate: { args: KEY_ARGS, build: (appId, a) => ({ version: "002", ...key(appId, a) }) } },
  dynamicKey3: { generate: { args: KEY_ARGS, build: (appId, a) => ({ version: "003", ...key(appId, a) }) } },
  dynamicKey4: {
    mediaChannel: key4("mediaChannel"),
    recording: key4("recording"),
    publicSharing: key4("publicSharing"),
  },
  dynamicKey5: {
    mediaChannel: key5("mediaChannel"),
    recording: key5("recording"),
    publicSharing: key5("publicSharing"),
    inChannelPermission: {
      args: [...KEY_ARGS, "permission"],
      build: (appId, a) => ({
        version: "005",
        service: "inChannelPermission",
        ...key(appId, a),
        extra: { "1": a.permission },
      }),
    },
    generate: {
      args: [...KEY_ARGS, "extra", "serviceType"],
      build: (appId, a) => ({ version: "005", service: a.serviceType, ...key(appId, a), extra: extraOf(a.extra) }),
    },
  },
  signaling: {
    generate: {
      args: ["account", "expiredTs"],
      build: (appId, { account, expiredTs }) => ({ version: "signaling", appId, account, expiredTs }),
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
  const builders = oneOf("format", LEGACY_BUILDERS, format);
  const spec = oneOf("builder", builders, builder);
  const names: readonly (keyof Arguments)[] = format === "006" ? [...spec.args, "salt", "ts"] : spec.args;
  onlyKeys(args, names);
  const checked = Object.fromEntries(names.map((name) => [name, argument(name, args[name])]));
  return spec.build(appId, checked as unknown as Arguments);
}

function oneOf<T>(field: string, table: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]!;
  const expected = `one of ${Object.keys(table).join(", ")}`;
  throw new AgoraTokenError("invalid-value", `"${field}" must be ${expected}`, { field, expected });
}

/** One argument, checked. */
function argument(name: keyof Arguments, value: unknown): unknown {
  switch (name) {
    case "channelName":
    case "account":
    case "permission":
      return string(name, value);
    case "user":
      return typeof value === "string" ? value : uidText(integer("uid", value, 0, U32_MAX));
    case "uid":
    case "randomInt":
      return modulo32(name, value);
    case "role":
      return integer(name, value, -0x8000, 0x7fff);
    case "roleName":
      return oneOf(name, Object.fromEntries(Object.keys(ROLE_PRIVILEGES).map((role) => [role, role])), string(name, value));
    case "serviceType":
      return integer(name, value, 0, U16_MAX);
    case "changes":
    case "extra":
      return array(name, value ?? []);
    case "privileges":
      return array(name, value);
    case "salt":
      return saltOf(value as number | undefined);
    case "ts":
      // The token's own end: 24 hours from now, as in all official code.
      return value === undefined ? Math.floor(Date.now() / 1000) + 86_400 : integer(name, value, 0, U32_MAX);
    default:
      return integer(name, value, 0, U32_MAX);
  }
}

function token006(
  appId: string,
  channelName: string,
  uid: string,
  { salt, ts }: Arguments,
  privileges: PrivilegesUntil<Privilege006>,
): Token006 {
  return { version: "006", appId, channelName, uid, salt, ts, privileges };
}

/** Attendee, publisher and admin publish; every other number only joins. */
function byRole(role: number, end: UnixSeconds): PrivilegesUntil<Privilege006> {
  const publishers: readonly number[] = [RtcRole006.ATTENDEE, RtcRole006.PUBLISHER, RtcRole006.ADMIN];
  if (!publishers.includes(role)) return { joinChannel: end };
  return { joinChannel: end, publishAudioStream: end, publishVideoStream: end, publishDataStream: end };
}

/** The privileges of a role of SimpleTokenBuilder, each with an end of 0. */
export function presetOf(role: keyof typeof ROLE_PRIVILEGES): Record<string, number> {
  return Object.fromEntries(ROLE_PRIVILEGES[role].map((privilege) => [keyOf(privilege, PRIVILEGES_006), 0]));
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
    else privileges[key] = integer(`${path}.expireTimestamp`, expireTimestamp, 0, U32_MAX);
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

function key(appId: string, { channelName, unixTs, randomInt, uid, expiredTs }: Arguments) {
  return { appId, channelName, unixTs, randomInt, uid, expiredTs };
}

function key4(service: Token004["service"]): BuilderSpec {
  return { args: KEY_ARGS, build: (appId, a) => ({ version: "004", service, ...key(appId, a) }) };
}

function key5(service: DynamicKeyService): BuilderSpec {
  return { args: KEY_ARGS, build: (appId, a) => ({ version: "005", service, ...key(appId, a), extra: {} }) };
}
