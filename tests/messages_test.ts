import { assert, assertEquals, assertThrows } from "@std/assert";
import { AgoraTokenError, diagnoseToken, type FindingCode } from "../mod.ts";
import { FINDINGS } from "../src/inspect/findings.ts";
import { CAUSES, NOT_A_TOKEN } from "../src/inspect/messages/causes.ts";
import * as messages from "../src/inspect/messages/mod.ts";
import { isOf, type MessageRow, TABLE } from "../src/inspect/messages/table.ts";
import { KNOWN, token } from "./data/findings.ts";
import { ROOT } from "./helpers.ts";

const { explainError, messagesOf, SDKS } = messages;

/** The ids of the rows that fit. */
const ids = (...args: Parameters<typeof explainError>) => explainError(...args).map(({ id }) => id);

/** The SDKs of a row: none for the few that no SDK of the list is. */
const sdksOf = (row: MessageRow) => SDKS.filter((sdk) => isOf(row, sdk));

/** Whether a text counts only as the whole input. */
const isWhole = (row: MessageRow, text: string) => text.length < 5 || row.wholeInput === true;

Deno.test("the table of messages has 212 rows, each with an id of its own, texts and a source", () => {
  assertEquals([TABLE.length, new Set(TABLE.map(({ id }) => id)).size], [212, 212]);
  const empty = TABLE.filter(({ texts, meaning, source, certainty }) =>
    texts.length === 0 || texts.includes("") || meaning === "" || source.length === 0 || certainty === ""
  );
  assertEquals(empty, []);
});

Deno.test("every cause in the table has words, and every cause with words is in the table", () => {
  const used = new Set(TABLE.flatMap(({ causes }) => causes));
  const known = [...Object.keys(CAUSES), ...Object.keys(NOT_A_TOKEN).map((code) => `not-a-token: ${code}`)];
  assertEquals([...used].sort(), known.sort());
});

Deno.test("explainError() finds every row by each of its own texts, in any case", () => {
  const lost: string[] = [];
  for (const { id, texts } of TABLE) {
    for (const text of texts) {
      for (const given of [text, text.toUpperCase()]) if (!ids(given).includes(id)) lost.push(`${id}: ${given}`);
    }
  }
  assertEquals(lost, []);
});

Deno.test("explainError() finds every row inside a line of a log, with its SDK where it has one", () => {
  const lost: string[] = [];
  for (const row of TABLE) {
    for (const text of row.texts) {
      if (isWhole(row, text)) continue;
      for (
        const [before, after] of [["09:46:40:120 [W] [client-7a31d] ", " {channel: 'lobby'}"], ["调用失败：", "，请重试\n"]]
      ) {
        const line = before + text + after;
        if (!ids(line).includes(row.id)) lost.push(`${row.id}: ${line}`);
        for (const sdk of sdksOf(row)) if (!ids(line, { sdk }).includes(row.id)) lost.push(`${row.id}, ${sdk}: ${line}`);
      }
    }
  }
  assertEquals(lost, []);
});

Deno.test("explainError() finds every row by its number: with its SDK, without one, and called an error in a line", () => {
  const lost: string[] = [];
  for (const row of TABLE) {
    const { id, number } = row;
    if (number === undefined) continue;
    if (!ids(number).includes(id) || !ids(String(number)).includes(id)) lost.push(id);
    if (number !== 0 && !ids(`I [12] it fails: {"errorCode": ${number}, "at": 17}`).includes(id)) lost.push(`${id} in a line`);
    for (const sdk of sdksOf(row)) if (!ids(number, { sdk }).includes(id)) lost.push(`${id} with ${sdk}`);
  }
  assertEquals(lost, []);
});

Deno.test("explainError() gives every row of a number that several have, and with an SDK no row of another", () => {
  const byNumber = Map.groupBy(TABLE.filter(({ number }) => number !== undefined), ({ number }) => number!);
  const several = [...byNumber].filter(([, rows]) => rows.length > 1);
  assert(several.length > 30);
  for (const [number, rows] of several) {
    assertEquals(ids(number), rows.map(({ id }) => id));
    for (const sdk of SDKS) assertEquals(ids(number, { sdk }), rows.filter((row) => isOf(row, sdk)).map(({ id }) => id));
  }
});

