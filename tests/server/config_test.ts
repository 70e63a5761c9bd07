import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import { createTokenServer, loadConfig, type Project, type TokenServerOptions, variableNames } from "../../src/config/mod.ts";
import { remarksOn } from "../../src/config/remarks.ts";
import { envVariables } from "../../src/config/env_file.ts";
import { BY_SECRET, entryOf } from "../access/harness.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { PROJECT } from "./harness.ts";

type Env = Record<string, string>;

const both = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const OTHER = "22222222222222222222222222222222";

/** The variables that guard something. */
const GUARDS = [
  "CORS_ALLOW_ORIGIN",
  "AGORATOKEN_ALLOW_APP_LEVEL_TOKENS",
  "AGORATOKEN_ACCESS",
  "AGORATOKEN_ACCESS_FILE",
  "AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION",
  "AGORATOKEN_RATE_LIMIT",
  "AGORATOKEN_TRUSTED_PROXIES",
];

/** The options that variables give. */
async function optionsOf(sources: Env[], readText?: (path: string) => string): Promise<TokenServerOptions> {
  return (await loadConfig(sources, false, readText)).options;
}

/** Projects of a configuration, with the certificates that it does not show. */
function shown(projects: readonly Project[]): Project[] {
  return projects.map(({ appId, appCertificate, secondCertificate }) => ({
    appId,
    appCertificate,
    ...(secondCertificate === undefined ? {} : { secondCertificate }),
  }));
}

/** The problems of variables that are refused. */
async function problemsOf(sources: Env[], demo = false, readText?: (path: string) => string): Promise<readonly string[]> {
  const { code, message, problems = [] } = await assertRejects(() => loadConfig(sources, demo, readText), AgoraTokenError);
  assertEquals([code, message], ["invalid-value", problems.join("\n")]);
  return problems;
}

Deno.test("loadConfig() reads variables and their aliases, and uses the demo mode only if that is allowed", async () => {
  const config = async (env: Env, demo = false) => {
    const { options, ...address } = await loadConfig([env], demo);
    return { ...address, ...options, projects: shown(options.projects) };
  };
  const names = [
    "rateLimit",
    "trustedProxies",
    "oldContractVersion",
    "allowAppLevelTokens",
    "corsAllowOrigin",
    "drawUids",
  ] as const;
  const defaults = Object.fromEntries(names.map((name) => [name, undefined])); // the server has them
  assertEquals(await config(both), {
    projects: [{ appId: APP_ID, appCertificate: CERTIFICATE }],
    demo: false,
    host: "127.0.0.1",
    port: 8080,
    access: "loopback",
    ...defaults,
  });
  const empty = variableNames().filter((name) => !GUARDS.includes(name)).map((name) => [name, ""]); // as Compose files leave them
  assertEquals(await config({ ...Object.fromEntries(empty), ...both }), await config(both));
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
    AGORATOKEN_DRAW_UIDS: "1",
  });
  assertEquals([full.host, full.port, full.corsAllowOrigin, full.oldContractVersion], ["::1", 0, "*", "006"]);
  assertEquals([full.allowAppLevelTokens, full.drawUids], [true, true]);
  assertEquals(full.projects[0]!.secondCertificate, OTHER);
  assertEquals((await config({ ...both, APP_ID: OTHER, PORT: "1", SERVER_PORT: "2" })).port, 1);
  for (const [env, demo] of [[both, false], [{}, true], [{ AGORA_APP_ID: "" }, true]] as const) {
    assertEquals((await config(env, true)).demo, demo);
  }
});

Deno.test("loadConfig() takes App ID and certificate from one source and one pair of names, the environment's first", async () => {
  const plain = { APP_ID: OTHER, APP_CERTIFICATE: OTHER };
  const projects = async (...sources: Env[]) => shown((await optionsOf(sources)).projects);
  assertEquals(await projects(plain, both), [{ appId: OTHER, appCertificate: OTHER }]);
  assertEquals(await projects({}, both), [PROJECT]);
  assertEquals(await projects({ ...plain, ...both }), [PROJECT]);
  assertEquals(
    (await problemsOf([{ AGORA_APP_ID: APP_ID }, both])).map((problem) => problem.split(" ")[0]),
    [
      "AGORA_APP_CERTIFICATE",
    ],
  );
  const rotating = { ...plain, AGORATOKEN_SECOND_CERTIFICATE: CERTIFICATE };
  assertEquals(await projects(both, rotating), [PROJECT]);
  assertEquals((await projects({}, rotating))[0]!.secondCertificate, CERTIFICATE);
  const elsewhere = await problemsOf([{ AGORATOKEN_SECOND_CERTIFICATE: OTHER }, both]);
  assertStringIncludes(elsewhere[0]!, "must be set where AGORA_APP_ID is");
  assertEquals((await loadConfig([{ SERVER_PORT: "1" }, { PORT: "2", ...both }], false)).port, 1);
});

