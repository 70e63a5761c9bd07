/** Runs the library's suite where there is no test runner, and prints the result as one line of JSON. */
import { suite } from "../portable/suite.ts";

const failures: string[] = [];
for (const { name, run } of suite) {
  try {
    await run();
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? error.stack : error}`);
  }
}
console.log(JSON.stringify({ cases: suite.length, failures }));
