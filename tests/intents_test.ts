import { assertEquals } from "@std/assert";
import { type DiagnoseOptions, diagnoseToken, type Intent, type Service } from "../mod.ts";
import { RtcTokenBuilder } from "../src/official/legacy/mod.ts";
import { INTENTS } from "../src/inspect/intents.ts";
import { ApaasTokenBuilder, ChatTokenBuilder2, RtcTokenBuilder2, RtmTokenBuilder2 } from "../mod.ts";
import { batch } from "./cli/harness.ts";
import { token } from "./data/findings.ts";
import { ROOT } from "./helpers.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

const ids = [APP_ID, CERTIFICATE] as const;
const uid = (user: number, channel = "lobby") => RtcTokenBuilder2.buildTokenWithUid(...ids, channel, user, 1, 600, 600);
const account = (user: string) => RtcTokenBuilder2.buildTokenWithUserAccount(...ids, "lobby", user, 1, 600, 600);
const both = (user: string) => RtcTokenBuilder2.buildTokenWithRtm(...ids, "lobby", user, 1, 600, 600);
const login = RtmTokenBuilder2.buildToken(...ids, "bob", 600);
const room = ApaasTokenBuilder.buildRoomUserToken(...ids, "lobby", "bob", 2, 600);
const chatApp = ChatTokenBuilder2.buildAppToken(...ids, 600);

const LOBBY = { channelName: "lobby" };
const BOB = { account: "bob" };

/** For each purpose: what works, and what does not, with the first finding. */
const CASES: Record<Intent, [made: Promise<string>, known: DiagnoseOptions, verdict: string, first?: string][]> = {
  join: [[uid(7), { ...LOBBY, uid: 7 }, "works"], [login, BOB, "fails", "service-missing"]],
  publishAudio: [[uid(7), { ...LOBBY, uid: 7 }, "works"], [uid(7), { ...LOBBY, uid: 8 }, "fails", "user-mismatch"]],
  publishVideo: [[uid(7), { ...LOBBY, uid: 7 }, "works"], [uid(7), { channelName: "x" }, "fails", "channel-mismatch"]],
  publishData: [[uid(7), { ...LOBBY, uid: 7 }, "works"], [chatApp, {}, "fails"]],
  host: [[uid(7), { ...LOBBY, uid: 7 }, "works"], [login, BOB, "fails", "service-missing"]],
  preload: [
    [uid(7), { ...LOBBY, uid: 7 }, "works"],
    [account("bob"), { ...LOBBY, ...BOB }, "works"],
    [uid(0), { ...LOBBY, uid: 7 }, "fails", "preload-for-anyone"],
    [uid(7), { ...LOBBY, uid: 8 }, "fails", "user-mismatch"],
  ],
  echoTest: [
    [uid(4294967295), LOBBY, "works"],
    [uid(4294967295), { ...LOBBY, uid: 7 }, "works"],
    [uid(0), LOBBY, "works"],
    [uid(7), { ...LOBBY, uid: 7 }, "fails", "user-mismatch"],
  ],
  relaySource: [
    [uid(0), LOBBY, "works"],
    [uid(0), { ...LOBBY, uid: 7 }, "works"],
    [uid(7), { ...LOBBY, uid: 7 }, "fails", "relay-source-user"],
    [uid(7), { ...LOBBY, uid: 0 }, "fails", "relay-source-user"],
    [account("*"), LOBBY, "unknown", "relay-source-user"],
    [account("1*"), LOBBY, "fails", "relay-source-user"],
    [uid(0), { channelName: "other" }, "fails", "channel-mismatch"],
    [old(0), LOBBY, "works"],
    [old(7), LOBBY, "fails", "relay-source-user"],
  ],
  relayDestination: [
    [uid(7), { ...LOBBY, uid: 7 }, "works"],
    [uid(0), { ...LOBBY, uid: 7 }, "works"],
    [account("bob"), { ...LOBBY, ...BOB }, "fails", "account-where-uid-is-needed"],
    [uid(7), { ...LOBBY, uid: 9 }, "fails", "user-mismatch"],
  ],
  loginRtm: [[login, BOB, "works"], [uid(7), { ...LOBBY, uid: 7 }, "fails", "service-missing"]],
  streamChannel: [
    [account("bob"), { ...LOBBY, ...BOB }, "works"],
    [both("bob"), { ...LOBBY, ...BOB }, "works"],
    [login, { ...LOBBY, ...BOB }, "fails"],
  ],
  chat: [[ChatTokenBuilder2.buildUserToken(...ids, "bob", 600), BOB, "works"], [chatApp, {}, "fails"]],
  chatRest: [
    [chatApp, {}, "works"],
    [ChatTokenBuilder2.buildUserToken(...ids, "bob", 600), {}, "fails", "privilege-missing"],
  ],
  recording: [
    [uid(527841), { ...LOBBY, uid: 527841 }, "works"],
    [account("recorder"), { ...LOBBY, account: "recorder" }, "fails", "account-where-uid-is-needed"],
    [uid(7), { ...LOBBY, uid: 527841 }, "fails", "user-mismatch"],
  ],
  convoai: [
    [both("1001"), { ...LOBBY, account: "1001" }, "works"],
    [both("1001"), { ...LOBBY, uid: 1001 }, "works"],
    [both("agent"), { ...LOBBY, account: "agent" }, "works"],
    [both(""), { ...LOBBY, account: "0" }, "works"],
    [both("1001"), { ...LOBBY, account: "0" }, "fails"],
    [both("1001"), { ...LOBBY, account: "1002" }, "fails", "user-mismatch"],
    [uid(1001), { ...LOBBY, account: "1001" }, "fails", "service-missing"],
    [login, { ...LOBBY, ...BOB }, "fails"],
  ],
  stt: [[uid(47091), { ...LOBBY, uid: 47091 }, "works"], [uid(47091), { ...LOBBY, uid: 88222 }, "fails", "user-mismatch"]],
  classroom: [
    [room, { ...LOBBY, ...BOB }, "works"],
    [room, { channelName: "other", ...BOB }, "fails", "channel-mismatch"],
    [room, { ...LOBBY, account: "eve" }, "fails", "user-mismatch"],
    [ApaasTokenBuilder.buildRoomUserToken(...ids, "bob", "lobby", 2, 600), { ...LOBBY, ...BOB }, "fails", "names-exchanged"],
    [ApaasTokenBuilder.buildUserToken(...ids, "bob", 600), { ...LOBBY, ...BOB }, "fails", "channel-mismatch"],
    [ApaasTokenBuilder.buildAppToken(...ids, 600), LOBBY, "fails"],
    [both("bob"), { ...LOBBY, ...BOB }, "fails", "service-missing"],
    // As npm agora-token 2.0.6 makes it.
    [bareRoom(), { ...LOBBY, ...BOB }, "unknown", "privilege-missing"],
  ],
};

