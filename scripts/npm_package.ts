/**
 * The npm package, as deno.json defines it: its entry points, its package.json and the files in addition to the code. Both ways of
 * building it (`build_npm.ts`, `bundle_npm.ts`) use this.
 *
 * @module
 */

/** The part of deno.json that defines the package. */
export interface DenoConfig {
  /** The name on JSR. */
  name: string;
  /** The version, of both packages. */
  version: string;
  /** The licence. */
  license: string;
  /** Sub-paths and their modules. */
  exports: Record<string, string>;
}

/** A module that users import or run. */
export interface EntryPoint {
  /** Whether it is imported, or run as a program. */
  kind: "export" | "bin";
  /** The sub-path, or the name of the program. */
  name: string;
  /** The module in this repository. */
  path: string;
}

/** The name on npm, also of the program. */
export const NPM_NAME = "agoratoken";
/** The module that is run as a program under the package's name. */
export const BIN = "./src/cli/bin.ts";

const REPOSITORY = "https://github.com/agoratoken/agoratoken";

/** Everything that users import, as in deno.json, and the program. */
export function entryPoints({ exports }: DenoConfig): EntryPoint[] {
  const imported = Object.entries(exports).map(([name, path]) => ({ kind: "export", name, path }) as const);
  return [...imported, { kind: "bin", name: NPM_NAME, path: BIN }];
}

/** The path in the package of a module of this repository, with another file extension. */
export function packaged(path: string, ending: ".js" | ".d.ts"): string {
  return path.replace(/^\.\/(.*)\.ts$/, `./esm/$1${ending}`);
}

/** The package.json, without the additions of each way of building it. */
export function packageJson(config: DenoConfig) {
  const paths = entryPoints(config).filter(({ kind }) => kind === "export").map(({ name, path }) => [
    name,
    { types: packaged(path, ".d.ts"), default: packaged(path, ".js") },
  ]);
  return {
    name: NPM_NAME,
    version: config.version,
    description: "Build, read, verify and diagnose every Agora.io token",
    keywords: ["agora", "agora.io", "token", "accesstoken2", "rtc", "rtm"],
    license: config.license,
    homepage: `${REPOSITORY}#readme`,
    repository: { type: "git", url: `git+${REPOSITORY}.git` },
    bugs: `${REPOSITORY}/issues`,
    type: "module",
    engines: { node: ">=22" },
    sideEffects: false,
    types: packaged(config.exports["."]!, ".d.ts"),
    bin: { [NPM_NAME]: packaged(BIN, ".js") },
    exports: { ...Object.fromEntries(paths), "./package.json": "./package.json" },
  };
}

/** Adds the files in addition to the code. In them, and in the comments of types, the package gets its name on npm. */
export async function finish(root: string, folder: string, { name }: DenoConfig): Promise<void> {
  for (const file of ["README.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"]) {
    await Deno.copyFile(root + file, `${folder}/${file}`);
  }
  for await (const file of filesIn(folder)) {
    if (!/\.(md|d\.ts)$/.test(file)) continue;
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replaceAll(name, NPM_NAME));
  }
}

/** The files of a folder and its subfolders, without installed packages. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) yield `${folder}/${name}`;
    else if (name !== "node_modules") yield* filesIn(`${folder}/${name}`);
  }
}
