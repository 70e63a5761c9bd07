import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { variableNames } from "../../src/config/mod.ts";
import { apiKey, BY_PEM, BY_SECRET, entryOf, jwtOf, SECRET } from "../access/harness.ts";
import { ROOT, skipWithout, tryCommand } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { assertToken, rtc, rtm, tokenOf } from "./harness.ts";
import { install, type Installed } from "../package/installed.ts";
import { BUN, NODE_22, NODE_24 } from "../runtimes/runtimes.ts";
import { COMMANDS, runServer, withFile, withServer } from "./processes.ts";

// What a user of the running server meets, the same whichever command runs it.

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const RUN = COMMANDS["deno run server.ts"]!;
const SERVE = COMMANDS["deno serve --parallel"]!;
const ACCESS = {
  keys: [await entryOf("backend"), await entryOf("app", { path: true }), await entryOf("slow", { rateLimit: 1 })],
  jwt: BY_PEM,
};

/** Waits until something holds: what a process writes comes a little later than its answer. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 5000; !holds() && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A way to run the server: its program and arguments. */
interface Way {
  name: string;
  program: string;
  args: () => Promise<string[]>;
  ignore?: boolean;
}

// `agoratoken serve` of the npm package, as packed and installed into an empty folder.
let made: Promise<Installed> | undefined;
const bin = async () => `${(await (made ??= install())).project}/node_modules/agoratoken/esm/src/cli/bin.js`;
const ofNpm = await Promise.all(
  Object.entries({ "Node 22": NODE_22, "Node 24": NODE_24, Bun: BUN }).map(async ([runtime, program]): Promise<Way> => ({
    name: `agoratoken serve in ${runtime}`,
    program,
    args: async () => [await bin(), "serve", "--port", "0"],
    ignore: skipWithout(`${runtime} (npm install --prefix tests/tools)`, await tryCommand(program, "--version") !== undefined),
  })),
);
const ofDeno = Object.entries(COMMANDS).map(([name, args]): Way => (
  { name, program: Deno.execPath(), args: () => Promise.resolve(args) }
));

