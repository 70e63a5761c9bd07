/** What is made for a document, by the names in it. */
export type Made = Readonly<Record<string, string>>;

/** A table, with the titles of its columns parted as it parts them. */
export function table(titles: string, rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const columns = titles.split(" | ");
  return [columns, columns.map(() => "---"), ...rows].map(line).join("\n");
}
