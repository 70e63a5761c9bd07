import { assertEquals } from "@std/assert";
import { accessOf, apiKey, entryOf } from "../access/harness.ts";
import { ask, serverOf } from "./harness.ts";

const CROSS = { "sec-fetch-site": "cross-site" };
const NAVIGATION = { ...CROSS, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

Deno.test("tokenServer() without authentication refuses what a page of another site sends, unless CORS allows it", async () => {
  const cases: [number, Record<string, string>, (string | string[])?][] = [
    [200, {}],
    [200, { "sec-fetch-site": "same-origin" }],
    [200, { "sec-fetch-site": "same-site", origin: "http://localhost:3000" }],
    [200, { "sec-fetch-site": "none" }],
    [421, CROSS],
    [421, NAVIGATION],
    [421, { ...CROSS, origin: "https://evil.example" }],
    [421, { ...CROSS, origin: "null" }],
    [200, { ...CROSS, origin: "http://localhost:3000" }], // a page of localhost calls 127.0.0.1
    [421, { ...CROSS, origin: "http://localhost:3000" }, "https://app.example"],
    [200, { ...CROSS, origin: "https://app.example" }, ["https://app.example"]],
    [200, { ...CROSS, origin: "https://evil.example" }, "*"],
    [421, CROSS, "*"],
  ];
  for (const [status, headers, corsAllowOrigin] of cases) {
    const server = serverOf(corsAllowOrigin === undefined ? {} : { corsAllowOrigin });
    for (const target of ["/rtm/bob", "/ping"]) {
      assertEquals((await ask(server, target, { headers })).status, status, JSON.stringify([headers, corsAllowOrigin]));
    }
  }
});

Deno.test("tokenServer() without authentication refuses what a proxy passed on, unless proxies are trusted", async () => {
  const access = await accessOf({ keys: [await entryOf("backend")] });
  const authorization = `Bearer ${apiKey("backend")}`;
  const names = ["X-Forwarded-For", "x-forwarded-proto", "Forwarded", "Via", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP"];
  for (const name of names) {
    const headers = { [name]: "1.2.3.4" };
    const statuses = [];
    for (const trustedProxies of [0, 1]) {
      statuses.push((await ask(serverOf({ trustedProxies }), "/rtm/bob", { headers })).status);
      const server = serverOf({ trustedProxies, access });
      statuses.push((await ask(server, "/rtm/bob", { headers: { ...headers, authorization } })).status);
    }
    assertEquals(statuses, [421, 200, 200, 200], name);
  }
});
