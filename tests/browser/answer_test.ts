/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { exampleOfFormat, TOUR_TOKEN } from "../../playground/examples.ts";
import { timeIn } from "../../playground/time_in.ts";
import { CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest, chooseExample, openPage, openPageAt, recordCopies } from "./chromium.ts";
import { HALF, NOW, show, tokenOf, typeAndSee } from "./page.ts";

/** How far down the page something ends, in pixels from its top. */
function endOf(page: Page, selector: string): Promise<number> {
  return page.locator(`#panel-inspect ${selector}`).last().evaluate((element) =>
    element.getBoundingClientRect().bottom + scrollY
  );
}

const FORMATS = ["007", "006", "005", "004", "003", "002", "001", "signaling"];

browserTest("the answer of every format is on the first screen of a small laptop", async (page) => {
  const now = Math.floor(Date.now() / 1000); // a builder of 006 takes it from the clock
  await page.clock.setFixedTime(now * 1000);
  await openPage(page);
  const whole = [".until", ".who .right strong", ".chips", ".project", ".checks"];
  for (const version of FORMATS) {
    const example = await exampleOfFormat(version, now);
    const [seen] = await typeAndSee(page, [{
      token: example.text!,
      certificate: example.certificate,
      channelName: version === "007" ? "" : example.channelName,
      user: version === "007" ? "" : example.user,
      service: example.service,
    }]);
    assertMatch(seen!.title, version === "signaling" ? /^Valid now/ : /^Genuine and valid now$/, version); // it wants an account
    for (const part of whole) assert(await endOf(page, part) <= 720, `${version} ${part}`);
    assertEquals(await page.locator("#panel-inspect .checks li").count(), 4, version);
  }
  for (const name of ["Several services", "Expired", "Cut off when copied", "In JSON", "An error message"]) {
    await chooseExample(page, name);
    await page.locator("[aria-busy]").waitFor({ state: "detached" });
    assert(await endOf(page, ".answer") <= 720, name);
  }
}, { viewport: { width: 1280, height: 720 } });

browserTest(
  "on a phone the verdict, until when, for whom and the rights are on the first screen, and the rest within half a screen more",
  async (page) => {
    await openPageAt(page, NOW);
    for (const part of [".verdict h2", ".until", ".who .right strong", ".chips"]) assert(await endOf(page, part) <= 740, part);
    assert(await endOf(page, ".answer") <= 1.5 * 740);
    const tabs = await page.getByRole("tab").evaluateAll((tabs) =>
      new Set(tabs.map((tab) => (tab as HTMLElement).offsetTop)).size
    );
    assertEquals(tabs, 1, "tabs in one line");
  },
  { viewport: { width: 360, height: 740 } },
);

browserTest("the answer says what was checked, and brings to what was not", async (page) => {
  await show(page, await tokenOf(3600, HALF));
  const checks = () =>
    page.locator("#panel-inspect .checks li").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.result));
  assertEquals(await checks(), ["yes", "open", "yes", "open"]);
  await page.getByRole("button", { name: "Enter it" }).click();
  assertEquals(await page.evaluate(() => (document.activeElement as HTMLInputElement).type), "password");
  await typeAndSee(page, [{ token: await tokenOf(3600, HALF), certificate: CERTIFICATE }]);
  assertEquals(await checks(), ["yes", "yes", "yes", "open"]);
  await typeAndSee(page, [{ token: await tokenOf(60, HALF, NOW - 90), certificate: "1".repeat(32) }]);
  assertEquals(await checks(), ["yes", "no", "no", "open"]);
  await typeAndSee(page, [{ token: TOUR_TOKEN.slice(0, -20) }]);
  assertEquals(await checks(), ["no", "open"]);
  await typeAndSee(page, [{ token: (await exampleOfFormat("006", NOW)).text! }]);
  await page.getByRole("button", { name: "Enter it" }).waitFor();
  await typeAndSee(page, [{ token: (await exampleOfFormat("006", NOW)).text!, certificate: CERTIFICATE }]);
  await page.getByRole("button", { name: "Enter them" }).click();
  await page.keyboard.insertText("lobby");
  assertEquals(await page.locator("#panel-inspect").getByLabel("Channel", { exact: true }).inputValue(), "lobby");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#panel-join").getByLabel("Purpose").waitFor();
});

