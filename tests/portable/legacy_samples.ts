import type { LegacyToken, VerifyOptions } from "../../mod.ts";
import { APP_ID } from "./case.ts";

/** When the samples expire, in Unix seconds. */
export const NOW = 1700000000;

/** The names that verifying a token needs. */
export function givenOf(token: LegacyToken): Partial<VerifyOptions> {
  if (token.version === "signaling") return { account: token.account };
  const { channelName } = token;
  if (token.version === "006") return { channelName, account: token.uid };
  if (token.version === "004") return { channelName, uid: token.uid, service: token.service };
  return token.version === "001" ? { channelName } : { channelName, uid: token.uid };
}

/** A token of each format before 007, with its names and expiry time. */
export const SAMPLES: LegacyToken[] = [
  {
    version: "006",
    appId: APP_ID,
    channelName: "c",
    uid: "7",
    salt: 1,
    ts: NOW,
    privileges: { joinChannel: NOW, rtmLogin: NOW },
  },
  {
    version: "005",
    service: "inChannelPermission",
    appId: APP_ID,
    unixTs: NOW,
    randomInt: 1,
    channelName: "c",
    uid: 7,
    expiredTs: NOW,
    extra: { "1": "3" },
  },
  { version: "004", service: "recording", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "003", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "002", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW },
  { version: "001", appId: APP_ID, unixTs: NOW, randomInt: 1, channelName: "c" },
  { version: "signaling", appId: APP_ID, account: "a", expiredTs: NOW },
];
