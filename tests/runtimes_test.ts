import { assertEquals } from "@std/assert";
import { suite } from "./portable/suite.ts";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";

const node = await tryCommand("node", "--version");
const bun = await tryCommand("bun", "--version");

const RUNTIMES = [
  { command: "node", wanted: "Node 22 or newer", found: node !== undefined && Number(/^v(\d+)/.exec(node)?.[1]) >= 22 },
  { command: "bun", wanted: "Bun", found: bun !== undefined },
];

for (const { command, wanted, found } of RUNTIMES) {
  Deno.test({
    name: `the library's suite passes in ${wanted}`,
    ignore: skipWithout(wanted, found),
    async fn() {
      const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
      try {
        const bundled = await runDeno(["bundle", "-q", "--platform", "deno", "-o", bundle, "tests/runtimes/main.ts"]);
        assertEquals(bundled.code, 0, bundled.stderr);
        const { stdout, stderr } = await new Deno.Command(command, { args: [bundle], cwd: ROOT }).output();
        const text = new TextDecoder();
        assertEquals(text.decode(stdout), JSON.stringify({ cases: suite.length, failures: [] }) + "\n", text.decode(stderr));
      } finally {
        await Deno.remove(bundle);
      }
    },
  });
}
