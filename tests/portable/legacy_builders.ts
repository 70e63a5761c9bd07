import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AgoraTokenError, parseToken, type VerifyOptions, verifyToken } from "../../mod.ts";
import {
  DynamicKey,
  DynamicKey2,
  DynamicKey3,
  DynamicKey4,
  DynamicKey5,
  guessNames,
  type GuessOptions,
  matchCandidates,
  type ParsedToken006,
  RtcRole006,
  RtcTokenBuilder,
  RtmTokenBuilder,
  SignalingToken,
  SimpleTokenBuilder,
} from "../../src/official/legacy/mod.ts";
import { APP_ID, CERTIFICATE, collect } from "./case.ts";
import { NOW } from "./legacy_samples.ts";

export const { cases, test } = collect();

test("the official families of old formats write their arguments into the right fields", async () => {
  const keyArgs = [APP_ID, CERTIFICATE, "c", NOW, 9, 7, NOW + 1] as const;
  const inHour = NOW + 3600;
  const expected: [Promise<string>, Partial<VerifyOptions>, Record<string, unknown>][] = [
    [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, RtcRole006.SUBSCRIBER, inHour), {
      channelName: "c",
      uid: 7,
    }, {
      privileges: { joinChannel: inHour },
    }],
    [RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, "c", "0", RtcRole006.ADMIN, 5), {
      channelName: "c",
      account: "0",
    }, {
      privileges: { joinChannel: 5, publishAudioStream: 5, publishVideoStream: 5, publishDataStream: 5 },
    }],
    [RtcTokenBuilder.buildTokenWithUidUserDefinedPrivilege(APP_ID, CERTIFICATE, "c", 0, 1, 2, 3, 4), {
      channelName: "c",
      uid: 0,
    }, {
      privileges: { joinChannel: 1, publishAudioStream: 2, publishVideoStream: 3, publishDataStream: 4 },
    }],
    [RtcTokenBuilder.buildTokenWithAccountUserDefinedPrivilege(APP_ID, CERTIFICATE, "c", "a", 1, 0, 0, 0), {
      channelName: "c",
      account: "a",
    }, { privileges: { joinChannel: 1, publishAudioStream: 0, publishVideoStream: 0, publishDataStream: 0 } }],
    [RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, inHour), { account: "a" }, { privileges: { rtmLogin: inHour } }],
    [
      SimpleTokenBuilder.buildToken(APP_ID, CERTIFICATE, "c", "a", { ...SimpleTokenBuilder.initPrivileges(2), joinChannel: 8 }),
      { channelName: "c", account: "a" },
      {
        privileges: {
          joinChannel: 8,
          requestPublishAudioStream: 0,
          requestPublishVideoStream: 0,
          requestPublishDataStream: 0,
        },
      },
    ],
    [DynamicKey.generate(APP_ID, CERTIFICATE, "c", NOW, 9), { channelName: "c" }, {
      version: "001",
      unixTs: NOW,
      randomInt: 9,
    }],
    [DynamicKey2.generate(...keyArgs), { channelName: "c" }, { version: "002", uid: 7, expiredTs: NOW + 1 }],
    [DynamicKey3.generate(...keyArgs), { channelName: "c" }, { version: "003", uid: 7, expiredTs: NOW + 1 }],
    ...([["mediaChannel", "generateMediaChannelKey"], ["recording", "generateRecordingKey"], [
      "publicSharing",
      "generatePublicSharingKey",
    ]] as const)
      .flatMap(([service, method]) =>
        [
          [DynamicKey4[method](...keyArgs), { channelName: "c", uid: 7, service }, { version: "004", expiredTs: NOW + 1 }],
          [DynamicKey5[method](...keyArgs), { channelName: "c", uid: 7 }, { version: "005", service, extra: {} }],
        ] as [Promise<string>, Partial<VerifyOptions>, Record<string, unknown>][]
      ),
    [DynamicKey5.generateInChannelPermissionKey(...keyArgs, DynamicKey5.audioVideoUpload), { channelName: "c", uid: 7 }, {
      service: "inChannelPermission",
      extra: { "1": "3" },
    }],
    [SignalingToken.getToken(APP_ID, CERTIFICATE, "a", NOW), { account: "a" }, { version: "signaling", expiredTs: NOW }],
  ];
  for (const [made, given, wanted] of expected) {
    const text = await made;
    const parsed = await parseToken(text) as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(wanted)) assertEquals(parsed[name], value, `${text.slice(0, 3)} ${name}`);
    assertEquals((await verifyToken(text, { certificates: CERTIFICATE, ...given })).signature, "valid", text.slice(0, 3));
  }
});

test("the 006 builders make tokens for 24 hours by default, and SignalingToken also takes seconds from now", async () => {
  const before = Math.floor(Date.now() / 1000);
  const token = await parseToken(await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 5)) as { ts?: number };
  assert(token.ts! >= before + 86_400 && token.ts! <= before + 86_460);
  const signaling = await parseToken(await SignalingToken.getTokenForSecondsFromNow(APP_ID, CERTIFICATE, "a", 60)) as {
    expiredTs?: number;
  };
  assert(signaling.expiredTs! >= before + 60 && signaling.expiredTs! <= before + 120);
});

