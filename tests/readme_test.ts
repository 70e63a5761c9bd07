import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ROOT, skipWithout, tryCommand } from "./helpers.ts";

// The README's TypeScript runs as doc tests (`deno test --doc`); its shell blocks run here, as a newcomer would type them.

const readme = await Deno.readTextFile(`${ROOT}README.md`);
const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
const starts = blocks.filter((block) => /task start|\bserve\b/.test(block));
const requests = blocks.filter((block) => block.startsWith("curl"));
const tests = blocks.filter((block) => /task test/.test(block));
const others = blocks.filter((block) => ![...starts, ...requests, ...tests].includes(block));

const noBash = skipWithout("bash and curl", await tryCommand("bash", "-c", "curl --version") !== undefined);

/** What a block runs, as it is in a checkout: the npm package and JSR have what is here, and there is no browser to open. */
const HERE: Readonly<Record<string, string>> = {
  "npx -y deno": "deno",
  "npx agoratoken serve": "deno run --allow-all src/cli/mod.ts serve",
  "npx agoratoken": "deno task -q cli",
  "jsr:@agoratoken/agoratoken/serve": "server.ts",
  " --open": "",
};

/** Runs a block with this Deno and a free port, without the checkout's own environment. */
function shell(block: string): Deno.Command {
  const script = Object.entries(HERE).reduce((text, [there, here]) => text.replaceAll(there, here), block);
  const path = `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`;
  const env = { PATH: path, PORT: "0", NO_COLOR: "1", AGORA_APP_ID: "", AGORA_APP_CERTIFICATE: "" };
  return new Deno.Command("bash", { args: ["-ec", script], cwd: ROOT, env, stdout: "piped", stderr: "piped" });
}

Deno.test("README has every kind of shell block", () => {
  assertEquals([starts.length, requests.length, tests.length, others.length], [4, 1, 1, 2]);
});

Deno.test("README's test command names a task that exists", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  assertEquals(tests, ["npx -y deno task test\n"]);
  assert(tasks.test !== undefined);
});

for (const [index, block] of starts.entries()) {
  Deno.test({
    name: `README's start command ${index + 1} serves README's requests`,
    ignore: noBash,
    async fn() {
      const server = shell(`exec ${block.replace(/^(?=\w+=)/, "env ")}`).spawn();
      const stderr = new Response(server.stderr).text();
      try {
        let printed = "";
        for await (const chunk of server.stdout.pipeThrough(new TextDecoderStream())) {
          printed += chunk;
          if (printed.includes("/rtc/")) break;
        }
        const base = /http:\/\/[\w.:]+/.exec(printed)?.[0];
        assert(base !== undefined, printed);
        for (const request of requests) {
          const { code, stdout } = await shell(request.replaceAll("http://127.0.0.1:8080", base)).output();
          assertEquals(code, 0);
          const answers = new TextDecoder().decode(stdout);
          assertStringIncludes(answers, '{"rtcToken":"007');
          assertStringIncludes(answers, '"expiresAt":');
        }
      } finally {
        server.kill("SIGTERM");
        await server.status;
        await stderr;
      }
    },
  });
}

for (const block of others) {
  Deno.test({
    name: `README's block runs: ${block.trimEnd().split("\n").at(-1)}`,
    ignore: noBash,
    async fn() {
      const { code, stdout, stderr } = await shell(block).output();
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      const printed = new TextDecoder().decode(stdout);
      assertStringIncludes(printed, "The token works");
      if (!block.includes("verify")) return;
      assertStringIncludes(printed, "genuine and valid now");
      assertStringIncludes(printed, '"version":"007"');
    },
  });
}

Deno.test({
  name: "docs/which-credential.md's command diagnoses a token",
  ignore: noBash,
  async fn() {
    const doc = await Deno.readTextFile(`${ROOT}docs/which-credential.md`);
    const [block] = [...doc.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    const ids = "export AGORA_APP_ID=0123456789abcdef0123456789abcdef AGORA_APP_CERTIFICATE=fedcba9876543210fedcba9876543210";
    const build = "token=$(deno task -q cli build rtc --channelName lobby --uid 1001 --role publisher --expire 3600)";
    const { code, stdout } = await shell([ids, build, block].join("\n")).output();
    assertEquals([code, new TextDecoder().decode(stdout)], [0, "The token works, as far as can be checked here.\n"]);
  },
});
