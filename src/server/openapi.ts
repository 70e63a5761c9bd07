import type { Contract } from "./contracts.ts";

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
export function exampleTarget({ path, query = {} }: Pick<Contract, "path" | "query">): string {
  const search = new URLSearchParams(query).toString();
  return path.replaceAll(/:(\w+)/g, (_part, name) => PARTS[name]!) + (search === "" ? "" : `?${search}`);
}

/** The table of contracts as OpenAPI 3.1. */
export function openApi(contracts: readonly Contract[]): unknown {
  const paths = contracts.map(({ id, method, path, about, from, query = {}, body }) => {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name!, "path", PARTS[name!]!));
    const inQuery = Object.entries(query).map(([name, example]) => parameter(name, "query", example));
    const operation = {
      operationId: id,
      summary: about,
      description: `Contract: ${from}. Every life is in seconds: 3600 if absent, 86400 at most.`,
      parameters: [...inPath, ...inQuery],
      ...(body === undefined ? {} : { requestBody: { content: { "application/json": { example: body } } } }),
      responses: { "200": { description: "The answer" }, "400": { description: "A value is missing or wrong" } },
    };
    return [path.replaceAll(/:(\w+)/g, "{$1}"), { [method.toLowerCase()]: operation }];
  });
  return { openapi: "3.1.0", info: { title: "agoratoken", version: "0.1.0" }, paths: Object.fromEntries(paths) };
}

function parameter(name: string, place: "path" | "query", example: string): unknown {
  return { name, in: place, required: place === "path", schema: { type: "string" }, example };
}
