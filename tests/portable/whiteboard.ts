import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import {
  AgoraTokenError,
  buildWhiteboardToken,
  explainWhiteboardToken,
  packWhiteboardToken,
  parseWhiteboardToken,
  verifyWhiteboardToken,
  WHITEBOARD_RIGHTS,
  type WhiteboardKind,
  type WhiteboardOptions,
} from "../../src/whiteboard/mod.ts";
import golden from "../vectors/vectors-whiteboard.json" with { type: "json" };
import { collect } from "./case.ts";

export const { cases, test } = collect();

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

const ROLES = ["admin", "writer", "reader"] as const;
const SECRET = "fakeSecretAccessKey0123456789abc";
const UUID = "0123456789abcdef0123456789abcdef";
const NOW = 1_700_000_000_000;

/** The fields that npm netless-token 1.0.2 signs: content first, then what the arguments give, every value as a text. */
function fieldsOf({ accessKey, lifespan, now, nonce, content }: Vector): Record<string, string> {
  const fields = { ...content, ak: accessKey, nonce, ...(lifespan > 0 ? { expireAt: now + lifespan } : {}) };
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}

/** How a token is signed, by the names of the vectors. */
async function signingOf(token: string, secretKey: string): Promise<string> {
  const { signature, findings } = await verifyWhiteboardToken(token, { secretKey, now: NOW });
  const found = findings.find(({ code }) => code === "signed-otherwise");
  assertEquals(signature === "valid", !findings.some(({ code }) => /^sign(ature-mismatch|ed-otherwise)$/.test(code)));
  return signature === "valid" ? "canonical" : found?.code === "signed-otherwise" ? found.params.signing : signature;
}

for (const vector of golden.build as Vector[]) {
  const { id, input, token, rule, divergent = [] } = vector;
  const { kind, secretKey } = input;
  if (rule === "canonical" && secretKey !== "") {
    test(`packWhiteboardToken() makes the token of ${id}`, async () => {
      assertEquals(await packWhiteboardToken(kind, fieldsOf(input), secretKey), token);
    });
  }
  test(`verifyWhiteboardToken() says which port made each token of ${id}`, async () => {
    const made = [vector, ...divergent].filter(({ token }: Vector) => token !== undefined);
    for (const { token, rule } of made) {
      if (secretKey === "") {
        const { code, field } = await assertRejects(() => signingOf(token, secretKey), AgoraTokenError) as AgoraTokenError;
        assertEquals([code, field], ["invalid-value", "secretKey"]); // WebCrypto has no empty key, and nobody should
      } else {
        // A signature of the caller's own, or that was signed along, is that of nothing that is in the token.
        assertEquals(await signingOf(token, secretKey), /^(sig-signed|none)$/.test(rule) ? "invalid" : rule);
      }
    }
  });
}

test("buildWhiteboardToken() makes the tokens of the ports from options in words", async () => {
  let count = 0;
  for (const { id, input, token } of golden.build as Vector[]) {
    const { kind, accessKey, secretKey, lifespan, now, nonce, content: { role, uuid, ...more } } = input;
    const isPlain = secretKey !== "" && accessKey !== "" && /^[012]$/.test(role) && typeof role === "string" &&
      (kind === "sdk" ? uuid === undefined : Boolean(uuid)) && Object.keys(more).length === 0 &&
      (lifespan === 0 || Number.isInteger(lifespan) && lifespan >= 1000);
    if (!isPlain) continue;
    count++;
    const options = {
      kind,
      accessKey,
      secretKey,
      role: ROLES[Number(role)]!,
      ...(uuid === undefined ? {} : { uuid }),
      lifespan: lifespan || "permanent",
      now,
      nonce,
    } as WhiteboardOptions;
    assertEquals(await buildWhiteboardToken(options), token, id);
  }
  assert(count > 30, `${count} vectors`);
});

test("verifyWhiteboardToken() verifies what unaltered ports made", async () => {
  for (const { call, token, rule, producedBy } of golden.asShipped as Vector[]) {
    assertEquals(await signingOf(token, call.secretKey), rule, producedBy);
    const { kind, role, uuid, expireAt } = parseWhiteboardToken(token);
    assertEquals([kind, role, uuid], [call.kind, ROLES[Number(call.content.role)], call.content.uuid], producedBy);
    assertEquals(expireAt !== undefined, call.lifespan > 0);
    const { issuedAt, findings } = explainWhiteboardToken(token, { now: NOW });
    const hasAddress = findings.some(({ code }) => code === "nonce-address");
    assertEquals([issuedAt !== undefined, hasAddress], [/npm|python|ruby/.test(producedBy), /python|ruby/.test(producedBy)]);
    if (issuedAt !== undefined && expireAt !== undefined) {
      assert(Math.abs(expireAt - issuedAt - call.lifespan) < 1000, `${producedBy}: ${expireAt - issuedAt}`);
    }
  }
});

