import { assertEquals } from "@std/assert";
import { KNOWN_BUGS } from "../../scripts/known_bugs.ts";
import { ROOT, sources } from "../helpers.ts";

Deno.test("every known bug has its test", async () => {
  const tested: string[] = [];
  for await (const file of sources("tests/server/")) {
    const source = /bugs_\w+_test\.ts$/.test(file) ? await Deno.readTextFile(ROOT + file) : "";
    tested.push(...[...source.matchAll(/^bugTest\(\s*"([\w-]+)"/gm)].map(([, name]) => name!));
  }
  assertEquals(tested.toSorted(), Object.keys(KNOWN_BUGS).toSorted());
});
