import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { decide, type Grant, type Refusal } from "../../src/server/access/grant.ts";
import { matcherOf, type Placeholders } from "../../src/server/access/pattern.ts";
import type { Service, Token007 } from "../../src/formats/access_token2/types.ts";
import { checkedToken } from "../../src/build/build.ts";
import { SERVICES } from "../../src/formats/access_token2/services.ts";
import { EVERYTHING } from "../../src/server/access/grant.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

/** The grant of a user: channels of one team, only as themselves, for an hour. */
const USER: Grant = {
  services: ["rtc", "rtm", "rtm2", "chat", "apaas", "streaming", "fcdn"],
  channels: ["team-*", "room of {sub}"],
  users: ["{sub}", "{sub}-screen"],
  roles: ["subscriber", 2],
  maxExpire: 3600,
};
const SUB: Placeholders = { sub: "ann" };
const PUBLISHER: Partial<Grant> = { roles: ["publisher"] };
const NUMBERED: Partial<Grant> = { users: ["{uid}"] };
const WILD: Partial<Grant> = { wildcards: true };
const OPEN: Partial<Grant> = { ...WILD, channels: ["team-*", "*"], users: ["{sub}", "*"] };

const rtc = (more: Record<string, unknown> = {}) => ({
  type: "rtc",
  channelName: "team-1",
  account: "ann",
  role: "subscriber",
  ...more,
});
const rtm2 = (permissions: unknown) => ({ type: "rtm2", userId: "ann", permissions });
const room = (more: Record<string, unknown>) => ({ type: "apaas", roomUuid: "team-1", userUuid: "ann", role: 2, ...more });

