import { createHash } from "node:crypto";
import {
  AgoraTokenError,
  ApaasTokenBuilder,
  buildToken,
  ChatTokenBuilder2,
  ConvoAITokenBuilder,
  FpaTokenBuilder,
  packToken,
  RtcTokenBuilder2,
  RtmTokenBuilder2,
  type ServiceRequest,
  type Token,
} from "../../mod.ts";
import * as compat from "../../src/official/compat.ts";
import * as legacy from "../../src/official/legacy/mod.ts";
import type { Random } from "./random.ts";
import { type Data, read } from "./reference.ts";
import { FORMATS, nameFrom, tokenFrom } from "./tokens.ts";
import { type Wire, written } from "./wire.ts";

// Calls of the builders, each with what must be in the token: told from the format notes, and read by the second reader.

/** What a builder made, and what the second reader must find in it. */
export interface Built {
  /** The builder. */
  readonly call: string;
  /** Its result. */
  readonly text: string;
  /** The fields that the token must have, with these values. */
  readonly expected: Data;
  /** The token as it would be written here: its names and certificate. */
  readonly wire: Wire;
}

/** One call of a builder: fields of a wire that is drawn at random, as arguments. */
type Call = (wire: Wire, random: Random) => Promise<Omit<Built, "call" | "wire"> & Partial<Pick<Built, "wire">> | undefined>;

/** Fields of a parsed token that say how it is signed and packed, and those of a key that it does not hold. */
function dataOf({ version, channel, user, service }: Wire, token: Data): Token {
  const { signature: _1, signedPart: _2, serviceCount: _3, trailingBytes: _4, undecoded: _5, message: _6, ...rest } = token;
  const { crcChannelName: _7, crcUid: _8, signedParts: _9, ...data } = rest;
  const names = version === "007" ? {} : version === "signaling" ? { account: user } : { channelName: channel };
  const uid = version === "006" ? { uid: user } : ["005", "004", "003", "002"].includes(version) ? { uid: Number(user) } : {};
  return { ...data, ...names, ...uid, ...(version === "004" ? { service } : {}) } as unknown as Token;
}

/** A name that Agora documents as good. */
export const goodName = (random: Random): string =>
  random.pick(["lobby", "room-1", "ann", "a b", "x".repeat(63), `u${random.below(1e6)}`, "#!&+"]);

const RIGHTS = { joinChannel: 0, publishAudioStream: 0, publishVideoStream: 0, publishDataStream: 0 };

/** The privileges of a role in RTC, all for as long. */
function rights(isPublisher: boolean, seconds: number): Data {
  return isPublisher ? Object.fromEntries(Object.keys(RIGHTS).map((name) => [name, seconds])) : { joinChannel: seconds };
}

/** A request for a service, and the service that is to lie on the wire. */
export function request(random: Random, name: (random: Random) => string, lifetime: number): [request: Data, service: Data] {
  const [channelName, user, seconds] = [name(random), name(random), random.pick([0, 60, 3600])];
  const [expire, privilegeExpire] = random.percent(50) ? [lifetime, {}] : [seconds, { privilegeExpire: seconds }];
  const uid = random.pick([0, 1, 1001, 2 ** 32 - 1]);
  const [who, text] = random.percent(50) ? [{ uid }, uid === 0 ? "" : `${uid}`] : [{ account: user }, user];
  const isPublisher = random.percent(50);
  switch (random.below(9)) {
    case 0:
      return [{ type: "rtm", userId: user, ...privilegeExpire }, { type: "rtm", userId: user, privileges: { login: expire } }];
    case 1:
      return [{ type: "chat", userId: user, ...privilegeExpire }, { type: "chat", userId: user, privileges: { user: expire } }];
    case 2:
      return [{ type: "chat", app: true, ...privilegeExpire }, { type: "chat", userId: "", privileges: { app: expire } }];
    case 3: {
      const room = { roomUuid: channelName, userUuid: user, role: random.pick([0, 1, -1, 32_767, -32_768]) };
      return [{ type: "apaas", ...room, ...privilegeExpire }, { type: "apaas", ...room, privileges: { roomUser: expire } }];
    }
    case 4: {
      const permissions = { messageChannels: { read: [user, "b"], write: [] }, users: { write: [channelName] } };
      const login = { type: "rtm2", userId: user, permissions };
      return [{ ...login, ...privilegeExpire }, { ...login, privileges: { login: expire } }];
    }
    case 5: {
      const privileges = { publishMixStream: seconds };
      return [{ type: "streaming", channelName, ...who, privileges }, {
        type: "streaming",
        channelName,
        account: text,
        privileges,
      }];
    }
    case 6: {
      const type = random.pick(["convoai", "stt"]);
      return [{ type }, { type, privileges: {} }];
    }
    default: {
      const role = isPublisher ? "publisher" : "subscriber";
      const service = { type: "rtc", channelName, uid: text, privileges: rights(isPublisher, expire) };
      return [{ type: "rtc", channelName, ...who, role, ...privilegeExpire }, service];
    }
  }
}

