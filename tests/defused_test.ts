/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { packToken, parseToken, type Token } from "../mod.ts";
import { defused, fragmentOf, isDefused, sharedIn } from "../playground/defused.ts";
import { jsonOfToken } from "../src/inspect/json.ts";
import { APP_ID, CERTIFICATE, packed } from "./portable/case.ts";

const KEY = { appId: APP_ID, unixTs: 1_700_000_000, randomInt: 7, channelName: "stage", uid: 8, expiredTs: 1_800_000_000 };

/** A token of every format. */
const TOKENS: readonly Token[] = [
  { version: "006", appId: APP_ID, channelName: "stage", uid: "8", salt: 1, ts: 9, privileges: { joinChannel: 5, "77": 6 } },
  { version: "005", ...KEY, service: "inChannelPermission", extra: { "1": "3" } },
  { version: "004", ...KEY, service: "recording" },
  { version: "003", ...KEY },
  { version: "002", ...KEY },
  (({ uid: _uid, expiredTs: _expiredTs, ...key }) => ({ version: "001" as const, ...key }))(KEY),
  { version: "signaling", appId: APP_ID, account: "alice", expiredTs: 1_800_000_000 },
];

Deno.test("defused() keeps every field of a token of every format, with zeros instead of its signature", async () => {
  const permissions = { users: { read: ["bob"] } };
  const rtm2 = await packed({ services: [{ type: "rtm2", userId: "alice", permissions, privileges: { login: 60, "9": 1 } }] });
  for (const text of [rtm2, ...await Promise.all(TOKENS.map((token) => packToken(token, CERTIFICATE)))]) {
    const token = await parseToken(text);
    const shared = (await defused(token))!;
    const without = async (text: string) => {
      const { signature, signatureHex, md5Hex, ...rest } = jsonOfToken(await parseToken(text));
      return { rest, width: String(signature ?? signatureHex ?? md5Hex).length };
    };
    assertEquals(await without(shared), await without(text));
    assert(!isDefused(token) && isDefused(await parseToken(shared)), token.version);
    assertEquals(await sharedIn(fragmentOf(shared)), shared);
    assertEquals(await sharedIn(fragmentOf(text)), undefined, "a token with its signature");
  }
});

Deno.test("defused() drops what comes after the end, and makes nothing of what it cannot rebuild", async () => {
  const token = await parseToken(await packed());
  assert(token.version === "007");
  assertEquals(await defused({ ...token, trailingBytes: 3, signedPart: new Uint8Array(9) }), await defused(token));
  assertEquals(await defused({ ...token, unknownServiceType: 99 }), undefined);
  assertEquals(await defused({ ...token, undecoded: { "services[0].channelName": Uint8Array.of(255) } }), undefined);
  for (const fragment of ["", "inspect", "shared/", "shared/%", "shared/nothing"]) {
    assertEquals(await sharedIn(fragment), undefined, fragment);
  }
});
