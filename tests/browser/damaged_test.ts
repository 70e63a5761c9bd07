import { assert, assertEquals } from "@std/assert";
import { inspectToken, packToken } from "../../mod.ts";
import { buildLegacy } from "../../src/official/legacy/builders.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { pack007Bytes } from "../portable/damage.ts";
import { browserTest, openPage } from "./chromium.ts";
import { typeAndSee } from "./page.ts";

const TOKEN = await packed();
const { bytes } = await inspectToken(TOKEN);
const KEY = await packToken(
  buildLegacy("dynamicKey3", "generate", APP_ID, {
    channelName: "lobby",
    unixTs: 1700000000,
    randomInt: 1,
    uid: 1001,
    expiredTs: 1700003600,
  }),
  CERTIFICATE,
);
const SIGNALING = await packToken(buildLegacy("signaling", "generate", APP_ID, { account: "a", expiredTs: 1 }), CERTIFICATE);

/** Packs the content of a token again after cutting it there. */
const cut = (at: number) => pack007Bytes(bytes.slice(0, at));
/** Replaces a character with an x. */
const spoilt = (text: string, at: number) => `${text.slice(0, at)}x${text.slice(at + 1)}`;

/** Damaged tokens, the field that cannot be read, and where it begins: known from the layout, not from our parser. */
const DAMAGED: [text: string, path: string, offset: number][] = [
  [await cut(20), "signature", 0],
  [await cut(50), "appId", 34],
  [await cut(70), "issueTs", 68],
  [await cut(75), "expire", 72],
  [await cut(77), "salt", 76],
  [await cut(81), "serviceCount", 80],
  [await cut(83), "services[0].type", 82],
  [await cut(90), "services[0].privileges.joinChannel", 88],
  [await cut(97), "services[0].channelName", 92],
  [await cut(104), "services[0].uid", 99],
  [spoilt(KEY, 3 + 40 + 5), "appId", 43],
  [spoilt(KEY, 3 + 40 + 32 + 3), "unixTs", 75],
  [spoilt(SIGNALING, 10), "appId", 2],
];

browserTest("a damaged token is shown up to the fault, which is marked", async (page) => {
  await openPage(page);
  const seen = await typeAndSee(page, DAMAGED.map(([token]) => ({ token })));
  seen.forEach(({ title, details, rows, chosen }, index) => {
    const [, path, offset] = DAMAGED[index]!;
    assert(title.startsWith("A damaged "), title);
    assert(details.includes(`at byte ${offset} of `), `${details} instead of ${offset}`);
    assertEquals(rows.at(-1)?.[0], path);
    assertEquals(rows.at(-1)?.[2], offset);
    assertEquals(chosen, [path]);
    assertEquals(rows.length > 1, offset > 0, "what is before the fault is shown");
  });
});
browserTest("unreadable bytes are marked, and so is a character that is not allowed in a token", async (page) => {
  await openPage(page);
  await typeAndSee(page, [{ token: await cut(70) }]);
  assertEquals(await page.locator(".hex [data-group=fault].lit").first().textContent(), "00 f1");
  await typeAndSee(page, [{ token: `${TOKEN.slice(0, 30)}!${TOKEN.slice(31)}` }]);
  assertEquals(await page.locator(".token-text [data-group=fault]").last().textContent(), `!${TOKEN.slice(31)}`);
});
