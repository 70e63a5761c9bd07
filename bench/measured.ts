/** What the programs here share: running others, and medians, spreads, tables and ratios. @module */

/** What one program measured: the microseconds for a call, of every round, and what each is compared with. */
export type Rounds = Record<string, { peer: string; microseconds: number[] }>;

/** What a part of the benchmark found. */
export interface Part {
  /** Tables and sentences, as Markdown. */
  readonly text: string;
  /** How many times as fast as its peer each contender is, by group (a runtime, or the server) and name. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const ROOT = new URL("..", import.meta.url).pathname;

/** The standard output of a command. */
export async function output(command: string, ...args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(command, { args, cwd: ROOT, stderr: "inherit" }).output();
  if (!success) throw new Error(`${command} failed`);
  return new TextDecoder().decode(stdout);
}

/** Bundles a module into one file, calls a function with its path, and removes it. */
export async function bundled<T>(
  module: string,
  platform: "deno" | "browser",
  use: (bundle: string) => Promise<T>,
): Promise<T> {
  const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
  try {
    await output(Deno.execPath(), "bundle", "-q", "--platform", platform, "-o", bundle, module);
    return await use(bundle);
  } finally {
    await Deno.remove(bundle);
  }
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

/** The share of its recorded value that a ratio may fall to. */
const LEAST = 0.75;

/** What is wrong with the ratios of a run: each that is less than three quarters of the recorded one, in a sentence. */
export function fallen(now: Part["ratios"], recorded: Part["ratios"]): string[] {
  return Object.entries(recorded).flatMap(([group, byName]) =>
    Object.entries(byName).flatMap(([name, before]) => {
      const ratio = now[group]?.[name];
      if (ratio === undefined || ratio >= LEAST * before) return [];
      return [`${name} (${group}): ${ratio.toFixed(2)}×, recorded was ${before.toFixed(2)}×`];
    })
  );
}