for (const { id, token, secretKey, signature, now, expired } of golden.verify as Vector[]) {
  test(`verifyWhiteboardToken() judges ${id}`, async () => {
    const expected = signature === false || signature === "false" || signature === "undecided" ? "invalid" : signature;
    assertEquals(await signingOf(token, secretKey), expected);
    const { ok, findings } = await verifyWhiteboardToken(token, { secretKey, now: now ?? NOW });
    if (expired !== undefined) assertEquals(findings.some(({ code }) => code === "expired"), expired);
    const isTouched = /padding|prefix-changed-room-to-sdk/.test(id);
    assertEquals(ok, expected === "canonical" && !expired && !isTouched, JSON.stringify(findings));
    if (isTouched) assertMatch(findings[0]!.code, /^(not-canonical|uuid-unexpected)$/);
  });
}

/** What is expected of each kind of malformed text: whether it is read, and with which findings. */
for (const { id, text, expect, field } of golden.malformed as Vector[]) {
  test(`explainWhiteboardToken() says what is wrong with ${id}`, async () => {
    const { token, findings } = explainWhiteboardToken(text, { now: NOW });
    const [first] = findings.filter(({ severity }) => severity === "error");
    const { ok } = await verifyWhiteboardToken(text, { secretKey: SECRET, now: NOW });
    if (expect !== "readable") assertEquals(ok, false);
    const isAround = /^(space-before|newline-after|quotes-around)$/.test(id);
    if (isAround) {
      assertEquals([first?.code, token !== undefined], ["text-around", true]);
      const { code } = assertThrows(() => parseWhiteboardToken(text), AgoraTokenError) as AgoraTokenError;
      assertEquals(code, id === "newline-after" ? "malformed-base64" : "unknown-format");
    } else if (expect === "readable") {
      const isCanonical = id === "query-empty-pairs";
      assertEquals<unknown>([token !== undefined, first?.code], [true, isCanonical ? undefined : "not-canonical"]);
      assertEquals(ok, isCanonical);
    } else {
      assertEquals(token, undefined);
      const { code, field: named } = assertThrows(() => parseWhiteboardToken(text), AgoraTokenError) as AgoraTokenError;
      if (expect === "not-a-token") assertEquals(code, "unknown-format");
      else if (expect === "unreadable") {
        assertMatch(code, /^malformed-(base64|field)$/);
        assertEquals([first?.code, code === "malformed-base64"], ["unreadable", /base64|utf-8/.test(field)]);
      } else assertEquals([named, first?.field], [field, field]);
    }
  });
}

const BASE = { ak: "agoratokenAK0001", expireAt: "1700003600000", nonce: "1", role: "1", uuid: UUID };

test("verifyWhiteboardToken() refuses every altered character of a token, and every part of one", async () => {
  for (
    const [kind, fields] of [["room", BASE], ["task", { ...BASE, uuid: "a b" }], ["sdk", {
      ak: "a",
      nonce: "n",
      role: "0",
    }]] as const
  ) {
    const token = await packWhiteboardToken(kind, fields, SECRET);
    const verified = async (text: string) => (await verifyWhiteboardToken(text, { secretKey: SECRET, now: NOW })).ok;
    assert(await verified(token));
    for (let at = 0; at < token.length; at++) {
      for (const [index, other] of ["A", "z", "9", "-", "_", "+", "=", ".", " ", "é"].entries()) {
        if (other === token[at] || (index + at) % 3 > 0) continue;
        const altered = token.slice(0, at) + other + token.slice(at + 1);
        assertEquals(await verified(altered), false, `${kind}: ${other} at ${at}`);
      }
      assertEquals(await verified(token.slice(0, at)), false, `${kind}: ${at} characters`);
    }
    for (const more of ["A", "AAAA", "=", "==", "\n", "JnpldGE9MQ"]) assertEquals(await verified(token + more), false, more);
  }
});

