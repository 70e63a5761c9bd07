/** Writes docs/findings.md from the table of findings and the first example of each in the tests. */
import { diagnoseToken, type FindingCode } from "../mod.ts";
import { FINDINGS } from "../src/inspect/findings.ts";
import { EXAMPLES } from "../tests/portable/diagnose.ts";

/** The text of docs/findings.md. */
export async function findingsDoc(): Promise<string> {
  const rows: string[] = [];
  for (const [code, { severity, advice = "", sdk }] of Object.entries(FINDINGS)) {
    const [text, known = { now: 1700000000 }] = EXAMPLES[code as FindingCode].found[0]!;
    const { findings } = await diagnoseToken(await text, known);
    const { message } = findings.find((found) => found.code === code)!;
    const sdkError = sdk === undefined || severity === "info"
      ? ""
      : sdk.rtm === undefined
      ? `${sdk.rtc}`
      : `${sdk.rtc}, RTM ${sdk.rtm}`;
    rows.push(`| \`${code}\` | ${severity} | ${sdkError} | ${cell(message)} | ${cell(advice)} |`);
  }
  return `# What a diagnosis finds

Made from the table of findings by \`deno task docs\`; the examples are those of the tests. The codes are stable. An **error** keeps
the token from working, a **warning** may, an **info** explains. The number is what the client's SDK reports.

| code | severity | SDK error | for example | what to do |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

if (import.meta.main) await Deno.writeTextFile(new URL("../docs/findings.md", import.meta.url), await findingsDoc());
