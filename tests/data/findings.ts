// The examples of the findings: the tests check `diagnoseToken` with them, and docs/findings.md shows the first of each.
import { encodeBase64 } from "@std/encoding/base64";
import { type DiagnoseOptions, type FindingCode, packToken, type Service, type Token007 } from "../../mod.ts";
import { DynamicKey3, DynamicKey5, RtcTokenBuilder, RtmTokenBuilder, SignalingToken } from "../../src/official/legacy/mod.ts";
import * as messages from "../../src/inspect/messages/mod.ts";
import golden from "../vectors/vectors-007.json" with { type: "json" };
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";

/** When the tokens of the examples are made, in Unix seconds. */
export const NOW = 1700000000;
/** A certificate, or an App ID, that is not that of the examples. */
export const OTHER = "11111111111111111111111111111111";

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
      [GOOD.slice(0, 30) + "\n" + GOOD.slice(30)],
      [encodeURIComponent(GOOD)],
      [urlSafe(await tokenWithPlusAndSlash())],
    ],
    not: [[GOOD], [GOOD.slice(0, -9)]],
  },
  "text-wrapped": {
    found: [[` ${GOOD}`], [`${GOOD}\n`], [`"${GOOD}"`], [JSON.stringify({ rtcToken: GOOD })], [
      `http://h/?token=${encodeURIComponent(GOOD)}`,
    ]],
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
    found: [[GOOD, { ...KNOWN, certificates: OTHER }], [GOOD, { ...KNOWN, certificates: [OTHER, APP_ID] }]],
    not: [[GOOD, KNOWN]],
  },
  "certificate-malformed": {
    found: [[GOOD, { ...KNOWN, certificates: "fedcba" }], [GOOD, { ...KNOWN, certificates: `${CERTIFICATE} ` }]],
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
      [GOOD, { ...KNOWN, uid: 0 }],
      [
        DynamicKey3.generate(APP_ID, CERTIFICATE, "c", 1, 1, 7, 0),
        { channelName: "c", uid: 8 },
      ],
      [rtc({ uid: "2*" }), KNOWN],
      [rtc({ uid: "1*" }), { ...KNOWN, uid: 0 }],
    ],
    not: [[GOOD, KNOWN], ...["", "*", "1*1", "*1001"].map((uid): Example => [rtc({ uid }), KNOWN]), [
      RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "c", 0, 1, NOW),
      {
        channelName: "c",
        uid: 8,
      },
    ]],
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
  "literal-account": {
    found: ["0", "undefined", "null", "NaN"].map((uid) => [rtc({ uid }), KNOWN] as Example).concat([[
      token({}, { type: "rtm", userId: "undefined", privileges: {} }),
    ]]),
    not: [[GOOD, KNOWN], [rtc({ uid: "" }), KNOWN], [rtc({ uid: "nullable" }), KNOWN]],
  },
  "user-in-channel-field": {
    found: [[rtc({ channelName: "bob", uid: "" }), { account: "bob", intent: "loginRtm" }]],
    not: [[GOOD, { account: "bob", intent: "loginRtm" }], [
      token({}, { type: "rtm", userId: "bob", privileges: { login: 3600 } }),
      { account: "bob", intent: "loginRtm" },
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
