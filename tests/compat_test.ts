import { withFixed } from "./compat/fixed.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { decodeBase64 } from "@std/encoding/base64";
import type * as Official from "agora-token";
import official from "agora-token";
import officialFile from "agora-token/src/AccessToken2.js";
import { decodePayload } from "../src/formats/access_token2/decode.ts";
import { encodeSignedPart } from "../src/formats/access_token2/encode.ts";
import type { Token007 } from "../src/formats/access_token2/types.ts";
import * as ours from "../src/official/compat.ts";
import { inflate } from "../src/bytes/inflate.ts";
import type * as synchronous from "../src/official/synchronous.ts";
import { type Call, calls } from "./compat/calls.ts";
import { DIFFERENCES } from "./compat/differences.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

type Names = Omit<typeof Official, "default">; // what Deno adds to CommonJS

/** A check of the types: a program that compiles against npm `agora-token` also compiles against ours. */
const typed: Names = ours;

type Package = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => string>>>>;

const NOW = 1_700_000_000_901; // agora-token keeps the fraction of the second until it packs it
const SALT = 50_000_000;

/** Runs with a fixed clock, and fixed random numbers for both packages' salts. */
function withFixedTimeAndSalt<T>(run: () => T): T {
  const useUp = () => ours.FpaTokenBuilder.buildToken(APP_ID, CERTIFICATE);
  return withFixed({ now: NOW, random32: SALT - 1, random: () => (SALT - 0.5) / 99_999_999, useUp }, run);
}

/** The result of a call: the payload in hex, or how the package refuses. */
function outcome(from: unknown, { family, method, args }: Call): string {
  try {
    const token = (from as Package)[family]![method]!(...Object.values(args));
    assert(typeof token === "string");
    return token === "" ? "empty" : encodeHex(payloadOf(token));
  } catch (error) {
    assert(
      from !== ours || error instanceof ours.AgoraTokenError,
      `${error}`,
    );
    return "throws";
  }
}

function payloadOf(token: string): Uint8Array<ArrayBuffer> {
  return inflate(decodeBase64(token.slice(3)), 2 ** 24).bytes;
}

Deno.test("compat has the exports, methods and constants of npm agora-token", () => {
  assertEquals(Object.keys(ours.default).sort(), Object.keys(official).sort());
  for (const [name, value] of Object.entries(ours.default)) assertEquals(ours[name as keyof Names], value);
  const members = (value: object) =>
    Object.getOwnPropertyNames(value).filter((name) => !["length", "name", "prototype"].includes(name)).sort();
  for (const [name, value] of Object.entries(official) as [keyof Names, object][]) {
    assertEquals(members(ours[name]), members(value), name);
    for (const [key, constant] of Object.entries(value)) {
      if (typeof constant === "number") assertEquals((ours[name] as unknown as Record<string, unknown>)[key], constant);
    }
  }
  const permissions = new typed.Rtm2Permissions();
  permissions.add(ours.Rtm2Permissions.kUsers, ours.Rtm2Permissions.kWrite, ["u"]);
  const other = new official.Rtm2Permissions();
  other.add(4, 1, ["u"]);
  assertEquals(permissions.details, other.details);
});

Deno.test("compat packs what npm agora-token packs in every call, except for the listed differences", () => {
  const found = new Set<string>();
  let count = 0;
  withFixedTimeAndSalt(() => {
    for (const call of calls()) {
      count++;
      const about = () => `${call.family}.${call.method}(${JSON.stringify(call.args).slice(0, 500)})`;
      const [theirs, mine] = [outcome(official, call), outcome(ours, call)];
      const differences = DIFFERENCES.filter(({ applies }) => applies(call));
      // A refusal hides the differences of the token.
      const deciding = differences.find(({ outcomes }) => outcomes.join() !== "token,token") ?? differences[0];
      const bothRefuse = theirs === "throws" && mine === "throws";
      if (deciding === undefined || bothRefuse && deciding.outcomes[1] === "token") {
        assertEquals(mine, theirs, about());
        continue;
      }
      const kind = (outcome: string) => outcome === "empty" || outcome === "throws" ? outcome : "token";
      assertEquals([kind(theirs), kind(mine)], deciding.outcomes, about());
      found.add(deciding.what);
      if (deciding.outcomes.join() !== "token,token") continue;
      for (const { what } of differences) found.add(what);
      const expected = differences.reduce((token, { asOfficial }) => asOfficial!(token), dataOf(mine));
      assertEquals(signedPart(theirs), encodeHex(encodeSignedPart(expected)), about());
      assert(theirs !== mine, about());
    }
  });
  assertEquals([...found].sort(), DIFFERENCES.map(({ what }) => what).sort());
  assert(count > 13_000, `${count} calls`);
});