for (const { name, program, args, ignore = false } of [...ofDeno, ...ofNpm]) {
  const withIt = async (...[env, use]: [env: Record<string, string>, use: Parameters<typeof withServer>[2]]) =>
    await withServer(await args(), env, use, {}, program);

  Deno.test(`${name} serves callers it knows, refuses others, and logs no secret`, { ignore }, async () => {
    await withFile(ACCESS, async (file) => {
      await withIt({ ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: file }, async ({ base, written, entries, end }) => {
        const secrets = [CERTIFICATE, "s3cr3t", "m4rked"];
        let count = 0;
        const ask = async (target: string, init: RequestInit & { as?: string } = {}) => {
          const { as, ...rest } = init;
          const headers = { origin: "http://localhost:3000", ...(as === undefined ? {} : { authorization: `Bearer ${as}` }) };
          const response = await fetch(base + target, { headers, redirect: "error", ...rest });
          const text = await response.text();
          count++;
          assert(response.headers.get("x-request-id")?.length === 36);
          assertEquals(response.headers.get("cache-control"), "no-store");
          if (!response.ok) assert(!secrets.some((secret) => text.includes(secret)), text);
          return { status: response.status, headers: response.headers, text };
        };
        const key = apiKey("backend");
        const post = { method: "POST", as: key };

        for (const open of ["/ping", "/healthz", "/openapi.json"]) assertEquals((await ask(open)).status, 200);
        await assertToken(JSON.parse((await ask("/rtc/lobby/publisher/uid/1001/", { as: key })).text).rtcToken, 3600, [
          rtc("lobby", "1001", true, 3600),
        ]);
        await assertToken(JSON.parse((await ask(`/k/${apiKey("app")}/rtm/bob`)).text).rtmToken, 3600, rtm("bob", 3600));
        const jwt = await jwtOf({ sub: "m4rked-user" });
        const own = JSON.stringify({ services: [{ type: "rtm", userId: "m4rked-user" }] });
        const answer = JSON.parse((await ask("/v1/tokens", { method: "POST", as: jwt, body: own })).text);
        assertEquals((await tokenOf(answer.token)).services, rtm("m4rked-user", 3600));
        secrets.push(answer.token);

        const statuses: [number, string, RequestInit & { as?: string }][] = [
          [401, "/rtm/bob", {}],
          [401, "/rtm/m4rked-user", { as: apiKey("wrong") }],
          [401, `/k/${apiKey("backend")}/rtm/bob`, {}],
          [401, `/k/${apiKey("wrong")}/rtm/bob`, { as: key }],
          [401, "/rtm/bob", { as: await jwtOf({ aud: "m4rked" }) }],
          [403, "/rtm/m4rked-user", { as: key }],
          [403, "/chat/app", { as: key }],
          [403, "/rtc/m4rked-channel/publisher/uid/1001", { as: key }],
          [404, `/k/${apiKey("app")}/m4rked`, {}],
          [405, "/rtm/bob", { as: key, method: "DELETE" }],
          [400, "/rtm/0", { as: key }],
          [400, "/v1/tokens", { ...post, body: '{"m4rked": ' }],
          [413, "/v1/tokens", { ...post, body: `"${"m4rked".repeat(20_000)}"` }],
          [200, "/rtm/bob", { as: key, method: "HEAD" }],
          [204, "/rtm/bob", { method: "OPTIONS" }],
        ];
        for (const [status, target, init] of statuses) assertEquals((await ask(target, init)).status, status, target);

        const slow = [];
        for (let index = 0; index < 5; index++) slow.push(await ask("/rtm/bob", { as: apiKey("slow") }));
        const limited = slow.find(({ status }) => status === 429)!;
        assertEquals(["limit", "remaining"].map((what) => limited.headers.get(`ratelimit-${what}`)), ["1", "0"]);
        assert(Number(limited.headers.get("retry-after")) > 0);
        assertStringIncludes(limited.headers.get("access-control-expose-headers")!, "Retry-After");

        await until(() => entries().length === count);
        const logged = entries();
        assertEquals(logged.length, count);
        assertEquals(new Set(logged.map(({ id }) => id)).size, count);
        assertEquals(
          logged.slice(3, 6).map(({ route, caller, appId, status }) => [route, `${caller}`.slice(0, 4), appId, status]),
          [["rtc", "key:", APP_ID, 200], ["rtm", "key:", APP_ID, 200], ["tokens", "jwt:", APP_ID, 200]],
        );
        assertEquals((await end()).code, 0);
        for (const secret of secrets) assert(!written().includes(secret), `${secret} is in what the server wrote`);
        assert(
          !/00[67][A-Za-z0-9+/=]{40}|\/k\/|bob|lobby/.test(written().replace(/^.*listens on[^]*?(?=^\{)/m, "")),
          written(),
        );
      });
    });
  });

  Deno.test(`${name} answers also when nobody reads its log any more`, { ignore }, async () => {
    await withFile({ keys: [await entryOf("backend")] }, async (file) => {
      await withIt({ ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: file }, async ({ base, deafen }) => {
        deafen();
        for (let count = 0; count < 3; count++) {
          const response = await fetch(`${base}/rtm/bob`, { headers: { authorization: `Bearer ${apiKey("backend")}` } });
          await tokenOf((await response.json()).rtmToken);
        }
      });
    });
  });

  Deno.test(`${name} loses no request that it has accepted when it is to end`, { ignore }, async () => {
    await withFile({ keys: [await entryOf("backend", { rateLimit: 1_000_000 })] }, async (file) => {
      await withIt({ ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: file }, async ({ base, entries, end }) => {
        const { hostname, port } = new URL(base);
        const authorization = `Bearer ${apiKey("backend")}`;
        // Requests whose bodies are half sent when the signal comes.
        const body = JSON.stringify({ services: [{ type: "rtm", userId: "bob" }] });
        const slow = await Promise.all(Array.from({ length: 20 }, async () => {
          const connection = await Deno.connect({ hostname, port: Number(port) });
          const head =
            `POST /v1/tokens HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\nContent-Length: ${body.length}\r\n\r\n`;
          await connection.write(new TextEncoder().encode(head + body.slice(0, 5)));
          return connection;
        }));
        // And a load of short ones, which goes on until the server takes no more.
        let [answered, isOver] = [0, false];
        const load = Array.from({ length: 10 }, async () => {
          while (!isOver) {
            try {
              const response = await fetch(`${base}/rtm/bob`, { headers: { authorization, connection: "close" } });
              await tokenOf((await response.json()).rtmToken);
              answered++;
            } catch {
              isOver = true;
            }
          }
        });
        await until(() => answered > 50);
        const status = end();
        await new Promise((resolve) => setTimeout(resolve, 200));
        for (const connection of slow) await connection.write(new TextEncoder().encode(body.slice(5)));
        for (const connection of slow) {
          const part = new Uint8Array(4096);
          const length = await connection.read(part);
          const [first] = new TextDecoder().decode(part.subarray(0, length ?? 0)).split("\r\n");
          // `deno serve` cuts bodies off that are still arriving: their clients may send them again.
          assert(
            first === "HTTP/1.1 200 OK" || name === "deno serve --parallel" && first === "HTTP/1.1 503 Service Unavailable",
            first,
          );
          if (first.includes("200")) answered++;
          connection.close();
        }
        await Promise.all(load);
        assertEquals((await status).code, 0);
        // Every request that the server has answered has reached its client.
        assertEquals(entries().filter(({ status }) => status === 200).length, answered);
      });
    });
  });
}

Deno.test("server.ts refuses to start on a public address without authentication, unless a variable says so", async () => {
  for (const host of ["0.0.0.0", "::", "192.168.0.7"]) {
    const { code, stdout, stderr } = await runServer(RUN, { ...CREDENTIALS, HOST: host });
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, '"HOST" must be 127.0.0.1, localhost or ::1: callers are not authenticated');
    assertStringIncludes(stderr, "AGORATOKEN_ACCESS_FILE");
  }
  const env = { ...CREDENTIALS, HOST: "0.0.0.0", AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION: "1" };
  await withServer(
    RUN.map((arg) => arg.replace("--allow-net=127.0.0.1", "--allow-net=0.0.0.0")),
    env,
    async ({ base, written }) => {
      const response = await fetch(`${base}/rtm/bob`, { headers: { host: "tokens.example" } });
      assertEquals([response.status, response.headers.get("ratelimit-limit")], [200, "600"]);
      await response.body?.cancel();
      assertStringIncludes(written(), "ANYONE");
    },
  );
});

