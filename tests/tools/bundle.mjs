// Bundles a module for browsers, as a project would that has the bundler's own defaults: `node bundle.mjs BUNDLER ENTRY OUT`. It is
// JavaScript, since it runs in Node, where the bundlers are at home.
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";

const require = createRequire(import.meta.url); // as Deno looks for what is imported here
const [bundler, entry, out] = process.argv.slice(2);
const [dir, name] = [dirname(out), basename(out)];

const BUNDLERS = {
  esbuild: () =>
    require("esbuild").build({
      entryPoints: [entry],
      bundle: true,
      format: "esm",
      outfile: out,
      logLevel: "warning",
    }),

  // A program for Node as CommonJS, as many servers are.
  "esbuild to CommonJS": () =>
    require("esbuild").build({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      outfile: out,
    }),

  async rollup() {
    const { nodeResolve } = require("@rollup/plugin-node-resolve");
    const warn = ({ message }) => {
      throw new Error(message);
    };
    const built = await require("rollup").rollup({
      input: entry,
      plugins: [nodeResolve({ browser: true })],
      onwarn: warn,
    });
    await built.write({
      dir,
      entryFileNames: name,
      inlineDynamicImports: true,
    });
  },

  async webpack() {
    const output = {
      path: dir,
      filename: name,
      module: true,
      library: { type: "module" },
    };
    const config = {
      mode: "production",
      performance: false,
      entry,
      output,
      experiments: { outputModule: true },
      target: ["web", "es2022"],
    };
    const stats = await new Promise((done, fail) =>
      require("webpack")(
        config,
        (error, stats) => error ? fail(error) : done(stats),
      )
    );
    if (stats.hasErrors() || stats.hasWarnings()) {
      throw new Error(stats.toString({ colors: false }));
    }
  },

  async vite() {
    const { build } = await import(
      require.resolve("vite").replace(/index\.cjs$/, "dist/node/index.js")
    );
    const rolldownOptions = {
      input: entry,
      output: { entryFileNames: name, codeSplitting: false },
      preserveEntrySignatures: "strict",
    };
    await build({
      root: dirname(entry),
      configFile: false,
      logLevel: "error",
      build: {
        outDir: dir,
        emptyOutDir: false,
        target: "es2022",
        modulePreload: false,
        rolldownOptions,
      },
    });
  },
};
await BUNDLERS[bundler]();
