import { assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { accessOf, apiKey, entryOf } from "./harness.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("authenticate() identifies callers by the digests of their keys, each where its key may be", async () => {
  const keys = [
    await entryOf("old", { maxExpire: undefined }),
    await entryOf("new", { rateLimit: 5 }),
    await entryOf("app", { path: true }),
  ];
  const access = await accessOf({ keys });
  const by = async (bearer?: string, pathKey?: string) => (await access.authenticate(bearer, pathKey))?.id;
  assertEquals([await by(apiKey("old")), await by(apiKey("new")), await by(apiKey("app"))], ["key:old", "key:new", "key:app"]);
  const [first, second] = [
    await access.authenticate(apiKey("old"), undefined),
    await access.authenticate(apiKey("new"), undefined),
  ];
  assertEquals([first?.rateLimit, second?.rateLimit], [undefined, 5]);
  assertEquals([first?.grant.maxExpire, second?.grant.maxExpire], [3600, 86_400]);
  assertEquals([await by(undefined, apiKey("app")), await by(undefined, apiKey("old"))], ["key:app", undefined]);
  assertEquals([await by(apiKey("old"), apiKey("none")), await by(apiKey("old"), apiKey("app"))], [undefined, "key:app"]);
  for (
    const wrong of [undefined, "", apiKey("none"), apiKey("old").toUpperCase(), `${apiKey("old")} `, apiKey("old").slice(1)]
  ) {
    assertEquals(await by(wrong), undefined);
  }
  assertEquals([access.keysInPaths, (await accessOf({ keys: keys.slice(0, 2) })).keysInPaths], [true, false]);
});

Deno.test("authenticate() never accepts a key of fewer than 22 characters, whatever digest is configured", async () => {
  for (const [key, known] of [["test", false], ["x".repeat(21), false], ["x".repeat(22), true]] as const) {
    const sha256 = encodeHex(await crypto.subtle.digest("SHA-256", utf8(key))).toUpperCase();
    const access = await accessOf({ keys: [{ ...await entryOf("a"), sha256 }] });
    assertEquals(await access.authenticate(key, undefined) !== undefined, known, key);
  }
});
