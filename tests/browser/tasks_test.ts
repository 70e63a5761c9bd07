/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { type ParsedToken007, parseToken, verifyToken } from "../../mod.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { browserTest, openPageAt, recordCopies } from "./chromium.ts";
import { HALF, NOW, tokenOf } from "./page.ts";

/** What a person does, counted: a press, a paste, a choice, or a value typed in. */
class Person {
  actions = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(control: Locator): Promise<void> {
    this.actions++;
    await control.click();
  }

  async type(control: Locator, text: string): Promise<void> {
    this.actions++;
    await control.fill(text);
  }

  async choose(control: Locator, option: string): Promise<void> {
    this.actions++;
    await control.selectOption(option);
  }

  /** Pastes into the box of the page, which has the example selected. */
  async paste(text: string): Promise<void> {
    this.actions++;
    await this.#page.locator("#token").focus();
    await this.#page.keyboard.insertText(text);
  }
}

/** A task: what to do on the open page, until it is done, and in how many actions at most. */
function task(name: string, atMost: number, run: (person: Person, page: Page) => Promise<void>): void {
  browserTest(`${name}: at most ${atMost} action${atMost === 1 ? "" : "s"}`, async (page) => {
    await recordCopies(page);
    await openPageAt(page, NOW);
    const person = new Person(page);
    await run(person, page);
    assert(person.actions <= atMost, `${person.actions} actions`);
  });
}

const next = (page: Page, name: string) => page.locator(".next").getByRole("button", { name, exact: name === "Code" });

task("what is in a token, and until when it is valid", 1, async (person, page) => {
  await person.paste(await tokenOf(3600, HALF));
  const answer = page.locator(".answer", { hasText: "stage" });
  await answer.waitFor();
  assertMatch(await answer.innerText(), /for another 1 h[\s\S]*until[\s\S]*09:00:00 UTC[\s\S]*channel “stage”, uid 7/);
});

task("why a join fails, with the text of the error", 1, async (person, page) => {
  await person.paste("join failed: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed");
  await page.locator(".answer h2", { hasText: "This is an error message" }).waitFor();
  assertMatch(await page.locator("#panel-inspect").innerText(), /What to do/);
});

task("why a join fails, with the token", 4, async (person, page) => {
  await person.paste(await tokenOf(3600, HALF));
  await person.press(page.getByRole("tab", { name: "Will my join work?" }));
  const panel = page.locator("#panel-join");
  await person.type(panel.getByLabel("Channel", { exact: true }), "Stage");
  await panel.locator(".verdict h2", { hasText: "It will not work" }).waitFor();
  assertMatch(await panel.innerText(), /channel-mismatch/);
});

task("a test token for RTC and RTM for an hour", 5, async (person, page) => {
  await person.press(page.getByRole("tab", { name: "Build" }));
  const panel = page.locator("#panel-build");
  await person.press(panel.getByLabel("RTM", { exact: true }));
  await panel.getByText("Signaling login", { exact: false }).first().waitFor();
  await person.press(panel.getByRole("button", { name: "Copy", exact: true }).first());
  await page.locator(".news", { hasText: "Copied." }).waitFor();
  const [token] = await page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
  const { expire, services } = await parseToken(token!) as ParsedToken007;
  assertEquals([expire, services.map(({ type }) => type)], [3600, ["rtc", "rtm"]]);
});

task("a token signed again with one value changed", 4, async (person, page) => {
  await person.paste(await tokenOf(3600, HALF));
  await page.locator(".answer", { hasText: "stage" }).waitFor();
  await person.press(next(page, "Edit and re-sign"));
  await person.type(page.locator(".edit").getByLabel("App Certificate", { exact: true }), CERTIFICATE);
  await person.type(page.locator(".edit [data-path='services[0].channelName'] input"), "lobby");
  await page.locator(".edit [data-changed]").waitFor();
  await page.locator(".edit-banner[data-tone=good]").waitFor();
  const token = (await page.locator(".edit .token-output").textContent())!;
  assertEquals((await verifyToken(token, { certificates: CERTIFICATE, channelName: "lobby", now: NOW })).ok, true);
});

task("two tokens compared", 2, async (person, page) => {
  await person.paste(`${await tokenOf(3600, HALF)}\n${await tokenOf(7200, HALF)}`);
  await page.locator(".answer", { hasText: "stage" }).waitFor();
  await person.press(next(page, "Compare"));
  await page.locator(".compare strong", { hasText: "fields differ: Lifetime, " }).waitFor();
});

task("a link to share", 1, async (person, page) => {
  await person.press(next(page, "Copy a defused link"));
  await page.locator(".news", { hasText: "The link is copied" }).waitFor();
});

task("the code in Go", 2, async (person, page) => {
  await person.press(next(page, "Code"));
  await person.choose(page.locator(".next").getByLabel("Language"), "go");
  await page.locator(".next pre", { hasText: "package main" }).waitFor();
});
