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

/**
 * The entry points of JSR that are programs of Deno, and what npm has instead: for the command line its function, since its program is
 * {@linkcode BIN}; for the server nothing.
 */
const DENO_PROGRAMS: Readonly<Record<string, string | undefined>> = {
  "./cli": "./src/cli/main.ts",
  "./serve": undefined,
  "./handler": undefined,
};

/**
 * What `agoratoken mcp` loads where it is installed: not by a statement that dnt or a bundler sees, so that nobody else installs it.
 * The range is also in src/cli/mcp.ts and deno.json.
 */
const OPTIONAL_PEERS = { "@modelcontextprotocol/sdk": "^1.32.0" };

/** What users of npm import by sub-path, and the program. */
export function entryPoints({ exports }: DenoConfig): EntryPoint[] {
  const imported = Object.entries(exports).map(([name, path]) => ({
    kind: "export",
    name,
    path: name in DENO_PROGRAMS ? DENO_PROGRAMS[name] : path,
  }));
  return [...imported.filter((entry): entry is EntryPoint => entry.path !== undefined), {
    kind: "bin",
    name: NPM_NAME,
    path: BIN,
  }];
}

/** The path in the package of a module of this repository: as an ES module, or as the CommonJS module that gives it to `require`. */
export function packaged(path: string, ending: ".js" | ".d.ts", folder: "esm" | "cjs" = "esm"): string {
  return path.replace(/^\.\/(.*)\.ts$/, `./${folder}/$1${ending}`);
}

/** The package.json, without the additions of each way of building it. */
export function packageJson(config: DenoConfig) {
  const exported = entryPoints(config).filter(({ kind }) => kind === "export");
  const paths = exported.map(({ name, path }) => [name, {
    import: { types: packaged(path, ".d.ts"), default: packaged(path, ".js") },
    require: { types: packaged(path, ".d.ts", "cjs"), default: packaged(path, ".js", "cjs") },
  }]);
  // TypeScript's `moduleResolution: node` (node10) does not read `exports`. Other programs of that time read `main`.
  const types = exported.filter(({ name }) => name !== ".").map(({ name, path }) => [name.slice(2), [packaged(path, ".d.ts")]]);
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
    main: packaged(config.exports["."]!, ".js"),
    types: packaged(config.exports["."]!, ".d.ts"),
    typesVersions: { "*": Object.fromEntries(types) },
    bin: { [NPM_NAME]: packaged(BIN, ".js") },
    exports: { ...Object.fromEntries(paths), "./package.json": "./package.json" },
    peerDependencies: OPTIONAL_PEERS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(OPTIONAL_PEERS).map((name) => [name, { optional: true }])),
  };
}

/**
 * Adds the files in addition to the code. In them, and in the comments of types, the package gets its name on npm, and commands of
 * JSR become those of npm.
 */
export async function finish(root: string, folder: string, config: DenoConfig): Promise<void> {
  await addCommonJs(new URL(`file://${root}`), folder, config);
  const page = await Deno.readTextFile(`${root}playground/index.html`);
  await write(`${folder}/esm/playground/page.js`, `export default ${JSON.stringify(page)};\n`); // for bin.ts
  for (const file of ["README.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"]) {
    await Deno.copyFile(root + file, `${folder}/${file}`);
  }
  for await (const file of filesIn(folder)) {
    if (/\.(md|d\.ts)$/.test(file)) await Deno.writeTextFile(file, asOnNpm(await Deno.readTextFile(file), config));
  }
}

/**
 * A text with the package's name on npm, where what names JSR keeps the name there. TypeScript before 5.7 does not know
 * `Uint8Array<ArrayBuffer>`: the types have its other name, which is `Uint8Array` for those.
 */
export function asOnNpm(text: string, { name }: Pick<DenoConfig, "name">): string {
  return text.replaceAll("Uint8Array<ArrayBuffer>", `ReturnType<Uint8Array["slice"]>`)
    .replaceAll(new RegExp(`(jsr:|jsr add )?${name}`, "g"), (all, jsr) => jsr === undefined ? NPM_NAME : all);
}

/**
 * Adds what `require` gives: for each entry point a CommonJS module that requires the ES module, so that every class exists only once,
 * and the same types as those of CommonJS, which TypeScript asks for where it compiles to `require`.
 */
async function addCommonJs(root: URL, folder: string, config: DenoConfig): Promise<void> {
  const paths = entryPoints(config).filter(({ kind }) => kind === "export").map(({ path }) => path);
  for (const path of paths) {
    const file = packaged(path, ".js", "cjs");
    const module = "../".repeat(file.split("/").length - 2) + packaged(path, ".js").slice(2);
    const names = Object.keys(await import(new URL(path, root).href));
    // `__esModule` is what compilers look for before they take `default`; not every bundler adds it to an ES module that is required.
    const lines = [
      `Object.defineProperty(exports, "__esModule", { value: true });`,
      `const module_ = require("${module}");`,
      ...names.map((name) => `exports.${name} = module_.${name};`),
    ];
    await write(`${folder}/${file}`, lines.join("\n") + "\n");
  }
  await write(`${folder}/cjs/package.json`, `{ "type": "commonjs" }\n`);
  for (const [file, text] of await typesOf(`${folder}/esm`, paths.map((path) => path.replace(/\.ts$/, ".d.ts")))) {
    await write(`${folder}/cjs${file}`, text);
  }
}

/** Writes a file and the folders that it is in. */
export async function write(file: string, text: string): Promise<void> {
  await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(file, text);
}

/**
 * Files of types, and all files that they import, which must be our own; with import paths for Node. The paths begin with `/`.
 */
export async function typesOf(from: string, paths: string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const left = paths.map((path) => new URL(path, "file:///").pathname);
  for (const file of left) { // grows on the way
    if (files.has(file)) continue;
    const text = (await Deno.readTextFile(from + file)).replaceAll(/^\/\/(\/ <amd-module|# sourceMappingURL).*\n?/gm, "");
    files.set(
      file,
      text.replaceAll(/^(.*\bfrom "|.*\bimport\(")([^"]+)"/gm, (line, before: string, specifier: string) => {
        if (/^ ?\/?\*/.test(before)) return line; // of a comment
        if (!/^\.\.?\//.test(specifier)) throw new Error(`The types of ${file} need ${specifier}, which is not in the package`);
        left.push(new URL(specifier.replace(/\.[jt]s$/, ".d.ts"), `file://${file}`).pathname);
        return `${before}${specifier.replace(/\.ts$/, ".js")}"`;
      }),
    );
  }
  return files;
}

/** The files of a folder and its subfolders, without installed packages. */
async function* filesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) yield `${folder}/${name}`;
    else if (name !== "node_modules") yield* filesIn(`${folder}/${name}`);
  }
}
