import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { ask, assertToken, requestOf, rtc, rtm, serverOf, tokenOf } from "./harness.ts";

const server = serverOf({ allowAppLevelTokens: true });

Deno.test("tokenServer() names the range of a refused lifetime in every contract, and says if it looks like a Unix time", async () => {
  let lifetimes = 0;
  for (const contract of CONTRACTS) {
    const names = Object.keys(contract.example ?? {}).filter((name) => /^(expir(e|y|eSeconds)|tokenExpireTs)$/.test(name));
    for (const name of "requests" in contract ? names : []) {
      const refusal = async (lifetime: number) =>
        (await ask(server, ...requestOf(contract, { [name]: lifetime }))).text.replaceAll("\\", "");
      const [least, most] = name === "expireSeconds" ? [1, 86_400] : [0, 31_536_000];
      assertStringIncludes(await refusal(-1), `"${name}" must be a whole number from ${least} to ${most}`);
      assertStringIncludes(await refusal(1795249958), `"${name}" must be seconds from now, got 1795249958, which looks like`);
      lifetimes++;
    }
  }
  assertEquals(lifetimes, 12);
});

Deno.test("tokenServer() reads values in the same way in every contract: roles, users, lifetimes, names of fields", async () => {
  for (
    const [role, publishes] of [
      ["publisher", true],
      ["HOST", true],
      ["broadcaster", true],
      ["1", true],
      ["0", true],
      ["101", true],
      ["subscriber", false],
      ["Audience", false],
      ["2", false],
    ] as const
  ) {
    const { json } = await ask(server, `/rtc/lobby/${role}/uid/7`);
    await assertToken(json.rtcToken, 3600, [rtc("lobby", "7", publishes, 3600)]);
  }
  const paths: [string, number, ReturnType<typeof rtc>][] = [
    ["/rtc/lobby/2/uid/0", 3600, rtc("lobby", "", false, 3600)],
    ["/rtc/lobby/2/userAccount/0", 3600, rtc("lobby", "0", false, 3600)],
    ["/rtc/a%2541/2/uid/7", 3600, rtc("a%41", "7", false, 3600)],
    ["/rtc/lobby/2/uid/", 3600, rtc("lobby", "", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=31536000", 86400, rtc("lobby", "7", false, 86400)],
    ["/rtc/a%20b/2/userAccount/bob%40x.test", 3600, rtc("a b", "bob@x.test", false, 3600)],
    ["/rtc/lobby/2/uid/4294967295?expiry=0", 3600, rtc("lobby", "4294967295", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=", 3600, rtc("lobby", "7", false, 3600)],
    ["/rtc/lobby/2/uid/7?expiry=86400", 86400, rtc("lobby", "7", false, 86400)],
    ["/rtc/lobby/2/uid/7?expiry=100000", 86400, rtc("lobby", "7", false, 86400)],
  ];
  for (const [path, expire, service] of paths) await assertToken((await ask(server, path)).json.rtcToken, expire, [service]);
  const bodies: [Record<string, unknown>, number, ReturnType<typeof rtc>][] = [
    [{}, 3600, rtc("", "", true, 3600)],
    [{ CHANNELNAME: "c", UID: "7", Role: "2", EXPIRE: 60 }, 60, rtc("c", "7", false, 60)],
    [{ channelName: null, uid: null, role: null }, 3600, rtc("", "", true, 3600)],
    [{ uid: 0, role: 101, expire: 0 }, 3600, rtc("", "", true, 3600)],
    [{ uid: 7, channelName: "x", CHANNELNAME: null, role: 2, Role: null }, 3600, rtc("x", "7", false, 3600)],
  ];
  for (const [json, expire, service] of bodies) {
    await assertToken((await ask(server, "/fetch_rtc_token", { json })).json.token, expire, [service]);
  }
});

Deno.test("tokenServer() reads an empty uid as anyone, as in the servers in JavaScript", async () => {
  for (const [target, field] of [["/access_token?channel=c", "token"], ["/rtcToken?channelName=c", "key"]] as const) {
    const { services } = await tokenOf((await ask(server, `${target}&uid=`)).json[field]);
    assertEquals((services[0] as { uid: string }).uid, "");
  }
});

Deno.test("api-agora-token answers JSON on request and takes an empty channel for any", async () => {
  // The last is what axios sends by default.
  for (const accept of ["application/json", "application/json, text/plain;q=0.5", "application/json, text/plain, */*"]) {
    const { json } = await ask(server, "/api/agora/token?channelName=c&role=&expireSeconds=", { headers: { accept } });
    await assertToken(json.token, 3600, [rtc("c", "", true, 3600)]);
    const refused = await ask(server, "/api/agora/token", { headers: { accept } });
    assertEquals([refused.status, refused.json], [400, { error: 'Missing "channelName"' }]);
  }
  const page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  for (const accept of ["*/*", "text/plain", "text/html", "text/plain, application/json;q=0.5", page, ""]) {
    assert((await ask(server, "/api/agora/token?channelName=c", { headers: { accept } })).text.startsWith("007"));
  }
  await assertToken((await ask(server, "/api/agora/token?channelName=")).text, 3600, [rtc("", "", true, 3600)]);
});

Deno.test("access-token takes a Unix time", async () => {
  const now = Math.floor(Date.now() / 1000);
  const lifetime = async (expiredTs: number) =>
    (await tokenOf((await ask(server, `/access_token?channel=c&expiredTs=${expiredTs}`)).json.token)).expire;
  assert(Math.abs(await lifetime(now + 600) - 600) <= 2);
  assertEquals([await lifetime(0), await lifetime(now + 999_999)], [3600, 86400]);
});

Deno.test("get-token takes every type, and digits or names as users", async () => {
  const token = async (json: unknown) => (await ask(server, "/getToken", { json })).json.token;
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: 7 }), 3600, [rtc("c", "7", false, 3600)]);
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: "0" }), 3600, [rtc("c", "", false, 3600)]);
  await assertToken(await token({ tokenType: "rtc", channel: "c", uid: "007", role: "publisher" }), 3600, [
    rtc("c", "007", true, 3600),
  ]);
  await assertToken(await token({ tokenType: "rtm", uid: "bob" }), 3600, rtm("bob", 3600));
  await assertToken(await token({ tokenType: "rtm", uid: 7, channel: "c" }), 3600, rtm("7", 3600, "c"));
  await assertToken(await token({ tokenType: "rtm", uid: "bob", channel: "" }), 3600, rtm("bob", 3600));
  await assertToken(await token({ tokenType: "chat", uid: "carol" }), 3600, [{
    type: "chat",
    userId: "carol",
    privileges: { user: 3600 },
  }]);
});

