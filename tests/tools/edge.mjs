// Runs a module in Vercel's Edge Runtime, in which Next.js runs middleware and edge routes: `node --experimental-vm-modules edge.mjs MODULE`.
// `process` and the streams are as Next.js has them there: they throw where something of Node is asked for.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { SourceTextModule } from "node:vm";

const { EdgeVM } = createRequire(import.meta.url)("@edge-runtime/vm"); // `require`, as Deno looks for what is imported here
const nodeOnly = () => {
  throw new Error(
    "A Node.js API is used which is not supported in the Edge Runtime",
  );
};
const extend = (context) =>
  Object.assign(context, {
    console,
    process: { env: {}, getBuiltinModule: nodeOnly },
    CompressionStream: nodeOnly,
    DecompressionStream: nodeOnly,
  });
const { context } = new EdgeVM({ extend });
const module = new SourceTextModule(await readFile(process.argv[2], "utf8"), {
  context,
});
await module.link(() => nodeOnly());
await module.evaluate();
