import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CERTIFICATE } from "../portable/case.ts";
import { VERSIONS } from "../portable/vectors_legacy.ts";
import agents from "../vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "../vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "../vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "../vectors/vectors-007.json" with { type: "json" };
import legacy from "../vectors/vectors-legacy.json" with { type: "json" };
import { batch, cli, type Json } from "./harness.ts";

const built: Json[] = [...golden.cases, ...agents.cases, ...literals.cases].filter(({ kind }: Json) =>
  kind === "services" || kind === "builder"
);

Deno.test("cli build, parse and verify --batch agree with every vector", async () => {
  const tokens = await batch("build", built.map(({ input }) => input));
  assertEquals(tokens.code, 1); // some vectors are to be refused
  assertEquals(tokens.lines.length, built.length);
  const parsed = await batch("parse", tokens.lines.map(({ token = "" }) => ({ token })));
  const verified = await batch(
    "verify",
    built.map(({ input }, index) => ({ token: tokens.lines[index].token ?? "", appCertificate: input.appCertificate, now: 1 })),
  );
  for (const [index, vector] of built.entries()) {
    if (vector.expect === "empty-or-error") {
      assertEquals(Object.keys(tokens.lines[index]), ["error"], vector.id);
      continue;
    }
    const got = parsed.lines[index];
    assertEquals(got.version, "007");
    assertEquals(got.signature, vector.signatureHex, vector.id);
    for (const [key, value] of Object.entries(vector.parsed ?? {})) assertEquals(got[key], value, `${vector.id} ${key}`);
    assertEquals(verified.lines[index].signature, "valid", vector.id);
    assertEquals(typeof verified.lines[index].ok, "boolean");
    assert(Array.isArray(verified.lines[index].findings));
  }
});

Deno.test("cli parse and verify --batch answer each line with a line, in order, malformed tokens included", async () => {
  const malformed: Json[] = golden.cases.filter(({ kind }) => kind === "malformed");
  const { code, lines } = await batch("parse", malformed.map(({ token }) => ({ token })));
  assertEquals([code, lines.length], [1, malformed.length]);
  for (const [index, vector] of malformed.entries()) {
    if (vector.majority === "reject") assertEquals(Object.keys(lines[index]), ["error"], vector.id);
    if (vector.token.length > 20) assert(!JSON.stringify(lines[index]).includes(vector.token), vector.id);
  }
  const verified = await batch("verify", malformed.map(({ token }) => ({ token, appCertificate: CERTIFICATE })));
  for (const [index, { acceptedBy, verifiedBy, id }] of malformed.entries()) {
    if (verified.lines[index].signature === "valid") assert(verifiedBy.length > acceptedBy.length / 2, id);
  }
});

Deno.test("cli parse --batch shows bytes that are not UTF-8 and unknown services as the contract says", async () => {
  const token = (id: string) => (golden.cases.find((vector) => vector.id === id) as Json).token;
  const { lines: [text, unknown] } = await batch("parse", [{ token: token("mal-bad-utf8") }, {
    token: token("mal-unknown-last"),
  }]);
  assertEquals(text.undecoded, { "services[0].channelName": "fffe80616263" });
  assertEquals(text.services[0].channelName, "\ufffd\ufffd\ufffdabc");
  assertEquals([unknown.unknownServiceType, unknown.serviceCount, unknown.services.length], [999, 2, 1]);
  assertEquals("trailingBytes" in unknown, false);
});

Deno.test("cli build --batch feeds a parsed token back unchanged", async () => {
  const { lines } = await batch("parse", built.filter(({ token }) => token).map(({ token }) => ({ token })));
  const known = lines.filter(({ unknownServiceType }) => unknownServiceType === undefined);
  const again = await batch(
    "build",
    known.map(({ appId, issueTs, expire, salt, services }) => ({
      appId,
      appCertificate: CERTIFICATE,
      issueTs,
      expire,
      salt,
      services,
    })),
  );
  assertEquals(again.code, 0);
  const reparsed = await batch("parse", again.lines);
  for (const [index, { signature: _s, ...rest }] of known.entries()) {
    const { signature: _t, ...other } = reparsed.lines[index];
    assertEquals(other, rest);
  }
});

Deno.test("cli build, parse and verify --batch agree with every legacy vector", async () => {
  const extra = literalsLegacy.extra.map((vector) => ({ ...vector, builder: "generate" }));
  const vectors: Json[] = [...legacy.cases, ...literalsLegacy.cases, ...extra];
  const made = await batch("build", vectors.map(({ format, builder, input }) => ({ format, builder, ...input })));
  assertEquals(made.code, 0);
  assertEquals(made.lines.map(({ token }) => token), vectors.map(({ token }) => token));
  const parsed = await batch("parse", made.lines);
  for (const [index, { format, expectedParsed, id }] of vectors.entries()) {
    const expected = { ...expectedParsed, version: VERSIONS[format] };
    for (const [key, value] of Object.entries(expected)) assertEquals(parsed.lines[index][key], value, `${id} ${key}`);
  }
  const verified = await batch("verify", legacy.verify.map(({ token, given }: Json) => ({ token, ...given, now: 0 })));
  assertEquals(
    verified.lines.map(({ signature }) => signature === "valid"),
    legacy.verify.map(({ valid }) => valid),
  );
});

Deno.test("cli parse shows one token of each old format to people", async () => {
  const seen = new Set<string>();
  const extra = literalsLegacy.extra.map((vector) => ({ ...vector, builder: "generate" }));
  for (const { format, token } of [...legacy.cases, ...extra] as Json[]) {
    if (seen.has(format)) continue;
    seen.add(format);
    const { code, stdout } = await cli(["parse", token]);
    assertEquals(code, 0);
    for (const part of [`"${VERSIONS[format]}"`, "the project", "Content, ", "0000  "]) assertStringIncludes(stdout, part);
  }
  assertEquals(seen.size, 7);
});