Deno.test("server.ts and serve.ts say in one sentence which permissions they lack, and ask for none", async () => {
  const sentence =
    "The server must be allowed to listen and to read variables and files: --allow-net --allow-env --allow-read.\n";
  for (const flags of [[], ["--allow-env"], ["--allow-env", "--allow-read"], ["--allow-net", "--allow-read"]]) {
    const { code, stdout, stderr } = await runServer(["run", "--no-prompt", ...flags, "server.ts", "--demo"], CREDENTIALS);
    assertEquals([code, stdout, stderr], [1, "", `agoratoken: ${sentence}`]);
  }
  const { code } = await runServer(["run", "--allow-env", "--allow-read", "server.ts", "--check-config"], CREDENTIALS);
  assertEquals(code, 0);
  await withServer(
    ["serve", "--no-prompt", "--host=127.0.0.1", "--port=0", "src/config/serve.ts"],
    {},
    async ({ base, written }) => {
      const response = await fetch(base);
      assertEquals((await response.json()).status, 503);
      assertStringIncludes(written(), `agoratoken refuses every request: ${sentence}`);
    },
  );
});

Deno.test("serve.ts refuses every request without authentication, and has no demo mode", async () => {
  for (const env of [CREDENTIALS, {}, { ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: "/absent.json" }]) {
    await withServer(SERVE, env, async ({ base, written }) => {
      for (const target of ["/rtm/bob", "/ping", "/nope"]) {
        const response = await fetch(base + target);
        assertEquals([response.status, (await response.json()).status], [503, 503]);
      }
      assertStringIncludes(written(), "refuses every request");
    });
  }
  const anyone = { ...CREDENTIALS, AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION: "1" };
  await withServer(SERVE, anyone, async ({ base }) => {
    const response = await fetch(`${base}/rtm/bob`);
    assertEquals(response.status, 200);
    await response.body?.cancel();
  });
});

