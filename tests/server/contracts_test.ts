import { assert, assertEquals } from "@std/assert";
import { routesOf } from "../../src/server/contracts/read.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { FAILURES, SUCCESS } from "./examples.ts";
import { ask, assertToken, requestOf, serverOf } from "./harness.ts";

const server = serverOf({ allowAppLevelTokens: true });

/** Origins that are not on loopback, however they look. */
const EVIL = [
  "https://evil.example",
  "http://localhost.evil.example",
  "http://xlocalhost",
  "xhttp://localhost",
  "http://[",
  "http://127.evil.example",
  "http://[2001:db8::1]",
  "capacitor://localhost",
  "null",
];

for (const contract of CONTRACTS) {
  const { operationId: id, method } = contract;
  const foreign = "requests" in contract;

  Deno.test(`${id} answers its example in both slash forms and with doubled slashes, without a redirect`, async () => {
    const [target, init] = requestOf(contract);
    const [path, query] = target.split("?");
    for (const form of [path!, `${path}/`, `/${path}`, path!.replaceAll("/", "//") + "//", `/api${path}`]) {
      const { status, text, headers, json } = await ask(server, query === undefined ? form : `${form}?${query}`, init);
      assertEquals(status, 200, `${form}: ${text}`);
      assertEquals(headers.get("cache-control"), "no-store");
      if (!foreign) {
        assertEquals(headers.get("content-type"), "application/json");
        continue;
      }
      const expected = SUCCESS[id]!;
      assertEquals(headers.get("content-type"), expected.type ?? "application/json");
      const found = [...text.matchAll(/007[A-Za-z0-9+/=]+/g)].map(([token]) => token);
      const body = found.reduce((body, token, index) => body.replace(token, `<${index}>`), text);
      assertEquals(body.replace(/("agent_uid":)"\d{8}"/, '$1"…"'), expected.body);
      for (const [index, [expire, services]] of expected.tokens.entries()) {
        await assertToken(found[index]!, expire as number, services as never);
      }
      if (json !== undefined) assert(!("error" in json));
    }
  });

  Deno.test(`${id} lets an allowed page read its answers and errors, and no other`, async () => {
    const [target, init] = requestOf(contract);
    const wrong = { ...init, method: method === "GET" ? "POST" : "GET", body: null } as RequestInit;
    for (const origin of ["http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080"]) {
      for (const request of [init, wrong]) {
        const { headers } = await ask(server, target, { ...request, headers: { origin } });
        assertEquals([headers.get("access-control-allow-origin"), headers.get("vary")], [origin, "Origin, Accept"]);
      }
      const asked = await ask(server, target, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" },
      });
      assertEquals([asked.status, asked.text, asked.headers.get("access-control-allow-methods")], [204, "", "GET, POST, *"]);
      assertEquals(asked.headers.get("access-control-allow-headers"), "Authorization, Content-Type, *");
      assertEquals(asked.headers.get("access-control-allow-origin"), origin);
    }
    for (const origin of EVIL) {
      const { headers, status } = await ask(server, target, { ...init, headers: { origin } });
      assertEquals([status, headers.get("access-control-allow-origin"), headers.get("vary")], [200, null, "Origin, Accept"]);
      assertEquals(headers.get("access-control-allow-credentials"), null);
    }
    const { headers, status } = await ask(server, target, init); // a native app sends no origin
    assertEquals([status, headers.get("access-control-allow-origin")], [200, null]);
  });

  Deno.test(`${id} answers other methods with 405 and Allow`, async () => {
    const [target] = requestOf(contract);
    const methods = routesOf(target.split("?")[0]!).map(({ contract }) => contract.method);
    const allowed = methods.map((method) => method === "GET" ? "GET, HEAD" : method).join(", ");
    for (const other of ["GET", "POST", "PUT", "DELETE"].filter((other) => !(methods as string[]).includes(other))) {
      for (const form of [target, `${target.split("?")[0]}/`]) {
        const { status, headers, json } = await ask(server, form, { method: other });
        assertEquals([status, headers.get("allow"), json.status], [
          405,
          `${allowed}, OPTIONS`,
          405,
        ]);
      }
    }
  });

  if (!foreign) continue;
  Deno.test(`${id} refuses bad values in its own shape, never where a client reads a token`, async () => {
    assert(FAILURES[id]!.length > 0);
    const bodies = method === "POST" ? ["", "{", "[]", "5", "null"] : [];
    const requests: [string, RequestInit & { json?: unknown }][] = [
      ...FAILURES[id]!.map(({ path, change }) =>
        path === undefined ? requestOf(contract, change) : [path, {}] as [string, RequestInit]
      ),
      ...bodies.map((body) => [requestOf(contract)[0], { method: "POST", body }] as [string, RequestInit]),
    ];
    const names = [...SUCCESS[id]!.body.matchAll(/"(\w+)":"</g)].map(([, name]) => name!);
    const fields = [...Object.keys({ ...contract.example, ...contract.optional }), "body"];
    for (const [target, init] of requests) {
      const { status, text, json } = await ask(server, target, init);
      assertEquals(status, 400, `${target} ${JSON.stringify(init)} ${text}`);
      const [, wrong, missing] = /\\?"(\w+)[.\w]*\\?" must be|Missing \\?"(\w+)\\?"/.exec(text) ?? [];
      assert(fields.includes(wrong ?? missing ?? ""), `names no field of the request: ${text}`);
      for (const name of names) assert(json?.[name] === undefined, text);
      assert(!text.includes(CERTIFICATE) && !/00[67][A-Za-z0-9+/=]{40}/.test(text), text);
    }
  });
}

Deno.test("SUCCESS and FAILURES have every contract of another server", () => {
  const foreign = CONTRACTS.filter((contract) => "requests" in contract).map(({ operationId }) => operationId).sort();
  assertEquals([Object.keys(SUCCESS).sort(), Object.keys(FAILURES).sort()], [foreign, foreign]);
});

Deno.test("tokenServer() refuses in the form of each contract", async () => {
  const body = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).text;
  assertEquals(
    await body("/rtc/lobby/publisher/uid/x"),
    '{"message":"Error Generating RTC token: \\"uid\\" must be a whole number from 0 to 4294967295","status":400}',
  );
  assert((await body("/rtm/0")).startsWith('{"message":"Error Generating RTM token: '));
  assert((await body("/rte/c/publisher/uid/x")).startsWith('{"message":"Error Generating RTC and RTM token: '));
  assert((await body("/chat/account/%00")).startsWith('{"message":"Error Generating Chat token: '));
  assertEquals(await body("/rtcToken"), '{"error":"Missing \\"channelName\\""}');
  assertEquals(
    await body("/fetch_rtc_token", { uid: -1 }),
    '{"code":"400","message":"\\"uid\\" must be a whole number from 0 to 4294967295, got -1"}',
  );
  assertEquals(await body("/getToken", {}), 'Missing "tokenType"\n');
  assert((await body("/token/generate", {})).startsWith('{"code":-1,"data":"","message":'));
  assertEquals(await body("/api/agora/token"), 'Missing "channelName"\n');
});

Deno.test("tokenServer() names a nested field by its path, and a field by its name in the request", async () => {
  const named: [string, { json?: unknown }, string][] = [
    ["/token/generate", { json: { serviceRtc: { enable: true, role: "publisher" } } }, "serviceRtc.role"],
    ["/token/generate", { json: { serviceRtc: { enable: "true" } } }, "serviceRtc.enable"],
    ["/token/generate", { json: { serviceChat: { enableUser: true, userUuid: "" } } }, "serviceChat.userUuid"],
    ["/getToken", { json: { tokenType: "rtc", channel: "a/b", uid: "7" } }, "channel"],
    ["/v1/token?channel_name=a/b", {}, "channel_name"],
    ["/rtmToken?account=0", {}, "account"],
    ["/rte/c/publisher/uid/7/undefined", {}, "rtmuid"],
    [`/rtc/c/publisher/userAccount/${"u".repeat(256)}`, {}, "uid"],
    ["/chat/account/%00", {}, "chatid"],
  ];
  for (const [target, init, name] of named) {
    const { status, text } = await ask(server, target, init);
    assertEquals([status, new RegExp(`"?${name}\\\\?" must be`).test(text)], [400, true], text);
  }
});
