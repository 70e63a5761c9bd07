import type { Bytes } from "../bytes/bytes.ts";

/** A value now, or later. */
export type Awaitable<T> = T | Promise<T>;

/** The content of a zlib stream. */
export interface Inflated {
  /** The bytes until the end or the fault; none where the output passed the limit. */
  bytes: Bytes;
  /** Whether the stream ended, and the input with it. Deno's streams also say so of a truncated one. */
  whole: boolean;
  /** Whether the output passed the limit. */
  tooLarge: boolean;
}

/**
 * What signing, packing and inflating need of the runtime; everything else is plain functions over data. There are two engines:
 * the portable one of web standards, which is asynchronous, and the synchronous one over the built-in modules of Node, Deno and
 * Bun.
 */
export interface Engine {
  /** HMAC of `message` under a key of one byte or more. */
  hmac(hash: "SHA-1" | "SHA-256", key: Bytes, message: Bytes): Awaitable<Bytes>;
  /** One zlib stream (RFC 1950) of `bytes`. */
  deflate(bytes: Bytes): Awaitable<Bytes>;
  /** Inflates a zlib stream up to `limit` bytes of output, measured while it inflates; `undefined` where the runtime has nothing for it. */
  inflate(bytes: Bytes, limit: number): Awaitable<Inflated | undefined>;
}

/** An engine whose results need no awaiting. */
export interface SynchronousEngine extends Engine {
  /** HMAC, at once. */
  hmac(hash: "SHA-1" | "SHA-256", key: Bytes, message: Bytes): Bytes;
  /** A zlib stream, at once. */
  deflate(bytes: Bytes): Bytes;
  /** Its content, at once. */
  inflate(bytes: Bytes, limit: number): Inflated;
}

/** Continues with a value, at once or when its promise resolves: the result is as synchronous as the engine. */
export function chain<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
