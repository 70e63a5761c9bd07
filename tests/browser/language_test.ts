/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { TOUR_TOKEN } from "../../playground/examples.ts";
import { browserTest, openPage, PAGE_URL, recordCopies } from "./chromium.ts";

const CHINESE = `${PAGE_URL}?lang=zh`;

async function openInChinese(page: Page): Promise<void> {
  await page.goto(CHINESE);
  await page.locator(".verdict h2").first().filter({ hasText: "真实" }).waitFor();
}

/** What is visible or read out and has three English words in a row, outside of tokens and code. */
async function english(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const look = (text: string | null) => {
      const own = text?.replace(/dynamic key expired/g, "") ?? ""; // the words of an SDK
      if (/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(own)) found.push(own.trim());
    };
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node; (node = nodes.nextNode());) {
      const element = node instanceof Element ? node : node.parentElement!;
      if (element.closest("script, noscript, pre, code, output, textarea, .token-text, .hex, .languages")) continue;
      if (!element.checkVisibility()) continue;
      if (node instanceof Element) { for (const name of ["aria-label", "title", "placeholder"]) look(node.getAttribute(name)); }
      else look(node.nodeValue);
    }
    return found;
  });
}

const press = (page: Page, selector: string) => page.locator(selector).first().click();

/** The views and what opens in them; axe looks at those with `true`. */
const STATES: readonly (readonly [state: string, reach: (page: Page) => Promise<void>, isLookedAt: boolean])[] = [
  ["a token", () => Promise.resolve(), true],
  ["the steps of the signature", (page) => press(page, "details.aside summary"), false],
  ["another to compare with", async (page) => {
    await press(page, "[data-action=compare]");
    await page.locator(".compare textarea").fill(TOUR_TOKEN);
    await page.locator(".compared").waitFor();
  }, false],
  ["an edited token", (page) => press(page, "[data-action=edit]"), false],
  ["code", (page) => press(page, "[data-action=code]"), false],
  ["several services", (page) => example(page, "agent"), false],
  ["an expired token", (page) => example(page, "expired"), false],
  ["a damaged token", (page) => example(page, "cut"), true],
  ["a message", (page) => example(page, "number"), true],
  ["an old token", (page) => example(page, "old"), false],
  ["a join that fails", async (page) => {
    await press(page, "#tab-join");
    await example(page, "wrongChannel");
  }, true],
  ["the builder", (page) => press(page, "#tab-build"), true],
  ["a batch", async (page) => {
    await press(page, "#tab-batch");
    await page.locator("#panel-batch textarea").fill(TOUR_TOKEN);
    await page.locator(".batch tbody tr").waitFor();
  }, false],
  ["the tour", (page) => press(page, "#tab-learn"), true],
];

async function example(page: Page, name: string): Promise<void> {
  await page.evaluate((name) => document.querySelector<HTMLElement>(`[data-example=${name}]`)!.click(), name);
  await page.waitForTimeout(100);
}

browserTest(
  "the page in Chinese has no English sentence in any view, and axe finds nothing, on a desktop and a phone",
  async (page) => {
    await openInChinese(page);
    await page.evaluate(axe.source);
    for (const [state, reach, isLookedAt] of STATES) {
      await reach(page);
      await page.locator("[aria-busy]").waitFor({ state: "detached" });
      assertEquals(await english(page), [], state);
      for (const width of isLookedAt ? [1280, 360] : []) {
        await page.setViewportSize({ width, height: 800 });
        const violations = await page.evaluate<AxeResults["violations"]>("axe.run().then(({ violations }) => violations)");
        assertEquals(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => String(target))]), [], state);
        assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), width, state);
      }
    }
  },
);

browserTest(
  "the link in the header turns the page to another language, and nothing that was typed in is lost",
  async (page) => {
    await recordCopies(page);
    await openPage(page);
    await page.locator("#token").fill(TOUR_TOKEN);
    await press(page, "#tab-batch");
    await page.locator("#panel-batch textarea").fill("nothing");
    await press(page, "#tab-build");
    await page.getByLabel("Chat", { exact: true }).check();
    await page.locator("#panel-build [data-option=channelName] input").fill("stage");
    await press(page, ".languages a");
    await page.locator("html[lang=zh-CN]").waitFor();
    const channel = page.locator("#panel-build [data-option=channelName] input");
    await page.waitForFunction((input) => (input as HTMLInputElement).value === "stage", await channel.elementHandle());
    assert(await page.getByLabel("即时通讯 IM", { exact: true }).isChecked());
    assertEquals(await page.locator("#panel-batch textarea").inputValue(), "nothing");
    assert(page.url().endsWith("?lang=zh#build"), page.url());
    await press(page, "#tab-inspect");
    assertEquals(await page.locator("#token").inputValue(), TOUR_TOKEN);
    await press(page, "#panel-inspect .next button"); // the report
    const [report] = await page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
    assert(report!.startsWith("### 已过期") && report!.includes("App ID："), report);
    await page.goBack();
    await page.goBack();
    await page.locator("html[lang=en]").waitFor();
    assertEquals(await page.locator("#token").inputValue(), TOUR_TOKEN);
  },
);

browserTest("the page is in the language of the browser", async (page) => {
  await openInChinese(page);
  await page.goto(PAGE_URL);
  await page.locator(".verdict h2").first().filter({ hasText: "真实" }).waitFor();
  assertEquals(await page.title(), "agoratoken：看懂声网 Token，查明它为何无效");
}, { locale: "zh-CN" });

browserTest("the lines of the first visit have their words apart in English", async (page) => {
  await openPage(page, PAGE_URL);
  const words = await page.locator(".guide").evaluate(({ textContent }) => textContent!.replace(/\s+/g, " ").trim());
  assert(/^A token, or text .* Only an error\? Paste .* Nothing yet\? Fill in a form\. Build a token$/.test(words), words);
});
