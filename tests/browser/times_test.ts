/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { exampleOfFormat } from "../../playground/examples.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { browserTest } from "./chromium.ts";
import { HALF, NOW, show, tokenOf, typeAndSee } from "./page.ts";

const DAY = 86_400;

/** The bars of the timeline: their names and texts, and their extent in the track. */
function bars(page: Page): Promise<{ name: string; words: string; from: number; to: number }[]> {
  return page.locator("#panel-inspect .timeline li").evaluateAll((rows) =>
    rows.map((row) => {
      const [track, bar] = [".track", ".bar"].map((selector) => row.querySelector(selector)!.getBoundingClientRect());
      return {
        name: row.querySelector(".label")!.textContent!,
        words: row.querySelector(".ends")!.textContent!,
        from: (bar!.left - track!.left) / track!.width,
        to: (bar!.right - track!.left) / track!.width,
      };
    })
  );
}

function marks(page: Page): Promise<string[]> {
  return page.locator("#panel-inspect .marks .mark").allTextContents();
}

browserTest(
  "a token with a lifetime of a week expires after 24 hours: in the picture, the table and the verdict",
  async (page) => {
    await show(page, await tokenOf(7 * DAY, { joinChannel: 7 * DAY }), CERTIFICATE);
    assertEquals((await bars(page)).map(({ name, words }) => [name, words]), [["Token and RTC join", "1 day left"]]);
    assert((await marks(page)).includes("24 h"));
    const rows = page.locator("#panel-inspect tr", { hasText: "set to 7 days" });
    assertEquals(await rows.count(), 2);
    for (const countdown of await rows.locator(".countdown").allTextContents()) assertEquals(countdown, "in 1 day");
    await typeAndSee(page, [{ token: await tokenOf(7 * DAY, { joinChannel: 7 * DAY }, NOW - DAY), certificate: CERTIFICATE }]);
    assertEquals(await page.locator("#panel-inspect .verdict h2").textContent(), "Expired");
    assertEquals((await bars(page)).map(({ words }) => words), ["expired 0 s ago"]);
  },
);

browserTest("a reason has no number of seconds, which would not change with the times beside it", async (page) => {
  const lifetimes = [[30, NOW - 10], [3600, NOW + 60], [3600, NOW - DAY], [7 * DAY, NOW - DAY]] as const;
  const codes = new Set<string>();
  for (const [expire, issueTs] of lifetimes) {
    await show(page, await tokenOf(expire, { joinChannel: 5, publishAudioStream: 60 }, issueTs));
    await page.getByRole("tab", { name: "Will my join work?" }).click();
    await page.locator("#panel-join .finding").first().waitFor();
    for (const finding of await page.locator("#panel-join .finding").all()) {
      codes.add((await finding.locator(".head code").textContent())!);
      assert(!/(ago|begins in .*|ends in .* seconds)\b/.test((await finding.locator(".message").textContent())!), "seconds");
    }
  }
  for (const code of ["expired", "expires-soon", "not-yet-valid", "older-than-24-hours", "privilege-expired"]) {
    assert(codes.has(code), code);
  }
});

browserTest("formats that have no cap of 24 hours show none", async (page) => {
  const { text } = await exampleOfFormat("005", NOW);
  await show(page, text!);
  assertEquals((await bars(page)).length, 1);
  assert(!(await marks(page)).some((mark) => mark.startsWith("24 h")));
});

browserTest("the bars are as long as what they stand for", async (page) => {
  await show(page, await tokenOf(3600, HALF));
  const [token, join] = await bars(page);
  assertEquals([token!.words, join!.words], ["1 h left", "30 min left"]);
  assertEquals([token!.name, join!.name], ["Token and RTC publish audio", "RTC join"]);
  const length = (bar: typeof token) => bar!.to - bar!.from;
  assert(Math.abs(length(join) / length(token) - 0.5) < 0.02, `${length(join)} of ${length(token)}`);
  assert(token!.from < 0.01 && token!.to > 0.8 && token!.to < 0.97);
});

browserTest("a time is shown as from here, as a date of this place, and in UTC", async (page) => {
  await show(page, await tokenOf(3600, HALF, NOW - 60));
  const time = page.locator("tr[data-path='issueTs'] .time");
  assertEquals(await time.locator(".countdown").textContent(), "1 min ago");
  assertEquals(await time.locator(".utc").textContent(), "2027-01-15 07:59:00 UTC");
  assertMatch((await time.locator("time").textContent())!, /^16:59:00 today$/);
  assertEquals(await time.locator("time").getAttribute("datetime"), "2027-01-15T07:59:00.000Z");
  assertEquals(await page.locator("tr[data-path='expire'] .utc").textContent(), "2027-01-15 08:59:00 UTC");
  await typeAndSee(page, [{ token: await tokenOf(3600, HALF, 0) }]);
  assertEquals(await time.locator(".utc").textContent(), "1970-01-01 00:00:00 UTC");
  assertEquals(await time.locator("time").textContent(), "Jan 1, 1970, 09:00:00", "in the language of the page");
}, { timezoneId: "Asia/Tokyo", locale: "de-DE" });
