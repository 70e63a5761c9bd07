import { DEFAULT_EXPIRE } from "../mint.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import type { Contract, ContractRequest, ForeignRoute, Route } from "./types.ts";

/** The version of the package. */
export const VERSION = "0.2.0";

/** Where a value of a route's example stands. */
function placeOf({ method, path }: Route, name: string): "path" | "query" | "body" {
  return path.split("/").includes(`:${name}`) ? "path" : method === "GET" ? "query" : "body";
}

/** The request of a route's example: the target, and the body of a POST. */
export function exampleRequest(route: Route): { target: string; body: Record<string, unknown> | undefined } {
  const { method, path, example = {} } = route;
  const valuesIn = (place: string) => Object.entries(example).filter(([name]) => placeOf(route, name) === place);
  const query = new URLSearchParams(valuesIn("query") as string[][]).toString();
  const target = path.replaceAll(/:(\w+)/g, (_part, name) => `${example[name]}`) + (query && `?${query}`);
  return { target, body: method === "GET" ? undefined : Object.fromEntries(valuesIn("body")) };
}

/** The table of contracts as OpenAPI 3.1. */
export function openApi(contracts: readonly Contract[]): unknown {
  const times = "All lifetimes are seconds from now. Where the client may choose one, 3600 is the default and 86400 the most.";
  return {
    openapi: "3.1.0",
    info: { title: "agoratoken", version: VERSION, description: times },
    // Where callers are authenticated: an API key or a JWT. An API key may also stand before a path, as `/k/<key>`.
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    security: [{ bearer: [] }, {}],
    paths: Object.fromEntries(contracts.map((contract) => {
      return [contract.path.replaceAll(/:(\w+)/g, "{$1}"), { [contract.method.toLowerCase()]: operation(contract) }];
    })),
  };
}

/** A route as OpenAPI; what it does not have is `undefined`, which JSON leaves out. */
function operation(contract: Contract): unknown {
  const { operationId, summary, source, example = {}, optional, required } = contract;
  const parameters = Object.entries({ ...example, ...optional }).flatMap(([name, example]) => {
    const place = placeOf(contract, name);
    const isRequired = place === "path" || required?.includes(name) === true;
    return place === "body" ? [] : [{ name, in: place, required: isRequired, example, schema: { type: "string" } }];
  });
  const { body } = exampleRequest(contract);
  const fields = Object.entries({ ...body, ...optional }).map(([name, value]) => [name, schemaOf(value)]);
  const object = { type: "object", properties: Object.fromEntries(fields), required };
  const list = { type: "array", items: object, minItems: 1, maxItems: 100 };
  const schema = "lists" in contract ? { oneOf: [object, list] } : object;
  const [success, refused] = "answer" in contract
    ? [{ "application/json": { example: "public" in contract ? undefined : contract.exampleAnswer } }, {}]
    : [
      { ...content(answerOf(contract, true)), ...content(answerOf(contract, false)) },
      content(contract.refuse?.("…", 400, false) ?? jsonReply({ error: "…" })),
    ];
  const problem = { title: "Bad Request", status: 400, detail: "…", code: "invalid-value", field: "services[0].uid" };
  const refusal = { ...content(jsonReply(problem, "application/problem+json")), ...refused };
  return {
    operationId,
    summary,
    description: `Contract: ${source}.`,
    security: "public" in contract ? [] : undefined,
    parameters,
    requestBody: body && { required: true, content: { "application/json": { schema, example: body } } },
    responses: {
      "200": { description: "The answer", content: success },
      "4XX": { description: "A refusal: 400, 401, 403, 405, 408, 413, 414, 415, 421, 429 or 431", content: refusal },
    },
  };
}

/** The schema of the values that an example stands for. */
function schemaOf(example: unknown): unknown {
  if (Array.isArray(example)) return { type: "array", items: schemaOf(example[0]) };
  return { type: typeof example === "number" ? "integer" : typeof example, examples: [example] };
}

/** The answer to the example of another server's contract, with a short text for each token. */
function answerOf(contract: ForeignRoute, wantsJson: boolean): Reply {
  const { example = {}, makes = {}, requests, reply } = contract;
  const valueOf = (name: string) => example[name] ?? (Object.hasOwn(makes, name) ? "…" : undefined);
  const get: ContractRequest["get"] = (name, defaultValue) => ({ name, value: valueOf(name) ?? defaultValue });
  const tokens = Object.fromEntries(Object.keys(requests({ get, wantsJson })).map((name) => [name, "007…"]));
  return reply?.(tokens, { get, wantsJson }, { appId: "…", expire: DEFAULT_EXPIRE }) ?? jsonReply(tokens);
}

function content({ text, type }: Reply): Record<string, unknown> {
  return { [type.split(";")[0]!]: { example: type.endsWith("json") ? JSON.parse(text) : text } };
}
