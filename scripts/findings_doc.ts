import { type Made, table } from "./made.ts";
import { diagnoseToken, type FindingCode } from "../mod.ts";
import { ENGLISH } from "../src/inspect/catalogue.ts";
import { FINDINGS } from "../src/inspect/findings.ts";
import { EXAMPLES } from "../tests/data/findings.ts";

/** The findings, each with its first example. */
export async function findingsDoc(): Promise<Made> {
  const rows: (string | number)[][] = [];
  for (const [code, { severity, certainty, sdk }] of Object.entries(FINDINGS)) {
    const [text, known = { now: 1700000000 }] = EXAMPLES[code as FindingCode].found[0]!;
    const { findings } = await diagnoseToken(await text, known);
    const { message } = findings.find((found) => found.code === code)!;
    const sdkError = sdk === undefined || severity === "info" ? "" : sdk;
    rows.push([`\`${code}\``, severity, certainty, sdkError, message, ENGLISH.advice[code as FindingCode] ?? ""]);
  }
  return { findings: table("code | severity | certainty | RTC error | for example | what to do", rows) };
}
