/** What is made for a document, by the names in it. */
export type Made = Readonly<Record<string, string>>;

/** A table, with the titles of its columns parted as it parts them. In a cell, a `|` and a `<` are text. */
export function table(titles: string, rows: readonly (readonly (string | number)[])[]): string {
  const cell = (text: string | number) => String(text).replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(" | ")} |`;
  const columns = titles.split(" | ");
  return [columns, columns.map(() => "---"), ...rows].map(line).join("\n");
}
