import { md5 } from "@noble/hashes/legacy.js";
import { encodeHex } from "../bytes/hex.ts";
import { issueTime, MAX_LIFETIME, saltOf, type Seconds } from "../formats/common.ts";
import { utf8 } from "../bytes/bytes.ts";
import { i16, record, refuse, string, u32 } from "../validate.ts";
import { type Checked, checkedArguments, namedArguments, userText } from "./arguments.ts";
import type {
  ApaasService,
  RtcService,
  Rtm2Permissions,
  RtmService,
  Service,
  Token007,
} from "../formats/access_token2/types.ts";

/**
 * The roles of the official RTC builders. Only 1 may publish: with every other number the token only joins. Agora enforces that
 * only where co-host authentication is enabled for the project.
 */
export const RtcRole: {
  /** Joins, and publishes audio, video and data. */
  readonly PUBLISHER: 1;
  /** Joins. */
  readonly SUBSCRIBER: 2;
} = { PUBLISHER: 1, SUBSCRIBER: 2 };

/** The arguments of all official builders after App ID and certificate, and how each is checked as far as the packer does not. */
export const ARGUMENTS = {
  channelName: string,
  uid: userText,
  account: string,
  role: i16,
  tokenExpire: u32,
  privilegeExpire: (field: string, value: unknown) => u32(field, value ?? 0),
  joinChannelPrivilegeExpire: u32,
  pubAudioPrivilegeExpire: u32,
  pubVideoPrivilegeExpire: u32,
  pubDataStreamPrivilegeExpire: u32,
  rtcAccount: string,
  rtcRole: i16,
  rtcTokenExpire: u32,
  rtmUserId: string,
  rtmTokenExpire: u32,
  userId: string,
  permissions: (field: string, value: unknown) => record(field, value ?? {}) as Rtm2Permissions,
  expire: u32,
  roomUuid: string,
  userUuid: string,
};

type Arguments = Checked<typeof ARGUMENTS>;

/** One official builder: its arguments in official order, and the services that it puts in the token. */
interface BuilderSpec {
  readonly args: readonly (keyof Arguments)[];
  readonly services: (args: Arguments) => Service[];
}

const DURATIONS = [
  "joinChannelPrivilegeExpire",
  "pubAudioPrivilegeExpire",
  "pubVideoPrivilegeExpire",
  "pubDataStreamPrivilegeExpire",
] as const;

const apaasBuilders: Readonly<Record<string, BuilderSpec>> = {
  buildRoomUserToken: {
    args: ["roomUuid", "userUuid", "role", "expire"],
    // Three services with privilege 1 on each, and role 0 stays 0: what most languages pack (format notes §8).
    services: ({ roomUuid, userUuid, role, expire }) => [
      rtm(userUuid, expire),
      { type: "chat", userId: encodeHex(md5(utf8(userUuid))), privileges: { user: expire } },
      apaas({ roomUuid, userUuid, role, privileges: { roomUser: expire } }),
    ],
  },
  buildUserToken: {
    args: ["userUuid", "expire"],
    services: ({ userUuid, expire }) => [apaas({ userUuid, privileges: { user: expire } })],
  },
  buildAppToken: { args: ["expire"], services: ({ expire }) => [apaas({ privileges: { app: expire } })] },
};

/**
 * The official builders: arguments → services (format notes §7). The families of the main entry and `./compat`, the command line
 * and the page read their names and the order of their arguments from this table. The calls are marked as pure, so that bundlers
 * drop the table where no builder is used.
 */
export const BUILDERS: Readonly<Record<string, Readonly<Record<string, BuilderSpec>>>> = {
  rtc: {
    buildTokenWithUid: /* @__PURE__ */ byRole("uid"),
    buildTokenWithUserAccount: /* @__PURE__ */ byRole("account"),
    buildTokenWithUidAndPrivilege: /* @__PURE__ */ byPrivilege("uid"),
    buildTokenWithUserAccountAndPrivilege: /* @__PURE__ */ byPrivilege("account"),
    // The RTM login lasts as long as the token, whatever privilegeExpire says.
    buildTokenWithRtm: /* @__PURE__ */ byRole("account", (a) => [rtm(a.account, a.tokenExpire)]),
    buildTokenWithRtm2: /* @__PURE__ */ agent(), // in spite of its name, an RTM service, not RTM2
  },
  rtm: {
    buildToken: { args: ["userId", "expire"], services: ({ userId, expire }) => [rtm(userId, expire)] },
    buildTokenWithPermissions: {
      args: ["userId", "permissions", "expire"],
      services: ({ userId, permissions, expire }) => [{ type: "rtm2", userId, permissions, privileges: { login: expire } }],
    },
  },
  chat: {
    buildUserToken: {
      args: ["userId", "expire"],
      services: ({ userId, expire }) => [{ type: "chat", userId, privileges: { user: expire } }],
    },
    buildAppToken: {
      args: ["expire"],
      services: ({ expire }) => [{ type: "chat", userId: "", privileges: { app: expire } }],
    },
  },
  apaas: apaasBuilders,
  education: apaasBuilders,
  fpa: { buildToken: { args: [], services: () => [{ type: "fpa", privileges: { login: 0 } }] } },
  convoai: { buildToken: /* @__PURE__ */ agent({ type: "convoai", privileges: {} }) },
  stt: { buildToken: /* @__PURE__ */ agent({ type: "stt", privileges: {} }) },
};

