/**
 * Builds the npm package with dnt, for publishing. It needs JSR: see links/README.md.
 *
 * ```sh
 * deno task npm:build npm
 * ```
 *
 * @module
 */
import { build, emptyDir } from "@deno/dnt";
import { entryPoints, finish, packageJson } from "./npm_package.ts";

const root = new URL("..", import.meta.url).pathname;
const config = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
const [folder = "npm"] = Deno.args;

Deno.chdir(root);
await emptyDir(folder);
await build({
  entryPoints: entryPoints(config),
  outDir: folder,
  package: packageJson(config),
  shims: {}, // nothing in the library needs `Deno`
  scriptModule: false,
  skipSourceOutput: true,
  test: false, // `tests/` runs on Deno; what is built is tested as `bundle_npm.ts` builds it
  typeCheck: false, // `deno task check` does, with the newer types of the runtimes
  // The newest target: for an older one dnt adds `Object.hasOwn`, which every runtime has, to the globals of each module.
  compilerOptions: { lib: ["ESNext", "DOM"], target: "Latest" },
  postBuild: () => finish(root, folder, config),
});
