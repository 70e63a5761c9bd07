import { type Seconds, uidText, type UnixSeconds } from "../formats/common.ts";
import { fitsPattern } from "../formats/pattern.ts";
import { isFor, type Name, type Right, type TokenView } from "../formats/view.ts";
import { utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import { integer, refuse, string, U32_MAX } from "../validate.ts";
import { type Intent, INTENTS, takesChannel } from "./intents.ts";

/** What is known about a token from outside it. */
export interface KnownNames {
  /** The channel that is joined. */
  channelName?: string;
  /** The numeric uid of the user, as a number or digits; 0 (or no digits) stands for anyone. */
  uid?: number | string;
  /** The user account, or the RTM or Chat user id. */
  account?: string;
  /** The service wanted, by name: `rtc`, `rtm`, … for 007; `mediaChannel`, `recording`, … for the keys 004 and 005. */
  service?: string;
}

/** What a token is held to. */
export interface Expected extends KnownNames {
  /** The App ID that the client uses. */
  appId?: string;
  /** What the token is to be used for. */
  intent?: Intent;
  /** The time. */
  now: UnixSeconds;
  /** How far the clock that issued the token may be ahead. */
  clockTolerance: Seconds;
}

const TEXTS = ["appId", "channelName", "account", "service"] as const;

/**
 * What is expected, checked: types, ranges, and the time of this machine where none is given.
 *
 * @throws {AgoraTokenError} Naming the field.
 */
export function checkedExpected(known: Partial<Expected>): Expected {
  const { appId, channelName, uid, account, service, intent, now, clockTolerance = 0 } = known;
  for (const name of TEXTS) if (known[name] !== undefined) string(name, known[name]);
  if (uid !== undefined) checkUid(typeof uid === "string" && /^(-?\d{1,20})?$/.test(uid) ? Number(uid) : uid);
  if (intent !== undefined && !Object.hasOwn(INTENTS, string("intent", intent))) {
    refuse("intent", `one of ${Object.keys(INTENTS).join(", ")}`);
  }
  return {
    appId,
    channelName,
    uid,
    account,
    service,
    intent,
    now: now === undefined ? Math.floor(Date.now() / 1000) : integer("now", now, 0, Number.MAX_SAFE_INTEGER),
    clockTolerance: integer("clockTolerance", clockTolerance, 0, U32_MAX),
  };
}

/** A uid is unsigned: of a negative one, that of the same bits is named, with which a client joins that has signed numbers only. */
function checkUid(uid: unknown): void {
  const isSigned = typeof uid === "number" && Number.isInteger(uid) && uid < 0 && uid >= -0x8000_0000;
  if (isSigned) refuse("uid", `a whole number from 0 to ${U32_MAX}`, `${uid}, which as an unsigned number is ${uid >>> 0}`);
  integer("uid", uid, 0, U32_MAX);
}

/** The names that a token is held to. */
export interface NamesHeldTo {
  /** The channel, where one is given. */
  readonly channelName?: string | undefined;
  /** The user as on the wire, where one is given. */
  readonly user?: string | undefined;
}

/** The names that a token is held to: what is given, as this token takes it. */
export function namesFor({ rights }: TokenView, { channelName, uid, account, intent }: Expected): NamesHeldTo {
  const given = account ?? (uid === undefined ? undefined : uidText(Number(uid)));
  const user = intent === undefined ? given : userFor(intent, given);
  if (intent !== undefined && !takesChannel(intent)) return { user };
  // The login of 006 has the account in the channel's place, and some give it as they packed it.
  const isLogin = rights.length > 0 && rights.every(({ service, user }) => service === "rtm" && user?.kind === "checksum");
  return isLogin && !user && channelName !== undefined ? { user: channelName } : { channelName, user };
}

/** The user that a purpose takes, where one is given. A token for anyone is not held to a user: its own rule says so. */
function userFor(intent: Intent, given: string | undefined): string | undefined {
  const { user, uid, zeroIsUid } = INTENTS[intent];
  if (uid !== undefined) return uidText(uid);
  if (user === "anyone") return undefined;
  return zeroIsUid && given === "0" ? uidText(0) : given;
}

/** The rights that an intent or a service takes; all where neither is given. */
export function rightsFor({ rights }: TokenView, { intent, service }: Pick<Expected, "intent" | "service">): Right[] {
  const services = intent === undefined ? service === undefined ? undefined : [service] : INTENTS[intent].services;
  return services === undefined ? rights : rightsOf({ rights }, services);
}

/** The rights of some services. */
export function rightsOf({ rights }: Pick<TokenView, "rights">, services: readonly string[]): Right[] {
  return rights.filter((right) => services.some((name) => isFor(right, name)));
}

/** Whether a name of a token can be the name given. What is only signed may be any. */
export function fits(name: Name, given: string): boolean {
  switch (name.kind) {
    case "text":
      return name.value === given;
    case "pattern":
      return fitsPattern(name.value, given);
    case "checksum":
      return name.crc32 === crc32(utf8(given));
    default:
      return true;
  }
}
