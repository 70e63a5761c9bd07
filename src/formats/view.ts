import { type FieldRule, rowOf } from "./access_token2/services.ts";
import type { ParsedToken007 } from "./access_token2/types.ts";
import { defined } from "../validate.ts";
import { endOf, MAX_LIFETIME, type UnixSeconds } from "./common.ts";
import type { ParsedToken, Version } from "./detect.ts";
import type { ParsedToken006 } from "./legacy_types.ts";

/** A name as its format holds it, and where it stands in the data. */
export type Name =
  & {
    /** The path of the field; empty where no field holds it. */
    path: string;
  }
  & (
    | {
      /** The name itself, or a pattern in which each `*` stands for any run of characters, as Agora documents it for RTC. */
      kind: "text" | "pattern";
      /** It. */
      value: string;
    }
    | {
      /** A name that is signed, and of which the token holds a checksum. */
      kind: "checksum";
      /** The CRC-32 of its UTF-8 bytes. */
      crc32: number;
    }
    | {
      /** Every name (the field is empty, or the uid 0), or one that is signed and that the token does not hold. */
      kind: "any" | "signed-only";
    }
  );

/** One privilege of a right. */
export interface ViewedPrivilege {
  /** Its name, or its number in decimal. */
  name: string;
  /** The path of its field; empty where the format has no privileges and the key itself gives it. */
  path: string;
  /** When it ends: with the token at the latest. Absent where it has no end of its own. */
  expiresAt?: UnixSeconds;
  /** The number in the token: seconds from its issue in 007, a Unix time in 006. Absent where there is none. */
  raw?: number;
}

/** What a token allows in one service: to whom, where, and until when. */
export interface Right {
  /** The service, as `rtc`; of the keys 001 to 005 what the key is for, as `mediaChannel`. Absent where it is only signed (004). */
  service?: string;
  /** The path of what gives the right, as `services[0]` or `extra.1`; empty where it is the whole token. */
  path: string;
  /** The channel, where the service has one. */
  channel?: Name;
  /** The room of a classroom, where the token is bound to one. */
  room?: Name;
  /** The user, where the service has one. */
  user?: Name;
  /** What is allowed. */
  privileges: ViewedPrivilege[];
}

/** Who may do what with a token, where, and until when: the same for every format. */
export interface TokenView {
  /** The format. */
  version: Version;
  /** The project. */
  appId: string;
  /** What the numbers of time in it mean: seconds from its issue (007), or Unix times (all before). */
  counts: "from-issue" | "unix-time";
  /** When it was made, where it says so. */
  issuedAt?: UnixSeconds;
  /** When the token as a whole works: `notBefore ≤ now < expiresAt`. */
  validity: {
    /** The first second, where it has one. */
    notBefore?: UnixSeconds;
    /** When it expires, Agora's 24 hours applied. Absent where it has no end of its own, or a lifetime of 0. */
    expiresAt?: UnixSeconds;
    /** The number in the token. Absent where there is none. */
    raw?: number;
    /** The path of its field. */
    path: string;
  };
  /** What it allows, service by service. */
  rights: Right[];
}

/** The services of old keys, and the services of today that they stand for. */
const TODAY: Readonly<Record<string, string>> = { mediaChannel: "rtc", inChannelPermission: "rtc", signaling: "rtm" };

/** Whether a right is for a service. A key that only signs its service (004) may be for any that such keys are for. */
export function isFor({ service }: Right, name: string): boolean {
  if (service === undefined) return ["rtc", "mediaChannel", "recording", "publicSharing"].includes(name);
  return service === name || TODAY[service] === name;
}

/** Whether a token is of a project. A key of format 005 holds the bytes of the App ID, and so no case of letters. */
export function isOfProject({ version, appId }: TokenView, other: string): boolean {
  return version === "005" ? appId.toLowerCase() === other.toLowerCase() : appId === other;
}

/**
 * The view of a token: the one place that knows how each format says who may do what, where, and until when. Of a token that
 * was read in part, the part.
 */
export function viewToken(token: Partial<ParsedToken>): TokenView {
  const { version = "007", appId = "" } = token;
  const { issuedAt, notBefore, expiresAt, raw, path } = timesOf(token);
  const validity: TokenView["validity"] = { path };
  if (notBefore !== undefined) validity.notBefore = notBefore;
  if (expiresAt !== undefined) validity.expiresAt = expiresAt;
  if (raw !== undefined) validity.raw = raw;
  const rights = token.version === "007" ? rights007(token) : token.version === "006" ? rights006(token) : rightsOfKey(token);
  const view: TokenView = { version, appId, counts: version === "007" ? "from-issue" : "unix-time", validity, rights };
  if (issuedAt !== undefined) view.issuedAt = issuedAt;
  return view;
}

