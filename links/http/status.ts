/** Stand-in for `jsr:@std/http/status`: the same code from its npm mirror, with types. @module */
import * as mirror from "npm:deno-std@1.4.0/http/status.js";

/** Standard status codes by name (the ones this project uses are typed). */
export const STATUS_CODE: {
  readonly OK: 200;
  readonly BadRequest: 400;
  readonly Unauthorized: 401;
  readonly Forbidden: 403;
  readonly NotFound: 404;
  readonly MethodNotAllowed: 405;
  readonly RequestTimeout: 408;
  readonly ContentTooLarge: 413;
  readonly URITooLong: 414;
  readonly UnsupportedMediaType: 415;
  readonly MisdirectedRequest: 421;
  readonly TooManyRequests: 429;
  readonly RequestHeaderFieldsTooLarge: 431;
  readonly InternalServerError: 500;
  readonly ServiceUnavailable: 503;
} = mirror.STATUS_CODE;
/** One of these codes. */
export type StatusCode = (typeof STATUS_CODE)[keyof typeof STATUS_CODE];
/** Status texts by code. */
export const STATUS_TEXT: Readonly<Record<StatusCode, string>> = mirror.STATUS_TEXT;
