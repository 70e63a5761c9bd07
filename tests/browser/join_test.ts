/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import type { Token007 } from "../../mod.ts";
import { exampleOfFormat } from "../../playground/examples.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest, openPage, openPageAt } from "./chromium.ts";
import { NOW } from "./page.ts";

/** A token of the tests' project, made five minutes ago, for an hour. */
function tokenOf({ privileges = { joinChannel: 3600 }, ...more }: Partial<Token007> & { privileges?: Record<string, number> }) {
  const services = [{ type: "rtc" as const, channelName: "stage", uid: "7", privileges }];
  return packed({ issueTs: NOW - 300, services, ...more });
}

const SUBSCRIBER = await tokenOf({});

async function join(page: Page, said: Record<string, string>): Promise<void> {
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  const panel = page.locator("#panel-join");
  for (const [label, value] of Object.entries(said)) {
    const field = panel.getByLabel(label, { exact: true });
    if (label === "Purpose") await field.selectOption(value);
    else await field.fill(value);
  }
}

async function verdict(page: Page, title: string): Promise<string> {
  const verdict = page.locator("[role=tabpanel]:visible .verdict");
  await verdict.getByRole("heading", { name: title, exact: true }).waitFor();
  return (await verdict.locator("p").first().textContent())!;
}

browserTest("the verdict of a join names what was checked and what was not", async (page) => {
  await openPageAt(page, NOW);
  await join(page, { Token: SUBSCRIBER });
  assertMatch(await verdict(page, "No problem found, but the token may still fail"), /Enter the App Certificate/);
  await join(page, { "App Certificate": CERTIFICATE });
  const bare = await verdict(page, "No problem in what was checked");
  assertEquals(bare, "Genuine and valid now. Not entered, so not checked: the purpose, the App ID, the channel and the user.");
  await join(page, { Channel: "stage" });
  await page.locator("#panel-join .verdict p", { hasText: "checked against the channel. Not entered" }).waitFor();
  await join(page, { Purpose: "join", "App ID": APP_ID, "User who joins": "7" });
  await verdict(page, "It will work");
  await join(page, { "User who joins": "8" });
  await verdict(page, "It will not work");
});

browserTest("the verdict of a join depends on the purpose", async (page) => {
  await openPageAt(page, NOW);
  const said = { Token: SUBSCRIBER, "App Certificate": CERTIFICATE, "App ID": APP_ID, Channel: "stage", "User who joins": "7" };
  await join(page, { ...said, Purpose: "join" });
  await verdict(page, "It will work");
  await join(page, { Purpose: "publishAudio" });
  await verdict(page, "No problem found, but the token may still fail");
  const reason = page.locator("#panel-join .finding", { hasText: "it is a subscriber's" });
  await reason.waitFor();
  assertMatch((await reason.locator(".advice").textContent())!, /publisher/);
  await join(page, { Purpose: "loginRtm" });
  await verdict(page, "It will not work");
});

browserTest("the verdicts follow the clock: before the token is valid, shortly before it expires, and after", async (page) => {
  await openPageAt(page, NOW);
  const said = {
    "App Certificate": CERTIFICATE,
    "App ID": APP_ID,
    Channel: "stage",
    "User who joins": "7",
    Purpose: "publishAudio",
  };
  const privileges = { joinChannel: 120, publishAudioStream: 60 };
  await join(page, { Token: await tokenOf({ issueTs: NOW + 60, expire: 120, privileges }), ...said });
  await verdict(page, "It will not work");
  await page.getByRole("tab", { name: "Inspect" }).click();
  await verdict(page, "Not valid yet");
  await page.clock.runFor(63_000);
  await verdict(page, "Genuine and valid now");
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await verdict(page, "It will work");
  await page.clock.runFor(60_000);
  await verdict(page, "It will not work"); // the right to publish is over
  await join(page, { Purpose: "join" });
  await verdict(page, "It will work");
  await page.clock.runFor(30_000);
  await page.locator("#panel-join .finding", { hasText: "expires-soon" }).waitFor();
  await page.clock.runFor(30_000);
  await page.locator("#panel-join .finding", { hasText: "The token expired" }).waitFor();
  await verdict(page, "It will not work");
});

