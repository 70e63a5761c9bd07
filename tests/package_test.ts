import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createRequire } from "node:module";
import { entryPoints, NPM_NAME, packaged, packageJson } from "../scripts/npm_package.ts";
import { createTokenServer } from "../src/server/mod.ts";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";
import { assertDefused } from "./mcp/checks.ts";
import { HOSTILE } from "./mcp/hostile.ts";
import { withSession } from "./mcp/stdio.ts";
import { bundleSuite, CONFIG, install, type Installed, run, runWith } from "./package/installed.ts";
import { bundle, BUNDLERS, inEdge, inWorkerd, programBundle, says } from "./package/bundlers.ts";
import { PROGRAMS } from "./package/programs.ts";
import { compile, SETTINGS } from "./package/typescript.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import { suite } from "./portable/suite.ts";
import { matrix } from "./runtimes/matrix.ts";
import type { Report } from "./runtimes/report.ts";
import { BUN, isThere, NODE_22, NODE_24, program, RUNTIMES, tool } from "./runtimes/runtimes.ts";

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const exports = entryPoints(CONFIG).filter(({ kind }) => kind === "export");
const subPaths = exports.map(({ name }) => name.replace(/^\./, NPM_NAME));

Deno.test("packageJson() has a sub-path for every entry point of deno.json, and the program", async () => {
  const made = packageJson(CONFIG);
  const programs = ["./serve", "./handler"]; // of Deno
  const expected = Object.keys(CONFIG.exports).filter((name) => !programs.includes(name));
  assertEquals(Object.keys(made.exports), [...expected, "./package.json"]);
  assertEquals(made.exports["."], {
    import: { types: "./esm/mod.d.ts", default: "./esm/mod.js" },
    require: { types: "./cjs/mod.d.ts", default: "./cjs/mod.js" },
  });
  assertEquals(Object.keys(made.typesVersions["*"]), expected.slice(1).map((name) => name.slice(2)));
  assertEquals([made.main, made.types], ["./esm/mod.js", "./esm/mod.d.ts"]);
  assertEquals(made.bin, { agoratoken: "./esm/src/cli/bin.js" });
  assertEquals([made.name, made.version, made.license, made.type], ["agoratoken", CONFIG.version, "MIT", "module"]);
  assertEquals(made.engines, { node: ">=22" });
  const sdk = "@modelcontextprotocol/sdk";
  const range = made.peerDependencies[sdk];
  assertEquals([made.peerDependencies, made.peerDependenciesMeta], [{ [sdk]: range }, { [sdk]: { optional: true } }]);
  assertEquals(CONFIG.scopes["./"][sdk], `npm:${sdk}@${range}`);
  assertStringIncludes(await Deno.readTextFile(`${ROOT}src/cli/mcp.ts`), `"npm:${sdk}@${range}"`);
  for (const { path } of entryPoints(CONFIG)) await Deno.stat(ROOT + path);
});

Deno.test("every written version is that of deno.json", async () => {
  const server = createTokenServer({
    access: "anyone",
    projects: [{ appId: "0".repeat(32), appCertificate: "1".repeat(32) }],
  });
  const { info } = await (await server(new Request("http://127.0.0.1/openapi.json"))).json();
  const [, newest] = /^## (\S+)/m.exec(await Deno.readTextFile(`${ROOT}CHANGELOG.md`)) ?? [];
  assertEquals([info.version, newest], [CONFIG.version, CONFIG.version]);
});

Deno.test("build_npm.ts reports that dnt is the stand-in", {
  ignore: !JSON.stringify(CONFIG.links ?? []).includes("dnt"),
}, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, stderr } = await runDeno(["run", "--allow-read", "--allow-write", "scripts/build_npm.ts", folder]);
    assert(code !== 0);
    assertStringIncludes(stderr, "This is the stand-in for jsr:@deno/dnt");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

// What follows is about the package as it is installed. Each test asks for it; the first one makes it.

let made: Promise<Installed> | undefined;
const installed = () => made ??= install();
const noTools = skipWithout("npm, or tests/tools (npm install --prefix tests/tools)", await toolsAreThere());

async function toolsAreThere(): Promise<boolean> {
  return await tryCommand("npm", "--version") !== undefined && await tryCommand(NODE_24, "--version") !== undefined;
}

function packageTest(
  name: string,
  fn: (installed: Installed) => Promise<void>,
  options: Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> = {},
): void {
  Deno.test(name, { ignore: noTools, ...options }, async () => await fn(await installed()));
}

