/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { DEMO } from "../../playground/examples.ts";
import { type ParsedToken007, parseToken, type RtcService } from "../../mod.ts";
import { withPage } from "../../src/server/http/page.ts";
import { createTokenServer, loadAccess } from "../../src/server/mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { brotliDecompressSync } from "node:zlib";
import { browserTest, openPage } from "./chromium.ts";
import { HTML as html, serveWithPage } from "./server.ts";

/** What the page may take to transfer, with all its languages and the code of all programming languages, in bytes. */
const MOST_TRANSFERRED = 161_000; // the aim is 153,600: the texts of the whiteboard in two languages are beyond it

Deno.test("withPage() serves the page at / with its policy as a header, and everything else as before", async () => {
  const projects = [{ appId: APP_ID, appCertificate: CERTIFICATE }];
  const ask = withPage(createTokenServer({ access: "loopback", projects }), html);
  const server = (request: Request) => ask(request, { remoteAddr: { hostname: "127.0.0.1" } });
  const response = await server(new Request("http://localhost/"));
  assertEquals(response.status, 200);
  const policy = response.headers.get("content-security-policy")!;
  assert(!policy.includes("unsafe"), policy);
  for (const directive of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"]) {
    assert(policy.split("; ").includes(directive), directive);
  }
  const body = await response.text();
  assertEquals(body, html.replace("connect-src 'none'", "connect-src 'self'"));
  const zipped = await server(new Request("http://localhost/", { headers: { "accept-encoding": "gzip, br;q=0" } }));
  const text = await new Response(zipped.body!.pipeThrough(new DecompressionStream("gzip"))).text();
  assertEquals([zipped.headers.get("content-encoding"), text], ["gzip", body]);
  const takesBrotli = () => server(new Request("http://localhost/", { headers: { "accept-encoding": "gzip, br" } }));
  let small = await takesBrotli();
  for (let tries = 0; tries < 1000 && small.headers.get("content-encoding") === "gzip"; tries++) { // until brotli is done
    await new Promise((done) => setTimeout(done, 100));
    small = await takesBrotli();
  }
  const bytes = await small.bytes();
  assertEquals([small.headers.get("content-encoding"), brotliDecompressSync(bytes).toString()], ["br", body]);
  assert(bytes.length <= MOST_TRANSFERRED, `${bytes.length} bytes`);
  const { CompressionStream } = globalThis;
  try {
    Object.assign(globalThis, { CompressionStream: undefined }); // it was compressed once, whoever asks
    const again = await server(new Request("http://localhost/", { headers: { "accept-encoding": "gzip" } }));
    assert((await again.bytes()).length < body.length / 2);
  } finally {
    Object.assign(globalThis, { CompressionStream });
  }
  assertEquals(await (await server(new Request("http://localhost/ping"))).json(), { message: "pong" });
  assertEquals((await server(new Request("http://localhost/", { method: "POST" }))).status, 404);
});

const STRANGER = "a".repeat(32);

browserTest(
  "a token of the server is held to no certificate but one typed in for it, and none is sent",
  async (page) => {
    const { url, asked, stop } = serveWithPage();
    try {
      await openPage(page, url);
      const inspect = page.locator("#panel-inspect");
      const certificate = inspect.getByLabel("App Certificate", { exact: true });
      await page.getByRole("tab", { name: "Token server" }).click();
      const panel = page.locator("#panel-ask");
      await panel.getByLabel("Channel", { exact: true }).fill("stage");
      await panel.getByLabel("Chat", { exact: true }).check();
      assertEquals(asked.map(({ line }) => line), ["GET /"]);
      await panel.getByRole("button", { name: "Request a token" }).click();
      await panel.getByRole("button", { name: "Inspect it" }).click();
      assertEquals(asked.map(({ line }) => line), ["GET /", "POST /v1/tokens"]);
      // The example's certificate is gone with the example: this server has another.
      await inspect.getByRole("heading", { name: "Valid now, signature not checked" }).waitFor();
      assertEquals(await certificate.inputValue(), "");
      await certificate.fill(CERTIFICATE);
      await inspect.getByRole("heading", { name: "Genuine and valid now" }).waitFor();
      assert((await inspect.locator(".who").textContent())!.includes("RTC for channel “stage”"));
      await certificate.fill(STRANGER);
      await inspect.getByRole("heading", { name: "Not genuine" }).waitFor();

      await page.getByRole("tab", { name: "Token server" }).click();
      await panel.getByLabel("Token lifetime (seconds)").fill("100000");
      await panel.getByRole("button", { name: "Request a token" }).click();
      await panel.getByRole("heading", { name: "The server answered 400" }).waitFor();
      assertEquals(await panel.getByLabel("Token lifetime (seconds)").getAttribute("aria-invalid"), "true");
      for (const { line, headers, body } of asked) {
        for (const secret of [CERTIFICATE, STRANGER, DEMO.appCertificate]) assert(!`${headers}${body}`.includes(secret), line);
        assert(!headers.includes("authorization"), "no key was typed in");
      }
    } finally {
      await stop();
    }
  },
  { causes: /responded with a status of 400/ },
);