Deno.test("loadConfig() takes origins of any scheme", async () => {
  const origins = ["https://a.example", "capacitor://localhost", "app://bundle", "http://[::1]:8080"];
  const options = await optionsOf([{ ...both, CORS_ALLOW_ORIGIN: origins.join(" ,") }]);
  assertEquals(options.corsAllowOrigin, origins);
});

Deno.test("loadConfig() reads projects from a file, after those of the environment", async () => {
  const file = [{ appId: OTHER, appCertificate: CERTIFICATE, secondCertificate: OTHER }];
  const projects = async (text: string, env: Env = {}) =>
    shown((await optionsOf([{ AGORATOKEN_PROJECTS_FILE: "p.json", ...env }], () => text)).projects);
  const refused = async (text: string, env: Env = {}) =>
    await problemsOf([{ AGORATOKEN_PROJECTS_FILE: "p.json", ...env }], true, () => text);
  assertEquals(await projects(JSON.stringify(file)), file);
  assertEquals((await projects(JSON.stringify(file), both)).map(({ appId }) => appId), [APP_ID, OTHER]);
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
    const problems = await refused(text);
    assertEquals(problems.length, 1, text);
    assertStringIncludes(problems[0]!, "AGORATOKEN_PROJECTS_FILE");
    assert(!problems[0]!.includes(CERTIFICATE));
  }
  assertStringIncludes((await refused(JSON.stringify([...file, ...file])))[0]!, "AGORATOKEN_PROJECTS_FILE[1].appId");
  const upper = JSON.stringify([{ appId: APP_ID.toUpperCase(), appCertificate: OTHER }]);
  assertStringIncludes(
    (await refused(upper, both))[0]!,
    '"AGORATOKEN_PROJECTS_FILE[0].appId" must be the App ID of no project before it',
  );
  assertEquals((await refused(`[{"appId":"x"},${JSON.stringify(file[0])},{"appId":"y"}]`)).length, 2);
  assertEquals(await projects(`\uFEFF${JSON.stringify(file)}`), file);
});

Deno.test("loadConfig() reads each secret from its variable, or from the file that the variable with _FILE names", async () => {
  const projects = JSON.stringify([{ appId: OTHER, appCertificate: CERTIFICATE }]);
  const access = JSON.stringify({ keys: [await entryOf("app")] });
  const files: Record<string, string> = {
    id: `${APP_ID}\n`,
    one: `${CERTIFICATE}\r\n`,
    two: `\uFEFF${OTHER}`,
    projects,
    access,
  };
  const load = async (...sources: Env[]) => (await loadConfig(sources, false, (path) => files[path]!)).options;
  const names = { AGORA_APP_ID: "id", AGORA_APP_CERTIFICATE: "one", AGORATOKEN_SECOND_CERTIFICATE: "two" };
  const texts = { AGORATOKEN_PROJECTS: projects, AGORATOKEN_ACCESS: access };
  const ofFiles = { ...names, AGORATOKEN_PROJECTS: "projects", AGORATOKEN_ACCESS: "access" };
  const fromFiles = await load(Object.fromEntries(Object.entries(ofFiles).map(([name, path]) => [`${name}_FILE`, path])));
  const fromTexts = await load({ ...both, AGORATOKEN_SECOND_CERTIFICATE: OTHER, ...texts });
  for (const { projects, access } of [fromFiles, fromTexts]) {
    assertEquals(shown(projects), [{ ...PROJECT, secondCertificate: OTHER }, { appId: OTHER, appCertificate: CERTIFICATE }]);
    assert(typeof access === "object");
  }
  for (const prefix of ["APP", "SHENGWANG_APP"]) {
    const { projects } = await load({ [`${prefix}_ID`]: APP_ID, [`${prefix}_CERTIFICATE_FILE`]: "one" });
    assertEquals(shown(projects), [PROJECT]);
  }
  // A text counts before a file, as where an image names a file; and the environment before .env.
  assert(typeof (await load({ ...both, ...texts, AGORATOKEN_ACCESS_FILE: "absent" })).access === "object");
  assertEquals(shown((await load({ ...both }, { AGORA_APP_CERTIFICATE_FILE: "two" })).projects), [PROJECT]);

  const refused = async (env: Env) => await problemsOf([env], true, (path) => files[path] ?? "");
  const wrong = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE_FILE: "empty" };
  assertEquals((await refused(wrong)).map((problem) => problem.slice(0, 60)), [
    "AGORA_APP_CERTIFICATE_FILE must be 32 hexadecimal characters",
  ]);
  assertEquals(await refused({ ...both, AGORATOKEN_ACCESS: '{"jwt": {"secret": "s3cr3t"' }), [
    "AGORATOKEN_ACCESS: it is not JSON",
  ]);
  assertStringIncludes((await refused({ AGORATOKEN_PROJECTS: "[5]" }))[0]!, '"AGORATOKEN_PROJECTS[0]"');
});

