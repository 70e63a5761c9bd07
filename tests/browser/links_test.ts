/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest, openPage, openPageAt } from "./chromium.ts";
import { NOW } from "./page.ts";

browserTest("pointing at text, bytes or a row highlights the same field in all three", async (page) => {
  await openPage(page);
  const panel = page.locator("#panel-inspect");
  for (
    const [what, path] of [
      [panel.locator(".token-text .seg").nth(2), "signature"],
      [panel.locator(".hex button", { hasText: "10 0e 00 00" }).first(), "expire"],
      [panel.locator(".hex .ascii .seg", { hasText: "lobby" }), "services[0].channelName"],
      [panel.locator("tr[data-path='appId'] .meaning"), "appId"],
    ] as const
  ) {
    await what.hover();
    const lit = await litPlaces(page);
    assert(lit.rows.includes(path), `${path}: ${lit.rows}`);
    assert(lit.text > 0 && lit.bytes > 0, path);
  }
  await panel.getByLabel("Token", { exact: true }).hover();
  assertEquals(await litPlaces(page), { rows: [], text: 0, bytes: 0 });
});

browserTest("selecting a field keeps it highlighted until Escape", async (page) => {
  await openPage(page);
  const panel = page.locator("#panel-inspect");
  await panel.locator("tr[data-path='salt'] button").click();
  await panel.getByLabel("Token", { exact: true }).hover();
  assertEquals((await litPlaces(page)).rows, ["salt"]);
  await panel.locator("tr[data-path='salt'] button").press("Escape");
  await panel.getByLabel("Token", { exact: true }).focus();
  assertEquals((await litPlaces(page)).rows, []);
});

browserTest(
  "a privilege is one row with its lifetime, which selects the bytes of both, and each of them selects it",
  async (page) => {
    await openPage(page);
    const panel = page.locator("#panel-inspect");
    const row = panel.locator("tr[data-path='services[0].privileges.joinChannel']");
    const cells = await row.locator("th, td:not(.meaning, .raw)").allTextContents();
    assertEquals(cells, ["joinChannel", "1 → 3600 s", "86–91"]);
    assertMatch((await row.locator(".meaning").textContent())!, /^valid for 1 h; expires in 5[45] min /);
    assertEquals(await panel.locator("tr[data-path='services[0].privileges[0]']").count(), 0);
    const chosen = panel.locator(".hex button[aria-current]");
    await row.getByRole("button").click();
    assertEquals(await chosen.allTextContents(), ["01 00 ", "10 0e 00 00 "]);
    await row.getByRole("button").press("Escape");
    for (const at of [0, 1]) {
      const bytes = panel.locator(`.hex button[data-spans='${(await row.getAttribute("data-spans"))!.split(" ")[at]}']`);
      await bytes.click();
      assertEquals([await chosen.count(), await row.getAttribute("aria-current")], [1, "true"]);
      await bytes.press("Escape");
    }
  },
);

browserTest("selecting characters of the token highlights the bytes that they encode", async (page) => {
  await openPage(page);
  await page.locator("#panel-inspect").getByLabel("Token", { exact: true }).evaluate((box: HTMLTextAreaElement) => {
    box.focus();
    box.setSelectionRange(10, 20);
  });
  await page.locator("#panel-inspect tr.lit").waitFor();
  assertEquals((await litPlaces(page)).rows, ["signature"]);
});

browserTest("the countdown ticks, and the verdict changes in the second in which the token expires", async (page) => {
  await openPageAt(page, NOW);
  const countdown = page.locator("tr[data-path='expire'] .countdown");
  assertMatch((await countdown.textContent())!, /^in 55 min$/);
  const verdict = page.locator("#panel-inspect .verdict");
  const spoken = page.locator(".spoken[role=status]");
  await page.clock.runFor(400);
  assertMatch((await spoken.textContent())!, /^Genuine and valid now\. for another 55 min/);
  await spoken.evaluate((element) => {
    new MutationObserver(() => element.dataset.rewritten = "yes").observe(element, { childList: true, subtree: true });
  });
  await page.clock.runFor(70_000);
  assertEquals(await spoken.getAttribute("data-rewritten"), null, "a verdict is read out once, not every second");
  assertMatch((await countdown.textContent())!, /^in 53 min 50 s$/);
  await page.clock.runFor(3_300_000);
  await verdict.getByRole("heading", { name: "Expired" }).waitFor();
  assert((await countdown.textContent())!.endsWith(" ago"));
  await page.clock.runFor(400);
  assertMatch((await spoken.textContent())!, /^Expired\./);
});

/** Where something is lit: the paths of the rows, and how many pieces of the text and of the bytes. */
function litPlaces(page: Page): Promise<{ rows: string[]; text: number; bytes: number }> {
  return page.evaluate(() => ({
    rows: [...document.querySelectorAll<HTMLElement>("#panel-inspect tr.lit")].map(({ dataset }) => dataset.path!),
    text: document.querySelectorAll("#panel-inspect .token-text .lit").length,
    bytes: document.querySelectorAll("#panel-inspect .hex .lit").length,
  }));
}
