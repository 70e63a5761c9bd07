/**
 * Writes `server.lock`: what `deno.lock` has for the server alone, so that starting it, or its image, downloads no library of the tests.
 *
 * @module
 */
const ROOT = new URL("..", import.meta.url).pathname;

/** The part of a lock that is read here; the rest is kept. */
interface Lock {
  specifiers: Record<string, string>;
  npm: Record<string, { dependencies?: string[] }>;
}

/** The server's lock, from `deno.lock`. */
export async function serverLock(): Promise<string> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(`${ROOT}deno.lock`));
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", "server.ts"], cwd: ROOT }).output();
  const { modules }: { modules: { npmPackage?: string }[] } = JSON.parse(new TextDecoder().decode(stdout));
  const needed = new Set(modules.flatMap(({ npmPackage }) => npmPackage ?? []));
  for (const id of needed) { // grows on the way
    for (const dependency of lock.npm[id]!.dependencies ?? []) {
      for (const other of Object.keys(lock.npm)) {
        if (other === dependency || other.startsWith(`${dependency}@`)) needed.add(other);
      }
    }
  }
  const npm = Object.entries(lock.npm).filter(([id]) => needed.has(id));
  const specifiers = Object.entries(lock.specifiers).filter(([specifier, version]) =>
    needed.has(`${specifier.slice("npm:".length).replace(/(?<=.)@.*/, "")}@${version}`)
  );
  return JSON.stringify({ ...lock, specifiers: Object.fromEntries(specifiers), npm: Object.fromEntries(npm) }, undefined, 2) +
    "\n";
}

if (import.meta.main) await Deno.writeTextFile(`${ROOT}server.lock`, await serverLock());