test("the official families of old formats refuse bad arguments, naming them", async () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  type Wrong = any;
  const refused: [() => Promise<unknown>, string][] = [
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", -1, 1, 5), "uid"],
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", "7" as Wrong, 1, 5), "uid"],
    [() => RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, "c", 7 as Wrong, 1, 5), "account"],
    [() => RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 2 ** 32), "privilegeExpiredTs"],
    [() => (RtcTokenBuilder.buildTokenWithUid as Wrong)(APP_ID, CERTIFICATE, "c", 7, 1, 5, 6), "arguments"],
    [() => RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 2, 5), "role"],
    [() => DynamicKey.generate("short", CERTIFICATE, "c", 1, 1), "appId"],
    [() => DynamicKey5.generateInChannelPermissionKey(APP_ID, CERTIFICATE, "c", 1, 1, 1, 1, 3 as Wrong), "permission"],
    [() => SignalingToken.getTokenForSecondsFromNow(APP_ID, CERTIFICATE, "a", -1), "seconds"],
  ];
  for (const [call, field] of refused) assertEquals((await assertRejects(call) as Error & { field: string }).field, field);
  assertEquals(assertThrows(() => SimpleTokenBuilder.initPrivileges(3), AgoraTokenError).field, "role");
});

test("matchCandidates() finds the names that match the checksums of a 006 token", async () => {
  const token = await parseToken(await RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "stage", 7, 1, 5));
  assert(token.version === "006");
  assertEquals(matchCandidates(token, { channelNames: ["lobby", "stage"], users: ["1", "7"] }), {
    channelNames: ["stage"],
    users: ["7"],
  });
  assertEquals(matchCandidates(token, {}), { channelNames: [], users: [] });
  assertEquals(matchCandidates({ ...token, crcUid: 0 }, { users: ["7"] }).users, [""]);
});

test("guessNames() finds obvious names, numbers, no name and each other's names by the checksums of a 006", async () => {
  const guess = async (channelName: string, user: string, options?: GuessOptions) => {
    const made = RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, channelName, user, 1, 5);
    const { channelNames, users } = guessNames(await parseToken(await made) as ParsedToken006, options);
    return [channelNames, users];
  };
  assertEquals(await guess("lobby", "1001"), [["lobby"], ["1001"]]);
  for (const number of ["0", "1", "9", "10", "99999", "100000"]) {
    assertEquals(await guess(number, number), [[number], [number]]);
  }
  assertEquals(await guess("100001", "01"), [[], []]);
  assertEquals(await guess("", ""), [[""], [""]]);
  assertEquals(await guess("TEST", "*"), [["TEST"], ["*"]]);
  assertEquals(await guess("YOUR_CHANNEL_NAME", "4294967295"), [["YOUR_CHANNEL_NAME"], ["4294967295"]]);
  assertEquals(await guess("undefined", "[object Object]"), [["undefined"], ["[object Object]"]]);
  assertEquals(await guess("a channel of ours", "ann", { users: ["ann"] }), [[], ["ann"]]);
  assertEquals(await guess("ann", "a channel of ours", { channelNames: ["ann", "a channel of ours", "ann"] }), [
    ["ann"],
    ["a channel of ours"],
  ]);
  assertEquals(await guess(APP_ID, "ann", { users: ["ann", "ann"] }), [[APP_ID], ["ann"]]);
  assertEquals(await guess("ann", "bob", { users: ["ann"] }), [["ann"], []]);
  assertEquals(await guess("lobby", "1001", { channelNames: [], users: [] }), [[], []]);
  assertEquals(await guess("lobby", "", { users: ["7"] }), [["lobby"], [""]]);
});

test("guessNames() tries the users in the channel's place of an RTM token", async () => {
  const token = await parseToken(await RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "ann", 1, 5)) as ParsedToken006;
  assertEquals(guessNames(token, { channelNames: ["lobby"], users: ["ann"] }), { channelNames: ["ann"], users: [""] });
  assertEquals(guessNames(token, { channelNames: ["lobby"] }), { channelNames: [], users: [""] });
  const known = await parseToken(await RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "alice", 1, 5)) as ParsedToken006;
  assertEquals(guessNames(known), { channelNames: ["alice"], users: [""] });
});

test("guessNames() refuses a token without checksums, and lists that are none", async () => {
  const token = await parseToken(await RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, 5)) as ParsedToken006;
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  const refused: [any, any, string, string][] = [
    [{ version: "007" }, {}, "invalid-value", "token"],
    [undefined, {}, "invalid-type", "token"],
    [token, null, "invalid-type", "options"],
    [token, { users: "ann" }, "invalid-type", "users"],
    [token, { channelNames: ["a", 7] }, "invalid-type", "channelNames[1]"],
    [token, { accounts: [] }, "unknown-field", "accounts"],
  ];
  for (const [given, options, code, field] of refused) {
    const error = assertThrows(() => guessNames(given, options), AgoraTokenError);
    assertEquals([error.code, error.field], [code, field]);
  }
});
