// The examples of the findings: the tests check `diagnoseToken` with them, and docs/findings.md shows the first of each.
import { encodeBase64 } from "@std/encoding/base64";
import { type DiagnoseOptions, type FindingCode, packToken, type Service, type Token007 } from "../../mod.ts";
import { DynamicKey3, DynamicKey5, RtcTokenBuilder, RtmTokenBuilder, SignalingToken } from "../../src/official/legacy/mod.ts";
import * as messages from "../../src/inspect/messages/mod.ts";
import golden from "../vectors/vectors-007.json" with { type: "json" };
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { LAYOUTS } from "./homemade.ts";

/** When the tokens of the examples are made, in Unix seconds. */
export const NOW = 1700000000;
/** A certificate, or an App ID, that is not that of the examples. */
export const OTHER = "11111111111111111111111111111111";

/** The credentials that Agora's samples publish. */
const SAMPLE = { appId: "970CA35de60c44645bbae8a215061b33", appCertificate: "5CFd2fd1755d40ecb72977518be15d3b" };

/** The service of the good token. */
export const RTC: Service = {
  type: "rtc",
  channelName: "lobby",
  uid: "1001",
  privileges: { joinChannel: 3600, publishAudioStream: 3600, publishVideoStream: 3600, publishDataStream: 3600 },
};

/** A token like the good one below, except for the given fields. */
export async function token(change: Partial<Token007> = {}, ...services: Partial<Service>[]): Promise<string> {
  const made = services.length === 0
    ? [RTC]
    : services.map((service) => ("type" in service ? service : { ...RTC, ...service }));
  return await packed({ services: made as Token007["services"], ...change });
}

/** A token like the good one, whose one service differs. */
export const rtc = (change: object): Promise<string> => token({}, { ...RTC, ...change } as Service);
/** A token without any error. */
export const GOOD: string = await token();

/** What is known about the good token, all of it correct. */
export const KNOWN: DiagnoseOptions = {
  appId: APP_ID,
  certificates: CERTIFICATE,
  channelName: "lobby",
  uid: 1001,
  intent: "host",
  now: NOW,
};

/** What a whiteboard token has after its prefix, with a signature that nothing made. */
const WHITEBOARD_QUERY = encodeBase64(`ak=agoratokenAK0001&nonce=1&role=1&sig=${"0".repeat(64)}&uuid=0123456789abcdef`);

/** A text, and what is known about it. */
export type Example = [text: string | Promise<string>, known?: DiagnoseOptions];