/** A request, the caller's grant, and the field for which it is refused. */
const TABLE: [
  about: string,
  service: Record<string, unknown>,
  expected: Refusal | undefined,
  grant?: Partial<Grant>,
  Placeholders?,
][] = [
  ["own user, own team", rtc(), undefined],
  ["a channel with the user's name", rtc({ channelName: "room of ann" }), undefined],
  ["a second pattern of users", rtc({ account: "ann-screen" }), undefined],
  ["another user", rtc({ account: "bob" }), "users"],
  ["a longer name", rtc({ account: "ann2" }), "users"],
  ["the name in other case", rtc({ account: "Ann" }), "users"],
  ["another channel", rtc({ channelName: "other" }), "channels"],
  ["a channel that only ends like it", rtc({ channelName: "x team-1" }), "channels"],
  ["another user's channel", rtc({ channelName: "room of bob" }), "channels"],
  ["any channel", rtc({ channelName: "" }), "wildcards"],
  ["anyone", rtc({ account: undefined, uid: 0 }), "wildcards"],
  ["any channel where all are granted", rtc({ channelName: "" }), "wildcards", { channels: ["*"] }],
  ["any channel with wildcards alone", rtc({ channelName: "" }), "channels", WILD],
  ["anyone with wildcards alone", rtc({ account: undefined, uid: 0 }), "users", WILD],
  ["any channel and anyone, granted", rtc({ channelName: "", account: undefined, uid: 0 }), undefined, OPEN],
  ["any channel and anyone by stars, granted", rtc({ channelName: "*", account: "*" }), undefined, OPEN],
  ["any channel by a star", rtc({ channelName: "*" }), "wildcards"],
  ["any channel by a star where all are granted", rtc({ channelName: "*" }), "wildcards", { channels: ["*"] }],
  ["any channel by a star, with wildcards alone", rtc({ channelName: "*" }), "channels", WILD],
  ["anyone by a star", rtc({ account: "*" }), "wildcards", { users: ["*"] }],
  ["anyone by a star, with wildcards alone", rtc({ account: "*" }), "users", WILD],
  ["the channels of the grant by their pattern", rtc({ channelName: "team-*" }), "wildcards"],
  ["the channels of the grant by their pattern, with wildcards", rtc({ channelName: "team-*" }), undefined, WILD],
  ["some of the channels of the grant, with wildcards", rtc({ channelName: "team-a*b" }), undefined, WILD],
  ["more channels than the grant's, with wildcards", rtc({ channelName: "team*" }), "channels", WILD],
  ["two stars for any channel, with wildcards", rtc({ channelName: "**" }), "channels", WILD],
  ["other channels, with wildcards", rtc({ channelName: "*team-" }), "channels", WILD],
  ["users with the own name, with wildcards", rtc({ account: "ann-*" }), "users", WILD],
  ["users with the own name, granted", rtc({ account: "ann-*" }), undefined, { ...WILD, users: ["{sub}-*"] }],
  ["a pattern where the grant has a name of the pattern", rtc({ channelName: "a*" }), "channels", {
    ...WILD,
    channels: ["ab"],
  }],
  ["a uid for an account", rtc({ account: undefined, uid: 7 }), "users"],
  ["a uid, by placeholder", rtc({ account: undefined, uid: 7 }), undefined, NUMBERED, { sub: "ann", uid: "7" }],
  ["the subject where the uid counts", rtc(), "users", NUMBERED, { sub: "ann", uid: "7" }],
  ["a placeholder without a value", rtc({ account: "{uid}" }), "users", NUMBERED],
  ["to publish as a subscriber", rtc({ role: "publisher" }), "roles"],
  ["one stream by its name", rtc({ role: undefined, privileges: { joinChannel: 60, publishDataStream: 60 } }), "roles"],
  ["one stream by its number", rtc({ role: undefined, privileges: { 2: 60 } }), "roles"],
  ["a right that has no name", rtc({ role: undefined, privileges: { 99: 60 } }), "wildcards"],
  ["a right that has no name, with wildcards", rtc({ role: undefined, privileges: { 99: 60 } }), undefined, {
    wildcards: true,
  }],
  ["to publish as a publisher", rtc({ role: "publisher" }), undefined, PUBLISHER],
  ["to join as a publisher", rtc(), undefined, PUBLISHER],
  ["to join without a role", rtc(), "roles", { roles: [] }],
  ["to login without a role", { type: "rtm", userId: "ann" }, undefined, { roles: [] }],
  ["a right that outlives the grant", rtc({ privilegeExpire: 3601 }), "maxExpire"],
  ["a service that is not granted", { type: "fpa" }, "services"],
  ["speech to text", { type: "stt" }, "services"],
  ["RTM as oneself", { type: "rtm", userId: "ann" }, undefined],
  ["RTM as another", { type: "rtm", userId: "bob" }, "users"],
  ["Chat as oneself", { type: "chat", userId: "ann" }, undefined],
  ["Chat as another", { type: "chat", userId: "bob" }, "users"],
  ["Chat for the app", { type: "chat", app: true }, "appLevel"],
  ["Chat for the app with wildcards", { type: "chat", app: true }, "appLevel", { wildcards: true }],
  ["Chat for the app, granted", { type: "chat", app: true }, undefined, { appLevel: true }],
  ["a room as a pupil", room({}), undefined],
  ["a room as its teacher", room({ role: 1 }), "roles"],
  ["another room", room({ roomUuid: "other" }), "channels"],
  ["a room as another", room({ userUuid: "bob" }), "users"],
  ["a role of no name in a room", room({ role: -1 }), "roles"],
  ["every room", { type: "apaas", userUuid: "ann" }, "wildcards"],
  ["every room with wildcards alone", { type: "apaas", userUuid: "ann" }, "channels", WILD],
  ["every room, without a role, granted", { type: "apaas", userUuid: "ann" }, undefined, OPEN],
  [
    "a CDN channel that is empty, with wildcards alone",
    {
      type: "fcdn",
      channelName: "",
      account: "ann",
      privileges: { play: 60 },
    },
    "channels",
    WILD,
  ],
  ["APaaS for the app", { type: "apaas", app: true }, "appLevel"],
  ["media push", { type: "streaming", channelName: "team-1", account: "ann", privileges: { publishMixStream: 60 } }, "roles"],
  ["CDN play", { type: "fcdn", channelName: "team-1", account: "ann", privileges: { play: 60 } }, undefined],
  ["CDN publish", { type: "fcdn", channelName: "team-1", account: "ann", privileges: { publish: 60 } }, "roles"],
  ["to read a team's channel", rtm2({ messageChannels: { read: ["team-1"] }, users: { read: ["ann"] } }), undefined],
  ["to write a channel as a subscriber", rtm2({ messageChannels: { write: ["team-1"] } }), "roles"],
  ["to write a channel as a publisher", rtm2({ messageChannels: { write: ["team-1"] } }), undefined, PUBLISHER],
  ["to read a channel as a publisher", rtm2({ messageChannels: { read: ["team-1"] } }), undefined, PUBLISHER],
  ["to read a channel with the number of a role only", rtm2({ messageChannels: { read: ["team-1"] } }), "roles", {
    roles: [2],
  }],
  ["a role in a room, 0 too", room({ role: 0 }), "roles"],
  ["to read another channel", rtm2({ messageChannels: { read: ["team-1", "other"] } }), "channels"],
  ["to write another channel, by number", rtm2({ 1: { 1: ["other"] } }), "channels"],
  ["another user's data", rtm2({ users: { read: ["bob"] } }), "users"],
  ["another user's data, by number", rtm2({ 4: { read: ["bob"] } }), "users"],
  ["every channel by a star", rtm2({ messageChannels: { read: ["team-*"] } }), "wildcards"],
  ["everyone by a star in the own name", rtm2({ users: { read: ["*"] } }), "wildcards", { users: ["{sub}", "ann"] }, {
    sub: "*",
  }],
  ["every channel by a star, with wildcards", rtm2({ messageChannels: { read: ["team-*"] } }), undefined, { wildcards: true }],
  ["a resource that has no name", rtm2({ 5: { read: ["team-1"] } }), "wildcards"],
  ["a resource that has no name, with wildcards", rtm2({ 5: { read: ["other"] } }), undefined, { wildcards: true }],
  ["a permission that has no name", rtm2({ users: { 2: ["ann"] } }), "wildcards"],
];

