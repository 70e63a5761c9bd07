/**
 * Writes the parts of the documents that are made from the code: those between `<!-- made: name -->` and `<!-- end -->`. All else
 * is written by hand.
 *
 * @module
 */
import { compatDoc } from "./compat_doc.ts";
import { contractsDoc } from "./contracts_doc.ts";
import { errorsDoc } from "./errors_doc.ts";
import { findingsDoc } from "./findings_doc.ts";
import { formatNotesDoc } from "./format_notes_doc.ts";
import { legacyNotesDoc } from "./legacy_notes_doc.ts";
import type { Made } from "./made.ts";

/** The documents, and the functions that make their parts. */
export const DOCS: Readonly<Record<string, (text: string) => Made | Promise<Made>>> = {
  "findings.md": findingsDoc,
  "errors.md": errorsDoc,
  "server-contracts.md": contractsDoc,
  "compat.md": compatDoc,
  "format-notes.md": formatNotesDoc,
  "legacy-notes.md": legacyNotesDoc,
};

const folder = new URL("../docs/", import.meta.url);

/** A document with its parts made anew. */
export async function docWithParts(name: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(name, folder));
  const made = await DOCS[name]!(text);
  const names: string[] = [];
  const result = text.replace(/(<!-- made: (\w+) -->\n).*?(?=\n<!-- end -->)/gs, (_, start: string, part: string) => {
    names.push(part);
    return `${start}\n${made[part]}\n`;
  });
  if (names.join() !== Object.keys(made).join()) {
    throw new Error(`${name} has the parts ${names}, but ${Object.keys(made)} were made`);
  }
  return result;
}

if (import.meta.main) {
  for (const name of Object.keys(DOCS)) await Deno.writeTextFile(new URL(name, folder), await docWithParts(name));
}