Deno.test("explainError() narrows to the rows of an SDK, and to those that it shares", () => {
  const isWith = (id: string) => SDKS.filter((sdk) => isOf(TABLE.find((row) => row.id === id)!, sdk));
  assertEquals(isWith("rtm-server-9"), ["rtm1", "rtm2"]);
  assertEquals(isWith("dynkey-names"), ["rtc-native", "rtc-web", "rtc-web3"]);
  assertEquals(isWith("rtc-web-109"), ["rtc-web", "rtc-web3"]);
  assertEquals(isWith("rtc-web-9"), ["rtc-web"]);
  assertEquals(isWith("rtc-web3-2010009"), ["rtc-web3"]);
  assertEquals(TABLE.filter((row) => sdksOf(row).length === 0).map(({ id }) => id), ["rtm-rest", "build-legacy-import"]);
});

Deno.test("explainError() takes the longest text, and all rows that share it", () => {
  assertEquals(ids("RTM:ERROR Error Code 5 - Signature verification failed"), ["rtm-server-9"]);
  assertEquals(ids("AgoraRTCError TOKEN_EXPIRE: dynamic key expired"), ["rtc-web-token-expire"]);
  assertEquals(ids("dynamic key expired"), ["rtc-web-13", "rtm-server-10"]);
  assertEquals(ids("dynamic key expired", { sdk: "rtm2" }), ["rtm-server-10"]);
});

Deno.test("explainError() lets the text of the server beat the name or number that the SDK puts before it", () => {
  assertEquals(ids("join failed: CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key"), ["rtc-web-15"]);
  assertEquals(ids("CAN_NOT_GET_GATEWAY_SERVER (no active status)"), ["rtc-web-11"]);
  assertEquals(ids("CAN_NOT_GET_GATEWAY_SERVER"), ["rtc-web-gateway-other"]);
  assertEquals(ids("RTM:ERROR Error Code 4 (Illegal App ID)"), ["rtm-server-5"]);
  assertEquals(ids("RTM:ERROR Error Code 4 (something)"), ["rtm1-login-4"]);
});

Deno.test("explainError() lets a text beat a number in it, and a part of a longer number be nothing", () => {
  assertEquals(ids("errorCode: 110, Signature verification failed"), ["rtm-server-9"]);
  assertEquals(ids("Error Code 10"), ["rtm1-login-10"]);
  assertEquals(ids("Error Code 12345"), []);
  assertEquals(ids("agent 2026-10003 is busy"), []);
  for (const text of ["00", "006", "-0110"]) assertEquals(ids(text), [], text);
});

Deno.test("explainError() gives no text of another SDK where the line names its own, and no part of a longer name", () => {
  assertEquals(ids("RtmInvalidStatusError: RTM:ERROR Error Code 5 - Invalid token"), ["rtm1-login-5"]);
  assertEquals(ids("AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: token expired"), ["rtc-web-gateway-other"]);
  assertEquals(ids("AgoraRTCError INVALID_PARAMS: [join] mode"), []);
  assertEquals(ids("INVALID_PARAMS"), []);
  // What no SDK of a client says is found all the same.
  assertEquals(ids("AgoraRTCException: Failed to fetch"), ["http-fetch-failed"]);
});

Deno.test("explainError() knows a sentence without its full stop, and the same failure in other languages and tools", () => {
  assertEquals(ids('{"error_description":"Unable to authenticate due to expired access Token"}'), ["chat-rest-401-2"]);
  assertEquals(ids("SocketException: Connection refused (OS Error: Connection refused, errno = 111)"), ["http-fetch-failed"]);
  assertEquals(ids("JSON Parse error: Unrecognized token '<'"), ["http-not-json"]);
  assertEquals(ids("invalid character '<' looking for beginning of value"), ["http-not-json"]);
  assertEquals(ids("Cross-Origin Request Blocked: the page"), ["http-cors-firefox"]);
  assertEquals(ids("join failed: NO_AUTHORIZED"), ["rtc-web3-2010009"]);
  assertEquals(ids("Get server node failed [STATIC_USE_DYNAMIC_KEY]"), ["rtc-web3-2010014"]);
  assertEquals(ids("onError code=202 error=User Authentication failed"), ["chat-native-202"]);
});

