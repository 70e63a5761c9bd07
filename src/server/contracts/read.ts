import { accepts } from "@std/http/negotiation";
import { missing, refuse } from "../../validate.ts";
import { readBody } from "../http/body.ts";
import { CONTRACTS } from "./table.ts";
import type { Contract, ContractRequest } from "./types.ts";
import { lowerCased } from "./values.ts";

// From a request to the contract that answers it, and to what the contract reads.

/** A contract whose path fits, and the parts of the path by name, still percent-encoded. */
export interface RouteMatch {
  readonly contract: Contract;
  readonly params: Readonly<Record<string, string>>;
}

const ROUTES = CONTRACTS.map((contract) => ({ contract, pattern: pathPattern(contract.path) }));

/** The contracts of a path, one for each method. */
export function routesOf(path: string): RouteMatch[] {
  return ROUTES.flatMap(({ contract, pattern }) => {
    const match = pattern.exec(path);
    return match === null ? [] : [{ contract, params: match.groups ?? {} }];
  });
}

/**
 * The paths of a contract, also below `/api`, where existing deployments have them. Slashes at the end or doubled do not count;
 * a path that ends in a slash where its last part would stand has an empty one.
 */
function pathPattern(path: string): RegExp {
  const parts = path.slice(1).replaceAll(".", "\\.").replaceAll("/", "/+").replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^(?:/+api)?/+${parts.replace(/\+\)$/, "*)")}/*$`);
}

/** The part of a request that a contract reads. Of another server's contract, everything that is required is there. */
export async function readRequest(
  request: Request,
  url: URL,
  { contract, params }: RouteMatch,
  timeout = 10_000,
): Promise<ContractRequest> {
  const body = contract.method === "POST" ? await readBody(request, timeout) : undefined;
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  if (contract.method === "POST" && "requests" in contract && !isObject) refuse("body", "a JSON object");
  const fields = isObject ? lowerCased(body as Record<string, unknown>) : new Map<string, unknown>();
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(params, name)) return decodePart(name, params[name]!);
    return contract.method === "POST" ? fields.get(name.toLowerCase()) : url.searchParams.get(name) ?? undefined;
  };
  for (const name of "requests" in contract ? contract.required ?? [] : []) {
    if (valueOf(name) === undefined) missing(name);
  }
  const get: ContractRequest["get"] = (name, defaultValue) => ({ name, value: valueOf(name) ?? defaultValue });
  return { get, body, wantsJson: wantsJson(request) };
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
