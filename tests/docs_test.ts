import { assertEquals } from "@std/assert";
import { compatDoc } from "../scripts/compat_doc.ts";
import { contractsDoc } from "../scripts/contracts_doc.ts";
import { findingsDoc } from "../scripts/findings_doc.ts";
import { ROOT, runDeno } from "./helpers.ts";

for (
  const [file, make] of [["docs/findings.md", findingsDoc], ["docs/server-contracts.md", contractsDoc], [
    "docs/compat.md",
    compatDoc,
  ]] as const
) {
  Deno.test(`${file} is what \`deno task docs\` makes`, async () => {
    const { code, stdout, stderr } = await runDeno(["fmt", "--ext", "md", "-"], { stdin: await make() });
    assertEquals(code, 0, stderr);
    assertEquals(await Deno.readTextFile(`${ROOT}${file}`), stdout);
  });
}
