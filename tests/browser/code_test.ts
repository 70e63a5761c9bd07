/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type ParsedToken007, parseToken, type RtcService, type VerifyOptions, verifyToken } from "../../mod.ts";
import { DEMO } from "../../playground/examples.ts";
import { codeOf } from "../../playground/code.ts";
import { buildPlan, type Plan, PLANS, type ServiceOptions } from "../../playground/plan.ts";
import { jsonOfToken } from "../../src/inspect/json.ts";
import { createTokenServer } from "../../src/server/mod.ts";
import { ROOT, runDeno } from "../helpers.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { browserTest, openPage } from "./chromium.ts";

/** What the page shows for something to build. */
interface Shown {
  name: string;
  token: string;
  typescript: string;
  curl: string;
  cli: string;
}

browserTest("every form builds a genuine token, and its code to copy builds the same", async (page) => {
  await openPage(page);
  await page.locator("#panel-inspect").getByLabel("App Certificate", { exact: true }).fill(CERTIFICATE);
  await page.getByRole("tab", { name: "Build" }).click();
  const shown = await page.evaluate(async (): Promise<Shown[]> => {
    const panel = document.querySelector("#panel-build")!;
    const text = (selector: string) => panel.querySelector(selector)!.textContent!;
    const results: Shown[] = [];
    const read = async (name: string) => {
      const before = text(".token-output");
      panel.querySelector(".inputs > div:last-child")!.dispatchEvent(new InputEvent("input", { bubbles: true }));
      while (text(".token-output") === before && panel.querySelector<HTMLElement>(".result")!.hidden === false) {
        await new Promise((done) => setTimeout(done, 1));
      }
      const [typescript, curl, cli] = ["typescript", "curl", "cli"].map((language) => {
        const select = panel.querySelector<HTMLSelectElement>(".code select")!;
        select.value = language;
        select.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return [...panel.querySelectorAll(".code-result pre code")].at(-1)!.textContent!;
      });
      results.push({ name, token: text(".token-output"), typescript: typescript!, curl: curl!, cli: cli! });
    };
    const what = panel.querySelector<HTMLSelectElement>("select")!;
    const boxes = () => [...panel.querySelectorAll<HTMLInputElement>(".boxes input")];
    for (const [index, box] of boxes().entries()) {
      for (const other of boxes()) if (other.checked !== (other === box)) other.click();
      await read(`services/${boxes()[index]!.parentElement!.textContent!.trim()}`);
    }
    for (const { value } of [...what.options].slice(1)) {
      what.value = value;
      what.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await read(value);
    }
    return results;
  });
  assertEquals(shown.length, Object.values(PLANS).reduce((count, plans) => count + Object.keys(plans).length, 0));

  for (const { name, token } of shown) {
    const { signature } = await verifyToken(token, { certificates: CERTIFICATE, ...givenFor(name) });
    assertEquals(signature, "valid", name);
  }
  const wanted = await Promise.all(shown.map(({ token }) => essence(token)));

  const typescript = await runTypescript(shown.map(({ typescript }) => typescript));
  assertEquals(await Promise.all(typescript.map(essence)), wanted);

  const commands = await runShell(shown.map(({ cli }) => cli));
  assertEquals(await Promise.all(commands.map(essence)), wanted);

  const options = {
    access: "loopback" as const,
    projects: [{ appId: DEMO.appId, appCertificate: CERTIFICATE }],
    allowAppLevelTokens: true,
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, createTokenServer(options));
  const asked = shown.map(({ curl, name }, index) => ({ curl, name, wanted: wanted[index] })).filter(({ curl }) =>
    curl.includes("curl -s ")
  );
  assertEquals(asked.length, shown.filter(({ name }) => !name.startsWith("old/")).length);
  const answers = await runShell(asked.map(({ curl }) => curl.replace("127.0.0.1:8080", `127.0.0.1:${server.addr.port}`)));
  await server.shutdown();
  for (const [index, answer] of answers.entries()) {
    const { name, wanted } = asked[index]!;
    assertEquals(await essence(JSON.parse(answer).token), wanted, name);
  }
});

