import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { verifyToken } from "../../mod.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { createTokenServer, loadConfig } from "../../src/config/mod.ts";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { ask, onlyThese, serverOf, tokenOf, withProcess } from "./harness.ts";

const both = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };

Deno.test("tokenServer() answers 404 for other paths", async () => {
  for (
    const path of [
      "/",
      "/rtc",
      "/rtc/lobby/publisher/uid",
      "/rtc/a/b/c/d/e",
      "/PING",
      "/chat/account",
      "/rtc//publisher/uid/1",
      "/v1/token%73",
    ]
  ) {
    assertEquals((await ask(serverOf(), path)).status, 404);
  }
});

Deno.test("tokenServer() marks every response in demo mode, and only there", async () => {
  const demo = createTokenServer((await loadConfig([], true)).options);
  for (const path of ["/ping", "/nope", "/rtc/lobby/publisher/uid/1"]) {
    assertStringIncludes((await ask(demo, path)).headers.get("agoratoken-mode")!, "demo");
    assertEquals((await ask(serverOf(), path)).headers.get("agoratoken-mode"), null);
  }
});

Deno.test("server.ts starts in demo mode without credentials, says so, and lists its routes", async () => {
  await withProcess({}, async (base, printed) => {
    assertStringIncludes(printed, "DEMO MODE");
    assertStringIncludes(base, "http://127.0.0.1:");
    for (const { method, path } of CONTRACTS) assert(new RegExp(`${method} +${path}`).test(printed), path);
    const { hostname, port } = new URL(base);
    // A host that is none, and one that a page has bound to this address to reach it (DNS rebinding).
    for (const [host, status] of [["a b%", " 400 "], [`rebound.example:${port}`, " 421 "]]) {
      const connection = await Deno.connect({ hostname, port: Number(port) });
      const request = `GET /rtm/bob HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      await connection.write(new TextEncoder().encode(request));
      const raw = await new Response(connection.readable).text();
      assertStringIncludes(raw, status!);
      assertStringIncludes(raw, "no-store");
    }
    const head = await fetch(`${base}/ping`, { method: "HEAD" });
    assertEquals([head.status, await head.text()], [200, ""]);
    const response = await fetch(`${base}/rtc/lobby/publisher/uid/1001/?expiry=60`);
    assertStringIncludes(response.headers.get("agoratoken-mode")!, "demo");
    const { rtcToken } = await response.json();
    const appCertificate = /AGORA_APP_CERTIFICATE=(\w+)/.exec(printed)![1]!; // fake, and printed to verify with
    assertEquals((await verifyToken(rtcToken, { certificates: appCertificate })).signature, "valid");
  });
});

Deno.test("server.ts makes real tokens with credentials", async () => {
  await withProcess(both, async (base, printed) => {
    assert(!printed.includes("DEMO") && !printed.includes(CERTIFICATE));
    const body = JSON.stringify({ services: [{ type: "chat", userId: "carol" }] });
    const { token } = await (await fetch(`${base}/v1/tokens`, { method: "POST", body })).json();
    assertEquals((await tokenOf(token)).services, [{ type: "chat", userId: "carol", privileges: { user: 3600 } }]);
  });
});

Deno.test("server.ts checks its configuration, and refuses to start with a bad one", async () => {
  const start = async (env: Record<string, string>, ...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-net", "--allow-env", "--allow-read", "server.ts", ...args],
      cwd: ROOT,
      ...onlyThese(env),
    }).output();
    return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
  };
  for (
    const [env, args, part] of [
      [{}, [], "--demo"],
      [{ AGORA_APP_ID: APP_ID }, ["--demo"], "AGORA_APP_CERTIFICATE is not set"],
      [{ AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: "xyz" }, ["--check-config"], "AGORA_APP_CERTIFICATE must be"],
      [{ HOST: "0.0.0.0" }, ["--demo"], '"HOST" must be 127.0.0.1'],
      [{ AGORATOKEN_PROJECTS_FILE: "/absent.json" }, [], "cannot be read"],
      [both, ["--chek-config"], "--chek-config is unknown"],
    ] as const
  ) {
    const { code, stdout, stderr } = await start(env, ...args);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, part);
  }
  assertEquals(await start(both, "--check-config"), {
    code: 0,
    stdout: 'agoratoken: "projects[0].appCertificate" is of a sample or made up: anybody may know it.\n' +
      "agoratoken: the configuration is good.\n",
    stderr: "",
  });
  const folder = await Deno.makeTempDir();
  try {
    const grant = { services: ["rtc"], channels: ["*"], users: ["bob"], roles: ["subscriber"], wildcards: true };
    const file = `${folder}/access.json`;
    await Deno.writeTextFile(file, JSON.stringify({ keys: [{ id: "a", sha256: "0".repeat(64), ...grant }] }));
    const { code, stdout } = await start({ ...both, AGORATOKEN_ACCESS_FILE: file }, "--check-config");
    assertEquals([code, stdout.split("\n").length], [0, 4]);
    assertStringIncludes(stdout, '"keys[0].wildcards" allows no token for any user');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
