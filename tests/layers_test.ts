import { assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

/** The parts of `src/`, from the bottom up. A part imports only parts below it, and none on its own line. */
const LAYERS = [
  ["errors.ts"],
  ["validate.ts"],
  ["bytes"],
  ["runtime"],
  ["formats"],
  ["build", "official", "notifications", "whiteboard"],
  ["inspect"],
  ["client", "server"],
  ["config", "mcp"],
  ["cli"],
];

/** The imports of a file of `src/`, types included, as paths from the root. */
async function importsOf(file: string): Promise<string[]> {
  const source = await Deno.readTextFile(ROOT + file);
  return [...source.matchAll(/^(?:import|export)[^;]* from "(\.[^"]+)";$/gm)]
    .map(([, path]) => new URL(path!, `file:///${file}`).pathname.slice(1));
}

Deno.test("a part of src/ imports only itself and parts below it", async () => {
  const height = (part: string) => LAYERS.findIndex((layer) => layer.includes(part));
  const wrong: string[] = [];
  for await (const file of sources("src/")) {
    const part = file.split("/")[1]!;
    if (height(part) < 0) wrong.push(`${file} has no layer`);
    for (const path of await importsOf(file)) {
      const [folder, used] = path.split("/");
      if (folder !== "src" || used !== part && height(used!) >= height(part)) wrong.push(`${file} imports ${path}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("src/ has no circle of imports, types included", async () => {
  const imports = new Map<string, string[]>();
  for await (const file of sources("src/")) imports.set(file, await importsOf(file));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" -> "));
    if (way.includes(file) || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  assertEquals(circles, []);
});

Deno.test("the page uses nothing of the server", async () => {
  const wrong: string[] = [];
  for await (const file of sources("playground/")) {
    const source = await Deno.readTextFile(ROOT + file);
    if (/ from "\.\.\/src\/(config|server|client|cli)\//.test(source)) wrong.push(file);
  }
  assertEquals(wrong, []);
});
