import { assert, assertEquals } from "@std/assert";
import { verifyToken } from "../../mod.ts";
import { loadConfig } from "../../src/config/config.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { ask, assertToken, rtc, rtm, serverOf, tokenOf, withProcess } from "./harness.ts";

/** A bug of a known server, and the proof that ours does not have it. */
interface Bug {
  /** The server that has it. */
  peer: string;
  /** What it does. */
  bug: string;
  /** What ours does, in words. */
  ours: string;
  /** Fails where ours has it too. */
  check: () => Promise<void>;
}

const server = serverOf();
const SEED1 = "seed 001";
const SEED3 = "seed 003";
const ATS = "agora-token-service";
const NTS = "Agora-Node-TokenServer";

const status = async (target: string, json?: unknown) => (await ask(server, target, json === undefined ? {} : { json })).status;
const page = (origin: string) => ({ headers: { origin } });

/** The bugs, in the order of their numbers in docs/server-contracts.md. */
export const BUGS: readonly Bug[] = [
  {
    peer: SEED1,
    bug: "writes error messages into `token`, so that clients join with them",
    ours: "has no `token` in a refusal",
    async check() {
      const { json } = await ask(server, "/fetch_rtc_token", { json: { uid: "x" } });
      assertEquals([json.code, "token" in json], ["400", false]);
    },
  },
  {
    peer: SEED1,
    bug: "keeps the request in global variables, so that simultaneous requests get each other's tokens",
    ours: "has no state of a request outside of it",
    async check() {
      await Promise.all(Array.from({ length: 50 }, async (_, uid) => {
        const { json } = await ask(server, "/fetch_rtc_token", {
          json: { uid: uid + 1, channelName: `c${uid}`, role: 2 - uid % 2 },
        });
        await assertToken(json.token, 3600, [rtc(`c${uid}`, String(uid + 1), uid % 2 === 1, 3600)]);
      }));
    },
  },
  {
    peer: SEED1,
    bug: "gives an unknown role that of the request before",
    ours: "refuses an unknown role",
    async check() {
      assertEquals(await status("/fetch_rtc_token", { role: 1 }), 200);
      assertEquals(await status("/fetch_rtc_token", { role: 9 }), 400);
    },
  },
  {
    peer: SEED1,
    bug: "answers 200 with an empty token when the builder fails",
    ours: "answers 400",
    check: async () => assertEquals(await status("/fetch_rtc_token", { channelName: "c".repeat(64) }), 400),
  },
  {
    peer: SEED3,
    bug: "reads the token type under another name than its route has, so that every type is unknown",
    ours: "reads it",
    check: async () =>
      assertEquals([await status("/rtc/c/publisher/uid/1"), await status("/rtc/c/publisher/userAccount/a")], [200, 200]),
  },
  {
    peer: `${SEED3}, ${ATS}`,
    bug: "wraps a uid over 2³²−1 around: 4294967297 becomes user 1",
    ours: "refuses it",
    async check() {
      assertEquals([
        await status("/rtc/c/publisher/uid/4294967297"),
        await status("/getToken", { tokenType: "rtc", channel: "c", uid: "4294967297" }),
      ], [400, 400]);
    },
  },
  {
    peer: `${SEED3}, ${ATS}`,
    bug: "takes every role but the word `publisher` for a subscriber, the numbers of Agora's own samples included",
    ours: "knows words and numbers, and refuses others",
    async check() {
      for (const role of ["1", "Publisher"]) {
        await assertToken((await ask(server, `/rtc/c/${role}/uid/7`)).json.rtcToken, 3600, [rtc("c", "7", true, 3600)]);
      }
      assertEquals(await status("/rtc/c/publishr/uid/7"), 400);
    },
  },
  {
    peer: SEED3,
    bug: "names RTC in the errors of RTM",
    ours: "names RTM",
    async check() {
      const { status, json } = await ask(server, "/rtm/0");
      assertEquals([status, json.message.startsWith("Error Generating RTM token: ")], [400, true]);
    },
  },
  {
    peer: ATS,
    bug: "refuses browsers by default, and every native app once an origin is listed",
    ours: "lets callers without an origin in, and loopback pages by default",
    async check() {
      const listed = serverOf({ corsAllowOrigin: ["https://a.example"] });
      assertEquals([(await ask(listed, "/rtm/bob")).status, (await ask(server, "/rtm/bob")).status], [200, 200]);
      assertEquals(
        (await ask(server, "/rtm/bob", page("http://localhost"))).headers.get("access-control-allow-origin"),
        "http://localhost",
      );
    },
  },
  {
    peer: ATS,
    bug: "does not trim the list of origins, so that only its first works",
    ours: "trims it",
    async check() {
      const config = await loadConfig([{
        AGORA_APP_ID: APP_ID,
        AGORA_APP_CERTIFICATE: CERTIFICATE,
        CORS_ALLOW_ORIGIN: "https://a.example, https://b.example ",
      }], false);
      assert(!Array.isArray(config));
      assertEquals(config.corsAllowOrigin, ["https://a.example", "https://b.example"]);
    },
  },
  {
    peer: ATS,
    bug: "echoes the origin without `Vary: Origin`, so that caches mix answers up",
    ours: "sends it always",
    check: async () => assert((await ask(server, "/ping")).headers.get("vary")!.split(", ").includes("Origin")),
  },
  {
    peer: ATS,
    bug: "does not allow the header `Authorization` from browsers",
    ours: "allows it",
    async check() {
      const { headers } = await ask(server, "/rtm/bob", { method: "OPTIONS", ...page("http://localhost") });
      assert(headers.get("access-control-allow-headers")!.includes("Authorization"));
    },
  },
  {
    peer: ATS,
    bug: "redirects a path without its final slash before CORS, which fails in browsers",
    ours: "answers both forms",
    async check() {
      const { status, headers } = await ask(server, "/rtm/bob", page("http://localhost"));
      assertEquals([status, headers.get("access-control-allow-origin")], [200, "http://localhost"]);
    },
  },
  {
    peer: ATS,
    bug: "refuses a uid that is a number in JSON",
    ours: "takes numbers and digits",
    check: async () => assertEquals(await status("/getToken", { tokenType: "rtc", channel: "c", uid: 7 }), 200),
  },
  {
    peer: ATS,
    bug: "takes a uid of `-5` or of too many digits for an account, in silence",
    ours: "refuses what is a number and no uid; an account may be any other text",
    async check() {
      assertEquals(await status("/rtc/c/publisher/uid/-5"), 400);
      for (const uid of ["-5", "+7", " 7", "7 ", "7.0", "99999999999999999999"]) {
        assertEquals(await status("/getToken", { tokenType: "rtc", channel: "c", uid }), 400, uid);
      }
      const { json } = await ask(server, "/getToken", { json: { tokenType: "rtc", channel: "c", uid: "0x7C" } });
      await assertToken(json.token, 3600, [rtc("c", "0x7C", false, 3600)]);
    },
  },
  {
    peer: ATS,
    bug: "wraps lives around: -1 is 136 years, 4294967297 is one second",
    ours: "refuses both",
    async check() {
      for (const expire of [-1, 4294967297]) {
        assertEquals(await status("/getToken", { tokenType: "rtm", uid: "bob", expire }), 400);
      }
    },
  },
  {
    peer: ATS,
    bug: "makes an RTM token for user 0 by `/getToken`, though not by `/rtm/0`",
    ours: "refuses both",
    check: async () =>
      assertEquals([await status("/getToken", { tokenType: "rtm", uid: "0" }), await status("/rtm/0")], [400, 400]),
  },
  {
    peer: ATS,
    bug: "changes an account of digits with zeros before them into another user",
    ours: "keeps it",
    async check() {
      const { json } = await ask(server, "/getToken", { json: { tokenType: "rtc", channel: "c", uid: "0042" } });
      await assertToken(json.token, 3600, [rtc("c", "0042", false, 3600)]);
    },
  },
  {
    peer: ATS,
    bug: "hands an administrator's Chat token to any caller",
    ours: "refuses it unless the configuration allows it",
    check: async () => assertEquals([await status("/chat/app"), await status("/getToken", { tokenType: "chat" })], [403, 403]),
  },
  {
    peer: ATS,
    bug: "fails on `?expiry=` without a value",
    ours: "takes it for absent",
    check: async () => assertEquals((await tokenOf((await ask(server, "/rtm/bob?expiry=")).json.rtmToken)).expire, 3600),
  },
  {
    peer: `${NTS}, TokenServer-nodejs, AgoraIO/Tools nodejs/server`,
    bug: 'takes uid 0 of a URL for the account `"0"`, which no wildcard user can use',
    ours: "packs the wildcard",
    async check() {
      for (
        const [target, field, expire] of [["/rtc/c/publisher/uid/0", "rtcToken", 3600], [
          "/rtcToken?channelName=c&uid=0",
          "key",
          3600,
        ]] as const
      ) {
        await assertToken((await ask(server, target)).json[field], expire, [rtc("c", "", true, 3600)]);
      }
      await assertToken((await ask(server, "/access_token?channel=c&uid=0")).json.token, 3600, [rtc("c", "", false, 3600)]);
    },
  },
  {
    peer: NTS,
    bug: "answers 500 to a bad value, and to the role `subscriber`",
    ours: "answers 400, and knows the role",
    check: async () => assertEquals([await status("/rtc/c/owner/uid/1"), await status("/rtc/c/subscriber/uid/1")], [400, 200]),
  },
  {
    peer: NTS,
    bug: "makes a broken token of `?expiry=abc`",
    ours: "refuses it",
    check: async () => assertEquals(await status("/rtc/c/publisher/uid/1?expiry=abc"), 400),
  },
  {
    peer: `${NTS}, AgoraIO/Tools go/docker`,
    bug: "writes the App Certificate, or whole requests, to its log",
    ours: "writes no secret, no path, no channel and no user",
    async check() {
      const credentials = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };
      const marked = "m4rked-us3r";
      const printed = await withProcess(credentials, async (base) => {
        for (const target of [`/rtm/${marked}`, "/rtm/0", `/rtc/${marked}/owner/uid/1`]) {
          await (await fetch(base + target)).text();
        }
        await (await fetch(`${base}/token/generate`, { method: "POST", body: JSON.stringify({ uid: marked }) })).text();
      });
      const logged = printed.after.trim().split("\n").map((line) => [JSON.parse(line).route, JSON.parse(line).status]);
      assertEquals(logged, [["rtm", 200], ["rtm", 400], ["rtc", 400], ["token-generate", 400]]);
      assertEquals([printed.all.includes(CERTIFICATE), printed.all.includes(marked)], [false, false]);
    },
  },
  {
    peer: NTS,
    bug: "misspells the CORS header",
    ours: "spells it",
    check: async () =>
      assertEquals(
        (await ask(server, "/ping", page("http://localhost"))).headers.get("access-control-allow-origin"),
        "http://localhost",
      ),
  },
  {
    peer: NTS,
    bug: "ignores the token type of `/rte`",
    ours: "reads it",
    async check() {
      const { json } = await ask(server, "/rte/c/publisher/userAccount/0042");
      await assertToken(json.rtcToken, 3600, [rtc("c", "0042", true, 3600)]);
      assertEquals(await status("/rte/c/publisher/nonsense/7"), 400);
    },
  },
  {
    peer: "TokenServer-nodejs",
    bug: "does not check `expiredTs`: `zzz` and the past make dead tokens; a missing channel is 500",
    ours: "refuses all three",
    async check() {
      for (const query of ["channel=c&expiredTs=zzz", "channel=c&expiredTs=1000", "uid=1"]) {
        assertEquals(await status(`/access_token?${query}`), 400);
      }
    },
  },
  {
    peer: "AgoraIO/Tools nodejs/server",
    bug: "sends CORS headers with successes only, so that a page cannot read errors",
    ours: "sends them always",
    async check() {
      const { status, headers } = await ask(server, "/rtcToken", page("http://localhost"));
      assertEquals([status, headers.get("access-control-allow-origin")], [400, "http://localhost"]);
    },
  },
  {
    peer: "AgoraIO/Tools go/docker",
    bug: "makes a token without services and with a life of 0 of `{}`",
    ours: "refuses it, and has a default life",
    async check() {
      assertEquals(await status("/token/generate", {}), 400);
      const { json } = await ask(server, "/token/generate", { json: { uid: "bob", serviceRtm: { enable: true } } });
      await assertToken(json.data.token, 3600, rtm("bob", 3600));
    },
  },
  {
    peer: "AgoraIO/Tools python3 docker",
    bug: "ignores the uid; answers 200 with nothing when it has no credentials",
    ours: "reads the uid; does not start without credentials",
    async check() {
      await assertToken((await ask(server, "/v1/token?channel_name=c&uid=5")).text, 900, [rtc("c", "5", true, 900)]);
      assert(Array.isArray(await loadConfig([], false)));
    },
  },
  {
    peer: "agora-token-gen and edge workers",
    bug: "passes an absolute time where a life is wanted: tokens for decades",
    ours: "refuses such a life",
    check: async () => assertEquals(await status(`/rtm/bob?expiry=${Math.floor(Date.now() / 1000) + 3600}`), 400),
  },
  {
    peer: "AgoraIO/Tools go/docker",
    bug: "puts two Chat services into a token when user and app are asked for, of which clients see one",
    ours: "refuses it",
    async check() {
      const both = { serviceChat: { enableUser: true, enableApp: true, userUuid: "carol" } };
      const { status, json } = await ask(serverOf({ allowAppLevelTokens: true }), "/token/generate", { json: both });
      assertEquals([status, json.message.includes('"serviceChat.enableApp"')], [400, true]);
    },
  },
  {
    peer: "every server on npm agora-token",
    bug: "makes a token for the account `undefined` or `null` of a client that has no user",
    ours: "refuses such a user",
    async check() {
      for (const user of ["undefined", "null", "NaN", "%5Bobject%20Object%5D"]) {
        assertEquals([await status(`/rtm/${user}`), await status(`/rtc/c/publisher/userAccount/${user}`)], [400, 400], user);
        assertEquals(await status(`/rtc/c/publisher/uid/${user}`), 400);
      }
    },
  },
  {
    peer: "every server on npm agora-token",
    bug: "throws on an RTM user id that is a number",
    ours: "takes it for its digits",
    async check() {
      const { json } = await ask(server, "/fetch_rtm_token", { json: { uid: 7 } });
      await assertToken(json.token, 3600, rtm("7", 3600));
    },
  },
  {
    peer: "every server on npm agora-token",
    bug: "takes a uid of -1, 1.5 or 4294967297 for an account",
    ours: "refuses it",
    async check() {
      for (const uid of ["-1", "1.5", "4294967297"]) assertEquals(await status(`/rtcToken?channelName=c&uid=${uid}`), 400);
    },
  },
  {
    peer: "AgoraIO/Tools nodejs/server",
    bug: "computes the end of tokens once, when it starts: an hour later every token is dead",
    ours: "computes it for each token",
    async check() {
      const { now } = Date;
      Date.now = () => now() + 7_200_000;
      try {
        await assertToken((await ask(server, "/rtcToken?channelName=c")).json.key, 3600, [rtc("c", "", true, 3600)]);
      } finally {
        Date.now = now;
      }
    },
  },
  {
    peer: "app-builder-backend",
    bug: "crashes on an `Authorization` header without `Bearer`",
    ours: "answers",
    check: async () => assertEquals((await ask(server, "/rtm/bob", { headers: { authorization: "x" } })).status, 200),
  },
  {
    peer: ATS,
    bug: "finds the kind of a Chat token by the first `chat` in the path",
    ours: "knows its routes, so that a user may be called chat",
    async check() {
      for (const user of ["chat", "app"]) {
        const { json } = await ask(server, `/chat/account/${user}`);
        await assertToken(json.chatToken, 3600, [{ type: "chat", userId: user, privileges: { user: 3600 } }]);
      }
    },
  },
  {
    peer: `${SEED3}, TokenServer-nodejs, AgoraIO/Tools`,
    bug: "does not answer a browser's preflight",
    ours: "answers it on every route",
    async check() {
      const { status, headers } = await ask(server, "/access_token", { method: "OPTIONS", ...page("http://localhost") });
      assertEquals([status, headers.get("access-control-allow-methods")], [204, "GET, POST, *"]);
    },
  },
  {
    peer: NTS,
    bug: "starts without credentials, and fails at the first request",
    ours: "does not start, and says what is missing",
    async check() {
      const problems = await loadConfig([{ APP_ID }], false);
      assert(Array.isArray(problems) && problems[0]!.startsWith("APP_CERTIFICATE is not set"));
    },
  },
  {
    peer: "agora-token-gen",
    bug: "takes App Certificates from its callers, and goes on with a body that is not JSON",
    ours: "makes tokens of its own projects only, and refuses such a body",
    async check() {
      const services = [{ type: "rtm", userId: "bob" }];
      assertEquals(await status("/v1/tokens", { services, appId: APP_ID, appCertificate: CERTIFICATE }), 400);
      assertEquals((await ask(server, "/v1/tokens", { method: "POST", body: "{" })).status, 400);
    },
  },
  {
    peer: ATS,
    bug: "ignores what follows the JSON of a body",
    ours: "refuses it",
    check: async () =>
      assertEquals((await ask(server, "/getToken", { method: "POST", body: '{"tokenType":"rtm","uid":"bob"}x' })).status, 400),
  },
  {
    peer: "app-builder-backend",
    bug: "lets everyone publish, hosts or not",
    ours: "gives the role that is asked for",
    async check() {
      await assertToken((await ask(server, "/rtc/c/audience/uid/7")).json.rtcToken, 3600, [rtc("c", "7", false, 3600)]);
    },
  },
  {
    peer: `${SEED3}, ${ATS}, ${NTS}, TokenServer-nodejs, AgoraIO/Tools go/docker`,
    bug: "makes tokens that outlive what Agora grants",
    ours: "cuts lives to 24 hours",
    async check() {
      const { json } = await ask(server, "/rtm/bob?expiry=604800");
      const { token } = await verifyToken(json.rtmToken, { certificates: CERTIFICATE });
      assert(token?.version === "007" && token.expire === 86_400);
    },
  },
];
