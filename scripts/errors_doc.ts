import { type Made, table } from "./made.ts";
import { explainError, type Explanation } from "../src/inspect/messages/mod.ts";
import { CAUSES, NOT_A_TOKEN } from "../src/inspect/messages/causes.ts";
import { FINDINGS } from "../src/inspect/findings.ts";
import { TABLE } from "../src/inspect/messages/table.ts";

/** The messages by product and SDK, their numbers, and their causes. */
export function errorsDoc(): Made {
  const rows = TABLE.map(({ id, number, texts }) => explainError(number ?? texts[0]!).find((row) => row.id === id)!);
  const sections = Object.entries(Object.groupBy(rows, ({ product }) => product)).map(([product, rows]) => {
    const parts = Object.entries(Object.groupBy(rows!, ({ sdk }) => sdk)).map(([sdk, rows]) =>
      `### ${product}: ${sdk}\n\n${rows!.map(entry).join("\n\n")}`
    );
    return `## ${product}\n\n${parts.join("\n\n")}`;
  });
  return { numbers: numbers(rows), messages: sections.join("\n\n"), causes: causes() };
}

/** A text in code font, whatever is in it. */
function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const space = /^`|`$|^ .* $/.test(text) ? " " : "";
  return fence + space + text + space + fence;
}

/** Words in which only what stands in code font is code. */
function words(text: string): string {
  const escape = (part: string) => part.replaceAll("<", "&lt;").replace(/[*[\]]|\b_|_\b/g, "\\$&");
  return text.split(/(`[^`]+`)/).map((part, index) => index % 2 === 1 ? part : escape(part)).join("");
}

function entry({ id, number, name, versions, texts, meaning, causes, remedy, not, certainty, source }: Explanation): string {
  const title = [number, name].filter((part) => part !== undefined).map((part) => words(String(part))).join(" ");
  const said = causes.map(({ says, code }) => `${words(says)} ([\`${code}\`](#causes))`);
  return [
    `#### ${id}${title === "" ? "" : `: ${title}`}`,
    texts.map((text) => `- ${code(text)}`).join("\n"),
    `**${words(meaning)}** (${words(versions)})`,
    ...(said.length === 0 ? [] : [`Causes, the likeliest first: ${said.join("; ")}.`]),
    ...(remedy === "" ? [] : [`What to do: ${words(remedy)}`]),
    ...(not === "" ? [] : [`What it is not: ${words(not)}`]),
    `How sure: ${words(certainty)}. Sources: ${words(source.join("; "))}.`,
  ].join("\n\n");
}

/** Every number, with all that it can mean. */
function numbers(rows: readonly Explanation[]): string {
  const byNumber = Map.groupBy(rows.filter(({ number }) => number !== undefined), ({ number }) => number!);
  const sorted = [...byNumber].sort(([a], [b]) => Math.abs(a) - Math.abs(b) || a - b);
  return table(
    "number | what it means, and the row",
    sorted.map(([number, rows]) => [
      number,
      rows.map(({ id, product, meaning }) => `${product}: ${words(meaning).replace(/\.$/, "")} (${id})`).join("; "),
    ]),
  );
}

/** Every cause, in words, and whether a diagnosis finds it. */
function causes(): string {
  return table("cause | what it says | who finds it | what to do", [
    ...Object.entries(CAUSES).map(([code, { says, advice = "" }]) => [
      `\`${code}\``,
      words(says),
      Object.hasOwn(FINDINGS, code) ? "[a diagnosis](findings.md)" : "no diagnosis of a token",
      words(advice),
    ]),
    ...Object.entries(NOT_A_TOKEN).map(([code, { says }]) => [`\`${code}\``, words(says), "no token is at fault", ""]),
  ]);
}
