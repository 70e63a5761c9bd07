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
  package: { ...packageJson(config), devDependencies: { "@types/node": "^22.0.0" } }, // the types of what the CLI imports
  shims: {}, // nothing in the library needs `Deno`
  scriptModule: false,
  skipSourceOutput: true,
  test: false, // `tests/` runs on Deno; what is built is tested as `bundle_npm.ts` builds it
  compilerOptions: { lib: ["ESNext", "DOM", "DOM.Iterable"], target: "ES2022", noUncheckedIndexedAccess: true },
  postBuild: () => finish(root, folder, config),
});
