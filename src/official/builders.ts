import { md5 } from "@noble/hashes/legacy.js";
import { encodeHex } from "@std/encoding/hex";
import { type Seconds, uidText } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import { utf8 } from "../bytes/bytes.ts";
import { integer, onlyKeys, record, string, U32_MAX } from "../validate.ts";
import type { ApaasService, RtcService, Rtm2Permissions, RtmService, Service } from "../formats/access_token2/types.ts";

/** The roles of the official RTC builders. Only 1 may publish: with every other number the token only joins. */
export const RtcRole: {
  /** Joins, and publishes audio, video and data. */
  readonly PUBLISHER: 1;
  /** Joins. */
  readonly SUBSCRIBER: 2;
} = { PUBLISHER: 1, SUBSCRIBER: 2 };

/** The arguments of all official builders after App ID and certificate, checked. A uid is its text on the wire. */
interface Arguments {
  channelName: string;
  uid: string;
  account: string;
  role: number;
  tokenExpire: Seconds;
  privilegeExpire: Seconds;
  joinChannelPrivilegeExpire: Seconds;
  pubAudioPrivilegeExpire: Seconds;
  pubVideoPrivilegeExpire: Seconds;
  pubDataStreamPrivilegeExpire: Seconds;
  rtcAccount: string;
  rtcRole: number;
  rtcTokenExpire: Seconds;
  rtmUserId: string;
  rtmTokenExpire: Seconds;
  userId: string;
  permissions: Rtm2Permissions;
  expire: Seconds;
  roomUuid: string;
  userUuid: string;
}

/** The result of a builder; the caller adds issue time and salt. */
export interface BuiltToken {
  /** The token's lifetime, from the moment at which it is made. */
  expire: Seconds;
  /** Its services. */
  services: Service[];
}

/** One official builder: its arguments in official order, the optional ones with their defaults, and what it makes. */
interface BuilderSpec {
  readonly args: readonly (keyof Arguments)[];
  readonly defaults?: Readonly<Partial<Arguments>>;
  readonly build: (args: Arguments) => BuiltToken;
}

// Written out: with a spread here, bundlers keep the table even where no builder is used.
const AGENT_ARGS = [
  "channelName",
  "rtcAccount",
  "rtcRole",
  "rtcTokenExpire",
  "joinChannelPrivilegeExpire",
  "pubAudioPrivilegeExpire",
  "pubVideoPrivilegeExpire",
  "pubDataStreamPrivilegeExpire",
  "rtmUserId",
  "rtmTokenExpire",
] as const;

const apaasBuilders: Readonly<Record<string, BuilderSpec>> = {
  buildRoomUserToken: {
    args: ["roomUuid", "userUuid", "role", "expire"],
    // Three services with privilege 1 on each, and role 0 stays 0: what most languages pack (format notes §8).
    build: ({ roomUuid, userUuid, role, expire }) => ({
      expire,
      services: [
        rtm(userUuid, expire),
        { type: "chat", userId: encodeHex(md5(utf8(userUuid))), privileges: { user: expire } },
        apaas({ roomUuid, userUuid, role, privileges: { roomUser: expire } }),
      ],
    }),
  },
  buildUserToken: {
    args: ["userUuid", "expire"],
    build: ({ userUuid, expire }) => ({ expire, services: [apaas({ userUuid, privileges: { user: expire } })] }),
  },
  buildAppToken: {
    args: ["expire"],
    build: ({ expire }) => ({ expire, services: [apaas({ privileges: { app: expire } })] }),
  },
};

/**
 * The official builders: arguments → token data (format notes §7). The asynchronous families, `./compat`, the command line and
 * the page read their names and the order of their arguments from this table.
 */
export const BUILDERS: Readonly<Record<string, Readonly<Record<string, BuilderSpec>>>> = {
  rtc: {
    buildTokenWithUid: {
      args: ["channelName", "uid", "role", "tokenExpire", "privilegeExpire"],
      defaults: { privilegeExpire: 0 },
      build: (a) => ({ expire: a.tokenExpire, services: [rtcByRole(a.channelName, a.uid, a.role, a.privilegeExpire)] }),
    },
    buildTokenWithUserAccount: {
      args: ["channelName", "account", "role", "tokenExpire", "privilegeExpire"],
      defaults: { privilegeExpire: 0 },
      build: (a) => ({ expire: a.tokenExpire, services: [rtcByRole(a.channelName, a.account, a.role, a.privilegeExpire)] }),
    },
    buildTokenWithUidAndPrivilege: {
      args: [
        "channelName",
        "uid",
        "tokenExpire",
        "joinChannelPrivilegeExpire",
        "pubAudioPrivilegeExpire",
        "pubVideoPrivilegeExpire",
        "pubDataStreamPrivilegeExpire",
      ],
      build: (a) => ({ expire: a.tokenExpire, services: [rtcByPrivilege(a.uid, a)] }),
    },
    buildTokenWithUserAccountAndPrivilege: {
      args: [
        "channelName",
        "account",
        "tokenExpire",
        "joinChannelPrivilegeExpire",
        "pubAudioPrivilegeExpire",
        "pubVideoPrivilegeExpire",
        "pubDataStreamPrivilegeExpire",
      ],
      build: (a) => ({ expire: a.tokenExpire, services: [rtcByPrivilege(a.account, a)] }),
    },
    buildTokenWithRtm: {
      args: ["channelName", "account", "role", "tokenExpire", "privilegeExpire"],
      defaults: { privilegeExpire: 0 },
      // The RTM login lasts as long as the token, whatever privilegeExpire says.
      build: (a) => ({
        expire: a.tokenExpire,
        services: [rtcByRole(a.channelName, a.account, a.role, a.privilegeExpire), rtm(a.account, a.tokenExpire)],
      }),
    },
    buildTokenWithRtm2: { args: AGENT_ARGS, build: (a) => agent(a) }, // in spite of its name, an RTM service, not RTM2
  },
  rtm: {
    buildToken: {
      args: ["userId", "expire"],
      build: ({ userId, expire }) => ({ expire, services: [rtm(userId, expire)] }),
    },
    buildTokenWithPermissions: {
      args: ["userId", "permissions", "expire"],
      defaults: { permissions: {} },
      build: ({ userId, permissions, expire }) => ({
        expire,
        services: [{ type: "rtm2", userId, permissions, privileges: { login: expire } }],
      }),
    },
  },
  chat: {
    buildUserToken: {
      args: ["userId", "expire"],
      build: ({ userId, expire }) => ({ expire, services: [{ type: "chat", userId, privileges: { user: expire } }] }),
    },
    buildAppToken: {
      args: ["expire"],
      build: ({ expire }) => ({ expire, services: [{ type: "chat", userId: "", privileges: { app: expire } }] }),
    },
  },
  apaas: apaasBuilders,
  education: apaasBuilders,
  fpa: {
    buildToken: { args: [], build: () => ({ expire: 86_400, services: [{ type: "fpa", privileges: { login: 0 } }] }) },
  },
  convoai: { buildToken: { args: AGENT_ARGS, build: (a) => agent(a, { type: "convoai", privileges: {} }) } },
  stt: { buildToken: { args: AGENT_ARGS, build: (a) => agent(a, { type: "stt", privileges: {} }) } },
};