test("verifyWhiteboardToken() takes any content, and refuses it once it is altered", async () => {
  for (const value of ["é密🎥", "a&b=c%d#e?f+ g", '"\\\n\u0001\u007f\u2028', "x".repeat(5000), "__proto__", "None"]) {
    for (const key of ["uuid", "zeta", "Alpha", "é", "__proto__", "a=b&c"]) {
      const fields = Object.fromEntries([...Object.entries(BASE), [key, value]]);
      const token = await packWhiteboardToken("room", fields, SECRET);
      const verified = await verifyWhiteboardToken(token, { secretKey: SECRET, now: NOW });
      assertEquals([verified.ok, verified.token?.fields], [true, fields], JSON.stringify([key, value]));
      const other = await packWhiteboardToken(
        "room",
        Object.fromEntries([...Object.entries(fields), [key, value + "x"]]),
        "another",
      );
      assertEquals((await verifyWhiteboardToken(other, { secretKey: SECRET, now: NOW })).signature, "invalid");
    }
  }
});

test("verifyWhiteboardToken() takes a byte order mark as a part of the content, which is then another", async () => {
  const token = await packWhiteboardToken("room", BASE, SECRET);
  const marked = token.replace("_", `_${btoa("\xef\xbb\xbf")}`);
  const { ok, signature } = await verifyWhiteboardToken(marked, { secretKey: SECRET, now: NOW });
  assertEquals([ok, signature], [false, "invalid"]);
});

test("explainWhiteboardToken() holds a token to the room, project and time that are given", async () => {
  const codes = (token: string, options = {}) =>
    explainWhiteboardToken(token, { now: NOW, ...options }).findings.map(({ code }) => code);
  const room = await packWhiteboardToken("room", BASE, SECRET);
  assertEquals(codes(room, { uuid: UUID, accessKey: BASE.ak }), []);
  assertEquals(codes(room, { uuid: "other" }), ["uuid-mismatch"]);
  assertEquals([codes(room, { kind: "room" }), codes(room, { kind: "task" })], [[], ["kind-mismatch"]]);
  assertEquals(codes(room.replace("ROOM", "SDK")), ["uuid-unexpected", "whole-project"]);
  assertEquals(codes(room, { accessKey: "other" }), ["access-key-mismatch"]);
  assertEquals([codes(room, { now: NOW + 3_599_999 }), codes(room, { now: NOW + 3_600_000 })], [[], ["expired"]]);
  const { expireAt: _, ...permanent } = BASE;
  assertEquals(codes(await packWhiteboardToken("task", permanent, SECRET), { uuid: UUID }), ["never-expires"]);
  const { uuid: __, ...project } = BASE;
  assertEquals(codes(await packWhiteboardToken("sdk", project, SECRET), { uuid: UUID }), ["whole-project"]);
  // As tokens of the service: the time of issue and two digits.
  const issued = { ...BASE, nonce: `${NOW}42` };
  assertEquals(explainWhiteboardToken(await packWhiteboardToken("room", issued, SECRET)).issuedAt, NOW);
  assertEquals(codes(await packWhiteboardToken("room", { ...issued, expireAt: String(NOW + 600) }, SECRET)), [
    "lifespan-short",
  ]);
  assertEquals(codes(await packWhiteboardToken("room", { ...issued, expireAt: String(NOW + 60_000) }, SECRET)), []);
  for (
    const { message, advice } of explainWhiteboardToken(room, { kind: "sdk", uuid: "x", accessKey: "y", now: NOW * 2 }).findings
  ) {
    for (const text of [message, advice]) {
      assertMatch(text, /^[A-Z].*\.$/);
      for (const value of [BASE.ak, UUID, room]) assert(!text.includes(value), text);
    }
  }
});

test("explainWhiteboardToken() says what the bearer may do", async () => {
  const rights = async (kind: WhiteboardKind, role: string) =>
    explainWhiteboardToken(await packWhiteboardToken(kind, { ...BASE, role }, SECRET)).rights.join(" ");
  assertEquals([await rights("room", "0"), await rights("room", "1"), await rights("room", "2"), await rights("room", "3")], [
    "joinInteractively readRoom disableRoom",
    "joinInteractively readRoom",
    "joinReadOnly",
    "",
  ]);
  assertEquals(await rights("task", "2"), "readConversion");
  assertEquals(
    await rights("sdk", "0"),
    "createRoom listRooms joinInteractively readRoom disableRoom startConversion requestTokens",
  );
  assertEquals(await rights("sdk", "2"), "joinReadOnly requestTokens");
  for (const words of Object.values(WHITEBOARD_RIGHTS)) assertMatch(words, /^[a-z]/);
});

