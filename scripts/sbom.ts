/**
 * Prints what is in the server's program, as CycloneDX 1.6: this package, and each library with its version.
 *
 * @module
 */
const ROOT = new URL("..", import.meta.url).pathname;

/** The list, from what `deno info` finds. */
export async function sbom(): Promise<Record<string, unknown>> {
  const { name, version } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const args = ["info", "--json", "--lock=server.lock", "server.ts"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  const { modules }: { modules: { npmPackage?: string; specifier: string }[] } = JSON.parse(new TextDecoder().decode(stdout));
  const ids = modules.map(({ npmPackage, specifier }) => {
    const [, jsr] = /^https:\/\/jsr\.io\/(@[^/]+\/[^/]+\/[^/]+)\//.exec(specifier) ?? [];
    return npmPackage === undefined ? jsr && `jsr:${jsr.replace(/\/([^/]+)$/, "@$1")}` : `npm:${npmPackage}`;
  });
  const components = [...new Set(ids)].filter((id) => id !== undefined).map((id) => {
    const [, registry, name, version] = /^(npm|jsr):(.+)@(.+)$/.exec(id)!;
    const purl = registry === "npm"
      ? `pkg:npm/${name!.replace("@", "%40")}@${version}`
      : `pkg:generic/jsr/${name!.slice(1)}@${version}`;
    return { type: "library", name, version, purl };
  });
  const component = { type: "application", name, version };
  return { bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component }, components };
}

if (import.meta.main) console.log(JSON.stringify(await sbom(), undefined, 2));
