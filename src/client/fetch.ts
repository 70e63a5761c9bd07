import { readAtMost } from "../bytes/stream.ts";
import { AgoraTokenError } from "../errors.ts";
import { readToken } from "../inspect/parse.ts";
import type { Seconds } from "../formats/common.ts";
import { invalidType, refuse } from "../validate.ts";

/** Gets a new token, from wherever an app gets its tokens. It should stop when the signal aborts. */
export type FetchToken = (signal: AbortSignal) => Promise<string>;

/** The error where a token server gave no token. Its code is `token-unavailable`. */
export class TokenFetchError extends AgoraTokenError {
  /** The name, for logs. */
  override readonly name: string = "TokenFetchError";
  /** The status of the response, where there was one. */
  declare readonly status?: number;
  /** How long to wait before the next request, where the server said so. */
  declare readonly retryAfter?: Seconds;

  /** Makes the error. */
  constructor(message: string, details: { status?: number; retryAfter?: Seconds } = {}) {
    super("token-unavailable", message);
    Object.assign(this, details);
  }

  /** Whether another request may succeed: not after a refusal that is final (most 4xx). */
  get retryable(): boolean {
    const { status = 0 } = this;
    return status < 400 || status >= 500 || [408, 425, 429].includes(status);
  }
}

/** The request that {@linkcode tokenFrom} makes, and where the token is in the response. */
export interface TokenFromOptions {
  /**
   * Where the token is in the answer: the name of a field, or a path as `tokens[0].rtc`, looked for in the answer and in its
   * `data`; or a function that gets the answer (what its JSON says, or else its text) and returns the token. If omitted, the
   * answer is the token, or the first field of those that known servers use.
   */
  field?: string | ((answer: unknown) => unknown);
  /** A body, sent as JSON by POST; without one, the request is a GET. */
  body?: unknown;
  /** The headers, as `{ authorization: "Bearer …" }`. */
  headers?: ConstructorParameters<typeof Headers>[0];
  /** How long a response may take, in milliseconds; 10,000 if omitted. */
  timeout?: number;
  /** The function that sends the request; the runtime's `fetch` if omitted. */
  fetch?: (request: Request) => Promise<Response>;
}

/** The largest answer that is read, in bytes: no token is nearly as long. */
const MAX_ANSWER = 65_536;

/** The fields in which known servers return a token. */
const FIELDS = ["token", "rtcToken", "rtc_token", "rtmToken", "chatToken", "key"];

/**
 * Gets tokens from a token server, of this package or another: the response is the token, as text or as JSON, or JSON with the
 * token in it.
 *
 * @param url The address of the token.
 * @param options The request, and the field of the response.
 * @returns A function that gets a token, until a signal aborts if it is given one. It throws {@linkcode TokenFetchError} where the response has none: an error text is
 * never returned as a token. Where the signal aborts, it throws the signal's reason. Redirects are not followed, so that what
 * the request holds stays with its server, and at most 64 KiB of an answer are read.
 * @throws {AgoraTokenError} `invalid-value` for an address, headers or a body that cannot be sent; it shows none of them.
 * `invalid-type` for a `field` that is neither text nor a function.
 *
 * @example From this package's server
 * ```ts
 * import { tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * const fetchToken = tokenFrom("https://tokens.example/rtc/lobby/publisher/uid/1001/?expiry=3600");
 * ```
 *
 * @example Deep in the answer of another server
 * ```ts
 * import { tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * const fetchToken = tokenFrom("https://tokens.example/session", { field: "tokens[0].rtc" });
 * ```
 */
export function tokenFrom(url: string | URL, options: TokenFromOptions = {}): (signal?: AbortSignal) => Promise<string> {
  const { field, body, headers, timeout = 10_000, fetch = globalThis.fetch } = options;
  if (!["undefined", "string", "function"].includes(typeof field)) throw invalidType("field", "a path or a function", field);
  const requestWith = (signal?: AbortSignal): Request => {
    const sent = new Headers(headers);
    if (body !== undefined) sent.set("content-type", "application/json");
    return new Request(url, {
      headers: sent,
      redirect: "manual", // the headers and the body may hold a key, which is for this server only; workerd has no "error"
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
  };
  try {
    requestWith();
  } catch { // its message may show the address, and with it a key
    refuse("url", "an http or https address without a user in it; with headers that can be sent, and a body that is JSON");
  }
  return async function fetchToken(signal) {
    const late = AbortSignal.timeout(timeout);
    const request = requestWith(signal === undefined ? late : AbortSignal.any([signal, late]));
    let bytes: Uint8Array | undefined;
    let response: Response;
    try {
      response = await fetch(request);
      bytes = await readAtMost(response.body, MAX_ANSWER);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const isLate = error instanceof DOMException && error.name === "TimeoutError";
      throw new TokenFetchError(isLate ? "The token server did not answer in time" : "The token server cannot be reached");
    }
    const { status } = response;
    if (isRedirect(response)) throw new TokenFetchError("The token server answered with a redirect, and none is followed");
    if (!response.ok) {
      const retryAfter = secondsOf(response.headers.get("retry-after"));
      throw new TokenFetchError(
        `The token server refused with status ${status}`,
        retryAfter === undefined ? { status } : { status, retryAfter },
      );
    }
    const token = bytes === undefined ? undefined : tokenIn(new TextDecoder().decode(bytes).trim(), field);
    // Status and shape are not enough: some servers send errors with the status and shape of a success.
    if (typeof token !== "string" || !await isToken(token)) {
      throw new TokenFetchError("The token server's response holds no token", { status });
    }
    return token;
  };
}

/** Whether a response is a redirect; browsers hide its status. */
function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || status >= 300 && status < 400;
}

/** A `Retry-After` in seconds, or as a date (RFC 9110, 10.2.3). */
function secondsOf(text: string | null): Seconds | undefined {
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : undefined;
}

async function isToken(text: string): Promise<boolean> {
  return (await readToken(text, {})).reading.error === undefined;
}

/** What stands in a response where the token should be. */
function tokenIn(text: string, field: TokenFromOptions["field"]): unknown {
  let answer: unknown = text;
  try {
    answer = JSON.parse(text);
  } catch {
    // It is text.
  }
  if (typeof field === "function") return taken(field, answer);
  if (typeof answer === "string" && field === undefined) return answer.trim();
  const paths = field === undefined ? FIELDS.map((name) => [name]) : [[field], field.split(/[.[\]]+/).filter((name) => name)];
  const places = [answer, valueAt(answer, ["data"])];
  return paths.flatMap((path) => places.map((place) => valueAt(place, path))).find((value) => typeof value === "string");
}

/** What a function takes from an answer; nothing where the answer is not as the function expects, and it throws. */
function taken(field: (answer: unknown) => unknown, answer: unknown): unknown {
  try {
    return field(answer);
  } catch {
    return undefined;
  }
}

/** The value at a path in JSON, if there is one. */
function valueAt(json: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => {
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return isThere ? (value as Record<string, unknown>)[name] : undefined;
  }, json);
}