browserTest("values entered in the join view do not affect Inspect", async (page) => {
  await openPageAt(page, NOW);
  await join(page, { Token: SUBSCRIBER, "App Certificate": CERTIFICATE, Channel: "elsewhere", "User who joins": "8" });
  await verdict(page, "It will not work");
  await page.getByRole("tab", { name: "Inspect" }).click();
  await verdict(page, "Genuine and valid now");
  assertEquals(await page.locator("#panel-inspect .finding", { hasText: "mismatch" }).count(), 0);
});

browserTest("a verdict is read out when typing pauses, and not after every key", async (page) => {
  await openPageAt(page, NOW);
  await join(page, { Token: SUBSCRIBER, "App Certificate": CERTIFICATE });
  await page.clock.runFor(400);
  const spoken = page.locator(".spoken[role=status]");
  await spoken.evaluate((element) => {
    new MutationObserver(() => element.dataset.times = String(Number(element.dataset.times ?? 0) + 1))
      .observe(element, { childList: true });
  });
  const channel = page.locator("#panel-join").getByLabel("Channel", { exact: true });
  for (let length = 1; length <= 5; length++) {
    await channel.fill("stage".slice(0, length));
    await verdict(page, length < 5 ? "It will not work" : "No problem in what was checked");
    await page.clock.runFor(50);
  }
  assertEquals(await spoken.getAttribute("data-times"), null);
  await page.clock.runFor(400);
  assertEquals(await spoken.getAttribute("data-times"), "1");
  assertMatch((await spoken.textContent())!, /^No problem in what was checked\./);
});

browserTest("the Clear buttons remove the certificate and the token", async (page) => {
  await openPageAt(page, NOW);
  const panel = page.locator("#panel-inspect");
  await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await panel.locator(".field", { hasText: "App Certificate" }).getByRole("button", { name: "Clear" }).click();
  await page.locator(".news", { hasText: "The certificate is cleared." }).waitFor();
  await verdict(page, "Valid now, signature not checked");
  const left = await page.locator("input").evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value));
  assert(!left.includes(CERTIFICATE));
  await panel.locator(".tools").getByRole("button", { name: "Clear" }).click();
  await verdict(page, "Paste a token");
});

browserTest("Build says whose App ID and whose certificate made the token", async (page) => {
  await openPage(page);
  await page.getByRole("tab", { name: "Build" }).click();
  const panel = page.locator("#panel-build");
  await panel.getByText("App ID and App Certificate").click();
  const says = (words: string) => panel.locator(".build-status", { hasText: words }).waitFor();
  await says("Built with the fake demo credentials");
  await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await says("but with the fake demo App ID");
  assertEquals(await panel.locator(".build-status").getAttribute("data-tone"), "warning");
  await panel.getByLabel("App ID", { exact: true }).fill(APP_ID);
  await says("Built with your App ID and certificate.");
  await panel.locator(".field", { hasText: "App Certificate" }).getByRole("button", { name: "Clear" }).click();
  await says("but with the fake demo certificate");
});

