import type { Role } from "../../build/requests.ts";
import { type CheckedService, serviceFrom } from "../../build/services.ts";
import { refuse, renamed, U32_MAX } from "../../validate.ts";
import { isMissing, type NamedValue, nameOf, numberOf } from "./values.ts";

// The users and services of other servers' contracts: one way for all of them.

/** The user of an RTC token: by uid, where 0 means anyone, or by account, where "0" is a name like others. */
export type RtcUser = { uid: NamedValue } | { account: NamedValue };

/** The user of a path, whose token type says whether it is a uid or an account. */
export function rtcUserOf(tokenType: NamedValue, user: NamedValue): RtcUser {
  if (tokenType.value === "userAccount") return { account: user };
  if (tokenType.value !== "uid") refuse(tokenType.name, "uid or userAccount");
  return { uid: user };
}

/**
 * A user that may be either: a number, or digits without leading zeros, is a uid, and so is a missing one. Other text is an account, except a number in
 * another form (`-5`, `7.0`), which nobody means as a name and which is refused.
 */
export function uidOrAccount(user: NamedValue): RtcUser {
  const { name, value } = user;
  const text = typeof value === "string" ? value : "";
  if (isMissing(user) || typeof value === "number" || /^(0|[1-9]\d*)$/.test(text)) return { uid: user };
  if (!/^\d+$/.test(text) && /^\s*[+-]?\d+(\.\d*)?\s*$/.test(text)) {
    refuse(name, `a whole number from 0 to ${U32_MAX}, or an account`);
  }
  return { account: user };
}

/** RTC for a user in a channel; a missing uid means anyone, like 0. */
export function rtcOf(channelName: NamedValue, user: RtcUser, role: Role, fixed: Fixed = {}): CheckedService {
  return checked("rtc", { channelName, ...user }, { role, ...fixed });
}

/** RTM for a user; with a channel, also the rights to join its stream channel and to publish there, as agora-token-service gives them. */
export function rtmOf(userId: NamedValue, streamChannel?: NamedValue, fixed: Fixed = {}): CheckedService[] {
  if (["", "0"].includes(nameOf(userId))) refuse(userId.name, "an RTM user id that is neither empty nor 0");
  const login = checked("rtm", { userId }, fixed);
  if (streamChannel === undefined || isMissing(streamChannel)) return [login];
  const stream = rtcOf(streamChannel, { account: userId }, "publisher");
  const { joinChannel, publishDataStream } = stream.privileges;
  return [{ ...stream, privileges: { joinChannel, publishDataStream } }, login];
}

/** Values of a request, by the name of the field that they are for. */
type Values = Readonly<Record<string, NamedValue>>;

/** Values of a request that do not come from the client as they are. */
type Fixed = Readonly<Record<string, unknown>>;

/** How the fields that name users are read. */
const USERS: Readonly<Record<string, (user: NamedValue) => unknown>> = {
  uid: (uid) => isMissing(uid) ? 0 : numberOf(uid),
  account: nameOf,
  userId: nameOf,
  userUuid: nameOf,
};

/** A service held to the documented rules; errors name its fields as the request does. */
export function checked(type: CheckedService["type"], values: Values, fixed: Fixed = {}): CheckedService {
  const request: Record<string, unknown> = { type, ...fixed };
  for (const field of Object.keys(values)) request[field] = USERS[field]?.(values[field]!) ?? values[field]!.value;
  try {
    return serviceFrom("", request);
  } catch (error) {
    throw renamed(error, (field) => values[field]?.name ?? field);
  }
}
