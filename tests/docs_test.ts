import { assertEquals } from "@std/assert";
import { findingsDoc } from "../scripts/findings_doc.ts";
import { ROOT } from "./helpers.ts";

/** Markdown without what the formatter adds to tables and lines. */
const bare = (markdown: string) => markdown.replaceAll(/\s+/g, " ").replaceAll(/-{3,}/g, "---").trim();

Deno.test("docs/findings.md is what `deno task docs` makes", async () => {
  assertEquals(bare(await Deno.readTextFile(`${ROOT}docs/findings.md`)), bare(await findingsDoc()));
});