browserTest("the answer names rights with an end of their own, and the end of a token by its rights", async (page) => {
  await show(page, await tokenOf(3600, HALF));
  const chips = page.locator("#panel-inspect .chips li");
  assertEquals(await chips.allTextContents(), ["join for 30 min", "publish audio"]);
  await typeAndSee(page, [{ token: await tokenOf(3600, HALF, NOW - 2000) }]);
  assertEquals(await chips.allTextContents(), ["join expired", "publish audio"]);
  assertMatch((await page.locator(".until").textContent())!, /^for another 26 min 40 s until \d\d:26:40 today · 08:26:40 UTC$/);
  // The rights of a 006 expire before the token, which is then of no use.
  const now = Math.floor(Date.now() / 1000); // a builder of 006 takes it from the clock
  await page.clock.setFixedTime(now * 1000);
  await typeAndSee(page, [{ token: (await exampleOfFormat("006", now)).text! }]);
  assertMatch((await page.locator(".until").textContent())!, /^its rights for another 1 h until /);
});

browserTest("an example is replaced by what is pasted or typed over it, and a second click puts the caret", async (page) => {
  await openPage(page);
  const box = page.locator("#token");
  const badge = page.getByText("Example: paste yours over it");
  await badge.waitFor();
  await box.click();
  const token = await packed({ issueTs: NOW });
  await page.keyboard.insertText(token);
  assertEquals(await box.inputValue(), token);
  assertEquals(await badge.isVisible(), false);
  await chooseExample(page, "Expired");
  await box.click();
  await box.click();
  const selected = () => box.evaluate((box: HTMLTextAreaElement) => box.selectionEnd - box.selectionStart);
  assertEquals(await selected(), 0, "who clicks twice wants to edit");
  await page.locator("#token").evaluate((box) => box.dispatchEvent(new ClipboardEvent("paste")));
  assert(await selected() > 100, "but a paste replaces it still");
  await box.fill("x");
  await box.blur();
  await box.click();
  assertEquals(await selected(), 0, "own text is not selected");
});

browserTest("Paste pastes, and says how where the browser does not let it", async (page) => {
  await page.addInitScript(() => {
    const clipboard = { readText: () => Promise.resolve("join failed: 110") };
    Object.defineProperty(navigator, "clipboard", { value: clipboard });
    Object.assign(globalThis, { clipboard });
  });
  await openPage(page);
  const paste = page.getByRole("button", { name: "Paste", exact: true });
  await paste.click();
  assertEquals(await page.locator("#token").inputValue(), "join failed: 110");
  await page.evaluate("clipboard.readText = () => Promise.reject(new Error())");
  await paste.click();
  await page.locator(".news", { hasText: "press Ctrl+V" }).waitFor();
  assertEquals(await page.locator("#token").inputValue(), "join failed: 110");
});

browserTest("a file that is dropped on the page is read", async (page) => {
  await openPage(page);
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "app.log"));
    document.querySelector("main")!.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, `2026-01-15T12:10:00Z token=${TOUR_TOKEN} joined`);
  await page.locator("#panel-inspect .details", { hasText: "other text around it" }).waitFor();
});

browserTest("the first screen brings each of the three who come to where they begin", async (page) => {
  await openPage(page);
  await page.getByRole("button", { name: "Try “error 110”" }).click();
  await page.getByRole("heading", { name: "This is an error message" }).waitFor();
  await page.getByRole("button", { name: "Build a token" }).click();
  await page.locator("#panel-build").waitFor();
  await page.getByRole("tab", { name: "Inspect" }).click();
  await page.locator("#token").fill(TOUR_TOKEN);
  await page.locator(".guide").waitFor({ state: "hidden" });
});