Deno.test("loadConfig() reports every problem at once, and shows no secret", async () => {
  const refused: [Env, boolean, string[]][] = [
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
    [{ AGORATOKEN_SECOND_CERTIFICATE: OTHER }, true, ["must be set where AGORA_APP_ID is"]],
    [
      { AGORATOKEN_SECOND_CERTIFICATE: OTHER },
      false,
      ["AGORA_APP_ID is not set", "AGORA_APP_CERTIFICATE is not set", "--demo", "must be set where AGORA_APP_ID is"],
    ],
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
        ...[0, 2, 3, 4, 5].map((index) => `"CORS_ALLOW_ORIGIN[${index}]" must be an origin such as https://app.example`),
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
    const problems = await problemsOf([env], demo);
    assertEquals(problems.length, wanted.length, JSON.stringify(problems));
    for (const [index, part] of wanted.entries()) assertStringIncludes(problems[index]!, part);
    assert(!problems.join().includes(CERTIFICATE) && !problems.join().includes("gggg"));
  }
});

Deno.test("loadConfig() reads access, limits and proxies, and refuses unsafe configurations", async () => {
  const file = JSON.stringify({ keys: [await entryOf("app", { path: true })] });
  const load = async (env: Env, text = file) => await loadConfig([{ ...both, ...env }], true, () => text);
  const access = { AGORATOKEN_ACCESS_FILE: "a.json" };
  const { host, options } = await load({
    ...access,
    HOST: "0.0.0.0",
    AGORATOKEN_RATE_LIMIT: "0",
    AGORATOKEN_TRUSTED_PROXIES: "2",
  });
  assertEquals([host, options.rateLimit, options.trustedProxies, options.demo], ["0.0.0.0", 0, 2, false]);
  assert(typeof options.access === "object" && options.access.keysInPaths);
  assertEquals((await load(access)).host, "127.0.0.1");
  const refused: [Env, string, string?][] = [
    [access, "AGORATOKEN_ACCESS_FILE: it is not JSON", '{"jwt": {"secret": "s3cr3t"'],
    [access, 'AGORATOKEN_ACCESS_FILE: "jwt.issuer"', JSON.stringify({ jwt: { ...BY_SECRET, issuer: 5 } })],
    ...["-1", "1000001", "1.5", "1e3", "many"].map((limit): [Env, string] => [
      { AGORATOKEN_RATE_LIMIT: limit },
      '"AGORATOKEN_RATE_LIMIT" must be a whole number from 0 to 1000000',
    ]),
    [{ AGORATOKEN_TRUSTED_PROXIES: "11" }, '"AGORATOKEN_TRUSTED_PROXIES" must be a whole number from 0 to 10'],
    [
      { AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION: "yes" },
      '"AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION" must be 0 or 1',
    ],
    [{ ...access, OTEL_DENO: "true" }, "OTEL_TRACES_SAMPLER=always_off"],
    [{ ...access, OTEL_DENO: "TRUE" }, "OTEL_TRACES_SAMPLER=always_off"],
    [{ ...access, OTEL_DENO_TRACING: "1" }, "OTEL_TRACES_SAMPLER=always_off"],
  ];
  for (const [env, part, text] of refused) {
    const problems = await problemsOf([{ ...both, ...env }], true, () => text ?? file);
    assertEquals(problems.length, 1, `${problems}`);
    assertStringIncludes(problems[0]!, part);
    assert(!problems[0]!.includes("s3cr3t"));
  }
  await load({ ...access, OTEL_DENO: "true", OTEL_TRACES_SAMPLER: "always_off" });
  const pathless = JSON.stringify({ keys: [await entryOf("backend")] });
  await load({ ...access, OTEL_DENO: "true" }, pathless);
  // Fake credentials are for this machine alone.
  for (const env of [access, { AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION: "1" }]) {
    await problemsOf([env], true, () => file);
  }
});

Deno.test("loadConfig() gives certificates that no log and no JSON of the configuration shows, and that the server uses", async () => {
  const project = { appId: OTHER, appCertificate: CERTIFICATE.toUpperCase(), secondCertificate: CERTIFICATE };
  const env = { ...both, AGORATOKEN_PROJECTS_FILE: "p.json", AGORATOKEN_ACCESS_FILE: "a.json" };
  const files: Record<string, string> = {
    "p.json": JSON.stringify([project]),
    "a.json": JSON.stringify({ jwt: BY_SECRET, keys: [await entryOf("app")] }),
  };
  const config = await loadConfig([env], false, (path) => files[path]!);
  const texts = [
    Deno.inspect(config, { depth: 9 }),
    JSON.stringify(config),
    JSON.stringify({ ...config.options.projects[0] }),
    Deno.inspect(createTokenServer(config.options), { depth: 9 }),
  ];
  for (const text of texts) assert(!text.toLowerCase().includes(CERTIFICATE) && !text.includes("s3cr3t"), text);
  assertEquals(shown(config.options.projects)[1], project);
  createTokenServer({ ...config.options }); // which requires the certificates
});