browserTest(
  "a token is found in pasted text, and text without a token is reported as such",
  async (page) => {
    await openPageAt(page, NOW);
    const wrapped = [
      `await client.join("${APP_ID}", 'stage', "${SUBSCRIBER}", 7);`,
      `AGORA_APP_ID=${APP_ID}\nAGORA_TOKEN=${SUBSCRIBER}\nPORT=8080`,
      `TOKEN=${SUBSCRIBER} node join`, // it ends in padding
      `let token: String? = "${SUBSCRIBER}" // Swift`,
      `val token: String = "${SUBSCRIBER}"`,
      `2026-01-15T12:00:00Z INFO join channel=stage token=${encodeURIComponent(SUBSCRIBER)} uid=7`,
      `curl -d '{"token":"${SUBSCRIBER}"}' https://example.com/join`,
      JSON.stringify(JSON.stringify({ data: { token: SUBSCRIBER } }).replaceAll("/", "\\/")),
      `{"token":"${SUBSCRIBER.replaceAll("+", "\\u002B")}", }`,
      `“${SUBSCRIBER}”`,
      `\u200b${SUBSCRIBER.slice(0, 50)}\u200b${SUBSCRIBER.slice(50)}\u2060`,
    ];
    const panel = page.locator("#panel-inspect");
    await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
    for (const text of wrapped) {
      await panel.getByLabel("Token", { exact: true }).fill(text);
      await panel.locator(".verdict .details", { hasText: /pasted text has/ }).waitFor();
      await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
      await verdict(page, "Genuine and valid now");
      assertEquals(await panel.locator(".token-text").textContent(), SUBSCRIBER, text);
      await panel.getByLabel("Token", { exact: true }).fill("");
      await verdict(page, "Paste a token");
    }
    const [key1, key2, key3] = await Promise.all(
      ["001", "002", "003"].map(async (version) => (await exampleOfFormat(version, NOW)).text!),
    );
    const keys: [text: string, key: string][] = [key1!, key2!].flatMap((key) => [
      [`client.join("${APP_ID}", "${key}", "stage");`, key],
      [`{"channelKey":"${key}","uid":7}`, key],
      [`https://example.com/join/${key}?uid=7`, key],
      [`https://example.com/join?auth=%7B%22channelKey%22%3A%22${key}%22%7D`, key],
      [`KEY=${key}\nPORT=8080`, key],
    ]);
    const noKey = key2!.slice(0, 90) + "9".repeat(20); // no user has so large a number
    keys.push([`${noKey} ${key1}`, key1!], [`TOKEN=${key3}\nPORT=8080`, key3!], [`token: ${key3}\nuser: 7`, key3!]);
    for (const [text, key] of keys) {
      await panel.getByLabel("Token", { exact: true }).fill(text);
      await panel.locator(".verdict .details", { hasText: /pasted text has/ }).waitFor();
      assertEquals(await panel.locator(".token-text").textContent(), key, text);
      await panel.getByLabel("Token", { exact: true }).fill("");
      await verdict(page, "Paste a token");
    }
    await panel.getByLabel("Token", { exact: true }).fill(`a=${key3} b=${key1}`);
    await panel.getByRole("button", { name: /^001, characters/ }).click();
    await panel.locator(".token-text", { hasText: key1! }).waitFor();
    assertEquals(await panel.getByLabel("Token", { exact: true }).inputValue(), `a=${key3} b=${key1}`, "the text stays");
    await panel.getByLabel("Token", { exact: true }).fill("");
    await verdict(page, "Paste a token");
    const broken = `${SUBSCRIBER.slice(0, 40)} ${SUBSCRIBER.slice(40)}`;
    await panel.getByLabel("Token", { exact: true }).fill(broken);
    assertMatch(await verdict(page, "A damaged 007 token"), /Whitespace or line breaks stand in the token/);
    const none = [
      `sha512 ${"0123456789abcdef".repeat(8)} of a file`, // as long as no key
      `see ${key1}0 and a${key1}`, // as long as a key and something
      `digest ${"ab12".repeat(22)}cd`, // 90 characters, without a time
      `digest ${noKey}`,
    ];
    for (const text of none) {
      await panel.getByLabel("Token", { exact: true }).fill(text);
      await verdict(page, "This is not an Agora token");
    }
    await panel.getByLabel("Token", { exact: true }).fill("client.join(appId, channel, null, uid)");
    assertMatch(await verdict(page, "This is not an Agora token"), /The text holds no token/);
    await panel.getByLabel("Token", { exact: true }).fill(`${"x".repeat(200_000)} ${SUBSCRIBER}`);
    assertMatch(await verdict(page, "Too much text"), /200,000/);
    await panel.getByLabel("Token", { exact: true }).fill("");
    await join(page, {
      Token: wrapped[0]!,
      "App Certificate": CERTIFICATE,
      "App ID": APP_ID,
      Channel: "stage",
      "User who joins": "7",
    });
    await join(page, { Purpose: "join" });
    await verdict(page, "It will work");
  },
);
