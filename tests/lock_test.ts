import { assert, assertEquals } from "@std/assert";
import { sbom } from "../scripts/sbom.ts";
import { serverLock } from "../scripts/server_lock.ts";
import { ROOT, runDeno } from "./helpers.ts";

// Without the stand-ins of `links` there is no lock: those are in both.
const { links, tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));

Deno.test("server.lock is what deno.lock has for the server (deno task lock)", { ignore: links === undefined }, async () => {
  assertEquals(await Deno.readTextFile(`${ROOT}server.lock`), await serverLock());
});

Deno.test("starting the server downloads at most four packages, and 12 MB", { ignore: links === undefined }, async () => {
  const cache = await Deno.makeTempDir();
  try {
    const [command] = /^deno run .*server\.ts/.exec(tasks.start)!;
    const args = [...command.split(" ").slice(1), "--demo", "--check-config"];
    const { code, stderr } = await runDeno(args, { env: { DENO_DIR: cache } });
    assertEquals(code, 0, stderr);
    const packages: string[] = [];
    let blocks = 0;
    for await (const { name, size } of filesIn(cache)) {
      blocks += Math.ceil(size / 4096);
      const [, id] = /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+\/[^/]+)\/package\.json$/.exec(name) ?? [];
      if (id !== undefined) packages.push(id.replace(/\/[^/]+$/, ""));
    }
    assertEquals(packages.sort(), ["@noble/hashes", "@opentelemetry/api", "deno-std", "jose"]);
    assert(blocks * 4096 <= 12 * 1024 * 1024, `${blocks * 4096} bytes`);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("sbom() lists the libraries of the server, each with its version", { ignore: links === undefined }, async () => {
  const { npm } = JSON.parse(await serverLock());
  const { components } = await sbom() as { components: { name: string; version: string; purl: string }[] };
  assertEquals(components.map(({ name, version }) => `${name}@${version}`).sort(), Object.keys(npm).sort());
  assertEquals(
    components.find(({ name }) => name === "@noble/hashes")!.purl.replace(/[\d.]+$/, ""),
    "pkg:npm/%40noble/hashes@",
  );
});

async function* filesIn(folder: string): AsyncGenerator<{ name: string; size: number }> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesIn(path);
    else yield { name: path, size: (await Deno.stat(path)).size };
  }
}
