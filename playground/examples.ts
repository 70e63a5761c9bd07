import { packToken, type Token007 } from "../mod.ts";
import { buildLegacy } from "../src/official/legacy/builders.ts";
import { packWhiteboardToken } from "../src/whiteboard/mod.ts";
import type { State } from "./state.ts";

/** The project of the demo mode, with credentials that are visibly fake. */
export const DEMO = {
  appId: "00000000000000000000000000000000",
  appCertificate: "11111111111111111111111111111111",
} as const;

const LOBBY = { appId: DEMO.appId, certificate: DEMO.appCertificate, channelName: "lobby" } as const;

/** The token of the tour: a publisher's for the channel "lobby", of 15 January 2026, made with {@linkcode DEMO}. */
export const TOUR_TOKEN =
  "007eJxTYFjqMY37TH1eRmWqFvOzk+uNux7dP/v27tSeGaK3gvn+JUgoMBgQAFOuZmQK8DEwpF43YWRkYGRgAWIQnwlMMoNJFjDJypCTn5RUycJgaGBgCACFMB4h";

/** The token of the tour of 006: the same for 16 January 2026, made with {@linkcode DEMO}. */
export const TOUR_TOKEN_006 =
  "00600000000000000000000000000000000IABNCErxcUjFSFTIzyoUJtJuFf1HCj8+CdC0u8+hrvSWavdV5MyBkyDDIgBl1zQBgH9paQQAAQCAf2lpAgCAf2lpAwCAf2lpBACAf2lp";

/** The inputs that an example fills in. */
type Example = (now: number) => Promise<Partial<State>>;

/** The examples, by the names of their buttons in the texts. The first is shown when the page opens. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  publisher: async (now) => ({
    text: await token007(now - 300, { expire: 3600 }),
    ...LOBBY,
    user: "1001",
    intent: "host",
  }),
  agent: async (now) => ({
    text: await token007(now - 60, {
      expire: 86_400,
      services: [
        rtc("lobby", "agent", 86_400),
        { type: "rtm", userId: "agent", privileges: { login: 7200 } },
        { type: "rtm2", userId: "agent", permissions: { messageChannels: { read: ["news"] } }, privileges: { login: 43_200 } },
        { type: "convoai", privileges: {} },
      ],
    }),
    certificate: DEMO.appCertificate,
  }),
  expired: async (now) => ({ text: await token007(now - 7200, { expire: 3600 }), ...LOBBY, user: "1001", intent: "join" }),
  wrongChannel: async (now) => ({
    text: await token007(now - 300, { expire: 3600 }),
    ...LOBBY,
    channelName: "Lobby",
    user: "1001",
    intent: "join",
  }),
  cut: async (now) => ({ text: (await token007(now - 300, { expire: 3600 })).slice(0, -30) }),
  quoted: async (now) => ({ text: `{ "rtcToken": "${await token007(now, { expire: 600 })}" }` }),
  message: () => Promise.resolve({ text: "Bad request." }),
  number: () => Promise.resolve({ text: "join failed: error 110" }),
  old: async (now) => ({
    text: await oldToken("006", "rtc", { channelName: "lobby", user: 1001, role: 1, privilegeExpiredTs: now + 3600 }),
    ...LOBBY,
    user: "1001",
    intent: "join",
  }),
};

/** A token of each format, by version, for the comparison of the formats. */
export async function exampleOfFormat(version: string, now: number): Promise<Partial<State>> {
  const key = { channelName: "lobby", unixTs: now - 300, randomInt: 58_964_981, uid: 1001, expiredTs: now + 3600 };
  const { uid: _uid, expiredTs: _expiredTs, ...first } = key;
  const text = await ({
    "001": () => oldToken("dynamicKey", "generate", first),
    "002": () => oldToken("dynamicKey2", "generate", key),
    "003": () => oldToken("dynamicKey3", "generate", key),
    "004": () => oldToken("dynamicKey4", "mediaChannel", key),
    "005": () => oldToken("dynamicKey5", "mediaChannel", key),
    "006": () => oldToken("006", "rtc", { channelName: "lobby", user: 1001, role: 1, privilegeExpiredTs: now + 3600 }),
    signaling: () => oldToken("signaling", "generate", { account: "1001", expiredTs: now + 3600 }),
  }[version] ?? (() => token007(now - 300, { expire: 3600 })))();
  return {
    text,
    ...LOBBY,
    user: "1001",
    ...(version === "004" ? { service: "mediaChannel" } : {}),
    ...(version === "signaling" ? { channelName: "", userIs: "account" } : {}),
  };
}

/** A whiteboard token for a room, made with a secret key that is visibly fake. */
export async function exampleOfWhiteboard(now: number): Promise<Partial<State>> {
  const secretKey = "fakeSecretAccessKey0123456789abc";
  const fields = {
    ak: "agoratokenAK0001",
    expireAt: `${now + 3600}000`,
    nonce: `${now - 300}00000`,
    role: "1",
    uuid: "0123456789abcdef0123456789abcdef",
  };
  return { text: await packWhiteboardToken("room", fields, secretKey), secretKey };
}

function rtc(channelName: string, uid: string, expire: number): Token007["services"][number] {
  const publish = { publishAudioStream: expire, publishVideoStream: expire, publishDataStream: expire };
  return { type: "rtc", channelName, uid, privileges: { joinChannel: expire, ...publish } };
}

function token007(issueTs: number, { expire, services }: { expire: number; services?: Token007["services"] }): Promise<string> {
  const token: Token007 = {
    version: "007",
    appId: DEMO.appId,
    issueTs,
    expire,
    salt: 20_240_229,
    services: services ?? [rtc("lobby", "1001", expire)],
  };
  return packToken(token, DEMO.appCertificate);
}

function oldToken(format: string, builder: string, args: Readonly<Record<string, unknown>>): Promise<string> {
  return packToken(buildLegacy(format, builder, DEMO.appId, args), DEMO.appCertificate);
}
