import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AgoraTokenError, verifyToken } from "../../mod.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { createTokenServer, loadAccess, loadConfig, type ServerConfig, variableNames } from "../../src/server/mod.ts";
import { envVariables } from "../../src/config/env_file.ts";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { ask, onlyThese, PROJECT, serverOf, tokenOf, withProcess } from "./harness.ts";

const both = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const OTHER = "22222222222222222222222222222222";

Deno.test("loadConfig() reads variables and their aliases, and falls back to a demo only when asked", async () => {
  const config = async (env: Record<string, string>, demo = false) => await loadConfig([env], demo) as ServerConfig;
  assertEquals(await config(both), {
    projects: [{ appId: APP_ID, appCertificate: CERTIFICATE }],
    demo: false,
    host: "127.0.0.1",
    port: 8080,
    access: "loopback",
    rateLimit: 600,
    trustedProxies: 0,
    oldContractVersion: "007",
    allowAppLevelTokens: false,
  });
  const empty = Object.fromEntries(variableNames().map((name) => [name, ""])); // as Compose files leave them
  assertEquals(await config({ ...empty, ...both }), await config(both));
  for (const prefix of ["", "SHENGWANG_"]) {
    assertEquals(
      (await config({ [`${prefix}APP_ID`]: APP_ID, [`${prefix}APP_CERTIFICATE`]: CERTIFICATE })).projects,
      (await config(both)).projects,
    );
  }
  const full = await config({
    ...both,
    HOST: "::1",
    SERVER_PORT: "0",
    CORS_ALLOW_ORIGIN: "*",
    AGORATOKEN_SECOND_CERTIFICATE: OTHER,
    AGORATOKEN_OLD_CONTRACT_VERSION: "006",
    AGORATOKEN_ALLOW_APP_LEVEL_TOKENS: "1",
  });
  assertEquals([full.host, full.port, full.corsAllowOrigin, full.oldContractVersion, full.allowAppLevelTokens], [
    "::1",
    0,
    "*",
    "006",
    true,
  ]);
  assertEquals(full.projects[0]!.secondCertificate, OTHER);
  assertEquals((await config({ ...both, APP_ID: OTHER, PORT: "1", SERVER_PORT: "2" })).port, 1);
  for (const [env, demo] of [[both, false], [{}, true], [{ AGORA_APP_ID: "" }, true]] as const) {
    assertEquals((await config(env, true)).demo, demo);
  }
});

Deno.test("loadConfig() takes App ID and certificate from one source and one pair of names, the environment's first", async () => {
  const plain = { APP_ID: OTHER, APP_CERTIFICATE: OTHER };
  const projects = async (...sources: Record<string, string>[]) => (await loadConfig(sources, false) as ServerConfig).projects;
  assertEquals(await projects(plain, both), [{ appId: OTHER, appCertificate: OTHER }]);
  assertEquals(await projects({}, both), [PROJECT]);
  assertEquals(await projects({ ...plain, ...both }), [PROJECT]);
  assertEquals(
    (await loadConfig([{ AGORA_APP_ID: APP_ID }, both], false) as string[]).map((problem) => problem.split(" ")[0]),
    [
      "AGORA_APP_CERTIFICATE",
    ],
  );
  const rotating = { ...plain, AGORATOKEN_SECOND_CERTIFICATE: CERTIFICATE };
  assertEquals(await projects(both, rotating), [PROJECT]);
  assertEquals((await projects({}, rotating))[0]!.secondCertificate, CERTIFICATE);
  const elsewhere = await loadConfig([{ AGORATOKEN_SECOND_CERTIFICATE: OTHER }, both], false) as string[];
  assertStringIncludes(elsewhere[0]!, "beside it");
  assertEquals((await loadConfig([{ SERVER_PORT: "1" }, { PORT: "2", ...both }], false) as ServerConfig).port, 1);
});

