import { assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

/** What `src/` is made of, from the bottom up. A part uses what is below it, and knows nothing of those beside it. */
const LAYERS = [
  ["errors.ts"],
  ["wire"],
  ["common.ts", "credentials.ts", "http"],
  ["access_token2", "legacy", "env_file.ts"],
  ["as006.ts", "pack.ts", "servable.ts", "inspect", "access", "compat.ts"],
  ["config"],
  ["server", "client", "cli"],
];

Deno.test("src/ points one way: a part imports itself and what is below", async () => {
  const height = (part: string) => LAYERS.findIndex((layer) => layer.includes(part));
  const wrong: string[] = [];
  for await (const file of sources("src/")) {
    const part = file.split("/")[1]!;
    if (height(part) < 0) wrong.push(`${file} has no layer`);
    const source = await Deno.readTextFile(ROOT + file);
    for (const [, path] of source.matchAll(/^(?:import|export)[^;]* from "(\.[^"]+)";$/gm)) {
      const [folder, used] = new URL(path!, `file:///${file}`).pathname.slice(1).split("/");
      if (folder !== "src" || used !== part && height(used!) >= height(part)) wrong.push(`${file} imports ${path}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the page uses nothing that is the server's, but for the file that serves it", async () => {
  const wrong: string[] = [];
  for await (const file of sources("playground/")) {
    const source = await Deno.readTextFile(ROOT + file);
    const uses = / from "\.\.\/src\/(access|http|config|server|client|cli)\//.test(source);
    if (uses !== (file === "playground/serve.ts")) wrong.push(file);
  }
  assertEquals(wrong, []);
});
