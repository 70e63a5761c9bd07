import { Client } from "@modelcontextprotocol/sdk/client";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { McpAnswer } from "../../src/mcp/mod.ts";

/** A server that a client of the official SDK started. */
export interface Session {
  /** The names of its tools. */
  readonly tools: readonly string[];
  /** Calls a tool. */
  call(name: string, input: Record<string, unknown>): Promise<McpAnswer>;
}

/** Starts a server with the official SDK's client, runs `use`, and ends the server. */
export async function withSession(
  command: { command: string; args: string[]; cwd: string; env?: Record<string, string> },
  use: (session: Session) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: "test", version: "1" });
  const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", NO_COLOR: "1", ...command.env };
  await client.connect(new StdioClientTransport({ ...command, env, stderr: "inherit" }));
  try {
    const { tools } = await client.listTools();
    await use({
      tools: tools.map(({ name }) => name),
      call: async (name, input) => await client.callTool({ name, arguments: input }) as unknown as McpAnswer,
    });
  } finally {
    await client.close();
  }
}
