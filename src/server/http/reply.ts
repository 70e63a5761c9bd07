import { STATUS_TEXT, type StatusCode } from "@std/http/status";

/** The text of an answer, and its media type. */
export interface Reply {
  text: string;
  type: string;
}

/** An answer of JSON. */
export function jsonReply(value: unknown, type = "application/json"): Reply {
  return { text: JSON.stringify(value), type };
}

/** A response with a text. */
export function respond(status: number, { text, type }: Reply): Response {
  return new Response(text, { status, headers: { "content-type": type } });
}

/** Problem JSON (RFC 9457) with a stable code, the name of the status if omitted, and the field. */
export function problem(status: number, detail: string, code = slug(status), field?: string): Response {
  const body = { title: STATUS_TEXT[status as StatusCode], status, detail, code, field };
  return respond(status, jsonReply(body, "application/problem+json"));
}

/** The name of a status as a code; the errors that have such a code get that status. */
export function slug(status: number): string {
  return STATUS_TEXT[status as StatusCode].toLowerCase().replaceAll(" ", "-");
}
