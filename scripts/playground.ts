/**
 * Builds `playground/index.html`: one file with its style, its script, and a content security policy that allows only these two.
 *
 * @module
 */
import { encodeBase64 } from "@std/encoding/base64";
import { T } from "../playground/texts.ts";

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
/** The text at a path, as `box.label`. */
const textAt = (path: string) => path.split(".").reduce<unknown>((table, name) => (table as Record<string, unknown>)[name], T);
await Deno.writeTextFile(
  output,
  page.replace(/\{\{ ?([\w.]+) ?\}\}/g, (_, path) => path === "policy" ? policy : escaped(String(textAt(path))))
    .replace(/\s*\n\s*/g, "\n")
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("<script></script>", () => `<script>${script}</script>`),
);

/** A text as text of HTML, or the value of an attribute. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

async function bundle(entry: URL): Promise<string> {
  const args = ["bundle", "--quiet", "--platform", "browser", "--format", "iife", "--minify", entry.pathname];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  const script = text.decode(stdout).trim();
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
