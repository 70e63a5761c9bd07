import { jsonReply, type Reply } from "./http/reply.ts";
import type { Contract, ContractRequest, ForeignRoute } from "./contracts.ts";
import { everyone } from "./mint.ts";

/** What stands for a part of a path in an example. */
const PARTS: Readonly<Record<string, string>> = {
  channelName: "lobby",
  role: "publisher",
  tokenType: "uid",
  uid: "1001",
  rtmuid: "bob",
  chatid: "carol",
};

/** The target of a request that succeeds. */
export function exampleTarget({ path, query }: Pick<Contract, "path" | "query">): string {
  const search = new URLSearchParams(query).toString();
  return path.replaceAll(/:(\w+)/g, (_part, name) => PARTS[name]!) + (search === "" ? "" : `?${search}`);
}

/** The table of contracts as OpenAPI 3.1. */
export function openApi(contracts: readonly Contract[]): unknown {
  const description = "Lives are in seconds: where the client may choose one, 3600 if it is absent and 86400 at most.";
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
  const { id, path, about, from, query, body, more, needs = [] } = contract;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({ name, in: "path", required: true, example: PARTS[name] })),
    ...Object.entries(query).map(([name, example]) => ({ name, in: "query", required: needs.includes(name), example })),
  ].map((parameter) => ({ ...parameter, schema: { type: "string" } }));
  const properties = Object.fromEntries(Object.entries({ ...body, ...more }).map(([name, value]) => [name, schemaOf(value)]));
  const object = { type: "object", properties, ...(needs.length === 0 ? {} : { required: needs }) };
  const schema = "lists" in contract
    ? { oneOf: [object, { type: "array", items: object, minItems: 1, maxItems: 100 }] }
    : object;
  const problem = { title: "Bad Request", status: 400, detail: "…", code: "invalid-value", field: "services[0].uid" };
  const refused = "answer" in contract ? {} : content(contract.refuse?.("…", 400, false) ?? jsonReply({ error: "…" }));
  const refusal = { ...content(jsonReply(problem, "application/problem+json")), ...refused };
  const success = "answer" in contract
    ? { "application/json": contract.gives === undefined ? {} : { example: contract.gives } }
    : { ...content(answerOf(contract, true)), ...content(answerOf(contract, false)) };
  const json = { "application/json": { schema, example: body } };
  return {
    operationId: id,
    summary: about,
    description: `Contract: ${from}.`,
    ...("open" in contract ? { security: [] } : {}),
    parameters,
    ...(body === undefined ? {} : { requestBody: { required: true, content: json } }),
    responses: {
      "200": { description: "The answer", content: success },
      "4XX": { description: "A refusal: 400, 401, 403, 405, 408, 413, 414, 415, 421, 429 or 431", content: refusal },
    },
  };
}

/** The schema of a value like an example. */
function schemaOf(example: unknown): unknown {
  if (Array.isArray(example)) return { type: "array", items: schemaOf(example[0]) };
  return { type: typeof example === "number" ? "integer" : typeof example, examples: [example] };
}

/** The answer to the example: of a foreign contract with a short text for each token. */
function answerOf(contract: ForeignRoute, wantsJson: boolean): Reply {
  const values: Record<string, unknown> = { ...PARTS, ...contract.query, ...contract.body };
  const get: ContractRequest["get"] = (name, usual) => ({ name, value: values[name] ?? usual });
  const request = { get, body: contract.body, wantsJson, asker: everyone() };
  const tokens = Object.fromEntries(Object.keys(contract.wishes(request)).map((name) => [name, "007…"]));
  return contract.reply?.(tokens, request) ?? jsonReply(tokens);
}

function content({ text, type }: Reply): Record<string, unknown> {
  return { [type.split(";")[0]!]: { example: type.endsWith("json") ? JSON.parse(text) : text } };
}