Deno.test("loadConfig() takes origins of any scheme", async () => {
  const origins = ["https://a.example", "capacitor://localhost", "app://bundle", "http://[::1]:8080"];
  const config = await loadConfig([{ ...both, CORS_ALLOW_ORIGIN: origins.join(" ,") }], false) as ServerConfig;
  assertEquals(config.corsAllowOrigin, origins);
});

Deno.test("createTokenServer() refuses projects that are none", () => {
  const of = (...projects: unknown[]) => () => createTokenServer({ projects: projects as never, access: "loopback" });
  assertThrows(() => createTokenServer(undefined as never), AgoraTokenError, '"options" must be an object, got nothing');
  assertThrows(of(), AgoraTokenError, '"projects" must be a list of one project or more');
  assertThrows(of(PROJECT, { ...PROJECT, appId: "x" }), AgoraTokenError, '"projects[1].appId"');
  assertThrows(of(PROJECT, { ...PROJECT, appId: APP_ID.toUpperCase() }), AgoraTokenError, '"projects[1].appId"');
});

Deno.test("createTokenServer() refuses an access that is none, as the problems that loadAccess() gives", async () => {
  for (const access of [null, undefined, "public", {}, await loadAccess({})]) {
    assertThrows(
      () => createTokenServer({ projects: [PROJECT], access: access as never }),
      AgoraTokenError,
      '"access" must be',
    );
  }
});

Deno.test("loadConfig() reads projects from a file, behind those of the environment", async () => {
  const file = [{ appId: OTHER, appCertificate: CERTIFICATE, secondCertificate: OTHER }];
  const load = async (text: string, env: Record<string, string> = {}) =>
    await loadConfig([{ AGORATOKEN_PROJECTS_FILE: "p.json", ...env }], true, () => text);
  assertEquals((await load(JSON.stringify(file)) as ServerConfig).projects, file);
  assertEquals((await load(JSON.stringify(file), both) as ServerConfig).projects.map(({ appId }) => appId), [APP_ID, OTHER]);
  for (
    const text of [
      "",
      "{}",
      "[]",
      `[{"appId":"${OTHER}"}]`,
      `[{"appId":"${OTHER}","appCertificate":"x"}]`,
      `[{"appId":"${OTHER}","appCertificate":"${CERTIFICATE}","${CERTIFICATE}":1}]`,
      "[null]",
    ]
  ) {
    const problems = await load(text) as string[];
    assertEquals(problems.length, 1, text);
    assertStringIncludes(problems[0]!, "AGORATOKEN_PROJECTS_FILE");
    assert(!problems[0]!.includes(CERTIFICATE));
  }
  assertStringIncludes((await load(JSON.stringify([...file, ...file])) as string[])[0]!, "projects[1].appId");
  const upper = JSON.stringify([{ appId: APP_ID.toUpperCase(), appCertificate: OTHER }]);
  assertStringIncludes(
    (await load(upper, both) as string[])[0]!,
    '"projects[0].appId" must be the App ID of no project before it',
  );
  assertEquals((await load(`[{"appId":"x"},${JSON.stringify(file[0])},{"appId":"y"}]`) as string[]).length, 2);
  assertEquals((await load(`\uFEFF${JSON.stringify(file)}`) as ServerConfig).projects, file);
});

