import { assertEquals, assertStringIncludes } from "@std/assert";
import hunt from "../data/hunt-cases.json" with { type: "json" };
import { packed } from "../portable/case.ts";
import { batch, cli, type Json } from "./harness.ts";

const TOKEN = await packed();

Deno.test("cli find --batch gives every token with its place, and none where none is", async () => {
  const cases: Json[] = hunt.cases.filter(({ kind }) => kind === "find");
  const { code, lines } = await batch("find", [...cases.map(({ input }) => ({ text: input.text })), { text: "" }]);
  assertEquals(code, 0);
  for (const [index, { input, want }] of cases.entries()) {
    const { tokens } = lines[index];
    assertEquals(tokens.map(({ token }: Json) => token), want.tokens);
    for (const { token, start, end, wrappings } of tokens) {
      const found = input.text.slice(start, end);
      assertEquals([found[0], found.endsWith(token.at(-1)) || wrappings.length > 1], ["0", true]);
    }
  }
  assertEquals(lines.at(-1), { tokens: [] });
});

Deno.test("cli find --batch names the field of what it refuses, and repeats no text", async () => {
  const { code, lines } = await batch("find", [{}, { text: 5 }, { text: "x", token: TOKEN }]);
  assertEquals([code, lines.map(({ error }) => error?.field)], [1, ["text", "text", "token"]]);
});

Deno.test("cli find prints each token on a line, and its format, place and wrappings on the next", async () => {
  const found = await cli(["find"], { stdin: `a=${TOKEN}\nb=${encodeURIComponent(TOKEN)}` });
  const [first, place, second, undone] = found.stdout.trimEnd().split("\n");
  assertEquals([found.code, found.stderr, first, second], [0, "", TOKEN, TOKEN]);
  assertStringIncludes(place!, `007, characters 3 to ${2 + TOKEN.length}`);
  assertStringIncludes(undone!, "percent-encoded characters in it");
  const none = await cli(["find", "no token here"]);
  assertEquals([none.code, none.stdout], [1, "No token is in the text.\n"]);
  assertEquals(JSON.parse((await cli(["find", "--json", TOKEN])).stdout).tokens[0].wrappings, []);
  assertEquals((await cli(["find", "two", "texts"])).code, 1);
});

Deno.test("cli parse and diagnose take the first token of a text, and say so", async () => {
  const text = `first ${TOKEN}, then ${TOKEN}`;
  for (const command of ["parse", "diagnose"]) {
    const { stderr, stdout } = await cli([command, text]);
    assertEquals(stderr, "Removed from the text: other text around it.\nThe text has 2 tokens; this is the first: see find.\n");
    assertEquals(stdout, (await cli([command, TOKEN])).stdout);
  }
});