Deno.test("loadConfig() refuses a variable that guards something and is set but empty, wherever it is set", async () => {
  for (const name of GUARDS) {
    const expected = [`${name} is set but empty: give it a value, or remove it`];
    for (const sources of [[{ ...both, [name]: "" }], [both, { [name]: "" }], [{ ...both, [name]: "" }, { [name]: "1" }]]) {
      assertEquals(await problemsOf(sources, false, () => "{}").then((problems) => problems.slice(0, 1)), expected);
    }
  }
});

Deno.test("loadConfig() keeps the cause if a file cannot be read, but no cause that may show its content", async () => {
  const missing = new Error("No such file: p.json");
  const certificate = "AGORATOKEN_SECOND_CERTIFICATE_FILE";
  for (const name of ["AGORATOKEN_PROJECTS_FILE", "AGORATOKEN_ACCESS_FILE", certificate]) {
    const load = async (readText: () => string) =>
      await assertRejects(() => loadConfig([{ ...both, [name]: "p.json" }], false, readText), AgoraTokenError);
    const unreadable = await load(() => {
      throw missing;
    });
    assertEquals([unreadable.problems, unreadable.cause], [[`${name}: it cannot be read`], missing]);
    if (name === certificate) continue;
    const malformed = await load(() => `[{"appCertificate": "${CERTIFICATE}`);
    assertEquals([malformed.problems, malformed.cause], [[`${name}: it is not JSON`], undefined]);
  }
});

Deno.test("envVariables() reads UTF-8 with or without a byte order mark, and refuses other encodings", () => {
  const text = "AGORA_APP_ID=abc\nPORT=1\n";
  const bytes = new TextEncoder().encode(text);
  const names = variableNames();
  assertEquals(envVariables(bytes, names), { AGORA_APP_ID: "abc", PORT: "1" });
  assertEquals(envVariables(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes), names), { AGORA_APP_ID: "abc", PORT: "1" });
  const wide = [...text].flatMap((character) => [character.charCodeAt(0), 0]);
  for (const wrong of [wide, [0xff, 0xfe, ...wide]]) {
    assertThrows(() => envVariables(Uint8Array.from(wrong), names), AgoraTokenError, "UTF-8");
  }
});

Deno.test("envVariables() reads the variables that are asked for, and expands no $", () => {
  const text = [
    "DATABASE_URL=postgres://$USER:${PASSWORD:-pa$$word}@db", // of somebody else
    "HOST=$HOME",
    "PORT=${PORT}",
    "SERVER_PORT=\\$1",
    'CORS_ALLOW_ORIGIN="$A"',
    "AGORA_APP_ID='$B'",
  ];
  assertEquals(envVariables(new TextEncoder().encode(text.join("\n")), variableNames()), {
    HOST: "$HOME",
    PORT: "${PORT}",
    SERVER_PORT: "\\$1",
    CORS_ALLOW_ORIGIN: "$A",
    AGORA_APP_ID: "$B",
  });
});

Deno.test("remarksOn() names certificates that are the App ID, a published sample's or made up, and shows none", async () => {
  const good = "c81f2d9be07a4653b1d8e94af6052c37";
  const cases: [string, string, string | undefined][] = [
    [OTHER, good, undefined],
    [good, good.toUpperCase(), "is the App ID"],
    [APP_ID, "5CFd2fd1755d40ecb72977518be15d3b", "is of a sample or made up"],
    [APP_ID, CERTIFICATE, "is of a sample or made up"],
    [APP_ID, "1".repeat(32), "is of a sample or made up"],
    [APP_ID, "0".repeat(31) + "1", "is of a sample or made up"],
  ];
  for (const [appId, certificate, part] of cases) {
    const project = { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: certificate };
    const second = { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: good, AGORATOKEN_SECOND_CERTIFICATE: certificate };
    for (const [env, name] of [[project, "appCertificate"], [second, "secondCertificate"]] as const) {
      const remarks = remarksOn(await optionsOf([env])).filter((remark) => remark.includes(name));
      assertEquals(remarks.length, part === undefined ? 0 : 1, remarks.join());
      assertStringIncludes(remarks.join(), part ?? "");
      assert(!remarks.join().toLowerCase().includes(certificate.toLowerCase()));
    }
  }
  assertEquals(remarksOn((await loadConfig([{}], true)).options), []); // the demo says that it is one
});
