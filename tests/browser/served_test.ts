/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { withPage } from "../../playground/serve.ts";
import { createTokenServer } from "../../src/server/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { browserTest, openPage, PAGE_URL } from "./chromium.ts";

const html = await Deno.readTextFile(new URL(PAGE_URL));
const server = withPage(
  createTokenServer({ access: "loopback", projects: [{ appId: APP_ID, appCertificate: CERTIFICATE }] }),
  html,
);

Deno.test("withPage() serves the page at / with its policy as a header, and everything else as before", async () => {
  const response = await server(new Request("http://localhost/"));
  assertEquals(response.status, 200);
  const policy = response.headers.get("content-security-policy")!;
  assert(!policy.includes("unsafe"), policy);
  for (const directive of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"]) {
    assert(policy.split("; ").includes(directive), directive);
  }
  const body = await response.text();
  assertEquals(body.length, html.length - /<meta http-equiv.*?>/.exec(html)![0].length);
  const zipped = await server(new Request("http://localhost/", { headers: { "accept-encoding": "gzip, br" } }));
  const text = await new Response(zipped.body!.pipeThrough(new DecompressionStream("gzip"))).text();
  assertEquals([zipped.headers.get("content-encoding"), text], ["gzip", body]);
  assertEquals(await (await server(new Request("http://localhost/ping"))).json(), { message: "pong" });
  assertEquals((await server(new Request("http://localhost/", { method: "POST" }))).status, 404);
});

browserTest("the page asks the server that served it for a token, and inspects it", async (page, browser) => {
  const asked: string[] = [];
  const http = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return server(request);
  });
  try {
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await openPage(page, `http://127.0.0.1:${http.addr.port}/`);
    assertEquals(asked, ["GET /"]);
    await page.getByRole("tab", { name: "Ask this server" }).click();
    const panel = page.locator("#panel-ask");
    await panel.getByLabel("Channel", { exact: true }).fill("stage");
    await panel.getByLabel("Chat", { exact: true }).check();
    assertEquals(asked, ["GET /"]);
    await panel.getByRole("button", { name: "Ask for a token" }).click();
    await panel.getByRole("button", { name: "Inspect it" }).click();
    assertEquals(asked, ["GET /", "POST /v1/tokens"]);
    const inspect = page.locator("#panel-inspect");
    await inspect.getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
    await inspect.getByRole("heading", { name: "Genuine and alive" }).waitFor();
    assert((await inspect.locator(".verdict .details").textContent())!.includes("RTC for channel “stage”"));

    await page.getByRole("tab", { name: "Ask this server" }).click();
    await panel.getByLabel("Token lasts (seconds)").fill("100000");
    await panel.getByRole("button", { name: "Ask for a token" }).click();
    await panel.getByRole("heading", { name: "The server answered 400" }).waitFor();
    assertEquals(await panel.getByLabel("Token lasts (seconds)").getAttribute("aria-invalid"), "true");
    assertEquals(errors, []);
  } finally {
    await browser.close();
    await http.shutdown();
  }
});
