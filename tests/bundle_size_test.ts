import { assert, assertEquals } from "@std/assert";
import { ROOT, runDeno } from "./helpers.ts";

/** The minified browser bundle of a line of code. */
async function bundle(line: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/entry.ts`, line);
    const out = `${folder}/out.js`;
    const { code, stderr } = await runDeno(
      ["bundle", "-q", "--platform", "browser", "--minify", "-o", out, `${folder}/entry.ts`],
    );
    assertEquals(code, 0, stderr);
    return await Deno.readTextFile(out);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Words that only one part of the library has, so that they show whether it is in a bundle. */
const MARKS = {
  "006": "requestPublishAudioStream",
  "001 to 004": "APSS",
  "005": "publicSharing",
  "signaling": "1:APPID:TIME:MD5",
  "MD5": "Math.sin",
  "the official builders": "pubDataStreamPrivilegeExpire",
  "the diagnosis": "Percent-encode",
  "the reader": "are left",
};

Deno.test("buildToken() with rtc() is a browser bundle of 17.1 KB at most, without old formats, MD5, builders and diagnosis", async () => {
  const text = await bundle(`export { buildToken, rtc } from "${ROOT}mod.ts";`);
  assert(text.length < 17_100, `${text.length} bytes`);
  const found = Object.entries(MARKS).filter(([, mark]) => new RegExp(mark).test(text)).map(([part]) => part);
  assertEquals(found, []);
});

Deno.test("the marks that the bundle of buildToken() must not have are in the bundle of everything", async () => {
  const text = await bundle(`export * from "${ROOT}mod.ts"; export * from "${ROOT}src/official/legacy/mod.ts";`);
  const absent = Object.entries(MARKS).filter(([, mark]) => !new RegExp(mark).test(text)).map(([part]) => part);
  assertEquals(absent, []);
});

Deno.test("the table of messages is in the bundle of its own entry, and not in that of mod.ts", async () => {
  const has = async (path: string) => (await bundle(`export * from "${ROOT}${path}";`)).includes("can not find appid");
  assertEquals([await has("src/inspect/messages/mod.ts"), await has("mod.ts")], [true, false]);
});

Deno.test("the entries beside the token are small bundles, and cost the others nothing", async () => {
  const entries = {
    "notifications/mod": [12_000, "Agora-Signature-V2"],
    "whiteboard/mod": [23_000, "hardware address"],
    "mcp/mod": [345_000, "There is no such tool"],
    "client/mod": [34_500, "tokenPrivilegeWillExpire"],
    "client/react": [500, "useMemo"],
  } as const;
  for (const [name, [most, mark]] of Object.entries(entries)) {
    const text = await bundle(`export * from "${ROOT}src/${name}.ts";`);
    assert(text.length < most, `${name}: ${text.length} bytes`);
    assertEquals([text.includes(mark), (await bundle(`export * from "${ROOT}mod.ts";`)).includes(mark)], [true, false]);
  }
});
