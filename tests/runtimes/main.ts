/** Runs the suite as a program, or as a page's script, and prints the report as one line of JSON. */
import { report } from "./report.ts";

console.log(JSON.stringify(await report()));
