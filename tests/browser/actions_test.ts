/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { type ParsedToken007, parseToken, verifyToken } from "../../mod.ts";
import { DEMO } from "../../playground/examples.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest, openPage, openPageAt, PAGE_URL, recordCopies } from "./chromium.ts";
import { HALF, NOW, tokenOf } from "./page.ts";

/** Keeps what the page copies. */
async function keepCopies(page: Page): Promise<() => Promise<string[]>> {
  await recordCopies(page);
  return () => page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
}

const action = (page: Page, name: string) => page.locator(".next").getByRole("button", { name });

/** Pastes into the box of the page. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator("#token").fill(text);
  await page.locator("#panel-inspect > [aria-busy]").waitFor({ state: "detached" });
}

browserTest("a shared link opens the token without its signature, and says that it is none", async (page) => {
  const copies = await keepCopies(page);
  await openPageAt(page, NOW);
  const token = await tokenOf(3600, HALF);
  await paste(page, `${token}`);
  await page.locator(".answer", { hasText: "stage" }).waitFor();
  assertMatch((await action(page, "Copy a defused link").textContent())!, /App ID, channel and user stay readable/);
  await action(page, "Copy a defused link").click();
  await page.locator(".news", { hasText: "no signature" }).waitFor();
  const [link] = await copies();
  const [address, fragment] = link!.split("#shared/");
  assertEquals(address, PAGE_URL);
  const shared = await parseToken(decodeURIComponent(fragment!)) as ParsedToken007;
  const original = await parseToken(token) as ParsedToken007;
  assertEquals(shared.signedPart, original.signedPart);
  assert(shared.signature.every((byte) => byte === 0) && shared.signature.length === 32);
  // In another page, with a certificate, it is still no token with an invalid signature.
  await page.goto("about:blank");
  await page.goto(link!);
  await page.locator(".answer h2", { hasText: "Not a token: shared for reading" }).waitFor();
  await page.locator("#panel-inspect").getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await page.locator("#panel-inspect > [aria-busy]").waitFor({ state: "detached" });
  assertEquals(await page.locator(".answer h2").textContent(), "Not a token: shared for reading");
  assert(!/genuine|signature-invalid|certificate did not/i.test(await page.locator("#panel-inspect").innerText()));
  assertMatch(await page.locator(".answer").innerText(), /stage/);
  assert(await action(page, "Copy a defused link").isDisabled());
});

browserTest("the page opens no token with a signature from its address", async (page) => {
  await openPage(page, `${PAGE_URL}#shared/${encodeURIComponent(await tokenOf(3600, HALF))}`);
  await page.locator(".news", { hasText: "no token that was shared" }).waitFor();
  assert(!(await page.locator(".answer").innerText()).includes("stage"));
});

browserTest(
  "Copy report copies Markdown with the findings, and without token, certificate and App Certificate",
  async (page) => {
    const copies = await keepCopies(page);
    await openPageAt(page, NOW);
    const token = await packed({
      issueTs: NOW - 7200,
      expire: 3600,
      services: [{ type: "rtc", channelName: "a|b*<script>", uid: "7", privileges: { joinChannel: 3600 } }],
    });
    await paste(page, token);
    await page.locator("#panel-inspect").getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
    await page.locator(".answer h2", { hasText: "Expired" }).waitFor();
    await action(page, "Copy report").click();
    await page.locator(".news", { hasText: "Copied." }).waitFor();
    const [report] = await copies();
    assertMatch(report!, /^### Expired\n/);
    assertMatch(report!, /- Expires at: 2027-01-15 07:00:00 UTC\n- RTC, .*a\\\|b\\\*\\<script\\>/);
    assertMatch(report!, /- \*\*Error\*\* `expired`: /);
    assert(report!.includes(APP_ID) && !report!.includes(CERTIFICATE) && !report!.includes(token.slice(3, 20)));
  },
);

browserTest("Compare shows which fields of two tokens differ, and which only in case", async (page) => {
  await openPageAt(page, NOW);
  const service = { type: "rtc", channelName: "lobby", uid: "7", privileges: HALF } as const;
  const rtm = { type: "rtm", userId: "bob", privileges: { login: 60 } } as const;
  const of = (services: NonNullable<Parameters<typeof packed>[0]>["services"]) =>
    packed({ issueTs: NOW, expire: 3600, salt: 5, services });
  await paste(page, await of([service, rtm]));
  await action(page, "Compare").click();
  await page.keyboard.insertText(await of([rtm, { ...service, channelName: "Lobby ", uid: "8" }]));
  await page.locator(".compare strong", { hasText: "fields differ: " }).waitFor();
  const rows = await page.locator(".compared tr[data-difference]").allInnerTexts();
  assertEquals(rows.map((row) => row.split("\t").map((cell) => cell.trim())).slice(0, -1), [
    ["RTC · Channel", "lobby", "Lobby", "differs only in case or whitespace"],
    ["RTC · User", "7", "8", "differs"],
  ]);
  await page.locator(".compare textarea").fill("nothing");
  await page.locator(".compare .note", { hasText: "There is no token in this text." }).waitFor();
});

browserTest(
  "Edit signs the token with other values, marks them, says which rule they break, and keeps them out of links",
  async (page) => {
    await openPageAt(page, NOW);
    const token = await tokenOf(3600, HALF);
    await paste(page, token);
    await action(page, "Edit").click();
    const panel = page.locator(".edit");
    await panel.locator(".edit-banner", { hasText: "Enter the App Certificate" }).waitFor();
    await panel.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
    const output = panel.locator(".token-output");
    await output.waitFor();
    assertEquals(await output.textContent(), token); // issue time and salt too
    await panel.locator("[data-path='expire'] input").fill("172800");
    await panel.locator("[data-path='salt'] input").fill("7");
    await panel.locator("[data-path='services[0].privileges.publishVideoStream'] input").fill("60");
    await panel.locator("[data-path='services[0].privileges.publishAudioStream'] input").fill("");
    await panel.locator(".edit-banner", { hasText: "breaks Agora’s documented rules, and is signed nevertheless" }).waitFor();
    assertEquals(
      await panel.locator("[data-changed]").evaluateAll((fields) => fields.map((field) => (field as HTMLElement).dataset.path)),
      ["expire", "salt", "services[0].privileges.publishAudioStream", "services[0].privileges.publishVideoStream"],
    );
    assertMatch((await panel.locator("[data-path='expire'] .hint").textContent())!, /^2 days · was 3600$/);
    const made = (await output.textContent())!;
    const { token: data, signature } = await verifyToken(made, { certificates: CERTIFICATE, now: NOW });
    assertEquals(signature, "valid");
    const { expire, salt, services, issueTs } = data as ParsedToken007;
    assertEquals([expire, salt, issueTs, services[0]!.privileges], [172800, 7, NOW, {
      joinChannel: 1800,
      publishVideoStream: 60,
    }]);
    await panel.locator("[data-path='salt'] input").fill("4294967296");
    await panel.locator(".edit-banner", { hasText: "The format cannot hold this" }).waitFor();
    assert(!await output.isVisible());
    await panel.locator("[data-path='salt'] input").fill("8");
    await panel.getByRole("button", { name: "Open in Inspect" }).click();
    await page.locator("#panel-inspect > [aria-busy]").waitFor({ state: "detached" });
    assert(await action(page, "Copy a defused link").isDisabled());
  },
);

browserTest("Edit signs a token of every format anew", async (page) => {
  await openPage(page);
  await page.locator("summary", { hasText: "Examples" }).first().click();
  await page.locator("[data-example=old]").click();
  await page.locator(".answer h2", { hasText: "Genuine" }).waitFor();
  await action(page, "Edit").click();
  const channel = page.locator(".edit [data-path='channelName'] input");
  assertEquals(await channel.inputValue(), "lobby");
  await channel.fill("stage");
  await page.locator(".edit .edit-banner", { hasText: "Signed with your certificate" }).waitFor();
  const token = (await page.locator(".edit .token-output").textContent())!;
  const known = { certificates: DEMO.appCertificate, channelName: "stage", uid: 1001 };
  assertEquals((await verifyToken(token, known)).signature, "valid");
});

browserTest("Code shows how to make the token that is inspected, in Go and for the Web", async (page) => {
  await openPageAt(page, NOW);
  await paste(page, await tokenOf(3600, { joinChannel: 3600 }));
  await action(page, "Code").click();
  const code = page.locator(".action-panel .code-result pre code").last();
  await page.locator(".action-panel").getByLabel("Language").selectOption("Go");
  assertMatch(
    (await code.textContent())!,
    /BuildTokenWithUid\([^)]*"stage", \/\/ channelName\s+7, \/\/ uid\s+.*RoleSubscriber/s,
  );
  await page.locator(".action-panel").getByLabel("Language").selectOption("web");
  assertMatch((await code.textContent())!, /client\.join\("\w{32}", "stage", await fetchToken\(\), 7\)/);
});

browserTest("views and steps of the tour have addresses, and Back goes back", async (page) => {
  await openPage(page);
  const address = () => page.evaluate("location.hash");
  assertEquals(await address(), "");
  await page.getByRole("tab", { name: "Learn" }).click();
  await page.locator(".place", { hasText: "Step 1" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#panel-learn h2").first().click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.locator(".place", { hasText: "Step 3" }).waitFor();
  assertEquals(await address(), "#learn/3");
  await page.goBack();
  await page.locator(".place", { hasText: "Step 2" }).waitFor();
  await page.goBack();
  await page.goBack();
  await page.locator("#panel-inspect").waitFor();
  assertEquals(await address(), "");
  await page.goto(`${PAGE_URL}#learn/006/3`);
  await page.locator(".place", { hasText: "Step 3 of 7" }).waitFor();
  await page.goto(`${PAGE_URL}#build`);
  await page.locator("#panel-build").waitFor();
});

browserTest("the tour walks through one's own token", async (page) => {
  await openPageAt(page, NOW);
  await paste(page, await tokenOf(3600, HALF));
  await page.getByRole("tab", { name: "Learn" }).click();
  await page.getByRole("button", { name: "Your token" }).click();
  const text = page.locator("#panel-learn .token-text");
  assertEquals(await text.textContent(), await tokenOf(3600, HALF));
  assertEquals(await page.evaluate("location.hash"), "#learn/own/1");
  await page.getByRole("tab", { name: "Inspect" }).click();
  await paste(page, "nothing");
  await page.getByRole("tab", { name: "Learn" }).click();
  await page.locator("#panel-learn .note", { hasText: "Paste a whole token" }).waitFor();
});