/** The result of a builder; the caller adds issue time and salt. */
export interface BuiltToken {
  /** The token's lifetime, from the moment at which it is made. */
  expire: Seconds;
  /** Its services. */
  services: Service[];
}

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
  return builtFrom(spec, checkedArguments(ARGUMENTS, spec.args, args));
}

function builtFrom({ services }: BuilderSpec, checked: Partial<Arguments>): BuiltToken {
  // Only FPA takes no lifetime: its tokens are valid for 24 hours.
  const expire = checked.tokenExpire ?? checked.rtcTokenExpire ?? checked.expire ?? MAX_LIFETIME;
  return { expire, services: services(checked as Arguments) };
}

/** The names of a builder's arguments after App ID and certificate, in the official order. */
export function builderArguments(builder: string): readonly string[] {
  return findBuilder(builder).args;
}

/**
 * The methods of one family of the table, taking their arguments in the official order.
 *
 * @param name The family's key in {@linkcode BUILDERS}.
 * @param pack Packs a token, which is made when the function is called: with the time of the clock and a random salt, or an
 * error for a bad argument.
 * @param convert Makes an argument into one that the table takes.
 */
export function family<Family>(
  name: string,
  pack: (token: () => Token007, appCertificate: string) => unknown,
  convert: (name: string, value: unknown) => unknown = (_name, value) => value,
): Family {
  const methods = Object.entries(BUILDERS[name]!).map(([method, spec]) => {
    const token = (appId: string, values: readonly unknown[]): Token007 => {
      const { expire, services } = builtFrom(spec, positional(spec.args, values, convert));
      return { version: "007", appId, issueTs: issueTime(undefined), expire, salt: saltOf(undefined), services };
    };
    return [
      method,
      (appId: string, appCertificate: string, ...values: unknown[]) => pack(() => token(appId, values), appCertificate),
    ];
  });
  return Object.fromEntries(methods) as Family;
}

/** The arguments of a builder by name, from their places; each is checked. */
function positional(
  names: readonly (keyof Arguments)[],
  values: readonly unknown[],
  convert: (name: string, value: unknown) => unknown,
): Partial<Arguments> {
  if (values.length > names.length) namedArguments(names, values); // refuses
  const checked: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    checked[name] = ARGUMENTS[name](name, convert(name, values[index]));
  }
  return checked;
}

function findBuilder(builder: string): BuilderSpec {
  const dot = builder.indexOf(".");
  const [family, method] = [builder.slice(0, Math.max(0, dot)), builder.slice(dot + 1)];
  const methods = Object.hasOwn(BUILDERS, family) ? BUILDERS[family]! : {};
  if (!Object.hasOwn(methods, method)) refuse("builder", `one of ${builderNames().join(", ")}`);
  return methods[method]!;
}

/** Every builder by its full name, as `rtc.buildTokenWithUid`. */
export function builderNames(): string[] {
  return Object.entries(BUILDERS).flatMap(([family, methods]) => Object.keys(methods).map((method) => `${family}.${method}`));
}

/** RTC with one duration for the privileges of a role, and other services. */
function byRole(user: "uid" | "account", more: (args: Arguments) => Service[] = () => []): BuilderSpec {
  return {
    args: ["channelName", user, "role", "tokenExpire", "privilegeExpire"],
    services: (a) => [rtc(a.channelName, a[user], a.role, () => a.privilegeExpire), ...more(a)],
  };
}

/** RTC with a duration for each privilege. */
function byPrivilege(user: "uid" | "account"): BuilderSpec {
  return {
    args: ["channelName", user, "tokenExpire", ...DURATIONS],
    services: (a) => [rtc(a.channelName, a[user], RtcRole.PUBLISHER, (name) => a[name])],
  };
}

/** RTC and RTM, each with its own user and lifetime, and the service of the agent. */
function agent(...more: Service[]): BuilderSpec {
  return {
    args: ["channelName", "rtcAccount", "rtcRole", "rtcTokenExpire", ...DURATIONS, "rtmUserId", "rtmTokenExpire"],
    services: (a) => [
      rtc(a.channelName, a.rtcAccount, a.rtcRole, (name) => a[name]),
      rtm(a.rtmUserId, a.rtmTokenExpire),
      ...more,
    ],
  };
}

function rtc(
  channelName: string,
  uid: string,
  role: number,
  duration: (name: typeof DURATIONS[number]) => Seconds,
): RtcService {
  const joinChannel = duration("joinChannelPrivilegeExpire");
  if (role !== RtcRole.PUBLISHER) return { type: "rtc", channelName, uid, privileges: { joinChannel } };
  const privileges = {
    joinChannel,
    publishAudioStream: duration("pubAudioPrivilegeExpire"),
    publishVideoStream: duration("pubVideoPrivilegeExpire"),
    publishDataStream: duration("pubDataStreamPrivilegeExpire"),
  };
  return { type: "rtc", channelName, uid, privileges };
}

function rtm(userId: string, expire: Seconds): RtmService {
  return { type: "rtm", userId, privileges: { login: expire } };
}

/** An APaaS service, with the defaults of the official constructors. */
function apaas(fields: Partial<ApaasService> & Pick<ApaasService, "privileges">): ApaasService {
  return { type: "apaas", roomUuid: "", userUuid: "", role: -1, ...fields };
}
