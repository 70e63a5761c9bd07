/// <reference lib="dom" />
/** Takes the pictures that the README shows. With `--full`, of the whole page. @module */
import type { Browser, Page } from "playwright-core";
import { encodeBase64 } from "@std/encoding/base64";
import { chooseExample, findChromium, launch, openPage } from "../tests/browser/chromium.ts";

const folder = new URL("../playground/screenshots/", import.meta.url);

/** The pictures, each with what to do on the page before it is taken. */
const PICTURES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  inspect: async (page) => {
    await page.getByRole("row", { name: /^Lifetime/ }).getByRole("button").first().click();
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
  },
  damaged: async (page) => await chooseExample(page, "Cut off when copied"),
  join: async (page) => {
    await page.getByRole("tab", { name: "Will my join work?" }).click();
    await chooseExample(page, "Wrong channel");
  },
  build: async (page) => await page.getByRole("tab", { name: "Build" }).click(),
  learn: async (page) => {
    await page.getByRole("tab", { name: "Learn" }).click();
    for (let step = 0; step < 6; step++) await page.getByRole("button", { name: "Next" }).click();
  },
};

/** The sizes and colour schemes. */
const LOOKS = {
  light: { width: 1280, height: 900, scheme: "light" },
  dark: { width: 1280, height: 900, scheme: "dark" },
  phone: { width: 360, height: 800, scheme: "light" },
} as const;

/** The pictures that the README shows, and no others. */
const SHOWN: readonly (readonly [picture: string, look: keyof typeof LOOKS])[] = [
  ["inspect", "light"],
  ["inspect", "dark"],
  ["inspect", "phone"],
  ["damaged", "light"],
  ["join", "dark"],
  ["build", "light"],
  ["learn", "dark"],
];

const path = await findChromium();
if (path === undefined) throw new Error("Chromium is not installed");
const browser = await launch(path);
try {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, look] of SHOWN) {
    const { width, height, scheme } = LOOKS[look];
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    await page.clock.setFixedTime("2026-01-15T12:00:00Z");
    await openPage(page);
    await PICTURES[name]!(page);
    await page.waitForTimeout(300); // colours fade
    const picture = await page.screenshot({ fullPage: Deno.args.includes("--full") });
    await Deno.writeFile(new URL(`${name}-${look}.webp`, folder), await webp(browser, picture));
    await page.close();
  }
} finally {
  await browser.close();
}

/** Makes a small picture: the browser takes only PNG screenshots, but can encode WebP. */
async function webp(browser: Browser, png: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const empty = await browser.newPage();
  const packed = await empty.evaluate(async (png) => {
    const image = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)]));
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d")!.drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.75).split(",")[1]!;
  }, encodeBase64(png));
  await empty.close();
  return Uint8Array.fromBase64(packed);
}