/** The token that a service would be in. */
function tokenWith(service: Record<string, unknown>, expire = 3600): Token007 {
  const services = [JSON.parse(JSON.stringify(service))];
  return checkedToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire, services });
}

for (const [about, service, expected, grant = {}, placeholders = SUB] of TABLE) {
  Deno.test(`decide() ${expected === undefined ? "allows" : `refuses for its ${expected}:`} ${about}`, () => {
    assertEquals(decide({ ...USER, ...grant }, placeholders, tokenWith(service)), expected);
  });
}

Deno.test("decide() checks the lifetime, the project, and every service of a token", () => {
  assertEquals(decide(USER, SUB, tokenWith(rtc(), 3601)), "maxExpire");
  assertEquals(decide(USER, SUB, tokenWith(rtc({ privilegeExpire: 60 }), 3601)), "maxExpire");
  for (const maxExpire of [NaN, undefined]) { // of a grant that loadAccess() did not read
    assertEquals(decide({ ...USER, maxExpire: maxExpire as number }, SUB, tokenWith(rtc())), "maxExpire");
  }
  assertEquals(decide({ ...USER, appIds: ["2".repeat(32)] }, SUB, tokenWith(rtc())), "appIds");
  assertEquals(decide({ ...USER, appIds: ["2".repeat(32), APP_ID.toUpperCase()] }, SUB, tokenWith(rtc())), undefined);
  assertEquals(decide({ ...USER, appIds: [APP_ID] }, SUB, { ...tokenWith(rtc()), appId: APP_ID.toUpperCase() }), undefined);
  assertEquals(decide({ ...USER, appIds: [] }, SUB, tokenWith(rtc())), "appIds");
  const both = {
    ...tokenWith(rtc()),
    services: [...tokenWith(rtc()).services, ...tokenWith(rtc({ account: "bob" })).services],
  };
  assertEquals(decide(USER, SUB, both), "users");
  assertEquals(decide(USER, SUB, { ...tokenWith(rtc()), services: [{ type: 99, privileges: {} }] }), "services");
});