browserTest("the page explains 401, 403 and 429, and sends the key that was typed", async (page) => {
  const secret = "k".repeat(32);
  const sha256 = encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
  const grant = { services: ["rtc"], channels: ["lobby"], users: ["*"], roles: ["*"], maxExpire: 3600, rateLimit: 3 };
  const access = await loadAccess({ keys: [{ id: "a", sha256, ...grant }] });
  const { url, asked, stop } = serveWithPage({ access });
  try {
    await openPage(page, url);
    await page.getByRole("tab", { name: "Token server" }).click();
    const panel = page.locator("#panel-ask");
    const ask = async (status: number, meaning: string) => {
      await panel.getByRole("button", { name: "Request a token" }).click();
      await panel.getByRole("heading", { name: `The server answered ${status}` }).waitFor();
      if (meaning !== "") await panel.locator(".meaning").filter({ hasText: meaning }).waitFor();
    };
    await ask(401, "requires an API key");
    const key = panel.getByLabel("API key");
    assertEquals(await key.getAttribute("type"), "password");
    await key.fill(secret);
    await ask(200, "");
    await panel.getByLabel("Channel", { exact: true }).fill("other");
    await ask(403, "does not allow this token");
    for (let times = 0; times < 2; times++) await panel.getByRole("button", { name: "Request a token" }).click();
    await ask(429, "Too many requests");
    const [, first, second] = asked;
    assert(!first!.headers.includes("authorization"));
    assert(second!.headers.includes(`"Bearer ${secret}"`) && !second!.body.includes(secret));
  } finally {
    await stop();
  }
}, { causes: /responded with a status of 4(01|03|29)/ });

browserTest("of several answers of the server, the page shows the one to the newest request", async (page) => {
  const { url, stop } = serveWithPage();
  try {
    await openPage(page, url);
    let release = () => {};
    const late = new Promise<void>((done) => release = done);
    let count = 0;
    await page.route("**/v1/tokens", async (route) => {
      const isFirst = ++count === 1;
      if (isFirst) await late;
      await route.fulfill({ json: { token: isFirst ? "old" : "new" } });
    });
    await page.getByRole("tab", { name: "Token server" }).click();
    const panel = page.locator("#panel-ask");
    const answered = page.waitForResponse("**/v1/tokens");
    for (let times = 0; times < 2; times++) await panel.getByRole("button", { name: "Request a token" }).click();
    await answered;
    await panel.locator("[role=status] pre").filter({ hasText: "new" }).waitFor();
    const last = page.waitForResponse("**/v1/tokens");
    release();
    await last;
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    assert((await panel.locator("pre").last().textContent())!.includes("new"));
  } finally {
    await stop();
  }
});

Deno.test("withPage() answers 304 without a body when the client has the page, and another tag for another page", async () => {
  const projects = [{ appId: APP_ID, appCertificate: CERTIFICATE }];
  const ask = (page: string, tag?: string) => {
    const headers: Record<string, string> = tag === undefined ? {} : { "if-none-match": tag };
    const request = new Request("http://localhost/", { headers });
    return withPage(createTokenServer({ access: "loopback", projects }), page)(request, {
      remoteAddr: { hostname: "127.0.0.1" },
    });
  };
  const first = await ask(html);
  const tag = first.headers.get("etag")!;
  assertEquals([first.headers.get("cache-control"), await first.text() === ""], ["no-cache", false]);
  const again = await ask(html, `"x", ${tag}`);
  assertEquals([again.status, await again.text(), again.headers.get("etag")], [304, "", tag]);
  const other = await ask(`${html}<!-- another -->`, tag);
  assertEquals([other.status, (await other.text()).length > 0], [200, true]);
});

browserTest("a served page that was saved to disk sends nothing, does not offer the server, and works", async (page) => {
  const { url, asked, stop } = serveWithPage();
  const folder = await Deno.makeTempDir();
  try {
    await openPage(page, url);
    assertEquals(await page.getByRole("tab", { name: "Token server" }).count(), 1);
    const copies = { source: await (await fetch(url)).text(), complete: await page.content() };
    for (const [name, text] of Object.entries(copies)) {
      await Deno.writeTextFile(`${folder}/${name}.html`, text);
      asked.length = 0;
      await openPage(page, `file://${folder}/${name}.html`);
      assertEquals(await page.getByRole("tab", { name: "Token server" }).count(), 0, name);
      assertEquals(await page.getByRole("tab").count(), 5, name);
      assertEquals(await page.evaluate((url) => fetch(url).then(() => "sent", () => "stopped"), url), "stopped", name);
      assertEquals(asked, [], name);
      await page.getByText("Everything runs in this page.").waitFor();
      await page.getByRole("tab", { name: "Will my join work?" }).click();
      await page.getByRole("tab", { name: "Inspect" }).click();
      await page.locator("#token").fill("110");
      await page.getByRole("heading", { name: "This is an error message, not a token" }).waitFor();
    }
  } finally {
    await stop();
    await Deno.remove(folder, { recursive: true });
  }
}, { causes: /Content Security Policy/ });

browserTest(
  "the view of the server shows its request as a command, which the server takes, and says that it is in demo mode",
  async (page) => {
    const { url, stop } = serveWithPage({ demo: true, projects: [DEMO] });
    try {
      await openPage(page, url);
      await page.getByRole("tab", { name: "Token server" }).click();
      const panel = page.locator("#panel-ask");
      await panel.locator(".demo-mode", { hasText: "This server is in demo mode" }).waitFor();
      await panel.getByLabel("Channel", { exact: true }).fill("a $HOME {b}");
      const code = (await panel.locator("pre code").textContent())!;
      assert(code.startsWith(`curl -s ${url}v1/tokens `), code);
      const { stdout } = await new Deno.Command("bash", { args: ["-c", code] }).output();
      const { token } = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals((await parseToken(token) as ParsedToken007).services.map((service) => (service as RtcService).channelName), [
        "a $HOME {b}",
      ]);
      await panel.getByLabel("API key").fill("secret");
      assert(!(await panel.locator("pre code").textContent())!.includes("secret"));
    } finally {
      await stop();
    }
  },
);
