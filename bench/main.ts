/**
 * Runs `builders.ts` in Deno, Node and Bun and prints the comparison, as the table in docs/performance.md.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
const ROOT = new URL("..", import.meta.url).pathname;

/** The standard output of a command. */
async function output(command: string, ...args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(command, { args, cwd: ROOT, stderr: "inherit" }).output();
  if (!success) throw new Error(`${command} failed`);
  return new TextDecoder().decode(stdout);
}

const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
await output(Deno.execPath(), "bundle", "-q", "--platform", "deno", "-o", bundle, "bench/builders.ts");
const rows: Record<string, string[]> = {};
const versions: string[] = [];
const RUNTIMES = [["Deno", Deno.execPath(), "run", "--allow-all"], ["Node", "node"], ["Bun", "bun"]] as const;
for (const [name, command, ...args] of RUNTIMES) {
  try {
    const version = /\d+\.\d+/.exec(await output(command, "--version"))![0];
    const best: [string, number][] = Object.entries(JSON.parse(await output(command, ...args, bundle)));
    versions.push(`${name} ${version}`);
    const [, peer] = best[0]!;
    for (const [contender, each] of best) (rows[contender] ??= []).push(`${(peer / each).toFixed(2)}× (${each.toFixed(0)} µs)`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
await Deno.remove(bundle);
console.log(`| speed relative to agora-token (time per token) | ${versions.join(" | ")} |`);
console.log(`| --- |${" --- |".repeat(versions.length)}`);
for (const [name, cells] of Object.entries(rows)) console.log(`| ${name} | ${cells.join(" | ")} |`);
