import { assert, assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

const text = await Deno.readTextFile(`${ROOT}playground/llms.txt`);
const RAW = "https://raw.githubusercontent.com/agoratoken/agoratoken/main/";

/** Whether a path is in the checkout. */
const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

Deno.test("llms.txt has a title, a summary, and links only to files of this repository, each once", async () => {
  assert(/^# agoratoken\n\n> .+\n/.test(text));
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  assert(links.length > 20);
  assertEquals([...new Set(links)], links);
  const wrong: string[] = [];
  for (const link of links) {
    if (!link.startsWith(RAW) || !await exists(ROOT + link.slice(RAW.length))) wrong.push(link);
  }
  assertEquals(wrong, []);
});

Deno.test("llms.txt links every document that is for users", async () => {
  const documents: string[] = [];
  for await (const file of sources("docs/")) if (file.endsWith(".md")) documents.push(file);
  // How it is measured, and what differs in npm's package, is for contributors and those who move: the others link them.
  const unlinked = ["docs/compat.md", "docs/limits.md", "docs/performance.md", "docs/playground.md", "docs/whiteboard.md"];
  assertEquals(documents.filter((file) => !text.includes(`(${RAW}${file})`)).sort(), unlinked);
});

Deno.test("llms.txt names every entry of deno.json, and no other", async () => {
  const { name, exports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const named = [...text.matchAll(/^- `(@agoratoken\/[^`]+)`: /gm)].map(([, entry]) => entry);
  assertEquals(named.sort(), Object.keys(exports).map((entry) => name + entry.slice(1)).sort());
});

Deno.test("the documents link only files and sections that there are", async () => {
  const files = ["README.md"];
  for (const folder of ["docs/", "examples/"]) {
    for await (const file of sources(folder)) if (file.endsWith(".md")) files.push(file);
  }
  const wrong: string[] = [];
  for (const file of files) {
    const links = [...(await Deno.readTextFile(ROOT + file)).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, link]) => link!);
    for (const link of links) {
      const { pathname, hash } = new URL(link, `file://${ROOT}${file}`);
      if (!await exists(pathname)) wrong.push(`${file}: ${link}`);
      else if (hash !== "" && !sections(await Deno.readTextFile(pathname)).includes(hash)) wrong.push(`${file}: ${link}`);
    }
  }
  assertEquals(wrong, []);
});

/** The sections of a document, as links name them. */
function sections(document: string): string[] {
  return [...document.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    "#" + title!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}
