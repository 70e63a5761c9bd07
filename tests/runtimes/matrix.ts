import type { Report } from "./report.ts";

/** The reports of several runtimes as a table to print. */
export function matrix(reports: ReadonlyMap<string, Report>): string {
  const rows = [...reports].map(([name, { runtime, cases, failures }]) => [
    name,
    runtime.replace(
      /^Mozilla.* (\w*Chrome\/\S+|Firefox\/\S+|Version\/\S+ Safari\/\S+).*$/,
      "$1",
    ),
    `${cases - failures.length}`,
    `${failures.length}`,
  ]);
  const table = [["runtime", "it calls itself", "passed", "failed"], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()).join("\n");
}
