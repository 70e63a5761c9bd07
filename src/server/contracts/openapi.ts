import { jsonReply, type Reply } from "../http/reply.ts";
import { anonymousCall } from "../mint.ts";
import type { Contract, ContractRequest, ForeignRoute, Route } from "./types.ts";

/** The values of a route's example that stand in its path, in its query, or in its body. */
function examplesIn({ method, path, example = {} }: Route, place: "path" | "query" | "body"): Record<string, unknown> {
  const parts = path.split("/");
  const placeOf = (name: string) => parts.includes(`:${name}`) ? "path" : method === "GET" ? "query" : "body";
  return Object.fromEntries(Object.entries(example).filter(([name]) => placeOf(name) === place));
}

/** The request of a route's example: the target, and the body of a POST. */
export function exampleRequest(route: Route): { target: string; body?: Record<string, unknown> } {
  const query = new URLSearchParams(examplesIn(route, "query") as Record<string, string>).toString();
  const path = route.path.replaceAll(/:(\w+)/g, (_part, name) => `${route.example?.[name]}`);
  return {
    target: query === "" ? path : `${path}?${query}`,
    ...(route.method === "GET" ? {} : { body: examplesIn(route, "body") }),
  };
}

/** The table of contracts as OpenAPI 3.1. */
export function openApi(contracts: readonly Contract[]): unknown {
  const description =
    "All lifetimes are seconds from now. Where the client may choose one, 3600 is the default and 86400 the most.";
  return {
    openapi: "3.1.0",
    info: { title: "agoratoken", version: "0.1.0", description },
    // Where callers are authenticated: an API key or a JWT. An API key may also stand before a path, as `/k/<key>`.
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    security: [{ bearer: [] }, {}],
    paths: Object.fromEntries(contracts.map((contract) => {
      return [contract.path.replaceAll(/:(\w+)/g, "{$1}"), { [contract.method.toLowerCase()]: operation(contract) }];
    })),
  };
}

function operation(contract: Contract): unknown {
  const { operationId, summary, source, optional, required = [] } = contract;
  const parameters = (["path", "query"] as const).flatMap((place) =>
    Object.entries(examplesIn(contract, place)).map(([name, example]) => {
      return { name, in: place, required: place === "path" || required.includes(name), example, schema: { type: "string" } };
    })
  );
  const { body } = exampleRequest(contract);
  const properties = Object.fromEntries(
    Object.entries({ ...body, ...optional }).map(([name, value]) => [name, schemaOf(value)]),
  );
  const object = { type: "object", properties, ...(required.length === 0 ? {} : { required }) };
  const schema = "lists" in contract
    ? { oneOf: [object, { type: "array", items: object, minItems: 1, maxItems: 100 }] }
    : object;
  const problem = { title: "Bad Request", status: 400, detail: "…", code: "invalid-value", field: "services[0].uid" };
  const refused = "answer" in contract ? {} : content(contract.refuse?.("…", 400, false) ?? jsonReply({ error: "…" }));
  const refusal = { ...content(jsonReply(problem, "application/problem+json")), ...refused };
  const success = "answer" in contract
    ? { "application/json": contract.exampleAnswer === undefined ? {} : { example: contract.exampleAnswer } }
    : { ...content(answerOf(contract, true)), ...content(answerOf(contract, false)) };
  const json = { "application/json": { schema, example: body } };
  return {
    operationId,
    summary,
    description: `Contract: ${source}.`,
    ...("public" in contract ? { security: [] } : {}),
    parameters,
    ...(body === undefined ? {} : { requestBody: { required: true, content: json } }),
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
  const { example = {}, requests, reply } = contract;
  const get: ContractRequest["get"] = (name, defaultValue) => ({ name, value: example[name] ?? defaultValue });
  const request = { get, body: exampleRequest(contract).body, wantsJson, call: anonymousCall() };
  const tokens = Object.fromEntries(Object.keys(requests(request)).map((name) => [name, "007…"]));
  return reply?.(tokens, request) ?? jsonReply(tokens);
}

function content({ text, type }: Reply): Record<string, unknown> {
  return { [type.split(";")[0]!]: { example: type.endsWith("json") ? JSON.parse(text) : text } };
}
