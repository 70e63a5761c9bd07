import { type Browser, chromium, type Page } from "playwright-core";
import { ROOT, skipWithout, tryCommand } from "../helpers.ts";

/** Where Debian's package and others put it. */
const CANDIDATES = ["chromium", "chromium-browser", "google-chrome"];

/** The path of Chromium, or nothing where there is none. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of CANDIDATES) {
    const path = await tryCommand("which", name);
    if (path !== undefined && path !== "") return path;
  }
  return undefined;
}

/** Everything of Chromium that talks to the network by itself is off. */
export const QUIET: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium. */
export async function launch(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: [...QUIET] });
}

/** The page as it lies on disk. */
export const PAGE_URL: string = new URL("playground/index.html", `file://${ROOT}`).href;

/** Opens the page from disk and waits until its first example is read. */
export async function openPage(page: Page, url: string = PAGE_URL): Promise<void> {
  await page.goto(url);
  await page.locator(".verdict h2").first().filter({ hasText: "Genuine" }).waitFor();
}

const path = await findChromium();

/** A test in a page of its own; skipped with a sentence where there is no Chromium. */
export function browserTest(
  name: string,
  fn: (page: Page, browser: Browser) => Promise<void>,
  options?: Parameters<Browser["newPage"]>[0],
): void {
  Deno.test({
    name,
    ignore: skipWithout("Chromium", path !== undefined),
    // Playwright keeps its connection, and what hangs on it, between the tests of a file.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const browser = await launch(path!);
      try {
        await fn(await browser.newPage(options), browser);
      } finally {
        await browser.close();
      }
    },
  });
}
