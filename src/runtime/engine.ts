import type { Bytes } from "../bytes/bytes.ts";

/** A value now, or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * What signing and packing need of the runtime; everything else is plain functions over data. There are two engines:
 * the portable one of web standards, which is asynchronous, and the synchronous one of Deno, Node and Bun.
 */
export interface Engine {
  /** HMAC of `message` under a key of one byte or more. */
  hmac(hash: "SHA-1" | "SHA-256", key: Bytes, message: Bytes): Awaitable<Bytes>;
  /** One zlib stream (RFC 1950) of `bytes`. */
  deflate(bytes: Bytes): Awaitable<Bytes>;
}

/** An engine whose results need no awaiting. */
export interface SynchronousEngine extends Engine {
  /** What tells it apart. */
  readonly isSynchronous: true;
  /** HMAC, at once. `into` is where it is put, new bytes if omitted; it may be the key or the message. */
  hmac(hash: "SHA-1" | "SHA-256", key: Bytes, message: Bytes, into?: Bytes): Bytes;
  /** A zlib stream, at once. Where it is used up at once too, it may lie in a buffer that the next call uses again. */
  deflate(bytes: Bytes, isUsedAtOnce?: true): Bytes;
}

/** Whether an engine is synchronous. */
export function isSynchronous(engine: Engine): engine is SynchronousEngine {
  return "isSynchronous" in engine;
}

/** Continues with a value, at once or when its promise resolves: the result is as synchronous as the engine. */
export function chain<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
