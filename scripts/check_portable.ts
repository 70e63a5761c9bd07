/**
 * Type-checks the library, which must run everywhere, with the browser's types instead of Deno's, so that `Deno` or `node:` in it
 * is an error. The command line, which uses `node:` modules, and `server.ts` are checked by `deno check`.
 *
 * @module
 */
import { entryPoints } from "./npm_package.ts";

const root = new URL("..", import.meta.url).pathname;
const config = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
const file = `${root}deno.portable.json`;
const portable = {
  imports: config.imports,
  links: config.links,
  minimumDependencyAge: config.minimumDependencyAge,
  compilerOptions: { ...config.compilerOptions, lib: ["dom", "dom.iterable", "dom.asynciterable", "esnext"] },
};
await Deno.writeTextFile(file, JSON.stringify(portable));
try {
  const args = [
    "check",
    "--no-lock",
    "--config",
    file,
    ...entryPoints(config).map(({ path }) => path).filter((path) => !path.startsWith("./src/cli/")),
    "playground/main.ts",
  ];
  const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: root, stdout: "inherit", stderr: "inherit" })
    .output();
  if (!success) Deno.exit(1);
} finally {
  await Deno.remove(file);
}
