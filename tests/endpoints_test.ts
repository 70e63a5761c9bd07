import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { verifyToken } from "../mod.ts";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import { answersOfWorker, NODE_24, tool } from "./runtimes/runtimes.ts";

// The endpoints of examples/, each where it runs: the same requests, and the same answers.

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const SECRET = "a secret of at least thirty-two bytes";

interface Answer {
  status: number;
  body: string;
}

/** The session of alice, as an application signs it. */
async function session(): Promise<string> {
  return await new SignJWT({ sub: "alice" }).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(SECRET));
}

/** With a session and a channel, without either, and with an invalid channel. */
function requests(url: string, jwt: string): [url: string, init: RequestInit][] {
  const json = { "content-type": "application/json" };
  const headers = { authorization: `Bearer ${jwt}`, ...json };
  const post = (init: RequestInit): [string, RequestInit] => [url, { method: "POST", ...init }];
  return [
    post({ headers, body: JSON.stringify({ channelName: "lobby" }) }),
    post({ headers: json, body: JSON.stringify({ channelName: "lobby" }) }),
    post({
      headers: { ...json, authorization: `Bearer ${jwt.slice(0, -20)}${"A".repeat(20)}` },
      body: JSON.stringify({ channelName: "lobby" }),
    }),
    post({ headers, body: JSON.stringify({ channelName: "é".repeat(32) }) }),
    post({ headers, body: "lobby" }),
  ];
}

async function assertAnswers(answers: Answer[]): Promise<void> {
  assertEquals(answers.map(({ status }) => status), [200, 401, 401, 400, 400]);
  const { token } = JSON.parse(answers[0]!.body);
  const { ok, findings } = await verifyToken(token, { certificates: CERTIFICATE, channelName: "lobby", account: "alice" });
  assert(ok, JSON.stringify(findings));
  for (const { body } of answers.slice(1)) assert(!body.includes(CERTIFICATE));
  assertStringIncludes(answers[3]!.body, "channelName");
}

/** A program that serves an example. */
interface Served {
  /** The program; without it, Deno. */
  command?: string;
  args: string[];
  /** The folder that it runs in; without it, the checkout. */
  cwd?: string;
  env: Record<string, string>;
}

/** Runs a program until it prints its URL, sends requests to each path, and gives the answers by path. */
async function askProgram({ command = Deno.execPath(), cwd = ROOT, args, env }: Served, jwt: string, paths = [""]) {
  const options = { args, cwd, env: { ...env, NO_COLOR: "1" }, stdout: "piped", stderr: "piped" } as const;
  const child = new Deno.Command(command, options).spawn();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let printed = "";
  const read = async (stream: ReadableStream<BufferSource>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      printed += chunk;
      const [url] = /http:\S+(?=\s)/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    }
  };
  const ended = Promise.all([read(child.stdout), read(child.stderr)]).then(() => resolve(undefined));
  const deadline = setTimeout(() => child.kill(), 120_000); // then it prints no more
  try {
    const url = await promise;
    assert(url !== undefined, printed);
    const answers: Answer[][] = [];
    for (const path of paths) {
      const ofPath: Answer[] = [];
      for (const [target, init] of requests(new URL(path, url).href, jwt)) {
        const response = await fetch(target, init);
        ofPath.push({ status: response.status, body: await response.text() });
      }
      answers.push(ofPath);
    }
    return answers;
  } finally {
    clearTimeout(deadline);
    child.kill("SIGTERM");
    await child.status;
    await ended;
  }
}

