import { assert } from "@std/assert";

/** The folder of the checkout. */
export const ROOT: string = new URL("..", import.meta.url).pathname;

/** The files of a folder and its subfolders, with paths such as `src/errors.ts`, without installed packages. */
export async function* sources(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
    if (name === "node_modules") continue; // a folder, or a link to one
    if (isDirectory) yield* sources(`${folder}${name}/`);
    else yield folder + name;
  }
}

/** The first line that a command prints, or nothing where it cannot be run. */
export async function tryCommand(command: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).split("\n")[0] : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a test whose tool is absent is skipped; it says so, or fails in CI, where every tool is there. */
export function skipWithout(tool: string, found: boolean): boolean {
  if (found) return false;
  assert(Deno.env.get("AGORATOKEN_SKIP_NOTHING") !== "1", `${tool} is missing`);
  console.log(`skipped: ${tool} is not installed`);
  return true;
}

/** The result of a command. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs Deno in the checkout with the given input and variables, and without credentials of the machine. */
export async function runDeno(
  args: string[],
  { stdin = "", env = {} }: { stdin?: string | Uint8Array<ArrayBuffer>; env?: Record<string, string> } = {},
): Promise<Run> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "", NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const written = writer.write(typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin)
    .then(() => writer.close()).catch(() => {}); // a program may end before it reads its input
  const { code, stdout, stderr } = await child.output();
  await written;
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
