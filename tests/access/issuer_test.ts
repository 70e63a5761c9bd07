import { assert, assertEquals } from "@std/assert";
import { accessOf, AUDIENCE, ISSUER, JWK, jwtOf, PAIR } from "./harness.ts";

// What the server does with the keys of an issuer that is away, lies, or changes them. The clock of the keys is moved.

/** Answers of an issuer that are no keys. */
const WRONG: Record<string, () => Response> = {
  "an error": () => Response.json({ keys: [{ ...JWK, kid: "a" }] }, { status: 500 }),
  "a page": () => new Response("<html>"),
  "no keys": () => Response.json({ keys: [] }),
  "something else": () => Response.json({ error: "away" }),
  "a redirect": () => new Response(null, { status: 302, headers: { location: "/good" } }),
  "more than any issuer has": () => Response.json({ keys: [{ ...JWK, kid: "a" }], pad: "x".repeat(300_000) }),
};

/** An issuer with an access file that names it, and the time; its answer and the time can be changed. */
interface Issuer {
  answer: () => Response | Promise<Response>;
  readonly asked: number;
  pass(seconds: number): void;
  /** The user of a genuine JWT whose key has an id, or why there is none. */
  user(kid?: string): Promise<string | undefined>;
}

async function withIssuer(use: (issuer: Issuer) => Promise<void>, more: Record<string, unknown> = {}): Promise<void> {
  let [asked, passed] = [0, 0];
  const good = () => Response.json({ keys: [{ ...JWK, kid: "a" }] });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, ({ url }) => {
    if (url.endsWith("/good")) return good();
    asked++;
    return issuer.answer();
  });
  const jwksUrl = `http://127.0.0.1:${server.addr.port}/keys`;
  const access = await accessOf({ jwt: { algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE, jwksUrl, ...more } });
  const issuer: Issuer = {
    answer: good,
    get asked() {
      return asked;
    },
    pass: (seconds) => passed += seconds * 1000,
    async user(kid = "a") {
      const jwt = await jwtOf({}, PAIR.privateKey, { alg: "RS256", kid });
      const caller = access.authenticate(jwt, undefined);
      return await caller.then((caller) => caller?.placeholders.sub, (error) => error.code);
    },
  };
  const { now } = performance;
  performance.now = () => now.call(performance) + passed;
  try {
    await use(issuer);
  } finally {
    performance.now = now;
    await server.shutdown();
  }
}

/** Waits until the issuer has been asked so many times, and its last answer was read. */
async function untilAsked(issuer: Issuer, times: number): Promise<void> {
  for (let turn = 0; turn < 500 && issuer.asked < times; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(issuer.asked, times);
}

for (const [what, answer] of Object.entries(WRONG)) {
  Deno.test(`authenticate() uses the keys fetched last for hours while the issuer answers with ${what}`, async () => {
    await withIssuer(async (issuer) => {
      assertEquals(await issuer.user(), "ann");
      issuer.answer = answer;
      for (let minutes = 0; minutes < 350; minutes += 7) {
        issuer.pass(7 * 60);
        assertEquals(await issuer.user(), "ann");
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      assert(issuer.asked > 25, `${issuer.asked}`);
      issuer.pass(15 * 60);
      assertEquals(await issuer.user(), "service-unavailable");
    });
  });
}

Deno.test("authenticate() does not wait for an issuer that is away, and uses what it publishes when it is back", async () => {
  await withIssuer(async (issuer) => {
    assertEquals(await issuer.user(), "ann");
    issuer.pass(301);
    issuer.answer = WRONG["an error"]!;
    for (let count = 0; count < 10; count++) assertEquals(await issuer.user(), "ann");
    await untilAsked(issuer, 2); // once, while the requests were answered
    issuer.pass(6);
    issuer.answer = () => Response.json({ keys: [{ ...JWK, kid: "b" }] });
    for (let turn = 0; turn < 500 && await issuer.user("b") !== "ann"; turn++) issuer.pass(6);
    assertEquals([await issuer.user("b"), await issuer.user("a")], ["ann", undefined]);
  });
});

Deno.test("authenticate() does not wait for an issuer that hangs while it has its keys", async () => {
  await withIssuer(async (issuer) => {
    assertEquals(await issuer.user(), "ann");
    issuer.pass(301);
    const { promise, resolve } = Promise.withResolvers<Response>();
    issuer.answer = async () => (await promise).clone();
    for (let count = 0; count < 10; count++) {
      assertEquals(await issuer.user(), "ann");
      issuer.pass(20);
    }
    await untilAsked(issuer, 2);
    resolve(Response.json({ keys: [{ ...JWK, kid: "b" }] }));
    for (let turn = 0; turn < 500 && await issuer.user("b") !== "ann"; turn++) await Promise.resolve();
    assertEquals(await issuer.user("a"), undefined);
  });
});

Deno.test("authenticate() does not use a key that the issuer withdrew while the server was idle", async () => {
  await withIssuer(async (issuer) => {
    assertEquals(await issuer.user(), "ann");
    issuer.answer = () => Response.json({ keys: [{ ...JWK, kid: "b" }] });
    issuer.pass(601);
    assertEquals([await issuer.user("a"), await issuer.user("b"), issuer.asked], [undefined, "ann", 2]);
  });
});

Deno.test("authenticate() uses keys for as long as keysMaxAge says while the issuer does not answer", async () => {
  await withIssuer(async (issuer) => {
    assertEquals(await issuer.user(), "ann");
    issuer.answer = WRONG["an error"]!;
    issuer.pass(899);
    assertEquals(await issuer.user(), "ann");
    issuer.pass(2);
    assertEquals(await issuer.user(), "service-unavailable");
  }, { keysMaxAge: 900 });
});
