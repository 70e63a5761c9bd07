import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { type DiagnoseOptions, diagnoseToken, type Finding, findTokens } from "../mod.ts";
import * as messages from "../src/inspect/messages/mod.ts";
import { batch, type Json } from "./cli/harness.ts";
import hunt from "./data/hunt-cases.json" with { type: "json" };

// What people had in their hands, and what they should learn: each through the library and the command line.

interface HuntCase {
  id: string;
  kind: string;
  why: string;
  input: {
    text: string;
    number?: number;
    sdk?: messages.MessageSdk;
    appCertificate?: string;
  } & Omit<DiagnoseOptions, "certificates">;
  want: {
    verdict?: string;
    verdictNot?: string;
    tokens?: string[];
    rows?: string[];
    rowsNot?: string[];
    codeNot?: string[];
    first?: string;
    mentions?: string[];
    mentionsNot?: string[];
    onePerCode?: boolean;
    sdkErrorNot?: number[];
  };
}

/** Kinds that no code answers yet: to be empty. */
const OPEN: readonly string[] = [];

const CASES = (hunt.cases as unknown as HuntCase[]).filter(({ kind }) => kind !== "client" && kind !== "route");

/** Holds a diagnosis to what is wanted of it. */
function judged({ want }: HuntCase, { verdict, findings }: { verdict: string; findings: readonly Finding[] }): void {
  const codes = findings.map(({ code }) => code);
  const said = findings.map(({ message, advice = "" }) => `${message} ${advice}`);
  const shown = said.join("\n");
  if (want.verdict !== undefined) assertEquals(verdict, want.verdict, shown);
  if (want.verdictNot !== undefined) assertNotEquals(verdict, want.verdictNot);
  assertEquals(codes.filter((code) => want.codeNot?.includes(code)), [], shown);
  if (want.first !== undefined) assertMatch(findings[0]!.message, new RegExp(want.first, "i"));
  for (const pattern of want.mentions ?? []) {
    assert(said.some((text) => new RegExp(pattern, "i").test(text)), `${pattern} in ${shown}`);
  }
  for (const pattern of want.mentionsNot ?? []) {
    assert(!said.some((text) => new RegExp(pattern, "i").test(text)), `no ${pattern} in ${shown}`);
  }
  if (want.onePerCode) assertEquals(codes.length, new Set(codes).size, shown);
  assertEquals(findings.filter(({ sdkError }) => want.sdkErrorNot?.includes(sdkError!)), []);
}

/** What `diagnose --batch` takes for a case. */
function diagnoseLine({ input: { text, number: _number, sdk: _sdk, ...known } }: HuntCase): Json {
  return { token: text, ...known };
}

for (const hunted of CASES) {
  const { id, kind, why, input, want } = hunted;
  Deno.test({
    name: `diagnoseToken(), findTokens() and explainError() give what is wanted of ${id} when a person ${why}`,
    ignore: OPEN.includes(kind),
    async fn() {
      if (want.rows !== undefined) {
        const found = messages.explainError(input.text ?? input.number!, { sdk: input.sdk }).map(({ id }) => id);
        assertEquals(want.rows.filter((row) => !found.includes(row)), []);
        assertEquals((want.rowsNot ?? []).filter((row) => found.includes(row)), []);
      }
      if (want.tokens !== undefined) assertEquals(findTokens(input.text).map(({ token }) => token), want.tokens);
      if (input.text === undefined || kind === "message" && want.verdictNot === undefined) return;
      const { text, appCertificate, number: _number, sdk: _sdk, ...known } = input;
      const certificates = appCertificate === undefined ? {} : { certificates: appCertificate };
      judged(hunted, await diagnoseToken(text, { ...known, ...certificates, messages }));
    },
  });
}

Deno.test("cli diagnose, find and explain --batch give what is wanted of every case", async () => {
  const cases = CASES.filter(({ kind }) => !OPEN.includes(kind));
  const diagnosed = cases.filter(({ kind, want }) => kind !== "message" || want.verdictNot !== undefined);
  const { lines } = await batch("diagnose", diagnosed.map(diagnoseLine));
  for (const [index, hunted] of diagnosed.entries()) judged(hunted, lines[index]);
  const explained = cases.filter(({ want }) => want.rows !== undefined);
  const explanations = await batch("explain", explained.map(({ input }) => input));
  for (const [index, { want }] of explained.entries()) {
    const found = explanations.lines[index].rows.map(({ id }: Json) => id);
    assertEquals(want.rows!.filter((row) => !found.includes(row)), []);
    assertEquals((want.rowsNot ?? []).filter((row) => found.includes(row)), []);
  }
  const finding = cases.filter(({ want }) => want.tokens !== undefined);
  const found = await batch("find", finding.map(({ input: { text } }) => ({ text })));
  for (const [index, { id, want }] of finding.entries()) {
    assertEquals(found.lines[index].tokens.map(({ token }: Json) => token), want.tokens, id);
  }
});
