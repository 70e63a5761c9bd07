import { accepts } from "@std/http/negotiation";
import { missing, record, refuse } from "../../validate.ts";
import { CONTRACTS } from "./table.ts";
import type { Contract, ContractRequest, ForeignRoute } from "./types.ts";
import { lowerCased } from "./values.ts";

// From a request to the contract that answers it, and to what the contract reads.

/** A contract whose path fits, and the parts of the path by name, still percent-encoded. */
export interface RouteMatch {
  readonly contract: Contract;
  readonly params: Readonly<Record<string, string>>;
}

/** The contracts by the first part of their paths, so that few patterns are tried. */
const ROUTES = new Map<string, { contract: Contract; pattern: RegExp }[]>();
for (const contract of CONTRACTS) {
  const first = firstPart(contract.path);
  ROUTES.set(first, [...ROUTES.get(first) ?? [], { contract, pattern: pathPattern(contract.path) }]);
}

/** The first part of a path that is not `api`, if there is one. */
function firstPart(path: string): string {
  return /^(?:\/+api(?=\/+[^/]))*\/+([^/]*)/.exec(path)?.[1] ?? "";
}

/** The contracts of a path, one for each method. */
export function routesOf(path: string): RouteMatch[] {
  const matches: RouteMatch[] = [];
  for (const { contract, pattern } of ROUTES.get(firstPart(path)) ?? []) {
    const match = pattern.exec(path);
    if (match !== null) matches.push({ contract, params: match.groups ?? {} });
  }
  return matches;
}

/**
 * The paths of a contract, also below `/api`, where existing deployments have them. Slashes at the end or doubled do not count;
 * a path that ends in a slash where its last part would stand has an empty one.
 */
function pathPattern(path: string): RegExp {
  const parts = path.slice(1).replaceAll(".", "\\.").replaceAll("/", "/+").replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^(?:/+api)?/+${parts.replace(/\+\)$/, "*)")}/*$`);
}

/** The part of a request that another server's contract reads: everything that is required is there. */
export function readRequest(
  request: Request,
  url: URL,
  { required = [] }: ForeignRoute,
  params: RouteMatch["params"],
  body: unknown,
): ContractRequest {
  const fields = request.method === "POST" ? lowerCased(record("body", body)) : undefined;
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(params, name)) return decodePart(name, params[name]!);
    return fields === undefined ? url.searchParams.get(name) ?? undefined : fields.get(name.toLowerCase());
  };
  for (const name of required) if (valueOf(name) === undefined) missing(name);
  return { get: (name, defaultValue) => ({ name, value: valueOf(name) ?? defaultValue }), wantsJson: wantsJson(request) };
}

/** A client that names JSON gets it, unless it prefers text; one that accepts anything gets what the contract says. */
export function wantsJson(request: Request): boolean {
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
