/** Stand-in for `jsr:@deno/dnt`: the options that `scripts/build_npm.ts` uses, for its type-check. It builds nothing. @module */

/** A module that users import, or run. */
export interface EntryPoint {
  /** Whether it is imported, or run by its name; dnt puts `#!/usr/bin/env node` before the latter. */
  kind?: "bin" | "export";
  /** The sub-path, or the name of the program. */
  name?: string;
  /** The module. */
  path: string;
}

/** The options of dnt 0.42 that are used here; it finds deno.json by itself. */
export interface BuildOptions {
  /** What users import and run. */
  entryPoints: (string | EntryPoint)[];
  /** The folder to write to. */
  outDir: string;
  /** The globals to put a shim for: none. */
  shims: Record<PropertyKey, never>;
  /** Whether to run the tests in Node; they need `Deno.test`'s shim. */
  test?: boolean;
  /** Which of the results to type-check. */
  typeCheck?: "both" | "single" | false;
  /** Whether to add CommonJS or UMD. */
  scriptModule?: "cjs" | "umd" | false;
  /** Whether to put the TypeScript into the package. */
  skipSourceOutput?: boolean;
  /** For the TypeScript compiler. */
  compilerOptions?: { lib?: ("ESNext" | "DOM")[]; target?: "Latest" };
  /** The package.json; it overrides what dnt writes. */
  package: { name: string; version: string; [field: string]: unknown };
  /** What to do at the end. */
  postBuild?: () => void | Promise<void>;
}

/** Says that it is a stand-in. */
export function build(_options: BuildOptions): Promise<void> {
  return Promise.reject(
    new Error(
      "This is the stand-in for jsr:@deno/dnt. Take `links` out of deno.json, where JSR can be reached, to build with dnt",
    ),
  );
}

/** Makes a folder, or empties it. */
export async function emptyDir(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch(() => {});
  await Deno.mkdir(path, { recursive: true });
}
