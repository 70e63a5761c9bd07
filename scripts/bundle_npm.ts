/**
 * Builds the npm package with Deno alone: `deno bundle` for the code, in chunks that the entry points share, so that every class exists only
 * once, and `deno transpile` for the types. The package has the same form as that of `build_npm.ts`, which uses dnt; CI builds and tests
 * this one, since it needs only the npm registry.
 *
 * ```sh
 * deno task npm:bundle npm
 * ```
 *
 * @module
 */
import { BIN, type DenoConfig, entryPoints, finish, packaged, packageJson, typesOf, write } from "./npm_package.ts";

const ROOT = new URL("..", import.meta.url).pathname;

/** Builds the package into an empty folder. */
export async function bundleNpm(folder: string): Promise<void> {
  const config: DenoConfig = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const entries = entryPoints(config);
  await deno(
    "bundle",
    "--code-splitting",
    "--platform",
    "deno",
    "--outdir",
    `${folder}/esm`,
    ...entries.map(({ path }) => path),
  );
  const bin = `${folder}/${packaged(BIN, ".js")}`;
  await Deno.writeTextFile(bin, "#!/usr/bin/env node\n" + await Deno.readTextFile(bin));
  // `deno bundle --declaration` makes one file of types for all entry points named mod.ts, so `deno transpile` makes the types.
  const types = await Deno.makeTempDir();
  try {
    const exports = entries.filter(({ kind }) => kind === "export").map(({ path }) => path);
    // It writes our files first, and fails at the types of JSR's packages, which are no files. What is missing is found below.
    await deno("transpile", "--declaration", "--outdir", types, ...exports).catch((error: Error) => {
      if (!error.message.includes("Cannot convert specifier to path: http")) throw error;
    });
    const files = await typesOf(types, exports.map((path) => path.replace(/\.ts$/, ".d.ts")));
    for (const [file, text] of files) await write(`${folder}/esm${file}`, text);
  } finally {
    await Deno.remove(types, { recursive: true });
  }
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify(packageJson(config), undefined, 2) + "\n");
  await finish(ROOT, folder, config);
}

async function deno(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stderr: "piped" }).output();
  if (!success) throw new Error(`deno ${args[0]} failed: ${new TextDecoder().decode(stderr)}`);
}

if (import.meta.main) {
  const [folder = "npm"] = Deno.args;
  await Deno.mkdir(folder);
  await bundleNpm(folder);
}