Deno.test("compat uses the clock and a random salt for each token", () => {
  const made = () => dataOf(encodeHex(payloadOf(ours.FpaTokenBuilder.buildToken(APP_ID, CERTIFICATE))));
  assert(Math.abs(made().issueTs - Date.now() / 1000) < 5);
  // Random numbers are taken many at a time, and those left over may be of the test before.
  const salts = new Set(Array.from({ length: 200 }, () => made().salt));
  assert(salts.size > 100, `${salts.size} salts`);
});

Deno.test("compat names the alternative if the runtime has no synchronous cryptography", async () => {
  const { process } = globalThis;
  try {
    Object.assign(globalThis, { process: undefined });
    // A second copy of the module, which has not chosen an engine yet.
    const { chosenEngine } = await import("../src/official/synchronous.ts?without") as typeof synchronous;
    assertEquals(assertThrows(chosenEngine, ours.AgoraTokenError).code, "crypto-unavailable");
  } finally {
    Object.assign(globalThis, { process });
  }
});

Deno.test("compat warns once where a builder gets the six arguments of agora-access-token, and makes agora-token's token", async () => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => void warnings.push(text);
  try {
    const { RtcTokenBuilder } = await import("../src/official/compat.ts?warns") as typeof ours; // one that has not warned yet
    const inAnHour = Math.floor(NOW / 1000) + 3600;
    RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "lobby", 7, 1, inAnHour, inAnHour);
    RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "lobby", 7, 1, 3600);
    assertEquals(warnings, []);
    const calls = [RtcTokenBuilder.buildTokenWithUid, RtcTokenBuilder.buildTokenWithUserAccount];
    for (const build of calls) {
      const { expire, services } = dataOf(encodeHex(payloadOf(build(APP_ID, CERTIFICATE, "lobby", "7", 1, inAnHour))));
      assertEquals([expire, new Set(Object.values(services[0]!.privileges))], [inAnHour, new Set([0])]);
    }
    assertEquals(warnings.length, 1);
    assertMatch(warnings[0]!, /^agoratoken: buildTokenWithUid\(\) got the arguments of agora-access-token/);
    assert(!warnings[0]!.includes(CERTIFICATE));
  } finally {
    console.warn = warn;
  }
});

Deno.test("AccessToken2 of compat packs and reads what that of npm agora-token does, with every service", () => {
  const permissions = new ours.Rtm2Permissions();
  permissions.add(0, 1, ["a", "b"]);
  const fields: Record<string, unknown[]> = {
    ServiceRtc: ["lobby", 7],
    ServiceRtm: ["ann"],
    ServiceRtm2: ["ann", permissions],
    ServiceStreaming: ["lobby", "ann"],
    ServiceFpa: [],
    ServiceChat: ["ann"],
    ServiceFCdn: ["lobby", 7],
    ServiceApaas: ["room", "ann", 2],
    ServiceConvoAI: [],
    ServiceStt: [],
  };
  const built = (from: Record<string, unknown>) => {
    const { AccessToken2, ...classes } = from as unknown as typeof ours;
    const token = new AccessToken2(APP_ID, CERTIFICATE, 1_700_000_000, 900);
    for (const [name, values] of Object.entries(fields)) {
      const Class = classes[name as "ServiceRtc"];
      const service = new Class(...values as [string]);
      for (const [constant, number] of Object.entries(Class)) {
        if (constant.includes("rivilege") || constant.startsWith("PRIV")) service.add_privilege(number, 600);
      }
      token.add_service(service);
    }
    return [token.build(), AccessToken2] as const;
  };
  const [[theirs, Theirs], [mine, Mine]] = withFixedTimeAndSalt(() => [built(officialFile), built(ours)]);
  assertEquals(encodeHex(payloadOf(mine)), encodeHex(payloadOf(theirs)));
  const read = (Class: typeof ours.AccessToken2) => {
    const token = new Class("", "", 0, 0);
    const ok = token.from_string(theirs);
    const services = token.services.map((service) => ({
      type: service.service_type(),
      privileges: service.__privileges,
      names: ["__channel_name", "__uid", "__user_id", "__account", "__room_uuid"].map((name) =>
        String(service[name as "__uid"])
      ),
      details: (service.__permissions as ours.Rtm2Permissions | undefined)?.details,
    }));
    const { appId, issueTs, expire, salt } = token;
    const signed = [CERTIFICATE, CERTIFICATE.replace("f", "0")].map((certificate) => token.verifySignature(certificate));
    return { ok, services, appId: String(appId), issueTs, expire, salt, signed, rtm: token.getServices(2).length };
  };
  assertEquals(read(Mine), read(Theirs));
  for (const text of ["", "006", "007!", `007${"eJw".repeat(9)}`]) {
    assertEquals(new Mine("", "", 0, 0).from_string(text), false, text);
  }
});

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
}

function dataOf(payload: string): Token007 {
  const { version, appId, issueTs, expire, salt, services } = decodePayload(bytesOf(payload)).token as Token007;
  return { version, appId, issueTs, expire, salt, services };
}

/** The payload after the signature. */
function signedPart(payload: string): string {
  return payload.slice(68);
}
