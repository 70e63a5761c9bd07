import type { Service } from "../../mod.ts";
import type { Token006 } from "../../src/formats/legacy_types.ts";
import { BUILDERS, buildWith } from "../../src/official/builders.ts";
import { buildLegacy } from "../../src/official/legacy/builders.ts";
import { checkedToken } from "../../src/build/build.ts";
import { AgoraTokenError } from "../../src/errors.ts";
import { DEMO } from "../examples.ts";
import type { Parts007, Plan } from "../plan.ts";

const ALL_OF_RTC = "joinChannel,publishAudioStream,publishDataStream,publishVideoStream";

/** What a token is made from, for any official code: the call of a builder, and the same by its parts. */
export type Recipe =
  & {
    /** The builder that makes exactly this, by our name, with its arguments; absent where none does. */
    builder?: { name: string; args: Readonly<Record<string, unknown>> };
  }
  & ({ version: "007"; expire: number; services: readonly Service[] } | {
    version: "006";
    channelName: string;
    user: string;
    privileges: Readonly<Record<string, number>>;
  });

/**
 * The recipe of a plan.
 *
 * @returns `undefined` for the keys before 006, which no official code of today makes.
 * @throws {AgoraTokenError} For a value that cannot be, naming its field.
 */
export function recipeOf(plan: Plan): Recipe | undefined {
  if (plan.kind === "services") {
    const { expire, services } = checkedToken({ ...DEMO, expire: plan.expire, services: plan.services as never });
    return recipe007({ expire, services: services as Service[] }); // of requests, all services are known
  }
  if (plan.kind === "token") return recipe007(plan.token);
  if (plan.kind === "builder") {
    return { version: "007", builder: { name: plan.name, args: plan.args }, ...buildWith(plan.name, plan.args) };
  }
  const token = buildLegacy(plan.format, plan.name, DEMO.appId, plan.args);
  return token.version === "006" ? recipe006(token) : undefined;
}

/** The recipe of a token 007, with the official builder that makes exactly its services, if there is one. */
export function recipe007({ expire, services }: Parts007): Recipe {
  const args = likelyArguments(expire, services);
  const wanted = comparable({ expire, services });
  for (const [family, methods] of Object.entries(BUILDERS)) {
    for (const [method, spec] of Object.entries(methods)) {
      const given = Object.fromEntries(spec.args.map((name) => [name, args[name]]));
      if (Object.values(given).includes(undefined)) continue;
      const name = `${family}.${method}`;
      if (comparable(built(name, given)) === wanted) {
        return { version: "007", builder: { name, args: given }, expire, services };
      }
    }
  }
  return { version: "007", expire, services };
}

/** What the arguments of a builder must have been, if one made this token. */
function likelyArguments(expire: number, services: readonly Service[]): Record<string, unknown> {
  const values: Record<string, unknown> = Object.assign({}, ...services.map(({ privileges: _, ...values }) => values));
  const [first] = services;
  const rtc = services.find((service) => service.type === "rtc");
  const rtm = services.find((service) => service.type === "rtm");
  const apaas = services.find((service) => service.type === "apaas");
  const { joinChannel, publishAudioStream, publishVideoStream, publishDataStream } = rtc?.privileges ?? {};
  const role = apaas?.role ?? (publishAudioStream === undefined ? 2 : 1);
  return {
    ...values,
    uid: rtc && uidOf(rtc.uid),
    account: rtc?.uid,
    userId: rtm?.userId ?? values.userId,
    role,
    rtcRole: role,
    rtcAccount: rtc?.uid,
    rtmUserId: rtm?.userId,
    rtmTokenExpire: rtm?.privileges.login,
    tokenExpire: expire,
    rtcTokenExpire: expire,
    expire: first?.type === "fpa" ? undefined : expire,
    privilegeExpire: joinChannel,
    joinChannelPrivilegeExpire: joinChannel,
    pubAudioPrivilegeExpire: publishAudioStream ?? joinChannel,
    pubVideoPrivilegeExpire: publishVideoStream ?? joinChannel,
    pubDataStreamPrivilegeExpire: publishDataStream ?? joinChannel,
  };
}

/** What a builder makes; nothing where it refuses the arguments. */
function built(name: string, args: Readonly<Record<string, unknown>>): unknown {
  try {
    return buildWith(name, args);
  } catch (error) {
    if (error instanceof AgoraTokenError) return undefined;
    throw error;
  }
}

/** Values as text, whatever the order of their fields; the order of services is part of a token. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (_name, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
  }) ?? "";
}

/** The recipe of a token 006: by role where its privileges are those of one, all with one time. */
function recipe006({ channelName, uid: user, privileges }: Token006): Recipe {
  const times = Object.values(privileges);
  const [until] = times;
  const names = Object.keys(privileges).sort().join();
  const isOne = times.every((time) => time === until);
  const parts = { version: "006", channelName, user, privileges: privileges as Record<string, number> } as const;
  if (names === "rtmLogin" && user === "") {
    return { ...parts, builder: { name: "006.rtm", args: { account: channelName, privilegeExpiredTs: until } } };
  }
  const role = names === "joinChannel" ? "subscriber" : names === ALL_OF_RTC ? "publisher" : undefined;
  if (role === undefined || !isOne) return parts;
  const uid = uidOf(user);
  const who = uid === undefined ? { name: "006.rtc:account", user } : { name: "006.rtc:uid", user: uid };
  return {
    ...parts,
    builder: { name: who.name, args: { channelName, user: who.user, role, privilegeExpiredTs: until } },
  };
}

/** The uid that a text of a token is: 0 for the empty one, `undefined` for an account. */
function uidOf(text: string): number | undefined {
  if (text === "") return 0;
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;
}
