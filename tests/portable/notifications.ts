import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { AgoraTokenError, type NotificationHeaders, verifyNotification } from "../../src/notifications/mod.ts";
import { collect } from "./case.ts";

export const { cases, test } = collect();

const encode = (text: string) => new TextEncoder().encode(text);

// The example of Agora's documentation, and its secret.
const TEXT =
  `{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}`;
const BODY = encode(TEXT);
const SECRET = "secret";
const V1 = "5a3bb6a6d9fad2ea9ae3fb707a14c9d7f3136df1";
const V2 = "de96da5acf03b0021ac3b4fa2225e7ae6f3533a30d50bb02c08ea4fa748bda24";
const BOTH = { "agora-signature": V1, "agora-signature-v2": V2 };
const SENT = 1_560_408_533; // seconds

/** The headers that Agora would send with a body, by WebCrypto. */
async function signed(body: Uint8Array<ArrayBuffer>, secret = SECRET): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, hash] of [["Agora-Signature", "SHA-1"], ["Agora-Signature-V2", "SHA-256"]] as const) {
    const key = await crypto.subtle.importKey("raw", encode(secret), { name: "HMAC", hash }, false, ["sign"]);
    headers[name] = encodeHex(await crypto.subtle.sign("HMAC", key, body));
  }
  return headers;
}

async function codeOf(body: Uint8Array, headers: NotificationHeaders, secret = SECRET, options = {}): Promise<string> {
  const verified = await verifyNotification(body, headers, secret, options);
  if (verified.ok) return "ok";
  for (const text of [verified.message, verified.advice]) {
    assert(/^[A-Z][^{}]*(\{ type: \(\) => true \}[^{}]*)?\.$/.test(text), text);
    assert(secret.length < 20 || !text.includes(secret), "a message has the secret");
    for (const { length } of [V1, V2]) assert(!new RegExp(`[0-9a-f]{${length}}`).test(text), text);
  }
  return verified.code;
}

test("verifyNotification() accepts the example of Agora's documentation by either header and by both", async () => {
  for (const headers of [BOTH, { "agora-signature": V1 }, { "agora-signature-v2": V2 }]) {
    assertEquals(await verifyNotification(BODY, headers, SECRET), { ok: true, notification: JSON.parse(TEXT) });
  }
});

test("verifyNotification() takes the headers of Fetch, Node and Lambda, and bytes of every kind", async () => {
  const larger = new Uint8Array(BODY.length + 5);
  larger.set(BODY, 3);
  const bodies = [BODY, BODY.slice().buffer, larger.subarray(3, BODY.length + 3)];
  const headers = [
    new Headers(BOTH),
    { "Agora-Signature": V1, "Agora-Signature-V2": V2, host: undefined },
    { "AGORA-SIGNATURE-V2": [V2] },
    { ...BOTH, get: "a header of this name" },
  ];
  for (const body of bodies) {
    for (const given of headers) assert((await verifyNotification(body, given, SECRET)).ok, JSON.stringify(given));
  }
});

test("verifyNotification() refuses every altered byte of the body, of the signatures and of the secret", async () => {
  for (let at = 0; at < BODY.length; at++) {
    for (const bit of [1, 0x20, 0x80]) {
      const altered = BODY.slice();
      altered[at]! ^= bit;
      assertEquals(await codeOf(altered, BOTH), "signature-mismatch", `byte ${at}`);
    }
    assertEquals(await codeOf(BODY.subarray(0, at), BOTH), at === 0 ? "body-empty" : "signature-mismatch");
  }
  for (const [name, signature] of Object.entries(BOTH)) {
    for (let at = 0; at < signature.length; at++) {
      const other = signature[at] === "0" ? "1" : "0";
      const altered = signature.slice(0, at) + other + signature.slice(at + 1);
      assertEquals(await codeOf(BODY, { ...BOTH, [name]: altered }), "signature-mismatch", `digit ${at}`);
      assertEquals(await codeOf(BODY, { [name]: altered }), "signature-mismatch", `digit ${at}`);
    }
  }
  for (const secret of ["secreT", "secre", "secrets", "Secret", "0123456789abcdef0123456789abcdef"]) {
    assertEquals(await codeOf(BODY, BOTH, secret), "signature-mismatch", secret);
  }
});

test("verifyNotification() refuses a request without a signature, and what is none, also where the other is right", async () => {
  assertEquals(await codeOf(BODY, {}), "signature-missing");
  assertEquals(await codeOf(BODY, new Headers()), "signature-missing");
  assertEquals(await codeOf(BODY, { signature: V2 }), "signature-missing");
  for (const value of ["", V1, V2.toUpperCase(), ` ${V2}`, `${V2}, ${V2}`, `sha256=${V2}`, V2.slice(1), V2 + "0"]) {
    assertEquals(await codeOf(BODY, { "agora-signature-v2": value }), "signature-malformed", value);
    assertEquals(await codeOf(BODY, { ...BOTH, "agora-signature-v2": value }), "signature-malformed", value);
  }
  assertEquals(await codeOf(BODY, { "agora-signature-v2": [V2, V2] }), "signature-malformed");
  assertEquals(await codeOf(BODY, { "agora-signature": V2 }), "signature-malformed");
});

