/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { browserTest, openPage } from "./chromium.ts";

/** What is on the page in the views and states that look different. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "a genuine token": () => Promise.resolve(),
  "several services": (page) => example(page, "Several services"),
  "an expired token": (page) => example(page, "Expired"),
  "a damaged token": (page) => example(page, "Cut by a copy"),
  "no token": (page) => example(page, "Not a token"),
  "an old token": (page) => example(page, "The old 006"),
  "the steps of the signature": (page) => page.getByText("How the signature is made").click(),
  "a join that works": (page) => tab(page, "Will my join work?"),
  "a join that fails": async (page) => {
    await tab(page, "Will my join work?");
    await example(page, "Wrong channel");
  },
  "the builder": async (page) => {
    await tab(page, "Build");
    for (const name of ["Chat", "APaaS", "RTM2"]) await page.getByLabel(name, { exact: true }).check();
    await page.getByLabel("Role").first().selectOption("single");
  },
  "a builder with a wrong value": async (page) => {
    await tab(page, "Build");
    await page.getByLabel("What to build").selectOption("builders/rtc.buildTokenWithUid");
    await page.getByLabel("Token lasts (seconds)").fill("soon");
    await page.getByText("No token:").waitFor();
  },
  "the tour": async (page) => {
    await tab(page, "Learn");
    await page.getByRole("button", { name: "Next" }).click();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  browserTest(`axe finds nothing to blame in any view, in ${colorScheme}`, async (page) => {
    for (const [state, reach] of Object.entries(STATES)) {
      await openPage(page);
      await reach(page);
      await page.locator("[aria-busy]").waitFor({ state: "detached" });
      await page.evaluate(axe.source);
      const violations = await page.evaluate<AxeResults["violations"]>("axe.run().then(({ violations }) => violations)");
      const blamed = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ target }) => String(target)) }));
      assertEquals(blamed, [], state);
    }
  }, { colorScheme });
}

browserTest("no view is wider than its window, from 320 pixels on", async (page) => {
  for (const [state, reach] of Object.entries(STATES)) {
    await openPage(page);
    await reach(page);
    await page.locator("[aria-busy]").waitFor({ state: "detached" });
    for (const width of [320, 768, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), width, state);
    }
  }
});

browserTest("nothing moves for those who want no motion", async (page) => {
  await openPage(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return transitionDuration.split(",").some((time) => parseFloat(time) > 0) || animationName !== "none";
    }).length
  );
  assertEquals(moving, 0);
}, { reducedMotion: "reduce" });

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
}

async function example(page: Page, name: string): Promise<void> {
  await page.locator("[role=tabpanel]:visible").getByRole("button", { name, exact: true }).click();
  await page.waitForTimeout(50);
}
