import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";
import { pathsIn, type Registry, withRegistry } from "./package/registry.ts";
import { withServer } from "./server/processes.ts";

const config = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const entries = Object.entries<string>(config.exports);

/** Publishes to a stand-in for the registry. */
async function publish({ env, uploads }: Registry): Promise<void> {
  const { code, stderr } = await runDeno(["publish", "--allow-dirty", "--no-provenance", "--token", "any"], { env });
  assertEquals(code, 0, stderr);
  const [scope, name] = config.name.slice(1).split("/");
  const path = `/api/scopes/${scope}/packages/${name}/versions/${config.version}?config=%2Fdeno.json`;
  assertEquals(uploads, [path]);
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

const noTar = skipWithout("tar", await tryCommand("tar", "--version") !== undefined);

Deno.test("deno publish", { ignore: noTar }, (t) =>
  withRegistry(async (registry) => {
    await publish(registry);
    await t.step("sends only the modules that users can import, and the documents", () => assertFiles(registry));
    await t.step(
      "makes a package of which each program runs: cli, also as mcp, serve, and handler by deno serve",
      () => assertRuns(registry),
    );
  }));

async function assertFiles(registry: Registry): Promise<void> {
  const folder = registry.folderOf(config.name, config.version);
  const modules = await modulesOf([...entries.map(([, path]) => path), "src/cli/bin.ts"]);
  const wanted = [...modules.filter(isOurs), "README.md", "SECURITY.md", "LICENSE", "deno.json"];
  assertEquals((await pathsIn(folder)).filter(isOurs).sort(), wanted.sort());

  // As published, no name depends on this deno.json, and the standard library is the real one.
  const found = new Set<string>();
  for (const path of modules.filter(isOurs)) {
    const text = await Deno.readTextFile(`${folder}/${path}`);
    for (const [, specifier] of text.matchAll(/^(?:import|export|\}) .*from "([^"]+)";$/gm)) {
      assertMatch(
        specifier!,
        /^(\.\.?\/.*\.ts|node:.+|jsr:\/?@std\/(dotenv|encoding|http)@\^[\d.]+\/\w+|npm:\/?(@noble\/hashes|@opentelemetry\/api|jose)@\^[\d.]+(\/.+)?)$/,
        path,
      );
      found.add(specifier!.replace(/@\^.*/, "").replace(":/", ":"));
    }
  }
  for (const name of ["dotenv", "encoding", "http"]) assert(found.has(`jsr:@std/${name}`), name);
}

async function assertRuns(registry: Registry): Promise<void> {
  const at = (entry: string) => `jsr:${config.name}@${config.version}/${entry}`;
  const options = ["--no-config", "--no-lock", "--allow-env", "--allow-read", "--no-prompt"];
  const cwd = await Deno.makeTempDir(); // not the checkout: there a .env may be
  const env = { ...registry.env, AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "", PORT: "0", HOST: "127.0.0.1" };
  try {
    const deno = async (...args: string[]) => {
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd, env }).output();
      const text = new TextDecoder();
      assert(success, text.decode(stderr));
      return text.decode(stdout);
    };
    await deno("cache", "--no-config", "--no-lock", ...["cli", "serve", "handler"].map(at));
    assertMatch(await deno("run", ...options, at("cli"), "--help"), /^agoratoken COMMAND/);
    await deno("run", ...options, at("cli"), "mcp"); // it has loaded the SDK, and ends with its input
    await withServer(["run", ...options, "--allow-net", at("serve"), "--demo"], env, async ({ base }) => {
      const page = await fetch(base);
      assertMatch(await page.text(), /^<!DOCTYPE html>/);
      assertEquals(Object.keys(await (await fetch(`${base}/rtm/bob`)).json()), ["rtmToken"]);
    }, { cwd });
    await withServer(["serve", ...options, "--host=127.0.0.1", "--port=0", at("handler")], env, async ({ base }) => {
      const response = await fetch(`${base}/rtm/bob`); // it has no credentials, and says so
      assertEquals(response.status, 503);
      await response.body?.cancel();
    }, { cwd });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

for (const [name, path] of entries) {
  Deno.test(`the entry point ${name} says what it is, with an example`, async () => {
    const [doc] = /^\/\*\*.*?\*\//s.exec(await Deno.readTextFile(ROOT + path)) ?? [""];
    assert(/^ \* ```(ts|sh)$/m.test(doc), "no example");
    assert(/^ \* @module$/m.test(doc), "no @module");
    const used = [`from "${config.name}${name.slice(1)}"`, `jsr:${config.name}${name.slice(1)}`];
    assert(used.some((text) => doc.includes(text)), "the example does not import the entry point, and does not run it");
  });
}

Deno.test("deno task doc checks every entry point", () => {
  const documented = config.tasks.doc.replace("deno doc --lint ", "").split(" ");
  assertEquals(documented.sort(), entries.map(([, path]) => path.replace(/^\.\//, "")).sort());
});
