import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  AgoraTokenError,
  apaas,
  authorizationHeader,
  buildToken,
  chat,
  convoai,
  fcdn,
  fpa,
  packToken,
  rtc,
  type RtcService,
  rtm,
  rtm2,
  type Service,
  type ServiceRequest,
  streaming,
  stt,
  type Token007,
} from "../../mod.ts";
import { requestOptions, serviceFrom } from "../../src/build/services.ts";
import { SERVICES } from "../../src/formats/access_token2/services.ts";
import { APP_ID, CERTIFICATE, collect, packed, parse007 } from "./case.ts";

export const { cases, test } = collect();

const build = (services: readonly ServiceRequest[], more: Record<string, unknown> = {}) =>
  buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 3600, services, ...more });

test("buildToken() gives privileges without a lifetime that of the token", async () => {
  const token = await parse007(
    await build([
      rtc({ channelName: "lobby", uid: 1001, role: "publisher" }),
      rtm({ userId: "bob", privilegeExpire: 60 }),
      chat({ userId: "carol" }),
      fpa(),
      apaas({ roomUuid: "room", userUuid: "dave", role: 0 }),
      rtm2({ userId: "erin", permissions: { users: { read: ["frank"] } } }),
      streaming({ channelName: "live", uid: 0, privileges: { publishRawStream: 5 } }),
      fcdn({ channelName: "cdn", account: "0", privileges: { play: 6 } }),
      convoai(),
      stt(),
    ]),
  );
  assertEquals(token.services, [
    {
      type: "rtc",
      channelName: "lobby",
      uid: "1001",
      privileges: { joinChannel: 3600, publishAudioStream: 3600, publishVideoStream: 3600, publishDataStream: 3600 },
    },
    { type: "rtm", userId: "bob", privileges: { login: 60 } },
    { type: "streaming", channelName: "live", account: "", privileges: { publishRawStream: 5 } },
    { type: "fpa", privileges: { login: 3600 } },
    { type: "chat", userId: "carol", privileges: { user: 3600 } },
    { type: "fcdn", channelName: "cdn", account: "0", privileges: { play: 6 } },
    { type: "apaas", roomUuid: "room", userUuid: "dave", role: 0, privileges: { roomUser: 3600 } },
    { type: "rtm2", userId: "erin", permissions: { users: { read: ["frank"] } }, privileges: { login: 3600 } },
    { type: "convoai", privileges: {} },
    { type: "stt", privileges: {} },
  ]);
});

/** The service that a request becomes in a token of 3600 seconds. */
const made = async (request: ServiceRequest): Promise<Service> => (await parse007(await build([request]))).services[0]!;

