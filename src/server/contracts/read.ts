import { accepts } from "@std/http/negotiation";
import { missing, record, refuse } from "../../validate.ts";
import type { CallContext } from "../mint.ts";
import type { TokenServerOptions } from "../options.ts";
import { CONTRACTS } from "./table.ts";
import type { Contract, ContractRequest, ForeignRoute } from "./types.ts";
import { lowerCased } from "./values.ts";

// From a request to the contract that answers it, and to what the contract reads.

/** A contract whose path fits, and the parts of the path by name, still percent-encoded. */
export interface RouteMatch {
  readonly contract: Contract;
  readonly params: Readonly<Record<string, string>>;
}

/** A contract and the parts of its path: the text of each, or the name of what stands there. */
interface Listed {
  readonly contract: Contract;
  readonly parts: readonly { readonly text: string; readonly name?: string }[];
}

/** The contracts by the first part of their path. */
const ROUTES = new Map<string, Listed[]>();
for (const contract of CONTRACTS) {
  const texts = contract.path.slice(1).split("/");
  const parts = texts.map((text) => text.startsWith(":") ? { text, name: text.slice(1) } : { text });
  ROUTES.set(texts[0]!, [...ROUTES.get(texts[0]!) ?? [], { contract, parts }]);
}

/**
 * The contracts of a path, one for each method. A path may also stand below `/api`, where existing deployments have it. Slashes
 * at the end or doubled do not count; a path that ends in a slash where its last part would stand has an empty one.
 */
export function routesOf(path: string): RouteMatch[] {
  const given = path.split("/").filter((part) => part !== "");
  const found: RouteMatch[] = [];
  findRoutes(found, given);
  if (given[0] === "api") findRoutes(found, given.slice(1));
  if (!path.endsWith("/")) return found;
  given.push("");
  findRoutes(found, given);
  if (given[0] === "api") findRoutes(found, given.slice(1));
  return found;
}

/** Adds the contracts whose path fits the parts that were given. */
function findRoutes(found: RouteMatch[], given: readonly string[]): void {
  routes: for (const { contract, parts } of ROUTES.get(given[0] ?? "") ?? []) {
    if (parts.length !== given.length) continue;
    const params: Record<string, string> = {};
    for (let index = 0; index < parts.length; index++) {
      const { text, name } = parts[index]!;
      if (name !== undefined) params[name] = given[index]!;
      else if (text !== given[index]) continue routes;
    }
    found.push({ contract, params });
  }
}

/** The part of a request that another server's contract reads: everything that is required is there. */
export function readRequest(
  request: Request,
  url: URL,
  { required = [], makes }: ForeignRoute,
  params: RouteMatch["params"],
  body: unknown,
  options: TokenServerOptions,
  caller: CallContext["caller"],
): ContractRequest {
  const fields = request.method === "POST" ? lowerCased(record("body", body)) : undefined;
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(params, name)) return decodePart(name, params[name]!);
    if (fields !== undefined) return fields.get(name.toLowerCase());
    return url.search === "" ? undefined : url.searchParams.get(name) ?? undefined;
  };
  for (const name of required) if (valueOf(name) === undefined) missing(name);
  const sent: ContractRequest["get"] = (name, defaultValue) => ({ name, value: valueOf(name) ?? defaultValue });
  const isJson = wantsJson(request);
  if (makes === undefined) return { get: sent, wantsJson: isJson };
  const made = new Map(Object.entries(makes).map(([name, make]) => [name, make(sent, options, caller)]));
  const get: typeof sent = (name, defaultValue) => made.has(name) ? { name, value: made.get(name) } : sent(name, defaultValue);
  return { get, wantsJson: isJson };
}

/** Refuses a value of a POST in the query, where nothing reads it: the token would be for another project, channel or user. */
export function noQuery(url: URL, { example, optional }: Contract): void {
  const names = Object.keys({ appId: "", ...example, ...optional }).map((name) => name.toLowerCase());
  for (const name of url.searchParams.keys()) {
    if (names.includes(name.toLowerCase())) refuse(name, "in the body: the query of a POST is not read");
  }
}

/** A client that names JSON gets it, unless it prefers text; one that accepts anything gets what the contract says. */
export function wantsJson(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  const named = accept.length <= 1000 && /\bapplication\/(json|\*)/i.test(accept); // a long list takes long to compare
  return named && accepts(request, "application/json", "text/plain") === "application/json";
}

function decodePart(name: string, part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse(name, "percent-encoded UTF-8");
  }
}
