import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { entryPoints, NPM_NAME, packaged, packageJson } from "../scripts/npm_package.ts";
import { createTokenServer } from "../src/server/mod.ts";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";
import { bundleSuite, CONFIG, install, type Installed, run, runWith } from "./package/installed.ts";
import { suite } from "./portable/suite.ts";
import { matrix } from "./runtimes/matrix.ts";
import type { Report } from "./runtimes/report.ts";
import { BUN, isThere, NODE_22, NODE_24, program, tool } from "./runtimes/runtimes.ts";

const exports = Object.entries<string>(CONFIG.exports);
const subPaths = exports.map(([name]) => name.replace(/^\./, NPM_NAME));

Deno.test("packageJson() has a sub-path for every entry point of deno.json, and the program", async () => {
  const made = packageJson(CONFIG);
  assertEquals(Object.keys(made.exports), [...Object.keys(CONFIG.exports), "./package.json"]);
  assertEquals(made.exports["."], { types: "./esm/mod.d.ts", default: "./esm/mod.js" });
  assertEquals(made.bin, { agoratoken: "./esm/src/cli/bin.js" });
  assertEquals([made.name, made.version, made.license, made.type], ["agoratoken", CONFIG.version, "MIT", "module"]);
  assertEquals(made.engines, { node: ">=22" });
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

function packageTest(name: string, fn: (installed: Installed) => Promise<void>): void {
  Deno.test(name, { ignore: noTools }, async () => await fn(await installed()));
}

packageTest("the npm package holds the entry points, their chunks and types, and texts", async ({ project }) => {
  const folder = `${project}/node_modules/agoratoken`;
  const files = (await run(folder, "find", ".", "-type", "f")).trim().split("\n");
  const wanted = entryPoints(CONFIG).flatMap(({ kind, path }) => [
    packaged(path, ".js"),
    ...(kind === "export" ? [packaged(path, ".d.ts")] : []),
  ]);
  assertEquals(wanted.filter((file) => !files.includes(file)), []);
  const others = files.filter((file) => !file.startsWith("./esm/"));
  assertEquals(others.sort(), ["./CHANGELOG.md", "./LICENSE", "./README.md", "./SECURITY.md", "./package.json"]);
  assertEquals(files.filter((file) => /test|[^d]\.ts$/.test(file)), []);
  for (const file of files) {
    const text = await Deno.readTextFile(`${folder}/${file}`);
    assert(!text.includes(ROOT), `${file} names the folder that it was made in`);
    if (/\.(md|d\.ts)$/.test(file)) assert(!text.includes(CONFIG.name), `${file} names the package as JSR does`);
  }
});

packageTest("attw and publint find nothing wrong with the npm package", async ({ folder, tarball }) => {
  await run(folder, NODE_24, tool("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only");
  assertStringIncludes(await run(folder, NODE_24, tool("publint/src/cli.js"), tarball, "--strict"), "All good!");
});

/** A program of a user, over every sub-path. */
const USER = `import { AgoraTokenError, buildToken, parseToken, rtc } from "agoratoken";
import { RtcTokenBuilder } from "agoratoken/legacy";
${subPaths.map((name, index) => `import * as module${index} from "${name}";`).join("\n")}

const token: string = await buildToken({
  appId: "0123456789abcdef0123456789abcdef",
  appCertificate: "fedcba9876543210fedcba9876543210",
  expire: 600,
  services: [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })],
});
const parsed = await parseToken(token);
if (parsed.version !== "007") throw new Error(parsed.version);
const expire: number = parsed.expire;
// @ts-expect-error What this reads shows that nothing above is of type any.
parsed.nothing;
const error: unknown = await RtcTokenBuilder.buildTokenWithUid("no", "no", "lobby", 1, 1, 1).catch((error: unknown) => error);
const names = [${subPaths.map((_, index) => `Object.keys(module${index})`).join(", ")}];
console.log(JSON.stringify({ expire, isOneClass: error instanceof AgoraTokenError, names }));
`;

for (const typescript of ["typescript5", "typescript7"]) {
  for (const [moduleResolution, module] of [["nodenext", "nodenext"], ["bundler", "esnext"]] as const) {
    packageTest(
      `every sub-path type-checks and runs from ${typescript}, moduleResolution ${moduleResolution}`,
      async ({ project }) => {
        const folder = `${project}/${typescript}-${moduleResolution}`;
        await Deno.mkdir(folder);
        const compilerOptions = { strict: true, target: "es2022", lib: ["es2024", "dom"], types: [], module, moduleResolution };
        await Deno.writeTextFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["user.ts"] }));
        await Deno.writeTextFile(`${folder}/user.ts`, USER);
        await run(folder, NODE_24, tool(`${typescript}/bin/tsc`));
        const names = await Promise.all(exports.map(async ([, path]) => Object.keys(await import(`${ROOT}${path}`))));
        for (const runtime of [NODE_22, NODE_24, BUN]) {
          assertEquals(JSON.parse(await run(folder, runtime, "user.js")), { expire: 600, isOneClass: true, names });
        }
      },
    );
  }
}

packageTest("every sub-path can be required, and none of them runs the program", async ({ project }) => {
  const script = `for (const name of ${JSON.stringify(subPaths)}) if (typeof require(name) !== "object") throw new Error(name)`;
  for (const node of [NODE_22, NODE_24]) assertEquals(await run(project, node, "--no-warnings", "--eval", script), "");
});

packageTest("the program builds and parses by its name under Node 22, Node 24 and Bun", async ({ project }) => {
  const appId = "0123456789abcdef0123456789abcdef";
  const path = Deno.env.get("PATH");
  const credentials = { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: "fedcba9876543210fedcba9876543210" };
  const nodes = [NODE_22, NODE_24].map((node) => ({
    PATH: `${node.replace(/\/node$/, "")}:${path}`,
    RUN: "npx --offline agoratoken",
  }));
  for (const env of [...nodes, { PATH: path!, RUN: `${BUN} --bun run agoratoken` }]) {
    const script = `
      token=$($RUN build rtc --channelName lobby --uid 1001 --role publisher --expire 600)
      $RUN parse "$token" --json`;
    const parsed = JSON.parse(await runWith({ ...env, ...credentials }, project, "sh", "-c", script));
    assertEquals([parsed.appId, parsed.expire, parsed.services[0].channelName], [appId, 600, "lobby"]);
  }
});

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
