/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { buildWhiteboardToken, packWhiteboardToken } from "../../src/whiteboard/mod.ts";
import { packed } from "../portable/case.ts";
import { browserTest, openPageAt } from "./chromium.ts";
import { NOW } from "./page.ts";

const secretKey = "SecretOfThese0123456789Tests";
const accessKey = "agoratokenAK0001";
const uuid = "0123456789abcdef0123456789abcdef";
const common = { accessKey, secretKey, now: 1000 * (NOW - 600), lifespan: 3_600_000 } as const;
const room = await buildWhiteboardToken({ ...common, kind: "room", role: "writer", uuid });
const sdk = await buildWhiteboardToken({ ...common, kind: "sdk", role: "admin", lifespan: "permanent" });

/** Types a text into Inspect, and gives the title of the answer. */
async function inspect(page: Page, text: string): Promise<string> {
  const panel = page.locator("#panel-inspect");
  await panel.getByLabel("Token", { exact: true }).fill(text);
  await page.locator(".inspect-view:not([aria-busy])").waitFor();
  return (await panel.locator(".answer h2").textContent())!;
}

browserTest("a whiteboard token has an answer, its fields and its bytes, alone and in other text", async (page) => {
  await openPageAt(page, NOW);
  for (const text of [room, `room.join({ uuid, roomToken: "${room}" })`, btoa(room)]) {
    assertEquals(await inspect(page, text), "Valid now, signature not checked");
    const answer = page.locator("#panel-inspect .answer");
    const said = (await answer.innerText()).replace(/\s+/g, " ");
    for (
      const words of [
        "for another 50 min",
        `Whiteboard for room “${uuid}”, writer`,
        "join interactively",
        `Access key ${accessKey}`,
        "Whiteboard token for one room.",
      ]
    ) assertStringIncludes(said, words);
    assertEquals(await answer.getByRole("button", { name: "Copy the clean token" }).count(), text === room ? 0 : 1);
  }
  const rows = await page.locator("#panel-inspect .fields tbody tr").evaluateAll((rows) =>
    rows.map((row) => [".value", "th", ".offset"].map((cell) => row.querySelector(cell)!.textContent!))
  );
  assertEquals(rows.map(([, label]) => label), [
    "Prefix",
    "Access key (AK)",
    "Expires at",
    "Nonce",
    "Role",
    "Signature",
    "Room or task",
  ]);
  assertEquals([rows[0], rows[1]![0], rows[2]![0], rows[4]![0], rows[6]![0]], [
    ["NETLESSROOM_", "Prefix", "0–11"],
    JSON.stringify(accessKey),
    String(1000 * (NOW + 3000)),
    "1",
    JSON.stringify(uuid),
  ]);
  await page.locator("tr[data-path='role'] button").click();
  const lit = (where: string) =>
    page.locator(`#panel-inspect ${where} .lit`).evaluateAll((all) => all.map(({ textContent }) => textContent).join(""));
  assertEquals(await lit(".hex .ascii"), "role=1&");
  // The characters of base64 that have bits of these bytes, and no others.
  const at = (byte: number) => 12 + Math.floor(8 * (byte - 12) / 6);
  const [start, end] = rows[4]![2]!.split("–").map(Number) as [number, number];
  assertEquals(await lit(".token-text"), room.slice(at(start), at(end + 1) + ((8 * (end + 1 - 12)) % 6 === 0 ? 0 : 1)));
});

browserTest("a secret key says whether it made a whiteboard token, and stays in its field", async (page) => {
  await openPageAt(page, NOW);
  await inspect(page, room);
  const panel = page.locator("#panel-inspect");
  assertEquals(await panel.getByLabel("App Certificate", { exact: true }).isVisible(), false);
  const field = panel.getByLabel("Secret key (SK)");
  assertEquals(await field.getAttribute("type"), "password");
  await panel.getByRole("button", { name: "Enter it" }).click();
  assertEquals(await field.evaluate((field) => field === document.activeElement), true);
  await field.fill(secretKey);
  await panel.getByRole("heading", { name: "Genuine and valid now" }).waitFor();
  assertStringIncludes(await panel.locator(".checks").innerText(), "Signed with this secret key");
  await page.getByRole("tab", { name: "Batch" }).click();
  await page.getByRole("tab", { name: "Inspect" }).click();
  assert(!(await page.content()).includes(secretKey) && !page.url().includes(secretKey));
  await field.fill("another");
  await panel.getByRole("heading", { name: "Not genuine" }).waitFor();
  assertMatch(await panel.locator(".answer .what").innerText(), /This secret key did not make the token/);
  await panel.getByLabel("Token", { exact: true }).fill(await packed());
  await panel.getByLabel("App Certificate", { exact: true }).waitFor();
  assertEquals(await field.isVisible(), false);
});