packageTest("the npm package holds the entry points, their chunks and types, and texts", async ({ project }) => {
  const folder = `${project}/node_modules/agoratoken`;
  const files = (await run(folder, "find", ".", "-type", "f")).trim().split("\n");
  const wanted = entryPoints(CONFIG).flatMap(({ kind, path }) => [
    packaged(path, ".js"),
    ...(kind === "export" ? [packaged(path, ".d.ts"), packaged(path, ".js", "cjs"), packaged(path, ".d.ts", "cjs")] : []),
  ]);
  assertEquals(wanted.filter((file) => !files.includes(file)), []);
  const others = files.filter((file) => !/^\.\/(esm|cjs)\//.test(file));
  assertEquals(others.sort(), ["./CHANGELOG.md", "./LICENSE", "./README.md", "./SECURITY.md", "./package.json"]);
  assertEquals(files.filter((file) => /test|[^d]\.ts$/.test(file)), []);
  for (const file of files) {
    const text = await Deno.readTextFile(`${folder}/${file}`);
    assert(!text.includes(ROOT), `${file} names the folder that it was made in`);
    if (!/\.(md|d\.ts)$/.test(file)) continue;
    assert(!text.replaceAll(/jsr(:| add )@\S+/g, "").includes(CONFIG.name), `${file} names the package as JSR does`);
    assert(!/jsr(:| add )agoratoken/.test(text), `${file} names a package that JSR does not have`);
  }
});

packageTest("attw and publint find nothing wrong with the npm package", async ({ folder, tarball }) => {
  await run(folder, NODE_24, tool("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "strict");
  assertStringIncludes(await run(folder, NODE_24, tool("publint/src/cli.js"), tarball, "--strict"), "All good!");
});

packageTest("nothing that a sub-path reaches imports a module of Node, except for the command line", async ({ project }) => {
  const folder = `${project}/node_modules/agoratoken`;
  const resolve = createRequire(`${folder}/package.json`).resolve;
  for (const { name, path } of exports) {
    const files = new Set([`${folder}/${packaged(path, ".js").slice(2)}`]);
    const ofNode = new Set<string>();
    for (const file of files) { // grows on the way
      const text = (await Deno.readTextFile(file)).replaceAll(/\/\*[^]*?\*\//g, "");
      const statement = /^(?:import|export)\b(?:[^;"=()]* from)? "([^"\n]+)";$|\bimport\("([^"\n]+)"\)/gm;
      for (const [, named, dynamic] of text.matchAll(statement)) {
        const specifier = (named ?? dynamic)!;
        if (specifier.startsWith("node:")) ofNode.add(specifier);
        else if (specifier.startsWith(".")) files.add(new URL(specifier, `file://${file}`).pathname);
        else assert(resolve(specifier) !== specifier, `${name} needs ${specifier} of Node`);
      }
      assert(!/\bimport\.meta\b/.test(text), `${name} has import.meta`);
    }
    assertEquals(ofNode.size > 0, name === "./cli", `${name} imports ${[...ofNode]}`);
  }
});

const scripts = PROGRAMS.filter(({ name }) => !name.endsWith(".ts"));
const typed = PROGRAMS.filter(({ name }) => name.endsWith(".ts"));

/** A program of a user, over every sub-path that the platform has types for. */
function userOf(names: readonly string[]): string {
  return `import { AgoraTokenError, buildToken, parseToken, rtc } from "agoratoken";
import { RtcTokenBuilder } from "agoratoken/legacy";
${names.map((name, index) => `import * as module${index} from "${name}";`).join("\n")}

async function main(): Promise<void> {
  const token: string = await buildToken({
    appId: "0123456789abcdef0123456789abcdef",
    appCertificate: "fedcba9876543210fedcba9876543210",
    expire: 600,
    services: [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })],
  });
  const parsed = await parseToken(token);
  if (parsed.version !== "007") throw new Error(parsed.version);
  const expire: number = parsed.expire;
  const signature: Uint8Array = parsed.signature;
  // @ts-expect-error What this reads shows that nothing above is of type any.
  parsed.nothing;
  const error: unknown = await RtcTokenBuilder.buildTokenWithUid("no", "no", "lobby", 1, 1, 1).catch((error: unknown) => error);
  const names = [${names.map((_, index) => `Object.keys(module${index}).sort()`).join(", ")}];
  const result = { expire, bytes: signature.length, isOneClass: error instanceof AgoraTokenError, names };
  (globalThis as any).console.log(JSON.stringify(result));
}
void main();
`;
}

/** What it prints; `require` and imports give the same names. */
async function userSays(names: readonly string[]): Promise<unknown> {
  const modules = exports.filter(({ name }) => names.includes(name.replace(/^\./, NPM_NAME)));
  const keys = await Promise.all(modules.map(async ({ path }) => Object.keys(await import(`${ROOT}${path}`)).sort()));
  return { expire: 600, bytes: 32, isOneClass: true, names: keys };
}

/** The sub-paths whose types need no types of requests. */
const plain = subPaths.filter((name) => !/\/(server|client|react)$/.test(name));

/** The outputs that a setting makes of the user's program and of the real ones, in one run of its compiler. */
const compiled = new Map<string, Promise<string>>();

function outputs(installed: Installed, name: string): Promise<string> {
  const files = { "user.ts": userOf(subPaths), ...Object.fromEntries(typed.map(({ name, text }) => [name, text])) };
  const made = compiled.get(name) ?? compile(installed, SETTINGS[name]!, files, ["node"]);
  compiled.set(name, made);
  return made;
}

/** Runs the user's program; `require` and imports give it the same names. */
async function assertUserRuns(folder: string, names: readonly string[]): Promise<void> {
  const result = JSON.parse(await run(folder, NODE_24, "user.js"));
  const plain = (names: string[]) => names.filter((name) => name !== "__esModule");
  assertEquals({ ...result, names: result.names.map(plain) }, await userSays(names));
}

for (const name of Object.keys(SETTINGS)) {
  packageTest(`every sub-path type-checks and runs from TypeScript ${name}`, async (installed) => {
    await assertUserRuns(await outputs(installed, name), subPaths);
  });

  packageTest(`programs in TypeScript run with only the import changed, from TypeScript ${name}`, async (installed) => {
    const folder = await outputs(installed, name);
    for (const { name: program, prints } of typed) {
      if (program === "s12.ts" && SETTINGS[name]!.type === "module") continue; // it has `require`, which ES modules have not
      assertMatch(await runWith(CREDENTIALS, folder, NODE_24, program.replace(/ts$/, "js")), prints, program);
    }
  });
}

for (const name of ["5.4 node10", "7 nodenext, CommonJS", "7 nodenext, ES modules"]) {
  packageTest(
    `every sub-path type-checks from TypeScript ${name}, with and without the types of browsers and Node`,
    async (installed) => {
      for (const platform of [["dom"], ["dom", "node"], []] as const) {
        const names = platform.length === 0 ? plain : subPaths;
        const folder = await compile(installed, SETTINGS[name]!, { "user.ts": userOf(names) }, platform);
        await assertUserRuns(folder, names);
      }
    },
  );
}

packageTest("every sub-path can be required, and none of them runs the program", async ({ project }) => {
  const script = `for (const name of ${JSON.stringify(subPaths)}) if (typeof require(name) !== "object") throw new Error(name)`;
  for (const node of [NODE_22, NODE_24]) assertEquals(await run(project, node, "--no-warnings", "--eval", script), "");
});

packageTest(
  "the program builds and parses by its name, also where .env has a $, under Node 22, Node 24 and Bun",
  async ({ project }) => {
    const appId = "0123456789abcdef0123456789abcdef";
    const path = Deno.env.get("PATH");
    const certificate = "fedcba9876543210fedcba9876543210";
    const file = `DATABASE_URL=postgres://$USER:\${PASSWORD}@db\nAGORA_APP_ID=${appId}\nAGORA_APP_CERTIFICATE=${certificate}\n`;
    await Deno.writeTextFile(`${project}/.env`, file);
    const nodes = [NODE_22, NODE_24].map((node) => ({
      PATH: `${node.replace(/\/node$/, "")}:${path}`,
      RUN: "npx --offline agoratoken",
    }));
    for (const env of [...nodes, { PATH: path!, RUN: `${BUN} --bun run agoratoken` }]) {
      const script = `
      token=$($RUN build rtc --channelName lobby --uid 1001 --role publisher --expire 600)
      $RUN parse "$token" --json`;
      const parsed = JSON.parse(await runWith(env, project, "sh", "-c", script));
      assertEquals([parsed.appId, parsed.expire, parsed.services[0].channelName], [appId, 600, "lobby"]);
    }
    await Deno.remove(`${project}/.env`);
  },
);

packageTest("agoratoken mcp says how to get the SDK where it is not installed", async ({ project }) => {
  const { code, stderr } = await new Deno.Command(NODE_24, { args: ["node_modules/.bin/agoratoken", "mcp"], cwd: project })
    .output();
  assertEquals(code, 1);
  assertMatch(new TextDecoder().decode(stderr), /^The SDK of MCP cannot be loaded: npm install @modelcontextprotocol\/sdk@1, /);
});

packageTest(
  "agoratoken mcp of the installed package answers each hostile input to the official client without a secret, in Node 22",
  async ({ folder, project }) => {
    const cwd = `${folder}/mcp`; // a project of its own: what the SDK needs must not be there for the other tests
    await Deno.mkdir(cwd);
    const { peerDependencies: dependencies } = packageJson(CONFIG);
    await Deno.writeTextFile(`${cwd}/package.json`, JSON.stringify({ private: true, type: "module", dependencies }));
    const { minimumDependencyAge } = CONFIG;
    await Deno.writeTextFile(`${cwd}/deno.json`, JSON.stringify({ nodeModulesDir: "auto", minimumDependencyAge }));
    await run(cwd, Deno.execPath(), "install", "--quiet"); // what the other tests of the command have loaded: no download
    await run(folder, "cp", "-R", `${project}/node_modules/.`, `${cwd}/node_modules/`);
    const args = ["node_modules/agoratoken/esm/src/cli/bin.js", "mcp"];
    await withSession({ command: NODE_22, args, cwd, env: CREDENTIALS }, async ({ tools, call }) => {
      assertEquals(tools, ["inspect", "diagnose", "explain", "find"]);
      for (const hostile of HOSTILE) {
        for (const tool of tools) assertDefused(hostile, await call(tool, { text: hostile.text, ...hostile.more }));
      }
    });
  },
  { sanitizeOps: false, sanitizeResources: false }, // the client has a timer that it never clears
);

/** Bun prints objects with other quotes and breaks. */
const likeNode = (text: string) =>
  text.replaceAll(/\{\s+"(\w+)": (\d+),\s(?:\s+"(\w+)": (\d+),\s)?\}/g, (_, ...found) => {
    const [a, b, c, d] = found;
    return c === undefined ? `{ '${a}': ${b} }` : `{ '${a}': ${b}, '${c}': ${d} }`;
  });

packageTest("programs for npm agora-token and agora-access-token run with only the import changed", async ({ project }) => {
  assertEquals([scripts.length, typed.length], [15, 6]);
  const folder = `${project}/programs`;
  await Deno.mkdir(folder);
  for (const { name, text, prints } of scripts) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    for (const runtime of [NODE_22, NODE_24, BUN]) {
      assertMatch(likeNode(await runWith(CREDENTIALS, folder, runtime, name)), prints, `${name} in ${runtime}`);
    }
  }
});

packageTest("programs in TypeScript run with only the import changed, bundled to CommonJS", async (installed) => {
  for (const { name, text, prints } of typed) {
    const file = await bundle(installed, "esbuild to CommonJS", name, text);
    await Deno.rename(file, file.replace(/ts$/, "cjs"));
    assertMatch(await runWith(CREDENTIALS, installed.project, NODE_24, file.replace(/ts$/, "cjs")), prints, name);
  }
});

for (const bundler of BUNDLERS) {
  packageTest(`the bundle of ${bundler} runs in Node 24`, async (installed) => {
    const file = await programBundle(installed, bundler);
    assertEquals(JSON.parse(await run(installed.project, NODE_24, file)), says(true));
  });
}

packageTest("the bundle of esbuild runs in workerd, without and with nodejs_compat", async (installed) => {
  assertEquals(await inWorkerd(installed, "esbuild"), says(false));
  assertEquals(await inWorkerd(installed, "esbuild", "nodejs_compat"), says(true));
});

packageTest("the bundle of webpack, which Next.js uses, runs in the Edge Runtime", async (installed) => {
  assertEquals(await inEdge(installed, "webpack"), says(false, "AbortSignal.any is not a function")); // the client cannot run there
});

const chromium = RUNTIMES.find(({ name }) => name === "Chromium")!;
Deno.test(
  "the bundle of Vite runs in Chromium",
  { ignore: noTools || skipWithout("Chromium", await isThere(chromium)) },
  async () => {
    assertEquals(await chromium.run(await programBundle(await installed(), "vite")) as unknown, says(false));
  },
);

const reports = new Map<string, Report>();

for (const runtime of [program("Node 22", NODE_22), program("Node 24", NODE_24), program("Bun", BUN)]) {
  const ignore = noTools || skipWithout(runtime.name, await isThere(runtime));
  Deno.test(`the suite passes unchanged on the installed npm package in ${runtime.name}`, { ignore }, async () => {
    const { project } = await installed();
    const report = await runtime.run(await bundleSuite(project));
    reports.set(runtime.name, report);
    assertEquals(report.failures, []);
    assertEquals(report.cases, suite.length);
  });
}

Deno.test.afterAll(async () => {
  if (reports.size > 0) console.log(`The portable suite on the installed npm package:\n${matrix(reports)}`);
  if (made !== undefined) await Deno.remove((await made).folder, { recursive: true });
});
