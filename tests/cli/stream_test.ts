import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT, runDeno, skipWithout, tryCommand } from "../helpers.ts";
import { APP_ID, CERTIFICATE, parse007 } from "../portable/case.ts";
import { RtmTokenBuilder2 } from "../../mod.ts";

// The command line in a pipeline, in each supported runtime.

const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
globalThis.addEventListener("unload", () => Deno.removeSync(bundle));
await runDeno(["bundle", "-q", "--platform", "deno", "-o", bundle, "src/cli/bin.ts"]);

const node = await tryCommand("node", "--version");
const RUNTIMES = [
  { name: "Deno", command: Deno.execPath(), args: tasks.cli.split(" ").slice(1) as string[], found: true },
  { name: "Node 22 or newer", command: "node", args: [bundle], found: Number(/^v(\d+)/.exec(node ?? "")?.[1]) >= 22 },
  { name: "Bun", command: "bun", args: [bundle], found: await tryCommand("bun", "--version") !== undefined },
];

const line = (uid: number) =>
  JSON.stringify({
    builder: "rtc.buildTokenWithUid",
    appId: APP_ID,
    appCertificate: CERTIFICATE,
    args: { channelName: "lobby", uid, role: 1, tokenExpire: 3600 },
  }) + "\n";

for (const { name, command, args, found } of RUNTIMES) {
  const ignore = skipWithout(name, found);

  Deno.test({
    name: `cli build --batch reads no more while nobody reads its output, in ${name}`,
    ignore,
    async fn() {
      const child = new Deno.Command(command, {
        args: [...args, "build", "--batch"],
        cwd: ROOT,
        stdin: "piped",
        stdout: "piped",
      }).spawn();
      const encoder = new TextEncoder();
      const piece = encoder.encode(Array.from({ length: 200 }, (_, index) => line(index)).join(""));
      const pieces = 100; // 20,000 lines of 4 MB
      let written = 0;
      let still = 0; // how long nothing more was taken
      const writing = (async () => {
        const writer = child.stdin.getWriter();
        for (; written < pieces; written++) {
          await writer.write(piece);
          still = 0;
        }
        await writer.close();
      })();
      // Nobody reads: the writer stops long before the end.
      for (const start = Date.now(); still < 10 && Date.now() - start < 20_000; still++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const taken = written * piece.length;
      let lines = 0;
      for await (const chunk of child.stdout) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
      }
      await writing;
      assertEquals([(await child.status).code, lines], [0, pieces * 200]);
      assert(taken < 2_000_000, `${taken} of ${pieces * piece.length} bytes were taken`);
      assert(taken > 0);
    },
  });

  Deno.test({
    name: `cli build, parse, verify and diagnose run in ${name}`,
    ignore,
    async fn() {
      const token = (await run(command, [...args, "build", "rtm", "--userId", "bob", "--expire", "60"])).trim();
      assertEquals((await parse007(token)).services, [{ type: "rtm", userId: "bob", privileges: { login: 60 } }]);
      assertMatch(await run(command, [...args, "parse", token]), /AccessToken2/);
      assertMatch(await run(command, [...args, "verify", token, "--account", "bob"]), /genuine and valid now/);
      assertEquals(JSON.parse(await run(command, [...args, "diagnose", token, "--json"])).verdict, "works");
    },
  });

  Deno.test({
    name: `cli exits with the status of what it printed when nobody reads the rest, in ${name}`,
    ignore,
    async fn() {
      const good = await RtmTokenBuilder2.buildToken(APP_ID, CERTIFICATE, "bob", 60);
      const cases: [status: number, args: string[], stdin?: string][] = [
        [0, ["verify", good]],
        [1, ["verify", "nonsense"]],
        [1, ["verify", "nonsense", "--json"]],
        [1, ["parse", "nonsense"]],
        [1, ["diagnose", "nonsense"]],
        [2, ["diagnose", good, "--env-file", "/dev/null", "--json"]],
        [0, ["parse", "--batch"], `${JSON.stringify({ token: good })}\n`],
        [1, ["parse", "--batch"], `{"token": "nonsense"}\n`],
      ];
      for (const [status, more, stdin = ""] of cases) {
        const env = { ...ENV, ...(status === 2 ? { AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "" } : {}) };
        const child = new Deno.Command(command, {
          args: [...args, ...more],
          cwd: ROOT,
          env,
          stdin: "piped",
          stdout: "piped",
          stderr: "null",
        }).spawn();
        await child.stdout.cancel();
        const writer = child.stdin.getWriter();
        await writer.write(new TextEncoder().encode(stdin));
        await writer.close();
        assertEquals((await child.status).code, status, more.join(" ").replace(good, "TOKEN"));
      }
    },
  });
}

const ENV = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE, NO_COLOR: "1" };

async function run(command: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, cwd: ROOT, env: ENV }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("cli parse --tokens reads a file or a pipe with a token on each line", async () => {
  const tokens = await Promise.all(["a", "b"].map((user) => RtmTokenBuilder2.buildToken(APP_ID, CERTIFICATE, user, 60)));
  const text = `${tokens[0]}\r\n\n  "${tokens[1]}"\nno token\n`;
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, text);
    for (const [path, stdin] of [[file, ""], ["-", text]] as const) {
      const { code, stdout, stderr } = await runDeno(["task", "-q", "cli", "parse", "--tokens", path], { stdin });
      const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
      assertEquals([code, stderr], [1, ""]);
      assertEquals(lines.map(({ services, error }) => services?.[0].userId ?? error.code), ["a", "b", "unknown-format"]);
    }
  } finally {
    await Deno.remove(file);
  }
  const absent = await runDeno(["task", "-q", "cli", "parse", "--tokens", `${file}.absent`]);
  assertEquals([absent.code, absent.stdout, absent.stderr], [1, "", "The file of tokens cannot be read\n"]);
});

Deno.test({
  name: "cli --batch shows its progress on standard error where that is a terminal",
  ignore: skipWithout("script", await tryCommand("script", "--version") !== undefined),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/in`, Array.from({ length: 100 }, (_, index) => line(index)).join(""));
      const cli = `${Deno.execPath()} ${tasks.cli.split(" ").slice(1).join(" ")} build --batch < ${folder}/in > ${folder}/out`;
      const { stdout } = await new Deno.Command("script", { args: ["-qec", cli, "/dev/null"], cwd: ROOT }).output();
      assertMatch(new TextDecoder().decode(stdout), /100 lines, \d+ a second\r\n$/);
      assertEquals((await Deno.readTextFile(`${folder}/out`)).split("\n").length, 101);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
