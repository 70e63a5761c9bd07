import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import {
  AgoraTokenError,
  ApaasTokenBuilder,
  ChatTokenBuilder2,
  ConvoAITokenBuilder,
  EducationTokenBuilder,
  FpaTokenBuilder,
  type ParsedToken007,
  RtcRole,
  RtcTokenBuilder2,
  RtmTokenBuilder2,
  SttTokenBuilder,
} from "../../mod.ts";
import { BUILDERS, buildWith } from "../../src/official/builders.ts";
import agents from "../vectors/vectors-007-convoai-stt.json" with { type: "json" };
import { APP_ID, CERTIFICATE, collect, parse007 } from "./case.ts";

export const { cases, test } = collect();

const FAMILIES = {
  rtc: RtcTokenBuilder2,
  rtm: RtmTokenBuilder2,
  chat: ChatTokenBuilder2,
  apaas: ApaasTokenBuilder,
  education: EducationTokenBuilder,
  fpa: FpaTokenBuilder,
  convoai: ConvoAITokenBuilder,
  stt: SttTokenBuilder,
} as const;

/** What each builder is called with, in the official order, after App ID and certificate. */
const CALLS: Record<string, unknown[]> = {
  "rtc.buildTokenWithUid": ["c", 7, RtcRole.PUBLISHER, 600, 300],
  "rtc.buildTokenWithUserAccount": ["c", "u", RtcRole.SUBSCRIBER, 600, 300],
  "rtc.buildTokenWithUidAndPrivilege": ["c", 7, 600, 1, 2, 3, 4],
  "rtc.buildTokenWithUserAccountAndPrivilege": ["c", "u", 600, 1, 0, 0, 4],
  "rtc.buildTokenWithRtm": ["c", "u", RtcRole.PUBLISHER, 600, 300],
  "rtc.buildTokenWithRtm2": ["c", "u", RtcRole.PUBLISHER, 600, 1, 2, 3, 4, "r", 500],
  "rtm.buildToken": ["u", 600],
  "rtm.buildTokenWithPermissions": ["u", { users: { write: ["v"] } }, 600],
  "chat.buildUserToken": ["u", 600],
  "chat.buildAppToken": [600],
  "apaas.buildRoomUserToken": ["r", "u", 0, 600],
  "apaas.buildUserToken": ["u", 600],
  "apaas.buildAppToken": [600],
  "education.buildRoomUserToken": ["r", "u", 2, 600],
  "education.buildUserToken": ["u", 600],
  "education.buildAppToken": [600],
  "fpa.buildToken": [],
  "convoai.buildToken": ["c", "u", RtcRole.PUBLISHER, 600, 1, 2, 3, 4, "r", 500],
  "stt.buildToken": ["c", "u", RtcRole.SUBSCRIBER, 600, 1, 2, 3, 4, "r", 500],
};

type Call = (appId: unknown, appCertificate: unknown, ...args: unknown[]) => Promise<string>;

function method(name: string): Call {
  const [family, builder] = name.split(".") as [keyof typeof FAMILIES, string];
  return (FAMILIES[family] as unknown as Record<string, Call>)[builder]!;
}

for (const [name, values] of Object.entries(CALLS)) {
  test(`${name}() puts its arguments where the table says, now, with a random salt`, async () => {
    const [family, builder] = name.split(".") as [string, string];
    const named = Object.fromEntries(BUILDERS[family]![builder]!.args.map((arg, index) => [arg, values[index]]));
    const expected = buildWith(name, named);
    const before = Math.floor(Date.now() / 1000);
    const tokens: ParsedToken007[] = [];
    for (let i = 0; i < 2; i++) tokens.push(await parse007(await method(name)(APP_ID, CERTIFICATE, ...values)));
    for (const { appId, expire, services, issueTs } of tokens) {
      assertEquals({ appId, expire, services }, { appId: APP_ID, ...expected });
      assertEquals(issueTs >= before && issueTs <= before + 60, true);
    }
    assertNotEquals(tokens[0]!.salt, tokens[1]!.salt);
  });

  test(`${name}() refuses ids, types, ranges and surplus arguments, naming the argument`, async () => {
    const call = method(name);
    const secret = "fedcba987654321";
    for (const [appId, appCertificate, field] of [["0123", CERTIFICATE, "appId"], [APP_ID, secret, "appCertificate"]]) {
      const error = await assertRejects(() => call(appId, appCertificate, ...values), AgoraTokenError);
      assertEquals(error.field, field);
      assertEquals(error.message.includes(secret), false);
    }
    await assertRejects(() => call(APP_ID, CERTIFICATE, ...values, "surplus"), AgoraTokenError);
    const [family, builder] = name.split(".") as [string, string];
    for (const [index, arg] of BUILDERS[family]![builder]!.args.entries()) {
      const wrong = typeof values[index] === "number" ? 2 ** 32 : 5;
      const error = await assertRejects(() => call(APP_ID, CERTIFICATE, ...values.with(index, wrong))) as Error & {
        field?: string;
      };
      assertEquals(error instanceof AgoraTokenError, true);
      assertEquals(error.field, arg);
    }
  });
}