Deno.test("explainError() counts short and common texts only as the whole input", () => {
  assertEquals(ids(" undefined\n"), ["http-undefined"]);
  assertEquals(ids("the token is undefined"), []);
  assertEquals(ids("x-2 and 109 of 110"), []);
  assert(ids("206").includes("stt-body-token"));
});

Deno.test("explainError() reads through quotes, minus signs, colours, escapes and whitespace that copying changed", () => {
  assertEquals(ids("SyntaxError: Unexpected token ‘<’, is not"), ["http-not-json"]);
  assertEquals(ids("\u221210003"), ["rtm2-10003"]);
  assertEquals(ids("AgoraRTCError\u00a0CAN_NOT_GET_GATEWAY_SERVER:\n  static use\tdynamic key"), ["rtc-web-14"]);
  assertEquals(ids("\x1b[31mdynamic use\x1b[0m static key"), ["rtc-web-15"]);
  assertEquals(ids('{"line":"{\\"reason\\":\\"Unknown\\"}"}'), ["rtm2-stream-unknown"]);
});

Deno.test("explainError() takes for numbers what a line calls an error, code, reason or result, and nothing else", () => {
  const found = (text: string) => ids(text, { sdk: "rtc-native" }).join();
  const called = {
    "join failed: error 110": "rtc-native-110",
    "onError(110)": "rtc-native-110",
    "err=110, elapsed 20": "rtc-native-110",
    "错误码：110": "rtc-native-110",
    "state 5, reason: 9": "rtc-native-reason-9",
    "joinChannel returned -2": "rtc-native-minus-2",
    "Error code is '17'": "rtc-native-17",
    "joinChannel failed with -2": "rtc-native-minus-2",
    "AgoraRtcException(-102, null)": "rtc-native-102",
    "joinChannel returned -121": "rtc-native-121",
    "didOccurError: AgoraErrorCode(rawValue: 110)": "rtc-native-110",
    "返回值：-17": "rtc-native-minus-17",
    "ошибка: 110": "rtc-native-110",
    "código de error 110": "rtc-native-110",
    "에러 코드: 110": "rtc-native-110",
    "lỗi 110": "rtc-native-110",
  };
  for (const [text, id] of Object.entries(called)) assertEquals(found(text), id, text);
  assertEquals(ids("RTM said [-10005] again"), ["rtm2-10005"]);
  assertEquals(ids("left: [2010009]").includes("rtc-web-9"), true);
  assertEquals(ids("status: 206").includes("stt-body-token"), true);
  assertEquals([ids("exit status 206"), ids("uid 12010009"), ids("1-10005"), ids("2010009.5")], [[], [], [], []]);
  const other = [
    "09:46:40 [ERROR] 110 users, port 110",
    "error 10:22:31",
    "error 110.5",
    "error 2026-11-26",
    "error 110ms",
    "barcode 110",
    "exited with code 3",
    "npm ERR! code 3",
    "errors: 3",
    "returned 3",
    "returned -9000",
    "returns -100",
  ];
  for (const text of other) assertEquals(found(text), "", text);
  assert(ids("HTTP/1.1 401 Nope").includes("rest-401-basic"));
});

Deno.test("explainError() gives causes by kind, with words, and the inputs that decide", () => {
  const [row] = explainError(110, { sdk: "rtc-native" });
  assertEquals([row!.causes[0]!.kind, row!.causes[0]!.code], ["finding", "user-mismatch"]);
  assertEquals(row!.causes.at(-1)!.kind, "beyond-diagnosis");
  assertEquals(row!.inputs, ["token", "user", "channelName", "certificates", "appId", "intent"]);
  const [joined] = explainError(-17);
  assertEquals([joined!.causes.map(({ kind }) => kind), joined!.inputs], [["not-a-token"], []]);
  assertEquals(explainError("RenewTokenSuccess")[0]!.causes, []);
});

