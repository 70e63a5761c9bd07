import { assert, assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { diagnoseToken, verifyToken } from "../mod.ts";
import { encodeBase64 } from "../src/bytes/base64.ts";
import { type Bytes, concatBytes, utf8 } from "../src/bytes/bytes.ts";
import { content, gzip, hmac, LAYOUTS, number, raw, SIGNED, urlSafe, zlib } from "./data/homemade.ts";
import { KNOWN, OTHER } from "./data/findings.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import agents from "./vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "./vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };
import legacy from "./vectors/vectors-legacy.json" with { type: "json" };

const NOT_FOR_HOMEMADE = [
  "text-cut",
  "text-altered",
  "text-wrapped",
  "text-damaged",
  "text-masked",
  "signature-invalid",
  "unreadable",
];

async function assertHomemade(text: string, what: string): Promise<readonly string[]> {
  const { verdict, findings } = await diagnoseToken(text, KNOWN);
  const codes: string[] = findings.map(({ code }) => code);
  assertEquals([verdict, codes.filter((code) => code === "home-made").length], ["fails", 1], `${what}: ${codes}`);
  assertEquals(codes.filter((code) => NOT_FOR_HOMEMADE.includes(code)), [], what);
  const found = findings.find(({ code }) => code === "home-made")!;
  assert(!found.message.includes(text) && !found.message.includes(CERTIFICATE));
  return (found.params as { signs: readonly string[] }).signs;
}

/** The signs of each layout, at least. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  "1:": ["app-id-in-clear", "not-compressed"],
  "2:": ["app-id-in-clear"],
  "3:": ["app-id-in-clear", "lengths-of-32-bits", "signature-length"],
  "4:": ["app-id-in-clear"],
  "5:": ["app-id-in-clear", "raw-deflate"],
  "6:": ["app-id-in-clear"],
  "7:": ["app-id-in-clear"],
  "8:": ["json"],
  "9:": ["big-endian", "partly-compressed"],
  "10:": ["raw-deflate"],
  "11:": ["not-compressed"],
  "12:": ["not-compressed", "other-order"],
  "13:": ["raw-deflate", "signature-hexadecimal", "key-and-data-exchanged"],
  "14:": ["signature-hexadecimal", "key-and-data-exchanged"],
  "15:": ["key-and-data-exchanged"],
  "16:": ["hexadecimal"],
  "17:": ["other-order"],
};

for (const [name, make] of Object.entries(LAYOUTS)) {
  Deno.test(`diagnoseToken() says that a token of layout ${name} is home-made, and by which signs`, async () => {
    const signs = await assertHomemade(await make(), name);
    const [, wanted] = Object.entries(SIGNS).find(([start]) => name.startsWith(start))!;
    assertEquals(wanted.filter((sign) => !signs.includes(sign)), [], signs.join());
  });
}

/** A field with its length before it. */
const field = (bytes: Bytes, size: 2 | 4, littleEndian: boolean) =>
  concatBytes([number(bytes.length, size, littleEndian), bytes]);

Deno.test("diagnoseToken() says of every combination of order, widths, packing and encoding that it is home-made", async () => {
  const rest = SIGNED.slice(34);
  let tried = 0;
  for (const order of ["signature", "appId"]) {
    for (const size of [2, 4] as const) {
      for (const littleEndian of [true, false]) {
        for (const letters of [false, true]) {
          const mac = await hmac(utf8(CERTIFICATE), SIGNED);
          const signature = field(letters ? utf8(encodeHex(mac)) : mac, size, littleEndian);
          const appId = field(utf8(APP_ID), size, littleEndian);
          const body = concatBytes([...(order === "signature" ? [signature, appId] : [appId, signature]), rest]);
          const packings = { none: body, zlib: await zlib(body), raw: await raw(body), gzip: await gzip(body) };
          for (const [packing, bytes] of Object.entries(packings)) {
            for (const [encoding, encode] of Object.entries({ base64: encodeBase64, urlSafe, hex: encodeHex })) {
              for (const clear of ["", APP_ID]) {
                const what = [order, size, littleEndian, letters, packing, encoding, clear].join(" ");
                // One of these differs from an official token only in its HMAC, and one in its alphabet as well.
                if (what === "signature 2 true false zlib urlSafe ") continue;
                const signs = await assertHomemade("007" + clear + encode(bytes), what);
                assertEquals(signs.includes("hexadecimal"), encoding === "hex", what);
                assertEquals(signs.includes("app-id-in-clear"), clear !== "", what);
                assertEquals(signs.includes("not-compressed"), packing === "none", what);
                assertEquals(
                  [signs.includes("raw-deflate"), signs.includes("gzip")],
                  [packing === "raw", packing === "gzip"],
                  what,
                );
                assertEquals(signs.includes("big-endian"), !littleEndian, what);
                assertEquals(signs.includes("lengths-of-32-bits"), size === 4, what);
                assertEquals(signs.includes("other-order"), order === "appId", what);
                if (order === "signature") assertEquals(signs.includes("signature-hexadecimal"), letters, what);
                tried++;
              }
            }
          }
        }
      }
    }
  }
  assertEquals(tried, 383);
});

Deno.test("diagnoseToken() says of right content in the alphabet of URLs that a URL changed it, and of other content that it is home-made", async () => {
  let right = "";
  for (let salt = 1; !/[-_]/.test(right); salt++) {
    right = "007" + urlSafe(await zlib(await content(await hmac(utf8(String(salt)), SIGNED))));
  }
  const { findings } = await diagnoseToken(right, KNOWN);
  assert(!findings.some(({ code }) => code === "home-made"));
  await assertHomemade("007" + urlSafe(await raw(await content())), "raw deflate");
});

Deno.test("diagnoseToken() says of JSON, of other checksums and of tokens that are encoded twice that they are home-made", async () => {
  const json = utf8(JSON.stringify({ appId: APP_ID, exp: 1 }));
  const stream = await zlib(await content());
  const withZeros = concatBytes([stream.slice(0, -4), new Uint8Array(4)]);
  for (
    const [text, sign] of [
      ["007" + encodeBase64(await zlib(json)), "json"],
      ["007" + JSON.stringify({ appId: APP_ID }), "json"],
      ["006" + APP_ID + encodeBase64(json), "json"],
      ["007" + encodeBase64(withZeros), "wrong-checksum"],
      ["007" + encodeBase64(utf8(encodeBase64(stream))), "encoded-twice"],
      ["007" + encodeBase64(utf8("007" + encodeBase64(stream))), "encoded-twice"],
      ["006" + encodeBase64(stream), "compressed"],
      ["006" + APP_ID + ":1700003600:" + encodeHex(stream), "other-content"],
      ["007:" + APP_ID + ":lobby:1700003600", "app-id-in-clear"],
      ["006" + APP_ID + encodeBase64(stream), "compressed"],
      ["006" + APP_ID + encodeBase64(await raw(await content())), "raw-deflate"],
      ["007" + encodeBase64(crypto.getRandomValues(new Uint8Array(64)).fill(0xff, 0, 2)), "not-compressed"],
      ["007" + encodeBase64((await hmac(utf8(CERTIFICATE), SIGNED)).fill(0xff, 0, 2)), "not-compressed"],
      ["007" + encodeBase64(await zlib(stream)), "encoded-twice"],
    ] as const
  ) {
    const signs = await assertHomemade(text, sign);
    assert(signs.includes(sign), `${sign} in ${signs}`);
  }
});

Deno.test("diagnoseToken() says that bytes were made into text and back, of the stream, the content or the signature", async () => {
  const latin1 = (bytes: Bytes) => utf8(String.fromCharCode(...bytes));
  const replaced = (bytes: Bytes) => utf8(new TextDecoder().decode(bytes));
  const mac = await hmac(utf8(CERTIFICATE), SIGNED);
  for (const asText of [latin1, replaced]) {
    for (
      const bytes of [
        asText(await zlib(await content())),
        await zlib(asText(await content())),
        await zlib(await content(asText(mac))),
      ]
    ) {
      const signs = await assertHomemade("007" + encodeBase64(bytes), asText.name);
      assert(signs.includes("bytes-as-text") && !signs.includes("not-compressed"), signs.join());
    }
  }
});

Deno.test("diagnoseToken() says of times in the other order of bytes only that", async () => {
  const swapped = SIGNED.slice();
  for (const at of [34, 38]) swapped.set(SIGNED.slice(at, at + 4).reverse(), at); // after the App ID: the time, the lifetime
  const text = "007" +
    encodeBase64(await zlib(concatBytes([number(32, 2, true), await hmac(utf8(CERTIFICATE), swapped), swapped])));
  const { findings } = await diagnoseToken(text, KNOWN);
  assertEquals(findings.filter(({ severity }) => severity === "error").map(({ code }) => code), ["home-made"]);
  assertEquals(await assertHomemade(text, "swapped"), ["big-endian", "no-derivation"]);
});

// In the other order of bytes these are a time of 2029 and half a year.
Deno.test("diagnoseToken() says of a time as the lifetime that it is one, also where both numbers make sense when swapped", async () => {
  const swapped = SIGNED.slice();
  swapped.set(number(1_591_177_072, 4, true), 34);
  swapped.set(number(1_700_000_000, 4, true), 38);
  const text = "007" + encodeBase64(await zlib(concatBytes([number(32, 2, true), await hmac(utf8(OTHER), swapped), swapped])));
  const codes = (await diagnoseToken(text, KNOWN)).findings.map(({ code }) => code);
  assert(codes.includes("signature-invalid") && codes.includes("absolute-time-as-duration"), codes.join());
  assert(!codes.includes("home-made"), codes.join());
});

Deno.test("diagnoseToken() names the way in which a certificate signed wrongly, and that it is the right one", async () => {
  const steps = async (key: Bytes, ...data: Bytes[]) => {
    let made = key;
    for (const part of data) made = await hmac(made, part);
    return made;
  };
  const time = number(1_700_000_000, 4, true);
  const salt = number(12_345_678, 4, true);
  const bytes = Uint8Array.from(CERTIFICATE.match(/../g)!, (pair) => parseInt(pair, 16));
  const right = async (certificate: Bytes) => await hmac(await hmac(salt, await hmac(time, certificate)), SIGNED);
  const ways: [Promise<Bytes>, string[]][] = [
    [steps(utf8(CERTIFICATE), time, salt, SIGNED), ["key-and-data-exchanged"]],
    [steps(utf8(CERTIFICATE), SIGNED), ["no-derivation"]],
    [steps(bytes, SIGNED), ["no-derivation", "certificate-decoded"]],
    [right(bytes), ["certificate-decoded"]],
    [steps(utf8(CERTIFICATE), utf8(APP_ID), utf8("lobby"), utf8("1001"), SIGNED), ["other-derivation"]],
    [steps(utf8(CERTIFICATE), salt, utf8("lobby1001"), SIGNED), ["key-and-data-exchanged", "other-derivation"]],
    [hmac(utf8(CERTIFICATE), concatBytes([utf8(APP_ID + "lobby1001"), SIGNED])), ["no-derivation", "other-data"]],
    [hmac(await hmac(salt, await hmac(utf8(CERTIFICATE), time)), SIGNED), ["key-and-data-exchanged"]],
    [
      hmac(SIGNED, await hmac(salt, await hmac(time, utf8(CERTIFICATE)))),
      ["key-and-data-exchanged"],
    ],
    [
      hmac(await hmac(salt.slice().reverse(), await hmac(time.slice().reverse(), utf8(CERTIFICATE))), SIGNED),
      ["big-endian"],
    ],
  ];
  for (const [signature, signs] of ways) {
    const text = "007" + encodeBase64(await zlib(await content(await signature)));
    assertEquals(await assertHomemade(text, signs.join()), signs);
    const { findings, signature: checked } = await diagnoseToken(text, { ...KNOWN, certificates: [OTHER, CERTIFICATE] });
    assertEquals([(findings[0]!.params as { certificate?: string }).certificate, checked], ["right", "invalid"]);
    assertEquals((await diagnoseToken(text, { ...KNOWN, certificates: OTHER })).findings[0]!.code, "signature-invalid");
    // To verify costs no more than the right way.
    assertEquals((await verifyToken(text, { certificates: CERTIFICATE })).findings[0]!.code, "signature-invalid");
  }
});

Deno.test("diagnoseToken() says of a signature that has not 32 bytes that it is home-made, also without a certificate", async () => {
  for (const [length, sign] of [[31, "signature-length"], [0, "signature-length"], [64, "signature-hexadecimal"]] as const) {
    const text = "007" + encodeBase64(await zlib(await content(new Uint8Array(length).fill(0x61))));
    for (const certificates of [[], CERTIFICATE]) {
      const { verdict, findings } = await diagnoseToken(text, { ...KNOWN, certificates });
      assertEquals([verdict, findings[0]!.code, (findings[0]!.params as { signs: string[] }).signs], ["fails", "home-made", [
        sign,
      ]]);
      const verified = await verifyToken(text, { certificates });
      assertEquals(verified.findings[0]!.code, "home-made");
    }
  }
});

Deno.test("diagnoseToken() says of no official token that it is home-made, whole, cut or with any certificate", async () => {
  // deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
  const all: any[] = [golden, agents, literals, legacy, literalsLegacy].flatMap(({ cases }) => cases as unknown[]);
  const tokens = new Set(all.filter(({ kind, token }) => kind !== "malformed" && token).map(({ token }) => token as string));
  assert(tokens.size > 100, String(tokens.size));
  // One whose App ID is no App ID is made by official code as well, which does not check it.
  tokens.add(all.find(({ id }) => id === "mal-appid-nonhex").token);
  for (const token of tokens) {
    for (const text of [token, token.slice(0, token.length >> 1)]) {
      const { findings } = await diagnoseToken(text, { certificates: [OTHER, CERTIFICATE] });
      assert(!findings.some(({ code }) => code === "home-made"), text.slice(0, 40));
    }
  }
});
