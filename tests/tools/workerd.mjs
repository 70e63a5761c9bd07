// Runs a module worker in workerd, and prints its answers: `node workerd.mjs MODULE BINDINGS REQUESTS [FLAG…]`, where BINDINGS is a JSON
// object, REQUESTS a JSON list of [url, init], and each FLAG a compatibility flag, such as nodejs_compat. It is JavaScript, since it runs in Node, where Miniflare is at home.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { Miniflare } = createRequire(import.meta.url)("miniflare"); // `require`, as Deno looks for what is imported here
const [module, bindings, requests, ...compatibilityFlags] = process.argv.slice(
  2,
);
const worker = new Miniflare({
  modules: [{
    type: "ESModule",
    path: "worker.mjs",
    contents: await readFile(module, "utf8"),
  }],
  modulesRoot: "/",
  bindings: JSON.parse(bindings),
  compatibilityDate: "2026-05-01",
  compatibilityFlags,
});
try {
  const answers = [];
  for (const [url, init] of JSON.parse(requests)) {
    const response = await worker.dispatchFetch(url, init);
    answers.push({ status: response.status, body: await response.text() });
  }
  console.log(JSON.stringify(answers));
} finally {
  await worker.dispose();
}
