import { STATUS_CODE } from "@std/http/status";
import { Refusal } from "./values.ts";

/** The largest request body, in bytes. */
const MAX_BODY = 64 * 1024;

/**
 * The JSON of a body, counted while it streams in, within a time. Its type is not looked at, as the contracts do not,
 * but for forms, which are never JSON.
 *
 * @param timeout Milliseconds.
 */
export async function readBody(request: Request, timeout: number): Promise<unknown> {
  if (/^multipart\//i.test(request.headers.get("content-type") ?? "")) {
    throw new Refusal(STATUS_CODE.UnsupportedMediaType, '"body" must be JSON', "body");
  }
  const reader = request.body?.getReader();
  const text = new TextDecoder("utf-8", { fatal: true });
  let source = "";
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Refusal(STATUS_CODE.RequestTimeout, "The body did not arrive in time", "body")),
      timeout,
    );
  });
  try {
    while (reader !== undefined) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > MAX_BODY) throw new Refusal(STATUS_CODE.ContentTooLarge, `"body" must be at most ${MAX_BODY} bytes`, "body");
      source += text.decode(value, { stream: true });
    }
    return JSON.parse(source + text.decode());
  } catch (error) {
    reader?.cancel().catch(() => {});
    if (error instanceof Refusal) throw error;
    throw new Refusal(STATUS_CODE.BadRequest, '"body" must be JSON', "body");
  } finally {
    clearTimeout(timer);
  }
}