browserTest("the faults of a whiteboard token are findings with advice, and its end is in the answer", async (page) => {
  await openPageAt(page, NOW);
  const fields = { ak: accessKey, nonce: "1", role: "1", uuid };
  const faults: [text: string, title: string, code: string][] = [
    [sdk, "Valid now, signature not checked", "never-expires"],
    [
      await buildWhiteboardToken({ ...common, kind: "task", role: "reader", uuid, now: 1000 * (NOW - 7200) }),
      "Expired",
      "expired",
    ],
    [await packWhiteboardToken("room", { ...fields, role: "writer" }, secretKey), "It will not work", "role-unknown"],
    [
      await packWhiteboardToken("room", { ...fields, expireAt: `${NOW + 60}` }, secretKey),
      "It will not work",
      "expiry-in-seconds",
    ],
    [await packWhiteboardToken("room", { ...fields, role: "constructor" }, secretKey), "It will not work", "role-unknown"],
    [room.slice(0, room.indexOf("_") + 80), "It will not work", "field-missing"],
  ];
  for (const [text, title, code] of faults) {
    assertEquals(await inspect(page, text), title);
    assertStringIncludes(await page.locator("#panel-inspect .findings").first().innerText(), code);
    assert(!(await page.locator("#panel-inspect .answer").innerText()).includes("native code"));
  }
  await inspect(page, sdk);
  assertStringIncludes(await page.locator("#panel-inspect .until").innerText(), "no expiry of its own");
  assertEquals(await inspect(page, `NETLESSROOM_${btoa("nothing that a token has")}`), "A damaged whiteboard token");
  assertEquals(await page.locator("#panel-inspect .linked").isVisible(), false);
});

browserTest("Join, the list of tokens and Batch say what a whiteboard token is", async (page) => {
  await openPageAt(page, NOW);
  await inspect(page, `{"sdk":"${sdk}","rtc":"${await packed({ issueTs: NOW, expire: 60 })}","room":"${room}"}`);
  const items = page.locator("#panel-inspect .found li");
  assertEquals((await items.allInnerTexts()).map((words) => words.replace(/, characters \d+ to \d+/, "")), [
    "whiteboard the whole project · admin · no expiry of its own",
    "007 channel “lobby” · uid 1001 · 1 min left",
    `whiteboard room “${uuid}” · writer · 50 min left`,
  ]);
  await items.nth(1).getByRole("button").click();
  await page.locator("tr[data-path='appId']").waitFor();
  await page.getByRole("button", { name: "List all 3 tokens" }).click();
  await page.clock.runFor(5000);
  const panel = page.locator("#panel-batch");
  await panel.locator("tbody tr").nth(2).waitFor();
  const cells = await panel.locator("tbody tr").last().locator("td, th").allInnerTexts();
  for (const words of ["? Valid now, signature not checked", "whiteboard", "Whiteboard", uuid]) {
    assert(cells.includes(words), `${words}: ${cells}`);
  }
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await page.locator("#panel-join").getByLabel("Token", { exact: true }).fill(room);
  await page.locator("#panel-join .verdict").getByText("The text is a token of the Interactive Whiteboard, for one room")
    .waitFor();
});

browserTest("Learn opens an example of a whiteboard token from the row of its credentials", async (page) => {
  await openPageAt(page, NOW);
  await page.getByRole("tab", { name: "Learn" }).click();
  await page.getByRole("row", { name: /NETLESSROOM_/ }).getByRole("button").click();
  const panel = page.locator("#panel-inspect");
  await panel.getByRole("heading", { name: "Genuine and valid now" }).waitFor();
  assertMatch(await panel.locator("tr[data-path='nonce'] .meaning").innerText(), /^makes equal tokens differ 5 min ago/);
});
