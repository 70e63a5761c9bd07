import type { Server } from "@modelcontextprotocol/sdk/server";
import type { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio";
import type { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types";
import { assertEquals, assertMatch } from "@std/assert";
import type { McpSdk } from "../../src/cli/mcp.ts";
import { verifyToken } from "../../mod.ts";
import { cli } from "../cli/harness.ts";
import { ROOT, runDeno } from "../helpers.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { assertDefused } from "./checks.ts";
import { HOSTILE } from "./hostile.ts";
import { type Session, withSession } from "./stdio.ts";

/** The SDK's own types, to which the command's must fit: this fails to compile where they do not. */
interface Official {
  Server: typeof Server;
  StdioServerTransport: typeof StdioServerTransport;
  CallToolRequestSchema: typeof CallToolRequestSchema;
  ListToolsRequestSchema: typeof ListToolsRequestSchema;
}
const _fits = (sdk: Official): McpSdk => sdk;

const CREDENTIALS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
const GRANT = { services: ["rtc"], channels: ["test-*"], users: ["1001"], roles: ["subscriber"], maxExpire: 600 };

/** A session with the command as `deno task mcp` runs it. */
function session(args: string[], use: (session: Session) => Promise<void>, env: Record<string, string> = CREDENTIALS) {
  return withSession({ command: Deno.execPath(), args: ["task", "-q", "mcp", ...args], cwd: ROOT, env }, use);
}

/** The client waits two seconds for the server to end, by a timer that it never clears. */
const sanitizers = { sanitizeOps: false, sanitizeResources: false };

/** Runs with a file of JSON. */
async function withFile(content: string, run: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, content);
    await run(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test(
  "mcp answers each hostile input to the official client without a secret",
  sanitizers,
  () =>
    session([], async ({ tools, call }) => {
      assertEquals(tools, ["inspect", "diagnose", "explain", "find"]);
      for (const hostile of HOSTILE) {
        const { text, more = {} } = hostile;
        for (const tool of tools) {
          assertDefused(hostile, await call(tool, { text, ...more }));
        }
      }
    }),
);

Deno.test(
  "mcp takes the certificate from the environment, and has no build without --allow-build",
  sanitizers,
  () =>
    session([], async ({ call }) => {
      const token = await packed({ issueTs: Math.floor(Date.now() / 1000) });
      const { structuredContent } = await call("diagnose", { text: token, channelName: "lobby", uid: 1001, intent: "join" });
      assertEquals([structuredContent.verdict, structuredContent.signature], ["works", "valid"]);
      const { isError } = await call("build", {
        services: [{ type: "rtc", channelName: "lobby", uid: 1001, role: "publisher" }],
      });
      assertEquals(isError, true);
    }),
);

Deno.test(
  "mcp --allow-build builds within the grant, and no more",
  sanitizers,
  () =>
    withFile(JSON.stringify(GRANT), (path) =>
      session(["--allow-build", path], async ({ tools, call }) => {
        assertEquals(tools.at(-1), "build");
        const rtc = { type: "rtc", channelName: "test-1", uid: 1001, role: "subscriber" };
        const { structuredContent: { token, expire } } = await call("build", { services: [rtc] });
        assertEquals(expire, 600);
        assertEquals(
          (await verifyToken(token as string, { certificates: CERTIFICATE, channelName: "test-1", uid: 1001 })).ok,
          true,
        );
        for (const change of [{ channelName: "live" }, { channelName: "*" }, { uid: 0 }, { uid: 7 }, { role: "publisher" }]) {
          const { isError, structuredContent: { error } } = await call("build", { services: [{ ...rtc, ...change }] });
          assertEquals([isError, (error as { code: string }).code], [true, "forbidden"]);
        }
        for (const more of [{ expire: 601 }, { expire: 86_400 }]) {
          assertEquals((await call("build", { services: [rtc], ...more })).isError, true);
        }
        assertEquals((await call("build", { services: [{ type: "chat", app: true }] })).isError, true);
      })),
);

Deno.test("mcp takes no credentials from a .env file", sanitizers, async () => {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${cwd}/.env`, `AGORA_APP_ID=${APP_ID}\nAGORA_APP_CERTIFICATE=${CERTIFICATE}\n`);
    const args = [
      "run",
      "-q",
      "--config",
      `${ROOT}deno.json`,
      `--lock=${ROOT}deno.lock`,
      "--frozen",
      "-ER",
      `${ROOT}src/cli/mod.ts`,
    ];
    await withSession({ command: Deno.execPath(), args: [...args, "mcp"], cwd }, async ({ call }) => {
      const { structuredContent } = await call("diagnose", { text: await packed() });
      assertEquals(structuredContent.signature, "uncheckable");
    });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("mcp says what is wrong with a grant, and ends", async () => {
  const said = async (content: string) => {
    let error = "";
    await withFile(content, async (path) => {
      const { code, stdout, stderr } = await runDeno(["task", "-q", "mcp", "--allow-build", path], { env: CREDENTIALS });
      assertEquals([code, stdout], [1, ""]);
      error = stderr;
    });
    return error;
  };
  assertEquals(await said("{"), "The file of --allow-build is not JSON\n");
  assertMatch(await said("\ufeff" + JSON.stringify({ ...GRANT, appLevel: true })), /^Unknown field "grant.appLevel"/);
  assertMatch(await said(JSON.stringify({ ...GRANT, appLevel: true })), /^Unknown field "grant.appLevel"/);
});

Deno.test("mcp ends with its input", async () => {
  const { code, stdout, stderr } = await runDeno(["task", "-q", "mcp"], { stdin: "no JSON\n" });
  assertEquals([code, stdout, stderr], [0, "", ""]);
});

// Without the stand-ins of `links` there is no lock that keeps the SDK away.
const ignore = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`)).links === undefined;

Deno.test("mcp says how to get the SDK where it is not there, and help says what it is", { ignore }, async () => {
  const { code, stderr } = await cli(["mcp"]); // whose lock does not have it
  assertEquals(code, 1);
  assertMatch(stderr, /^(Download .*\n)*The SDK of MCP cannot be loaded: npm install @modelcontextprotocol\/sdk@1, /);
  assertMatch((await cli(["help", "mcp"])).stdout, /--allow-build FILE/);
});
