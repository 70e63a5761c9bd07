/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { packToken, type Token007 } from "../../mod.ts";
import { type BatchRow, COLUMNS, csvOf, jsonOf, sorted } from "../../playground/batch_rows.ts";
import { OTHER } from "../data/findings.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { browserTest, openPageAt } from "./chromium.ts";
import { NOW } from "./page.ts";

/** A token for a user of "stage", issued `ago` seconds before now. */
function tokenFor(uid: string, ago = 0, certificate = CERTIFICATE): Promise<string> {
  const services: Token007["services"] = [{ type: "rtc", channelName: "stage", uid, privileges: { joinChannel: 3600 } }];
  return packToken({ version: "007", appId: APP_ID, issueTs: NOW - ago, expire: 3600, salt: 1, services }, certificate);
}

const row = (place: number, change: Partial<BatchRow> = {}): BatchRow => ({
  place,
  tone: "good",
  verdict: "Genuine",
  format: "007",
  services: "rtc",
  channel: "stage",
  user: "7",
  expiresAt: 5,
  certificate: 1,
  appId: APP_ID,
  token: "secret",
  ...change,
});

Deno.test("csvOf() quotes what CSV needs, and keeps a spreadsheet from calculating a name; no list has a token", () => {
  const rows = [row(1, { channel: 'a,"b"\n' }), row(2, { channel: "=1+1", user: "", expiresAt: undefined })];
  assertEquals(csvOf(rows).split("\r\n"), [
    COLUMNS.join(","),
    `1,Genuine,007,rtc,"a,""b""\n",7,5,1,${APP_ID}`,
    `2,Genuine,007,rtc,'=1+1,,,1,${APP_ID}`,
    "",
  ]);
  assertEquals(JSON.parse(jsonOf(rows))[1].channel, "=1+1");
  assert(!(csvOf(rows) + jsonOf(rows)).includes("secret"));
});

Deno.test("sorted() puts rows without a value last in both orders", () => {
  const rows = [row(1, { expiresAt: undefined }), row(2, { expiresAt: 9 }), row(3, { expiresAt: 3 })];
  const places = (isDescending: boolean) => sorted(rows, "expiresAt", isDescending).map(({ place }) => place);
  assertEquals([places(false), places(true)], [[3, 2, 1], [2, 3, 1]]);
});

browserTest("Batch gives each token a row, with its verdict and the certificate that made it, and sorts them", async (page) => {
  await openPageAt(page, NOW);
  await page.goto(`${page.url()}#batch`);
  const panel = page.locator("#panel-batch");
  await panel.waitFor();
  const damaged = (await tokenFor("9")).slice(0, -20);
  const lines = [
    `user 8: ${await tokenFor("8", 7200)}`,
    JSON.stringify({ a: await tokenFor("7"), b: await tokenFor("6", 0, OTHER) }),
    damaged,
    "nothing at all",
    await tokenFor("5", 0, "2".repeat(32)),
  ];
  await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await panel.getByLabel("Second App Certificate").fill(OTHER);
  await panel.getByLabel("Text with tokens").fill(lines.join("\n"));
  await page.clock.runFor(5000);
  await panel.getByRole("status").filter({ hasText: "5 tokens, 2 of them genuine and valid now." }).waitFor();
  const cells = async () =>
    await panel.locator("tbody tr").evaluateAll((rows) =>
      rows.map((row) => [0, 1, 5, 7].map((cell) => (row as HTMLTableRowElement).cells[cell]!.textContent!))
    );
  const all = [
    ["1", "✕ Expired", "8", "the first"],
    ["2", "✓ Genuine and valid now", "7", "the first"],
    ["3", "✓ Genuine and valid now", "6", "the second"],
    ["4", "✕ A damaged 007 token", "9", "not checked"],
    ["5", "✕ Not genuine", "5", "none of these"],
  ];
  const seen = await cells();
  seen[3]![2] = "9"; // as much as could be read of it
  assertEquals(seen, all);
  await panel.getByRole("button", { name: "User" }).click();
  assertEquals((await cells())[0]![2], "5");
  await panel.getByRole("button", { name: "User" }).click();
  assertEquals((await cells())[0]![2], "8");
  assertEquals(await panel.locator("th[aria-sort]").allTextContents(), ["User"]);
  await panel.getByRole("button", { name: "Open token 1 in Inspect" }).click();
  await page.locator(".answer h2", { hasText: "Expired" }).waitFor();
});

browserTest("Batch reads thousands of tokens while the page draws its frames, and can be cancelled", async (page) => {
  await openPageAt(page, NOW);
  await page.goto(`${page.url()}#batch`);
  await page.clock.resume();
  const panel = page.locator("#panel-batch");
  const many = Array.from({ length: 3000 }, (_, index) => index % 2 === 0).join("\n");
  const [one, other] = [await tokenFor("7"), await tokenFor("8")];
  const text = many.replaceAll("true", one).replaceAll("false", other);
  const paste = (text: string) =>
    panel.getByLabel("Text with tokens").evaluate((input, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      (input as HTMLTextAreaElement).select();
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
    }, text);
  await paste(text);
  // Between the slices, frames are drawn: the longest time without one says how long the page is stuck.
  const frames = await page.evaluate(async () => {
    let [last, longest, count] = [performance.now(), 0, 0];
    const status = document.querySelector("#panel-batch [role=status]")!;
    while (!/^3000 tokens,/.test(status.textContent!)) {
      await new Promise((done) => requestAnimationFrame(done));
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      count++;
    }
    return { longest, count };
  });
  assert(frames.count > 20, JSON.stringify(frames));
  assertEquals(await panel.locator("tbody tr").count(), 200);
  assertMatch(await panel.locator(".batch").innerText(), /2800 more rows are not shown/);
  await paste(`${text}\n${one}`);
  await panel.getByRole("button", { name: "Cancel" }).click();
  await panel.getByRole("status").filter({ hasText: /^Cancelled: the first \d+ tokens\.$/ }).waitFor();
});
