import type { Seconds } from "../../formats/common.ts";
import type { Reply } from "../http/reply.ts";
import type { CallContext, MintRequest } from "../mint.ts";
import type { TokenServerOptions } from "../options.ts";
import type { NamedValue } from "./values.ts";

/** The part of a request that the contract of another server reads. */
export interface ContractRequest {
  /**
   * A value by its name: a part of the path, percent-decoded once; a parameter of a GET's query; a field of a POST's body,
   * whatever the case of its name, as the servers in Go read it. Where it is absent or null, `defaultValue`.
   */
  readonly get: (name: string, defaultValue?: unknown) => NamedValue;
  /** Whether the client prefers JSON to plain text. */
  readonly wantsJson: boolean;
}

/** Makes the value of a name, from what the request has (also under that name), the server's options, and who the caller is. */
export type Make = (get: ContractRequest["get"], options: TokenServerOptions, caller: CallContext["caller"]) => unknown;

/** What the tokens of an answer have in common. */
export interface Minted {
  /** The App ID of their project. */
  readonly appId: string;
  /** The lifetime of the first of them. */
  readonly expire: Seconds;
}

/**
 * What every row of the table has, in the words of OpenAPI. Routing, the list that the server prints when it starts, OpenAPI,
 * docs/server-contracts.md and the tests read it.
 */
export interface Route {
  /** The name of the route, also in the log. */
  readonly operationId: string;
  readonly method: "GET" | "POST";
  /** The path; `:name` stands for one part. */
  readonly path: string;
  /** What the route gives, in a few words. */
  readonly summary: string;
  /** Whose contract it is: the guide, the project or the package in which clients find it. */
  readonly source: string;
  /** The contract is from the time of 006: it answers with a 006 where that is configured. */
  readonly era?: "006";
  /** The values of a request that succeeds, by name: the parts of the path, then the query of a GET or the body of a POST. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Other parameters of the query of a GET, or fields of the body of a POST, each with an example of its value. */
  readonly optional?: Readonly<Record<string, unknown>>;
  /** The parameters of the query, or the fields of the body, that must not be absent. */
  readonly required?: readonly string[];
}

/** A route that gives nothing away: it answers callers that are not known too, and everyone the same. */
export interface PublicRoute extends Route {
  /** What tells it apart. */
  readonly public: true;
  /** What it answers, as JSON. It is asked once. */
  readonly answer: () => unknown;
}

/** A route of our own API: it answers with JSON, and refuses with problem JSON. */
export interface OwnRoute extends Route {
  /** What it answers to the JSON of a body. */
  readonly answer: (body: unknown, options: TokenServerOptions, call: CallContext) => unknown;
  /** It answers a list of bodies with a list. */
  readonly lists?: true;
  /** An answer to the example. */
  readonly exampleAnswer?: unknown;
}

/** A route of another server's contract: it makes tokens, and answers as the clients of that server expect. */
export interface ForeignRoute extends Route {
  /** The tokens that a request asks for, by the name of the field in the answer. */
  readonly requests: (request: ContractRequest) => Record<string, MintRequest>;
  /** The values that the server makes or reads in a way of its own, by name, once for a request: `get` gives them from then on. */
  readonly makes?: Readonly<Record<string, Make>>;
  /** The answer; JSON with the tokens by name if omitted. */
  readonly reply?: (tokens: Record<string, string>, request: ContractRequest, minted: Minted) => Reply;
  /** The answer of a refusal; `{"error": …}` if omitted. The message never stands in a field that a client reads as a token. */
  readonly refuse?: (message: string, status: number, wantsJson: boolean) => Reply;
}

/** One route. */
export type Contract = PublicRoute | OwnRoute | ForeignRoute;
