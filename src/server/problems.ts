import { AgoraTokenError } from "../errors.ts";

// What is wrong with a file or a configuration is said all at once.

/**
 * Runs all checks, also after one that refuses.
 *
 * @param checks A list of them, or an object.
 * @param prefix What stands before each problem.
 * @returns What they gave, as a list or an object.
 * @throws {AgoraTokenError} With every problem, one a line in its message, and the first `cause`. Any other error than an
 * AgoraTokenError is thrown as it is.
 */
export function all<T extends object | []>(checks: { readonly [Name in keyof T]: () => T[Name] }, prefix = ""): T {
  const errors: unknown[] = [];
  const results: Record<string, unknown> = {};
  for (const [name, check] of Object.entries<() => unknown>(checks)) {
    try {
      results[name] = check();
    } catch (error) {
      errors.push(error);
    }
  }
  const problems = errors.flatMap(problemsOf).map((problem) => prefix + problem);
  const cause = errors.map((error) => (error as Error).cause).find((cause) => cause !== undefined);
  if (problems.length > 0) throw new AgoraTokenError("invalid-value", problems.join("\n"), { problems, cause });
  return (Array.isArray(checks) ? Object.values(results) : results) as T;
}

/** Refuses what is no single value, and names it in the message. */
export function fail(message: string, cause?: unknown): never {
  throw new AgoraTokenError("invalid-value", message, { cause });
}

/** What an asynchronous check comes to, as a check for {@linkcode all}. */
export async function settled<T>(check: () => Promise<T>): Promise<() => T> {
  return await check().then((result) => () => result, (error) => () => {
    throw error;
  });
}

/** The problems that an error holds: several, or its message. Any error but an AgoraTokenError is thrown again. */
export function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof AgoraTokenError)) throw error;
  return error.problems ?? [error.message];
}