browserTest(
  "of several tokens all are listed with their users and times, and the one that is chosen is shown",
  async (page) => {
    await openPageAt(page, NOW);
    const other = await packed({
      issueTs: NOW,
      expire: 60,
      services: [{ type: "rtm", userId: "bob", privileges: { login: 60 } }],
    });
    const box = page.locator("#token");
    const log = `first ${await tokenOf(3600, HALF)} and then ${other}`;
    await box.fill(log);
    const items = page.locator("#panel-inspect .found li");
    await items.nth(1).waitFor();
    assertMatch((await items.first().textContent())!, /^007, characters 7 to \d+ channel “stage” · uid 7 · 1 h left$/);
    assertMatch((await items.nth(1).textContent())!, /user “bob” · 1 min left$/);
    await items.nth(1).getByRole("button").click();
    await page.locator(".token-text", { hasText: other }).waitFor();
    assertEquals(await box.inputValue(), log);
    assertEquals(await items.nth(1).getByRole("button").getAttribute("aria-pressed"), "true");
    await box.fill(`${log} again`);
    await page.locator(".who", { hasText: "stage" }).waitFor();
  },
);

browserTest("what was taken off a token is said, and the clean one is copied; so is a repaired one", async (page) => {
  await recordCopies(page);
  await openPageAt(page, NOW);
  const token = await tokenOf(3600, HALF);
  await page.locator("#token").fill(`Authorization: "${encodeURIComponent(token)}"`);
  await page.getByRole("button", { name: "Copy the clean token" }).click();
  assertEquals(await page.evaluate("copied.at(-1)"), token);
  const at = 60;
  const wrong = token[at] === "A" ? "B" : "A";
  await page.locator("#token").fill(token.slice(0, at) + wrong + token.slice(at + 1));
  await page.getByRole("button", { name: "Copy the repaired token" }).click();
  assertEquals(await page.evaluate("copied.at(-1)"), token);
  await page.getByRole("button", { name: "Inspect it" }).click();
  assertEquals(await page.locator("#token").inputValue(), token);
});

browserTest("a number is explained for the SDK that is chosen, and an error beside a token too", async (page) => {
  await show(page, "110");
  const meanings = page.locator("#panel-inspect .finding:visible");
  await page.locator("#panel-inspect").getByLabel("Who said it").selectOption({
    label: "RTC: Android, iOS, Flutter, Unity, desktop",
  });
  assertEquals(await meanings.count(), 1);
  await page.locator("#token").fill("4");
  await page.locator("#panel-inspect").getByLabel("Who said it").waitFor();
  assertEquals(await page.locator("#panel-inspect").getByLabel("Who said it").inputValue(), "");
  await page.locator("#token").fill(`join failed: dynamic use static key, token=${TOUR_TOKEN}`);
  await page.locator("#panel-inspect .finding", { hasText: "What to do" }).first().waitFor();
  await page.locator("#token").fill(TOUR_TOKEN);
  await page.getByRole("heading", { name: "What the message means" }).waitFor({ state: "hidden" });
});

browserTest("a token is judged as of any time, and the page says so", async (page) => {
  await openPageAt(page, NOW);
  await page.locator("#token").fill(TOUR_TOKEN);
  await page.locator("#panel-inspect").getByLabel("App Certificate").fill("1".repeat(32));
  const heading = (name: string) => page.locator("#panel-inspect").getByRole("heading", { name, exact: true }).waitFor();
  await heading("Expired");
  await page.getByText("As of now").click();
  const field = page.locator("#panel-inspect").getByLabel("As of", { exact: true });
  await field.fill("2026-01-15 12:30 UTC");
  await heading("Genuine and valid now");
  await page.locator("summary", { hasText: "As of 2026-01-15 12:30:00 UTC" }).waitFor();
  assertMatch((await page.locator(".until").textContent())!, /^for another 25 min until /);
  await page.clock.runFor(2000);
  assertMatch((await page.locator("tr[data-path='expire'] .countdown").textContent())!, /^in 25 min$/, "the time stands still");
  await field.fill("soon");
  await page.getByText("This is not a time.").waitFor();
  await page.getByRole("button", { name: "Its last second" }).click();
  await heading("Genuine and valid now");
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await heading("Expired");
  await page.locator("#token").fill(`[2026-01-15T12:10:00.123Z] join with ${TOUR_TOKEN} failed`);
  await page.getByRole("button", { name: "The time in the pasted text" }).click();
  await page.locator("summary", { hasText: "As of 2026-01-15 12:10:00 UTC" }).waitFor();
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await page.locator("#panel-join").getByRole("heading", { name: "No problem in what was checked" }).waitFor();
});

