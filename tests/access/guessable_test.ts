import { assertEquals } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import { encodeHex } from "@std/encoding/hex";
import fc from "fast-check";
import { isGuessable } from "../../src/server/access/guessable.ts";
import { accessOf, BY_SECRET } from "./harness.ts";

const GUESSABLE = [
  "your-256-bit-secret-your-256-bit-secret",
  "change-me-change-me-change-me-32",
  "correct horse battery staple and some more",
  "0123456789012345678901234567890123456789",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
  "MySuperPassword2026!MySuperPassword2026!",
  "thequickbrownfoxjumpsoverthelazydog",
];

Deno.test("isGuessable() finds secrets that people make up, and nearly no random one", () => {
  assertEquals(GUESSABLE.filter((secret) => !isGuessable(secret)), []);
  let found = 0;
  const bytes = fc.uint8Array({ minLength: 48, maxLength: 48 });
  for (const random of fc.sample(bytes, { seed: 7, numRuns: 2000 })) {
    const forms = [encodeHex(random.slice(0, 16)), encodeHex(random), encodeBase64(random.slice(0, 24)), encodeBase64(random)];
    if (new Set(random).size > 30) found += forms.filter(isGuessable).length; // fast-check likes extremes
  }
  assertEquals(found < 40, true, `${found}`);
});

Deno.test("loadAccess() remarks on a secret that may be guessed, and does not show it", async () => {
  const remark = '"jwt.secret" may be guessed: make one with openssl rand -base64 48';
  assertEquals((await accessOf({ jwt: { ...BY_SECRET, secret: GUESSABLE[0] } })).remarks, [remark]);
  assertEquals((await accessOf({ jwt: { ...BY_SECRET, secret: "f81d4fae7dec11d0a76500a0c91e6bf6b27c90de" } })).remarks, []);
});
