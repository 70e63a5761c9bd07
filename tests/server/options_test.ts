import { assertEquals, assertThrows } from "@std/assert";
import { AgoraTokenError } from "../../mod.ts";
import { createTokenServer, type TokenServerOptions } from "../../src/config/mod.ts";
import { EVERYTHING } from "../../src/server/access/grant.ts";
import { APP_ID } from "../portable/case.ts";
import { ask, PROJECT, serverOf } from "./harness.ts";

const REQUIRED = { projects: [PROJECT], access: "loopback" } as const;

/** The refusal of options that are not what their type says. */
function refusalOf(options: unknown): AgoraTokenError {
  return assertThrows(() => createTokenServer(options as TokenServerOptions), AgoraTokenError);
}

/** For each option, values that it cannot have: of the wrong type, and out of its range. */
const REFUSED: Record<keyof TokenServerOptions, { types: unknown[]; values: unknown[] }> = {
  projects: { types: [undefined, null, "x", {}], values: [[]] },
  access: {
    types: [],
    values: [undefined, null, "public", {}, ["a problem"], { authenticate: () => {} }, { keysInPaths: true }],
  },
  rateLimit: { types: ["600", null, true], values: [NaN, -1, 0.5, Infinity, 1_000_001] },
  trustedProxies: { types: ["1", null], values: [NaN, -1, 1.5, 11] },
  log: { types: ["console", null, true, {}], values: [] },
  demo: { types: ["true", 0, null], values: [] },
  corsAllowOrigin: {
    types: [5, null, {}],
    values: ["", "app.example", "https://app.example/", "https://app.example.com, https://b.example", "null"],
  },
  oldContractVersion: { types: [], values: [6, 7, "6", "005", null] },
  allowAppLevelTokens: { types: ["false", 1, null], values: [] },
  drawUids: { types: ["true", 1, null], values: [] },
  now: { types: [0, null], values: [] },
  bodyTimeout: { types: ["10", null], values: [NaN, 0, -1, 0.5, Infinity, 600_001] },
};

for (const [option, { types, values }] of Object.entries(REFUSED)) {
  Deno.test(`createTokenServer() refuses what "${option}" cannot be`, () => {
    for (const [code, list] of [["invalid-type", types], ["invalid-value", values]] as const) {
      for (const value of list) {
        const { field, ...error } = refusalOf({ ...REQUIRED, [option]: value });
        assertEquals([field, error.code], [option, code], String(value));
      }
    }
  });
}

Deno.test("createTokenServer() refuses unknown options, and options that are not an object", () => {
  for (const name of ["rateLimits", "host", "port", "project"]) {
    const { code, field } = refusalOf({ ...REQUIRED, [name]: undefined });
    assertEquals([code, field], ["unknown-field", name]);
  }
  for (const options of [undefined, null, "x", [REQUIRED]]) assertEquals(refusalOf(options).code, "invalid-type");
});

Deno.test("createTokenServer() names the index of a project or origin that it refuses", () => {
  const fields: [Partial<Record<keyof TokenServerOptions, unknown>>, string][] = [
    [{ projects: [PROJECT, { ...PROJECT, appId: "x" }] }, "projects[1].appId"],
    [{ projects: [PROJECT, { ...PROJECT, appId: APP_ID.toUpperCase() }] }, "projects[1].appId"],
    [{ projects: [{ ...PROJECT, secondCertificate: "x" }] }, "projects[0].secondCertificate"],
    [{ projects: [{ ...PROJECT, certificate: "x" }] }, "projects[0].certificate"],
    [{ corsAllowOrigin: ["https://a.example", "https://b.example/"] }, "corsAllowOrigin[1]"],
    [{ corsAllowOrigin: ["*"] }, "corsAllowOrigin[0]"],
    [{ corsAllowOrigin: [5] }, "corsAllowOrigin[0]"],
  ];
  for (const [options, field] of fields) assertEquals(refusalOf({ ...REQUIRED, ...options }).field, field);
});

Deno.test("createTokenServer() accepts every option at the limits of its range, and undefined for the default", () => {
  const all: Required<Omit<TokenServerOptions, "access" | "projects">>[] = [
    {
      rateLimit: 0,
      trustedProxies: 0,
      log: () => {},
      demo: false,
      corsAllowOrigin: "*",
      oldContractVersion: "006",
      allowAppLevelTokens: true,
      drawUids: true,
      now: () => 0,
      bodyTimeout: 1,
    },
    {
      rateLimit: 1_000_000,
      trustedProxies: 10,
      log: async () => await Promise.resolve(),
      demo: true,
      corsAllowOrigin: ["https://a.example", "capacitor://localhost"],
      oldContractVersion: "007",
      allowAppLevelTokens: false,
      drawUids: false,
      now: performance.now,
      bodyTimeout: 600_000,
    },
  ];
  for (const options of all) createTokenServer({ ...REQUIRED, ...options });
  createTokenServer({ ...REQUIRED, ...Object.fromEntries(Object.keys(all[0]!).map((name) => [name, undefined])) });
});

Deno.test("createTokenServer() takes one origin as a text, and compares it for equality", async () => {
  const server = serverOf({ corsAllowOrigin: "https://app.example.com" });
  const allowed = async (origin: string) =>
    (await ask(server, "/ping", { headers: { origin } })).headers.get("access-control-allow-origin");
  assertEquals(await allowed("https://app.example.com"), "https://app.example.com");
  for (const origin of ["https://app.example.co", "https://app", "https://", "app.example.com", "", "http://localhost:3000"]) {
    assertEquals(await allowed(origin), null, origin);
  }
});

Deno.test("createTokenServer() copies its options, so that later changes have no effect", async () => {
  const corsAllowOrigin = ["https://a.example"];
  const server = serverOf({ corsAllowOrigin });
  corsAllowOrigin.push("https://evil.example");
  const { headers } = await ask(server, "/ping", { headers: { origin: "https://evil.example" } });
  assertEquals(headers.get("access-control-allow-origin"), null);
});

Deno.test("tokenServer() refuses callers whose rate limit is not a number", async () => {
  for (const rateLimit of [NaN, -1]) {
    const caller = {
      id: "key:a",
      grant: { services: [], channels: [], users: [], roles: [], maxExpire: 60 },
      placeholders: {},
      rateLimit,
    };
    const server = serverOf({ access: { keysInPaths: false, authenticate: () => Promise.resolve(caller) } });
    assertEquals((await ask(server, "/rtm/bob")).status, 429);
  }
});

Deno.test("tokenServer() never rejects, whatever an access of one's own gives or throws", async () => {
  const answers: [status: number, authenticate: () => Promise<unknown>][] = [
    [401, () => Promise.resolve(undefined)],
    [401, () => Promise.resolve(null)],
    [401, (() => ({ then: (done: (found?: unknown) => void) => done() })) as () => Promise<unknown>], // as await takes it
    [500, () => Promise.resolve({})],
    [500, () => Promise.reject(null)],
    [500, () => Promise.reject({ id: "key:a", grant: EVERYTHING, placeholders: {} })],
  ];
  const { error } = console;
  console.error = () => {};
  try {
    for (const [status, authenticate] of answers) {
      const access = { keysInPaths: false, authenticate } as unknown as TokenServerOptions["access"];
      assertEquals((await ask(serverOf({ access }), "/rtm/bob")).status, status, String(authenticate));
    }
  } finally {
    console.error = error;
  }
});
