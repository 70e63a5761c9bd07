import { assertEquals } from "@std/assert";
import { inspectToken, packToken, parseToken, type Service, type Token, type TokenView, viewToken } from "../../mod.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { utf8 } from "../../src/bytes/bytes.ts";
import { APP_ID, CERTIFICATE, collect, packed } from "./case.ts";

export const { cases, test } = collect();

const NOW = 1_700_000_000;
const KEY = { appId: APP_ID, unixTs: 5, randomInt: 1, channelName: "c", uid: 7, expiredTs: NOW } as const;

/** The view of a token that is packed and read again. */
async function viewOf(token: Token): Promise<TokenView> {
  return viewToken(await parseToken(await packToken(token, CERTIFICATE)));
}

test("viewToken() says of a 007 who may do what, where, and until when", async () => {
  const services: Service[] = [
    { type: "rtc", channelName: "lobby", uid: "", privileges: { joinChannel: 600, publishAudioStream: 0 } },
    { type: "rtm", userId: "", privileges: { login: 100_000 } },
    { type: "apaas", roomUuid: "room", userUuid: "u", role: 1, privileges: { roomUser: 7200 } },
  ];
  const view = viewToken(await parseToken(await packed({ services })));
  const { version, appId, counts, issuedAt, validity, rights } = view;
  assertEquals([version, appId, counts, issuedAt], ["007", APP_ID, "from-issue", NOW]);
  assertEquals(validity, { notBefore: NOW, expiresAt: NOW + 3600, raw: 3600, path: "expire" });
  assertEquals(rights, [
    {
      service: "rtc",
      path: "services[0]",
      channel: { kind: "text", value: "lobby", path: "services[0].channelName" },
      user: { kind: "any", path: "services[0].uid" },
      privileges: [
        { name: "joinChannel", path: "services[0].privileges.joinChannel", raw: 600, expiresAt: NOW + 600 },
        { name: "publishAudioStream", path: "services[0].privileges.publishAudioStream", raw: 0 },
      ],
    },
    {
      service: "rtm",
      path: "services[1]",
      user: { kind: "text", value: "", path: "services[1].userId" }, // an RTM user without a name is nobody
      privileges: [{ name: "login", path: "services[1].privileges.login", raw: 100_000, expiresAt: NOW + 3600 }],
    },
    {
      service: "apaas",
      path: "services[2]",
      room: { kind: "text", value: "room", path: "services[2].roomUuid" },
      user: { kind: "text", value: "u", path: "services[2].userUuid" },
      privileges: [{ name: "roomUser", path: "services[2].privileges.roomUser", raw: 7200, expiresAt: NOW + 3600 }],
    },
  ]);
});

test("viewToken() applies Agora's 24 hours once, and gives a lifetime of 0 no end", async () => {
  const services: Service[] = [{ type: "fpa", privileges: { login: 0xffffffff } }];
  const of = async (expire: number) => viewToken(await parseToken(await packed({ expire, services })));
  for (const [expire, expiresAt] of [[1, NOW + 1], [86_400, NOW + 86_400], [0xffffffff, NOW + 86_400]] as const) {
    const { validity, rights } = await of(expire);
    assertEquals([validity.expiresAt, rights[0]!.privileges[0]!.expiresAt], [expiresAt, expiresAt]);
  }
  const { validity, rights } = await of(0);
  assertEquals([validity, rights[0]!.privileges[0]!.expiresAt], [{ notBefore: NOW, raw: 0, path: "expire" }, NOW + 86_400]);
});

test("viewToken() shows the checksums of a 006, and the account of a login as its user", async () => {
  const privileges = { joinChannel: NOW + 60, rtmLogin: NOW + 9999 };
  const view = await viewOf({ version: "006", appId: APP_ID, channelName: "c", uid: "", salt: 1, ts: NOW + 600, privileges });
  const channel = { path: "crcChannelName", kind: "checksum", crc32: crc32(utf8("c")) } as const;
  assertEquals([view.counts, view.validity], ["unix-time", { expiresAt: NOW + 600, raw: NOW + 600, path: "ts" }]);
  assertEquals(view.rights, [
    {
      service: "rtc",
      path: "",
      channel,
      user: { path: "crcUid", kind: "any" },
      privileges: [{ name: "joinChannel", path: "privileges.joinChannel", raw: NOW + 60, expiresAt: NOW + 60 }],
    },
    {
      service: "rtm",
      path: "",
      user: channel,
      privileges: [{ name: "login", path: "privileges.rtmLogin", raw: NOW + 9999, expiresAt: NOW + 600 }],
    },
  ]);
});

test("viewToken() says of old keys what they are for, and which names are only signed", async () => {
  const [signed, none] = [{ kind: "signed-only", path: "" }, undefined];
  const rows: [Token, service: string | undefined, channel: unknown, user: unknown, privileges: number][] = [
    [{ version: "005", service: "recording", ...KEY, extra: {} }, "recording", signed, signed, 4],
    [{ version: "005", service: "inChannelPermission", ...KEY, extra: { "1": "0" } }, "inChannelPermission", signed, signed, 1],
    [{ version: "004", service: "mediaChannel", ...KEY }, none, signed, signed, 4],
    [{ version: "003", ...KEY }, "mediaChannel", signed, { kind: "text", value: "7", path: "uid" }, 4],
    [{ version: "002", ...KEY, uid: 0 }, "mediaChannel", signed, { kind: "any", path: "uid" }, 4],
    [{ version: "signaling", appId: APP_ID, account: "a", expiredTs: NOW }, "signaling", none, signed, 1],
  ];
  for (const [token, service, channel, user, privileges] of rows) {
    const { validity, rights: [right] } = await viewOf(token);
    assertEquals(validity, { expiresAt: NOW, raw: NOW, path: "expiredTs" });
    assertEquals([right!.service, right!.channel, right!.user, right!.privileges.length], [service, channel, user, privileges]);
  }
  const { validity, issuedAt } = await viewOf({ version: "001", appId: APP_ID, unixTs: 5, randomInt: 1, channelName: "c" });
  assertEquals([validity, issuedAt], [{ path: "expiredTs" }, 5]);
});

test("viewToken() gives no right to a text that is no token, and the part that was read of a damaged one", async () => {
  for (const text of ["", "hello", "007", "005x", "1:"]) assertEquals((await inspectToken(text)).view.rights, [], text);
  const whole = await packToken({ version: "003", ...KEY }, CERTIFICATE);
  assertEquals((await inspectToken(whole.slice(0, 90))).view, {
    version: "003",
    appId: APP_ID,
    counts: "unix-time",
    issuedAt: 5,
    validity: { path: "expiredTs" },
    rights: [{
      service: "mediaChannel",
      path: "",
      channel: { kind: "signed-only", path: "" },
      user: { kind: "signed-only", path: "" },
      privileges: ["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"]
        .map((name) => ({ name, path: "" })),
    }],
  });
});

test("viewToken() says which names of RTC are patterns: a star is a star there only", async () => {
  const privileges = {};
  const services: Service[] = [
    { type: "rtc", channelName: "*", uid: "1*a*2", privileges },
    { type: "rtm", userId: "a*", privileges },
    { type: "streaming", channelName: "*", account: "*", privileges },
  ];
  const { rights } = viewToken(await parseToken(await packed({ services })));
  assertEquals(rights.map(({ channel, user }) => [channel?.kind, user?.kind]), [
    ["pattern", "pattern"],
    [undefined, "text"],
    ["text", "text"],
  ]);
});
