/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { inspectToken, parseToken, type Token007 } from "../../mod.ts";
import { exampleOfFormat, TOUR_TOKEN } from "../../playground/examples.ts";
import { jsonOfToken } from "../../src/inspect/json.ts";
import { CERTIFICATE, packed } from "../portable/case.ts";
import { pack007Bytes } from "../portable/damage.ts";
import { browserTest, openPage, openPageAt, recordCopies } from "./chromium.ts";
import { HALF, NOW, show, tokenOf, typeAndSee } from "./page.ts";

browserTest(
  "a token of many services and a long name leaves room for its bytes, and shows the rest when asked",
  async (page) => {
    const privileges = { joinChannel: 60 };
    const services = Array.from(
      { length: 300 },
      () => ({ type: "rtc" as const, channelName: "c", uid: "W".repeat(99), privileges }),
    );
    await show(page, await packed({ issueTs: NOW - 90, expire: 600, services }));
    const panel = page.locator("#panel-inspect");
    assert((await panel.locator(".verdict").boundingBox())!.height < 700);
    assertEquals(await panel.locator(".who .right").count(), 4);
    await panel.getByText("And 296 more services").waitFor();
    assert(await panel.locator(".findings > li").count() < 10, "one mistake is one finding");
    assertEquals(await panel.locator(".timeline li").count(), 2, "times that are one fact are one bar");
  },
);

browserTest("privileges have their names, and rows of bytes their offsets", async (page) => {
  const token = await tokenOf(3600, HALF);
  await show(page, token);
  const label = (name: string) => page.locator(`tr[data-path='services[0].privileges.${name}'] th`).textContent();
  assertEquals(await label("joinChannel"), "joinChannel");
  assertEquals(await label("publishAudioStream"), "publishAudioStream");
  const { bytes } = await inspectToken(token);
  const lines = await page.locator("#panel-inspect .hex-row").allTextContents();
  const hex = (part: Uint8Array) => Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const ascii = (part: Uint8Array) => Array.from(part, (byte) => byte > 32 && byte < 127 ? String.fromCharCode(byte) : "·");
  assertEquals(
    lines,
    Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
      const part = bytes.subarray(16 * row, 16 * row + 16);
      return `${(16 * row).toString(16).padStart(4, "0")}${hex(part)}${ascii(part).join("")}`;
    }),
  );
});

browserTest("characters of the text highlight the bytes that they encode", async (page) => {
  // A stream that stores what it holds has every byte at a known place: after two bytes of zlib and five of its block.
  const { bytes } = await inspectToken(await tokenOf(3600, HALF));
  const { length } = bytes;
  const [low, high] = [length & 255, length >> 8];
  let [a, b] = [1, 0];
  for (const byte of bytes) [a, b] = [(a + byte) % 65_521, (b + (a + byte)) % 65_521];
  const checksum = [b >> 8, b & 255, a >> 8, a & 255];
  const stream = new Uint8Array([0x78, 1, 1, low, high, low ^ 255, high ^ 255, ...bytes, ...checksum]);
  await show(page, `007${stream.toBase64()}`, CERTIFICATE);
  assertEquals(await page.locator("#panel-inspect .verdict h2").textContent(), "Genuine and valid now");
  const appId = Number(await page.locator("tr[data-path='appId']").getAttribute("data-spans"));
  const place = await page.locator("#panel-inspect .token-text .seg").evaluateAll((all, appId) => {
    let at = 0;
    const own = all.map((piece) => ({ piece: piece as HTMLElement, start: at, end: at += piece.textContent!.length }))
      .filter(({ piece }) => piece.dataset.spans!.split(" ").includes(String(appId)));
    return [own[0]!.start, own.at(-1)!.end];
  }, appId);
  const [first, after] = [8 * (7 + 34), 8 * (7 + 68)]; // its bits: two bytes of length and 32 letters, after the signature
  assertEquals(place, [3 + Math.floor(first / 6), 3 + Math.ceil(after / 6)]);
});