Deno.test("timeIn() reads dates with and without a zone, and Unix times in seconds and milliseconds", () => {
  const noon = Date.UTC(2026, 0, 15, 12) / 1000;
  for (
    const text of ["2026-01-15 12:00 UTC", "at 2026-01-15T12:00:00Z", "2026-01-15T13:00:00,5+0100", "2026-01-15 06:30 -05:30"]
  ) assertEquals(timeIn(text), noon, text);
  assertEquals([timeIn(`${noon}`), timeIn(` ${noon}999 `)], [noon, noon]);
  assertEquals(timeIn("2026-01-15 12:00"), new Date(2026, 0, 15, 12).getTime() / 1000);
  for (const text of ["", "soon", "12:00", "2026-13-45 12:00 UTC", "1969-01-01 00:00 UTC", "99999999999"]) {
    assertEquals(timeIn(text), undefined, text);
  }
});

browserTest("without script the header, the box and what to put into it are there", async (page) => {
  await page.goto(new URL("../../playground/index.html", import.meta.url).href);
  for (const words of ["agoratoken", "Paste anything", "Nothing yet?", "Please enable JavaScript"]) {
    assert((await page.content()).includes(words), words);
  }
  for (const part of ["h1", "[role=tablist]", "#token", ".guide"]) assert(await page.locator(part).isVisible(), part);
}, { javaScriptEnabled: false });

Deno.test("what the first paint takes is under 20 KB, compressed", async () => {
  const html = await Deno.readTextFile(new URL("../../playground/index.html", import.meta.url));
  const size = async (text: string) =>
    (await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).bytes()).length;
  const first = html.slice(0, html.indexOf("<script>"));
  assert(first.includes('id="token"') && await size(first) < 20 * 1024, `${await size(first)}`);
  assert(!html.includes("agora_doc_source"), "the sources of messages are not shown");
});

browserTest("the table is in its wide form on a small laptop, and the bytes beside it stay in view", async (page) => {
  await openPage(page);
  const row = page.locator("tr[data-path='services[0].uid']");
  assertEquals(await row.evaluate((row) => getComputedStyle(row).display), "table-row");
  await row.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await row.getByRole("button").click();
  const place = (await page.locator(".hex button.lit").boundingBox())!;
  assert(place.y >= 0 && place.y + place.height <= 720, JSON.stringify(place));
}, { viewport: { width: 1280, height: 720 } });

browserTest("on a phone the bytes of a field open inside its row", async (page) => {
  await openPage(page);
  const row = page.locator("tr[data-path='services[0].channelName']");
  assertEquals(await row.locator(".raw").isVisible(), false);
  await row.getByRole("button").click();
  assertEquals(await row.locator(".raw").innerText(), "05 00 6c 6f 62 62 79");
  await page.locator("tr[data-path='salt']").getByRole("button").click();
  assertEquals(await row.locator(".raw").isVisible(), false);
}, { viewport: { width: 360, height: 740 } });

browserTest("a page that is twice as large, or printed, loses nothing", async (page) => {
  await openPage(page);
  await page.setViewportSize({ width: 640, height: 360 }); // 1280 × 720 at 200 %
  assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 640);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ media: "print" });
  for (const part of [".answer h2", ".until", ".checks", ".fields tr >> nth=-1", ".hex-row >> nth=-1"]) {
    assert(await page.locator(`#panel-inspect ${part}`).isVisible(), part);
  }
  assertEquals(await page.locator(".tools").isVisible(), false);
});
