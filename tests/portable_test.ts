import { suite } from "./portable/suite.ts";

for (const { name, run } of suite) Deno.test(name, run);
