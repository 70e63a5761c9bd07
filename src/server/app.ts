import { STATUS_CODE } from "@std/http/status";
import { AgoraTokenError } from "../errors.ts";
import type { Seconds } from "../formats/common.ts";
import { readBody } from "./http/body.ts";
import { preflight, setCorsHeaders } from "./http/cors.ts";
import { whyNotLocal } from "./http/local.ts";
import { logEntry, report } from "./http/log.ts";
import { jsonReply, problem, type Reply, respond, slug } from "./http/reply.ts";
import { traceRoute } from "./http/trace.ts";
import { checkedOptions, type TokenServerOptions } from "./options.ts";
import { noQuery, readRequest, routesOf, wantsJson } from "./contracts/read.ts";
import type { ContractRequest, ForeignRoute, Minted, PublicRoute } from "./contracts/types.ts";
import { type Connection, entryOf, type Exchange, type Gate, gateOf, NOBODY, peerOf, TOO_MANY } from "./exchange.ts";
import { type CallContext, mint, projectFor } from "./mint.ts";

export type { Connection };

/** A token server: a function from request to response, for `Deno.serve` and everything else that uses the Fetch API's types. */
export type TokenServer = (request: Request, connection?: Connection) => Promise<Response>;

/** The longest target and the largest headers that are accepted, in characters. */
const MAX_TARGET = 4096;
const MAX_HEADERS = 16_384;

/** What is said of a fault of the server. */
const FAULT = { message: "The server failed", code: slug(STATUS_CODE.InternalServerError), field: undefined };

/**
 * Makes a token server.
 *
 * All options are checked here, so that none of them makes the server silently less safe: names, types and ranges.
 *
 * @param options The projects, who may ask, and what the server may do.
 * @returns The function that answers requests. It never rejects: what fails is answered with a status, and faults of the server
 * and of its log go to `console.error`, without what a request holds. It may run in several servers at once; they then share
 * the rate limits.
 * @throws {AgoraTokenError} `unknown-field` for a name that is no option, `invalid-type` for a value of the wrong type, and
 * `invalid-value` for one out of its range; `field` names the option, as `projects[0].appId`.
 *
 * @example A backend's own key may have RTC tokens for any channel and user
 * ```ts
 * import { createTokenServer, loadAccess } from "@agoratoken/agoratoken/server";
 * import { assertEquals } from "@std/assert";
 *
 * const sha256 = "ea5b7b1ec3f5b1b1b7b8f3e6b3f4c2d1a0998877665544332211ffeeddccbbaa"; // of the key
 * const grant = { services: ["rtc"], channels: ["*"], users: ["*"], roles: ["publisher", "subscriber"] };
 * const server = createTokenServer({
 *   projects: [{ appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" }],
 *   access: await loadAccess({ keys: [{ id: "backend", sha256, ...grant }] }),
 *   corsAllowOrigin: "https://app.example",
 * });
 * const response = await server(new Request("https://tokens.example/rtc/lobby/publisher/uid/1001"));
 * assertEquals(response.status, 401); // it has no key
 * ```
 */
export function createTokenServer(options: TokenServerOptions): TokenServer {
  const checked = checkedOptions(options);
  const gate = gateOf(checked);
  return async function tokenServer(request: Request, connection?: Connection): Promise<Response> {
    const started = checked.log && performance.now();
    const exchange: Exchange = {
      id: crypto.randomUUID(),
      time: Date.now(),
      connection,
      headers: {},
      route: "none",
      caller: NOBODY,
      refuse: problem,
    };
    let response = await answer(request, checked, exchange, gate);
    const isFailure = response.status >= STATUS_CODE.BadRequest && exchange.caller === NOBODY;
    // Known callers of the same address are answered all the same: a proxy or a network may have only one.
    if (isFailure && !gate.countFailure(request, exchange)) {
      exchange.code = slug(STATUS_CODE.TooManyRequests);
      response = exchange.refuse(STATUS_CODE.TooManyRequests, TOO_MANY);
    }
    const { headers, status } = response;
    headers.set("x-request-id", exchange.id);
    for (const name in exchange.headers) headers.set(name, exchange.headers[name]!);
    setCorsHeaders(headers, request, checked.corsAllowOrigin);
    headers.set("cache-control", "no-store");
    headers.set("x-content-type-options", "nosniff");
    if (status === STATUS_CODE.Unauthorized) headers.set("www-authenticate", "Bearer");
    if (status === STATUS_CODE.RequestTimeout) headers.set("connection", "close"); // RFC 9110, 15.5.9
    if (checked.demo) headers.set("agoratoken-mode", "demo: fake credentials, these tokens work nowhere");
    if (started !== undefined) logEntry(checked.log!, entryOf(exchange, status, performance.now() - started));
    return response;
  };
}

