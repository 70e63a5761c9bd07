import { assertEquals } from "@std/assert";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
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

/** How long anything in a browser may take, in milliseconds: a loaded machine is slow, and that is no fault. */
const PATIENCE = Number(Deno.env.get("PATIENCE") ?? 120_000);

/** Starts Chromium. */
export async function launch(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: [...QUIET], timeout: PATIENCE });
}

/** The page as it lies on disk. */
export const PAGE_URL: string = new URL("playground/index.html", `file://${ROOT}`).href;

/** Opens the page, from disk if no address is given, and waits until it shows the verdict of its first example. */
export async function openPage(page: Page, url: string = PAGE_URL): Promise<void> {
  await page.goto(url);
  await page.locator(".verdict h2").first().filter({ hasText: "Genuine" }).waitFor();
}

/** Chooses an example from the menu of the box, in whichever view has it. */
export async function chooseExample(page: Page, name: string): Promise<void> {
  const box = page.locator(".token-box");
  const token = box.getByLabel("Token", { exact: true });
  await token.fill("");
  await box.locator("summary").click();
  await box.getByRole("button", { name, exact: true }).click();
  await page.waitForFunction((field) => (field as HTMLTextAreaElement).value !== "", await token.elementHandle());
}

/** Opens the page at a time, in Unix seconds, that moves only when the test says so. */
export async function openPageAt(page: Page, now: number): Promise<void> {
  await page.clock.install({ time: (now - 1) * 1000 });
  await page.clock.pauseAt(now * 1000);
  await openPage(page);
}

const path = await findChromium();

/** The Chromium of a file of tests. */
let shared: Browser | undefined;
let isShared = false;

/** Starts Chromium before the tests of a file and ends it after them, so that Deno can tell what each test leaves open. */
function shareChromium(executablePath: string): void {
  if (isShared) return;
  isShared = true;
  Deno.test.beforeAll(async () => {
    shared = await launch(executablePath);
  });
  Deno.test.afterAll(async () => await shared?.close());
}

/** Keeps in `copied` of the page what it copies: a clipboard that can be read needs a permission. Before the page is opened. */
export async function recordCopies(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const copied: string[] = [];
    Object.assign(globalThis, { copied });
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
    });
  });
}

/** What a test in the browser asks for, besides the options of its context. */
export interface BrowserTestOptions extends BrowserContextOptions {
  /** The errors in the console that the test causes on purpose. */
  causes?: RegExp;
}

/**
 * A test in a page and a browser context of its own, skipped with a sentence where there is no Chromium. It also fails if the
 * page throws, or writes an error to the console.
 */
export function browserTest(
  name: string,
  fn: (page: Page) => Promise<void>,
  { causes, ...options }: BrowserTestOptions = {},
): void {
  if (path !== undefined) shareChromium(path);
  Deno.test({
    name,
    ignore: skipWithout("Chromium", path !== undefined),
    async fn() {
      const context = await shared!.newContext(options);
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("console", (message) => {
        if (message.type() === "error" && !causes?.test(message.text())) errors.push(message.text());
      });
      try {
        context.setDefaultTimeout(PATIENCE);
        await fn(await context.newPage());
        assertEquals(errors, [], "errors of the page");
      } finally {
        await context.close();
      }
    },
  });
}