test("rtc() and the others give plain data, which is the same as JSON and is what POST /v1/tokens takes", () => {
  const requests: ServiceRequest[] = [
    rtc({ channelName: "lobby", uid: 1001, role: "publisher" }),
    rtm({ userId: "bob", privilegeExpire: 60 }),
    rtm2({ userId: "erin", permissions: { users: { read: ["frank"] } } }),
    chat({ app: true }),
    apaas({ roomUuid: "room", userUuid: "dave", role: 0 }),
    streaming({ channelName: "live", uid: 0, privileges: { publishRawStream: 5 } }),
    fcdn({ channelName: "cdn", account: "0", privileges: { play: 6 } }),
    fpa(),
    convoai(),
    stt(),
  ];
  assertEquals(requests, [
    { type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" },
    { type: "rtm", userId: "bob", privilegeExpire: 60 },
    { type: "rtm2", userId: "erin", permissions: { users: { read: ["frank"] } } },
    { type: "chat", app: true },
    { type: "apaas", roomUuid: "room", userUuid: "dave", role: 0 },
    { type: "streaming", channelName: "live", uid: 0, privileges: { publishRawStream: 5 } },
    { type: "fcdn", channelName: "cdn", account: "0", privileges: { play: 6 } },
    { type: "fpa" },
    { type: "convoai" },
    { type: "stt" },
  ]);
  assertEquals(JSON.parse(JSON.stringify(requests)), requests);
});

test("buildToken() gives a subscriber the right to join only, and single privileges as given", async () => {
  const subscriber = await made(rtc({ channelName: "", uid: 0, role: "subscriber", privilegeExpire: 9 }));
  assertEquals(subscriber, { type: "rtc", channelName: "", uid: "", privileges: { joinChannel: 9 } });
  assertEquals(await made(rtc({ channelName: "c", account: "0", privileges: { joinChannel: 1 } })), {
    type: "rtc",
    channelName: "c",
    uid: "0",
    privileges: { joinChannel: 1 },
  });
});

test("buildToken() puts * and patterns of RTC into a token unchanged, and the account * is not the uid 0", async () => {
  for (const [channelName, account] of [["*", "*"], ["class-*", "1*a*2"], ["**", "a b*"]] as const) {
    const { channelName: channel, uid } = await made(rtc({ channelName, account, role: "subscriber" })) as RtcService;
    assertEquals([channel, uid], [channelName, account]);
  }
  assertEquals((await made(rtc({ channelName: "*", uid: 0, role: "subscriber" })) as RtcService).uid, "");
});

test("buildToken() makes app tokens only when asked for", async () => {
  assertEquals(await made(chat({ app: true, privilegeExpire: 1 })), { type: "chat", userId: "", privileges: { app: 1 } });
  const apaasOf = (userUuid: string, privileges: Record<string, number>) => ({
    type: "apaas",
    roomUuid: "",
    userUuid,
    role: -1,
    privileges,
  });
  assertEquals(await made(apaas({ app: true, privilegeExpire: 1 })), apaasOf("", { app: 1 }) as Wrong);
  assertEquals(await made(apaas({ userUuid: "u", privilegeExpire: 1 })), apaasOf("u", { user: 1 }) as Wrong);
});

test("buildToken() takes an option that is undefined for one that is absent", async () => {
  const request = {
    type: "rtc",
    channelName: "c",
    uid: 7,
    account: undefined,
    role: "subscriber",
    privileges: undefined,
  } as const;
  assertEquals(await made(request), { type: "rtc", channelName: "c", uid: "7", privileges: { joinChannel: 3600 } });
});

test("buildToken() has read all of its options when it returns", async () => {
  const names = ["a"];
  const privileges = { play: 6 };
  const token = build([
    rtm2({ userId: "u", permissions: { users: { read: names } } }),
    fcdn({ channelName: "c", uid: 1, privileges }),
  ]);
  names.push("b");
  privileges.play = 7;
  const [cdn, login] = (await parse007(await token)).services;
  assertEquals([cdn!.privileges, login], [{ play: 6 }, {
    type: "rtm2",
    userId: "u",
    permissions: { users: { read: ["a"] } },
    privileges: { login: 3600 },
  }]);
});

// deno-lint-ignore no-explicit-any -- wrong on purpose
type Wrong = any;
const join = { channelName: "c", uid: 1, role: "publisher" };
/** A list in a list in a list, 20,000 deep. */
const deep = JSON.parse("[".repeat(20_000) + "]".repeat(20_000));
const refused: [name: string, request: ServiceRequest, field: string][] = [
  ["rtc: channel of 64 bytes", rtc({ ...join, channelName: "c".repeat(64) } as Wrong), "channelName"],
  ["rtc: channel of 64 bytes in fewer characters", rtc({ ...join, channelName: "é".repeat(32) } as Wrong), "channelName"],
  ["rtc: character outside the 89", rtc({ ...join, channelName: "a/b" } as Wrong), "channelName"],
  ["rtc: character outside the 89 in a pattern", rtc({ ...join, channelName: "a/*" } as Wrong), "channelName"],
  ["rtc: pattern of 64 bytes", rtc({ ...join, channelName: "*".repeat(64) } as Wrong), "channelName"],
  ["rtc: uid a pattern", rtc({ ...join, uid: "1*" } as Wrong), "uid"],
  ["rtm: user a pattern", rtm({ userId: "*" }), "userId"],
  ["chat: user a pattern", chat({ userId: "u*" }), "userId"],
  ["apaas: room a pattern", apaas({ roomUuid: "*", userUuid: "u", role: 1 }), "roomUuid"],
  ["streaming: channel a pattern", streaming({ channelName: "*", uid: 1, privileges: {} }), "channelName"],
  ["fcdn: account a pattern", fcdn({ channelName: "c", account: "*", privileges: {} }), "account"],
  ["rtc: channel missing", rtc({ uid: 1, role: "publisher" } as Wrong), "channelName"],
  ["rtc: channel a number", rtc({ ...join, channelName: 5 } as Wrong), "channelName"],
  ["rtc: uid negative", rtc({ ...join, uid: -1 } as Wrong), "uid"],
  ["rtc: uid too large", rtc({ ...join, uid: 2 ** 32 } as Wrong), "uid"],
  ["rtc: uid not whole", rtc({ ...join, uid: 1.5 } as Wrong), "uid"],
  ["rtc: uid NaN", rtc({ ...join, uid: NaN } as Wrong), "uid"],
  ["rtc: uid a string", rtc({ ...join, uid: "1" } as Wrong), "uid"],
  ["rtc: uid null", rtc({ ...join, uid: null } as Wrong), "uid"],
  ["rtc: no user", rtc({ channelName: "c", role: "publisher" } as Wrong), "uid"],
  ["rtc: uid and account", rtc({ ...join, account: "a" } as Wrong), "account"],
  ["rtc: account empty", rtc({ channelName: "c", account: "", role: "publisher" }), "account"],
  ["rtc: account of 256 bytes", rtc({ channelName: "c", account: "a".repeat(256), role: "publisher" }), "account"],
  ["rtc: role unknown", rtc({ ...join, role: "host" } as Wrong), "role"],
  ["rtc: role inherited", rtc({ ...join, role: "toString" } as Wrong), "role"],
  ["rtc: role missing", rtc({ channelName: "c", uid: 1 } as Wrong), "role"],
  ["rtc: role and privileges", rtc({ ...join, privileges: {} } as Wrong), "role"],
  ["rtc: privilege unknown", rtc({ channelName: "c", uid: 1, privileges: { fly: 1 } as Wrong }), "privileges.fly"],
  [
    "rtc: privilege twice",
    rtc({ channelName: "c", uid: 1, privileges: { joinChannel: 1, "1": 1 } }),
    "privileges.joinChannel",
  ],
  ["rtc: privilege over a day", rtc({ channelName: "c", uid: 1, privileges: { "7": 86401 } }), "privileges.7"],
  ["rtc: privilegeExpire over a day", rtc({ ...join, privilegeExpire: 86401 } as Wrong), "privilegeExpire"],
  [
    "rtc: privilegeExpire beside privileges",
    rtc({ channelName: "c", uid: 1, privileges: {}, privilegeExpire: 1 } as Wrong),
    "privilegeExpire",
  ],
  ["rtc: misspelt option", rtc({ ...join, channel: "c" } as Wrong), "channel"],
  ["rtc: no options", (rtc as Wrong)(), "channelName"],
  ["rtm: user empty", rtm({ userId: "" }), "userId"],
  ["rtm: user begins with a space", rtm({ userId: " bob" }), "userId"],
  ["rtm: user of 64 bytes", rtm({ userId: "u".repeat(64) }), "userId"],
  ["rtm2: resource unknown", rtm2({ userId: "u", permissions: { rooms: {} } as Wrong }), "permissions.rooms"],
  [
    "rtm2: permission unknown",
    rtm2({ userId: "u", permissions: { users: { own: [] } as Wrong } }),
    "permissions.users.own",
  ],
  [
    "rtm2: list not a list",
    rtm2({ userId: "u", permissions: { users: { read: "v" } as Wrong } }),
    "permissions.users.read",
  ],
  [
    "rtm2: name not text",
    rtm2({ userId: "u", permissions: { users: { read: [5 as Wrong] } } }),
    "permissions.users.read[0]",
  ],
  ["chat: neither user nor app", chat({} as Wrong), "userId"],
  ["chat: user and app", chat({ userId: "u", app: true } as Wrong), "userId"],
  ["chat: app false", chat({ app: false } as Wrong), "app"],
  ["apaas: room without role", apaas({ roomUuid: "r", userUuid: "u" } as Wrong), "role"],
  ["apaas: role too large", apaas({ roomUuid: "r", userUuid: "u", role: 32768 }), "role"],
  ["apaas: app and user", apaas({ app: true, userUuid: "u" } as Wrong), "userUuid"],
  ["apaas: app and room", apaas({ app: true, roomUuid: "r" } as Wrong), "roomUuid"],
  ["apaas: role without room", apaas({ userUuid: "u", role: 1 } as Wrong), "roomUuid"],
  [
    "rtc: privilege without end",
    rtc({ channelName: "c", uid: 1, privileges: { joinChannel: Infinity } }),
    "privileges.joinChannel",
  ],
  ["rtc: role nested without end", rtc({ ...join, role: deep } as Wrong), "role"],
  ["rtc: channel nested without end", rtc({ ...join, channelName: deep } as Wrong), "channelName"],
  [
    "rtm2: permissions nested without end",
    rtm2({ userId: "u", permissions: { users: { read: [deep] } } as Wrong }),
    "permissions.users.read[0]",
  ],
  ["streaming: no privileges", streaming({ channelName: "c", uid: 1 } as Wrong), "privileges"],
  ["fpa: misspelt option", fpa({ expire: 1 } as Wrong), "expire"],
  ["convoai: any option", convoai({ expire: 1 } as Wrong), "expire"],
];

for (const [name, request, field] of refused) {
  test(`buildToken() refuses ${name}`, async () => {
    const error = await assertRejects(() => build([request])) as Error & { field?: string };
    assert(error instanceof AgoraTokenError, String(error));
    assertEquals(error.field, `services[0].${field}`);
    assert(error.message.includes(`"services[0].${field}"`), error.message);
  });
}

const messages: [name: string, request: Wrong, message: string][] = [
  ["a user", { channelName: "c", role: "publisher" }, 'Missing "services[0].uid" or "account"'],
  ["a role", { channelName: "c", uid: 1 }, 'Missing "services[0].role" or "privileges"'],
  ["one user only", { ...join, account: "a" }, '"services[0].account" must be absent where "uid" is given'],
  ["a known role", { ...join, role: "host" }, '"services[0].role" must be one of publisher, subscriber'],
];

for (const [name, request, message] of messages) {
  test(`buildToken() says in a few words that it wants ${name}`, async () => {
    const { code } = await assertRejects(() => build([rtc(request)]), AgoraTokenError, message);
    assertEquals(code, "invalid-value");
  });
}

const service = rtc(join as Wrong);
const onWire = { type: "rtc", channelName: "c", uid: "1", privileges: { joinChannel: 60 } };
const refusedBuilds: [name: string, options: Wrong, field: string][] = [
  ["appId short", { appId: "0123" }, "appId"],
  ["appId of 32 other characters", { appId: "g".repeat(32) }, "appId"],
  ["appId with spaces", { appId: "01 23456789abcdef0123456789ab cd" }, "appId"],
  ["appId with a final newline", { appId: APP_ID.slice(1) + "\n" }, "appId"],
  ["appId missing", { appId: undefined }, "appId"],
  ["appCertificate empty", { appCertificate: "" }, "appCertificate"],
  ["expire missing", { expire: undefined }, "expire"],
  ["expire 0", { expire: 0 }, "expire"],
  ["expire over a day", { expire: 86401 }, "expire"],
  ["expire a string", { expire: "3600" }, "expire"],
  ["expire infinite", { expire: Infinity }, "expire"],
  ["issueTs negative", { issueTs: -1 }, "issueTs"],
  ["issueTs in milliseconds", { issueTs: Date.now() }, "issueTs"],
  ["salt too large", { salt: 2 ** 32 }, "salt"],
  ["no services", { services: [] }, "services"],
  ["services not a list", { services: service }, "services"],
  ["service null", { services: [null] }, "services[0]"],
  ["service unknown", { services: [{ type: "rts", privileges: {} }] }, "services[0].type"],
  ["service by number", { services: [{ type: 1, ...join }] }, "services[0].type"],
  ["service by a name nested without end", { services: [{ type: deep }] }, "services[0].type"],
  ["service as on the wire", { services: [onWire] }, "services[0].uid"],
  [
    "hand-written service against the rules",
    { services: [{ ...service, channelName: "c".repeat(64) }] },
    "services[0].channelName",
  ],
  [
    "hand-written lifetime over a day",
    { services: [service, { ...service, role: undefined, privileges: { "3": 86401 } }] },
    "services[1].privileges.3",
  ],
  ["hand-written surplus field", { services: [{ ...service, extra: 1 }] }, "services[0].extra"],
  ["misspelt option", { expires: 1 }, "expires"],
];

for (const [name, options, field] of refusedBuilds) {
  test(`buildToken() refuses ${name}`, async () => {
    const error = await assertRejects(() => build([service], options)) as Error & { field?: string };
    assert(error instanceof AgoraTokenError, String(error));
    assertEquals(error.field, field);
    for (const secret of [CERTIFICATE, "01 23456789abcdef"]) assert(!error.message.includes(secret));
  });
}

test("buildToken() names the first character that no name may have, and lists those that it may", async () => {
  for (const [channelName, wrong] of [["lob*y/ü", "/"], ["caf\u00e9/", "\u00e9"], ["a\tb", "\\t"]] as const) {
    const error = await assertRejects(() => build([rtc({ channelName, uid: 7, role: "publisher" })]), AgoraTokenError);
    assertEquals(error.message.endsWith(`comma and !#$%&()+-:;<=.>?@[]^_{}|~, got "${wrong}"`), true, error.message);
  }
});

test("buildToken() says that a huge duration looks like an absolute time", async () => {
  const error = await assertRejects(() => build([service], { expire: 1700003600 }), AgoraTokenError, "absolute time");
  assertEquals(error.field, "expire");
});

test("packToken() packs what buildToken() refuses by the documented rules", async () => {
  const token: Token007 = {
    version: "007",
    appId: APP_ID,
    issueTs: 1,
    expire: 0xffffffff,
    salt: 0,
    services: [{ type: "rtc", channelName: "/".repeat(500), uid: "\u0000", privileges: { joinChannel: 0xffffffff } }],
  };
  const { expire, salt, services } = await parse007(await packToken(token, CERTIFICATE));
  assertEquals([expire, salt, services], [0xffffffff, 0, token.services]);
});

test("packToken() refuses what cannot be a token", async () => {
  const token = { version: "007", appId: APP_ID, issueTs: 1, expire: 1, salt: 1, services: [onWire] } as Wrong;
  const rtcOf = (more: Wrong) => ({ ...token, services: [{ type: "rtc", channelName: "", uid: "", privileges: {}, ...more }] });
  const cases: [Wrong, string][] = [
    [{ ...token, version: "008" }, "version"],
    [{ ...token, appId: "x" }, "appId"],
    [{ ...token, expire: -1 }, "expire"],
    [{ ...token, services: [] }, "services"],
    [{ ...token, services: [service] }, "services[0].role"], // a request is for buildToken()
    [{ ...token, expires: 60 }, "expires"],
    [rtcOf({ channelName: "x".repeat(65536) }), "services[0].channelName"],
    [rtcOf({ privileges: { "65536": 1 } }), "services[0].privileges.65536"],
    [rtcOf({ privileges: { "01": 1 } }), "services[0].privileges.01"],
    [rtcOf({ privileges: null }), "services[0].privileges"],
    [rtcOf({ uid: undefined }), "services[0].uid"],
    [{ ...token, services: Array(17).fill({ type: "chat", userId: "u".repeat(65535), privileges: {} }) }, "services"],
  ];
  for (const [data, field] of cases) {
    const error = await assertRejects(() => packToken(data, CERTIFICATE)) as Error & { field?: string };
    assertEquals(error.field, field, error.message);
  }
});

test("packToken() takes a parsed token, and leaves aside how it was packed", async () => {
  const parsed = await parse007(await build([service]));
  const again = await parse007(await packToken({ ...parsed, expire: 60 }, CERTIFICATE));
  assertEquals([again.expire, again.services], [60, parsed.services]);
});

test("serviceFrom() makes every service of the table from a request with every option, and prefixes its errors", () => {
  const names = {
    channelName: "c",
    userId: "u",
    roomUuid: "r",
    userUuid: "u",
    account: "a",
    role: 1,
    permissions: {},
    privileges: {},
  };
  for (const spec of SERVICES) {
    const excluded = ["uid", "app", "privilegeExpire", ...(spec.roles ? ["role"] : [])];
    const options = requestOptions(spec).filter((name) => !excluded.includes(name));
    const given = options.map((name) => [name, (names as Record<string, unknown>)[name] ?? "x"]);
    const service = serviceFrom("s", { type: spec.name, ...Object.fromEntries(given) });
    assertEquals(Object.keys(service), ["type", ...spec.fields.map(({ name }) => name), "privileges"]);
    for (const name of Object.keys(service.privileges)) assert(Object.hasOwn(spec.privileges, name), name);
    for (const privileges of [...Object.values(spec.roles ?? {}), Object.keys(spec.variants ?? {})]) {
      for (const name of privileges) assert(Object.hasOwn(spec.privileges, name), `${spec.name}.${name}`);
    }
  }
  for (const [data, field] of [[{ type: "nope" }, "s.type"], [{ type: "rtm", userId: "" }, "s.userId"], [5, "s"]]) {
    const error = assertThrows(() => serviceFrom("s", data)) as Error & { field?: string };
    assertEquals(error.field, field);
    assert(error.message.includes(`"${field}"`), error.message);
  }
});

test("packToken() and buildToken() do not repeat a certificate that is given as the name of a privilege or a permission", async () => {
  const [privileges, permissions] = [{ [CERTIFICATE]: 60 }, { [CERTIFICATE]: {} }];
  const token = { version: "007", appId: APP_ID, issueTs: 1, expire: 60, salt: 1 } as const;
  const calls = [
    () => packToken({ ...token, services: [{ type: "fpa", privileges }] } as never, CERTIFICATE),
    () => packToken({ ...token, services: [{ type: "rtm2", userId: "u", permissions, privileges: {} }] } as never, CERTIFICATE),
    () =>
      buildToken({
        appId: APP_ID,
        appCertificate: CERTIFICATE,
        expire: 60,
        services: [{ type: "rtm2", userId: "u", permissions }, { type: "streaming", channelName: "c", uid: 1, privileges }],
      } as never),
  ];
  for (const call of calls) {
    const error = await assertRejects(call, AgoraTokenError);
    assert(!JSON.stringify([error.message, { ...error }]).includes(CERTIFICATE), error.code);
  }
});

test("authorizationHeader() gives the header for a token of format 007 alone, and refuses everything else", async () => {
  const token = await packed();
  assertEquals(authorizationHeader(token), `agora token=${token}`);
  const old =
    "0060123456789abcdef0123456789abcdefIAD89RhzJIPUqQ4DhL9vFR8qdPmxD4jGE0ki9+vJNXEiJ0e8jicAAAAAEABOYbwAAAAIawEA6AOQvAZr";
  const none = [
    "",
    "007",
    `${token}\n`,
    `${token}\r\nx: y`,
    `"${token}"`,
    ` ${token}`,
    `agora token=${token}`,
    `Bearer ${token}`,
    old,
    `${token}é`,
  ];
  for (const text of none) {
    const { code, field, message } = assertThrows(() => authorizationHeader(text), AgoraTokenError) as AgoraTokenError;
    assertEquals([code, field], ["invalid-value", "token"], text);
    assertEquals(message.includes(token), false);
  }
  assertEquals((assertThrows(() => authorizationHeader(7 as never), AgoraTokenError) as AgoraTokenError).code, "invalid-type");
});
