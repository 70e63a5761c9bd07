import type { Privileges, Seconds } from "../formats/common.ts";
import { withPrefix } from "../errors.ts";
import { onlyKeys, record, refuse } from "../validate.ts";
import { documentedDuration, documentedIdentity, documentedName, documentedService, type Identity } from "./limits.ts";
import type {
  ApaasService,
  ChatService,
  ConvoaiService,
  FcdnPrivilege,
  FcdnService,
  FpaService,
  RtcPrivilege,
  RtcService,
  Rtm2Permissions,
  Rtm2Service,
  RtmService,
  Service,
  StreamingPrivilege,
  StreamingService,
  SttService,
} from "../formats/access_token2/types.ts";

/**
 * The life of a privilege that lasts as long as its token. {@linkcode buildToken} writes the token's `expire` for it.
 */
const AS_TOKEN: Seconds = Infinity;

/** Who may do what in a channel: a publisher joins and publishes audio, video and data; a subscriber joins. */
export type Role = "publisher" | "subscriber";

const ROLES: Readonly<Record<Role, readonly RtcPrivilege[]>> = {
  publisher: ["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"],
  subscriber: ["joinChannel"],
};

/** A life for the one privilege of a service. */
export interface ExpireOption {
  /** How long the privilege lasts, in seconds from `issueTs`, 0 to 86,400; as long as the token if omitted. */
  privilegeExpire?: Seconds;
}

/** Options of {@linkcode rtc}: channel, user, and a role or single privileges. */
export type RtcOptions =
  & {
    /** The channel: less than 64 bytes of the documented characters; `""` means any channel. */
    channelName: string;
  }
  & Identity
  & (
    | ({
      /** Publisher or subscriber. */
      role: Role;
      /** Excluded by `role`. */
      privileges?: never;
    } & ExpireOption)
    | {
      /** Single privileges with their seconds from `issueTs`, 0 to 86,400. */
      privileges: Privileges<RtcPrivilege>;
      /** Excluded by `privileges`. */
      role?: never;
      /** Excluded by `privileges`. */
      privilegeExpire?: never;
    }
  );

/** Options of {@linkcode streaming} and {@linkcode fcdn}. */
export type ChannelOptions<Privilege extends string> =
  & {
    /** The channel: less than 64 bytes of the documented characters; `""` means any channel. */
    channelName: string;
    /** Single privileges with their seconds from `issueTs`, 0 to 86,400. */
    privileges: Privileges<Privilege>;
  }
  & Identity;

/** Options of {@linkcode rtm}. */
export interface RtmOptions extends ExpireOption {
  /** The RTM user id: 1 to 63 bytes of the documented characters, not starting with a space. */
  userId: string;
}

/** Options of {@linkcode rtm2}. */
export interface Rtm2Options extends RtmOptions {
  /** What the user may read and write; nothing if omitted. */
  permissions?: Rtm2Permissions;
}

/** Options of {@linkcode chat}: one user, or the whole app. */
export type ChatOptions =
  & (
    | {
      /** The Chat user, 1 to 255 bytes of the documented characters. */
      userId: string;
      /** Excluded by `userId`. */
      app?: never;
    }
    | {
      /** An administrator's token for REST calls. It must never reach a client. */
      app: true;
      /** Excluded by `app`. */
      userId?: never;
    }
  )
  & ExpireOption;

/** Options of {@linkcode apaas}: a user in a room, a user, or the whole app. */
export type ApaasOptions =
  & (
    | {
      /** The room. */
      roomUuid: string;
      /** The user. */
      userUuid: string;
      /** The role in the room, −32768 to 32767. */
      role: number;
      /** Excluded by `userUuid`. */
      app?: never;
    }
    | {
      /** The user. */
      userUuid: string;
      /** Excluded: without a room there is no role. */
      roomUuid?: never;
      /** Excluded: without a room there is no role. */
      role?: never;
      /** Excluded by `userUuid`. */
      app?: never;
    }
    | {
      /** An administrator's token. It must never reach a client. */
      app: true;
      /** Excluded by `app`. */
      userUuid?: never;
      /** Excluded by `app`. */
      roomUuid?: never;
      /** Excluded by `app`. */
      role?: never;
    }
  )
  & ExpireOption;

