import { suite } from "../portable/suite.ts";

/** What a run of the suite gave. */
export interface Report {
  /** The runtime's own name and version. */
  runtime: string;
  /** How many cases there are. */
  cases: number;
  /** Those that failed, and how. */
  failures: string[];
}

/** Runs the library's suite where there is no test runner. */
export async function report(): Promise<Report> {
  const failures: string[] = [];
  for (const { name, run } of suite) {
    try {
      await run();
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return {
    runtime: globalThis.navigator?.userAgent ?? "Edge Runtime",
    cases: suite.length,
    failures,
  };
}
