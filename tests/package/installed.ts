import { entryPoints } from "../../scripts/npm_package.ts";
import { bundleNpm } from "../../scripts/bundle_npm.ts";
import { ROOT } from "../helpers.ts";

// The npm package as users get it: built, packed, and installed into an empty project.

/** A package that is built already, as by dnt in the hosted release; without it, the package is built here with Deno alone. */
const BUILT = Deno.env.get("AGORATOKEN_NPM_FOLDER");

/** The package's deno.json. */
export const CONFIG = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));

/** An empty project in which the package is installed. */
export interface Installed {
  /** The folder that holds all of it. */
  folder: string;
  /** The packed package. */
  tarball: string;
  /** The folder of the empty project. */
  project: string;
}

/** Builds, packs and installs the package. */
export async function install(): Promise<Installed> {
  const folder = await Deno.makeTempDir();
  if (!BUILT) await bundleNpm(`${folder}/npm`);
  await run(BUILT || `${folder}/npm`, "npm", "pack", "--pack-destination", folder);
  const project = `${folder}/project`;
  await Deno.mkdir(project);
  await Deno.writeTextFile(`${project}/package.json`, JSON.stringify({ private: true, type: "module" }));
  const tarball = `${folder}/agoratoken-${CONFIG.version}.tgz`;
  await run(project, "npm", "install", BUILT ? "--prefer-offline" : "--offline", "--no-audit", "--no-fund", tarball);
  return { folder, tarball, project };
}

/** Runs a command in a folder, and gives what it prints; failing is an error. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  return await runWith({}, cwd, command, ...args);
}

/** The same with variables. */
export async function runWith(env: Record<string, string>, cwd: string, command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd, env }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${command} ${args.join(" ")}\n${text.decode(stdout)}${text.decode(stderr)}`);
  return text.decode(stdout);
}

/** Bundles the suite into the project so that it imports the installed package instead of the entry points' sources. */
export async function bundleSuite(project: string): Promise<string> {
  const at = (path: string) => new URL(path, `file://${ROOT}`).href;
  const exports = entryPoints(CONFIG).filter(({ kind }) => kind === "export");
  // An import map cannot give a bare name, and esbuild leaves what begins with `bun:` alone: so it is taken away afterwards.
  const entries = exports.map(({ name, path }) => [at(path), `bun:${name.replace(/^\./, "agoratoken")}`]);
  // deno.json names packages; an import map needs each as a folder too.
  const libraries: Record<string, string> = { ...CONFIG.imports, ...CONFIG.scopes["./"] };
  const folders = Object.entries(libraries).map(([name, target]) => [`${name}/`, `${target.replace(":", ":/")}/`]);
  const map = {
    imports: {
      ...libraries,
      ...Object.fromEntries([...folders, ...entries]),
      [at("src/errors.ts")]: at("tests/package/errors.ts"),
    },
    scopes: { [at("tests/package/")]: { [at("src/errors.ts")]: at("src/errors.ts") } },
  };
  const [mapFile, suite] = [`${project}/import_map.json`, `${project}/suite.mjs`];
  await Deno.writeTextFile(mapFile, JSON.stringify(map));
  const args = ["bundle", "-q", "--platform", "browser", "--import-map", mapFile, "-o", suite, "tests/runtimes/main.ts"];
  await run(ROOT, Deno.execPath(), ...args);
  await Deno.writeTextFile(suite, (await Deno.readTextFile(suite)).replaceAll('"bun:agoratoken', '"agoratoken'));
  return suite;
}
