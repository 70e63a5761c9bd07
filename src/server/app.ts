import { STATUS_CODE, type StatusCode } from "@std/http/status";
import { accepts } from "@std/http/negotiation";
import { checkedProjects } from "./projects.ts";
import { AgoraTokenError } from "../errors.ts";
import { isLoopbackAddress, isLoopbackHost } from "./http/address.ts";
import { readBody } from "./http/body.ts";
import { corsHeaders, preflight } from "./http/cors.ts";
import { jsonReply, problem, respond, slug } from "./http/reply.ts";
import { traceRoute } from "./http/trace.ts";
import { record, refuse } from "../validate.ts";
import type { TokenServerOptions } from "./options.ts";
import { type Contract, type ContractRequest, CONTRACTS, type ForeignRoute } from "./contracts.ts";
import { entryOf, type Exchange, identifier, type Identify } from "./exchange.ts";
import { type Asker, everyone, mint, projectFor } from "./mint.ts";
import { lowerCased } from "./values.ts";

/** Where a request comes from, as `Deno.serve` tells it. */
export interface Connection {
  /** The address at the other end. */
  remoteAddr?: { hostname?: string };
}

/** A token server: a function from request to response, for `Deno.serve` and everything that speaks Fetch. */
export type TokenServer = (request: Request, connection?: Connection) => Promise<Response>;

/** The longest target and the largest headers that are looked at, in characters. */
const MAX_TARGET = 4096;
const MAX_HEADERS = 16_384;

type Tokens = Record<string, string>;
type Match = { contract: Contract; params: Record<string, string> };

/** The contracts with their paths. */
const ROUTES = CONTRACTS.map((contract) => ({ contract, pattern: pathPattern(contract.path) }));

/**
 * Makes a token server.
 *
 * @param options The projects, who may ask, and what the server may do.
 * @returns The function that answers requests. It never rejects.
 * @throws {AgoraTokenError} For a list without projects, or a project whose App ID or certificate is none; `field` names it.
 */
export function createTokenServer(options: TokenServerOptions): TokenServer {
  const checked = { ...options, projects: checkedProjects("projects", record("options", options).projects) };
  const { access } = options;
  if (typeof access === "string" ? !["loopback", "anyone"].includes(access) : typeof access?.authenticate !== "function") {
    refuse("access", 'what loadAccess() gives, "loopback" or "anyone"');
  }
  const identify = identifier(checked);
  return async function tokenServer(request: Request, connection?: Connection): Promise<Response> {
    const started = performance.now();
    const [id, peer] = [crypto.randomUUID(), connection?.remoteAddr?.hostname];
    const exchange: Exchange = { id, time: new Date(), peer, headers: [["x-request-id", id]], route: "none" };
    const response = await answer(request, checked, exchange, identify);
    for (const [name, value] of [...exchange.headers, ...corsHeaders(request, options.corsAllowOrigin)]) {
      response.headers.set(name, value);
    }
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    if (response.status === STATUS_CODE.Unauthorized) response.headers.set("www-authenticate", "Bearer");
    if (response.status === STATUS_CODE.RequestTimeout) response.headers.set("connection", "close"); // RFC 9110, 15.5.9
    if (options.demo) response.headers.set("agoratoken-mode", "demo: fake credentials, these tokens work nowhere");
    options.log?.(entryOf(exchange, response.status, performance.now() - started));
    return response;
  };
}

