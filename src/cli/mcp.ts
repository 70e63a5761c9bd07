import { readFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import { APP_CERTIFICATE, APP_ID, CREDENTIAL_NAMES, findCredentials } from "../config/credentials.ts";
import { AgoraTokenError } from "../errors.ts";
import type { McpGrant, McpOptions } from "../mcp/mod.ts";
import { VERSION } from "../server/contracts/openapi.ts";
import { defined } from "../validate.ts";
import { type OptionTypes, withKnownNames } from "./names.ts";
import { complain } from "./terminal.ts";

// The command that serves the tools of src/mcp/ to models, over standard input and output, by the official SDK.

/** The options of the command. */
export const MCP_OPTIONS: OptionTypes = { "allow-build": { type: "string" }, help: { type: "boolean", short: "h" } };

/** What the command takes. */
export const MCP_HELP = `agoratoken mcp [--allow-build GRANT.json]

An MCP server over standard input and output, which a client for models starts by itself, with the tools inspect, diagnose, explain
and find. It needs the official SDK: npm install @modelcontextprotocol/sdk. What to write into the settings of a client: docs/mcp.md.

  --allow-build FILE   also the tool build, which makes tokens within a grant of JSON, for an hour at most:
                       {"services": ["rtc"], "channels": ["test-*"], "users": ["1001"], "roles": ["subscriber"], "maxExpire": 600}

${APP_ID} and ${APP_CERTIFICATE} are taken from the environment, and from nowhere else. Without the certificate no signature is checked.
`;

/**
 * The SDK. No other command needs it, and so it is not in `imports`, nor in a statement that bundlers, dnt and JSR see: it is
 * loaded by a name that they do not know. On npm it is an optional peer; Deno fetches it with the first `mcp`.
 */
const SDK = "Deno" in globalThis ? "npm:@modelcontextprotocol/sdk@^1.32.0" : "@modelcontextprotocol/sdk";

/** What of the SDK is used, with its own types: a test compares them. */
export interface McpSdk {
  /** `server/index.js`. Its other class, `McpServer`, takes schemas of Zod only. */
  readonly Server: new (
    info: { name: string; version: string },
    options: { capabilities: { tools: Record<string, never> }; instructions: string },
  ) => {
    setRequestHandler(schema: object, handler: (request: { params: { name: string; arguments?: unknown } }) => unknown): void;
    connect(transport: object): Promise<void>;
    onclose?: () => void;
  };
  /** `server/stdio.js`. */
  readonly StdioServerTransport: new () => object;
  /** `types.js`. */
  readonly ListToolsRequestSchema: object;
  /** `types.js`. */
  readonly CallToolRequestSchema: object;
}

async function loadSdk(): Promise<McpSdk> {
  try {
    const parts = ["server/index.js", "server/stdio.js", "types.js"].map((path) => import(`${SDK}/${path}`));
    return Object.assign({}, ...await Promise.all(parts));
  } catch (error) {
    const message = "The SDK of MCP cannot be loaded: npm install @modelcontextprotocol/sdk@1, or start with " +
      "npx -y -p agoratoken -p @modelcontextprotocol/sdk@1 agoratoken mcp (in a checkout: deno task mcp)";
    throw new AgoraTokenError("invalid-value", message, { cause: error });
  }
}

/** Serves the tools until standard input ends, and gives the exit status. */
export async function runMcp(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: withKnownNames(args, MCP_OPTIONS),
    options: MCP_OPTIONS,
    allowPositionals: true,
  });
  if (positionals.length > 0) throw new AgoraTokenError("unknown-field", "mcp takes no arguments: see agoratoken mcp --help");
  const path = values["allow-build"] as string | undefined;
  const { createMcpTools } = await import("../mcp/mod.ts");
  const allowBuild = path === undefined ? undefined : await grantIn(path);
  const { instructions, tools, call } = createMcpTools(defined({ ...credentials(), allowBuild }));
  const { Server, StdioServerTransport, ListToolsRequestSchema, CallToolRequestSchema } = await loadSdk();
  const server = new Server({ name: "agoratoken", version: VERSION }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => call(params.name, params.arguments));
  const ended = new Promise<number>((resolve) => {
    process.stdin.once("end", () => resolve(0));
    server.onclose = () => {
      complain("A message was longer than the SDK takes, which is 10 MB");
      resolve(1);
    };
  });
  await server.connect(new StdioServerTransport());
  return await ended;
}

/** App ID and certificate, from the environment only: the folder in which a client starts this, and its `.env`, may be anybody's. */
function credentials(): McpOptions {
  const variables = Object.fromEntries(CREDENTIAL_NAMES.flat().map((name) => [name, process.env[name]]));
  const { env, names: [id, certificate] } = findCredentials([variables]) ?? { env: {}, names: CREDENTIAL_NAMES[0] };
  return defined({ appId: env[id] || undefined, appCertificate: env[certificate] || undefined });
}

/** The grant in a file. */
async function grantIn(path: string): Promise<McpGrant> {
  try {
    return JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, "")); // editors of Windows write a byte order mark
  } catch (error) {
    const what = error instanceof SyntaxError ? "is not JSON" : "cannot be read"; // their messages repeat content and path
    throw new AgoraTokenError("invalid-value", `The file of --allow-build ${what}`, { cause: error });
  }
}