Deno.test("token-generate reads keys of any case, digits, and a user that is absent, empty or 0 as anyone", async () => {
  for (const uid of [undefined, null, "", "0", 0]) {
    for (const serviceRtc of [{ enable: true, role: 1 }, { ENABLE: true, Role: "1" }]) {
      const { json } = await ask(server, "/token/generate", { json: { ChannelName: "c", uid, SERVICERTC: serviceRtc } });
      await assertToken(json.data.token, 3600, [rtc("c", "", true, 3600)]);
    }
  }
  const json = {
    serviceChat: { enableUser: true, userUuid: "carol" },
    serviceApaas: { enableUser: true, userUuid: "dave" },
  };
  await assertToken((await ask(server, "/token/generate", { json })).json.data.token, 3600, [
    { type: "chat", userId: "carol", privileges: { user: 3600 } },
    { type: "apaas", roomUuid: "", userUuid: "dave", role: -1, privileges: { user: 3600 } },
  ]);
});

Deno.test("token-generate gives privileges their own lifetime, and a role other than 1 may only join", async () => {
  const json = {
    channelName: "c",
    uid: "bob",
    tokenExpireTs: 600,
    privilegeExpireTs: 60,
    serviceRtc: { enable: true, role: 7 },
    serviceFpa: { enable: true },
  };
  await assertToken((await ask(server, "/token/generate", { json })).json.data.token, 600, [
    rtc("c", "bob", false, 60),
    { type: "fpa", privileges: { login: 60 } },
  ]);
});

Deno.test("token-generate reads a role that is absent or below 0 as a subscriber, and a privilege's lifetime of 0 as the token's", async () => {
  for (const role of [undefined, 0, -1]) {
    const json = { channelName: "c", tokenExpireTs: 60, privilegeExpireTs: 0, serviceRtc: { enable: true, role } };
    const { data: { token } } = (await ask(server, "/token/generate", { json })).json;
    await assertToken(token, 60, [rtc("c", "", false, 60)]);
  }
});

Deno.test("tokenServer() refuses a value in the query of a POST, which it would not read", async () => {
  for (const contract of CONTRACTS.filter(({ method }) => method === "POST")) {
    const [target, init] = requestOf(contract);
    for (const name of ["appId", "APPID", ...Object.keys(contract.example!)]) {
      const { status, text } = await ask(serverOf(), `${target}?${name}=x`, init);
      assertEquals([status, text.includes("in the body")], [400, true], `${target} ${name}: ${text}`);
    }
    assertEquals((await ask(serverOf(), `${target}?_=1700000000`, init)).status, 200); // against caches
  }
});