function timesOf(token: Partial<ParsedToken>): Pick<TokenView, "issuedAt"> & TokenView["validity"] {
  if (token.version === "007") {
    const { issueTs, expire } = token;
    return {
      issuedAt: issueTs,
      notBefore: issueTs,
      expiresAt: issueTs !== undefined && expire ? endOf(issueTs, expire) : undefined,
      raw: expire,
      path: "expire",
    };
  }
  if (token.version === "006") return { expiresAt: token.ts, raw: token.ts, path: "ts" };
  const { unixTs, expiredTs } = token as { unixTs?: UnixSeconds; expiredTs?: UnixSeconds };
  return { issuedAt: unixTs, expiresAt: expiredTs || undefined, raw: expiredTs, path: "expiredTs" };
}

/** Which field of a service names what. An RTM user that is empty is nobody; every other empty name is anyone. */
const NAMES: { readonly [rule in FieldRule]?: "channel" | "room" | "user" } = {
  channel: "channel",
  room: "room",
  identity: "user",
  user: "user",
  rtmUser: "user",
};

function rights007({ issueTs, expire, services = [] }: Partial<ParsedToken007>): Right[] {
  // A privilege ends with the token at the latest; a lifetime of 0 says nothing of when that is.
  const lifetime = expire || MAX_LIFETIME;
  const end = (raw: number) => issueTs === undefined ? undefined : endOf(issueTs, Math.min(raw, lifetime));
  return services.map((service, index) => {
    const path = `services[${index}]`;
    const privileges = viewed(`${path}.privileges`, service.privileges, end);
    const right: Right = { service: service.type, path, privileges };
    for (const { name, rule, pattern } of rowOf(service.type)!.fields) {
      const of = NAMES[rule];
      const value = (service as unknown as Record<string, string | undefined>)[name];
      if (of === undefined || value === undefined || rule === "room" && value === "") continue;
      right[of] = value === "" && rule !== "rtmUser"
        ? { path: `${path}.${name}`, kind: "any" }
        : { path: `${path}.${name}`, kind: pattern && value.includes("*") ? "pattern" : "text", value };
    }
    return right;
  });
}

/** The privileges of a map, and when each ends; one of 0 has no end of its own. */
function viewed(path: string, map: object, end: (raw: number) => UnixSeconds | undefined): ViewedPrivilege[] {
  const all: ViewedPrivilege[] = [];
  for (const name of Object.keys(map)) {
    const raw = (map as Record<string, number>)[name]!;
    const expiresAt = raw === 0 ? undefined : end(raw);
    const place = `${path}.${name}`;
    all.push(expiresAt === undefined ? { name, path: place, raw } : { name, path: place, raw, expiresAt });
  }
  return all;
}

/** An RTM login of 006 has the account in the channel's place (legacy notes §1.4). */
function rights006({ ts = 0, privileges = {}, crcChannelName, crcUid }: Partial<ParsedToken006>): Right[] {
  const all = viewed("privileges", privileges, (raw) => Math.min(raw, ts));
  const others = all.filter(({ name }) => name !== "rtmLogin");
  const logins = all.filter(({ name }) => name === "rtmLogin").map((login) => ({ ...login, name: "login" }));
  const named = (path: string, crc32?: number): Name | undefined =>
    crc32 === undefined ? undefined : { path, kind: "checksum", crc32 };
  const channel = named("crcChannelName", crcChannelName);
  // The checksum of the empty text is 0: a token for uid 0, and so for anyone.
  const user: Name | undefined = crcUid === 0 ? { path: "crcUid", kind: "any" } : named("crcUid", crcUid);
  const rtc = { service: "rtc", path: "", ...defined({ channel, user }), privileges: others };
  // With no channel it is in the user's own place.
  const login = crcChannelName === 0 && crcUid !== 0 && crcUid !== undefined ? user : channel;
  const rtm = { service: "rtm", path: "", ...defined({ user: login }), privileges: logins };
  return [...(others.length > 0 || logins.length === 0 ? [rtc] : []), ...(logins.length > 0 ? [rtm] : [])];
}

/**
 * A key of 001 to 005, or a SignalingToken: it is for one service, and has no privileges of its own (legacy notes §2 and §3). What
 * broke off before its service or signature gives nothing.
 */
function rightsOfKey(token: Partial<ParsedToken>): Right[] {
  if (!("signature" in token) || token.version === "005" && token.service === undefined) return [];
  const gives = (...names: string[]) => names.map((name) => ({ name, path: "" }));
  const signed = { kind: "signed-only", path: "" } as const;
  if (token.version === "signaling") return [{ service: "signaling", path: "", user: signed, privileges: gives("login") }];
  const uid = "uid" in token ? token.uid : undefined;
  const user: Name | undefined = uid === undefined
    ? token.version === "001" ? { kind: "any", path: "" } : signed
    : uid === 0
    ? { kind: "any", path: "uid" }
    : { kind: "text", path: "uid", value: String(uid) };
  const service = token.version === "004" ? undefined : token.version === "005" ? token.service?.toString() : "mediaChannel";
  const permission = token.version === "005" && service === "inChannelPermission" ? token.extra?.["1"] : undefined;
  const publish = permission === "0" ? [] : ["publishAudioStream", "publishVideoStream", "publishDataStream"];
  const path = permission === undefined ? "" : "extra.1";
  return [{ ...defined({ service }), path, channel: signed, user, privileges: gives("joinChannel", ...publish) }];
}
