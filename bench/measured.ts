/** What the programs here share: running others, and medians and spreads as tables. @module */

/** What one program measured: the microseconds for a call, of every round, and what each is compared with. */
export type Rounds = Record<string, { peer: string; microseconds: number[] }>;

const ROOT = new URL("..", import.meta.url).pathname;

/** The standard output of a command. */
export async function output(command: string, ...args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(command, { args, cwd: ROOT, stderr: "inherit" }).output();
  if (!success) throw new Error(`${command} failed`);
  return new TextDecoder().decode(stdout);
}

/** The value below which a share of the values lies; the middle one if omitted. */
export function median(values: readonly number[], share = 0.5): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}

/** The median and the quartiles. */
export function spread(values: readonly number[]): string {
  return `${median(values).toFixed(1)}, ${median(values, 0.25).toFixed(1)}–${median(values, 0.75).toFixed(1)}`;
}

/** A table of Markdown. */
export function formatted(head: readonly string[], rows: readonly (readonly [string, readonly string[]])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(([name, cells]) => line([name, ...cells]))].join("\n");
}