Deno.test("codeOf() quotes values for a shell and the server, and says which values they cannot take", async () => {
  const rtc = (options: Record<string, unknown>): Plan => ({
    kind: "services",
    services: [{ type: "rtc", channelName: "lobby", role: "publisher", ...options }],
    expire: 3600,
  });
  const builder = (account: string, tokenExpire = 3600): Plan => {
    const args = { channelName: "lobby", account, role: 1, tokenExpire, privilegeExpire: 3600 };
    return { kind: "builder", name: "rtc.buildTokenWithUserAccount", args };
  };
  const code = (plan: Plan) => codeOf(plan, DEMO.appId);
  const dashed = await runShell([code(rtc({ account: "-alice" })).cli, code(builder("-p=x")).cli]);
  const users = await Promise.all(dashed.map(async (token) => (await parseToken(token) as ParsedToken007).services[0]));
  assertEquals(users.map((service) => (service as RtcService).uid), ["-alice", "-p=x"]);

  const none = rtc({ account: "alice", role: undefined, privileges: {} });
  const services = (...services: ServiceOptions[]): Plan => ({ kind: "services", services, expire: 3600 });
  const unlike = services(
    { type: "rtc", channelName: "(a b)", uid: 0, role: "publisher" },
    { type: "streaming", channelName: "$HOME", account: "a", privileges: { publishMixStream: 60 } },
    { type: "rtm2", userId: "alice", permissions: { users: { read: ["it's \\"] } }, privilegeExpire: 60 },
    { type: "chat", app: true },
    { type: "apaas", userUuid: "alice", roomUuid: "room", role: -5 },
  );
  for (const plan of [none, unlike]) {
    const [line] = await runShell([code(plan).cli]);
    const token = await buildPlan(plan, { appId: DEMO.appId, appCertificate: CERTIFICATE });
    assertEquals(await essence(JSON.parse(line!).token), await essence(token));
  }
  const app: Plan = { kind: "services", services: [{ type: "chat", app: true }], expire: 3600 };
  assertMatch(code(app).curl, /^# .*AGORATOKEN_ALLOW_APP_LEVEL_TOKENS=1\.\ncurl -s /);
  assert(!code(rtc({ uid: 1 })).curl.includes("#"));
  // An account of digits is the text of the uid, unless no uid is so large.
  assert(code(builder("1001")).curl.includes('"uid":1001'));
  assert(code(builder("4294967296")).curl.includes('"account":"4294967296"'));
  assertMatch(code(builder("alice", 100_000)).curl, /^# The server refuses this: "expire" must be/);
  for (const plan of [rtc({ account: "undefined" }), services({ type: "rtm", userId: "0" })]) {
    assertMatch(code(plan).curl, /^# The server refuses this: "services\[0\]\.\w+" must be the name of a user\./);
  }
});

/** The names that the signature of an old key covers: those that the forms begin with. */
function givenFor(name: string): Partial<VerifyOptions> {
  if (/signaling|006\.rtm$/.test(name)) return { account: "alice" };
  const service = /dynamicKey4\.(\w+)/.exec(name)?.[1];
  return { channelName: "lobby", uid: 1001, ...(service === undefined ? {} : { service }) };
}

/** The content of a token, without what differs each time it is built. */
async function essence(token: string): Promise<unknown> {
  const { signature: _1, signatureHex: _2, issueTs: _3, salt: _4, ts: _5, ...rest } = jsonOfToken(
    await parseToken(token.trim()),
  );
  return rest;
}

/** Runs all the programs as one, since each takes a while to start; a program logs its token. */
async function runTypescript(programs: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  const bodies = programs.map((program) => {
    const [head, imported] = /^import \{ (.*) \} from "@agoratoken\/agoratoken";\n/.exec(program)!;
    for (const name of imported!.split(", ")) names.add(name);
    return `{\n${program.slice(head.length)}console.log(token);\n}`;
  });
  const program = `import { ${[...names].join(", ")} } from "@agoratoken/agoratoken";\n${bodies.join("\n")}`;
  const env = { AGORA_APP_CERTIFICATE: CERTIFICATE };
  const { code, stdout, stderr } = await runDeno(["run", "--check", "--allow-env", "-"], { stdin: program, env });
  assertEquals(code, 0, stderr);
  return stdout.trim().split("\n");
}

/** Runs commands in a shell, as they would be pasted, a few at a time. */
async function runShell(commands: readonly string[]): Promise<string[]> {
  const outputs: string[] = [];
  const run = async (index: number): Promise<void> => {
    if (index >= commands.length) return;
    const options = { args: ["-c", commands[index]!], cwd: ROOT, env: { AGORA_APP_CERTIFICATE: CERTIFICATE, NO_COLOR: "1" } };
    const { stdout, stderr } = await new Deno.Command("bash", options).output();
    outputs[index] = new TextDecoder().decode(stdout).trim();
    assert(outputs[index] !== "", `${commands[index]}${new TextDecoder().decode(stderr)}`);
    await run(index + 3);
  };
  await Promise.all([run(0), run(1), run(2)]);
  return outputs;
}
