import { assert, assertEquals } from "@std/assert";
import type { McpAnswer } from "../../src/mcp/mod.ts";
import { NOTICE } from "../../src/mcp/quoted.ts";
import { type Hostile, WORD } from "./hostile.ts";

/** What no string of an answer has: what is invisible, or turns the direction. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Holds an answer to a hostile input: no secret in it, what is foreign marked as data, nothing hidden, not large. */
export function assertDefused({ text, more, secrets }: Hostile, { content, structuredContent }: McpAnswer): void {
  const [notice, data, ...rest] = content[0]!.text.split("\n");
  assertEquals([notice, rest, content.length], [NOTICE, [], 1]);
  assertEquals(JSON.parse(data!), structuredContent);
  assert(data!.length < 100_000, `${data!.length} characters`);
  for (const secret of secrets) assert(!data!.toLowerCase().includes(secret.toLowerCase()), "a secret is in the answer");

  const ours: string[] = [];
  const visit = (value: unknown, isQuoted: boolean): void => {
    if (typeof value === "string") {
      assert(!HIDDEN.test(value), `hidden characters: ${JSON.stringify(value)}`);
      if (!isQuoted) ours.push(value);
    } else if (typeof value === "object" && value !== null) {
      assert(Object.keys(value).length <= 30, "a long list");
      for (const [key, part] of Object.entries(value)) {
        if (!Array.isArray(value)) ours.push(key);
        visit(part, isQuoted || key === "quoted");
      }
    }
  };
  visit(structuredContent, false);
  const outside = ours.join("\n").toLowerCase();
  const given = JSON.stringify([text, more]).toLowerCase();
  assert(!outside.includes(WORD) && !/ignore(-| all)previous/.test(outside), "what is foreign stands outside of `quoted`");
  // The names of errors are in messages of SDKs too, and have no digits.
  const copied = outside.match(/[\w+/=-]{24,}/g)?.filter((run) => /\d/.test(run) && given.includes(run)) ?? [];
  assertEquals(copied, []);
}