/**
 * RTC: joining, and publishing in, a channel.
 *
 * Checked against Agora's documented rules, like every constructor here; `packToken` packs what these refuse.
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 *
 * @example A publisher, for as long as the token lives
 * ```ts
 * import { rtc } from "@agoratoken/agoratoken";
 *
 * const service = rtc({ channelName: "lobby", uid: 1001, role: "publisher" });
 * ```
 */
export function rtc(options: RtcOptions): RtcService {
  checkKeys("rtc", options);
  const { channelName, role, privileges } = options;
  if ((role === undefined) === (privileges === undefined)) refuse("role", 'given, or else "privileges", and not both');
  if (role !== undefined && !Object.hasOwn(ROLES, role)) refuse("role", '"publisher" or "subscriber"');
  if (privileges !== undefined && options.privilegeExpire !== undefined) {
    refuse("privilegeExpire", 'absent where "privileges" has an expiry for each');
  }
  return documentedService({
    type: "rtc",
    channelName,
    uid: documentedIdentity(options),
    privileges: role === undefined ? copy(privileges, 1) : granted(ROLES[role], options),
  });
}

/**
 * RTM: logging in to Signaling.
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function rtm(options: RtmOptions): RtmService {
  checkKeys("rtm", options);
  return documentedService({ type: "rtm", userId: options.userId, privileges: granted(["login"], options) });
}

/**
 * RTM2: logging in to Signaling with permissions for single resources.
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function rtm2(options: Rtm2Options): Rtm2Service {
  checkKeys("rtm2", options);
  const { userId, permissions = {} } = options;
  return documentedService({
    type: "rtm2",
    userId,
    permissions: copy(permissions, 3),
    privileges: granted(["login"], options),
  });
}

/**
 * Chat: a user token for SDK clients, or the administrator's app token.
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function chat(options: ChatOptions): ChatService {
  checkKeys("chat", options);
  const app = appLevel(options.app, "userId", options.userId);
  return documentedService({
    type: "chat",
    userId: app ? "" : documentedName("userId", options.userId, 1, 255),
    privileges: granted([app ? "app" : "user"], options),
  });
}

/**
 * APaaS (Flexible Classroom, education): a user in a room, a user, or the administrator's app token. The official room-user
 * builder also adds RTM and Chat: see `ApaasTokenBuilder`.
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function apaas(options: ApaasOptions): ApaasService {
  checkKeys("apaas", options);
  const { roomUuid, userUuid, role } = options;
  const app = appLevel(options.app, "userUuid", userUuid ?? roomUuid ?? role);
  const inRoom = roomUuid !== undefined || role !== undefined;
  return documentedService({
    type: "apaas",
    roomUuid: inRoom ? documentedName("roomUuid", roomUuid, 1, 255) : "",
    userUuid: app ? "" : documentedName("userUuid", userUuid, 1, 255),
    role: inRoom ? role! : -1,
    privileges: granted([app ? "app" : inRoom ? "roomUser" : "user"], options),
  });
}

/**
 * Streaming (Media Push).
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function streaming(options: ChannelOptions<StreamingPrivilege>): StreamingService {
  checkKeys("streaming", options);
  return documentedService({ type: "streaming", ...channelFields(options) });
}

/**
 * FCDN (Fusion CDN).
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function fcdn(options: ChannelOptions<FcdnPrivilege>): FcdnService {
  checkKeys("fcdn", options);
  return documentedService({ type: "fcdn", ...channelFields(options) });
}

/**
 * FPA (the full-path accelerator).
 *
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function fpa(options: ExpireOption = {}): FpaService {
  checkKeys("fpa", options);
  return { type: "fpa", privileges: granted(["login"], options) };
}

/** ConvoAI: marks a token for Conversational AI; an agent also needs `rtc` and `rtm` in the same token. */
export function convoai(options: Record<never, never> = {}): ConvoaiService {
  checkKeys("convoai", options);
  return { type: "convoai", privileges: {} };
}

