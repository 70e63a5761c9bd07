import type { CheckedService } from "../../build/services.ts";
import type { Seconds } from "../../formats/common.ts";
import { boolean, record, refuse } from "../../validate.ts";
import type { MintRequest } from "../mint.ts";
import { checked, rtcOf, rtcUserOf, rtmOf, uidOrAccount } from "./services.ts";
import type { ContractRequest } from "./types.ts";
import { expireOf, isMissing, lowerCased, type NamedValue, numberOf, present, roleOf } from "./values.ts";

// The tokens that the requests of other servers' contracts ask for.

/** The lifetime that a request names, as it stands there or in seconds. */
type Lifetime = NamedValue | Seconds | undefined;

/** One token, by the name that the client reads; its lifetime in seconds, or as the request has it, if it names one. */
export function one(name: string, lifetime: Lifetime, ...services: CheckedService[]): Record<string, MintRequest> {
  return { [name]: { expire: typeof lifetime === "object" ? expireOf(lifetime) : lifetime, services } };
}

/** RTC for the channel, role and user of a path. */
export function rtcInPath(get: ContractRequest["get"]): CheckedService {
  return rtcOf(get("channelName"), rtcUserOf(get("tokenType"), get("uid")), roleOf(get("role")));
}

/** RTC for the path; and RTM in its channel, for the same user or another. */
export function rtcAndRtm({ get }: ContractRequest): Record<string, MintRequest> {
  const user = get("rtmuid").value === undefined ? get("uid") : get("rtmuid");
  const rtm = rtmOf(user, get("channelName"));
  return { ...one("rtcToken", get("expiry"), rtcInPath(get)), ...one("rtmToken", get("expiry"), ...rtm) };
}

/** RTC for a publisher, and RTM for the same user; RTC alone for uid 0, which is no user of RTM. */
export function rtcWithRtm({ get }: ContractRequest): CheckedService[] {
  const rtc = rtcOf(get("channel"), uidOrAccount(get("uid")), "publisher");
  return get("uid").value === 0 ? [rtc] : [rtc, ...rtmOf(get("uid"))];
}

/** A conversation: RTC and RTM in one token; in two, where RTM has a user of its own. */
export function conversation(request: ContractRequest): Record<string, MintRequest> {
  const rtmUser = request.get("rtm_user_id");
  if (isMissing(rtmUser)) return one("token", undefined, ...rtcWithRtm(request));
  const [rtc] = rtcWithRtm(request);
  return { ...one("rtc_token", undefined, rtc!), ...one("rtm_token", undefined, ...rtmOf(rtmUser)) };
}

/** `POST /getToken`: one service by its name; RTM in a channel where there is one, Chat for the app where there is no user. */
export function getToken({ get }: ContractRequest): Record<string, MintRequest> {
  const [uid, channel] = [get("uid", ""), get("channel")];
  const kinds: Record<string, () => CheckedService[]> = {
    rtc: () => [rtcOf(present(channel), uidOrAccount(present(uid)), roleOf(get("role"), "subscriber"))],
    rtm: () => rtmOf(uid, channel),
    chat: () => [isMissing(uid) ? checked("chat", {}, { app: true }) : checked("chat", { userId: uid })],
  };
  const { name, value } = get("tokenType");
  if (typeof value !== "string" || !Object.hasOwn(kinds, value)) refuse(name, "rtc, rtm or chat");
  return one("token", get("expire"), ...kinds[value]!());
}

/** `POST /token/generate`: one token with every service that is enabled. */
export function generateToken({ get }: ContractRequest): Record<string, MintRequest> {
  const of = (path: string, defaultValue?: unknown): NamedValue => {
    const [service = "", field = ""] = path.split(".");
    const fields = lowerCased(record(service, get(service, {}).value));
    return { name: path, value: fields.get(field.toLowerCase()) ?? defaultValue };
  };
  const isOn = (flag: string) => boolean(flag, of(flag, false).value);
  const fixed = { privilegeExpire: expireOf(get("privilegeExpireTs")) };
  const app = (service: string, type: "chat" | "apaas") => {
    if (!isOn(`${service}.enableUser`)) return [checked(type, {}, { app: true, ...fixed })];
    return refuse(`${service}.enableApp`, "false where enableUser is true: a token has a service once");
  };
  const uid = get("uid", "");
  const role = () => numberOf(of("serviceRtc.role", 0), -0x80000000, 0x7fffffff) === 1 ? "publisher" : "subscriber";
  const kinds: Record<string, () => CheckedService[]> = {
    "serviceRtc.enable": () => [rtcOf(get("channelName", ""), uidOrAccount(uid), role(), fixed)],
    "serviceRtm.enable": () => rtmOf(uid, undefined, fixed),
    "serviceFpa.enable": () => [checked("fpa", {}, fixed)],
    "serviceChat.enableUser": () => [checked("chat", { userId: of("serviceChat.userUuid") }, fixed)],
    "serviceChat.enableApp": () => app("serviceChat", "chat"),
    "serviceApaas.enableUser": () => [checked("apaas", { userUuid: of("serviceApaas.userUuid") }, fixed)],
    "serviceApaas.enableApp": () => app("serviceApaas", "apaas"),
  };
  const enabled = Object.keys(kinds).filter(isOn);
  if (enabled.length === 0) refuse("body", "a request for one service or more");
  return one("token", get("tokenExpireTs"), ...enabled.flatMap((flag) => kinds[flag]!()));
}