browserTest("an old format shows the values that the command line shows", async (page) => {
  for (const version of ["001", "002", "003", "004", "005", "006", "signaling"]) {
    const { text } = await exampleOfFormat(version, NOW);
    await show(page, text!);
    const [{ rows } = { rows: [] }] = await typeAndSee(page, [{ token: text! }]);
    const value = (path: string) => rows.find(([own]) => own === path)?.[1];
    const json = jsonOfToken(await parseToken(text!));
    for (const [name, path] of [["signatureHex", "signature"], ["md5Hex", "signature"]]) {
      if (name! in json) assertEquals(value(path!), json[name!], `${version} ${path}`);
    }
    for (const name of ["appId", "unixTs", "randomInt", "uid", "expiredTs", "ts", "salt", "crcUid", "crcChannelName"]) {
      if (name in json) assertEquals(value(name), String(json[name]), `${version} ${name}`);
    }
    if (version === "006") {
      const row = page.locator("tr[data-path='privileges.joinChannel']");
      assertEquals(await row.locator("th").textContent(), "joinChannel expires at");
      assertEquals(await row.locator(".utc").textContent(), "2027-01-15 09:00:00 UTC");
    }
  }
});

browserTest("a long damaged token shows its fault, even if fields before it are hidden", async (page) => {
  const names = Array.from({ length: 900 }, (_, index) => `channel-${index}`);
  const permissions = { messageChannels: { read: names } };
  const services: Token007["services"] = [{ type: "rtm2", userId: "bob", permissions, privileges: { login: 60 } }];
  const whole = await packed({ issueTs: NOW, expire: 60, services });
  const { bytes } = await inspectToken(whole);
  const end = bytes.length - 3;
  await show(page, await pack007Bytes(bytes.slice(0, end)));
  await page.locator("#panel-inspect .verdict h2", { hasText: "A damaged 007 token" }).waitFor();
  // Opened again, since `typeAndSee` unfolds.
  await page.reload();
  await openPage(page);
  await page.locator("#panel-inspect").getByLabel("Token", { exact: true }).fill(await pack007Bytes(bytes.slice(0, end)));
  const panel = page.locator("#panel-inspect");
  const fault = panel.locator("tr[data-group=fault]");
  await fault.waitFor();
  const [stopped] = /at byte \d+/.exec((await panel.locator(".verdict .details").textContent())!)!;
  assert((await fault.locator(".offset").textContent())!.startsWith(stopped.slice("at byte ".length)));
  assert(await panel.locator(".hex .lit[data-group=fault]").count() > 0);
  assert((await panel.locator(".hex .break").last().textContent())!.includes(`at byte ${end}`));
  await panel.getByText(/fields between not shown/).waitFor();
  // By the keyboard, for which the focus matters: rows take their height as they come into view, and move what a mouse presses.
  await panel.locator(".field-table .note button").press("Enter");
  assertEquals(await page.evaluate(() => document.activeElement?.closest("tr")?.dataset.spans), "250");
  await panel.locator(".bytes .note button").press("Enter");
  assert(await page.evaluate(() => document.activeElement?.closest(".hex") !== null), "the focus stays with the bytes");
});

browserTest("a page without cryptography shows each token instead of the last one, whatever was typed", async (page) => {
  await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  await page.goto(new URL("../../playground/index.html", import.meta.url).href);
  const [first, second] = await typeAndSee(page, [
    { token: await tokenOf(3600, HALF), certificate: CERTIFICATE },
    { token: TOUR_TOKEN, certificate: CERTIFICATE },
  ]);
  assertEquals([first!.title, second!.title], Array(2).fill("This page cannot check signatures here"));
  const channel = (rows: typeof second) => rows!.rows.find(([path]) => path.endsWith("channelName"))?.[1];
  assertEquals([channel(first), channel(second)], ['"stage"', '"lobby"']);
  assertEquals(await page.locator("#panel-inspect .token-text").textContent(), TOUR_TOKEN);
});