/** Runs an example on Deno at a free port, and sends requests to it. */
async function askDeno(example: string, env: Record<string, string>, jwt: string): Promise<Answer[]> {
  const args = ["run", "--allow-net=127.0.0.1", "--allow-env", `examples/${example}`];
  const [answers] = await askProgram({ args, env: { ...env, DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" } }, jwt);
  return answers!;
}

/** Runs with an empty folder in which the packages of tests/tools are installed, and with a free port. */
async function inProject(run: (folder: string, port: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  try {
    await Deno.symlink(tool(""), `${folder}/node_modules`);
    await Deno.writeTextFile(`${folder}/package.json`, '{ "private": true, "type": "module" }');
    await run(folder, `${listener.addr.port}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes one module of an example and all that it imports. */
async function bundleExample(example: string, file: string): Promise<void> {
  const { code, stderr } = await runDeno([
    ...["bundle", "-q", "--platform", "deno", "--config", `${ROOT}deno.json`, "-o", file, example],
  ]);
  assertEquals(code, 0, stderr);
}

const noFrameworks = skipWithout(
  "Next.js and Firebase Functions (npm install --prefix tests/tools)",
  await tryCommand("ls", tool("next/package.json"), tool("firebase-functions/package.json")) !== undefined,
);

Deno.test({
  name: "examples/nextjs_route.ts makes tokens for the user who is signed in, in Next.js, in Node and in the Edge Runtime",
  ignore: noFrameworks,
  fn: () =>
    inProject(async (folder, port) => {
      const example = await Deno.readTextFile(`${ROOT}examples/nextjs_route.ts`);
      for (const runtime of ["nodejs", "edge"]) {
        await Deno.mkdir(`${folder}/app/${runtime}`, { recursive: true });
        const source = `${folder}/${runtime}.ts`;
        await Deno.writeTextFile(source, runtime === "edge" ? example.replace(/^import process .*\n/m, "") : example);
        await bundleExample(source, `${folder}/${runtime}.js`);
        const route = `export const runtime = "${runtime}";\nexport { POST } from "../../${runtime}.js";\n`;
        await Deno.writeTextFile(`${folder}/app/${runtime}/route.js`, route);
      }
      await Deno.writeTextFile(
        `${folder}/app/layout.js`,
        "export default ({ children }) => <html><body>{children}</body></html>;\n",
      );
      // The packages are outside of the folder.
      await Deno.writeTextFile(`${folder}/next.config.mjs`, 'export default { turbopack: { root: "/" } };\n');
      const next = {
        command: NODE_24,
        args: [tool("next/dist/bin/next"), "dev", "-H", "127.0.0.1", "-p", port],
        cwd: folder,
        env: { ...CREDENTIALS, SESSION_SECRET: SECRET, NEXT_TELEMETRY_DISABLED: "1" },
      };
      for (const answers of await askProgram(next, await session(), ["nodejs", "edge"])) await assertAnswers(answers);
    }),
});

Deno.test({
  name: "examples/express.ts makes tokens for the user who is signed in, in Firebase Functions",
  ignore: noFrameworks,
  fn: () =>
    inProject(async (folder, port) => {
      const map = await Deno.readTextFile(`${ROOT}examples/README.md`);
      await Deno.writeTextFile(`${folder}/index.js`, /^```js\n(.*onRequest.*?)^```$/ms.exec(map)![1]!);
      await bundleExample("examples/express.ts", `${folder}/express.js`);
      const firebase = {
        command: NODE_24,
        args: [tool("@google-cloud/functions-framework/build/src/main.js"), "--target=agora"],
        cwd: folder,
        env: { ...CREDENTIALS, SESSION_SECRET: SECRET, PORT: port, NODE_ENV: "test" }, // no stack for the request that is no JSON
      };
      const [answers] = await askProgram(firebase, await session(), ["agora-token"]);
      await assertAnswers(answers!);
    }),
});

Deno.test({
  name: "examples/cloudflare_worker.ts makes tokens for the user who is signed in, in workerd",
  ignore: skipWithout("workerd (npm install --prefix tests/tools)", await tryCommand(NODE_24, "--version") !== undefined),
  async fn() {
    const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
    try {
      const bundled = await runDeno(["bundle", "-q", "--platform", "browser", "-o", bundle, "examples/cloudflare_worker.ts"]);
      assertEquals(bundled.code, 0, bundled.stderr);
      const env = { ...CREDENTIALS, SESSION_SECRET: SECRET };
      await assertAnswers(await answersOfWorker(bundle, env, requests("http://localhost/", await session())));
    } finally {
      await Deno.remove(bundle);
    }
  },
});

Deno.test("examples/deno_deploy.ts makes tokens for the user who is signed in", async () => {
  await assertAnswers(await askDeno("deno_deploy.ts", { ...CREDENTIALS, SESSION_SECRET: SECRET }, await session()));
});

Deno.test("examples/supabase_function.ts makes tokens for the user who is signed in at Supabase", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const keys = { keys: [{ ...await exportJWK(publicKey), alg: "ES256", kid: "1" }] };
  const auth = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const known = new URL(request.url).pathname === "/auth/v1/.well-known/jwks.json";
    return known ? Response.json(keys) : new Response(null, { status: 404 });
  });
  try {
    const jwt = await new SignJWT({ sub: "alice", aud: "authenticated" }).setProtectedHeader({ alg: "ES256", kid: "1" }).sign(
      privateKey,
    );
    const env = { ...CREDENTIALS, SUPABASE_URL: `http://127.0.0.1:${auth.addr.port}` };
    await assertAnswers(await askDeno("supabase_function.ts", env, jwt));
  } finally {
    await auth.shutdown();
  }
});

/** Sends the requests to something that answers them in this process, with the variables of the example. */
async function askHere(answer: (request: Request) => Response | Promise<Response>): Promise<Answer[]> {
  const variables = Object.entries({ ...CREDENTIALS, SESSION_SECRET: SECRET });
  const before = variables.map(([name]) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of variables) Deno.env.set(name, value);
  try {
    const answers: Answer[] = [];
    for (const [url, init] of requests("http://localhost/agora-token", await session())) {
      const response = await answer(new Request(url, init));
      answers.push({ status: response.status, body: await response.text() });
    }
    return answers;
  } finally {
    for (const [name, value] of before) value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  }
}

Deno.test("examples/express.ts makes tokens for the user who is signed in, in Express", async () => {
  const { app } = await import("../examples/express.ts");
  const listening = app.listen(0, "127.0.0.1");
  app.set("env", "test"); // no stack on standard error for the request that is no JSON
  await new Promise((resolve) => listening.on("listening", resolve));
  try {
    const { port } = listening.address() as { port: number };
    await assertAnswers(
      await askHere((request) => fetch(new Request(request.url.replace("localhost", `127.0.0.1:${port}`), request))),
    );
  } finally {
    await new Promise((resolve) => listening.close(resolve));
  }
});

Deno.test("examples/hono.ts makes tokens for the user who is signed in, in Hono", async () => {
  const { default: app } = await import("../examples/hono.ts");
  await assertAnswers(await askHere((request) => app.fetch(request)));
});

Deno.test("examples/nextjs_route.ts makes tokens for the user who is signed in", async () => {
  const { POST } = await import("../examples/nextjs_route.ts");
  await assertAnswers(await askHere(POST));
});

Deno.test("examples/aws_lambda.ts makes tokens for the user who is signed in, from events with and without base64", async () => {
  const { handler } = await import("../examples/aws_lambda.ts");
  for (const isBase64Encoded of [false, true]) {
    await assertAnswers(
      await askHere(async (request) => {
        const text = await request.text();
        const body = isBase64Encoded ? new TextEncoder().encode(text).toBase64() : text;
        const event = { version: "2.0", headers: Object.fromEntries(request.headers), body, isBase64Encoded };
        const { statusCode: status, body: answered } = await handler(event);
        return new Response(answered, { status });
      }),
    );
  }
});

for (
  const example of [
    "aws_lambda.ts",
    "express.ts",
    "hono.ts",
    "nextjs_route.ts",
    "cloudflare_worker.ts",
    "deno_deploy.ts",
    "supabase_function.ts",
  ]
) {
  Deno.test(`examples/${example} is short`, async () => {
    const lines = (await Deno.readTextFile(`${ROOT}examples/${example}`)).trimEnd().split("\n");
    assert(lines.length < 30, `${lines.length} lines`);
  });
}

Deno.test("examples/README.md is the map of every example", async () => {
  const map = await Deno.readTextFile(`${ROOT}examples/README.md`);
  for await (const { name } of Deno.readDir(`${ROOT}examples`)) assert(name === "README.md" || map.includes(name), name);
});
