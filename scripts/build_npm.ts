/**
 * Builds the npm package with dnt, for publishing, into `npm/`. It needs JSR: see links/README.md.
 *
 * ```sh
 * deno task npm:build
 * ```
 *
 * @module
 */
import { build, emptyDir } from "@deno/dnt";
import { copyTexts, entryPoints, packageJson } from "./npm_package.ts";

const root = new URL("..", import.meta.url).pathname;
const config = JSON.parse(await Deno.readTextFile(`${root}deno.json`));

Deno.chdir(root);
await emptyDir("npm");
await build({
  entryPoints: entryPoints(config),
  outDir: "npm",
  package: { ...packageJson(config), devDependencies: { "@types/node": "^22.0.0" } }, // the types of what the CLI imports
  shims: {}, // nothing in the library needs `Deno`
  scriptModule: false,
  skipSourceOutput: true,
  test: false, // `tests/` runs on Deno; what is built is tested as `bundle_npm.ts` builds it
  compilerOptions: { lib: ["ESNext", "DOM", "DOM.Iterable"], target: "ES2022", noUncheckedIndexedAccess: true },
  postBuild: () => copyTexts(root, "npm", config),
});
