/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { CERTIFICATE } from "../portable/case.ts";
import { browserTest, chooseExample, openPage, PAGE_URL } from "./chromium.ts";
import { HTML as html, serve } from "./server.ts";

const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";

/** A secret key of the whiteboard. */
const SECRET_KEY = "SecretOfThese0123456789Tests";

/** Everything that a visitor does, with a certificate typed in. */
async function visit(page: Page): Promise<void> {
  const panel = () => page.locator("[role=tabpanel]:visible");
  await panel().getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  for (const name of ["Several services", "Expired", "Cut off when copied", "An error message", "The old 006"]) {
    await chooseExample(page, name);
  }
  await panel().getByText("As of now").click();
  await panel().getByRole("button", { name: "Its last second" }).click();
  await panel().getByRole("button", { name: "Now", exact: true }).click();
  await panel().getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await panel().getByRole("button", { name: "Show", exact: true }).click();
  await page.getByRole("tab", { name: "Will my join work?" }).click();
  await chooseExample(page, "A publisher");
  await panel().getByLabel("Channel").fill("Lobby");
  await panel().getByRole("button", { name: /^Show “/ }).first().click();
  await page.getByRole("tab", { name: "Build" }).click();
  for (const value of ["builders/rtc.buildTokenWithUid", "old/006.rtc", "services"]) {
    await panel().getByLabel("What to build").selectOption(value);
  }
  await panel().getByRole("button", { name: "Open in Inspect" }).click();
  await page.getByText("How the signature is made").click();
  await page.getByRole("tab", { name: "Learn" }).click();
  for (let step = 0; step < 8; step++) await panel().getByRole("button", { name: "Next" }).click();
  await panel().getByRole("button", { name: "Open an example of 005" }).click();
  await page.getByRole("tab", { name: "Learn" }).click();
  await panel().getByRole("row", { name: /NETLESSROOM_/ }).getByRole("button").click();
  await panel().getByLabel("Secret key (SK)").fill(SECRET_KEY);
  await panel().getByText("This secret key did not make the token").first().waitFor();
  await page.locator(".theme").click();
  await chooseExample(page, "A publisher");
  const next = page.locator(".next");
  for (const name of ["Copy report", "Copy a defused link", "Compare", "Edit and re-sign", "Code"]) {
    await next.getByRole("button", { name }).click();
  }
  for (const language of ["go", "web", "curl"]) await next.getByLabel("Language").selectOption(language);
  await next.getByRole("button", { name: "Edit and re-sign" }).click();
  await next.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await next.getByRole("button", { name: "Copy the edited token" }).click();
  const text = await page.locator("#token").inputValue();
  await page.getByRole("tab", { name: "Batch" }).click();
  await panel().getByLabel("Text with tokens").fill(`${text}\n${text}`);
  await panel().getByLabel("Second App Certificate").fill(CERTIFICATE);
  await panel().getByText("2 tokens, ").waitFor();
}

/** Every trace that a page can leave. */
function traces(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    cookies: document.cookie,
    stored: Object.keys(localStorage).concat(Object.keys(sessionStorage)),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    state: history.state,
  }));
}

browserTest("a visit with a certificate asks the network for nothing and leaves no trace", async (page) => {
  const asked: string[] = [];
  const { url, stop } = serve((request) => {
    asked.push(request.url);
    return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  });
  try {
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await openPage(page, url);
    const addresses = new Set<string>();
    page.on("framenavigated", (frame) => addresses.add(frame.url()));
    const nothing = { cookies: "", stored: [], databases: 0, caches: 0, state: null };
    assertEquals(await traces(page), nothing);
    await visit(page);
    assertEquals(await traces(page), nothing);
    // An address names a view and a step in it, and nothing else.
    const places = [...addresses].map((address) => address.slice(url.length));
    assertEquals(places.filter((place) => !/^#(inspect|join|build|batch|learn)(\/\d)?$/.test(place)), []);
    assert(places.includes("#learn/9") && places.includes("#batch"));
    assertEquals(requests.filter((address) => !address.startsWith("data:")), [url]);
    assertEquals(asked, [url]);
    assertEquals(errors, []);
    // The secrets are nowhere but in their own masked fields.
    for (const secret of [CERTIFICATE, SECRET_KEY]) assert(!(await page.content()).includes(secret));

    // The policy also prevents it: it stops requests, and markup made from text.
    const tries = await page.evaluate(async () => [
      await fetch("/x").then(() => "sent", () => "stopped"),
      await new Promise((done) => {
        const image = new Image();
        image.onerror = () => done("stopped");
        image.onload = () => done("loaded");
        image.src = "/x.png";
      }),
      (() => {
        try {
          document.body.innerHTML = "<b>x</b>";
          return "written";
        } catch {
          return "stopped";
        }
      })(),
    ]);
    assertEquals(tries, ["stopped", "stopped", "stopped"]);
    assertEquals(asked, [url]);
  } finally {
    await stop();
  }
}, { causes: /Content Security Policy|This document requires/ });

browserTest("the page works from disk, without a network", async (page) => {
  await page.context().setOffline(true);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await openPage(page);
  await visit(page);
  assertEquals(requests.filter((address) => !address.startsWith("data:")), [PAGE_URL]);
  assertEquals(await page.getByRole("tab", { name: "Token server" }).count(), 0);
});

Deno.test("the policy of the page allows its own script and style by their hashes, and nothing unsafe", async () => {
  assert(!policy.includes("unsafe"), policy);
  const wanted = [
    "default-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ];
  for (const directive of wanted) assert(policy.split("; ").includes(directive), directive);
  for (const name of ["script", "style"]) {
    const parts = [...html.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))];
    assertEquals(parts.length, 1);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts[0]![1])));
    assert(policy.includes(`${name}-src 'sha256-${digest.toBase64()}'`));
  }
  assert(!/ style=| on\w+=|javascript:/i.test(html.replace(/<(script|style)>.*?<\/\1>/gs, "")));
});
