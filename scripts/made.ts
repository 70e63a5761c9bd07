/** The made parts of a document, by the names that it has for them. */
export type Made = Readonly<Record<string, string>>;

/** A table; `titles` has the titles of its columns, separated by ` | `. In a cell, `|` and `<` are plain text. */
export function table(titles: string, rows: readonly (readonly (string | number)[])[]): string {
  const cell = (text: string | number) => String(text).replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(" | ")} |`;
  const columns = titles.split(" | ");
  return [columns, columns.map(() => "---"), ...rows].map(line).join("\n");
}
