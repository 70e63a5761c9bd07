import { withFixed } from "./compat/fixed.ts";
import { assert, assertEquals } from "@std/assert";
import type * as Official from "agora-access-token";
import * as ours from "../src/official/access_token.ts";
import { ACCESS_TOKEN_DIFFERENCES, accessTokenCalls } from "./compat/access_token.ts";
import type { Call } from "./compat/calls.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

const NOW = 1_700_000_000_000;
const SALT = 50_000_000;

// The package draws one salt for all tokens of a process, when it is loaded.
const { random } = Math;
Math.random = () => (SALT + 0.5) / 0xFFFFFFFF;
const { default: official } = await import("agora-access-token");
const { default: officialFile } = await import("agora-access-token/src/AccessToken.js");
Math.random = random;

/** A check of the types: a program that compiles against npm `agora-access-token` also compiles against ours. */
const typed: Omit<typeof Official, "default"> = ours;

/** Runs with a fixed clock, and with the salt of the package for ours. */
function withFixedTimeAndSalt<T>(run: () => T): T {
  const useUp = () => ours.RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "ann", 1, 9);
  return withFixed({ now: NOW, random32: SALT - 1, useUp }, run);
}

/** The result of a call: the token, or that the package refuses. */
function outcome(from: unknown, { family, method, args }: Call): string {
  try {
    const token = (from as Record<string, Record<string, (...args: unknown[]) => string>>)[family]![method]!(
      ...Object.values(args),
    );
    assert(typeof token === "string" && token.startsWith("006"));
    return token;
  } catch (error) {
    assert(from !== ours || error instanceof ours.AgoraTokenError, `${error}`);
    return "throws";
  }
}

Deno.test("access-token has the exports, methods and constants of npm agora-access-token", () => {
  assertEquals(Object.keys(ours.default).sort(), Object.keys(official).sort());
  for (const [name, value] of Object.entries(ours.default)) assertEquals(typed[name as keyof typeof typed], value);
  assertEquals<unknown>([ours.RtcRole, ours.RtmRole], [official.RtcRole, official.RtmRole]);
  for (const name of ["RtcTokenBuilder", "RtmTokenBuilder"] as const) {
    const methods = Object.getOwnPropertyNames(official[name]).filter((name) => /^build/.test(name));
    assertEquals(Object.keys(ours[name]), methods);
  }
  const { AccessToken: _, ...constants } = officialFile;
  assertEquals({ version: ours.version, priviledges: ours.priviledges }, constants);
});

Deno.test("access-token makes the tokens of npm agora-access-token in every call, except for the listed differences", () => {
  const found = new Set<string>();
  let count = 0;
  withFixedTimeAndSalt(() => {
    for (const call of accessTokenCalls()) {
      count++;
      const about = `${call.family}.${call.method}(${Object.values(call.args).map((value) => Deno.inspect(value)).join(", ")})`;
      const [theirs, mine] = [outcome(official, call), outcome(ours, call)];
      const differences = ACCESS_TOKEN_DIFFERENCES.filter(({ applies }) => applies(call));
      if (differences.length === 0 || theirs === "throws" && mine === "throws") {
        assertEquals(mine, theirs, about);
        continue;
      }
      const kind = (outcome: string) => outcome === "throws" ? outcome : "token";
      assertEquals([kind(theirs), kind(mine)], differences[0]!.outcomes, about);
      assert(theirs !== mine, about);
      found.add(differences[0]!.what);
    }
  });
  assertEquals([...found].sort(), ACCESS_TOKEN_DIFFERENCES.map(({ what }) => what).sort());
  assert(count > 2000, `${count} calls`);
});

Deno.test("access-token uses the clock, and a random salt for each token", () => {
  const made = () => {
    const token = new ours.AccessToken("", "", "", "");
    assert(token.fromString(ours.RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, "ann", 1, 9)));
    return token;
  };
  const [one, other] = [made(), made()];
  assert(Math.abs(one.ts - 86_400 - Date.now() / 1000) < 5);
  assert(one.salt !== other.salt);
});

Deno.test("AccessToken packs and reads what that of npm agora-access-token does", () => {
  const built = (Class: typeof ours.AccessToken) => {
    const token = new Class(APP_ID, CERTIFICATE, "lobby", 7);
    Object.assign(token, { salt: 1, ts: 1_700_000_000 });
    for (const number of [...Object.values(ours.priviledges), 77]) token.addPriviledge(number, 1_700_003_600 + number);
    return token.build();
  };
  const text = built(ours.AccessToken);
  assertEquals(text, built(officialFile.AccessToken));
  const read = (Class: typeof ours.AccessToken) => {
    const token = new Class("", "", "", "");
    const ok = token.fromString(text);
    const { salt, ts, messages, crc_channel_name, crc_uid, signature, appID } = token;
    return { ok, salt, ts, messages, crc_channel_name, crc_uid, signature: [...signature!], appID };
  };
  assertEquals(read(ours.AccessToken), read(officialFile.AccessToken));
  assertEquals(new ours.AccessToken("", "", "", "").fromString("007"), false);
});
