import { assert, assertEquals } from "@std/assert";
import { sbom } from "../scripts/sbom.ts";
import { ROOT, runDeno } from "./helpers.ts";

// Without the stand-ins of `links` there is no lock: those are in both.
const { links, tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const ignore = links === undefined;

/** Runs with an empty folder as Deno's cache, as on a fresh machine. */
async function withCache(run: (cache: string, env: { DENO_DIR: string }) => Promise<void>): Promise<void> {
  const cache = await Deno.makeTempDir();
  try {
    await run(cache, { DENO_DIR: cache });
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

/** The versions that a lock pins: of what is imported, and of all packages. */
async function pinned(path: string): Promise<unknown> {
  const { specifiers, npm } = JSON.parse(await Deno.readTextFile(path));
  return [specifiers, Object.keys(npm)];
}

Deno.test(
  "deno task lock makes the same locks again, since deno.json has a date that no version may be newer than",
  { ignore },
  () =>
    withCache(async (cache, env) => {
      const [, ...commands] = (tasks.lock as string).split(" && ");
      for (const command of commands) {
        const { code, stderr } = await runDeno(command.replace("--lock=", `--lock=${cache}/`).split(" ").slice(1), { env });
        assertEquals(code, 0, stderr);
      }
      for (const lock of ["server.lock", "deno.lock"]) {
        assertEquals(await pinned(`${cache}/${lock}`), await pinned(`${ROOT}${lock}`), lock);
      }
    }),
);

Deno.test("deno task start downloads at most four packages, and 12 MB", { ignore }, () =>
  withCache(async (cache, env) => {
    const { code, stderr } = await runDeno(["task", "start", "--check-config"], { env });
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
  }));

Deno.test("sbom() lists the libraries of the server, each with its version", { ignore }, async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(`${ROOT}server.lock`));
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
