/**
 * Builds `playground/index.html`: one file with its style, its script, and a content security policy that allows only these two.
 *
 * @module
 */
import { encodeBase64 } from "@std/encoding/base64";
import { minify } from "terser";
import { LANGUAGES } from "../playground/languages/languages.ts";
import { TABLE } from "../src/inspect/messages/table.ts";

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

/** What the page has instead of a file, to be smaller: each by the path of the file from the folder of the page. */
const INSTEAD: Readonly<Record<string, (path: URL) => string | Promise<string>>> = {
  // What stands there for documents and the command line is not shown.
  "calls/official_calls.json": async (path) => JSON.stringify(await jsonWithout(path, ["_about", "source"])),
  "../src/inspect/messages/table.ts": async (path) => {
    const { rows } = await jsonWithout(new URL("table.json", path), ["source", "versions"]) as { rows: object[] };
    return (await Deno.readTextFile(path)).replace(/^import data .*$/m, `const data = { rows: ${inColumns(rows)} };`);
  },
  "languages/zh/messages_rows.ts": async (path) => {
    const table = `import { TABLE } from ${JSON.stringify(new URL("../src/inspect/messages/table.ts", folder).href)};`;
    const { ROWS } = await import(path.href) as typeof import("../playground/languages/zh/messages_rows.ts");
    const rows = TABLE.map(({ id }) => ROWS[id]!);
    return `${table} const rows = ${inColumns(rows)}.map(Object.values);
      export const ROWS = Object.fromEntries(TABLE.map(({ id }, place) => [id, rows[place]]));`;
  },
  // The modules of Node, Deno and Bun: no browser has them.
  "../src/runtime/synchronous.ts": () => "export const builtIns = () => {}, synchronousEngine = builtIns;",
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
    return await bundleWith(await leanFiles(lean), entry);
  } finally {
    await Deno.remove(lean, { recursive: true });
  }
}

/** Writes what the page has instead of files, and maps imports of these to that. */
async function leanFiles(into: string): Promise<string> {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", folder)));
  // What deno.json gives for a package stands for its files too; an import map says so.
  for (const [name, target] of Object.entries<string>(imports)) imports[`${name}/`] = `${target.replace(":", ":/")}/`;
  for (const [path, write] of Object.entries(INSTEAD)) {
    const file = new URL(path, folder);
    const lean = `${into}/${path.replaceAll("/", "-")}`;
    await Deno.writeTextFile(lean, await write(file));
    imports[file.href] = `file://${lean}`;
  }
  await Deno.writeTextFile(`${into}/imports.json`, JSON.stringify({ imports }));
  return `${into}/imports.json`;
}

/** The value of a file of JSON, without some of its fields. */
async function jsonWithout(path: URL, hidden: readonly string[]): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(path), (name, value) => hidden.includes(name) ? undefined : value);
}

/** An expression of rows that has them by columns: like beside like is smaller to transfer. */
function inColumns(rows: readonly object[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => rows.map((row) => (row as Record<string, unknown>)[name] ?? null));
  const values = `[${columns.map((column) => JSON.stringify(column)).join()}]`;
  return `((names, columns) => columns[0].map((_, row) =>
    Object.fromEntries(names.map((name, place) => [name, columns[place][row]]).filter(([, value]) => value !== null))
  ))(${JSON.stringify(names)}, ${values})`;
}

async function bundleWith(importMap: string, entry: URL): Promise<string> {
  const options = ["--quiet", "--platform", "browser", "--format", "iife", "--minify", "--import-map", importMap];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["bundle", ...options, entry.pathname] })
    .output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  // Its names for variables are those that repeat most, so that the page is three kilobytes less to transfer.
  const { code } = await minify(text.decode(stdout), { ecma: 2020, compress: { passes: 2 }, mangle: { toplevel: true } });
  const script = code!;
  if (/<\/script|<!--/i.test(script)) throw new Error("The script would end its element");
  return script;
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
