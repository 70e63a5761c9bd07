/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { parseToken } from "../../mod.ts";
import { CERTIFICATE, packed } from "../portable/case.ts";
import { browserTest, openPage } from "./chromium.ts";
import { typeAndSee } from "./page.ts";

const TOKEN = await packed({
  issueTs: Math.floor(Date.now() / 1000),
  salt: 7,
  services: [{ type: "rtm", userId: "bob", privileges: { login: 3600 } }],
});

browserTest("the steps of the signature end in the signature of the token, and the certificate is masked", async (page) => {
  await openPage(page);
  await typeAndSee(page, [{ token: TOKEN, certificate: CERTIFICATE }]);
  await page.getByText("How the signature is made").click();
  const codes = await page.locator("#panel-inspect .steps li dd").allTextContents();
  assertEquals(codes.length, 9);
  const token = await parseToken(TOKEN);
  assert(token.version === "007");
  assertEquals(codes[8], encodeHex(token.signature));
  assert(codes[3]!.startsWith("07000000"), "the salt, lowest byte first");
  assert(!(await page.locator("#panel-inspect").innerText()).includes(CERTIFICATE));
});

browserTest("a wrong and a malformed certificate are reported", async (page) => {
  await openPage(page);
  const [wrong, malformed, none] = await typeAndSee(page, [
    { token: TOKEN, certificate: "1".repeat(32) },
    { token: TOKEN, certificate: "my certificate" },
    { token: TOKEN },
  ]);
  assertEquals([wrong!.title, malformed!.title], ["Not genuine", "This is not an App Certificate"]);
  assertEquals(none!.title, "Valid now, signature not checked");
});

browserTest(
  "the certificate of an example is removed when another token is pasted, and one that was typed stays",
  async (page) => {
    await openPage(page);
    const field = (label: string) => page.locator("#panel-inspect").getByLabel(label, { exact: true });
    assert(await field("App Certificate").inputValue() !== "");
    await field("Token").fill(TOKEN);
    assertEquals(await field("App Certificate").inputValue(), "");
    await field("App Certificate").fill(CERTIFICATE);
    await field("Token").fill(` ${TOKEN}`);
    assertEquals(await field("App Certificate").inputValue(), CERTIFICATE);
    assert((await page.locator("#panel-inspect .verdict").innerText()).includes("The pasted text has whitespace around it"));
  },
);

browserTest("a page without cryptography reads tokens, and says that it cannot check signatures", async (page) => {
  await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  await page.goto(new URL("../../playground/index.html", import.meta.url).href);
  await page.getByText("browsers offer no cryptography here").waitFor();
  const [plain, checked] = await typeAndSee(page, [{ token: TOKEN }, { token: TOKEN, certificate: CERTIFICATE }]);
  assertEquals([plain!.title, checked!.title], ["Valid now, signature not checked", "This page cannot check signatures here"]);
});

browserTest("a name with characters that change the direction of writing is shown with their numbers", async (page) => {
  await openPage(page);
  const token = await packed({ services: [{ type: "chat", userId: "bob\u202egpj", privileges: { user: 60 } }] });
  const [seen] = await typeAndSee(page, [{ token }]);
  assert(seen!.who.includes("user “bob\\u202egpj”"), seen!.who);
  assertEquals(seen!.rows.at(-1)![1], '"bob\\u202egpj"');
});
