import { AgoraTokenError } from "../errors.ts";
import { readToken } from "../inspect/parse.ts";

/** Gets a new token, from wherever an app gets its tokens. */
export type FetchToken = (signal: AbortSignal) => Promise<string>;

/** Why no token came. Its code is `token-unavailable`. */
export class TokenFetchError extends AgoraTokenError {
  /** The name, for logs. */
  override readonly name: string = "TokenFetchError";
  /** The status of the answer, where one came. */
  declare readonly status?: number;
  /** When to ask again, in seconds from now, where the server said so. */
  declare readonly retryAfter?: number;

  /** Makes the error. */
  constructor(message: string, details: { status?: number; retryAfter?: number } = {}) {
    super("token-unavailable", message);
    Object.assign(this, details);
  }

  /** Whether asking again may help: not where the server understood and refused. */
  get retryable(): boolean {
    const { status = 0 } = this;
    return status < 400 || status >= 500 || [408, 425, 429].includes(status);
  }
}

/** How {@linkcode tokenFrom} asks and reads. */
export interface TokenFromOptions {
  /** The name of the field that holds the token; if omitted, the first that a known server uses. */
  field?: string;
  /** A body, which is sent as JSON by POST; a GET without one. */
  body?: unknown;
  /** Headers, as `{ authorization: "Bearer …" }`. */
  headers?: HeadersInit;
  /** How long an answer may take, in milliseconds; 10,000 if omitted. */
  timeout?: number;
  /** What sends the request; the runtime's `fetch` if omitted. */
  fetch?: (request: Request) => Promise<Response>;
}

/** The fields in which the known servers answer. */
const FIELDS = ["token", "rtcToken", "rtmToken", "chatToken", "key"];

/**
 * Gets tokens from a token server, ours or any other that is known: as text, or in a field of JSON.
 *
 * @param url Where to ask.
 * @param options How to ask, and what to read.
 * @returns A function that gets a token; it throws {@linkcode TokenFetchError} where none comes. An error text is never
 * taken for a token.
 *
 * @example From this package's server
 * ```ts
 * import { tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * const fetchToken = tokenFrom("https://tokens.example/rtc/lobby/publisher/uid/1001/?expiry=3600");
 * ```
 */
export function tokenFrom(url: string | URL, options: TokenFromOptions = {}): FetchToken {
  const { field, body, headers, timeout = 10_000, fetch = globalThis.fetch } = options;
  return async function fetchToken(signal) {
    const sent = new Headers(headers);
    if (body !== undefined) sent.set("content-type", "application/json");
    const request = new Request(url, {
      headers: sent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    let text: string;
    let response: Response;
    try {
      response = await fetch(request);
      text = (await response.text()).trim();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const late = error instanceof DOMException && error.name === "TimeoutError";
      throw new TokenFetchError(late ? "The token server did not answer in time" : "The token server cannot be reached");
    }
    const { status } = response;
    if (!response.ok) {
      const retryAfter = secondsOf(response.headers.get("retry-after"));
      throw new TokenFetchError(
        `The token server refused with status ${status}`,
        retryAfter === undefined ? { status } : { status, retryAfter },
      );
    }
    const token = fieldOf(text, field);
    // A status and a shape of success are not enough: some servers send errors with both.
    if (token === undefined || !await isToken(token)) {
      throw new TokenFetchError("The token server's answer holds no token", { status });
    }
    return token;
  };
}

/** A `Retry-After` in seconds, or as a date (RFC 9110, 10.2.3). */
function secondsOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : undefined;
}

async function isToken(text: string): Promise<boolean> {
  return (await readToken(text, {})).reading.error === undefined;
}

/** The token in an answer: a field of JSON, or the whole text. */
function fieldOf(text: string, field: string | undefined): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return field === undefined ? text : undefined;
  }
  if (typeof answer !== "object" || answer === null) return undefined;
  const values: Record<string, unknown> = { ...(answer as { data?: object }).data, ...answer };
  const name = field ?? FIELDS.find((name) => typeof values[name] === "string");
  const value = name === undefined ? undefined : values[name];
  return typeof value === "string" ? value : undefined;
}
