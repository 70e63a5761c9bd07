/** Stand-in for `jsr:@std/http/negotiation`: the same code from its npm mirror, with types. @module */
import * as mirror from "npm:deno-std@1.4.0/http/negotiation.js";

/** The media type that the request accepts best, of those offered. */
export const accepts: (request: Pick<Request, "headers">, ...types: string[]) => string | undefined = mirror.accepts;
