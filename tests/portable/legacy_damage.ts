import { assert, assertEquals } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import { AgoraTokenError, packToken, type ParsedToken, parseToken, type VerifyOptions, verifyToken } from "../../mod.ts";
import { decodeCanonicalBase64 } from "../../src/bytes/base64.ts";
import { CERTIFICATE, collect } from "./case.ts";
import { givenOf, SAMPLES } from "./legacy_samples.ts";

export const { cases, test } = collect();

/** The signed part of a parsed token: two texts with the same signed part are the same token. */
const SAYS = (token: ParsedToken) => JSON.stringify(token, (_key, value) => value instanceof Uint8Array ? [...value] : value);

/** A damaged token is refused, or does not verify, or has exactly the same content; only an AgoraTokenError is ever thrown. */
async function assertHarmless(
  damaged: string,
  original: ParsedToken,
  given: Partial<VerifyOptions>,
  what: string,
): Promise<void> {
  let parsed: ParsedToken;
  try {
    parsed = await parseToken(damaged);
  } catch (error) {
    assert(error instanceof AgoraTokenError, `${what}: ${error}`);
    assert(damaged.length < 20 || !error.message.includes(damaged), what);
    return;
  }
  const { ok, signature } = await verifyToken(damaged, { certificates: CERTIFICATE, ...given, now: 1 });
  if (signature !== "valid" || !ok) return;
  // Bytes after the signed ones are reported; the App ID in another case is another App ID, but for 005.
  assertEquals(
    SAYS({ ...parsed, trailingBytes: 0 } as ParsedToken),
    SAYS({ ...original, trailingBytes: 0 } as ParsedToken),
    what,
  );
}

for (const token of SAMPLES) {
  test(`parseToken() and verifyToken() withstand every cut and flipped bit of a ${token.version} token`, async () => {
    const text = await packToken(token, CERTIFICATE);
    const original = await parseToken(text);
    const given = givenOf(token);
    assertEquals((await verifyToken(text, { certificates: CERTIFICATE, ...given, now: 1 })).ok, true);
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length);
      await assertHarmless(cut, original, given, `cut at ${length}`);
      assertEquals((await verifyToken(cut, { certificates: CERTIFICATE, ...given, now: 1 })).ok, false);
    }
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        await assertHarmless(
          text.slice(0, at) + flipped + text.slice(at + 1),
          original,
          given,
          `bit ${bit} of character ${at}`,
        );
      }
    }
    const head = { "006": 35, "005": 3 }[token.version as string];
    if (head === undefined) return;
    const { bytes } = decodeCanonicalBase64(text.slice(head), head);
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1 << bit;
        await assertHarmless(text.slice(0, head) + encodeBase64(damaged), original, given, `bit ${bit} of byte ${at}`);
      }
    }
  });
}
