import { integer, refuse, U16_MAX } from "../../validate.ts";
import type { Service } from "./types.ts";

/** How a field of a service lies on the wire. */
export type FieldWire = "str" | "i16" | "permissions";

/** Which documented rule the checked level holds a field to: see `limits.ts`. */
export type FieldRule = "channel" | "identity" | "rtmUser" | "user" | "room" | "role" | "permissions";

/** One field of a service. */
export interface FieldSpec {
  /** Its name in the data. */
  readonly name: string;
  /** How it lies on the wire. */
  readonly wire: FieldWire;
  /** The documented rule. For `identity`, a numeric uid may be given, and 0 (packed as `""`) means anyone. */
  readonly rule: FieldRule;
  /** Whether it may be a pattern, in which each `*` stands for any run of characters. Agora documents it for RTC alone. */
  readonly pattern?: true;
}

/** One service: a row of {@linkcode SERVICES}. */
export interface ServiceSpec {
  /** The type number on the wire. */
  readonly type: number;
  /** The name in the data. */
  readonly name: Service["type"];
  /** Its fields in wire order; they follow the privilege map. */
  readonly fields: readonly FieldSpec[];
  /** Its privileges by name. */
  readonly privileges: Readonly<Record<string, number>>;
  /**
   * The privileges of which a request gets one, and the fields that it gives for it; the others stay empty. The largest comes
   * first; `app` is asked for by `app: true` only. Without these, a request names privileges one by one, if there are any.
   */
  readonly variants?: Readonly<Record<string, readonly string[]>>;
  /** The privileges that a request without variants may name by one word, its `role`. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
}

const channel = { name: "channelName", wire: "str", rule: "channel" } as const;
const rtmUser = { name: "userId", wire: "str", rule: "rtmUser" } as const;
const account = { name: "account", wire: "str", rule: "identity" } as const;
const rtcPrivileges = { joinChannel: 1, publishAudioStream: 2, publishVideoStream: 3, publishDataStream: 4 };

/**
 * Every service of AccessToken2 (format notes §5; 9 and 10 from npm `agora-token` 2.0.6). Requests, the packer, the parser, the
 * spans, grants, the command line, the page and the documentation read this table: CONTRIBUTING says what another row needs. What
 * people read of a service is in `service_words.ts`.
 */
export const SERVICES: readonly ServiceSpec[] = [
  {
    type: 1,
    name: "rtc",
    fields: [
      { ...channel, pattern: true },
      { ...account, name: "uid", pattern: true },
    ],
    privileges: rtcPrivileges,
    roles: { publisher: Object.keys(rtcPrivileges), subscriber: ["joinChannel"] },
  },
  {
    type: 2,
    name: "rtm",
    fields: [rtmUser],
    privileges: { login: 1 },
    variants: { login: ["userId"] },
  },
  {
    type: 3,
    name: "streaming",
    fields: [channel, account],
    privileges: { publishMixStream: 1, publishRawStream: 2 },
  },
  {
    type: 4,
    name: "fpa",
    fields: [],
    privileges: { login: 1 },
    variants: { login: [] },
  },
  {
    type: 5,
    name: "chat",
    fields: [{ name: "userId", wire: "str", rule: "user" }],
    privileges: { user: 1, app: 2 },
    variants: { user: ["userId"], app: [] },
  },
  {
    type: 6,
    name: "fcdn",
    fields: [channel, account],
    privileges: { publish: 1, play: 2 },
  },
  {
    type: 7,
    name: "apaas",
    fields: [
      { name: "roomUuid", wire: "str", rule: "room" },
      { name: "userUuid", wire: "str", rule: "user" },
      { name: "role", wire: "i16", rule: "role" },
    ],
    privileges: { roomUser: 1, user: 2, app: 3 },
    variants: { roomUser: ["roomUuid", "userUuid", "role"], user: ["userUuid"], app: [] },
  },
  {
    type: 8,
    name: "rtm2",
    fields: [
      rtmUser,
      { name: "permissions", wire: "permissions", rule: "permissions" },
    ],
    privileges: { login: 1 },
    variants: { login: ["userId", "permissions"] },
  },
  { type: 9, name: "convoai", fields: [], privileges: {} },
  { type: 10, name: "stt", fields: [], privileges: {} },
];

/** Resource types of an RTM2 permission map, by name. */
export const RTM2_RESOURCES: Readonly<Record<string, number>> = {
  messageChannels: 0,
  streamChannels: 1,
  groupChannels: 2,
  serverGroups: 3,
  users: 4,
};

/** Permission types of an RTM2 permission map, by name. */
export const RTM2_PERMISSIONS: Readonly<Record<string, number>> = { read: 0, write: 1 };

/** The row of a service given by name or number, if it is known. */
export function rowOf(type: unknown): ServiceSpec | undefined {
  for (const row of SERVICES) if (row.name === type || row.type === type) return row;
  return undefined;
}

/**
 * The row of a service by its name.
 *
 * @param or What else is wanted, for the error.
 * @throws {AgoraTokenError} For an unknown name.
 */
export function serviceNamed(field: string, name: unknown, or = ""): ServiceSpec {
  const row = typeof name === "string" ? rowOf(name) : undefined;
  return row ?? refuse(field, `${or}one of ${SERVICES.map(({ name }) => name).join(", ")}`);
}

/**
 * The row of a service given by name or number.
 *
 * @returns The row; `undefined` for a number that is not known.
 * @throws {AgoraTokenError} For an unknown name or a number outside 0…65535.
 */
export function findService(field: string, type: unknown): ServiceSpec | undefined {
  if (typeof type === "number") return rowOf(integer(field, type, 0, U16_MAX));
  return serviceNamed(field, type, "a type number or ");
}
