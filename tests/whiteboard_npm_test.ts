import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as npm from "netless-token";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import {
  buildWhiteboardToken,
  explainWhiteboardToken,
  packWhiteboardToken,
  parseWhiteboardToken,
  verifyWhiteboardToken,
  type WhiteboardKind,
  type WhiteboardOptions,
} from "../src/whiteboard/mod.ts";

// `./whiteboard` and npm netless-token 1.0.2, which has builders and no reader.

const NOW = 1_700_000_000_000;
const ROLES = ["admin", "writer", "reader"] as const;
const BUILDERS = { sdk: npm.sdkToken, room: npm.roomToken, task: npm.taskToken };

/** The token of the package at a fixed time. */
function official(kind: WhiteboardKind, accessKey: string, secretKey: string, lifespan: number, content: object): string {
  const { now } = Date;
  Date.now = () => NOW;
  try {
    return BUILDERS[kind](accessKey, secretKey, lifespan, content);
  } finally {
    Date.now = now;
  }
}

const kinds = fc.constantFrom("sdk", "room", "task");
const key = fc.string({ minLength: 1, maxLength: 40, unit: "binary" });
const plain = fc.stringMatching(/^[\w-]{1,40}$/);

Deno.test("parseWhiteboardToken() and verifyWhiteboardToken() read what npm netless-token makes, whatever it is made of", async () => {
  const roles = fc.constantFrom("0", "1", "2");
  const lifespan = fc.oneof(fc.constantFrom(0, -5), fc.integer({ min: 1, max: 3_155_760_000_000 }));
  const property = fc.asyncProperty(kinds, key, key, lifespan, roles, key, async (kind, ak, secretKey, lifespan, role, id) => {
    const uuid = kind === "sdk" ? undefined : id;
    const token = official(kind, ak, secretKey, lifespan, { role, ...(uuid === undefined ? {} : { uuid }) });
    const read = parseWhiteboardToken(token);
    assertEquals([read.kind, read.accessKey, read.uuid], [kind, ak, uuid]);
    assertEquals([read.role, read.expireAt], [ROLES[Number(role)], lifespan > 0 ? NOW + lifespan : undefined]);
    const { ok, signature } = await verifyWhiteboardToken(token, { secretKey, now: NOW });
    assertEquals([ok, signature], [true, "valid"]);
    assertEquals((await verifyWhiteboardToken(token, { secretKey: secretKey + "x", now: NOW })).signature, "invalid");
    assertEquals(await packWhiteboardToken(kind, read.fields, secretKey), token);
  });
  await fc.assert(property, { numRuns: 300, seed: 17 });
});

Deno.test("buildWhiteboardToken() makes the token of npm netless-token from the same time and nonce", async () => {
  const lifespan = fc.oneof(fc.constant("permanent" as const), fc.integer({ min: 1000, max: 3_155_760_000_000 }));
  const property = fc.asyncProperty(
    kinds,
    plain,
    plain,
    fc.constantFrom(...ROLES),
    plain,
    lifespan,
    async (kind, accessKey, secretKey, role, uuid, lifespan) => {
      const more = kind === "sdk" ? {} : { uuid };
      const content = { role: Object.values(npm.TokenRole)[ROLES.indexOf(role)], ...more };
      const theirs = official(kind, accessKey, secretKey, lifespan === "permanent" ? 0 : lifespan, content);
      const { nonce } = parseWhiteboardToken(theirs);
      const options = { kind, accessKey, secretKey, role, ...more, lifespan, now: NOW, nonce } as WhiteboardOptions;
      assertEquals(await buildWhiteboardToken(options), theirs);
    },
  );
  await fc.assert(property, { numRuns: 300, seed: 17 });
});

Deno.test("packWhiteboardToken() signs as node:crypto does, with content of any kind", async () => {
  const fields = fc.dictionary(key.filter((name) => name !== "sig"), fc.string({ unit: "binary", maxLength: 40 }));
  const property = fc.asyncProperty(kinds, fields, key, async (kind, fields, secretKey) => {
    const token = await packWhiteboardToken(kind, fields, secretKey);
    assert(token.startsWith(npm.TokenPrefix[kind.toUpperCase() as "SDK"]));
    const query = Buffer.from(token.slice(token.indexOf("_") + 1), "base64url").toString();
    const { sig, ...signed } = Object.fromEntries(
      query.split("&").map((pair) => pair.split("=").map(decodeURIComponent) as [string, string]),
    );
    assertEquals(signed, fields);
    const names = Object.keys(signed).sort();
    const text = `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(signed[name])}`).join()}}`;
    assertEquals(sig, createHmac("sha256", secretKey).update(text).digest("hex"));
  });
  await fc.assert(property, { numRuns: 300, seed: 17 });
});

Deno.test("explainWhiteboardToken() finds in npm netless-token's nonce when it was made, and no hardware address", () => {
  const token = official("room", "ak", "sk", 600_000, { role: npm.TokenRole.Reader, uuid: "a" });
  const { issuedAt, findings } = explainWhiteboardToken(token, { now: NOW });
  assert(Math.abs(issuedAt! - NOW) < 1000, `${issuedAt}`);
  assertEquals(findings, []);
});