browserTest("findings have advice, and show invisible characters with their numbers", async (page) => {
  const user = "a\u202eb\u00a0c\u2028d\u{e0041}";
  const services: Token007["services"] = [{ type: "rtc", channelName: user, uid: "0", privileges: { joinChannel: 60 } }];
  await show(page, await packed({ issueTs: NOW, expire: 60, services }));
  const found = page.locator("#panel-inspect .finding", { hasText: "literal-account" });
  assertMatch((await found.locator(".advice").textContent())!, /\S+ \S+/);
  assert((await page.locator("#panel-inspect .who").textContent())!.includes(
    "a\\u202eb\\u00a0c\\u2028d\\u{e0041}",
  ));
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await page.locator("#panel-join").getByLabel("Channel", { exact: true }).fill("x\u202ey");
  await page.locator("#panel-join .finding", { hasText: "channel-mismatch" }).waitFor();
  const shown = await page.locator("#panel-join .findings, #panel-join .verdict").allTextContents();
  assert(shown.join().includes("x\\u202ey") && !/[\u202e\u00a0\u2028]|\u{e0041}/u.test(shown.join()), shown.join());
});

browserTest("Copy copies the token that is shown", async (page) => {
  await recordCopies(page);
  await openPageAt(page, NOW); // so that what is said of it stays
  await page.getByRole("tab", { name: "Build" }).click();
  const panel = page.locator("#panel-build");
  await panel.locator(".token-output").waitFor();
  for (const copy of await panel.getByRole("button", { name: "Copy" }).all()) if (await copy.isVisible()) await copy.click();
  await page.locator(".news", { hasText: "Copied." }).waitFor();
  const shown = [panel.locator(".token-output"), ...await panel.locator("pre code").all()];
  const wanted = shown.map((shown) => shown.textContent());
  assertEquals(await page.evaluate("copied"), await Promise.all(wanted));
});

browserTest("the page has the chosen colours", async (page) => {
  await openPage(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const [light, dark] = ["rgb(246, 245, 242)", "rgb(21, 24, 27)"];
  const seen = [await background()];
  for (let press = 0; press < 3; press++) {
    await page.locator(".theme").click();
    seen.push(await background());
  }
  assertEquals(seen, [dark, light, dark, dark]);
}, { colorScheme: "dark" });

browserTest("the steps of the tour highlight what they explain, and the focus stays on the buttons", async (page) => {
  await openPage(page);
  await page.getByRole("tab", { name: "Learn" }).click();
  const lit = () =>
    page.locator("#panel-learn").evaluate((panel) => ({
      text: [...panel.querySelectorAll(".token-text .lit")].map(({ textContent }) => textContent).join(""),
      hex: [...panel.querySelectorAll(".hex button.lit")].map((button) => button.getAttribute("aria-label")!.split(": ")[1]),
    }));
  await page.locator("#panel-learn .token-text .lit").first().waitFor();
  const envelope = await lit();
  assert(/^007eJ.{1,9}$/.test(envelope.text) && envelope.hex.length === 0, JSON.stringify(envelope));
  const wanted = ["Signature, byte 0", "App ID, byte 34", "Issued, byte 68", "Salt, byte 76", "Number of services, byte 80"];
  const next = page.getByRole("button", { name: "Next" });
  for (const first of wanted) {
    await next.click();
    assertEquals((await lit()).hex[0], first);
  }
  for (let step = 0; step < 3; step++) await next.press("Enter");
  const last = await lit();
  assert(!last.hex.includes("Signature, byte 0") && last.hex.includes("App ID, byte 34"));
  assert(!last.text.startsWith("007"), "the package is not signed");
  assertEquals(await page.evaluate(() => document.activeElement?.textContent), "Back");
  const back = page.getByRole("button", { name: "Back" });
  for (let step = 0; step < 8; step++) await back.press("Enter");
  assertEquals(await page.evaluate(() => document.activeElement?.textContent), "Next");
});
