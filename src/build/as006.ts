import type { Token007 } from "../formats/access_token2/types.ts";
import type { Token006 } from "../formats/legacy_types.ts";
import { refuse } from "../validate.ts";

/**
 * The same rights as an AccessToken 006, which counts in absolute times. A privilege of 0 lasts as long as the
 * token, and here says so.
 *
 * @throws {AgoraTokenError} Unless the token has one RTC or one RTM service, which is all that 006 can hold; and for a name with a
 * `*`, which Agora documents for 007 alone: in a 006 it would be the name of nobody.
 */
export function as006({ appId, salt, issueTs, expire, services }: Token007): Token006 {
  const [service, ...more] = services;
  if (more.length > 0 || service?.type !== "rtc" && service?.type !== "rtm") {
    refuse("services", "one rtc or one rtm service in a token of version 006");
  }
  for (const [field, name] of service.type === "rtc" ? [["channelName", service.channelName], ["account", service.uid]] : []) {
    if (name!.includes("*")) refuse(`services[0].${field}`, "a name without * in a token of version 006");
  }
  const ends = Object.entries(service.privileges).map(([name, seconds]) => [name, issueTs + (seconds || expire)]);
  const common = { version: "006", appId, salt, ts: issueTs + expire } as const;
  return service.type === "rtc"
    ? { ...common, channelName: service.channelName, uid: service.uid, privileges: Object.fromEntries(ends) }
    : { ...common, channelName: service.userId, uid: "", privileges: { rtmLogin: ends[0]![1] as number } };
}
