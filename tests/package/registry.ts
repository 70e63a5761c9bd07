import { encodeHex } from "@std/encoding/hex";
import { ROOT, runDeno } from "../helpers.ts";

// A stand-in for JSR on loopback, which takes what `deno publish` sends, and gives it out again.

/** The registry. */
export interface Registry {
  /** What Deno needs in its environment to use it, with a cache of its own. */
  env: { JSR_URL: string; DENO_DIR: string };
  /** The path and query of each upload. */
  uploads: string[];
  /** The folder of a version that was uploaded. */
  folderOf(name: string, version: string): string;
}

/** The real registry: without the stand-ins of `links`, the libraries that we use come from there. */
const REAL = Deno.env.get("JSR_URL") ?? "https://jsr.io/";

/** Runs with a registry that has what `links` has. */
export async function withRegistry(run: (registry: Registry) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const uploads: string[] = [];
  /** The folders of the packages, by name and version. */
  const packages = new Map<string, Map<string, string>>();
  for (const link of JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`)).links ?? []) {
    const { name, version } = JSON.parse(await Deno.readTextFile(`${ROOT}${link}/deno.json`));
    packages.set(name, new Map([[version, `${ROOT}${link}`]]));
  }

  async function publish(request: Request, path: string): Promise<Response> {
    const [, scope, name, version] = /^\/api\/scopes\/([^/]+)\/packages\/([^/]+)\/versions\/([^/?]+)/.exec(path)!;
    uploads.push(path);
    const folder = `${root}/@${scope}/${name}/${version}`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeFile(`${root}/upload.tgz`, request.body!);
    await new Deno.Command("tar", { args: ["-xzf", `${root}/upload.tgz`, "-C", folder] }).output();
    packages.set(`@${scope}/${name}`, new Map([[version!, folder]]));
    return Response.json({ id: "00000000-0000-0000-0000-000000000000", status: "success", error: null });
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (request.method === "POST") return await publish(request, pathname + search);
    // Before it is published, the version is not there yet; the package is.
    if (pathname.startsWith("/api/")) return Response.json({}, { status: pathname.includes("/versions/") ? 404 : 200 });
    const [, name, rest] = /^\/(@[^/]+\/[^/]+)\/(.*)$/.exec(pathname)!;
    const versions = packages.get(name!);
    if (versions === undefined) return await fetch(new URL(pathname, REAL));
    if (rest === "meta.json") {
      return Response.json({ versions: Object.fromEntries([...versions.keys()].map((key) => [key, {}])) });
    }
    const [, version, file] = /^([\d.]+)(?:_meta\.json|(\/.*))$/.exec(rest!)!;
    const folder = versions.get(version!)!;
    if (file !== undefined) return new Response(await Deno.readFile(folder + file));
    const { exports } = JSON.parse(await Deno.readTextFile(`${folder}/deno.json`));
    const manifest = await manifestOf(folder);
    return Response.json({ manifest, exports: typeof exports === "string" ? { ".": exports } : exports });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  try {
    // The packages of npm are in the machine's cache.
    const { npmCache } = JSON.parse((await runDeno(["info", "--json"])).stdout);
    await Deno.mkdir(`${root}/deno`);
    await Deno.symlink(npmCache, `${root}/deno/npm`);
    const env = { JSR_URL: `http://localhost:${server.addr.port}/`, DENO_DIR: `${root}/deno` };
    await run({ env, uploads, folderOf: (name, version) => `${root}/${name}/${version}` });
  } finally {
    await server.shutdown();
    await Deno.remove(root, { recursive: true });
  }
}

/** The files of a package, each with its checksum. */
async function manifestOf(folder: string): Promise<Record<string, unknown>> {
  const files: Record<string, unknown> = {};
  for (const path of await pathsIn(folder)) {
    const bytes = await Deno.readFile(`${folder}/${path}`);
    const checksum = `sha256-${encodeHex(await crypto.subtle.digest("SHA-256", bytes))}`;
    files[`/${path}`] = { size: bytes.length, checksum };
  }
  return files;
}

/** The paths of all files of a folder. */
export async function pathsIn(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await pathsIn(`${folder}/${name}`, `${prefix}${name}/`));
    else found.push(prefix + name);
  }
  return found;
}