Deno.test("loadConfig() reports every problem at once, and shows no secret", async () => {
  const refused: [Record<string, string>, boolean, string[]][] = [
    [{}, false, ["AGORA_APP_ID", "AGORA_APP_CERTIFICATE", "--demo"]],
    [{ AGORA_APP_ID: APP_ID }, true, ["AGORA_APP_CERTIFICATE"]],
    [{ AGORA_APP_CERTIFICATE: CERTIFICATE }, true, ["AGORA_APP_ID"]],
    [{ ...both, AGORA_APP_ID: "short" }, true, ["AGORA_APP_ID"]],
    [{ ...both, AGORA_APP_CERTIFICATE: "g".repeat(32) }, false, ["AGORA_APP_CERTIFICATE"]],
    [{ HOST: "0.0.0.0" }, true, ["HOST"]],
    [{ HOST: "127.0.0.2" }, true, ["HOST"]],
    [{ ...both, HOST: "127.999.0.1", SERVER_PORT: "x" }, false, ["HOST", "SERVER_PORT"]],
    [{ APP_ID: "short" }, false, ["APP_ID must be", "APP_CERTIFICATE is not set"]],
    [{ AGORA_APP_ID: APP_ID, SHENGWANG_APP_CERTIFICATE: CERTIFICATE }, false, ["AGORA_APP_CERTIFICATE is not set"]],
    [{ ...both, CORS_ALLOW_ORIGIN: " , " }, false, ["CORS_ALLOW_ORIGIN"]],
    [{ AGORATOKEN_SECOND_CERTIFICATE: OTHER }, true, ["goes with AGORA_APP_ID"]],
    [{ HOST: "::" }, true, ["HOST"]],
    [{ PORT: "65536" }, true, ["PORT"]],
    [{ ...both, CORS_ALLOW_ORIGIN: CERTIFICATE }, false, ["CORS_ALLOW_ORIGIN"]],
    [{ ...both, HOST: "0.0.0.0", PORT: "99999" }, false, ["HOST", "PORT"]],
    [
      {
        ...both,
        PORT: "http",
        CORS_ALLOW_ORIGIN: "app.example, https://ok.example, https://a.example/, http://[, app://a/b, x app://a",
      },
      false,
      [
        "PORT",
        "not app.example, https://a.example/, http://[, app://a/b, x app://a",
      ],
    ],
    [
      {
        ...both,
        AGORATOKEN_SECOND_CERTIFICATE: "gggg",
        AGORATOKEN_OLD_CONTRACT_VERSION: "5",
        AGORATOKEN_ALLOW_APP_LEVEL_TOKENS: "yes",
      },
      false,
      [
        "AGORATOKEN_SECOND_CERTIFICATE",
        "AGORATOKEN_OLD_CONTRACT_VERSION",
        "AGORATOKEN_ALLOW_APP_LEVEL_TOKENS",
      ],
    ],
  ];
  for (const [env, demo, wanted] of refused) {
    const problems = await loadConfig([env], demo) as string[];
    assertEquals(problems.length, wanted.length, JSON.stringify(problems));
    for (const [index, part] of wanted.entries()) assertStringIncludes(problems[index]!, part);
    assert(!problems.join().includes(CERTIFICATE) && !problems.join().includes("gggg"));
  }
});

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
  const demo = createTokenServer(await loadConfig([], true) as ServerConfig);
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
      env: onlyThese(env),
    }).output();
    return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
  };
  for (
    const [env, args, part] of [
      [{}, [], "--demo"],
      [{ AGORA_APP_ID: APP_ID }, ["--demo"], "AGORA_APP_CERTIFICATE is not set"],
      [{ AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: "xyz" }, ["--check-config"], "AGORA_APP_CERTIFICATE must be"],
      [{ HOST: "0.0.0.0" }, ["--demo"], "HOST must be 127.0.0.1"],
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
    stdout: "agoratoken: the configuration is good.\n",
    stderr: "",
  });
});

Deno.test("envVariables() reads UTF-8 with or without its mark, and refuses what would be lost in silence", () => {
  const text = "AGORA_APP_ID=abc\nPORT=1\n";
  const bytes = new TextEncoder().encode(text);
  assertEquals(envVariables(bytes), { AGORA_APP_ID: "abc", PORT: "1" });
  assertEquals(envVariables(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)), { AGORA_APP_ID: "abc", PORT: "1" });
  const wide = [...text].flatMap((character) => [character.charCodeAt(0), 0]);
  for (const wrong of [wide, [0xff, 0xfe, ...wide]]) {
    assertThrows(() => envVariables(Uint8Array.from(wrong)), AgoraTokenError, "UTF-8");
  }
});
