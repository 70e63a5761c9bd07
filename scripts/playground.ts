/**
 * Builds `playground/index.html`: one file with its style, its script, and a content security policy that allows only these two.
 *
 * @module
 */
import { encodeBase64 } from "@std/encoding/base64";
import { LANGUAGES } from "../playground/languages/languages.ts";

/** The style sheets in their order. */
const STYLES = [
  "base",
  "controls",
  "page",
  "box",
  "verdict",
  "findings",
  "timeline",
  "fields",
  "bytes",
  "table",
  "build",
  "learn",
  "next",
  "forced",
  "print",
];

/** What tables hold for documents, the command line and people who work on them, and the page does not show. */
const NOT_SHOWN: Readonly<Record<string, readonly string[]>> = {
  "../src/inspect/messages/table.json": ["about", "source", "versions"],
  "calls/official_calls.json": ["_about", "source"],
};

const folder = new URL("../playground/", import.meta.url);
const output = new URL("index.html", folder);

const styles = STYLES.map((name) => Deno.readTextFile(new URL(`style/${name}.css`, folder)));
const style = minifyStyle((await Promise.all(styles)).join("\n"));
const script = await bundle(new URL("main.ts", folder));
const policy = [
  "default-src 'none'",
  `script-src '${await hash(script)}'`,
  `style-src '${await hash(style)}'`,
  "img-src data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");
const page = await Deno.readTextFile(new URL("page.html", folder));
/** English is in the HTML itself; links lead to the other languages. */
const { en, ...others } = LANGUAGES;
/** The text at a path, as `box.label`. */
const textAt = (path: string) =>
  path.split(".").reduce<unknown>((table, name) => (table as Record<string, unknown>)[name], en.texts);
const links = Object.entries(others).map(([name, { name: own, texts: { page } }]) =>
  `<a href="?lang=${name}" hreflang="${page.language}" lang="${page.language}">${own}</a>`
);
await Deno.writeTextFile(
  output,
  page.replace(
    /\{\{ ?([\w.]+) ?\}\}/g,
    (_, path) => path === "policy" ? policy : path === "links" ? links.join(" ") : escaped(String(textAt(path))),
  )
    .replace(/\s*\n\s*/g, "\n")
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("<script></script>", () => `<script>${script}</script>`),
);

/** A text as text of HTML, or the value of an attribute. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

async function bundle(entry: URL): Promise<string> {
  const lean = await Deno.makeTempDir({ dir: folder.pathname });
  try {
    return await bundleWith(await leanTables(lean), entry);
  } finally {
    await Deno.remove(lean, { recursive: true });
  }
}

/** Copies the tables without what the page does not show, and maps imports to the copies. */
async function leanTables(into: string): Promise<string> {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", folder)));
  // What deno.json gives for a package stands for its files too; an import map says so.
  for (const [name, target] of Object.entries<string>(imports)) imports[`${name}/`] = `${target.replace(":", ":/")}/`;
  for (const [path, hidden] of Object.entries(NOT_SHOWN)) {
    const table = new URL(path, folder);
    const copy = `${into}/${path.replaceAll("/", "-")}`;
    const lean = JSON.parse(await Deno.readTextFile(table), (name, value) => hidden.includes(name) ? undefined : value);
    await Deno.writeTextFile(copy, JSON.stringify(lean));
    imports[table.href] = `file://${copy}`;
  }
  await Deno.writeTextFile(`${into}/imports.json`, JSON.stringify({ imports }));
  return `${into}/imports.json`;
}

async function bundleWith(importMap: string, entry: URL): Promise<string> {
  const options = ["--quiet", "--platform", "browser", "--format", "iife", "--minify", "--import-map", importMap];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["bundle", ...options, entry.pathname] })
    .output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  const script = inUtf8(text.decode(stdout).trim());
  if (/<\/script|<!--/i.test(script)) throw new Error("The script would end its element");
  return script;
}

/** Writes what can be seen as itself: the bundler has a number for every character that is not ASCII, twice as long. */
function inUtf8(script: string): string {
  return script.replace(/(?<!\\)((?:\\\\)*)\\u([\dA-F]{4})/g, (number, before, hex) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[\p{L}\p{P}\p{S}]/u.test(character) ? before + character : number;
  });
}

/** Removes comments, needless whitespace and needless zeros from a style sheet that `deno fmt` has formatted. */
function minifyStyle(style: string): string {
  return style.replace(/\/\*.*?\*\//gs, "").replace(/\s+/g, " ").replace(/ ?([{};,>]) ?/g, "$1").replace(/: /g, ":")
    .replace(/\b0\./g, ".").replaceAll(";}", "}").trim();
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${encodeBase64(new Uint8Array(digest))}`;
}