Deno.test("decide() allows a 006 only if the grant allows any channel and user", () => {
  const open: Grant = { ...USER, channels: ["*"], users: ["*"], wildcards: true };
  const decision = (grant: Partial<Grant>, service: Record<string, unknown> = rtc(), version: "006" | "007" = "006") =>
    decide({ ...open, ...grant }, SUB, tokenWith(service), version);
  const rtm = { type: "rtm", userId: "ann" };
  assertEquals(decision({}), undefined);
  assertEquals(decision({ channels: USER.channels }), "channels");
  assertEquals(decision({ users: USER.users }), "users");
  assertEquals(decision({ wildcards: false }), "wildcards");
  assertEquals(decision({ users: USER.users }, rtm), "users");
  assertEquals(decision({}, rtm), undefined);
  // The end of a long name of RTM can become the right to join a channel, which the rest of the name then is.
  assertEquals(decision({ services: ["rtm"] }, rtm), "services");
  assertEquals(decision({ channels: USER.channels }, rtm), "channels");
  assertEquals(decision({ wildcards: false }, rtm), "wildcards");
  assertEquals(decision({ services: ["rtm"] }), "services");
  for (const service of [rtc(), rtm]) assertEquals(decide(USER, SUB, tokenWith(service), "007"), undefined);
});

Deno.test("decide() checks every field of the table of services", () => {
  const stranger: Grant = { ...EVERYTHING, channels: [], users: [], roles: ["publisher"], wildcards: false };
  for (const spec of SERVICES) {
    const fields = Object.fromEntries(
      spec.fields.map(({ name, wire }) => [name, wire === "str" ? "x" : wire === "i16" ? 7 : { users: { read: ["x"] } }]),
    );
    const service = { type: spec.name, privileges: {}, ...fields } as unknown as Service;
    const token = { appId: APP_ID, expire: 60, services: [service] };
    assertEquals(decide(EVERYTHING, {}, token), undefined, spec.name);
    assertEquals(decide(stranger, {}, token) === undefined, spec.fields.length === 0, spec.name);
    for (const { name, wire, rule } of spec.fields) {
      // With everything granted but what this field is about, it alone is refused.
      const about = rule === "channel" || rule === "room"
        ? { channels: [] }
        : rule === "role"
        ? { roles: ["publisher" as const] }
        : { users: [] };
      const refusal = decide({ ...EVERYTHING, ...about }, {}, token);
      assertEquals(refusal, wire === "i16" ? "roles" : Object.keys(about)[0] as Refusal, `${spec.name}.${name}`);
    }
  }
});

Deno.test("matcherOf() treats a star as any text, and everything else literally", () => {
  const cases: [string, string, boolean, Placeholders?][] = [
    ["lobby", "lobby", true],
    ["lobby", "lobby2", false],
    ["*", "", true],
    ["*", "anything", true],
    ["a*", "a", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["*b*", "abc", true],
    ["**", "x", true],
    [".", "x", false],
    ["a.c", "abc", false],
    ["[ab]", "a", false],
    ["{sub}", "ann", true, { sub: "ann" }],
    ["{sub}", "", false, { sub: "" }],
    ["{sub}", "{sub}", false],
    ["{sub}", "anything", false, { sub: "*" }],
    ["{sub}", "*", false, { sub: "*" }], // a user's name is never a pattern
    ["{sub}*", "*x", false, { sub: "*" }],
    ["{uid}*", "1x", true, { sub: "*", uid: "1" }],
    ["{sub}*", "yx", false, { sub: "*" }],
    ["{sub}", "7", false, { sub: "{uid}", uid: "7" }],
    ["{sub}-{uid}", "$&-7", true, { sub: "$&", uid: "7" }],
    ["{uid}", "7", false, { sub: "7" }],
    ["{sub}/{sub}", "ann/ann", true, { sub: "ann" }],
  ];
  for (const [pattern, text, expected, values = {}] of cases) {
    assertEquals(matcherOf([pattern], values)(text), expected, `${pattern} ${text}`);
  }
});

Deno.test("matcherOf() agrees with a regular expression of the same meaning", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
      assertEquals(matcherOf([pattern], {})(name), expected, `${pattern} ${name}`);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

Deno.test("matcherOf() takes little time for a pattern that is made to be slow", () => {
  assertEquals(matcherOf([`${"*a".repeat(2000)}*b`], {})("a".repeat(4000)), false);
});
