import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";

const config = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const entries = Object.entries<string>(config.exports);

/** Publishes to a stand-in for the registry on loopback, and gives the files that it received. */
async function published(): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir();
  const uploads: string[] = [];
  const registry = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    if (request.method === "POST") {
      uploads.push(pathname + search);
      await Deno.writeFile(`${folder}/upload.tgz`, request.body!);
      return Response.json({ id: "00000000-0000-0000-0000-000000000000", status: "success", error: null });
    }
    // The version is not there yet; the package is.
    return pathname.includes("/versions/") ? Response.json({}, { status: 404 }) : Response.json({});
  });
  try {
    const env = { JSR_URL: `http://localhost:${registry.addr.port}/` };
    const { code, stderr } = await runDeno(["publish", "--allow-dirty", "--no-provenance", "--token", "any"], { env });
    assertEquals(code, 0, stderr);
    const [scope, name] = config.name.slice(1).split("/");
    const path = `/api/scopes/${scope}/packages/${name}/versions/${config.version}?config=%2Fdeno.json`;
    assertEquals(uploads, [path]);
    await Deno.mkdir(`${folder}/files`);
    await new Deno.Command("tar", { args: ["-xzf", `${folder}/upload.tgz`, "-C", `${folder}/files`] }).output();
    return await texts(`${folder}/files`);
  } finally {
    await registry.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The texts of all files of a folder, by path. */
async function texts(folder: string, prefix = ""): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) found.set(prefix + name, await Deno.readTextFile(`${folder}/${name}`));
    else for (const [path, text] of await texts(`${folder}/${name}`, `${prefix}${name}/`)) found.set(path, text);
  }
  return found;
}

/** The modules of this repository that some modules need, themselves included. */
async function modulesOf(paths: string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const { modules } = JSON.parse((await runDeno(["info", "--json", path])).stdout) as { modules: { specifier: string }[] };
    for (const { specifier } of modules) {
      if (specifier.startsWith(`file://${ROOT}`)) found.add(specifier.slice(`file://${ROOT}`.length));
    }
  }
  return [...found];
}

/** Whether a file is not of a stand-in: those must go out, as `deno publish` wants all that it was checked with, and nothing imports them then. */
function isOurs(path: string): boolean {
  return !path.startsWith("links/");
}

Deno.test({
  name: "deno publish sends only the modules that users can import, and the documents",
  ignore: skipWithout("tar", await tryCommand("tar", "--version") !== undefined),
  async fn() {
    const files = await published();
    const modules = await modulesOf([...entries.map(([, path]) => path), "src/cli/bin.ts", "server.ts", "src/config/serve.ts"]);
    const wanted = [...modules.filter(isOurs), "README.md", "SECURITY.md", "LICENSE", "deno.json"];
    assertEquals([...files.keys()].filter(isOurs).sort(), wanted.sort());

    // As published, no name depends on this deno.json, and the standard library is the real one.
    for (const path of modules.filter(isOurs)) {
      for (const [, specifier] of files.get(path)!.matchAll(/^(?:import|export|\}) .*from "([^"]+)";$/gm)) {
        assertMatch(
          specifier!,
          /^(\.\.?\/.*\.ts|node:.+|jsr:@std\/(dotenv|encoding|http)@\^[\d.]+\/\w+|npm:\/?(@noble\/hashes|@opentelemetry\/api|jose)@\^[\d.]+(\/.+)?)$/,
          path,
        );
      }
    }
    const source = [...files].filter(([path]) => /^(src\/|mod|server)/.test(path)).map(([, text]) => text).join("\n");
    for (const name of ["dotenv", "encoding", "http"]) assertMatch(source, new RegExp(`from "jsr:@std/${name}@`));
  },
});

for (const [name, path] of entries) {
  Deno.test(`the entry point ${name} says what it is, with an example`, async () => {
    const [doc] = /^\/\*\*.*?\*\//s.exec(await Deno.readTextFile(ROOT + path)) ?? [""];
    assert(/^ \* ```ts$/m.test(doc), "no example");
    assert(/^ \* @module$/m.test(doc), "no @module");
    assert(doc.includes(`from "${config.name}${name.slice(1)}"`), "the example does not import the entry point");
  });
}

Deno.test("deno task doc checks every entry point", () => {
  const documented = config.tasks.doc.replace("deno doc --lint ", "").split(" ");
  assertEquals(documented.sort(), entries.map(([, path]) => path.replace(/^\.\//, "")).sort());
});