test("CALLS covers the table of builders", () => {
  const names = Object.entries(BUILDERS).flatMap(([family, methods]) =>
    Object.keys(methods).map((name) => `${family}.${name}`)
  );
  assertEquals(Object.keys(CALLS).sort(), names.sort());
});

test("RtcTokenBuilder2.buildTokenWithUid() packs privileges of 0 when privilegeExpire is omitted", async () => {
  const [rtc] = (await parse007(await RtcTokenBuilder2.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 101, 600))).services;
  assertEquals(rtc, { type: "rtc", channelName: "c", uid: "", privileges: { joinChannel: 0 } });
});

test("RtmTokenBuilder2.buildTokenWithPermissions() packs an empty set when permissions are undefined", async () => {
  const token = await RtmTokenBuilder2.buildTokenWithPermissions(APP_ID, CERTIFICATE, "u", undefined, 600);
  assertEquals((await parse007(token)).services, [
    { type: "rtm2", userId: "u", permissions: {}, privileges: { login: 600 } },
  ]);
});

test("ApaasTokenBuilder.buildRoomUserToken() packs three services, leading zeros of the MD5 and role 0 included", async () => {
  // md5("jk8ssl") begins with eight zeros; one official language drops such zeros (format notes §8).
  const token = await ApaasTokenBuilder.buildRoomUserToken(APP_ID, CERTIFICATE, "room", "jk8ssl", 0, 600);
  const { services } = await parse007(token);
  assertEquals(services.map(({ type, privileges }) => [type, privileges as Record<string, number>]), [
    ["rtm", { login: 600 }],
    ["chat", { user: 600 }],
    ["apaas", { roomUser: 600 }],
  ]);
  const chat = services[1] as { userId: string };
  assertEquals([chat.userId.length, chat.userId.slice(0, 8)], [32, "00000000"]);
  assertEquals((services[2] as { role: number }).role, 0);
});

test("ConvoAITokenBuilder and SttTokenBuilder make what npm agora-token makes", () => {
  const services = (id: string) => agents.cases.find((vector) => vector.id === id)!.input;
  const common = { channelName: "agent-room", rtcTokenExpire: 86400, rtcRole: 1 };
  const each = (expire: number) => ({
    joinChannelPrivilegeExpire: expire,
    pubAudioPrivilegeExpire: expire,
    pubVideoPrivilegeExpire: expire,
    pubDataStreamPrivilegeExpire: expire,
  });
  const convoai = { ...common, ...each(3600), rtcAccount: "agent-1", rtmUserId: "agent-1", rtmTokenExpire: 3600 };
  const stt = { ...common, ...each(3600), rtcRole: 2, rtcAccount: "listener", rtmUserId: "listener", rtmTokenExpire: 1800 };
  for (const [builder, args, id] of [["convoai", convoai, "builder-convoai"], ["stt", stt, "builder-stt"]] as const) {
    const built = buildWith(`${builder}.buildToken`, args);
    const types = { rtc: 1, rtm: 2, convoai: 9, stt: 10 } as Record<string, number>;
    assertEquals(built.expire, services(id).expire);
    assertEquals(built.services.map(({ type }) => types[type]), services(id).services.map(({ type }) => type));
    assertEquals(
      built.services.map(({ privileges }) => Object.values(privileges)),
      services(id).services.map(({ privileges }) => Object.values(privileges)),
    );
  }
});

test("buildWith() refuses an unknown builder and an unknown argument", async () => {
  for (
    const name of ["rtc", "rtc.buildToken", "nope.buildToken", "rtc.buildTokenWithUid.x", "__proto__.toString", "rtc.toString"]
  ) {
    assertEquals(
      (await assertRejects(() => Promise.resolve().then(() => buildWith(name, {})), AgoraTokenError)).field,
      "builder",
    );
  }
  const error = await assertRejects(
    () => Promise.resolve().then(() => buildWith("rtm.buildToken", { userId: "u", expire: 1, extra: 1 })),
    AgoraTokenError,
  );
  assertEquals([error.code, error.field], ["unknown-field", "extra"]);
});
