/**
 * What the playground costs, in a real browser: its size, the time until it shows a verdict, and the work of one key while
 * typing in a token of 2,000 bytes. Run it with `deno run --allow-all bench/playground.ts`.
 *
 * @module
 */
import type { CDPSession } from "playwright-core";
import { packToken } from "../mod.ts";
import { findChromium, launch, openPage, PAGE_URL } from "../tests/browser/chromium.ts";

const VISITS = 11;
const KEYS = 60;

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
    await openPage(page);
    times.push(await page.evaluate<number>("performance.getEntriesByName('interactive')[0].startTime"));
    await page.close();
  }
  console.log(`interactive: ${spread(times)} ms from the start of the navigation, ${VISITS} visits`);

  const page = await browser.newPage();
  await openPage(page);
  const token = await largeToken();
  await page.locator("#panel-inspect textarea").fill(token);
  await page.locator("#panel-inspect textarea").press("End");
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const work: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    const before = await taskSeconds(session);
    await page.keyboard.press(key % 2 === 0 ? "Backspace" : "=");
    await page.locator("[aria-busy]").waitFor({ state: "detached" });
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))");
    work.push(1000 * (await taskSeconds(session) - before));
  }
  console.log(`one key in a token of ${token.length} bytes: ${spread(work)} ms of the main thread, ${KEYS} keys`);
} finally {
  await browser.close();
}

/** A token of 2,000 characters or a little more, with names that do not compress. */
async function largeToken(): Promise<string> {
  const names: string[] = [];
  for (let index = 0; index < 40; index++) {
    const digest = await crypto.subtle.digest("SHA-256", Uint8Array.of(index));
    names.push(new Uint8Array(digest).toBase64().slice(0, 32));
  }
  const service = { type: "rtm2", userId: "bob", permissions: { users: { read: names } }, privileges: { login: 60 } } as const;
  return await packToken({
    version: "007",
    appId: "0".repeat(32),
    issueTs: 1700000000,
    expire: 60,
    salt: 1,
    services: [{ ...service, permissions: { users: { read: names } } }],
  }, "1".repeat(32));
}

/** All the work of the main thread so far: script, style, layout and paint. */
async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")!.value;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  return `median ${at(0.5)} (from ${at(0)} to ${at(1)})`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