const TYPES = ["rtc", "rtm", "streaming", "fpa", "chat", "fcdn", "apaas", "rtm2", "convoai", "stt"];
/** Services in the order in which they are packed. */
export const byType = (services: Data[]): Data[] => services.toSorted((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type));

/** A builder that takes the time of the clock and a random salt: the rest of the token is known. */
async function now(wire: Wire, text: string | Promise<string>, expire: number, services: Data[]) {
  return { text: await text, expected: { version: "007", appId: wire.appId, expire, services: byType(services) } };
}

const CALLS: Readonly<Record<string, Call>> = {
  async packToken(wire) {
    const token = read(written(wire))!;
    if (Object.keys(token.undecoded ?? {}).length > 0) return undefined;
    return { text: await packToken(dataOf(wire, token), wire.certificate), expected: token };
  },
  async buildToken({ appId, certificate, issued, salt }, random) {
    const isGood = random.percent(85);
    const expire = random.pick([1, 60, 3600, 86_400]);
    const all = Array.from({ length: 1 + random.below(4) }, () => request(random, isGood ? goodName : nameFrom, expire));
    const services = all.map(([asked]) => asked) as unknown as ServiceRequest[];
    try {
      const text = await buildToken({ appId, appCertificate: certificate, expire, services, issueTs: issued, salt });
      const made = byType(all.map(([, service]) => service));
      return { text, expected: { version: "007", appId, issueTs: issued, expire, salt, services: made } };
    } catch (error) {
      // A name that Agora does not document.
      if (!isGood && error instanceof AgoraTokenError && error.code === "invalid-value") return undefined;
      throw error;
    }
  },
  async "RtcTokenBuilder2"(wire, random) {
    const { appId, certificate, expire } = wire;
    const ids = [appId, certificate] as const;
    const [channel, account, uid, role] = [
      nameFrom(random),
      nameFrom(random),
      random.pick([0, 7, 2 ** 32 - 1]),
      random.pick([1, 2, 0, 101]),
    ];
    const seconds = random.pick([0, 60, expire]);
    const [join, audio, video, data] = [1, seconds, 3, 4] as const;
    const all = { joinChannel: join, publishAudioStream: audio, publishVideoStream: video, publishDataStream: data };
    const builder = random.percent(50) ? RtcTokenBuilder2 : compat.RtcTokenBuilder;
    const byUid = { type: "rtc", channelName: channel, uid: uid === 0 ? "" : `${uid}` };
    const byAccount = { type: "rtc", channelName: channel, uid: account };
    const privileges = rights(role === 1, seconds);
    const login = (userId: string, seconds: number) => ({ type: "rtm", userId, privileges: { login: seconds } });
    switch (random.below(5)) {
      case 0:
        return await now(wire, builder.buildTokenWithUid(...ids, channel, uid, role, expire, seconds), expire, [{
          ...byUid,
          privileges,
        }]);
      case 1:
        return await now(wire, builder.buildTokenWithUserAccount(...ids, channel, account, role, expire, seconds), expire, [
          { ...byAccount, privileges },
        ]);
      case 2:
        return await now(
          wire,
          builder.buildTokenWithUidAndPrivilege(...ids, channel, uid, expire, join, audio, video, data),
          expire,
          [
            { ...byUid, privileges: all },
          ],
        );
      case 3:
        return await now(wire, builder.buildTokenWithRtm(...ids, channel, account, role, expire, seconds), expire, [
          { ...byAccount, privileges },
          login(account, expire),
        ]);
      default: {
        const other = nameFrom(random);
        const text = builder.buildTokenWithRtm2(
          ...ids,
          channel,
          account,
          role,
          expire,
          join,
          audio,
          video,
          data,
          other,
          seconds,
        );
        const own = role === 1 ? all : { joinChannel: join };
        return await now(wire, text, expire, [{ ...byAccount, privileges: own }, login(other, seconds)]);
      }
    }
  },
  async "other official builders"(wire, random) {
    const { appId, certificate, expire } = wire;
    const ids = [appId, certificate] as const;
    const [user, room] = [nameFrom(random), nameFrom(random)];
    const isAwaited = random.percent(50);
    const md5 = createHash("md5").update(user).digest("hex");
    switch (random.below(7)) {
      case 0:
        return await now(
          wire,
          (isAwaited ? RtmTokenBuilder2 : compat.RtmTokenBuilder).buildToken(...ids, user, expire),
          expire,
          [
            { type: "rtm", userId: user, privileges: { login: expire } },
          ],
        );
      case 1:
        return await now(
          wire,
          (isAwaited ? ChatTokenBuilder2 : compat.ChatTokenBuilder).buildUserToken(...ids, user, expire),
          expire,
          [
            { type: "chat", userId: user, privileges: { user: expire } },
          ],
        );
      case 2:
        return await now(wire, ChatTokenBuilder2.buildAppToken(...ids, expire), expire, [
          { type: "chat", userId: "", privileges: { app: expire } },
        ]);
      case 3: {
        const role = random.pick([0, 1, 2, -1]);
        return await now(wire, ApaasTokenBuilder.buildRoomUserToken(...ids, room, user, role, expire), expire, [
          { type: "rtm", userId: user, privileges: { login: expire } },
          { type: "chat", userId: md5, privileges: { user: expire } },
          { type: "apaas", roomUuid: room, userUuid: user, role, privileges: { roomUser: expire } },
        ]);
      }
      case 4:
        return await now(wire, FpaTokenBuilder.buildToken(...ids), 86_400, [{ type: "fpa", privileges: { login: 0 } }]);
      case 5: {
        const text = ConvoAITokenBuilder.buildToken(...ids, room, user, 1, expire, 1, 2, 3, 4, user, 5);
        const privileges = { joinChannel: 1, publishAudioStream: 2, publishVideoStream: 3, publishDataStream: 4 };
        return await now(wire, text, expire, [
          { type: "rtc", channelName: room, uid: user, privileges },
          { type: "rtm", userId: user, privileges: { login: 5 } },
          { type: "convoai", privileges: {} },
        ]);
      }
      default:
        return await now(wire, ApaasTokenBuilder.buildAppToken(...ids, expire), expire, [
          { type: "apaas", roomUuid: "", userUuid: "", role: -1, privileges: { app: expire } },
        ]);
    }
  },
  async "builders before 007"(wire, random) {
    const { version, appId, certificate, issued, salt, expire } = wire;
    const channel = `${wire.channel}`;
    const uid = Number(wire.user) >>> 0;
    const key = [appId, certificate, channel, issued, salt] as const;
    const own = { ...wire, user: `${uid}`, entries: [] };
    const made = async (text: Promise<string>, change: Partial<Wire> = {}) => {
      const wire = { ...own, ...change };
      return { wire, text: await text, expected: read(written(wire))! };
    };
    switch (version) {
      case "001":
        return await made(legacy.DynamicKey.generate(...key));
      case "002":
        return await made(legacy.DynamicKey2.generate(...key, uid, expire));
      case "003":
        return await made(legacy.DynamicKey3.generate(...key, uid, expire));
      case "004":
        return await made(legacy.DynamicKey4.generateRecordingKey(...key, uid, expire), { service: "recording" });
      case "005":
        return await made(legacy.DynamicKey5.generateMediaChannelKey(...key, uid, expire), { number: 1 });
      case "signaling":
        return await made(legacy.SignalingToken.getToken(appId, certificate, `${wire.user}`, expire), { user: wire.user });
      case "006": {
        const role = random.pick([0, 1, 2, 101, 7]);
        const text = await legacy.RtcTokenBuilder.buildTokenWithUid(appId, certificate, channel, uid, role, expire);
        const numbers = [0, 1, 101].includes(role) ? [1, 2, 3, 4] : [1];
        const entries = numbers.map((number): [number, number] => [number, expire]);
        const privileges = read(written({ ...wire, entries }))!.privileges;
        return { wire: { ...own, entries, user: uid === 0 ? "" : `${uid}` }, text, expected: { version, appId, privileges } };
      }
      default:
        return undefined;
    }
  },
};

/** Calls a builder at random; nothing where it rightly refused what it was given. */
export async function built(random: Random): Promise<Built | undefined> {
  const call = random.pick(Object.keys(CALLS));
  const versions = { packToken: FORMATS, "builders before 007": FORMATS.slice(1) }[call] ?? ["007"];
  const wire = tokenFrom(random, random.pick(versions));
  const made = await CALLS[call]!(wire, random);
  return made && { call, wire, ...made };
}