function bareRoom(): Promise<string> {
  const apaas = { type: "apaas", roomUuid: "lobby", userUuid: "bob", role: 2, privileges: {} } as Service;
  const rtm = { type: "rtm", userId: "bob", privileges: { login: 600 } } as Service;
  return token({ issueTs: Math.floor(Date.now() / 1000), expire: 600 }, rtm, apaas);
}

function old(user: number): Promise<string> {
  return RtcTokenBuilder.buildTokenWithUid(...ids, "lobby", user, 1, Math.floor(Date.now() / 1000) + 600);
}

Deno.test("diagnoseToken() judges by every purpose, and so does the command line", async () => {
  const rows = await Promise.all(
    Object.entries(CASES).flatMap(([intent, cases]) =>
      cases.map(async ([made, known, verdict, first], index) => ({
        name: `${intent} ${index}`,
        line: { token: await made, ...known, intent, appId: APP_ID },
        verdict,
        first,
      }))
    ),
  );
  const { lines } = await batch("diagnose", rows.map(({ line }) => ({ ...line, appCertificate: CERTIFICATE })));
  for (const [index, { name, line: { token, ...known }, verdict, first }] of rows.entries()) {
    const said = await diagnoseToken(token, { ...known, certificates: CERTIFICATE } as DiagnoseOptions);
    const codes = said.findings.map(({ code }) => code);
    assertEquals([name, said.verdict, first && codes[0]], [name, verdict, first], codes.join());
    assertEquals([name, lines[index].verdict], [name, verdict]);
    assertEquals(lines[index].findings.map(({ code }: { code: string }) => code), codes);
  }
});

Deno.test("every purpose is tried, and has a row in docs/which-credential.md", async () => {
  assertEquals(Object.keys(CASES), Object.keys(INTENTS));
  const doc = await Deno.readTextFile(`${ROOT}docs/which-credential.md`);
  assertEquals(Object.keys(INTENTS).filter((intent) => !doc.includes(`\`${intent}\``)), []);
});