async function answer(
  request: Request,
  options: TokenServerOptions,
  exchange: Exchange,
  identify: Identify,
): Promise<Response> {
  // The runtime joins the header and the path into a URL, in which a path in the header would come first.
  const isHost = !/[/?#@\\]/.test(request.headers.get("host") ?? "");
  if (!isHost || !URL.canParse(request.url)) return problem(STATUS_CODE.BadRequest, "The Host header is malformed");
  if (request.method === "OPTIONS") return preflight();
  const url = new URL(request.url);
  // A page of another site can get a browser to call this machine, but not under this machine's name.
  const isLoopback = isLoopbackHost(url.hostname) && isLoopbackAddress(exchange.peer ?? "unknown");
  if (options.access === "loopback" && !isLoopback) {
    return problem(STATUS_CODE.MisdirectedRequest, "This server answers requests from and to a loopback address only");
  }
  if (url.pathname.length + url.search.length > MAX_TARGET) return problem(STATUS_CODE.URITooLong, "The target is too long");
  const headers = [...request.headers].reduce((length, [name, value]) => length + name.length + value.length, 0);
  if (headers > MAX_HEADERS) return problem(STATUS_CODE.RequestHeaderFieldsTooLarge, "The headers are too large");

  const isAuthenticated = typeof options.access === "object";
  const [, pathKey, path = url.pathname] = isAuthenticated && /^\/+k\/+([^/]+)(\/.*)$/.exec(url.pathname) || [];
  const routes: Match[] = ROUTES.flatMap(({ contract, pattern }) => {
    const match = pattern.exec(path);
    return match === null ? [] : [{ contract, params: match.groups ?? {} }];
  });
  if (routes.length === 0) return problem(STATUS_CODE.NotFound, "There is no such route: GET /openapi.json lists them");
  const method = request.method === "HEAD" ? "GET" : request.method; // the runtime leaves the body out
  const route = routes.find(({ contract }) => contract.method === method);
  if (route === undefined) {
    const methods = [...new Set(routes.map(({ contract }) => contract.method === "GET" ? "GET, HEAD" : "POST"))].join(", ");
    const response = problem(STATUS_CODE.MethodNotAllowed, `This route takes ${methods}`);
    response.headers.set("allow", `${methods}, OPTIONS`);
    return response;
  }
  const { contract } = route;
  exchange.route = contract.id;
  traceRoute(method, contract.path);
  try {
    const isOpen = "answer" in contract && contract.open === true;
    const asker = exchange.asker = isOpen ? everyone() : await identify(request, pathKey, exchange);
    const input = await read(request, url, route, asker, options.bodyTimeout);
    if ("answer" in contract) return respond(STATUS_CODE.OK, jsonReply(await contract.answer(input, options)));
    const tokens = await mintAll(contract, input, options);
    return respond(STATUS_CODE.OK, contract.reply?.(tokens, input) ?? jsonReply(tokens));
  } catch (error) {
    const { status, message, code, field } = outcomeOf(error, contract);
    exchange.code = code;
    if ("answer" in contract) return problem(status, message, code, field);
    return respond(status, contract.refuse?.(message, status, wantsJson(request)) ?? jsonReply({ error: message }));
  }
}

/** What a request that failed gets. A fault of the server is logged: its kind and place, since its text might hold anything. */
function outcomeOf(error: unknown, { id }: Contract): { status: StatusCode; message: string; code: string; field?: string } {
  if (error instanceof AgoraTokenError) {
    const { message, code, field } = error;
    const status = Object.values(STATUS_CODE).find((status) => slug(status) === code) ?? STATUS_CODE.BadRequest;
    return { status, message, code, ...(field === undefined ? {} : { field }) };
  }
  const { name, stack = "" } = error instanceof Error ? error : { name: typeof error };
  console.error([`agoratoken: ${id} failed: ${name}`, ...stack.split("\n").filter((line) => /^\s+at /.test(line))].join("\n"));
  return { status: STATUS_CODE.InternalServerError, message: "The server failed", code: "internal-server-error" };
}

/** A token for each wish of a foreign contract. */
async function mintAll({ era, wishes }: ForeignRoute, input: ContractRequest, options: TokenServerOptions): Promise<Tokens> {
  const { projects, oldContractVersion = "007" } = options;
  const project = projectFor(projects, input.get("appId").value, input.asker);
  const version = era === "006" ? oldContractVersion : "007";
  const tokens: Tokens = {};
  for (const [name, { services, ...life }] of Object.entries(wishes(input))) {
    // 006 knows no stream channel: of an RTM token with one, the login remains.
    const fitting = version === "006" && services.length > 1 ? services.filter(({ type }) => type === "rtm") : services;
    tokens[name] = (await mint(project, { ...life, services: fitting }, version, input.asker)).token;
  }
  return tokens;
}

/** What a contract may look at. What a foreign one needs is there. */
async function read(
  request: Request,
  url: URL,
  { contract, params }: Match,
  asker: Asker,
  timeout = 10_000,
): Promise<ContractRequest> {
  const body = contract.method === "POST" ? await readBody(request, timeout) : undefined;
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  if (contract.method === "POST" && "wishes" in contract && !isObject) refuse("body", "a JSON object");
  const fields = isObject ? lowerCased(body as Record<string, unknown>) : new Map<string, unknown>();
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(params, name)) return decodePart(name, params[name]!);
    return contract.method === "POST" ? fields.get(name.toLowerCase()) : url.searchParams.get(name) ?? undefined;
  };
  for (const name of "wishes" in contract ? contract.needs ?? [] : []) {
    if (valueOf(name) === undefined) refuse(name, "given");
  }
  return { get: (name, usual) => ({ name, value: valueOf(name) ?? usual }), body, wantsJson: wantsJson(request), asker };
}

/**
 * The paths of a contract, also below `/api`, where existing deployments have them. Slashes at the end or doubled do not count;
 * a path that ends in a slash where its last part would stand has an empty one.
 */
function pathPattern(path: string): RegExp {
  const parts = path.slice(1).replaceAll(".", "\\.").replaceAll("/", "/+").replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^(?:/+api)?/+${parts.replace(/\+\)$/, "*)")}/*$`);
}

/** A client that names JSON gets it, unless it wants text more; one that takes anything gets what the contract says. */
function wantsJson(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  const named = accept.length <= 1000 && /\bapplication\/(json|\*)/i.test(accept); // a long list takes long to compare
  return named && accepts(request, "application/json", "text/plain") === "application/json";
}

function decodePart(name: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse(name, "percent-encoded UTF-8");
  }
}
