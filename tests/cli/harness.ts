import { assertEquals } from "@std/assert";
import { type Run, runDeno } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

/** A line of `--batch`, or an answer to one. */
// deno-lint-ignore no-explicit-any -- the lines are data of many shapes
export type Json = any;

/** The variables of the tests' project. */
export const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };

/** Runs the command line as README.md says. */
export function cli(args: string[], options: Parameters<typeof runDeno>[1] = {}): Promise<Run> {
  return runDeno(["task", "-q", "cli", ...args], options);
}

/** Runs a command with lines of JSON, and reads its answers. */
export async function batch(command: string, lines: Json[]): Promise<{ code: number; lines: Json[] }> {
  const { code, stdout, stderr } = await cli([command, "--batch"], {
    stdin: lines.map((line) => JSON.stringify(line)).join("\n"),
  });
  assertEquals(stderr, "");
  return { code, lines: stdout.trimEnd().split("\n").map((line) => JSON.parse(line)) };
}