/**
 * Calls a builder with named arguments.
 *
 * @param builder Family and method, as `rtc.buildTokenWithUid`.
 * @param args Its arguments by name; those with a default may be left out.
 * @returns The token's lifetime and services.
 * @throws {AgoraTokenError} `invalid-value` for an unknown builder or a value outside its range; `unknown-field` for an unknown
 * argument; `invalid-type`.
 */
export function buildWith(builder: string, args: Readonly<Record<string, unknown>>): BuiltToken {
  const spec = findBuilder(builder);
  onlyKeys(args, spec.args);
  const checked: Record<string, unknown> = {};
  for (const name of spec.args) checked[name] = argument(name, args[name] ?? spec.defaults?.[name]);
  return spec.build(checked as unknown as Arguments);
}

/** The names of a builder's arguments after App ID and certificate, in the official order. */
export function builderArguments(builder: string): readonly string[] {
  return findBuilder(builder).args;
}

function findBuilder(builder: string): BuilderSpec {
  const [family = "", method = "", ...rest] = builder.split(".");
  if (rest.length === 0 && Object.hasOwn(BUILDERS, family) && Object.hasOwn(BUILDERS[family]!, method)) {
    return BUILDERS[family]![method]!;
  }
  const expected = `one of ${builderNames().join(", ")}`;
  throw new AgoraTokenError("invalid-value", `"builder" must be ${expected}`, { field: "builder", expected });
}

/** Every builder by its full name, as `rtc.buildTokenWithUid`. */
export function builderNames(): string[] {
  return Object.entries(BUILDERS).flatMap(([family, methods]) => Object.keys(methods).map((method) => `${family}.${method}`));
}

/** One argument, checked as far as the packer does not check it. */
function argument(name: keyof Arguments, value: unknown): unknown {
  switch (name) {
    case "uid":
      return typeof value === "string" ? value : uidText(integer(name, value, 0, U32_MAX));
    case "role":
    case "rtcRole":
      return integer(name, value, -0x8000, 0x7fff);
    case "permissions":
      return record(name, value);
    case "channelName":
    case "account":
    case "rtcAccount":
    case "rtmUserId":
    case "userId":
    case "roomUuid":
    case "userUuid":
      return string(name, value);
    default:
      return integer(name, value, 0, U32_MAX);
  }
}

function rtcByRole(channelName: string, uid: string, role: number, expire: Seconds): RtcService {
  const publish = { publishAudioStream: expire, publishVideoStream: expire, publishDataStream: expire };
  return {
    type: "rtc",
    channelName,
    uid,
    privileges: { joinChannel: expire, ...(role === RtcRole.PUBLISHER ? publish : {}) },
  };
}

function rtcByPrivilege(uid: string, args: Arguments): RtcService {
  return {
    type: "rtc",
    channelName: args.channelName,
    uid,
    privileges: {
      joinChannel: args.joinChannelPrivilegeExpire,
      publishAudioStream: args.pubAudioPrivilegeExpire,
      publishVideoStream: args.pubVideoPrivilegeExpire,
      publishDataStream: args.pubDataStreamPrivilegeExpire,
    },
  };
}

/** RTC by privilege (a subscriber only joins) and RTM, each with its own lifetime, and the agent's service. */
function agent(args: Arguments, ...more: Service[]): BuiltToken {
  const rtc = rtcByPrivilege(args.rtcAccount, args);
  if (args.rtcRole !== RtcRole.PUBLISHER) rtc.privileges = { joinChannel: args.joinChannelPrivilegeExpire };
  return { expire: args.rtcTokenExpire, services: [rtc, rtm(args.rtmUserId, args.rtmTokenExpire), ...more] };
}

function rtm(userId: string, expire: Seconds): RtmService {
  return { type: "rtm", userId, privileges: { login: expire } };
}

/** An APaaS service, with the defaults of the official constructors. */
function apaas(fields: Partial<ApaasService> & Pick<ApaasService, "privileges">): ApaasService {
  return { type: "apaas", roomUuid: "", userUuid: "", role: -1, ...fields };
}
