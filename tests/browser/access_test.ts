/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { TOUR_TOKEN } from "../../playground/examples.ts";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { browserTest, chooseExample, openPage, PAGE_URL } from "./chromium.ts";
import { serveWithPage } from "./server.ts";

/** What is on the page in the views and states that look different. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "a genuine token": () => Promise.resolve(),
  "an example in the menu": (page) => page.locator(".menu summary").click(),
  "nothing in the box": async (page) => {
    await page.locator("#token").fill("");
    await page.getByRole("heading", { name: "Paste a token" }).waitFor();
  },
  "a time that is not now": async (page) => {
    await page.locator(".as-of summary").click();
    await page.getByRole("button", { name: "When it was issued" }).click();
    await page.locator(".as-of[data-set]").waitFor();
  },
  "several tokens": async (page) => {
    await page.locator("#token").fill(`first ${TOUR_TOKEN} second ${TOUR_TOKEN}`);
    await page.locator("#panel-inspect .found").waitFor();
  },
  "several services": (page) => chooseExample(page, "Several services"),
  "an expired token": (page) => chooseExample(page, "Expired"),
  "a damaged token": (page) => chooseExample(page, "Cut off when copied"),
  "no token": (page) => chooseExample(page, "Not a token"),
  "an error message": (page) => chooseExample(page, "An error message"),
  "an old token": (page) => chooseExample(page, "The old 006"),
  "a whiteboard token": async (page) => {
    await tab(page, "Learn");
    await page.getByRole("row", { name: /NETLESSROOM_/ }).getByRole("button").click();
    await page.getByLabel("Secret key (SK)").waitFor();
  },
  "the steps of the signature": (page) => page.getByText("How the signature is made").click(),
  "a join that works": (page) => tab(page, "Will my join work?"),
  "a join that fails": async (page) => {
    await tab(page, "Will my join work?");
    await chooseExample(page, "Wrong channel");
  },
  "the builder": async (page) => {
    await tab(page, "Build");
    for (const name of ["Chat", "APaaS", "RTM2"]) await page.getByLabel(name, { exact: true }).check();
    await page.getByLabel("Role").first().selectOption("single");
  },
  "a builder with a wrong value": async (page) => {
    await tab(page, "Build");
    await page.getByLabel("What to build").selectOption("builders/rtc.buildTokenWithUid");
    await page.getByLabel("Token lifetime (seconds)").fill("soon");
    await page.getByText("No token:").waitFor();
  },
  "another token to compare with": async (page) => {
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByLabel("The other token").fill(TOUR_TOKEN);
    await page.locator(".compared").waitFor();
  },
  "an edited token that breaks a rule": async (page) => {
    await page.getByRole("button", { name: "Edit and re-sign" }).click();
    await page.locator(".edit [data-path='expire'] input").fill("100000");
    await page.locator(".edit-banner[data-tone=warning]").waitFor();
  },
  "the code of a token": async (page) => {
    await page.getByRole("button", { name: "Code", exact: true }).click();
    await page.locator(".next").getByLabel("Language").selectOption("php");
    await page.locator(".next .code-result summary").click();
  },
  "a batch": async (page) => {
    await tab(page, "Batch");
    await page.getByLabel("Text with tokens").fill(`${TOUR_TOKEN}\n${TOUR_TOKEN.slice(0, -20)}`);
    await page.locator(".batch tbody tr").first().waitFor();
  },
  "the tour": async (page) => {
    await tab(page, "Learn");
    await page.getByRole("button", { name: "Next" }).click();
  },
};

/** What is on the page where a server of ours sends it. */
const SERVED: typeof STATES = {
  "a request to the server": (page) => tab(page, "Token server"),
  "an answer of the server": async (page) => {
    await tab(page, "Token server");
    await page.getByRole("button", { name: "Request a token" }).click();
    await page.getByRole("button", { name: "Inspect it" }).waitFor();
  },
};

/** Puts every state on the page, and looks. */
async function inEveryState(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  const { url, stop } = serveWithPage();
  try {
    for (const [states, address] of [[STATES, PAGE_URL], [SERVED, url]] as const) {
      for (const [state, reach] of Object.entries(states)) {
        await openPage(page, address);
        await reach(page);
        await page.locator("[aria-busy]").waitFor({ state: "detached" });
        await look(state);
      }
    }
  } finally {
    await stop();
  }
}

/** What axe looks for: all it knows once, and in the other colours what depends on them. */
const LOOKED_FOR = { light: {}, dark: { runOnly: ["color-contrast"] } } as const;

for (const [colorScheme, options] of Object.entries(LOOKED_FOR)) {
  browserTest(`axe finds no violation in any view, in ${colorScheme}`, async (page) => {
    await inEveryState(page, async (state) => {
      await page.evaluate(axe.source);
      const run = `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`;
      const violations = await page.evaluate<AxeResults["violations"]>(run);
      const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ target }) => String(target)) }));
      assertEquals(found, [], state);
    });
  }, { colorScheme: colorScheme as keyof typeof LOOKED_FOR });
}

browserTest("no view is wider than its window, from 320 pixels up", async (page) => {
  await inEveryState(page, async (state) => {
    for (const width of [320, 768, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), width, state);
      const tabs = await page.getByRole("tablist").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assertEquals(tabs, 0, `tabs: ${state}`);
    }
  });
});

browserTest("selected and highlighted elements and bars are visible in forced colours", async (page) => {
  await openPage(page);
  await page.locator("tr[data-path='salt'] button").click();
  const tab = page.getByRole("tab", { name: "Build" });
  assertEquals(
    await tab.evaluate((tab) => [getComputedStyle(tab).borderBottomWidth, getComputedStyle(tab).textDecorationLine]),
    [
      "0px",
      "none",
    ],
  );
  const differ = await page.evaluate(() => {
    const background = (selector: string) => getComputedStyle(document.querySelector(`${selector}`)!).backgroundColor;
    return [
      ["[role=tab][aria-selected=true]", "[role=tab][aria-selected=false]"],
      [".hex button.lit", ".hex button:not(.lit)"],
      ["tr.lit td", "tr:not(.lit) td"],
      [".timeline .bar", ".timeline .track"],
    ].map(([one, other]) => background(one!) !== background(other!));
  });
  assertEquals(differ, [true, true, true, true]);
}, { forcedColors: "active" });

browserTest("the verdict covers nothing in a short window", async (page) => {
  await openPage(page);
  await tab(page, "Will my join work?");
  const position = () => page.locator("#panel-join .verdict").evaluate((verdict) => getComputedStyle(verdict).position);
  await page.setViewportSize({ width: 600, height: 400 });
  assertEquals(await position(), "static");
  await page.setViewportSize({ width: 600, height: 900 });
  assertEquals(await position(), "sticky");
});

browserTest("nothing moves if reduced motion is preferred", async (page) => {
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