async function answer(
  request: Request,
  options: TokenServerOptions,
  exchange: Exchange,
  gate: Gate,
): Promise<Response> {
  // The runtime joins the header and the path into a URL, in which a path in the header would come first.
  const isHost = !/[/?#@\\]/.test(request.headers.get("host") ?? "");
  const url = isHost ? URL.parse(request.url) : null;
  if (url === null) return problem(STATUS_CODE.BadRequest, "The Host header is malformed");
  if (request.method === "OPTIONS") return preflight();
  const notLocal = options.access === "loopback" ? whyNotLocal(request, url, peerOf(exchange), options) : undefined;
  if (notLocal !== undefined) return problem(STATUS_CODE.MisdirectedRequest, notLocal);
  if (url.pathname.length + url.search.length > MAX_TARGET) return problem(STATUS_CODE.URITooLong, "The target is too long");
  let length = 0;
  request.headers.forEach((value, name) => length += name.length + value.length); // in Deno, faster than iterating
  if (length > MAX_HEADERS) return problem(STATUS_CODE.RequestHeaderFieldsTooLarge, "The headers are too large");

  const isAuthenticated = typeof options.access === "object";
  const { pathname } = url;
  const [, pathKey, path = pathname] = isAuthenticated && /^\/+k\/+([^/]+)(\/.*)$/.exec(pathname) || [];
  const routes = routesOf(path);
  if (routes.length === 0) return problem(STATUS_CODE.NotFound, "There is no such route: GET /openapi.json lists them");
  const method = request.method === "HEAD" ? "GET" : request.method; // the runtime leaves the body out
  const route = routes.find(({ contract }) => contract.method === method);
  if (route === undefined) {
    const methods = [...new Set(routes.map(({ contract }) => contract.method === "GET" ? "GET, HEAD" : "POST"))].join(", ");
    exchange.headers.allow = `${methods}, OPTIONS`;
    return problem(STATUS_CODE.MethodNotAllowed, `This route takes ${methods}`);
  }
  const { contract, params } = route;
  exchange.route = contract.operationId;
  traceRoute(method, contract.path);
  if (!("answer" in contract)) {
    const own = (status: number, message: string) => contract.refuse?.(message, status, wantsJson(request));
    exchange.refuse = (status, message) => respond(status, own(status, message) ?? jsonReply({ error: message }));
  }
  try {
    if ("public" in contract) return respond(STATUS_CODE.OK, publicReply(contract));
    const identified = gate.identify(request, pathKey, exchange);
    if (identified !== undefined) await identified; // waiting for what is there takes time
    if (method === "POST") noQuery(url, contract);
    const body = method === "POST" ? await readBody(request, options.bodyTimeout) : undefined;
    if ("lists" in contract && Array.isArray(body) && body.length > 1) exchange.countMore?.(Math.min(body.length, 100) - 1);
    if ("answer" in contract) return respond(STATUS_CODE.OK, jsonReply(await contract.answer(body, options, exchange)));
    const input = readRequest(request, url, contract, params, body, options, exchange.caller);
    const { tokens, minted } = await mintAll(contract, input, options, exchange);
    return respond(STATUS_CODE.OK, contract.reply?.(tokens, input, minted) ?? jsonReply(tokens));
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) report(contract.operationId, error);
    const { message, code, field } = error instanceof AgoraTokenError ? error : FAULT;
    const status = Object.values(STATUS_CODE).find((status) => slug(status) === code) ?? STATUS_CODE.BadRequest;
    exchange.code = code;
    return exchange.refuse(status, message, code, field);
  }
}

/** The replies of the public routes: made once, since anyone may ask for them as often as they like. */
const publicReplies = new Map<PublicRoute, Reply>();

function publicReply(route: PublicRoute): Reply {
  let reply = publicReplies.get(route);
  if (reply === undefined) publicReplies.set(route, reply = jsonReply(route.answer()));
  return reply;
}

/** The tokens that a request of another server's contract asks for, by name. */
async function mintAll(
  { era, requests }: ForeignRoute,
  input: ContractRequest,
  { projects, oldContractVersion = "007" }: TokenServerOptions,
  call: CallContext,
): Promise<{ tokens: Record<string, string>; minted: Minted }> {
  const project = projectFor(projects, input.get("appId").value, call);
  const version = era === "006" ? oldContractVersion : "007";
  const tokens: Record<string, string> = {};
  let first: Seconds | undefined;
  for (const [name, { services, ...lifetime }] of Object.entries(requests(input))) {
    // 006 knows no stream channel: of an RTM token with one, the login remains.
    const fitting = version === "006" && services.length > 1 ? services.filter(({ type }) => type === "rtm") : services;
    const made = mint(project, { ...lifetime, services: fitting }, version, call);
    const { token, expire } = made instanceof Promise ? await made : made;
    tokens[name] = token;
    first ??= expire;
  }
  return { tokens, minted: { appId: project.appId, expire: first! } };
}