Deno.test("explainError() refuses what is neither text nor number, an unknown SDK and an unknown option", () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  const wrong: [any, any, string, string][] = [
    [undefined, undefined, "invalid-type", "input"],
    [{}, {}, "invalid-type", "input"],
    ["x", null, "invalid-type", "options"],
    ["x", { sdk: "rtc" }, "invalid-value", "sdk"],
    ["x", { SDK: "rtm1" }, "unknown-field", "SDK"],
  ];
  for (const [input, options, code, field] of wrong) {
    const error = assertThrows(() => explainError(input, options), AgoraTokenError);
    assertEquals([error.code, error.field], [code, field]);
  }
  assertEquals([ids(NaN), ids(1.5), ids(""), ids("nothing like it")], [[], [], [], []]);
});

Deno.test("messagesOf() gives the rows that name a finding, of all products or of some", () => {
  assertEquals(messagesOf("user-in-channel-field"), ["rtm1-login-5", "rtm-server-7"]);
  const all = messagesOf("expired");
  assertEquals(all, TABLE.filter(({ causes }) => causes.includes("expired")).map(({ id }) => id));
  assertEquals(messagesOf("expired", ["Chat"]), all.filter((id) => id.startsWith("chat-")));
  assertEquals(messagesOf("nothing"), []);
});

Deno.test("diagnoseToken() names the messages of a finding, by what the token is used for or is for", async () => {
  const products = async (...given: Parameters<typeof diagnoseToken>) => {
    const { findings: [finding] } = await diagnoseToken(...given);
    const named = TABLE.filter(({ id }) => finding!.messages?.includes(id)).map(({ product }) => product);
    return [finding!.code, finding!.sdkError, [...new Set(named)].join()];
  };
  const later = { ...KNOWN, now: 1_700_009_999, messages };
  const chat = await token({}, { type: "chat", userId: "bob", privileges: { user: 3600 } });
  assertEquals(await products(await token(), later), ["expired", 109, "RTC"]);
  const { channelName: _, uid: __, intent: ___, ...rest } = later;
  assertEquals(await products(chat, { ...rest, intent: "chat" }), ["expired", undefined, "Chat"]);
  assertEquals(await products(chat, rest), ["expired", undefined, "Chat"]);
  assertEquals(await products(await token(), { ...rest, intent: "loginRtm" }), ["service-missing", undefined, "RTM"]);
  assertEquals(
    await products("§$&", { messages }),
    ["unreadable", undefined, "RTC,RTM,Chat"].slice(0, 2).concat([
      [...new Set(TABLE.filter(({ causes }) => causes.includes("unreadable")).map(({ product }) => product))].join(),
    ]),
  );
  assertEquals((await diagnoseToken("§$&")).findings[0]!.messages, undefined);
});

Deno.test("diagnoseToken() calls an answer of a token server that, and says what it means", async () => {
  const { findings: [finding] } = await diagnoseToken("Bad request.", { messages });
  assertEquals([finding!.code, finding!.messages], ["text-is-error-message", ["http-bad-request-token"]]);
  assert(finding!.message.includes("The guide's server writes its error into the field token"));
});

Deno.test("no finding has a number of an SDK that is not certain", () => {
  const uncertain: FindingCode[] = ["publish-privilege-missing", "against-documented-rules", "not-yet-valid", "lifetime-zero"];
  assertEquals(uncertain.filter((code) => FINDINGS[code].sdk !== undefined), []);
});

Deno.test("docs/errors.md has every row, with each of its texts and its number", async () => {
  const doc = await Deno.readTextFile(`${ROOT}docs/errors.md`);
  const entries = new Map(doc.split("\n#### ").slice(1).map((entry) => [/^[\w-]+/.exec(entry)![0], entry]));
  assertEquals([...entries.keys()].sort(), TABLE.map(({ id }) => id).sort());
  for (const { id, number, texts } of TABLE) {
    const entry = entries.get(id)!;
    for (const text of texts) assert(entry.includes(text), `${id}: ${text}`);
    if (number !== undefined) assert(entry.startsWith(`${id}: ${number}`), id);
  }
});
