import { assert, assertEquals } from "@std/assert";
import { DOCS, docWithParts } from "../scripts/docs.ts";
import { ROOT, runDeno, sources } from "./helpers.ts";

for (const name of Object.keys(DOCS)) {
  Deno.test(`docs/${name} has what \`deno task docs\` makes`, async () => {
    const { code, stdout, stderr } = await runDeno(["fmt", "--ext", "md", "-"], { stdin: await docWithParts(name) });
    assertEquals(code, 0, stderr);
    assertEquals(await Deno.readTextFile(`${ROOT}docs/${name}`), stdout);
  });
}

Deno.test("the notes have every section that a comment in src/ or tests/ names", async () => {
  const sections: Record<string, string[]> = {};
  for (const notes of ["format", "legacy"]) {
    const text = await Deno.readTextFile(`${ROOT}docs/${notes}-notes.md`);
    sections[notes] = [...text.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, section]) => section!);
  }
  const wrong: string[] = [];
  let references = 0;
  for (const folder of ["src/", "tests/"]) {
    for await (const file of sources(folder)) {
      const source = (await Deno.readTextFile(ROOT + file)).replaceAll(/RFC \d+ §/g, "");
      // "format notes §5", or "legacy notes §2 and §3"; a § without its notes is nobody's.
      for (const [text, notes, named] of source.matchAll(/(?:(format|legacy) notes )?((?:§\d+(?:\.\d+)?(?: and (?=§))?)+)/g)) {
        references++;
        const found = named!.split(" and ").every((section) => sections[notes ?? ""]?.includes(section.slice(1)));
        if (!found) wrong.push(`${file}: ${text}`);
      }
    }
  }
  assertEquals(wrong, []);
  assert(references > 0);
});