test("buildWhiteboardToken() makes another token each time, from the clock of the machine", async () => {
  const options = { kind: "room", accessKey: "ak", secretKey: SECRET, role: "writer", uuid: UUID, lifespan: 60_000 } as const;
  const [one, other] = [await buildWhiteboardToken(options), await buildWhiteboardToken(options)].map(parseWhiteboardToken);
  assert(one!.nonce !== other!.nonce);
  assert(Math.abs(one!.expireAt! - Date.now() - 60_000) < 10_000);
});

test("buildWhiteboardToken() and packWhiteboardToken() refuse what cannot work, and name the field", async () => {
  const good = { kind: "room", accessKey: "ak", secretKey: SECRET, role: "writer", uuid: UUID, lifespan: 60_000 };
  const refused = async (change: object, code: string, field: string) => {
    const build = () => buildWhiteboardToken({ ...good, ...change } as WhiteboardOptions);
    const error = await assertRejects(build, AgoraTokenError) as AgoraTokenError;
    assertEquals([error.code, error.field], [code, field], JSON.stringify(change));
    for (const secret of [SECRET, UUID]) assert(!error.message.includes(secret), error.message);
  };
  await refused({ kind: "Room" }, "invalid-value", "kind");
  await refused({ kind: "sdk" }, "unknown-field", "uuid");
  await refused({ uuid: undefined }, "invalid-type", "uuid");
  for (const field of ["uuid", "accessKey", "secretKey", "nonce"]) {
    await refused({ [field]: " " }, "invalid-value", field);
    await refused({ [field]: `${SECRET}\n` }, "invalid-value", field);
    await refused({ [field]: 5 }, "invalid-type", field);
  }
  for (const role of ["0", 0, "Admin", undefined, "toString"]) await refused({ role }, "invalid-value", "role");
  for (const lifespan of [0, -1, 600, 1000.5, NaN, Infinity, 9e12]) await refused({ lifespan }, "invalid-value", "lifespan");
  for (const lifespan of ["600000", undefined, null]) await refused({ lifespan }, "invalid-type", "lifespan");
  await refused({ now: -1 }, "invalid-value", "now");
  await refused({ expire: 3600 }, "unknown-field", "expire");
  const packed = async (fields: object, field: string, secret = SECRET) => {
    const pack = () => packWhiteboardToken("room", fields as Record<string, string>, secret);
    const error = await assertRejects(pack, AgoraTokenError) as AgoraTokenError;
    assertEquals(error.field, field);
  };
  await packed({ sig: "x" }, "fields.sig");
  await packed({ role: 0 }, "fields.role");
  await packed({ uuid: "\ud800" }, "fields.uuid");
  await packed({}, "secretKey", "");
});

test("parseWhiteboardToken(), explainWhiteboardToken() and verifyWhiteboardToken() throw for arguments that are none", async () => {
  const code = (run: () => unknown) => (assertThrows(run, AgoraTokenError) as AgoraTokenError).code;
  const text = "NETLESSROOM_";
  assertEquals(code(() => parseWhiteboardToken(5 as never)), "invalid-type");
  assertEquals(code(() => parseWhiteboardToken(text + "A".repeat(65_536))), "too-large");
  assertEquals(code(() => explainWhiteboardToken(undefined as never)), "invalid-type");
  assertEquals(code(() => explainWhiteboardToken(text, { now: "5" as never })), "invalid-type");
  assertEquals(code(() => explainWhiteboardToken(text, { kind: "Room" as never })), "invalid-value");
  assertEquals(code(() => explainWhiteboardToken(text, { secretKey: "x" } as never)), "unknown-field");
  for (
    const [options, wanted] of [[{}, "invalid-type"], [{ secretKey: "" }, "invalid-value"], [
      { secretKey: "a", uid: 5 },
      "unknown-field",
    ]]
  ) {
    const error = await assertRejects(() => verifyWhiteboardToken(text, options as never), AgoraTokenError) as AgoraTokenError;
    assertEquals(error.code, wanted);
  }
});

test("explainWhiteboardToken() says of a text that is too long that it is unreadable", () => {
  assertEquals(explainWhiteboardToken("NETLESSROOM_" + "A".repeat(1 << 20)).findings[0]?.code, "unreadable");
});