/** STT: marks a token for speech to text; an agent also needs `rtc` and `rtm` in the same token. */
export function stt(options: Record<never, never> = {}): SttService {
  checkKeys("stt", options);
  return { type: "stt", privileges: {} };
}

/** The options of each constructor. */
export const SERVICE_OPTIONS: Readonly<Record<Service["type"], readonly string[]>> = {
  rtc: ["channelName", "uid", "account", "role", "privileges", "privilegeExpire"],
  rtm: ["userId", "privilegeExpire"],
  rtm2: ["userId", "permissions", "privilegeExpire"],
  chat: ["userId", "app", "privilegeExpire"],
  apaas: ["roomUuid", "userUuid", "role", "app", "privilegeExpire"],
  streaming: ["channelName", "uid", "account", "privileges"],
  fcdn: ["channelName", "uid", "account", "privileges"],
  fpa: ["privilegeExpire"],
  convoai: [],
  stt: [],
};

/**
 * Makes a service from untyped data: its name in `type`, and the options of its constructor.
 *
 * @param field The path of the data, for errors.
 * @throws {AgoraTokenError} For an unknown name or option, and for a value outside its documented range.
 */
export function serviceFrom(field: string, data: unknown): Service {
  const { type, ...options } = record(field, data);
  const constructors = { rtc, rtm, rtm2, chat, apaas, streaming, fcdn, fpa, convoai, stt };
  if (typeof type !== "string" || !Object.hasOwn(constructors, type)) {
    refuse(`${field}.type`, `one of ${Object.keys(constructors).join(", ")}`);
  }
  try {
    // The constructor checks what the type system cannot know here.
    return constructors[type as Service["type"]](options as never);
  } catch (error) {
    throw withPrefix(error, field);
  }
}

function checkKeys(service: Service["type"], options: object): void {
  onlyKeys(record("options", options), SERVICE_OPTIONS[service]);
}

/** The service with the token's `expire` for every privilege that lasts as long as the token. */
export function withTokenExpire<S extends Service>(service: S, expire: Seconds): S {
  const privileges = Object.entries(service.privileges).map(([key, value]) => [key, value === AS_TOKEN ? expire : value]);
  return { ...service, privileges: Object.fromEntries(privileges) };
}

function granted<P extends string>(names: readonly P[], { privilegeExpire }: ExpireOption): Privileges<P> {
  const expire = privilegeExpire === undefined ? AS_TOKEN : documentedDuration("privilegeExpire", privilegeExpire, 0);
  return Object.fromEntries(names.map((name) => [name, expire])) as Privileges<P>;
}

function channelFields<P extends string>(options: ChannelOptions<P>): {
  channelName: string;
  account: string;
  privileges: Privileges<P>;
} {
  const { channelName, privileges } = options;
  return { channelName, account: documentedIdentity(options), privileges: copy(privileges, 1) };
}

/**
 * A copy of plain data, so that what the caller does to the options later changes nothing: as deep as the format goes, since
 * what is deeper is refused.
 */
function copy<T>(data: T, depth: number): T {
  if (depth === 0 || typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.slice() as T;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copy(value, depth - 1)])) as T;
}

/** App-level rights are only ever given by an explicit `app: true`, never by leaving a user out. */
function appLevel(app: unknown, userField: string, user: unknown): boolean {
  if (app === undefined) return false;
  if (app !== true) refuse("app", "true, or absent");
  if (user !== undefined) refuse(userField, 'absent where "app" is true');
  return true;
}
