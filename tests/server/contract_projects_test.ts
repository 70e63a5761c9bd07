import { assert, assertEquals } from "@std/assert";
import { parseToken, verifyToken } from "../../mod.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { ask, PROJECT, requestOf, serverOf } from "./harness.ts";

const server = serverOf({ allowAppLevelTokens: true });

Deno.test("tokenServer() makes tokens of the project that the request names, or of the first", async () => {
  const other = { appId: "11111111111111111111111111111111", appCertificate: "22222222222222222222222222222222" };
  const two = serverOf({ projects: [PROJECT, other], allowAppLevelTokens: true });
  for (const contract of CONTRACTS.filter((contract) => "requests" in contract)) {
    for (const [appId, project] of [[undefined, PROJECT], [other.appId, other]] as const) {
      const [target, init] = requestOf(contract);
      const named = appId === undefined ? "" : `${target.includes("?") ? "&" : "?"}appId=${appId}`;
      const { text } = contract.method === "GET"
        ? await ask(two, target + named)
        : await ask(two, target, { json: { ...init.json as object, appId } });
      const tokens = [...text.matchAll(/007[A-Za-z0-9+/=]{50,}/g)].map(([token]) => token);
      assert(tokens.length > 0, text);
      for (const token of tokens) assertEquals((await verifyToken(token, { certificates: project.appCertificate })).ok, true);
    }
  }
  const unknown = await ask(two, "/rtm/bob?appId=33333333333333333333333333333333");
  assertEquals([unknown.status, unknown.json.message], [400, "Error Generating RTM token: Unknown App ID"]);
});

Deno.test("tokenServer() refuses tokens for the whole app on every route unless they are allowed", async () => {
  const closed = serverOf();
  const app = { type: "chat", app: true };
  const requests: [string, { json?: unknown }][] = [
    ["/chat/app", {}],
    ["/getToken", { json: { tokenType: "chat" } }],
    ["/token/getNew", { json: { tokenType: "chat" } }],
    ["/token/generate", { json: { serviceChat: { enableApp: true } } }],
    ["/token/generate", { json: { serviceApaas: { enableApp: true } } }],
    ["/v1/tokens", { json: { services: [app] } }],
    ["/v1/tokens", { json: [{ services: [{ type: "apaas", app: true }] }] }],
  ];
  for (const [target, init] of requests) {
    const { status, text } = await ask(closed, target, init);
    assertEquals(status, 403, `${target}: ${text}`);
    assert(text.includes("for the whole app") && !text.includes(CERTIFICATE), text);
    assertEquals((await ask(server, target, init)).status, 200, target);
  }
});

Deno.test("tokenServer() answers with a 006 if that is configured, in the contracts from its time and no others", async () => {
  const old = serverOf({ oldContractVersion: "006", allowAppLevelTokens: true });
  const now = Math.floor(Date.now() / 1000);
  for (const contract of CONTRACTS.filter((contract) => "requests" in contract)) {
    const { text } = await ask(old, ...requestOf(contract));
    const tokens = [...text.matchAll(/00[67][A-Za-z0-9+/=]{50,}/g)].map(([token]) => token);
    assert(tokens.length > 0, text);
    for (const token of tokens) {
      assertEquals(token.slice(0, 3), "era" in contract && contract.era === "006" ? "006" : "007", contract.operationId);
    }
  }
  const { json: { rtcToken, rtmToken } } = await ask(old, "/rte/lobby/publisher/uid/7?expiry=600");
  for (const [token, given] of [[rtcToken, { channelName: "lobby", uid: 7 }], [rtmToken, { account: "7" }]] as const) {
    assertEquals((await verifyToken(token, { certificates: CERTIFICATE, ...given })).ok, true);
    const parsed = await parseToken(token);
    assert(parsed.version === "006" && Math.abs(parsed.ts - now - 600) <= 2);
    for (const end of Object.values(parsed.privileges)) assert(Math.abs(end! - now - 600) <= 2);
  }
});
