/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest, openPage } from "./chromium.ts";
import { serveWithPage } from "./server.ts";

const TOKEN = await packed({ issueTs: Math.floor(Date.now() / 1000) });

browserTest("every task is done by the keyboard alone", async (page) => {
  await openPage(page);
  await page.locator("body").focus();

  // Inspect: type a token over the example, and its certificate.
  await tabTo(page, "Token");
  await type(page, TOKEN);
  await verdict(page, "Valid now, signature not checked");
  await tabTo(page, "App Certificate");
  await type(page, CERTIFICATE);
  await verdict(page, "Genuine and valid now");
  await tabTo(page, "Show");
  await page.keyboard.press("Enter");
  assertEquals(await page.locator("#panel-inspect input[type=password]:visible").count(), 0);
  await page.keyboard.press("Enter");

  // Any time.
  await tabTo(page, "As of now");
  await page.keyboard.press("Enter");
  await tabTo(page, "As of");
  await type(page, "2020-01-01 00:00 UTC");
  await verdict(page, "Not valid yet");
  await tabTo(page, "Now");
  await page.keyboard.press("Enter");
  await verdict(page, "Genuine and valid now");

  // From fields to bytes and back: arrows move, and both sides light up.
  await tabTo(page, "Signature");
  for (let field = 0; field < 4; field++) await page.keyboard.press("ArrowDown");
  assertEquals(await lit(page), "salt");
  assertEquals(await page.locator("#panel-inspect .hex button.lit").innerText(), "01 00 00 00");
  await page.keyboard.press("Enter");
  await tabTo(page, /: Signature, byte 0$/);
  for (let field = 0; field < 3; field++) await page.keyboard.press("ArrowRight");
  assertEquals(await lit(page), "expire");
  await page.keyboard.press("Tab");
  assertEquals(await lit(page), "salt", "what is chosen stays lit");
  await page.keyboard.press("Enter"); // how the signature is made
  await page.getByText("Add the salt").waitFor();

  // Will my join work?
  await tabTo(page, "Inspect", "Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await tabTo(page, "Purpose");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "Channel");
  await type(page, "Lobby");
  await verdict(page, "It will not work");
  await tabTo(page, "Show “Channel”");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.textContent === "Channel");
  assertEquals(await lit(page), "services[0].channelName");

  // Build, and open what was built.
  await tabTo(page, "Inspect", "Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await tabTo(page, "RTM");
  await page.keyboard.press("Space");
  await tabTo(page, "User ID");
  await type(page, "bob");
  await tabTo(page, "Open in Inspect");
  await page.keyboard.press("Enter");
  await verdict(page, "Genuine and valid now");
  assert((await page.locator("#panel-inspect .who").textContent())!.includes("RTM for user “bob”"));

  // Learn: walk to the end and open an old format.
  await page.keyboard.press("End");
  await tabTo(page, "Next");
  for (let step = 0; step < 8; step++) await page.keyboard.press("Enter");
  await page.getByText("Step 9 of 9").waitFor();
  await tabTo(page, "Open an example of 004");
  await page.keyboard.press("Enter");
  await verdict(page, "Genuine and valid now");

  // And the colours.
  await tabTo(page, "◐ System", "Shift+Tab");
  await page.keyboard.press("Enter");
  assertEquals(await page.evaluate(() => document.documentElement.dataset.theme), "light");
});

browserTest("asking the server is done by the keyboard alone, and keys of the browser are left to it", async (page) => {
  const { url, stop } = serveWithPage();
  try {
    await openPage(page, url);
    await tabTo(page, "Inspect");
    await page.keyboard.press("Control+End");
    assertEquals(await page.evaluate(() => document.activeElement?.id), "tab-inspect");
    await page.keyboard.press("End");
    await tabTo(page, "Channel");
    await type(page, "stage");
    await tabTo(page, "API key");
    await tabTo(page, "Request a token");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Inspect it" }).waitFor();
    await tabTo(page, "Inspect it");
    await page.keyboard.press("Enter");
    await verdict(page, "Valid now, signature not checked");
    assertEquals(await page.evaluate(() => document.activeElement?.id), "tab-inspect");
  } finally {
    await stop();
  }
});

/** Presses Tab until the focus is on the element with a name. */
async function tabTo(page: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    const own = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.getAttribute("aria-label") ?? element?.labels?.[0]?.textContent?.trim() ?? element?.textContent?.trim() ??
        "";
    });
    if (typeof name === "string" ? own === name : name.test(own)) return;
    seen.push(own.slice(0, 20));
  }
  throw new Error(`The keyboard does not reach ${name}: ${seen.join(" | ")}`);
}

/** Replaces the value of a field. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

async function verdict(page: Page, title: string): Promise<void> {
  await page.locator("[role=tabpanel]:visible .verdict").getByRole("heading", { name: title, exact: true }).waitFor();
}

/** The path of the highlighted row. */
async function lit(page: Page): Promise<string | null> {
  return await page.locator("#panel-inspect .fields tr.lit").getAttribute("data-path");
}
