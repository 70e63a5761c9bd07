import { assert, assertEquals, assertThrows } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { decodeBase64 } from "@std/encoding/base64";
import type * as Official from "agora-token";
import official from "agora-token";
import { decodePayload } from "../src/formats/access_token2/decode.ts";
import { encodeSignedPart } from "../src/formats/access_token2/encode.ts";
import type { Token007 } from "../src/formats/access_token2/types.ts";
import * as ours from "../src/official/compat.ts";
import { inflate } from "../src/bytes/inflate.ts";
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
  const { Date } = globalThis;
  const { random } = Math;
  const fixedDate = class extends Date {
    constructor() {
      super(NOW);
    }
    static override now() {
      return NOW;
    }
  };
  Object.assign(globalThis, { Date: fixedDate });
  Math.random = () => (SALT - 0.5) / 99_999_999;
  const getRandomValues = (array: Uint32Array) => array.fill(SALT - 1);
  Object.defineProperty(crypto, "getRandomValues", { configurable: true, value: getRandomValues });
  try {
    return run();
  } finally {
    Object.assign(globalThis, { Date });
    Math.random = random;
    Reflect.deleteProperty(crypto, "getRandomValues");
  }
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
  assertEquals(Object.keys(ours).filter((name) => name !== "AgoraTokenError").sort(), Object.keys(official).sort());
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
    // A second copy of the module, which has not seen this runtime's means yet.
    const { FpaTokenBuilder } = await import("../src/official/compat.ts?without") as typeof ours;
    const error = assertThrows(() => FpaTokenBuilder.buildToken(APP_ID, CERTIFICATE), ours.AgoraTokenError);
    assertEquals(error.code, "crypto-unavailable");
  } finally {
    Object.assign(globalThis, { process });
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
