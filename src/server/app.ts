import { STATUS_CODE, STATUS_TEXT } from "@std/http/status";
import { checkedToken } from "../access_token2/build.ts";
import { AgoraTokenError } from "../errors.ts";
import { packToken } from "../pack.ts";
import { utf8 } from "../wire/bytes.ts";
import type { ServerConfig } from "./config.ts";
import { type Contract, type ContractInput, CONTRACTS } from "./contracts.ts";

/** A token server: a function from request to response, for `Deno.serve` and everything that speaks Fetch. */
export type TokenServer = (request: Request) => Promise<Response>;

/** The largest request body, in bytes. */
const MAX_BODY = 64 * 1024;

/**
 * Makes a token server.
 *
 * @param config The project, and whether it is a demo.
 * @returns The function that answers requests. It never rejects.
 *
 * @example Serve it
 * ```ts ignore
 * import { createTokenServer } from "@agoratoken/agoratoken/server";
 *
 * const credentials = { appId: Deno.env.get("AGORA_APP_ID")!, appCertificate: Deno.env.get("AGORA_APP_CERTIFICATE")! };
 * Deno.serve({ hostname: "127.0.0.1" }, createTokenServer({ credentials }));
 * ```
 */
export function createTokenServer(config: Pick<ServerConfig, "credentials"> & Partial<ServerConfig>): TokenServer {
  return async function tokenServer(request: Request): Promise<Response> {
    const response = await answer(request, config);
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    if (config.demo) response.headers.set("agoratoken-mode", "demo: fake credentials, these tokens work nowhere");
    return response;
  };
}

async function answer(request: Request, { credentials }: Pick<ServerConfig, "credentials">): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const routes = CONTRACTS.flatMap((contract) => {
    const params = matchPath(contract.path, pathname);
    return params === undefined ? [] : [{ contract, params }];
  });
  if (routes.length === 0) return refusal(undefined, STATUS_CODE.NotFound, "There is no such route");
  const route = routes.find(({ contract }) => contract.method === request.method);
  if (route === undefined) {
    const allow = routes.map(({ contract }) => contract.method).join(", ");
    const response = refusal(undefined, STATUS_CODE.MethodNotAllowed, `This route takes ${allow}`);
    response.headers.set("allow", allow);
    return response;
  }
  const { contract, params } = route;
  if ("answer" in contract) return json(STATUS_CODE.OK, contract.answer);
  try {
    const input: ContractInput = {
      params: decodeParams(params),
      query: searchParams,
      body: contract.method === "POST" ? await readJson(request) : undefined,
    };
    const token = checkedToken({ ...credentials, ...contract.wish(input) });
    return json(STATUS_CODE.OK, contract.reply(await packToken(token, credentials.appCertificate), token));
  } catch (error) {
    if (error instanceof AgoraTokenError || error instanceof TypeError && "field" in error) {
      const status = error instanceof AgoraTokenError && error.code === "too-large"
        ? STATUS_CODE.ContentTooLarge
        : STATUS_CODE.BadRequest;
      return refusal(contract, status, error.message, error);
    }
    return refusal(contract, STATUS_CODE.InternalServerError, "The server failed");
  }
}

/** The named parts of a path, or nothing where it is another route. Slashes at the end or doubled do not count. */
function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split("/").filter((part) => part !== "");
  const parts = pathname.split("/").filter((part) => part !== "");
  if (parts.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    if (name.startsWith(":")) params[name.slice(1)] = parts[index]!;
    else if (name !== parts[index]) return undefined;
  }
  return params;
}

function decodeParams(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        throw new AgoraTokenError("invalid-value", `"${name}" must be percent-encoded UTF-8`, { field: name });
      }
    }),
  );
}

/** The JSON of a body, counted while it streams in. */
async function readJson(request: Request): Promise<unknown> {
  const text = new TextDecoder("utf-8", { fatal: true });
  let source = "";
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > MAX_BODY) break;
      source += text.decode(chunk, { stream: true });
    }
    if (length <= MAX_BODY) return JSON.parse(source + text.decode());
  } catch {
    throw new AgoraTokenError("invalid-value", '"body" must be JSON', { field: "body", expected: "JSON" });
  }
  throw new AgoraTokenError("too-large", `"body" must be at most ${MAX_BODY} bytes`, { field: "body" });
}

function json(status: number, body: unknown, type = "application/json"): Response {
  const bytes = utf8(JSON.stringify(body));
  return new Response(bytes, { status, headers: { "content-type": type, "content-length": String(bytes.length) } });
}

/** A refusal in the form of its contract, or as problem JSON with our code and field. */
function refusal(contract: Contract | undefined, status: number, message: string, error?: Error): Response {
  if (contract !== undefined && "refusal" in contract && contract.refusal !== undefined) {
    return json(status, contract.refusal(message, status));
  }
  const code = error instanceof AgoraTokenError ? { code: error.code } : error === undefined ? {} : { code: "invalid-type" };
  const field = error !== undefined && "field" in error && error.field !== undefined ? { field: error.field } : {};
  const problem = { title: STATUS_TEXT[status], status, detail: message, ...code, ...field };
  return json(status, problem, "application/problem+json");
}
