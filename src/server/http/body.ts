import { AgoraTokenError } from "../../errors.ts";
import { concatBytes } from "../../bytes/bytes.ts";
import { refuse } from "../../validate.ts";

/** The largest request body, in bytes. */
const MAX_BODY = 64 * 1024;

/**
 * The JSON of a body, counted while it streams in, within a time. As in the contracts, its content type does not matter, but
 * for what is certainly not JSON: forms of several parts, and compressed bodies.
 *
 * @param timeout Milliseconds.
 */
export async function readBody({ body, headers }: Request, timeout: number): Promise<unknown> {
  const field = { field: "body" };
  if (
    /^multipart\//i.test(headers.get("content-type") ?? "") || !/^(identity)?$/i.test(headers.get("content-encoding") ?? "")
  ) {
    throw new AgoraTokenError("unsupported-media-type", '"body" must be JSON, and not compressed', field);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const count = new WritableStream<Uint8Array>({
    write(chunk) {
      length += chunk.length;
      if (length > MAX_BODY) throw new AgoraTokenError("content-too-large", `"body" must be at most ${MAX_BODY} bytes`, field);
      chunks.push(chunk);
    },
  });
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  try {
    await body?.pipeTo(count, { signal: late.signal });
  } catch (error) {
    if (late.signal.aborted) throw new AgoraTokenError("request-timeout", "The body did not arrive in time", field);
    if (error instanceof AgoraTokenError) throw error;
    throw new AgoraTokenError("service-unavailable", "The body was cut off", field); // as by a server that ends
  } finally {
    clearTimeout(timer);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(concatBytes(chunks)));
  } catch {
    return refuse("body", "JSON");
  }
}
