import { NODE_24, tool } from "../runtimes/runtimes.ts";
import { type Installed, run } from "./installed.ts";

/** How a project compiles TypeScript. */
export interface Setting {
  /** The compiler, in tests/tools. */
  readonly typescript: "typescript54" | "typescript5" | "typescript6" | "typescript7";
  /** Its options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What its package.json says the output is; bundlers, and node10, do not read it. */
  readonly type: "commonjs" | "module";
}

const node10 = { module: "commonjs", moduleResolution: "node10" };
const interop = { esModuleInterop: true };

/** The settings of real projects, each with the oldest and newest compiler that knows it: node10 is gone after TypeScript 6. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  "5.4 node10": { typescript: "typescript54", options: { ...node10, ...interop }, type: "commonjs" },
  "6 node10": { typescript: "typescript6", options: { ...node10, ...interop, ignoreDeprecations: "6.0" }, type: "commonjs" },
  "5.9 node10 without esModuleInterop": {
    typescript: "typescript5",
    options: { ...node10, esModuleInterop: false },
    type: "commonjs",
  },
  "5.4 node16, CommonJS": { typescript: "typescript54", options: { module: "node16", ...interop }, type: "commonjs" },
  "5.9 node16, ES modules": { typescript: "typescript5", options: { module: "node16" }, type: "module" },
  "7 nodenext, CommonJS": { typescript: "typescript7", options: { module: "nodenext" }, type: "commonjs" },
  "7 nodenext, ES modules": { typescript: "typescript7", options: { module: "nodenext" }, type: "module" },
  "5.4 bundler": { typescript: "typescript54", options: { module: "esnext", moduleResolution: "bundler" }, type: "module" },
  "7 bundler": { typescript: "typescript7", options: { module: "esnext", moduleResolution: "bundler" }, type: "module" },
};

/** Where types of the platform come from: TypeScript's of browsers, or those of Node. */
export type Platform = readonly ("dom" | "node")[];

let folders = 0;

/**
 * Compiles files in a folder of their own in the project, and gives the folder. `strict`, and the library's types are checked too.
 *
 * @param files Their texts by name.
 */
export async function compile(
  { project }: Installed,
  { typescript, options, type }: Setting,
  files: Readonly<Record<string, string>>,
  platform: Platform,
): Promise<string> {
  const folder = `${project}/typescript${folders++}`;
  await Deno.mkdir(folder);
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    target: "es2022",
    lib: ["es2023", ...platform.filter((name) => name === "dom")],
    types: platform.filter((name) => name === "node"),
    typeRoots: [tool("@types")],
    outDir: folder,
    rootDir: folder,
    ...options,
  };
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ type }));
  await Deno.writeTextFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
  await run(folder, NODE_24, tool(`${typescript}/bin/tsc`));
  return folder;
}
