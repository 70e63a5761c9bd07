/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { browserTest, openPage } from "./chromium.ts";

browserTest("a field says in plain words how to write its value, and no token is shown for an invalid one", async (page) => {
  await openPage(page);
  await page.getByRole("tab", { name: "Build" }).click();
  const panel = page.locator("#panel-build");
  await panel.locator("summary", { hasText: "App ID" }).click();
  for (const service of ["RTM2", "Streaming"]) await panel.getByLabel(service, { exact: true }).check();
  const field = (label: string) => panel.getByLabel(label, { exact: true }).last();
  const status = panel.locator(".build-status");
  const good = await field("Permissions").inputValue();
  const wrong: [label: string, text: string, words: string][] = [
    ["Permissions", "{ read: news", `“Permissions” cannot be read. For example: ${good}`],
    ["Permissions", "7", `“Permissions” cannot be read. For example: ${good}`],
    [
      "Permissions",
      '{"walls":{}}',
      `“Permissions.walls” has an unknown name: wanted a number from 0 to 65535, ` +
      `messageChannels, streamChannels, groupChannels, serverGroups, users. For example: ${good}`,
    ],
    ["Token lifetime (seconds)", "an hour", "“Token lifetime (seconds)” must be a whole number."],
    ["Token lifetime (seconds)", "", "“Token lifetime (seconds)” must be a whole number."],
    ["Token lifetime (seconds)", "100000", "“Token lifetime (seconds)” must be a whole number from 1 to 86400, got 100000."],
    ["App ID", "abc", "“App ID” must be 32 hexadecimal characters, got 3 characters."],
    ["App Certificate", "abc", "“App Certificate” must be 32 hexadecimal characters, got 3 characters."],
    ["User", "bob", "“User” must be a whole number."],
    ["publishRawStream lifetime", "x", "“publishRawStream lifetime” must be a whole number."],
    ["publishRawStream lifetime", "90000", "“Privileges.publishRawStream” must be a whole number from 0 to 86400, got 90000."],
  ];
  for (const [label, text, words] of wrong) {
    const before = await field(label).inputValue();
    await field(label).fill(text);
    await status.filter({ hasText: "No token:" }).waitFor();
    assertEquals(await status.textContent(), `No token: ${words}`);
    assertEquals(await panel.locator(".error:not(:empty)").allTextContents(), [words]);
    assertEquals(await field(label).getAttribute("aria-invalid"), "true");
    assertEquals(await panel.locator("[aria-invalid]").count(), 1);
    assert(!await panel.locator(".token-output").isVisible() && !await panel.locator("pre").first().isVisible());
    await field(label).fill(before);
    await panel.locator(".token-output").waitFor();
    assertEquals(await panel.locator(".error:not(:empty)").count(), 0);
  }
});

browserTest("the values of a service or a builder are kept when another one is chosen", async (page) => {
  await openPage(page);
  await page.getByRole("tab", { name: "Build" }).click();
  const panel = page.locator("#panel-build");
  const [rtc, channel] = ["RTC", "Channel"].map((label) => panel.getByLabel(label, { exact: true }));
  await channel!.fill("my stage");
  await rtc!.uncheck();
  assertEquals(await channel!.count(), 0);
  await rtc!.check();
  assertEquals(await channel!.inputValue(), "my stage");
  const what = panel.getByLabel("What to build");
  await what.selectOption("builders/rtc.buildTokenWithUid");
  assertEquals(await channel!.inputValue(), "lobby");
  await what.selectOption("services");
  assertEquals(await channel!.inputValue(), "my stage");
});

browserTest("every choice of services has its command, and a body for the server", async (page) => {
  await openPage(page);
  await page.getByRole("tab", { name: "Build" }).click();
  const panel = page.locator("#panel-build");
  for (const box of await panel.locator(".boxes input").all()) await box.check();
  const code = panel.locator(".code-result pre code").last();
  const language = panel.getByLabel("Language");
  await language.selectOption("cli");
  await code.filter({ hasText: "deno task -q cli build --batch" }).waitFor();
  await language.selectOption("curl");
  assertMatch((await code.textContent())!, /^curl -s /);
  await language.selectOption("cli");
  // Those whose privileges are named one by one, and a room that asks for a number, share no option that fits all.
  const alike = ["RTM", "FPA", "Chat", "RTM2", "ConvoAI", "STT"];
  for (const box of await panel.locator(".boxes label").all()) {
    if (!alike.includes((await box.textContent())!.trim())) await box.locator("input").uncheck();
  }
  await code.filter({ hasText: "cli build rtm fpa chat rtm2 convoai stt --userId alice" }).waitFor();
  await panel.locator(".service", { hasText: "Chat" }).getByLabel("User ID", { exact: true }).fill("undefined");
  await language.selectOption("curl");
  await code.filter({ hasText: "# The server refuses this:" }).waitFor();
});
