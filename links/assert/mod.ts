/** Stand-in for `jsr:@std/assert`: the same code from its npm mirror, with types. @module */
import * as mirror from "npm:deno-std@1.4.0/assert/mod.js";

// deno-lint-ignore no-explicit-any
type ErrorClass<E> = abstract new (...args: any[]) => E;

/** Asserts that `expr` is truthy. */
export const assert: (expr: unknown, msg?: string) => asserts expr = mirror.assert;
/** Asserts deep equality. */
export const assertEquals: <T>(actual: T, expected: T, msg?: string) => void = mirror.assertEquals;
/** Asserts that two values are not deeply equal. */
export const assertNotEquals: <T>(actual: T, expected: T, msg?: string) => void = mirror.assertNotEquals;
/** Asserts that `actual` contains `expected`. */
export const assertStringIncludes: (actual: string, expected: string, msg?: string) => void = mirror.assertStringIncludes;
/** Asserts that `actual` matches `expected`. */
export const assertMatch: (actual: string, expected: RegExp, msg?: string) => void = mirror.assertMatch;
/** Asserts that `actual` has at least the properties of `expected`. */
export const assertObjectMatch: (
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
) => void = mirror.assertObjectMatch;
/** Asserts that `actual` is an instance of `expected`. */
export const assertInstanceOf: <E>(actual: unknown, expected: ErrorClass<E>, msg?: string) => asserts actual is E =
  mirror.assertInstanceOf;
/** Asserts that `fn` throws, and returns what it threw. */
export const assertThrows: <E extends Error = Error>(
  fn: () => unknown,
  errorClass?: ErrorClass<E>,
  msgIncludes?: string,
) => E = mirror.assertThrows;
/** Asserts that `fn` rejects, and resolves to what it rejected with. */
export const assertRejects: <E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass?: ErrorClass<E>,
  msgIncludes?: string,
) => Promise<E> = mirror.assertRejects;
