import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { verifyToken } from "../mod.ts";
import { ROOT, runDeno, skipWithout, tryCommand } from "./helpers.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import { answersOfWorker, NODE_24 } from "./runtimes/runtimes.ts";

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

/** Runs an example on Deno at a free port, and sends requests to it. */
async function askDeno(example: string, env: Record<string, string>, jwt: string): Promise<Answer[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-net=127.0.0.1", "--allow-env", `examples/${example}`],
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1", DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const [log, rest] = child.stderr.tee();
  const unread = new Response(rest).text();
  const deadline = setTimeout(() => child.kill(), 120_000); // then the log ends
  try {
    let printed = "";
    for await (const chunk of log.pipeThrough(new TextDecoderStream())) {
      printed += chunk;
      if (/http:\S+/.test(printed)) break;
    }
    const url = /http:\S+/.exec(printed)?.[0];
    assert(url !== undefined, printed);
    const answers: Answer[] = [];
    for (const [target, init] of requests(url, jwt)) {
      const response = await fetch(target, init);
      answers.push({ status: response.status, body: await response.text() });
    }
    return answers;
  } finally {
    clearTimeout(deadline);
    child.kill("SIGTERM");
    await child.status;
    await unread;
  }
}

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