test("verifyNotification() says that a body was parsed and written again, when it was", async () => {
  const data = JSON.parse(TEXT);
  const { productId, ...rest } = data;
  const forms = [
    JSON.stringify(data, null, 2),
    TEXT.replaceAll(":", ": ").replaceAll(",", ", "), // json.dumps() of Python
    JSON.stringify({ productId, ...rest }), // another order
    TEXT + "\n",
    TEXT.replace('"a"', '"\\u0061"'),
  ];
  for (const form of forms) {
    for (const headers of [BOTH, { "agora-signature": V1 }]) {
      assertEquals(await codeOf(encode(form), headers), "body-rewritten", form);
    }
  }
  // Spaces that Agora signed, and that a program took away, cannot be known.
  const spaced = encode(JSON.stringify(data, null, 1));
  assertEquals(await codeOf(spaced, await signed(spaced)), "ok");
  assertEquals(await codeOf(BODY, await signed(spaced)), "signature-mismatch");
  // A large body is not parsed before it is known to be Agora's.
  const large = { ...data, payload: "x".repeat(65_536) };
  assertEquals(
    await codeOf(encode(JSON.stringify(large, null, 1)), await signed(encode(JSON.stringify(large)))),
    "signature-mismatch",
  );
  const deep = encode("[".repeat(30_000) + "]".repeat(30_000));
  assertEquals(await codeOf(deep, BOTH), "signature-mismatch");
});

test("verifyNotification() says that the secret has whitespace around it, when it has", async () => {
  for (const secret of ["secret\n", " secret"]) {
    for (const headers of [BOTH, { "agora-signature": V1 }]) {
      assertEquals(await codeOf(BODY, headers, secret), "secret-whitespace");
    }
  }
  assertEquals(await codeOf(BODY, await signed(BODY, " secret"), " secret"), "ok");
  assertEquals(await codeOf(BODY, BOTH, " "), "signature-mismatch");
});

test("verifyNotification() hashes a secret of any length and letters, and a body of any bytes", async () => {
  for (const secret of ["s", "é密🎥", "x".repeat(64), "x".repeat(65), "x".repeat(1000)]) {
    for (const payload of ["", "réunion 密 🎥", "x".repeat(100_000)]) {
      const body = encode(JSON.stringify({ ...JSON.parse(TEXT), payload }));
      assertEquals(await codeOf(body, await signed(body, secret), secret), "ok");
      assertEquals(await codeOf(body, await signed(body, secret), secret + "x"), "signature-mismatch");
    }
  }
});

test("verifyNotification() refuses what is signed and no notification", async () => {
  const bodies = [
    "null",
    "[]",
    "5",
    "{",
    "{}",
    TEXT.replace("noticeId", "id"),
    TEXT.replace('"productId":1', '"productId":"1"'),
  ];
  for (const text of bodies) assertEquals(await codeOf(encode(text), await signed(encode(text))), "not-a-notification", text);
  for (const body of [Uint8Array.of(), Uint8Array.of(0xff), encode("\ufeff{}")]) {
    assertEquals(await codeOf(body, await signed(body)), "not-a-notification");
  }
});

test("verifyNotification() refuses what was sent longer ago than maxAge, or as much in the future", async () => {
  for (const [now, code] of [[0, "ok"], [300, "ok"], [301, "wrong-time"], [-300, "ok"], [-301, "wrong-time"]] as const) {
    assertEquals(await codeOf(BODY, BOTH, SECRET, { maxAge: 300, now: SENT + now }), code, `${now}`);
  }
  const sent = async (now: number) => {
    const verified = await verifyNotification(BODY, BOTH, SECRET, { maxAge: 1, now });
    return verified.ok ? "" : verified.message;
  };
  assertEquals(await sent(SENT + 60), "The notification was sent 60 seconds ago.");
  assertEquals(await sent(SENT - 60), "The notification was sent 60 seconds in the future.");
  assertEquals(await codeOf(BODY, BOTH, SECRET, { maxAge: 300 }), "wrong-time", "by the clock of this machine");
  assertEquals(
    await codeOf(BODY, { ...BOTH, "agora-signature": V1.replace("5", "6") }, SECRET, { maxAge: 1 }),
    "signature-mismatch",
  );
});

test("verifyNotification() throws for a body that was parsed, and for other arguments that are none", async () => {
  const thrown = async (...args: unknown[]) => {
    const call = verifyNotification as (...args: unknown[]) => Promise<unknown>;
    const { code, field, message } = await assertRejects(() => call(...args), AgoraTokenError) as AgoraTokenError;
    assert(!message.includes(TEXT));
    return [code, field];
  };
  for (const body of [TEXT, JSON.parse(TEXT), undefined, null, [...BODY]]) {
    assertEquals(await thrown(body, BOTH, SECRET), ["invalid-type", "body"]);
  }
  for (const headers of [undefined, null, V2]) assertEquals(await thrown(BODY, headers, SECRET), ["invalid-type", "headers"]);
  for (const secret of [undefined, null, encode(SECRET)]) {
    assertEquals(await thrown(BODY, BOTH, secret), ["invalid-type", "secret"]);
  }
  assertEquals(await thrown(BODY, BOTH, ""), ["invalid-value", "secret"]);
  assertEquals(await thrown(BODY, BOTH, SECRET, { maxAge: 0 }), ["invalid-value", "options.maxAge"]);
  assertEquals(await thrown(BODY, BOTH, SECRET, { maxAge: 1, now: 0.5 }), ["invalid-value", "options.now"]);
  assertEquals(await thrown(BODY, BOTH, SECRET, { age: 5 }), ["unknown-field", "options.age"]);
});
