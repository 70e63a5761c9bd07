import { STATUS_CODE, STATUS_TEXT } from "@std/http/status";
import { accepts } from "@std/http/negotiation";
import { AgoraTokenError } from "../errors.ts";
import { readBody } from "./body.ts";
import type { TokenServerOptions } from "./config.ts";
import { type Contract, type ContractRequest, CONTRACTS, type ForeignRoute, type Reply } from "./contracts.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { mint } from "./mint.ts";
import { Refusal } from "./values.ts";

/** A token server: a function from request to response, for `Deno.serve` and everything that speaks Fetch. */
export type TokenServer = (request: Request) => Promise<Response>;

/** The longest target and the largest headers that are looked at, in characters. */
const MAX_TARGET = 4096;
const MAX_HEADERS = 16_384;

/**
 * Makes a token server.
 *
 * @param options The projects, and what the server may do.
 * @returns The function that answers requests. It never rejects.
 */
export function createTokenServer(options: TokenServerOptions): TokenServer {
  return async function tokenServer(request: Request): Promise<Response> {
    const response = await answer(request, options);
    for (const [name, value] of corsHeaders(request, options.corsAllowOrigin)) response.headers.set(name, value);
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    if (options.demo) response.headers.set("agoratoken-mode", "demo: fake credentials, these tokens work nowhere");
    return response;
  };
}

async function answer(request: Request, options: TokenServerOptions): Promise<Response> {
  if (!URL.canParse(request.url)) return problem(STATUS_CODE.BadRequest, "The Host header is malformed");
  const url = new URL(request.url);
  if (url.pathname.length + url.search.length > MAX_TARGET) return problem(STATUS_CODE.URITooLong, "The target is too long");
  const headers = [...request.headers].reduce((length, [name, value]) => length + name.length + value.length, 0);
  if (headers > MAX_HEADERS) return problem(STATUS_CODE.RequestHeaderFieldsTooLarge, "The headers are too large");

  const routes = CONTRACTS.flatMap((contract) => {
    const params = matchPath(contract.path, url.pathname);
    return params === undefined ? [] : [{ contract, params }];
  });
  if (routes.length === 0) return problem(STATUS_CODE.NotFound, "There is no such route: GET /openapi.json lists them");
  const methods = [...new Set(routes.map(({ contract }) => contract.method))].join(", ");
  if (request.method === "OPTIONS") return preflight(methods);
  const method = request.method === "HEAD" ? "GET" : request.method; // the runtime leaves the body out
  const route = routes.find(({ contract }) => contract.method === method);
  if (route === undefined) {
    const response = problem(STATUS_CODE.MethodNotAllowed, `This route takes ${methods}`);
    response.headers.set("allow", `${methods}, OPTIONS`);
    return response;
  }
  const { contract, params } = route;
  try {
    const input = await readRequest(request, url, contract, params, options);
    if ("answer" in contract) return json(STATUS_CODE.OK, await contract.answer(input, options));
    const tokens = await mintAll(contract, input, options);
    return respond(STATUS_CODE.OK, contract.reply?.(tokens, input) ?? { json: tokens });
  } catch (error) {
    const known = error instanceof AgoraTokenError || error instanceof TypeError && "field" in error;
    const status = error instanceof Refusal ? error.status : known ? STATUS_CODE.BadRequest : STATUS_CODE.InternalServerError;
    const message = known ? (error as Error).message : "The server failed";
    if ("answer" in contract) return problem(status, message, known ? error as Error : undefined);
    return respond(status, contract.refuse?.(message, status) ?? { json: { error: message } });
  }
}

/** A token for each wish of a foreign contract, of the first project. */
async function mintAll(
  contract: ForeignRoute,
  input: ContractRequest,
  options: TokenServerOptions,
): Promise<Record<string, string>> {
  const version = contract.era === "006" ? options.oldContractVersion ?? "007" : "007";
  const tokens: Record<string, string> = {};
  for (const [name, { expire, services }] of Object.entries(contract.wishes(input))) {
    // 006 knows no stream channel: of an RTM token with one, the login remains.
    const fitting = version === "006" && services.length > 1 ? services.filter(({ type }) => type === "rtm") : services;
    const wish = { expire, services: fitting };
    tokens[name] = (await mint(options.projects[0]!, wish, version, options.allowAppLevelTokens ?? false)).token;
  }
  return tokens;
}

/** What a contract may look at. */
async function readRequest(
  request: Request,
  url: URL,
  contract: Contract,
  params: Record<string, string>,
  { bodyTimeout = 10_000 }: TokenServerOptions,
): Promise<ContractRequest> {
  const body = contract.method === "POST" ? await readBody(request, bodyTimeout) : undefined;
  const fields = new Map<string, unknown>();
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    for (const [name, value] of Object.entries(body)) fields.set(name.toLowerCase(), value ?? undefined);
  } else if (contract.method === "POST" && "wishes" in contract) {
    throw new Refusal(STATUS_CODE.BadRequest, '"body" must be a JSON object', "body");
  }
  return {
    params: Object.fromEntries(Object.entries(params).map(([name, part]) => [name, decodePart(name, part)])),
    query: (name) => url.searchParams.get(name) ?? undefined,
    body,
    field: (name) => fields.get(name.toLowerCase()),
    wantsJson: accepts(request, "text/plain", "application/json") === "application/json",
  };
}

/**
 * The named parts of a path, or nothing where it is another route. Slashes at the end or doubled do not count; a path that
 * ends in a slash where its last part would stand has an empty one, which the contract then refuses.
 */
function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split("/").filter((part) => part !== "");
  const parts = pathname.split("/").filter((part) => part !== "");
  if (parts.length === wanted.length - 1 && pathname.endsWith("/") && wanted.at(-1)!.startsWith(":")) parts.push("");
  if (parts.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    if (name.startsWith(":")) params[name.slice(1)] = parts[index]!;
    else if (name !== parts[index]) return undefined;
  }
  return params;
}

function decodePart(name: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(STATUS_CODE.BadRequest, `"${name}" must be percent-encoded UTF-8`, name);
  }
}

function respond(status: number, reply: Reply): Response {
  return "json" in reply ? json(status, reply.json, "application/json", reply.end) : text(status, reply.text, reply.type);
}

function json(status: number, body: unknown, type = "application/json", end = ""): Response {
  return text(status, JSON.stringify(body) + end, type);
}

function text(status: number, body: string, type: string): Response {
  return new Response(body, { status, headers: { "content-type": type } });
}

/** Problem JSON (RFC 9457) with our code and field. */
function problem(status: number, detail: string, error?: Error): Response {
  const code = error instanceof AgoraTokenError ? { code: error.code } : error === undefined ? {} : { code: "invalid-type" };
  const field = error !== undefined && "field" in error && error.field !== undefined ? { field: error.field } : {};
  return json(status, { title: STATUS_TEXT[status], status, detail, ...code, ...field }, "application/problem+json");
}
