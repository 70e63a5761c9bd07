/// <reference lib="dom" />
/**
 * Measures the playground in a real browser: its size, the time until it shows a verdict, and the work for one key while typing
 * in a token of 2,000 bytes. Run it with `deno run --allow-all bench/playground.ts`.
 *
 * @module
 */
import type { CDPSession, Page } from "playwright-core";
import { packToken } from "../mod.ts";
import { findChromium, launch, openPage, PAGE_URL } from "../tests/browser/chromium.ts";

const VISITS = 11;
const KEYS = 40;
const PASTES = 5;

const html = await Deno.readFile(new URL(PAGE_URL));
const zipped = await new Response(new Blob([html]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
console.log(`size: ${kilobytes(zipped.byteLength)} transferred (gzip), ${kilobytes(html.length)} on disk (minified)`);

const path = await findChromium();
if (path === undefined) throw new Error("Chromium is not installed");
const browser = await launch(path);
try {
  const times: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector(".verdict h2")?.textContent !== "Genuine and valid now") return;
        performance.mark("interactive");
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await openPage(page);
    times.push(await page.evaluate(() => performance.getEntriesByName("interactive")[0]!.startTime));
    await page.close();
  }
  console.log(`interactive: ${spread(times)} ms from the start of the navigation, ${VISITS} visits`);

  const page = await browser.newPage();
  await openPage(page);
  const box = page.locator("#panel-inspect textarea");
  const token = await largeToken();
  await box.fill(token);
  await box.press("End");
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const idle = await work(session, () => Promise.resolve());
  const keys = await work(session, async (index) => {
    // Raw events, since the work that Playwright does for a key would be counted as work of the page.
    const [text, key, windowsVirtualKeyCode] = index % 2 === 0
      ? [undefined, "Backspace", 8] as const
      : ["=", "=", 187] as const;
    await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...(text && { text }), key, windowsVirtualKeyCode });
  });
  console.log(
    `one key in a token of ${token.length} bytes: ${spread(keys)} ms of the main thread, ${KEYS} keys; idle ${spread(idle)}`,
  );

  // A log with a token at its end, of more and more lines: the time grows with it, and no faster.
  const line =
    "2026-01-15T12:00:00.000Z INFO [room 17] user 1001 joined, 3 peers, rtt=42ms, code=0, https://example.com/a?b=c\n";
  for (const length of [25_000, 50_000, 100_000, 190_000]) {
    const text = `${line.repeat(length / line.length)}token=${token}`;
    const paste = async () => {
      await box.fill("");
      await settled(page);
      const before = await page.evaluate(() => performance.now());
      await box.evaluate((box: HTMLTextAreaElement, text) => {
        box.value = text;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, text);
      await settled(page);
      return await page.evaluate(() => performance.now()) - before;
    };
    const times: number[] = [];
    for (let time = 0; time < PASTES; time++) times.push(await paste());
    console.log(`a paste of ${text.length} characters: ${spread(times)} ms until it is shown`);
  }
} finally {
  await browser.close();
}

/** Waits until the page has read what was typed. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("[aria-busy]") === null);
}

/** A token of 2,000 characters or a little more, with names that do not compress. */
async function largeToken(): Promise<string> {
  const names: string[] = [];
  for (let index = 0; index < 53; index++) {
    const digest = await crypto.subtle.digest("SHA-256", Uint8Array.of(index));
    names.push(new Uint8Array(digest).toBase64().slice(0, 32));
  }
  return await packToken({
    version: "007",
    appId: "0".repeat(32),
    issueTs: 1700000000,
    expire: 60,
    salt: 1,
    services: [{ type: "rtm2", userId: "bob", permissions: { users: { read: names } }, privileges: { login: 60 } }],
  }, "1".repeat(32));
}

/** The processor time of the main thread (script, style, layout, paint) in the 200 ms after each action. */
async function work(session: CDPSession, act: (index: number) => Promise<unknown>): Promise<number[]> {
  const soFar = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  const spent: number[] = [];
  for (let index = 0; index < KEYS; index++) {
    const before = await soFar();
    await act(index);
    await new Promise((done) => setTimeout(done, 200));
    spent.push(await soFar() - before);
  }
  return spent;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  return `median ${at(0.5)} (from ${at(0)} to ${at(1)})`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
