/** Takes the pictures of the README: each view in light, dark, and at the width of a phone. @module */
import type { Page } from "playwright-core";
import { findChromium, launch, openPage } from "../tests/browser/chromium.ts";

const folder = new URL("../playground/screenshots/", import.meta.url);

/** The pictures: what to do on the page that has just opened. */
const PICTURES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  inspect: async (page) => {
    await page.getByRole("row", { name: /^Channel/ }).getByRole("button").first().click();
    await page.evaluate(() => scrollTo(0, 0));
  },
  damaged: async (page) => await page.getByRole("tabpanel").getByRole("button", { name: "Cut by a copy" }).click(),
  join: async (page) => {
    await page.getByRole("tab", { name: "Will my join work?" }).click();
    await page.getByRole("tabpanel").getByRole("button", { name: "Wrong channel" }).click();
  },
  build: async (page) => await page.getByRole("tab", { name: "Build" }).click(),
  learn: async (page) => {
    await page.getByRole("tab", { name: "Learn" }).click();
    for (let step = 0; step < 6; step++) await page.getByRole("button", { name: "Next" }).click();
  },
};

/** How the page is looked at. */
const LOOKS = {
  light: { width: 1180, height: 1000, scheme: "light" },
  dark: { width: 1180, height: 1000, scheme: "dark" },
  phone: { width: 360, height: 800, scheme: "light" },
} as const;

const path = await findChromium();
if (path === undefined) throw new Error("Chromium is not installed");
const browser = await launch(path);
try {
  await Deno.mkdir(folder, { recursive: true });
  for (const [look, { width, height, scheme }] of Object.entries(LOOKS)) {
    for (const [name, prepare] of Object.entries(PICTURES)) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
      await openPage(page);
      await prepare(page);
      await page.waitForTimeout(300); // colours fade
      await page.screenshot({ path: new URL(`${name}-${look}.png`, folder).pathname, fullPage: Deno.args.includes("--full") });
      await page.close();
    }
  }
} finally {
  await browser.close();
}
