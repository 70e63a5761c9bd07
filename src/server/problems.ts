import { AgoraTokenError } from "../errors.ts";

/** Runs a check; what it refuses is noted as a problem, and gives nothing. */
export type Attempt = <T>(check: () => T) => T | undefined;

/** What is wrong with a file or a configuration, to be said all at once. */
export interface Problems {
  /** Notes a problem, or those of an error with a text before each. Any error but an AgoraTokenError is thrown again. */
  note(problem: unknown, prefix?: string): undefined;
  attempt: Attempt;
  /**
   * Ends with everything that was noted.
   *
   * @throws {AgoraTokenError} With all problems, one a line in its message, and the first `cause`, if there are any.
   */
  refuse(): void;
}

/** An empty list of problems. */
export function gathering(): Problems {
  const problems: string[] = [];
  let cause: unknown;
  const note: Problems["note"] = (problem, prefix = "") => {
    problems.push(...(typeof problem === "string" ? [problem] : problemsOf(problem)).map((text) => prefix + text));
    if (problem instanceof Error) cause ??= problem.cause;
    return undefined;
  };
  return {
    note,
    attempt(check) {
      try {
        return check();
      } catch (error) {
        return note(error);
      }
    },
    refuse() {
      if (problems.length > 0) throw new AgoraTokenError("invalid-value", problems.join("\n"), { problems, cause });
    },
  };
}

/** The problems that an error holds: several, or its message. Any error but an AgoraTokenError is thrown again. */
export function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof AgoraTokenError)) throw error;
  return error.problems ?? [error.message];
}