/** For every finding, examples in which it is found, and similar ones in which it is not. */
export const EXAMPLES: Record<FindingCode, { found: Example[]; not: Example[] }> = {
  "unreadable": { found: [["007" + encodeBase64(Uint8Array.of(1, 2, 3, 4, 5, 6))], ["§$&"]], not: [[GOOD], ["undefined"]] },
  "text-cut": {
    found: [[GOOD.slice(0, -9)], [GOOD.slice(0, -8)], [GOOD.slice(0, 50)], [
      DynamicKey3.generate(APP_ID, CERTIFICATE, "c", 1, 1, 1, 1).then((key) => key.slice(0, -1)),
    ]],
    not: [[GOOD], [GOOD + "!"], [GOOD.slice(0, 40) + "!" + GOOD.slice(40)]],
  },
  "text-altered": {
    found: [
      [GOOD.slice(0, 30) + " " + GOOD.slice(30)],
    ],
    not: [[GOOD], [GOOD.slice(0, -9)], [GOOD.slice(0, 30) + "\n" + GOOD.slice(30)]],
  },
  "text-masked": {
    found: [[GOOD.slice(0, 12) + "********" + GOOD.slice(-6)], [GOOD.slice(0, 20) + "..." + GOOD.slice(-10)], [
      GOOD.slice(0, 20) + "[redacted]" + GOOD.slice(-10),
    ]],
    not: [[GOOD], [GOOD.slice(0, 50)]],
  },
  "text-damaged": {
    found: [
      [GOOD.slice(0, 40) + GOOD.slice(41)],
      [GOOD.slice(0, 40) + "!" + GOOD.slice(40)],
      [GOOD.slice(0, 40) + GOOD[41] + GOOD[40] + GOOD.slice(42)],
      [GOOD.slice(0, 40) + GOOD.slice(60)],
      [GOOD.slice(1)],
    ],
    not: [[GOOD], [GOOD.slice(0, -9)]],
  },
  "home-made": {
    found: Object.values(LAYOUTS).toReversed().map((made): Example => [made(), KNOWN]),
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, certificates: OTHER }], [GOOD.slice(0, -9)], [urlSafe(GOOD)]],
  },
  "text-wrapped": {
    found: [
      [` ${GOOD}`],
      [`${GOOD}\n`],
      [`"${GOOD}"`],
      [JSON.stringify({ rtcToken: GOOD })],
      [
        `http://h/?token=${encodeURIComponent(GOOD)}`,
      ],
      [encodeURIComponent(GOOD)],
      [urlSafe(await tokenWithPlusAndSlash())],
      [`Token with int uid: ${GOOD}`],
      [`${GOOD} ${GOOD}`],
    ],
    not: [[GOOD], ['{"error":"no"}']],
  },
  "text-is-placeholder": {
    found: [
      [""],
      ["<Your token>"],
      ["YOUR_TOKEN"],
      ["<#Temp Token#>"],
      ["undefined"],
      ["null"],
      ["${token}"],
      ["Your App ID"],
      ["xxxx"],
    ],
    not: [[GOOD], [APP_ID], ["Bad request."]],
  },
  "text-is-id": {
    found: [[APP_ID, KNOWN], [CERTIFICATE, KNOWN], [OTHER, KNOWN], [CERTIFICATE.toUpperCase(), KNOWN]],
    not: [[GOOD, KNOWN], [APP_ID.slice(1)]],
  },
  "text-is-jwt": {
    found: [["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"]],
    not: [[GOOD], ["eyJhbGciOiJIUzI1NiJ9"]],
  },
  "text-is-whiteboard-token": {
    found: [
      [`NETLESSROOM_${WHITEBOARD_QUERY}`],
      [`NETLESSSDK_${WHITEBOARD_QUERY}`],
      [`NETLESSTASK_${WHITEBOARD_QUERY}`],
      [`uuid=1, roomToken: "NETLESSROOM_${WHITEBOARD_QUERY}"`],
      [btoa(`NETLESSROOM_${WHITEBOARD_QUERY}`)],
      [`NETLESSROOM_${WHITEBOARD_QUERY.slice(0, -40)}`],
    ],
    not: [[GOOD], [`NETLESSROOM_${WHITEBOARD_QUERY} ${GOOD}`], ["The prefix NETLESSROOM_ is wanted."], ["NETLESSROOM_"]],
  },
  "text-is-error-message": {
    found: [
      ["Bad request."],
      ['{"error":"channel name is required"}'],
      ["<!doctype html><title>502</title>"],
      ["Error Generating RTC token: failed to parse uidStr"],
    ],
    not: [[GOOD], ["<Your token>"], [APP_ID]],
  },
  "text-is-sdk-message": {
    found: [["Get server node failed [NO_AUTHORIZED]", { messages }], ["join failed: error 110", { messages }]],
    not: [
      [GOOD, { messages }],
      ["Bad request.", {}],
      ["undefined", { messages }],
      ["Get server node failed [NO_AUTHORIZED]"],
      ["the lobby is closed", { messages }],
    ],
  },
  "signature-invalid": {
    found: [[GOOD, { ...KNOWN, certificates: OTHER }], [GOOD, { ...KNOWN, certificates: [OTHER, OTHER.replace("1", "2")] }]],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, certificates: "fedcba" }], [GOOD, {
      ...KNOWN,
      certificates: CERTIFICATE.toUpperCase(),
    }]],
  },
  "credentials-exchanged": {
    found: [
      [GOOD, { ...KNOWN, appId: CERTIFICATE, certificates: APP_ID }],
      [GOOD, { ...KNOWN, certificates: APP_ID }],
      [GOOD, { ...KNOWN, certificates: APP_ID.toUpperCase() }],
      [GOOD, { ...KNOWN, appId: CERTIFICATE }],
      [packed({ services: [RTC] }, APP_ID), KNOWN],
      [packed({ appId: CERTIFICATE, services: [RTC] }, APP_ID), KNOWN],
    ],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, appId: OTHER }], [GOOD, { ...KNOWN, certificates: OTHER }]],
  },
  "sample-credentials": {
    found: [
      [GOOD, { ...KNOWN, appId: SAMPLE.appId }],
      [token({ appId: SAMPLE.appId }), {}],
      [token({ appId: SAMPLE.appId.toLowerCase() }), KNOWN],
      [packed({ services: [RTC] }, SAMPLE.appCertificate), KNOWN],
      [GOOD, { ...KNOWN, certificates: SAMPLE.appCertificate.toLowerCase() }],
    ],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, appId: OTHER }]],
  },
  "certificate-altered": {
    found: [
      [packed({ services: [RTC] }, CERTIFICATE.toUpperCase()), KNOWN],
      [GOOD, { ...KNOWN, certificates: CERTIFICATE.toUpperCase() }],
      [GOOD, { ...KNOWN, certificates: [OTHER, CERTIFICATE.toUpperCase()] }],
    ],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, certificates: OTHER }]],
  },
  "certificate-malformed": {
    found: [[GOOD, { ...KNOWN, certificates: "fedcba" }], [GOOD, { ...KNOWN, certificates: `${CERTIFICATE} ` }], [
      GOOD,
      { ...KNOWN, certificates: `AGORA_APP_CERTIFICATE="${CERTIFICATE}"` },
    ]],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, certificates: OTHER }]],
  },
  "certificate-missing": { found: [[GOOD], [GOOD, { certificates: [] }]], not: [[GOOD, KNOWN]] },
  "input-missing": {
    found: [[RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW), { certificates: CERTIFICATE }]],
    not: [[GOOD, { certificates: CERTIFICATE }], [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW), {
      certificates: CERTIFICATE,
      channelName: "c",
      uid: 7,
    }]],
  },
  "other-certificate": {
    found: [[GOOD, { ...KNOWN, certificates: [OTHER, CERTIFICATE] }]],
    not: [[GOOD, { ...KNOWN, certificates: [CERTIFICATE, OTHER] }]],
  },
  "app-id-malformed": { found: [[golden.cases.find(({ id }) => id === "mal-appid-nonhex")!.token!]], not: [[GOOD]] },
  "app-id-mismatch": {
    found: [[GOOD, { ...KNOWN, appId: OTHER }], [token({ appId: APP_ID.toUpperCase() }), KNOWN]],
    not: [[GOOD, KNOWN], [GOOD], [ // a key 005 holds the bytes of the App ID, and no letters
      DynamicKey5.generateMediaChannelKey(APP_ID, CERTIFICATE, "c", 1, 1, 7, 0),
      { appId: APP_ID.toUpperCase() },
    ]],
  },
  "expired": { found: [[GOOD, { ...KNOWN, now: NOW + 3600 }]], not: [[GOOD, { ...KNOWN, now: NOW + 3599 }]] },
  "expires-soon": {
    found: [[GOOD, { ...KNOWN, now: NOW + 3570 }]],
    not: [[GOOD, { ...KNOWN, now: NOW + 3569 }], [GOOD, { ...KNOWN, now: NOW + 3600 }]],
  },
  "older-than-24-hours": {
    found: [[token({ expire: 100_000 }), { ...KNOWN, now: NOW + 86_400 }]],
    not: [[token({ expire: 100_000 }), { ...KNOWN, now: NOW + 86_399 }], [GOOD, { ...KNOWN, now: NOW + 100_000 }]],
  },
  "not-yet-valid": {
    found: [[GOOD, { ...KNOWN, now: NOW - 1 }]],
    not: [[GOOD, KNOWN], [GOOD, { ...KNOWN, now: NOW - 1, clockTolerance: 1 }]],
  },
  "lifetime-zero": { found: [[token({ expire: 0 }), KNOWN]], not: [[token({ expire: 1 }), KNOWN]] },
  "lifetime-over-24-hours": { found: [[token({ expire: 86_401 }), KNOWN]], not: [[token({ expire: 86_400 }), KNOWN]] },
  "absolute-time-as-duration": {
    found: [[token({ expire: NOW + 3600 }), KNOWN], [rtc({ privileges: { joinChannel: NOW } }), KNOWN]],
    not: [[token({ expire: 86_401 }), KNOWN], [GOOD, KNOWN], [token({ expire: 0xffffffff }), KNOWN]],
  },
  "duration-as-absolute-time": {
    found: [[RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 3600)], [
      SignalingToken.getToken(APP_ID, CERTIFICATE, "a", 3600),
    ]],
    not: [[RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW)], [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 0),
    ]],
  },
  "time-implausible": {
    found: [[RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 4_200_000_000)], [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 358_470_272), // milliseconds, cut
    ]],
    not: [[RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW)], [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, 0xffffffff),
    ]],
  },
  "token-ends-before-privilege": {
    found: [[token({ expire: 600 }), KNOWN], [token({ expire: 3599 })]],
    not: [[GOOD, KNOWN], [token({ expire: 0 })], [token({ expire: 86_400 }, { privileges: { joinChannel: 90_000 } })], [
      rtc({ privileges: { joinChannel: NOW } }),
    ]],
  },
  "privilege-expired": {
    found: [[rtc({ privileges: { joinChannel: 60 } }), { ...KNOWN, now: NOW + 60 }], [
      RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, NOW),
      { now: NOW },
    ]],
    not: [[rtc({ privileges: { joinChannel: 60 } }), { ...KNOWN, now: NOW + 59 }]],
  },
  "privilege-ends-early": {
    found: [[rtc({ privileges: { joinChannel: 60 } }), KNOWN]],
    not: [[GOOD, KNOWN], [rtc({ privileges: { joinChannel: 0 } }), KNOWN], [
      rtc({ privileges: { joinChannel: 60 } }),
      { ...KNOWN, now: NOW + 60 },
    ]],
  },
  "privilege-zero": { found: [[rtc({ privileges: { joinChannel: 0 } }), KNOWN]], not: [[GOOD, KNOWN]] },
  "channel-mismatch": {
    found: [
      [GOOD, { ...KNOWN, channelName: "Lobby" }],
      [GOOD, { ...KNOWN, channelName: "" }],
      [
        RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW),
        { channelName: "d" },
      ],
      [rtc({ channelName: "Lob*" }), KNOWN],
      [
        token({}, { type: "streaming", channelName: "lob*", account: "7", privileges: {} }),
        { channelName: "lobby" },
      ],
    ],
    not: [
      [GOOD, KNOWN],
      ...["", "*", "lob*", "lobby*", "*b*b*", "**"].map((channelName): Example => [rtc({ channelName }), KNOWN]),
    ],
  },
  "user-mismatch": {
    found: [
      [GOOD, { ...KNOWN, uid: 1002 }],
      [rtc({ uid: "undefined" }), { ...KNOWN, uid: 0 }],
      [
        DynamicKey3.generate(APP_ID, CERTIFICATE, "c", 1, 1, 7, 0),
        { channelName: "c", uid: 8 },
      ],
      [rtc({ uid: "2*" }), KNOWN],
    ],
    not: [[GOOD, KNOWN], ...["", "*", "1*1", "*1001"].map((uid): Example => [rtc({ uid }), KNOWN]), [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 1, NOW),
      {
        channelName: "c",
        uid: 8,
      },
    ]],
  },
  "names-exchanged": {
    found: [
      [rtc({ channelName: "alice", uid: "lobby" }), { channelName: "lobby", account: "alice" }],
      [RtcTokenBuilder.buildTokenWithAccount(APP_ID, CERTIFICATE, "7", "lobby", 1, NOW), { channelName: "lobby", uid: 7 }],
    ],
    not: [
      [GOOD, KNOWN],
      [GOOD, { channelName: "1001", account: "alice" }],
      [rtc({ channelName: "alice", uid: "" }), { channelName: "lobby", account: "alice" }],
    ],
  },
  "join-without-user": {
    found: [
      [GOOD, { ...KNOWN, uid: 0 }],
      [GOOD, { certificates: CERTIFICATE, channelName: "lobby", account: "", now: NOW }],
      [rtc({ uid: "al*" }), { ...KNOWN, uid: 0 }],
      [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW), { channelName: "c", uid: 0 }],
      [DynamicKey3.generate(APP_ID, CERTIFICATE, "c", 1, 1, 7, 0), { channelName: "c", uid: 0 }],
    ],
    not: [
      [GOOD, KNOWN],
      [GOOD, { ...KNOWN, uid: 7 }],
      [rtc({ uid: "" }), { ...KNOWN, uid: 0 }],
      [rtc({ uid: "*" }), { ...KNOWN, uid: 0 }],
      [rtc({ uid: "0" }), { ...KNOWN, uid: 0 }],
    ],
  },
  "uid-out-of-range": {
    found: [[rtc({ uid: "4294967295" }), { ...KNOWN, uid: -1 }], [rtc({ uid: "4294967297" }), { ...KNOWN, uid: 4294967297 }]],
    not: [[GOOD, KNOWN], [rtc({ uid: "4294967295" }), { ...KNOWN, uid: 4294967295 }]],
  },
  "uid-against-account": {
    found: [[rtc({ uid: "alice" }), { ...KNOWN, uid: 7 }], [rtc({ uid: "7up" }), { ...KNOWN, uid: 7 }], [GOOD, {
      certificates: CERTIFICATE,
      account: "alice",
      now: NOW,
    }]],
    not: [
      [GOOD, { ...KNOWN, uid: 7 }],
      [rtc({ uid: "alice" }), { account: "bob" }],
      [rtc({ uid: "undefined" }), { uid: 7 }],
      [GOOD, { account: "7" }],
    ],
  },
  "literal-channel": {
    found: ["undefined", "None", "[object Object]", "${channel}", "{{room}}"].map((channelName) => [rtc({ channelName })]),
    not: [[GOOD], [rtc({ channelName: "0" })], [rtc({ channelName: "undefined" }), KNOWN], [
      rtc({ channelName: "function room" }),
    ]],
  },
  "literal-account": {
    found: ["0", "undefined", "null", "NaN", "None", "<nil>", "[object Promise]", "Optional(7)"].map((
      uid,
    ): Example => [rtc({ uid })])
      .concat([[token({}, { type: "rtm", userId: "undefined", privileges: {} })]]),
    // Where the user that is given differs, that is one mistake: a user-mismatch.
    not: [[GOOD, KNOWN], [rtc({ uid: "" }), KNOWN], [rtc({ uid: "nullable" }), KNOWN], [rtc({ uid: "undefined" }), KNOWN]],
  },
  "number-as-account": {
    found: ["01001", "-5", "4294967296", "13812345678", "1001.0", "1e3"].map((uid) => [rtc({ uid })]),
    not: [[GOOD], [rtc({ uid: "" })], [rtc({ uid: "4294967295" })], [rtc({ uid: "7up" })], [rtc({ uid: "01001" }), KNOWN]],
  },
  "chat-user-uuid": {
    found: [[chat("24b3c8a0-7f1e-11ec-b1b3-9d2f2c2f2d2b"), { account: "alice", intent: "chat" }]],
    not: [[chat("alice"), { account: "alice" }], [chat("bob"), { account: "alice" }], [
      chat("24b3c8a0-7f1e-11ec-b1b3-9d2f2c2f2d2b"),
      { account: "24b3c8a0-7f1e-11ec-b1b3-9d2f2c2f2d2c" },
    ]],
  },
  "rtm-user-elsewhere": {
    found: [
      [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "bob", 0, 1, NOW), { account: "bob", intent: "loginRtm" }],
      [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "bob", 0, 1, NOW), { account: "bob", service: "rtm" }],
      [login006("", "bob"), { account: "bob" }],
    ],
    not: [
      [RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "lobby", 0, 1, NOW), { account: "bob", intent: "loginRtm" }],
      [login006("bob", ""), { account: "bob" }],
      [login006("lobby", "bob"), { account: "bob" }],
    ],
  },
  "user-in-channel-field": {
    found: [[rtc({ channelName: "bob", uid: "" }), { account: "bob", intent: "loginRtm" }]],
    not: [[GOOD, { account: "bob", intent: "loginRtm" }], [
      token({}, { type: "rtm", userId: "bob", privileges: { login: 3600 } }),
      { account: "bob", intent: "loginRtm" },
    ]],
  },
  "relay-source-user": {
    found: [
      [GOOD, { channelName: "lobby", intent: "relaySource" }],
      [rtc({ uid: "alice" }), { uid: 7, intent: "relaySource" }],
      [
        RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 7, 1, NOW),
        { channelName: "c", intent: "relaySource" },
      ],
    ],
    not: [[GOOD, KNOWN], [rtc({ uid: "" }), { ...KNOWN, intent: "relaySource" }], [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 1, NOW),
      { channelName: "c", intent: "relaySource" },
    ]],
  },
  "preload-for-anyone": {
    found: [[rtc({ uid: "" }), { ...KNOWN, intent: "preload" }]],
    not: [[GOOD, { ...KNOWN, intent: "preload" }], [rtc({ uid: "" }), KNOWN]],
  },
  "account-where-uid-is-needed": {
    found: (["relayDestination", "recording"] as const).map((intent): Example => [rtc({ uid: "alice" }), {
      account: "alice",
      intent,
    }]),
    not: [[GOOD, { ...KNOWN, intent: "recording" }], [rtc({ uid: "" }), { intent: "relayDestination" }], [
      rtc({ uid: "alice" }),
      { account: "alice", intent: "join" },
    ]],
  },
  "service-missing": {
    found: [
      [GOOD, { ...KNOWN, intent: "loginRtm" }],
      [token({}, { type: "rtm", userId: "bob", privileges: { login: 3600 } }), { intent: "join" }],
      [GOOD, { service: "rtm" }],
      [RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, NOW), { intent: "join" }],
      [SignalingToken.getToken(APP_ID, CERTIFICATE, "a", NOW), { intent: "join" }],
    ],
    not: [
      [GOOD, KNOWN],
      ...(["join", "loginRtm"] as const).map((intent): Example => {
        const privileges = { joinChannel: NOW, rtmLogin: NOW };
        const both = { version: "006", appId: APP_ID, channelName: "c", uid: "7", salt: 1, ts: NOW, privileges } as const;
        return [packToken(both, CERTIFICATE), { intent }];
      }),
      [token({}, { type: "rtm2", userId: "bob", permissions: {}, privileges: { login: 3600 } }), {
        intent: "loginRtm",
      }],
    ],
  },
  "privilege-missing": {
    found: [[rtc({ privileges: { publishAudioStream: 3600 } }), KNOWN], [
      token({}, { type: "chat", userId: "", privileges: { app: 3600 } }),
      { intent: "chat" },
    ]],
    not: [[GOOD, KNOWN], [rtc({ privileges: { joinChannel: 3600 } }), KNOWN]],
  },
  "publish-privilege-missing": {
    found: [
      [rtc({ privileges: { joinChannel: 3600 } }), KNOWN],
      ...(["publishVideo", "publishData", "host"] as const).map((intent): Example => [
        rtc({ privileges: { joinChannel: 3600, publishAudioStream: 3600 } }),
        { ...KNOWN, intent },
      ]),
      ...(["publishAudio", "host"] as const).map((intent): Example => [
        rtc({ privileges: { joinChannel: 3600, publishVideoStream: 3600 } }),
        { ...KNOWN, intent },
      ]),
    ],
    not: [
      [GOOD, KNOWN],
      ...(["publishAudio", "publishVideo", "publishData"] as const).map((intent): Example => [
        GOOD,
        { ...KNOWN, intent },
      ]),
      [rtc({ privileges: { joinChannel: 3600 } }), { ...KNOWN, intent: "join" }],
    ],
  },
  "app-level-token": {
    found: [[token({}, { type: "chat", userId: "", privileges: { app: 60 } })], [
      token({}, { type: "apaas", roomUuid: "", userUuid: "", role: -1, privileges: { app: 60 } }),
    ]],
    not: [[token({}, { type: "chat", userId: "u", privileges: { user: 60 } })]],
  },
  "wildcard-channel": {
    found: [[rtc({ channelName: "*" }), KNOWN], [rtc({ channelName: "" }), KNOWN]],
    not: [[GOOD, KNOWN], [token({}, { type: "streaming", channelName: "*", account: "7", privileges: {} }), {}]],
  },
  "wildcard-user": { found: [[rtc({ uid: "*" }), KNOWN], [rtc({ uid: "" }), KNOWN]], not: [[GOOD, KNOWN]] },
  "wildcard-pattern": {
    found: [
      [rtc({ uid: "1*a*2" }), { ...KNOWN, uid: undefined, account: "1abc2" }],
      [rtc({ channelName: "lob*" }), KNOWN],
      [rtc({ channelName: "**" }), KNOWN],
      [rtc({ uid: "1*" }), {}],
    ],
    not: [[rtc({ channelName: "*", uid: "*" }), KNOWN], [token({}, { type: "rtm", userId: "a*", privileges: {} }), {}]],
  },
  "wildcard-as-name": {
    found: [[rtc({ channelName: "*" }), { ...KNOWN, channelName: "*" }], [
      rtc({ uid: "1*" }),
      { ...KNOWN, uid: undefined, account: "1*" },
    ]],
    not: [[rtc({ channelName: "*", uid: "1*" }), KNOWN], [GOOD, { ...KNOWN, intent: "loginRtm", channelName: "*" }]],
  },
  "against-documented-rules": {
    found: [[rtc({ channelName: "c".repeat(64) })], [rtc({ channelName: "a/b" })], [
      token({}, { type: "rtm", userId: " bob", privileges: {} }),
    ]],
    not: [[GOOD], [rtc({ channelName: "c".repeat(63) })]],
  },
  "legacy-format": { found: [[RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "a", 1, NOW)]], not: [[GOOD]] },
  "no-service": { found: [[golden.cases.find(({ id }) => id === "mal-count-0")!.token!]], not: [[GOOD]] },
  "unknown-service": { found: [[token({ services: [RTC, { type: 999, privileges: {} }] })]], not: [[GOOD]] },
  "trailing-bytes": { found: [[golden.cases.find(({ id }) => id === "mal-trailing-signed")!.token!]], not: [[GOOD]] },
  "text-not-utf8": { found: [[golden.cases.find(({ id }) => id === "mal-bad-utf8")!.token!]], not: [[GOOD]] },
  "not-canonical": { found: [[golden.cases.find(({ id }) => id === "mal-unsorted-privileges")!.token!]], not: [[GOOD]] },
};

/** A token whose base64 has both characters that the URL-safe alphabet changes. */
async function tokenWithPlusAndSlash(): Promise<string> {
  for (let salt = 1;; salt++) {
    const text = await token({ salt });
    if (text.includes("+") && text.includes("/")) return text;
  }
}

function urlSafe(text: string): string {
  return text.replaceAll("+", "-").replaceAll("/", "_");
}

/** A Chat token for a user. */
function chat(userId: string): Promise<string> {
  return token({}, { type: "chat", userId, privileges: { user: 3600 } });
}

/** A 006 for RTM, with the user in the one or the other field. */
async function login006(channelName: string, uid: string): Promise<string> {
  const login = { version: "006", appId: APP_ID, channelName, uid, salt: 1, ts: NOW, privileges: { rtmLogin: NOW } } as const;
  return await packToken(login, CERTIFICATE);
}