Deno.test("Deno's traces have the names of routes, and no secret", async () => {
  await withFile({ keys: [await entryOf("backend")], jwt: BY_SECRET }, async (file) => {
    const env = {
      OTEL_DENO: "true",
      OTEL_DENO_TRACING: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "console",
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
    await withServer(RUN, { ...CREDENTIALS, AGORATOKEN_ACCESS_FILE: file, ...env }, async ({ base, written, end }) => {
      for (
        const as of [
          apiKey("backend"),
          apiKey("wrong"),
          await jwtOf({ sub: "bob" }, new TextEncoder().encode(SECRET), { alg: "HS256" }),
        ]
      ) {
        await (await fetch(`${base}/rtm/bob`, { headers: { authorization: `Bearer ${as}` } })).text();
      }
      await end();
      assertEquals([...written().matchAll(/SPAN.* GET \/rtm\/:uid/g)].length, 3, written());
      assertStringIncludes(written(), "http.route: /rtm/:uid");
      // Tokens as they begin: the random ids of spans may hold 006 or 007 as well.
      assert(!/s3cr3t|007eJ|006[0-9a-f]{32}I/.test(written()) && !written().includes(CERTIFICATE), written());
    });
  });
});

Deno.test("the permissions of every command name the variables that are read, and no other", async () => {
  const { tasks, permissions } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  assertEquals(permissions.server.env.toSorted(), variableNames().toSorted());
  assertEquals(/--allow-env=(\S+)/.exec(tasks.start)![1]!.split(",").toSorted(), variableNames().toSorted());
});

for (const { name, program, args, ignore } of ofNpm) {
  Deno.test(`${name} has the page, says what is wrong with its options, and checks its configuration`, { ignore }, async () => {
    const [file, ...more] = await args();
    await withServer(
      [file!, ...more, "--demo"],
      {},
      async ({ base, written }) => {
        const page = await fetch(base);
        assertEquals([page.status, await page.text()].map(String), [
          "200",
          (await served()).replace("<html", "<html data-demo"),
        ]);
        assertStringIncludes(page.headers.get("content-security-policy")!, "connect-src 'self'");
        assertStringIncludes(written(), "DEMO MODE");
      },
      { cwd: "/" },
      program,
    );
    const run = async (...flags: string[]) => await runServer([file!, "serve", ...flags], CREDENTIALS, program);
    const bad = await run("--nope", "--port=x");
    assertEquals([bad.code, bad.stdout], [1, ""]);
    assertStringIncludes(bad.stderr, "--nope is unknown: there are --demo");
    assertStringIncludes((await run("--port", "65536")).stderr, '"--port" must be');
    assertMatch((await run("--check-config")).stdout, /^agoratoken: the configuration is good\.\n$/m);
    assertStringIncludes((await run("--help")).stdout, "agoratoken serve [--demo]");
  });
}

/** Sends text as it is to a server, and gives the first line of each answer, until the server closes the connection. */
async function raw(base: string, ...texts: string[]): Promise<string[]> {
  const { hostname, port } = new URL(base);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const answers = new Response(connection.readable).text();
  const writer = connection.writable.getWriter();
  for (const text of texts) await writer.write(new TextEncoder().encode(text)).catch(() => {});
  return [...(await answers.catch(() => "")).matchAll(/HTTP\/1\.1 \d{3} [^\r]*/g)].map(([line]) => line);
}

for (const { name, program, args, ignore } of ofNpm) {
  Deno.test(`${name} answers what no client should send, and goes on`, { ignore }, async () => {
    await withServer(
      await args(),
      CREDENTIALS,
      async ({ base, written }) => {
        const close = "Connection: close\r\n\r\n";
        const bad = ["GET / HTTP/1.1\r\nHost: a b", "GET / HTTP/1.1\r\nHost: a/b", "OPTIONS * HTTP/1.1\r\nHost: localhost"];
        for (const head of [...bad, "GET http://me@localhost/ HTTP/1.1\r\nHost: localhost"]) {
          const [line] = await raw(base, `${head}\r\n${close}`);
          assertMatch(line!, /^HTTP\/1\.1 400 /, head);
        }
        const [other] = await raw(base, `GET http://evil.example/rtm/bob HTTP/1.1\r\nHost: localhost\r\n${close}`);
        assertMatch(other!, /^HTTP\/1\.1 421 /);
        await raw(base, `TRACE / HTTP/1.1\r\nHost: localhost\r\n${close}`);
        // A body that nobody reads does not stand before the next request.
        const body = "x".repeat(200_000);
        const lines = await raw(
          base,
          `POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`,
          body,
          `GET /ping HTTP/1.1\r\nHost: localhost\r\n${close}`,
        );
        assertEquals(lines.map((line) => line.slice(9, 12)), ["404", "200"]);
        assert(!/failed|Error/.test(written()), written());
      },
      {},
      program,
    );
  });
}

const noSystem = skipWithout("xdg-open", Deno.build.os === "linux"); // each system has its own command
Deno.test("--open opens the page in a browser, and says where it is if there is none", { ignore: noSystem }, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [way] = ofNpm.filter(({ ignore }) => !ignore);
    const [command, program] = way === undefined ? [RUN, Deno.execPath()] : [await way.args(), way.program];
    await Deno.writeTextFile(`${folder}/xdg-open`, `#!/bin/sh\necho "$1" > ${folder}/opened\n`, { mode: 0o755 });
    const env = (PATH: string) => ({ ...CREDENTIALS, PATH });
    await withServer(
      [...command, "--open"],
      env(`${folder}:/bin:/usr/bin`),
      async ({ base }) => {
        const opened = () => tryText(`${folder}/opened`);
        await until(() => opened() !== "");
        assertEquals(opened(), `${base}\n`);
      },
      {},
      program,
    );
    await withServer(
      [...command, "--open"],
      env("/nothing"),
      async ({ base, written }) => {
        await until(() => written().includes("no browser"));
        assertStringIncludes(written(), `open ${base} yourself`);
      },
      {},
      program,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function tryText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

/** The page as a server has it. */
async function served(): Promise<string> {
  const html = await Deno.readTextFile(`${ROOT}playground/index.html`);
  return html.replace("connect-src 'none'", "connect-src 'self'");
}

Deno.test("a port in use is said by every server", async () => {
  const other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const env = { ...CREDENTIALS, PORT: String(other.addr.port) };
  const file = ofNpm.every(({ ignore }) => ignore) ? [] : [await bin()];
  const all = [
    [RUN, Deno.execPath()],
    ...ofNpm.filter(({ ignore }) => !ignore).map(({ program }) => [[...file, "serve"], program]),
  ];
  for (const [args, program] of all as [string[], string][]) {
    const { code, stderr } = await runServer(args, env, program);
    assertEquals([code, stderr], [1, `agoratoken: port ${other.addr.port} is in use: set PORT to another.\n`], program);
  }
  other.close();
});

Deno.test.afterAll(async () => {
  if (made !== undefined) await Deno.remove((await made).folder, { recursive: true });
});
