/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { packToken, type Privilege006 } from "../../mod.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest } from "./chromium.ts";
import { NOW, show, typeAndSee } from "./page.ts";

browserTest("the page explains a message and a number that are pasted for a token", async (page) => {
  await show(page, "09:46:40 [ERROR] join failed: CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key");
  const panel = page.locator("#panel-inspect");
  await panel.getByRole("heading", { name: "This is an error message, not a token" }).waitFor();
  const meanings = panel.locator(".finding:visible");
  assertEquals(await meanings.count(), 1);
  const shown = (await meanings.first().textContent())!;
  for (const part of ["rtc-web-15", "the likeliest first", "What to do", "How sure"]) assert(shown.includes(part), part);
  await typeAndSee(page, [{ token: "110" }]);
  assertEquals(await meanings.count(), 5);
  await panel.getByText("5 meanings").waitFor();
  const [none] = await typeAndSee(page, [{ token: "the lobby is closed" }]);
  assertEquals([none!.title, await meanings.count()], ["This is not an Agora token", 0]);
  const [token] = await typeAndSee(page, [{ token: await packed({ issueTs: NOW }) }]);
  assertEquals([token!.title, await panel.getByText("What the message means").isVisible()], [
    "Valid now, signature not checked",
    false,
  ]);
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await page.locator("#panel-join").getByLabel("Token", { exact: true }).fill("join failed: error 110");
  await page.locator("#panel-join").getByRole("heading", { name: "This is an error message, not a token" }).waitFor();
});

browserTest("the page lists what SDKs say of a finding when that is opened", async (page) => {
  await show(page, await packed({ issueTs: NOW - 90_000 }), CERTIFICATE);
  const finding = page.locator("#panel-inspect .finding", { hasText: "The token expired" });
  const said = finding.locator("details");
  assertMatch((await said.locator("summary").textContent())!, /^What SDKs say \(\d+\)$/);
  assertEquals(await said.locator("li").count(), 0);
  await said.locator("summary").click();
  await said.locator("li", { hasText: "rtc-native-109" }).waitFor();
});

/** A 006 that is valid for ten minutes from the time of the page. */
function old(channelName: string, uid: string, privilege: Privilege006): Promise<string> {
  const ts = NOW + 600;
  return packToken(
    { version: "006", appId: APP_ID, channelName, uid, salt: 1, ts, privileges: { [privilege]: ts } },
    CERTIFICATE,
  );
}

browserTest("the page guesses the names of a 006, and enters them", async (page) => {
  const panel = page.locator("#panel-inspect");
  await show(page, await old("lobby", "1001", "joinChannel"), CERTIFICATE);
  await panel.getByText('the channel is "lobby", and the user "1001"').waitFor();
  await panel.getByRole("button", { name: "Enter", exact: true }).click();
  await panel.getByRole("heading", { name: "Genuine and valid now" }).waitFor();
  await typeAndSee(page, [{ token: await old("our own", "7", "joinChannel"), certificate: CERTIFICATE }]);
  await panel.getByText("the channel is none of the obvious ones").waitFor();
  await panel.getByLabel("Names to try").fill("theirs, our own");
  await panel.getByText('the channel is "our own"').waitFor();
  await typeAndSee(page, [{ token: await old("alice", "", "rtmLogin") }]);
  await panel.getByText('By its checksum, the account is "alice"').waitFor();
  await typeAndSee(page, [{ token: await packed({ issueTs: NOW }) }]);
  assertEquals(await panel.getByLabel("Names to try").isVisible(), false);
});
