import { AgoraTokenError } from "../../errors.ts";
import { concatBytes } from "../../bytes/bytes.ts";
import { refuse } from "../../validate.ts";

/** The largest request body, in bytes. */
const MAX_BODY = 64 * 1024;

/**
 * Reads the JSON of a body, which is counted while it arrives. As in the contracts, its content type does not matter, except
 * for what is certainly not JSON: multipart forms and compressed bodies.
 *
 * @param timeout How long the body may take to arrive, in milliseconds.
 * @throws {AgoraTokenError} For a body that is no JSON, too large, or too late.
 */
export async function readBody({ body, headers }: Request, timeout = 10_000): Promise<unknown> {
  const field = { field: "body" };
  const isForm = /^multipart\//i.test(headers.get("content-type") ?? "");
  if (isForm || !/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) {
    throw new AgoraTokenError("unsupported-media-type", '"body" must be JSON, and not compressed', field);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isLate = false;
  const reader = body?.getReader(); // with `pipeTo`, a request with a body takes twice as long
  const cancel = () => void reader?.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    cancel();
  }, timeout);
  try {
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader!.read()) {
      length += read.value.length;
      if (length > MAX_BODY) throw new AgoraTokenError("content-too-large", `"body" must be at most ${MAX_BODY} bytes`, field);
      chunks.push(read.value);
    }
  } catch (error) {
    cancel();
    if (error instanceof AgoraTokenError) throw error;
    if (!isLate) throw new AgoraTokenError("service-unavailable", "The body was cut off", { ...field, cause: error }); // the server ends
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw new AgoraTokenError("request-timeout", "The body did not arrive in time", field);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(concatBytes(chunks)));
  } catch {
    return refuse("body", "JSON");
  }
}
