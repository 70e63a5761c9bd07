import { encodeBase64 } from "../../bytes/base64.ts";
import { missing, refuse, string } from "../../validate.ts";
import { drawn, grantedUser } from "../users.ts";
import type { Make } from "./types.ts";
import { isMissing, type NamedValue, numberOf } from "./values.ts";

// The values that a server makes where a request has none, as the servers of quickstarts do.

/** A channel for one conversation. */
export const ownChannel: Make = (get) => {
  const channel = get("channel");
  return isMissing(channel) ? `ai-conversation-${Date.now()}-${drawn(36 ** 5, 36 ** 6 - 1).toString(36)}` : channel.value;
};

/** Whether no uid is named: it is missing, or not above 0. */
function isNobody(uid: NamedValue): boolean {
  return isMissing(uid) || /^(0+|-\d+)$/.test(String(uid.value));
}

/** The uid of the request; else the user that the caller's grant names; else a uid that is drawn. */
export const ownUid: Make = (get, _options, caller) => {
  const uid = get("uid");
  if (!isNobody(uid)) return numberOf(uid);
  return Object.values(grantedUser(caller) ?? {})[0] ?? drawn(1000, 9_999_999);
};

/** The same, with 0, which is anyone, instead of a uid that is drawn, unless the server is to draw it. */
export const uidOrAnyone: Make = (get, options, caller) => {
  const uid = get("uid");
  if (options.drawUids || isMissing(uid) && grantedUser(caller) !== undefined) return ownUid(get, options, caller);
  return isMissing(uid) ? 0 : numberOf(uid);
};

/** The uid of the agent that will join. */
export const agentUid: Make = () => `${drawn(10_000_000, 99_999_999)}`;

/** The account of the request; else the user that the caller's grant names; else one in which clients read the name to show. */
export const accountOfName: Make = (get, _options, caller) => {
  const [account, displayName] = [get("userAccount"), get("displayName")];
  if (account.value !== undefined && displayName.value !== undefined) {
    refuse("displayName", 'absent where "userAccount" is given');
  }
  if (account.value !== undefined) return account.value;
  if (displayName.value === undefined) missing("displayName", "userAccount");
  const name = string("displayName", displayName.value).trim();
  if (name === "" || [...name].length > 32) refuse("displayName", "1 to 32 characters");
  const [own] = Object.values(grantedUser(caller) ?? {});
  const text = encodeBase64(new TextEncoder().encode(name)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const suffix = [drawn(0, 0xffffffff), drawn(0, 0xffffffff)].map((half) => half.toString(16).padStart(8, "0")).join("");
  return own === undefined ? `rtc1.${text}.${suffix}` : `${own}`;
};
