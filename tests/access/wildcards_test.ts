import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { serviceFrom } from "../../src/build/services.ts";
import { SERVICES } from "../../src/formats/access_token2/services.ts";
import { AgoraTokenError, parseToken } from "../../mod.ts";
import { EVERYTHING, type Grant } from "../../src/server/access/grant.ts";
import { matcherOf } from "../../src/server/access/pattern.ts";
import { mint } from "../../src/server/mint.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { accessOf, BY_PEM, entryOf } from "./harness.ts";

/** All words of some letters, up to a length. */
function wordsOf(letters: string, length: number): string[] {
  if (length === 0) return [""];
  const shorter = wordsOf(letters, length - 1);
  return [
    ...shorter,
    ...shorter.filter((word) => word.length === length - 1).flatMap((word) => [...letters].map((l) => word + l)),
  ];
}

/** A pattern of letters and stars as a regular expression. */
const expression = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`);

Deno.test("matcherOf() takes a pattern for a text exactly if every name that fits it is matched", () => {
  // A star of the text and the letter c, which no pattern has, show every pattern that covers less.
  const [patterns, names] = [wordsOf("ab*", 4), wordsOf("abc", 4)];
  const covered = patterns.map((pattern) => names.map((name) => expression(pattern).test(name)));
  for (const [own, pattern] of patterns.entries()) {
    for (const [asked, text] of patterns.entries()) {
      const isCovered = covered[asked]!.every((isName, index) => !isName || covered[own]![index]);
      assertEquals(matcherOf([pattern], {})(text), isCovered, `${pattern} covers ${text}`);
    }
  }
});

const SUBJECTS = ["a", "ab", "1", "*"];
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "1"), minLength: 1, maxLength: 2 }),
  fc.string({ unit: fc.constantFrom("a", "b", "1", "*"), maxLength: 3 }),
  fc.constant("*"),
);
const pattern = fc.oneof(
  name.filter((text) => text !== ""),
  fc.constantFrom("*", "a*", "*b", "{sub}", "{sub}*", "*{sub}", "{uid}", "**"),
  fc.constant("*"),
);
const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
const user = fc.oneof(fc.record({ uid: fc.constantFrom(0, 1, 11) }), fc.record({ account: name }));

/** The values of a field, by how it lies on the wire. */
const VALUES = {
  str: name,
  i16: fc.constantFrom(-1, 2),
  permissions: fc.record({ messageChannels: fc.record({ read: fc.array(name, { maxLength: 2 }) }) }),
};

/** A request for any service that names somebody, with names, stars, patterns and empty texts in every field. */
const request = fc.oneof(
  ...SERVICES.filter(({ fields }) => fields.length > 0).map(({ name: type, fields, roles, variants, privileges }) => {
    const isUser = ({ rule }: { rule: string }) => rule === "identity";
    const values = Object.fromEntries(
      fields.filter((field) => !isUser(field)).map(({ name, wire }): [string, fc.Arbitrary<unknown>] => [name, VALUES[wire]]),
    );
    const rights = roles ? { role: "subscriber" } : variants ? {} : { privileges: { [Object.keys(privileges)[0]!]: 60 } };
    const arbitrary = fc.tuple(fc.record(values), fields.some(isUser) ? user : fc.constant({}), fc.boolean())
      .map(([values, who, isApp]): Record<string, unknown> =>
        variants?.app && isApp ? { type, app: true } : { type, ...values, ...who, ...rights }
      );
    return { arbitrary, weight: type === "rtc" ? 5 : 1 }; // only its names can be patterns
  }),
);

const grants = fc.record({ channels: patterns, users: patterns, wildcards: fc.boolean(), appLevel: fc.boolean() });

/** Whether a grant's own patterns have a name: told by regular expressions, and not by what is tested. */
function hasName(own: readonly string[], sub: string, name: string): boolean {
  return own.filter((pattern) => !pattern.includes("{uid}") && !(pattern.includes("{sub}") && sub.includes("*")))
    .some((pattern) => expression(pattern.replaceAll("{sub}", sub)).test(name));
}

const NAMES = wordsOf("ab1c", 4);

Deno.test("mint() makes nothing beyond a grant, whatever stars, patterns and empty names a request has", async () => {
  const made = { names: 0, patterns: 0, empty: 0, old: 0 };
  const run = async (asked: Record<string, unknown>, change: Partial<Grant>, sub: string, version: "006" | "007") => {
    const grant = { ...EVERYTHING, ...change };
    let text;
    try {
      const services = [serviceFrom("services[0]", asked)];
      const call = { caller: { grant, placeholders: { sub } } };
      text = (await mint({ appId: APP_ID, appCertificate: CERTIFICATE }, { services }, version, call)).token;
    } catch (error) {
      if (error instanceof AgoraTokenError) return;
      throw error;
    }
    const token = await parseToken(text);
    if (token.version === "006") { // which cannot be confined
      assert(grant.wildcards && grant.channels.includes("*") && grant.users.includes("*"));
      assert(!JSON.stringify(asked).includes("*"), JSON.stringify(asked));
      made.old++;
      return;
    }
    assert(token.version === "007");
    const [service] = token.services;
    const values = service as unknown as Record<string, string>;
    for (const { name: field, rule, wire } of SERVICES.find(({ name }) => name === service!.type)!.fields) {
      const own = grant[["channel", "room", "permissions"].includes(rule) ? "channels" : "users"];
      const list = wire === "str" ? [values[field]!] : wire === "permissions"
        // deno-lint-ignore no-explicit-any -- a map in a map
        ? (values[field] as any).messageChannels?.read ?? []
        : [];
      for (const value of list) {
        if (value === "" && asked.app) continue;
        const isOpen = value === "" || value.includes("*");
        if (isOpen) assert(grant.wildcards, JSON.stringify(asked));
        const fitting = value === "" ? NAMES : NAMES.filter((name) => expression(value).test(name));
        for (const name of isOpen ? fitting : [value]) {
          assert(hasName(own, sub, name), `${JSON.stringify([asked, grant.channels, grant.users, sub])} gives ${name}`);
        }
        made[value === "" ? "empty" : isOpen ? "patterns" : "names"]++;
      }
    }
  };
  await fc.assert(
    fc.asyncProperty(request, grants, fc.constantFrom(...SUBJECTS), fc.constantFrom("007", "007", "007", "006"), run),
    { seed: 12, numRuns: 6000 },
  );
  assert(Object.values(made).every((count) => count > 20), JSON.stringify(made));
});

Deno.test("loadAccess() remarks on a grant whose wildcards its channels or users do not have", async () => {
  const wild = { wildcards: true, channels: ["team-*"], users: ["*"] };
  const file = {
    keys: [
      await entryOf("a", wild),
      await entryOf("b", { ...wild, channels: ["x", "**"] }),
      await entryOf("c", { channels: ["x"], users: ["y"] }),
    ],
    jwt: { ...BY_PEM, wildcards: true },
  };
  assertEquals((await accessOf(file)).remarks, [
    '"keys[0].wildcards" allows no token for any channel: that needs a "*" in "keys[0].channels"',
    '"jwt.wildcards" allows no token for any user: that needs a "*" in "jwt.users"',
  ]);
  assertEquals((await accessOf({ keys: [file.keys[2]] })).remarks, []);
});
